"""What the site shows of each exercise, as data: the site's tools import nothing of this package."""

import json
from typing import Any

from landscaping.assessment import shelf
from landscaping.assessment.record import Exercise

SHOWN = 0  # the student whose numbers stand on the page


def entry(chapter: str, one: Exercise) -> dict[str, Any]:
    """One exercise with the numbers of the student on the page."""
    stated = ("label", "title", "section", "udl", "minutes", "hand_in", "rubric")
    return {"chapter": chapter, **{key: getattr(one, key) for key in stated}, "wording": one.asked(SHOWN)}


def text() -> str:
    """All exercises as JSON, in the order of the book."""
    made = [entry(chapter, one) for chapter in shelf.CHAPTERS for one in shelf.of_chapter(chapter)]
    return json.dumps(made, ensure_ascii=False, indent=1)
