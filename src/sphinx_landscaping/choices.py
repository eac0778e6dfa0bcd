"""What a concept question and a self-check must hold: choices with reasons, numbers with what went wrong."""

import math
from collections.abc import Sequence

FEWEST = 3
RIGHT = "Right."


def complaint(reasons: Sequence[str]) -> str:
    """Say what is wrong with a question's choices, given their reasons; empty when nothing is."""
    right = sum(is_right(reason) for reason in reasons)
    if len(reasons) < FEWEST:
        return f"the question has {len(reasons)} choices: write {FEWEST} or more, each with its reason below"
    if right != 1:
        return f"{right} reasons begin with “{RIGHT}”: exactly one choice of a question is right"
    if any(not reason.strip() for reason in reasons):
        return "a choice has no reason: say why it is right or wrong"
    return ""


def is_right(reason: str) -> bool:
    """Tell whether a reason marks its choice as the right one."""
    return reason.lstrip().startswith(RIGHT)


def number(text: str) -> float:
    """Read a number as an author types it, with a fraction or a minus sign allowed: `0.5`, `1/3`, `−2`.

    Raises `ValueError` with a sentence for anything else.
    """
    top, _, bottom = text.strip().replace("−", "-").partition("/")
    try:
        value = float(top) / float(bottom or 1)
    except (ValueError, ZeroDivisionError):
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{text.strip()!r} is no number: write one like 0.5, 1/3 or -2")
    return value


def clash(answer: float, tolerance: float, wrong: Sequence[float]) -> str:
    """Say which listed wrong number nobody could be told about; empty when all can."""
    if tolerance < 0:
        return f"the tolerance is {tolerance}: write 0 or more"
    for at, value in enumerate(wrong):
        if abs(value - answer) <= tolerance:
            return f"{value} lies within {tolerance} of the answer {answer}: it counts as right"
        if any(abs(value - other) <= tolerance for other in wrong[:at]):
            return f"the wrong number {value} cannot be told from another listed one at tolerance {tolerance}"
    return ""
