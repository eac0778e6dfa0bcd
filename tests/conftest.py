"""What tests share: the built site, a server of it, one browser, and the small book of the engine's tests."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch is imported; see the Makefile

from chromium import QUIET, found

ROOT = Path(__file__).parents[1]
FIRST = ["test_notebooks_run", "test_same_bytes", "test_rehearsal", "test_any_edits", "test_claims_hold"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the built site or a browser is left out of `make check`; what shares work stays together.

    The longest files begin: a process that gets one of them last keeps the others waiting for minutes.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(together(item)))
        if {"site", "server", "chromium"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: FIRST.index(item.path.stem) if item.path.stem in FIRST else len(FIRST))


def together(item: pytest.Item) -> str:
    """One process runs all tests of a file; of those that go by chapter, playground or share, all of one."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    one = params.get("chapter") or params.get("share", getattr(params.get("kind"), "module", ""))
    return f"{item.path.stem} {one}".strip()


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site; a test that needs it fails where there is none."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.fail("the site is not built: type `make book` first")
    return folder


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of a plain file server of the site."""
    from sphinx_landscaping import serving

    serves = serving.server(site, 0)
    threading.Thread(target=serves.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{serves.server_address[1]}"
    serves.shutdown()
    serves.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One browser for all tests; they fail, and are not skipped, where there is none."""
    from playwright.sync_api import sync_playwright

    path = found()
    if not path:
        pytest.fail("no Chromium: run `python tests/chromium.py`, or set LANDSCAPING_CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium) -> Iterator:
    """A page in a browser context of its own."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()
