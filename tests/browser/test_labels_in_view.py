"""Every `page.html#label` of the book brings what it names into view, on a phone and on a wide screen."""

import json

import pytest

SIZES = {"phone": {"width": 390, "height": 800}, "wide": {"width": 1280, "height": 800}}
# Where a label's element begins, under the header where one sticks, after the browser went to its fragment.
WALK = """async (labels) => {
  const header = document.querySelector('.top');
  const found = {};
  for (const label of labels) {
    location.hash = '';
    scrollTo(0, label === labels[0] ? document.body.scrollHeight : 0);
    location.hash = `#${label}`;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const sticks = getComputedStyle(header).position === 'sticky';
    const top = document.getElementById(label).getBoundingClientRect().top;
    const least = sticks ? header.getBoundingClientRect().bottom - 1 : -1;
    if (top < least || top > innerHeight - 40) found[label] = top;
  }
  return found;
}"""


@pytest.fixture(scope="module")
def labels(site) -> dict[str, list[str]]:
    """The labels of every page."""
    found: dict[str, list[str]] = {}
    for entry in json.loads((site / "sections.json").read_text("utf-8")):
        names = [entry["label"], *entry["also"]]
        found.setdefault(entry["page"].partition("#")[0], []).extend(names)
    return found


@pytest.mark.parametrize("size", SIZES)
def test_every_label_comes_into_view(chromium, server, labels, size):
    context = chromium.new_context(viewport=SIZES[size], reduced_motion="reduce")
    page = context.new_page()
    hidden = {}
    for name, those in labels.items():
        page.goto(f"{server}/{name}")
        hidden |= page.evaluate(WALK, those)
    context.close()
    assert sum(map(len, labels.values())) > 600
    assert hidden == {}


def test_an_address_opened_from_elsewhere_is_in_view_too(page, server, labels):
    for name in list(labels)[::5]:
        label = labels[name][-1]
        page.goto("about:blank")
        page.goto(f"{server}/{name}#{label}", wait_until="load")
        page.wait_for_function(
            "(id) => { const { top } = document.getElementById(id).getBoundingClientRect();"
            " return top >= 0 && top < innerHeight }",
            arg=label,
        )
