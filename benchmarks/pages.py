"""Every page in Chromium against its bars, the heaviest first: KB packed, requests, what moves."""

from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from tests import chromium as browser

from benchmarks.packed import served
from benchmarks.visiting import BARS, kind, to_visit, visit, weight

SITE = Path(__file__).parents[1] / "_build" / "html"


def browser_path() -> str | None:
    """The Chromium that the browser tests use; installed where there is none."""
    return browser.found() or browser.get()


def row(chromium: Any, home: str, name: str) -> dict[str, Any]:
    """One page, measured on a phone's width before touch, then with its first chart alive."""
    opened = visit(chromium, home, name, width=390)
    found = {"name": name, "kind": kind(SITE, name), **weight(SITE, opened), "load": opened.moved()}
    opened.scroll()
    found["scroll"] = opened.moved()
    opened.close()
    opened = visit(chromium, home, name)
    found["alive"] = weight(SITE, opened)["bytes"] if opened.touch() else 0
    opened.wake()
    found["elsewhere"] = len(opened.elsewhere)
    opened.close()
    return found


def share(found: dict[str, Any]) -> float:
    """How near a page is to its nearest bar."""
    bar = BARS[found["kind"]]
    return max(found[key] / most for key, most in bar.items())


def written(found: dict[str, Any]) -> str:
    """One line of the table."""
    alive = f"{found['alive'] / 1000:8.0f}" if found["alive"] else f"{'–':>8}"
    numbers = f"{found['bytes'] / 1000:7.0f}{found['scripts'] / 1000:9.1f}{found['requests']:10}{alive}"
    return f"{found['name']:46}{numbers}{found['load']:8.4f}{found['scroll']:8.4f}{found['elsewhere']:8}"


def main() -> None:
    """Print the table and the bars."""
    with served(SITE) as home, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        rows = [row(chromium, home, name) for name in to_visit(SITE)]
        chromium.close()
    heads = f"{'KB':>7}{'scripts':>9}{'requests':>10}{'alive':>8}{'shift':>8}{'scroll':>8}"
    print(f"{'page':46}{heads}{'others':>8}")
    for found in sorted(rows, key=share, reverse=True):
        print(written(found))
    for name, what in (("text", "bar: text and maths"), ("live", "bar: with live figures")):
        bar = BARS[name]
        alive = f"{BARS['alive']['bytes'] / 1000:8.0f}" if name == "live" else f"{'–':>8}"
        numbers = f"{bar['bytes'] / 1000:7.0f}{bar['scripts'] / 1000:9.1f}{bar['requests']:10}{alive}"
        print(f"{what:46}{numbers}{BARS['moved']:8.4f}{BARS['moved']:8.4f}{0:8}")


if __name__ == "__main__":
    main()
