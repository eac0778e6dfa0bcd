"""Axe finds nothing on any page with every figure alive and every fold open: dealt out over the processes."""

import os
import zlib
from pathlib import Path

import pytest
from benchmarks.visiting import to_visit
from benchmarks.visiting import visit as opened

from axe import violations

WAYS = [(width, scheme) for width in (390, 1280) for scheme in ("light", "dark")]
SHARES = 8


def ways(name: str) -> list[tuple[int, str]]:
    """The widths and schemes to look at a page in: one by its name, all for one page in five."""
    chosen = zlib.crc32(name.encode())
    thorough = os.environ.get("LANDSCAPING_TESTS") == "all" or name == "index.html" or chosen % 5 == 0
    return WAYS if thorough else [WAYS[chosen // 5 % len(WAYS)]]


def looks(site: Path) -> list[tuple[str, int, str]]:
    """Every page of the book with its ways; of the figures' own pages one for each kind."""
    return [(name, *way) for name in to_visit(site) for way in ways(name)]


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing_with_every_figure_alive_and_every_fold_open(chromium, server, site, share):
    found = {look: faults(chromium, server, *look) for look in looks(site)[share::SHARES]}
    assert found
    print(f"axe ran on: {', '.join(' '.join(map(str, look)) for look in found)}")
    assert {look: said for look, said in found.items() if said} == {}


def faults(chromium, server, name, width, scheme) -> list:
    """What axe finds on a page where all is alive and open; a phone has no pointer that hovers."""
    phone = width < 600
    found = opened(chromium, server, name, width=width, color_scheme=scheme, bypass_csp=True,
                   is_mobile=phone, has_touch=phone)  # fmt: skip
    found.wake()
    found.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    said = violations(found.page)
    found.close()
    return said


def test_every_way_to_look_is_taken_by_some_page(site):
    assert {(width, scheme) for _, width, scheme in looks(site)} == set(WAYS)
