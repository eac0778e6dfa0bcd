"""Run chapters as Binder opens them and print what each took: `make rehearse`, or with CHAPTER=… only one."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from chromium import QUIET, found
from launching.rehearsal import Seen, keep, rehearse
from sphinx_landscaping import binder_environment, chapters, lab, project

ROOT = Path(__file__).parents[2]
HEAD = f"{'chapter':44} opens  Run All   CPU     MiB  charts  playgr.  alive  errors"


def row(seen: Seen) -> str:
    """One line of the table."""
    return (
        f"{seen.chapter:44} {seen.open_seconds:4.0f} s {seen.wall_seconds:6.0f} s {seen.cpu_seconds:3.0f} s "
        f"{seen.peak_mib:7.0f} {seen.charts:7} {seen.playgrounds:8} {seen.alive:6}  "
        f"{seen.wrong + seen.elsewhere or ''}"
    )


def main(names: list[str]) -> int:
    """Rehearse the named chapters, or all."""
    at = project.find(ROOT)
    listed = [
        name for name in chapters.listed(at) if "{code-cell}" in (at.book / f"{name}.md").read_text("utf8")
    ]
    if unknown := set(names) - set(listed):
        print(f"stopped: no chapter {', '.join(unknown)}: one of {', '.join(listed)}", file=sys.stderr)
        return 1
    environment = binder_environment.environment(at)
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = lab.home(at, Path(folder) / "jovyan")
        browser = playwright.chromium.launch(executable_path=found(), args=list(QUIET))
        server = lab.start(environment, home, "--LabApp.expose_app_in_browser=True", base="/user/x/")
        try:
            for name in names or listed:
                keep(ROOT, seen := rehearse(browser, server, home, name))
                print(row(seen), flush=True)
        finally:
            server.close()
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
