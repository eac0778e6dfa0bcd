"""Find a Chromium for the browser tests, or get one: Debian's package where apt may, or Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SMALL = "chromium-headless-shell"  # no windows: a page opens in a third of the time
NAMES = (SMALL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip


def found() -> str | None:
    """The Chromium to use: LANDSCAPING_CHROMIUM, the system's, or Playwright's; None where there is none."""
    named = os.environ.get("LANDSCAPING_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def get() -> str | None:
    """Install one: by apt as root or with a password-free sudo, else into Playwright's own folder."""
    for command in _ways():
        print(f"No Chromium here; trying: {' '.join(command)}", flush=True)
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        if path := found():
            return path
    return None


def _ways() -> list[list[str]]:
    playwright = [sys.executable, "-m", "playwright", "install"]
    may = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [[*may, "apt-get", "install", "-y", "-qq", name] for name in (SMALL, "chromium")]
    return [*apt, [*playwright, "chromium"]] if shutil.which("apt-get") else [[*playwright, "chromium"]]


def get_the_small_one() -> None:
    """In a container of our own, where root needs nobody's leave, also beside a browser with windows."""
    if os.geteuid() == 0 and shutil.which("apt-get") and not shutil.which(SMALL):
        subprocess.run(_ways()[0], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> int:
    """Say which Chromium the tests will use, or how to give them one."""
    get_the_small_one()
    path = found() or get()
    if path:
        print(f"Chromium: {path}")
        return 0
    print(
        "stopped: no Chromium found and none could be installed: install the package `chromium`, or set "
        "LANDSCAPING_CHROMIUM to the path of a Chrome or Chromium",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
