"""The weights of PEERS' bars as gates: bytes, scripts, requests, hosts, and that nothing moves."""

import re

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


@pytest.fixture(scope="module")
def names(site):
    """The pages to open: all chapters and references, a figure's page of each kind."""
    return to_visit(site)


def test_no_page_is_heavier_than_its_bar_or_moves_or_asks_elsewhere(chromium, server, site, names):
    over = []
    for name in names:
        opened = visit(chromium, server, name, width=390)
        found, bar = weight(site, opened), BARS[kind(site, name)]
        over += [f"{name}: {key} {found[key]} > {most}" for key, most in bar.items() if found[key] > most]
        loaded = opened.moved()
        opened.scroll()
        over += [f"{name}: moved {loaded} at load"] * (loaded > BARS["moved"])
        over += [f"{name}: moved {opened.moved()} while read"] * (opened.moved() > BARS["moved"])
        over += [f"{name}: asked {url}" for url in opened.elsewhere]
        over += [f"{name}: said {line}" for line in opened.said]
        opened.close()
    assert over == []


def test_the_first_chart_alive_stays_below_its_bar(chromium, server, site, names):
    weighed = 0
    for name in names:
        opened = visit(chromium, server, name)
        chart = opened.page.locator("[data-chart]").first
        if chart.count():
            chart.scroll_into_view_if_needed()
            chart.hover()
            opened.page.wait_for_selector("[data-chart][data-alive]", timeout=20_000)
            weighed += 1
            assert weight(site, opened)["bytes"] <= BARS["alive"]["bytes"], name
        opened.close()
    assert weighed


def test_a_whole_visit_with_every_figure_touched_asks_nobody_else(chromium, server, site, names):
    for name in names:
        opened = visit(chromium, server, name)
        opened.scroll()
        page = (site / name).read_text("utf-8")
        wanted = page.count(" data-chart=") + page.count(" data-playground=")
        assert len(opened.wake()) == wanted, (name, opened.said)
        opened.scroll()
        opened.page.wait_for_load_state("networkidle")
        assert opened.elsewhere == [], name
        assert opened.said == [], name
        assert opened.moved() <= BARS["moved"], name
        opened.close()


def test_charts_of_one_page_fetch_vega_and_each_table_once(chromium, server, site, names):
    for name in names:
        opened = visit(chromium, server, name)
        opened.wake()
        asked = [url for url in opened.asked if url.endswith("vega.mjs") or "/figures/" in url]
        assert len(asked) == len(set(asked)), name
        opened.close()


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
