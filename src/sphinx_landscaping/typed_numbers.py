"""Which numbers nobody may type into prose: decimals and percentages, unless their sentence cites a source.

A paragraph comes here as one string. Marks stand for what is no plain text: `GLUED` for a value that a cell
computed, `CITED` for a citation, `OPAQUE` for code, links, pictures; `MATHS` opens a formula without spaces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GLUED, CITED, OPAQUE, MATHS = "\ue000", "\ue001", "\ue002", "\ue003"

_NUMBER = r"[1-9]\d?(?:\.\d{1,2})+"
_COUNTED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred half"
)
DECIMAL = re.compile(r"(?<![\d.])(?:\d[\d,]*)?(?:\.|\{[.,]\})\d+(?!\.?\d)")
PERCENTAGE = re.compile(
    rf"(?:\d[\d.,]*|[½⅓⅔¼¾⅕⅛]|\b(?:{'|'.join(_COUNTED.split())}))"
    r"(?:\s|-|~|\\[,;:! ])*(?:\\?%|‰|per\s?cent|percent|\\text\{\s*(?:%|per\s?cent))",
    re.I,
)
FREE = re.compile(
    r"https?://\S+|\b10\.\d{4,9}/\S+|\barXiv:?\s?\d{4}\.\d{4,5}"  # addresses
    r"|\b20\d\d\.\d{1,2}(?![\d.]*\d)"  # editions of this book
    r"|(?:\b(?:UDL|UDL['’]s|sections?|secs?\.|chapters?|appendix|figures?|figs?\.|equations?|eqs?\.|tables?|problems?)|§)"
    rf"[\s§]*{_NUMBER}(?:(?:\s*(?:,|–|-|and|to|or)\s*)+§*{_NUMBER})*"  # places in books
    r"|\b(?:Python|PyTorch|torch|NumPy|Sphinx|Jupyter\sBook|Vega(?:-Lite)?|Altair|Chromium|versions?|v|WCAG|HTML|CSS"
    r"|CC[-\s]BY(?:-\w+)?|Apache)[-\s]?\d+(?:\.\d+)+",  # versions of things
    re.I,
)
_SHORTENED = ("al", r"e\.g", r"i\.e", "vs", "cf", "[Ff]ig", "[Ff]igs", "[Ee]q", "[Ee]qs", "[Ss]ec", "[A-Z]")
_NOT_AFTER = "".join(rf"(?<!\b{word})" for word in _SHORTENED)
BOUNDARY = re.compile(rf"{_NOT_AFTER}[.?!…][\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9{GLUED}{CITED}{OPAQUE}{MATHS}])")


@dataclass(frozen=True)
class Typed:
    """A number typed by hand: the number, its sentence, and how many lines into the text it stands."""

    number: str
    sentence: str
    lines_down: int


def typed(text: str) -> Iterator[Typed]:
    """Yield the decimals and percentages that stand in sentences without a citation."""
    hidden = FREE.sub(lambda found: OPAQUE * len(found[0]), text)
    for start, end in sentences(text):
        if CITED in text[start:end]:
            continue
        for at, number in numbers(hidden[start:end]):
            yield Typed(number, readable(text[start:end]), text.count("\n", 0, start + at))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence starts and ends."""
    start = 0
    for boundary in BOUNDARY.finditer(text):
        yield start, boundary.end()
        start = boundary.end()
    yield start, len(text)


def numbers(sentence: str) -> Iterator[tuple[int, str]]:
    """Yield where each percentage or decimal stands, and the number; a decimal percentage counts once."""
    taken: list[range] = []
    for pattern in (PERCENTAGE, DECIMAL):
        for found in pattern.finditer(sentence):
            if not any(found.start() in span for span in taken):
                taken.append(range(*found.span()))
                yield found.start(), found[0]


def nearest_line(source: str, number: str, guess: int) -> int:
    """Find the line of a source that holds a number, nearest to a guess; the guess where none near it does.

    Parsers count lines from the start of a cell, a caption or a directive, and are off by a few.
    """
    lines, near = source.splitlines(), range(max(1, guess - 12), guess + 13)
    holding = [at for at in near if at <= len(lines) and number.strip() in lines[at - 1]]
    return min(holding, key=lambda at: abs(at - guess), default=guess)


def readable(sentence: str) -> str:
    """Make a sentence fit for a message: one line, marks shown as dots."""
    plain = re.sub(f"[{GLUED}{CITED}{OPAQUE}]+", "…", sentence).replace(MATHS, "")
    return " ".join(plain.split())
