"""How long a build takes when little changed, on a copy of the book: by itself, and under `make serve`."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.experiments import ours

ROOT = Path(__file__).parents[1]
COPIED = ("book", "src", "_build", "pyproject.toml", "_config.yml", "_toc.yml", "constraints.txt")


def copy(to: Path) -> Path:
    """The book with its last build, where edits harm nobody."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name)
        elif source.exists():
            shutil.copy(source, to / name)
    if (ROOT / "node_modules").exists():
        os.symlink(ROOT / "node_modules", to / "node_modules")
    return to


def build(root: Path) -> tuple[float, list[dict]]:
    """Wall seconds of a build as a reader waits for it, and its chapters."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "sphinx_landscaping", "build"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return time.perf_counter() - begun, json.loads((root / "_build/report.json").read_text("utf8"))[
        "chapters"
    ]


SERVED = """
import sys, time
from sphinx_landscaping import project, rebuilding
builder = rebuilding.Builder(project.find())
assert builder.build()
print("ready", flush=True)
sys.stdin.readline()
time.sleep(5)  # an author looks at the page and writes, while the next build's process gets ready
begun = time.perf_counter()
assert builder.build()
print("took", time.perf_counter() - begun)
"""


def rebuild(root: Path) -> tuple[float, list[dict]]:
    """A paragraph changed under `make serve`, which has imported what a build needs; timed there."""
    command = [sys.executable, "-c", SERVED]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if "ready" not in map(str.strip, process.stdout or ()):
            sys.exit("the first build under `make serve` failed: its words stand above")
        change_a_paragraph(root)
        said, _ = process.communicate("\n")
    seconds = float(said.rpartition("took ")[2])
    return seconds, json.loads((root / "_build/report.json").read_text("utf8"))["chapters"]


def change_nothing(_: Path) -> None:
    """For the case without a change, and the one that changes its paragraph in the middle."""


def change_a_paragraph(root: Path) -> None:
    """A sentence more at the end of the first chapter."""
    chapter = next(
        path for path in sorted(root.glob("book/*/*.md")) if "kernelspec" in path.read_text("utf8")
    )
    text = chapter.read_text("utf8")
    chapter.write_text(re.sub(r"\n\n(?=\(sec-)", "\n\nOne sentence more.\n\n", text, count=1), "utf8")


def change_a_helper(root: Path) -> None:
    """A statement more in a module of the ground floor."""
    helper = root / "src" / "landscaping" / "spread.py"
    helper.write_text(helper.read_text("utf8") + "\n_CHANGED = True\n", "utf8")


def main() -> None:
    """Print one row a case."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy(Path(folder))
        build(root)
        cases = {
            "nothing changed": (change_nothing, build),
            "a paragraph changed": (change_a_paragraph, build),
            "a paragraph changed, make serve": (change_nothing, rebuild),
            "landscaping/spread.py changed": (change_a_helper, build),
        }
        print(f"{'what':32}{'seconds':>8}{'of CPU':>8}  chapters that ran")
        for what, (change, way) in cases.items():
            change(root)
            before = ours()
            seconds, chapters = way(root)
            ran = [chapter["name"] for chapter in chapters if chapter["ran"]]
            used = "" if way is rebuild else f"{ours() - before:.1f}"  # there, two builds and a start
            times = f"{seconds:8.1f}{used:>8}"
            print(f"{what:32}{times}  {', '.join(ran) or 'none'} (of {len(chapters)})")


if __name__ == "__main__":
    main()
