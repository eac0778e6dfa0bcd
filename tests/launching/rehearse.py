"""Run chapters as Binder opens them and print what each took: `make rehearse`, or with CHAPTER=… only one."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from chromium import QUIET, found
from launching.rehearsal import ENGINE, Seen, button, faults, keep, listed, promised, rehearse
from sphinx_landscaping import binder_environment, lab, project
from turns import saw_whole

ROOT = Path(__file__).parents[2]
HEAD = (
    f"{'chapter':42} {'opens':>6} {'wall':>6} {'CPU':>6} {'longest':>8} {'MiB':>5} {'drawn':>6} {'alive':>6}"
)


def row(seen: Seen, wanted: dict[str, dict[str, str]]) -> str:
    """One line of the table: seconds, the seconds of the longest cell, memory, figures of those promised."""
    times = (
        f"{seen.open_seconds:6.0f} {seen.wall_seconds:6.0f} {seen.cpu_seconds:6.0f} {seen.longest_cell:8.0f}"
    )
    counts = " ".join(f"{len(seen.kinds(kind)):3}/{len(wanted[kind])}" for kind in ("drawn", "alive"))
    return f"{seen.chapter:42} {times} {seen.peak_mib:5.0f}  {counts}  {' · '.join(faults(seen, wanted))}"


def main(names: list[str]) -> int:
    """Rehearse the named chapters, or all; where all of them pass, keep that they did."""
    at = project.find(ROOT)
    known = listed(at)
    if unknown := set(names) - set(known):
        print(f"stopped: no chapter {', '.join(unknown)}: one of {', '.join(known)}", file=sys.stderr)
        return 1
    environment, failed = binder_environment.environment(at), []
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = lab.home(at, environment, Path(folder) / "jovyan")
        browser = playwright.chromium.launch(executable_path=found(), args=list(QUIET))
        server = lab.start(environment, home, "--LabApp.expose_app_in_browser=True", base="/user/x/")
        try:
            for name in names or known:
                wanted, path = promised(at.html, name), button(at.html, name)
                keep(ROOT, seen := rehearse(browser, server, home, path, Seen(name), list(wanted["alive"])))
                print(row(seen, wanted), flush=True)
                failed += faults(seen, wanted)
        finally:
            server.close()
            browser.close()
    if not names and not failed:
        saw_whole("rehearsal", ENGINE)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
