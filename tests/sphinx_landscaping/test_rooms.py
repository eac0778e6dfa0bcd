"""A playground states how high it will be, and the style sheet keeps that room."""

import pytest

from sphinx_landscaping import assets, rooms
from sphinx_landscaping.report import Stopped

CLASS = "class Hill extends Stage {{\n{room}}}\nexport default playground(Hill);\n"


def module(folder, room=""):
    path = folder / "hill.mjs"
    path.write_text(CLASS.format(room=room))
    return path


def test_the_heights_that_a_module_states_become_rules(tmp_path):
    made = rooms.rules([module(tmp_path, '  static room = { narrow: "120cqw + 9rem", wide: "38rem" };\n')])
    narrow, _, wide = made.partition("@container (min-width: 34rem)")
    assert "[data-playground=hill]" in narrow
    assert "height: calc(120cqw + 9rem)" in narrow
    assert "height: calc(38rem)" in wide


def test_a_playground_that_keeps_no_room_stops_and_says_what_to_write(tmp_path):
    with pytest.raises(Stopped, match=r"hill\.mjs keeps no room .* static room = \{ narrow"):
        rooms.rules([module(tmp_path)])


def test_every_playground_of_the_book_has_its_room_in_the_style_sheet():
    sheet = assets.style()
    found = assets.started(assets.library())
    assert found
    for path in found:
        assert sheet.count(f"[data-playground={path.stem}]") == 2
