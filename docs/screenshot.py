"""Takes the picture in README.md from the built site: `make screenshot`."""

import sys
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from sphinx_landscaping import serving

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from chromium import QUIET, found  # noqa: E402

LAND_AND_DATA = 412  # pixels of the figure above its buttons
LONGEST_RUN = 30_000  # milliseconds


def picture(page: Page, address: str) -> None:
    """Play one marble on the front page's land; keep land, path and data."""
    page.goto(f"{address}/index.html")
    figure = page.locator("#fig-index-landscape")
    figure.get_by_role("button", name="Play").click()
    figure.get_by_text("step 400 of 400").wait_for(timeout=LONGEST_RUN)
    box = figure.bounding_box()
    clip = {"x": box["x"] - 16, "y": box["y"] - 8, "width": box["width"] + 32, "height": LAND_AND_DATA}
    page.screenshot(path=ROOT / "docs/landscape.png", clip=clip)


def main() -> None:
    """Serve the site while one page of it is looked at."""
    site = serving.server(ROOT / "_build" / "html", 0)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=list(QUIET))
        page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1.5)
        picture(page, f"http://127.0.0.1:{site.server_address[1]}")
        browser.close()
    site.shutdown()


if __name__ == "__main__":
    main()
