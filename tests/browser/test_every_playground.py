"""What every playground keeps: keys, axe, motion, any state, clean closing. New ones are found unlisted."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from axe import violations
from browser.playground_page import ROOM, PlaygroundPage, every_playground
from landscaping.playgrounds.joining import joined
from landscaping.playgrounds.playground import HERE

CONTROLS = "button,select,input,a[href],[tabindex='0']"
GARBAGE = [None, "x", -1, 1e300, [], [[]], [None], [["x", 1, 2]], [[1e300, -1e300]], {}, {"a": 1}, True]
HELD = Path(__file__).with_name("held.js")
SEEN = f"""[...{ROOM}.querySelectorAll('canvas')].map((c) => c.toDataURL()).join()
  + [...{ROOM}.querySelectorAll('svg')].map((s) => s.innerHTML).join()"""


@pytest.fixture(autouse=True)
def on_site(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_SITE", "1")


@pytest.fixture(params=every_playground(), ids=lambda kind: kind.module)
def kind(request):
    return request.param


@pytest.fixture
def calm(chromium):
    """A page for a reader who wants no motion."""
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 800, "height": 1000})
    yield context.new_page()
    context.close()


def test_there_are_playgrounds_and_each_has_the_name_of_its_file():
    """The chapters' inputs go by this: a module `x.mjs` belongs to `x.py`."""
    kinds = every_playground()
    assert kinds
    for kind in kinds:
        assert kind.__module__ == f"landscaping.playgrounds.{kind.module}"
        assert kind.label


def test_a_playground_imports_the_kit_and_no_other_playground(kind):
    others = {other.module for other in every_playground()} - {kind.module}
    text = joined(HERE / f"{kind.module}.mjs")
    assert not [name for name in others if f"const ${name} =" in text]


def test_no_module_is_longer_than_three_hundred_lines():
    long = {p.name: n for p in HERE.glob("*.mjs") if (n := len(p.read_text().splitlines())) > 300}
    assert long == {}


def test_the_still_picture_is_well_formed_and_leaves_its_size_to_the_page(kind):
    root = ElementTree.fromstring(kind().still())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root.get("viewBox", "").split()) == 4
    assert root.get("width") is root.get("height") is root.get("style") is None
    colours = {v for e in root.iter() for k in ("fill", "stroke") if (v := e.get(k)) not in (None, "none")}
    assert all(colour.startswith("var(--") for colour in colours), colours
    assert kind().still() == kind().still()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_starts_and_nothing_is_there_to_complain_about(chromium, kind, scheme):
    context = chromium.new_context(color_scheme=scheme)
    shown = PlaygroundPage(context.new_page()).show(kind())
    assert violations(shown.page) == []
    assert shown.wrong == []
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_the_page_and_its_controls_fit_a_finger(page, kind, width):
    page.set_viewport_size({"width": width, "height": 900})
    PlaygroundPage(page).show(kind())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    controls = f"[...{ROOM}.querySelectorAll('button,select,input')]"
    assert page.evaluate(f"{controls}.filter(e => e.getBoundingClientRect().height < 24).length") == 0


def test_the_tab_key_reaches_every_control(calm, kind):
    PlaygroundPage(calm).show(kind())
    wanted = calm.evaluate(f'[...{ROOM}.querySelectorAll("{CONTROLS}")].filter(e => !e.disabled).length')
    focus = f"[...{ROOM}.querySelectorAll('*')].indexOf({ROOM}.activeElement)"
    reached = set()
    for _ in range(wanted + 3):
        calm.keyboard.press("Tab")
        reached.add(calm.evaluate(focus))
    assert wanted
    assert len(reached - {-1}) == wanted


def test_every_control_reaches_the_state_and_python_takes_it(calm, kind):
    shown = PlaygroundPage(calm).show(kind())
    for control in calm.locator("#here input, #here select").all():
        if control.is_disabled():
            continue
        before = shown.state()
        if control.evaluate("e => e.type") == "checkbox":
            control.click()
        elif control.evaluate("e => e.localName") == "select":
            control.select_option(index=control.evaluate("e => (e.selectedIndex + 1) % e.options.length"))
        else:
            ends = control.evaluate("e => [e.min, e.value === e.max ? e.min : e.max]")
            control.fill(ends[1])
        now = shown.state()
        assert now != before, control.get_attribute("id")
        assert kind(**now).state() == now
    assert shown.wrong == []


def test_the_model_reaches_every_control(calm, kind):
    """A notebook's cell sets a value: the control shows it, as it would have been set by hand."""
    first = PlaygroundPage(calm).show(kind())
    read = (
        f"[...{ROOM}.querySelectorAll('input,select')].map(e => e.type === 'checkbox' ? e.checked : e.value)"
    )
    for control in calm.locator("#here input[type=range]:not([disabled])").all():
        control.fill(control.evaluate("e => e.value === e.max ? e.min : e.max"))
    state, by_hand = first.state(), calm.evaluate(read)
    calm.evaluate("close()")
    again = first.show(kind())
    calm.evaluate(
        "state => { for (const [key, value] of Object.entries(state)) model.set(key, value); }", state
    )
    assert calm.evaluate(read) == by_hand
    assert again.state() == state


def test_any_state_is_made_sane_and_shown(page, kind):
    shown = PlaygroundPage(page)
    start = kind().state()
    wild = [{key: value} for key in start for value in GARBAGE]
    tame = shown.call(kind.module, "({ sane }, states) => states.map(sane)", [start | one for one in wild])
    for one, state in zip(wild, tame, strict=True):
        assert set(state) == set(start), one
        assert set(kind(**state).state()) == set(start), one
    for value in GARBAGE:
        shown.show(kind.module, dict.fromkeys(start, value))
        page.evaluate("close()")
    assert shown.wrong == []


def test_a_sane_state_stays_as_it_is(page, kind):
    start = kind().state()
    sane = PlaygroundPage(page).call(kind.module, "({ sane }, state) => sane(state)", start)
    assert sane == start


def test_without_motion_a_run_is_shown_at_once_and_nothing_moves_by_itself(calm, kind):
    PlaygroundPage(calm).show(kind())
    watch = f"""async () => {{
      const seen = new Set(), look = () => seen.add({SEEN}), play = {ROOM}.querySelector('[data-do=play]');
      look(); play?.click();
      for (let k = 0; k < 20 || (k < 600 && play?.textContent === 'Pause'); k++) {{
        await new Promise(requestAnimationFrame);
        look();
      }}
      return [seen.size, document.getAnimations().length, play?.textContent !== 'Pause'];
    }}"""
    pictures, moving, over = calm.evaluate(watch)
    assert pictures <= 2
    assert moving == 0
    assert over


def test_closed_it_leaves_no_listener_timer_or_observer(page, kind):
    shown = PlaygroundPage(page)
    page.evaluate(HELD.read_text("utf-8"))
    shown.show(kind())
    touch = f"""() => {{
      {ROOM}.querySelector('[data-do=play]')?.click();
      for (const input of {ROOM}.querySelectorAll('input[type=range]:enabled')) {{
        input.value = input.max;
        input.dispatchEvent(new Event('input', {{ bubbles: true }}));
      }}
      const before = held.left();
      close();
      return [before, held.left(), {ROOM}.childElementCount];
    }}"""
    before, left, children = page.evaluate(touch)
    assert min(len(before["listeners"]), len(before["observers"]), before["model"]) > 0
    assert left == {"listeners": [], "timers": [], "observers": [], "model": 0}
    assert children == 0
    assert shown.wrong == []
