"""Reading what a student hands in: a number, a list, a tensor, or the text of a table's cell."""

import re
from collections.abc import Iterable
from fractions import Fraction
from math import isfinite

from landscaping.assessment.chance import Real

LONGEST = 4000  # signs of an answer
SHOWN = 40
APART = re.compile(r"\s*[;,]\s*|\s+")


def read(answer: object, count: int) -> tuple[Real, ...]:
    """The numbers of an answer, `count` of them; raises `ValueError` with what came and what was wanted."""
    parts = pieces(answer, count)
    if len(parts) != count:
        wanted = "one number" if count == 1 else f"{count} numbers, separated by spaces"
        raise ValueError(f"the answer {_short(answer)} has {len(parts)} numbers: wanted {wanted}")
    return tuple(number(part) for part in parts)


def pieces(answer: object, count: int) -> list[object]:
    """What should be single numbers, nested lists and tensors laid out flat."""
    if hasattr(answer, "tolist"):  # of torch, numpy and pandas
        answer = answer.tolist()
    if isinstance(answer, str):
        text = answer.strip().strip("[]()").strip()
        if len(text) > LONGEST:
            raise ValueError(f"the answer has {len(text)} signs: wanted {count} numbers")
        if count == 1:
            return [text.replace(",", ".")] if text else []
        return [part for part in APART.split(text) if part]
    if isinstance(answer, Iterable):
        return [inner for part in answer for inner in pieces(part, 2)]
    return [answer]


def number(part: object) -> Real:
    """One number; a fraction such as 1/3 is one too."""
    try:
        text = str(part).strip().replace("−", "-")
        value = float(Fraction(text)) if "/" in text else float(text)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise ValueError(f"{_short(part)} is no number: write it like 0.25, 1/4 or 2.5e-1") from None
    if not isfinite(value):
        raise ValueError(f"{_short(part)} is no finite number: write it like 0.25, 1/4 or 2.5e-1")
    return value


def _short(answer: object) -> str:
    text = str(answer)
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
