"""The weights of PEERS' bars as gates: bytes, scripts, requests, hosts, and that nothing moves."""

import re
from dataclasses import dataclass

import pytest
from benchmarks.visiting import BARS, every_page, kind, to_visit, visit, weight

FOREIGN = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object|input|link(?=[^>]*\brel="?(?:stylesheet|preload|icon|"""
    r"""modulepreload|preconnect|dns-prefetch|prefetch)))\b[^>]*?\b(?:src|href|data|srcset)\s*=\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
FETCHED = re.compile(
    r"""@import\s|url\(\s*["']?(?:https?:)?//|(?:fetch|import|importScripts)\s*\(?\s*["'](?:https?:)?//|"""
    r"""from\s*["'](?:https?:)?//""",
    re.IGNORECASE,
)


@dataclass
class Walk:
    """A page as a phone's reader goes through it: opened, read to its end, touched, every figure alive."""

    name: str
    kind: str
    loaded: dict[str, int]  # bytes, bytes of scripts, requests
    alive: int  # bytes with the first chart alive; 0 where the page has none
    moved: tuple[float, float, float]  # at load, when read to the end, at the last
    figures: tuple[int, int]  # those there are, and those that came alive
    sideways: list[int]
    asked: list[str]
    elsewhere: list[str]
    said: list[str]


def walked(chromium, server, site, name) -> Walk:
    """One walk through a page."""
    opened = visit(chromium, server, name, width=390)
    loaded, at_load = weight(site, opened), opened.moved()
    opened.scroll()
    read = opened.moved()
    alive = weight(site, opened)["bytes"] if opened.touch() else 0
    page = (site / name).read_text("utf-8")
    figures = page.count(" data-chart=") + page.count(" data-playground="), len(opened.wake())
    opened.scroll()
    opened.page.wait_for_load_state("networkidle")
    moved = (at_load, read, opened.moved())
    found = Walk(name, kind(site, name), loaded, alive, moved, figures, opened.sideways(320, 390, 768, 1280),
                 opened.asked, opened.elsewhere, opened.said)  # fmt: skip
    opened.close()
    return found


@pytest.fixture(scope="module")
def walks(chromium, server, site) -> list[Walk]:
    """All chapters, parts and references, a figure's page of each kind; each gone through once."""
    return [walked(chromium, server, site, name) for name in to_visit(site)]


def test_no_page_is_heavier_than_its_bar(walks):
    over = [
        f"{walk.name}: {key} {walk.loaded[key]} > {most}"
        for walk in walks
        for key, most in BARS[walk.kind].items()
        if walk.loaded[key] > most
    ]
    assert over == []


def test_the_first_chart_alive_stays_below_its_bar(walks):
    alive = {walk.name: walk.alive for walk in walks if walk.alive}
    assert alive
    assert {name: size for name, size in alive.items() if size > BARS["alive"]["bytes"]} == {}


def test_nothing_moves_at_load_while_read_or_while_figures_wake(walks):
    assert [(walk.name, walk.moved) for walk in walks if max(walk.moved) > BARS["moved"]] == []


def test_every_figure_comes_alive(walks):
    assert [(walk.name, walk.figures, walk.said) for walk in walks if len(set(walk.figures)) > 1] == []


def test_a_whole_visit_asks_nobody_else_and_has_nothing_to_complain_of(walks):
    assert [(walk.name, walk.elsewhere, walk.said) for walk in walks if walk.elsewhere or walk.said] == []


def test_charts_of_one_page_fetch_vega_and_each_table_once(walks):
    for walk in walks:
        asked = [url for url in walk.asked if url.endswith("vega.mjs") or "/figures/" in url]
        assert len(asked) == len(set(asked)), walk.name


def test_no_page_needs_to_be_scrolled_sideways(walks):
    assert [(walk.name, walk.sideways) for walk in walks if walk.sideways] == []


def test_no_file_of_the_site_names_another_host_to_fetch_from(site):
    for name in every_page(site):
        assert not FOREIGN.search((site / name).read_text("utf-8")), name
    for path in site.rglob("*"):
        if path.suffix in (".css", ".js", ".mjs", ".svg") and path.name != "vega.mjs":
            assert not FETCHED.search(path.read_text("utf-8")), path.relative_to(site)


def test_the_scan_sees_a_foreign_host():
    for markup in (
        '<script defer src="https://x.org/a.js">',
        '<link rel="stylesheet" href="//x.org/a.css">',
        "<img alt='' src=http://x.org/a.png>",
        '<iframe title="" src="https://x.org">',
    ):
        assert FOREIGN.search(markup), markup
    assert not FOREIGN.search('<a href="https://x.org">x</a><link rel="canonical" href="https://x.org">')
    for text in (
        "b{background:url(https://x.org/a)}",
        'import("https://x.org/a.mjs")',
        'import a from "//x.org"',
    ):
        assert FETCHED.search(text), text


def test_every_figures_own_page_is_as_strict_as_the_rest(site):
    pages = [name for name in every_page(site) if name.startswith("figures/")]
    assert pages
    for name in pages:
        page = (site / name).read_text("utf-8")
        assert "content=\"default-src 'self'\"" in page, name
        assert len(page) < 300_000, name
        assert page.count("<h1") == 1, name


def test_a_figure_lives_in_a_frame_of_another_page(chromium, server, site):
    kinds = [name for name in to_visit(site) if name.startswith("figures/")]
    page = chromium.new_context().new_page()
    for name in kinds:
        page.set_content(f'<iframe title="f" width="700" height="900" src="{server}/{name}"></iframe>')
        frame = page.frame_locator("iframe")
        figure = frame.locator("[data-chart],[data-playground]").first
        frame.locator("figure").first.wait_for()
        if figure.count():
            figure.hover()
            frame.locator("[data-alive]").first.wait_for(timeout=20_000)
    page.context.close()
    assert len(kinds) >= 3
