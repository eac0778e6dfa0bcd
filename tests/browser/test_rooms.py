"""The room that a page keeps for a playground is the room that it takes, on a phone and on a desk."""

import pytest
from benchmarks.visiting import visit

BOX = "e => [e.clientHeight, e.querySelector('.alive-playground')?.clientHeight ?? 0]"
WASTE = 0.3  # of the room, on any width; the words of a playground wrap where they like


def pages(site) -> list[str]:
    """Pages with a playground, without those made for embedding."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return [
        name
        for name in sorted(found)
        if not name.startswith("figures/") and " data-playground=" in (site / name).read_text("utf-8")
    ]


@pytest.mark.parametrize("width", [320, 390, 700, 1280])
def test_a_playground_that_wakes_is_as_high_as_the_room_that_was_kept(chromium, server, site, width):
    wrong = []
    for name in pages(site):
        opened = visit(chromium, server, name, width=width)
        boxes = opened.page.locator("[data-playground]")
        before = [box.evaluate(BOX)[0] for box in boxes.all()]
        opened.wake()
        for box, kept in zip(boxes.all(), before, strict=True):
            after, needed = box.evaluate(BOX)
            if after > kept + 1 or needed < (1 - WASTE) * kept:
                label = box.get_attribute("data-playground")
                wrong.append(f"{label} in {name}: kept {kept}, then {after}; needs {needed}")
        opened.close()
    assert pages(site)
    assert wrong == []
