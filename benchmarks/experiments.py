"""A build from nothing, held against what its cells alone would take: `python -m benchmarks.experiments`.

Twelve chapters that train for about as long as the book's own, made for this table, run with kernels forked
from a warm parent (first without a report of an earlier build, then longest first) and with each kernel
started by itself. What is no cell is printed apart and counts in the wall.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "sphinx_landscaping" / "small_book"
COUNT = 12
EXPERIMENT = """---
jupytext: {{text_representation: {{extension: .md, format_name: myst, format_version: 0.13}}}}
kernelspec: {{display_name: Python 3, language: python, name: python3}}
---
# Experiment {number}

```{{code-cell}} ipython3
import altair, pandas, torch
from sklearn.linear_model import LogisticRegression
from torch import nn
from landscaping import ensemble
from landscaping.randomness import stream
```

```{{code-cell}} ipython3
x = torch.randn(2000, 10, generator=stream("data", {number}))
nets = ensemble.stack(lambda: nn.Sequential(nn.Linear(10, 60), nn.ReLU(), nn.Linear(60, 1)), range(8))
loss, y = nn.functional.mse_loss, x.square().mean(1, True)
losses = ensemble.run(ensemble.train(nets, loss, x, y, ensemble.SGD(0.01), steps={steps}))
print(float(losses[-1].median()))
```
"""
COLUMNS = ("wall", "cells", "bound", "wall/bound", "starts", "parent", "pages", "others", "alone/bound")


def experiments(root: Path) -> None:
    """A book of chapters that train for a while each, no two equally long."""
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copy(SMALL / "_config.yml", root)
    replace(root / "_config.yml", "timeout: 20", "timeout: 600")
    shutil.copytree(ROOT / "src" / "landscaping", root / "src" / "landscaping")
    shutil.copy(ROOT / "constraints.txt", root)
    (root / "book").mkdir()
    (root / "book" / "index.md").write_text("# Experiments\n", "utf8")
    listed = ""
    for number in range(1, COUNT + 1):
        text = EXPERIMENT.format(number=number, steps=1400 + 500 * number)
        (root / "book" / f"experiment-{number}.md").write_text(text, "utf8")
        listed += f"  - file: experiment-{number}\n"
    (root / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{listed}", "utf8")


def replace(path: Path, old: str, new: str) -> None:
    """Other words in a file."""
    path.write_text(path.read_text("utf8").replace(old, new), "utf8")


def busy() -> float:
    """Seconds that this machine's cores have worked, for whomever; 0 where no system tells."""
    if not Path("/proc/stat").exists():
        return 0.0
    user, nice, system, _, _, *rest = map(int, Path("/proc/stat").read_text("utf8").split()[1:9])
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def ours() -> float:
    """CPU seconds of the builds that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cold(root: Path, warm: str) -> list[float]:
    """One row: a build from nothing, against what its cells alone would take on these cores."""
    from_nothing(root / "_build")
    begun, before = time.perf_counter(), busy() - ours()
    command = [sys.executable, "-m", "sphinx_landscaping", "build"]
    environ = {**os.environ, "LANDSCAPING_WARM": warm}
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    wall, others = time.perf_counter() - begun, max(0.0, busy() - ours() - before)
    report = json.loads((root / "_build" / "report.json").read_text("utf8"))
    chapters, cores = report["chapters"], report["cores"]
    cells = [chapter["cpu_seconds"] for chapter in chapters]
    bound = max(sum(cells) / cores, *cells)
    starts = sum(chapter["start_cpu_seconds"] for chapter in chapters)
    parent, pages = (
        said(r"warm  .*?([\d.]+) s of CPU", done.stdout),
        said(r"pages .*?([\d.]+) s", done.stdout),
    )
    alone = wall - others / cores
    return [wall, sum(cells), bound, wall / bound, starts, parent, pages, others, alone / bound]


def from_nothing(made: Path) -> None:
    """Nothing of an earlier build is left but the report of how long its chapters took."""
    reported = (made / "report.json").read_bytes() if (made / "report.json").exists() else b""
    shutil.rmtree(made, ignore_errors=True)
    if reported:
        made.mkdir()
        (made / "report.json").write_bytes(reported)


def said(pattern: str, text: str) -> float:
    """A number that the build printed; 0 where it had nothing to say."""
    found = re.search(pattern, text)
    return float(found[1]) if found else 0.0


def main() -> None:
    """One row a way to start kernels; on a machine with nothing else to do, wall/bound may be 1.15."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}; all in seconds but the two shares")
    print("kernels " + "".join(f"{name:>12}" for name in COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        experiments(Path(folder))
        for kernels, warm in (("unsorted", "1"), ("forked", "1"), ("started", "0")):
            row = cold(Path(folder), warm)
            print(f"{kernels:8}" + "".join(f"{figure:12.2f}" for figure in row), flush=True)
    print("others: CPU seconds that other programs took meanwhile; alone: the wall without their share")


if __name__ == "__main__":
    main()
