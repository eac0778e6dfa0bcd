"""The only font that the site serves: STIX Two Math, cut down to what the book's formulas need."""

from __future__ import annotations

import hashlib
import html
import re
import tempfile
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping.keeping import kept, put
from sphinx_landscaping.npm import package

FILE = "files/stix-two-math-latin-400-normal.woff2"
ALWAYS = "0123456789 +-−=()[]{}|.,:/√∑∏∫∞≤≥≈∈→·×…′"
SINGLE = re.compile(r"<mi>(.)</mi>")


def characters(env: BuildEnvironment) -> dict[str, str]:
    """docname -> the characters of its formulas."""
    if not hasattr(env, "landscaping_math"):
        env.landscaping_math = {}
    return env.landscaping_math


def slanted(letter: str) -> str:
    """The mathematical italic that a browser draws for a lone letter in `<mi>`."""
    for first, last, start in (
        ("a", "z", 0x1D44E),
        ("A", "Z", 0x1D434),
        ("α", "ω", 0x1D6FC),
        ("Α", "Ω", 0x1D6E2),
    ):
        if first <= letter <= last:
            return "ℎ" if letter == "h" else chr(start + ord(letter) - ord(first))
    return {
        "∂": "\U0001d715",
        "ϵ": "\U0001d716",
        "ϑ": "\U0001d717",
        "ϕ": "\U0001d719",
        "ϱ": "\U0001d71a",
    }.get(letter, letter)


def used(markup: str) -> str:
    """Every character that the formulas of a page draw, sorted."""
    text = html.unescape(re.sub(r"<[^>]+>", "", markup))
    lone = (slanted(html.unescape(letter)) for letter in SINGLE.findall(markup))
    return "".join(sorted({*text, *lone} - {"\n"}))


def cut(font: Path, letters: str) -> bytes:
    """The font with these characters, their larger and smaller forms, and what MathML layout asks for."""
    from fontTools import subset  # imported where a font is cut, which few builds do
    from fontTools.ttLib import TTFont

    options = subset.Options(
        flavor="woff2",
        layout_features=["ssty", "ccmp", "ss01", "ss04", "dtls"],
        hinting=False,
        notdef_outline=True,
    )
    options.drop_tables += ["DSIG"]
    with TTFont(font, recalcTimestamp=False) as loaded, tempfile.TemporaryDirectory() as folder:
        cutter = subset.Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(loaded)
        subset.save_font(loaded, f"{folder}/cut.woff2", options)
        return Path(folder, "cut.woff2").read_bytes()


FACE = '@font-face{font-family:STIX2;src:url(math.woff2) format("woff2");font-display:optional}\n'


def style(css: str) -> str:
    """Temml's own style sheet for this font, served from here: no address inside, no needless blank."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\s*{[^}]*}", "", css)
    css = re.sub(r"[-\w]+\s*:\s*url\(\"data:.*?\"\)\s*;", "", css)
    return FACE + re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", css)).strip()


def write(app: Sphinx, error: Exception | None) -> None:
    """Put the font into `_static/`; it is cut again only when the formulas' characters change."""
    asked = {letter for page in characters(app.env).values() for letter in page}
    if error or app.builder.format != "html" or not asked:
        return
    font = package(app, "@fontsource/stix-two-math") / FILE
    letters = "".join(sorted(asked | set(ALWAYS)))
    key = hashlib.sha256(f"{font.stat().st_size} {letters}".encode()).hexdigest()[:12]
    made = kept(app) / f"math-{key}.woff2"
    if not made.exists():
        put(made, cut(font, letters))
    target = Path(app.outdir, "_static", "math.woff2")
    put(target, made.read_bytes())
    css = package(app, "temml") / "dist" / "Temml-STIX2.css"
    put(target.with_name("math.css"), style(css.read_text("utf-8")).encode())
