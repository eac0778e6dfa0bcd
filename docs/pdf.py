"""Prints the built book as one PDF with Chromium: `make pdf`.

Printed twice: the table of contents names pages, and where they are is known after the first time.
"""

import sys
import threading
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from sphinx_landscaping import identity, paper, pdf_places, project, serving

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chromium import QUIET, found

OPTIONS = {"prefer_css_page_size": True, "print_background": True, "tagged": True, "outline": True}
PATIENCE = 600_000  # milliseconds


def printed(page: Page, address: str) -> bytes:
    """The page at an address on paper."""
    page.goto(address, wait_until="load", timeout=PATIENCE)
    page.evaluate("document.fonts.ready.then(() => 0)")
    return page.pdf(**OPTIONS)


def with_numbers(page: Page, book: project.Project, address: str) -> bytes:
    """The PDF whose table of contents names the pages; stops where naming them moved something."""
    folder, at, pdf = book.build / "pdf", {}, b""
    folder.mkdir(exist_ok=True)
    who = identity.identity(book.root)
    for _ in range(2):
        text = paper.page(book.html, book.root / "_toc.yml", who, at)
        (folder / "paper.html").write_text(text, "utf8")
        before, pdf = at, printed(page, f"{address}/pdf/paper.html")
        at = pdf_places.places(pdf)
    if moved := sorted(name for name in at if at[name] != before[name]):
        raise SystemExit(
            f"stopped: page numbers moved {', '.join(moved[:3])}: the table of contents needs more room"
        )
    return pdf


def main() -> None:
    """Serve the built site to one browser, and write down what it prints."""
    begun, book = time.monotonic(), project.find()
    if not (book.html / "index.html").exists():
        raise SystemExit("stopped: the site is not built: type `make book` first")
    site = serving.server(book.build, 0)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=list(QUIET))
        pdf = with_numbers(browser.new_page(), book, f"http://127.0.0.1:{site.server_address[1]}")
        browser.close()
    site.shutdown()
    to = book.build / "pdf" / f"{identity.identity(book.root).repository}.pdf"
    to.write_bytes(pdf)
    print(f"{to}: {len(pdf) / 1e6:.1f} MB, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
