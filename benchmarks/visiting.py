"""Visits to the built site in a real browser: what was asked for, how heavy, what moved, what was said."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHIFTS = """window.moved = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({ type: 'layout-shift', buffered: true })"""
ASLEEP = ":is([data-chart],[data-playground]):not([data-alive],[data-failed])"
PACKED = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".txt")


@dataclass
class Visit:
    """One page, open, and what it has asked for and said so far."""

    page: Any
    home: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> list[str]:
        """Addresses of others."""
        return [url for url in self.asked if not url.startswith((self.home + "/", "blob:", "data:"))]

    def moved(self) -> float:
        """The layout shift since the page began."""
        return self.page.evaluate("moved")

    def scroll(self) -> None:
        """Read to the end, and back to the top."""
        steps = self.page.evaluate("Math.ceil(document.documentElement.scrollHeight / 600)")
        for down in [600] * steps + [-600 * steps]:
            self.page.mouse.wheel(0, down)
            self.page.wait_for_timeout(20)

    def touch(self) -> bool:
        """Touch the first chart, where there is one, until it is alive."""
        chart = self.page.locator("[data-chart]").first
        if not chart.count():
            return False
        chart.scroll_into_view_if_needed()
        chart.hover()
        self.page.wait_for_selector("[data-chart][data-alive]", timeout=30_000)
        return True

    def sideways(self, *widths: int) -> list[int]:
        """Those widths of the window at which the page must be scrolled sideways."""
        found = []
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(width)
        return found

    def wake(self) -> list[str]:
        """Touch every figure; the labels of those that came alive."""
        self.page.evaluate(
            "for (const e of document.querySelectorAll('[data-chart],[data-playground]'))"
            " e.dispatchEvent(new PointerEvent('pointerenter'))"
        )
        for _ in range(400):
            if not self.page.locator(ASLEEP).count():
                break
            self.page.wait_for_timeout(100)
        return self.page.evaluate(
            "[...document.querySelectorAll('[data-chart][data-alive],[data-playground][data-alive]')]"
            ".map((e) => e.dataset.chart ?? e.id.replace('-playground', ''))"
        )

    def close(self) -> None:
        """End the visit."""
        self.page.context.close()


def visit(chromium: Any, home: str, name: str, *, width: int = 1280, **context: Any) -> Visit:
    """Open a page as a reader who has never been here."""
    size = {"width": width, "height": 800}
    page = chromium.new_context(viewport=size, **context).new_page()
    made = Visit(page, home)
    page.on("request", lambda request: made.asked.append(request.url))
    page.on("console", lambda line: made.said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: made.said.append(str(error)))
    page.add_init_script(SHIFTS)
    page.goto(f"{home}/{name}", wait_until="networkidle")
    return made


def packed(site: Path, home: str, asked: Iterable[str]) -> int:
    """Bytes that these requests move where text is gzipped, as Pages does it."""
    return sum(_size(site / url.removeprefix(home + "/").partition("?")[0].partition("#")[0]) for url in asked
               if url.startswith(home))  # fmt: skip


def _size(path: Path) -> int:
    path = path / "index.html" if path.is_dir() else path
    content = path.read_bytes() if path.is_file() else b""
    return len(gzip.compress(content, 6)) if path.suffix in PACKED else len(content)


def every_page(site: Path) -> list[str]:
    """Every page of the site, by name, without those that only lead to another."""
    inside = (path.relative_to(site) for path in sorted(site.rglob("*.html")))
    return [path.as_posix() for path in inside if path.parts[0] not in ("_static", "at")]


# The bars. Text and maths; a chapter with live figures before touch, and with its first chart alive.
BARS = {
    "text": {"bytes": 120_000, "scripts": 15_000, "requests": 14},
    "live": {"bytes": 200_000, "scripts": 15_000, "requests": 16},
    "alive": {"bytes": 520_000},
    "moved": 0.01,
}


def kind(site: Path, name: str) -> str:
    """Which bar a page stands under."""
    page = (site / name).read_text("utf-8")
    return "live" if " data-chart=" in page or " data-playground=" in page else "text"


def weight(site: Path, opened: Visit) -> dict[str, int]:
    """What a visit has moved so far: bytes, bytes of scripts, requests."""
    asked = [url for url in opened.asked if not url.startswith(("blob:", "data:"))]
    scripts = [url for url in asked if url.partition("?")[0].endswith((".js", ".mjs"))]
    return {
        "bytes": packed(site, opened.home, asked),
        "scripts": packed(site, opened.home, scripts),
        "requests": len(asked),
    }


def to_visit(site: Path) -> list[str]:
    """Chapters and references all; of the figures' own pages and of those with records one for each kind."""
    rows = json.loads((site / "figures.json").read_text("utf-8"))
    things = json.loads((site / "sections.json").read_text("utf-8"))
    kinds = {row["kind"]: row["embed"] for row in reversed(rows)}
    records = {row["kind"]: f"cite/{row['label']}.html" for row in reversed(things)
               if row["kind"] in ("chapter", "section", "figure")}  # fmt: skip
    of_kinds = ("figures/", "cite/", "at/")
    pages = [name for name in every_page(site) if not name.startswith(of_kinds)]
    return [*pages, *sorted(kinds.values()), *sorted(records.values())]
