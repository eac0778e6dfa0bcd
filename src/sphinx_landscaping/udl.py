"""Where a section stands in *Understanding Deep Learning*: numbers and names, from its table of contents."""

import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("udl_sections.toml")


@cache
def table() -> dict[str, str]:
    """Every chapter, section and appendix of UDL: its number or letter, and its name."""
    parts = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return parts["chapters"] | parts["sections"] | parts["appendices"]


def name_of(number: str) -> str:
    """Give the name of a chapter (`6`), a section (`6.1`) or an appendix (`A`) of UDL.

    Raises `KeyError` with a sentence when the table has no such number.
    """
    try:
        return table()[number]
    except KeyError:
        raise KeyError(f"UDL has no section {number!r}{_nearby(number)}") from None


def is_section(number: str) -> bool:
    """Tell whether UDL has a section of this number (a chapter or an appendix is not one)."""
    return "." in number and number in table()


def _nearby(number: str) -> str:
    chapter = number.split(".")[0]
    siblings = [key for key in table() if key.startswith(f"{chapter}.")]
    if not siblings:
        return "; its chapters are 1 to 21"
    return f"; its chapter {chapter} has {siblings[0]} to {siblings[-1]}"
