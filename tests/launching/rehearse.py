"""Run chapters as Binder opens them and print what each took: `make rehearse`, or with CHAPTER=… only one."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from chromium import QUIET, found
from launching.rehearsal import Seen, keep, rehearse
from sphinx_landscaping import binder_environment, chapters, lab, project

ROOT = Path(__file__).parents[2]
HEAD = (
    f"{'chapter':42} {'opens':>6} {'wall':>6} {'CPU':>6} {'longest':>8} {'MiB':>5} {'drawn':>6} {'alive':>6}"
)


def row(seen: Seen) -> str:
    """One line of the table; seconds, and the seconds of the longest cell."""
    times = (
        f"{seen.open_seconds:6.0f} {seen.wall_seconds:6.0f} {seen.cpu_seconds:6.0f} {seen.longest_cell:8.0f}"
    )
    counts = f"{len(seen.kinds('drawn')):6} {len(seen.kinds('alive')):6}"
    return f"{seen.chapter:42} {times} {seen.peak_mib:5.0f} {counts}  {seen.wrong + seen.elsewhere or ''}"


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
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = lab.home(at, environment, Path(folder) / "jovyan")
        browser = playwright.chromium.launch(executable_path=found(), args=list(QUIET))
        server = lab.start(environment, home, "--LabApp.expose_app_in_browser=True", base="/user/x/")
        try:
            for name in names or listed:
                keep(ROOT, seen := rehearse(browser, server, home, at.html, name))
                print(row(seen), flush=True)
        finally:
            server.close()
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
