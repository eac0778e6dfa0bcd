"""A stranger's Jupyter: a fresh environment with the book's package as a wheel, and no tool of the site."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
IN_THE_WHEEL = ("src", "pyproject.toml", "README.md", "LICENSE", "LICENSE-text")
DECIDES = (
    "pyproject.toml",
    "constraints.txt",
    "tests/plain_jupyter.py",
)  # a change makes the environment again
# Seconds of one core, and none of the wall's: others may hold the cores. One without end is ended.
RUN = """
import resource, sys, nbclient, nbformat
resource.setrlimit(resource.RLIMIT_CPU, (600, 600))
made = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(made, timeout=None, startup_timeout=1200, kernel_name="python3").execute()
nbformat.write(made, sys.argv[2])
"""


@dataclass(frozen=True)
class Jupyter:
    """An environment, by its folder."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.folder / "bin" / "python"

    def pip(self, *words: str) -> None:
        """Install into it, from where pip looks by default."""
        done = subprocess.run([self.python, "-m", "pip", *words], capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise OSError(f"pip {' '.join(words)}: {done.stderr.strip()[-500:]}")

    def run(self, notebook: Path, to: Path) -> dict:
        """The notebook after all its cells ran, in an empty folder and home; pip finds nothing there."""
        here = {key: os.environ[key] for key in ("PATH", "LANG", "TMPDIR") if key in os.environ}
        alone = {"HOME": str(to), "PIP_NO_INDEX": "1", "OMP_NUM_THREADS": "1", "IPYTHONDIR": str(to)}
        words = [self.python, "-c", RUN, notebook, to / "ran.ipynb"]
        done = subprocess.run(words, capture_output=True, text=True, cwd=to, env=here | alone)
        assert done.returncode == 0, f"{notebook.name} stopped:\n{done.stderr[-2000:]}"
        return json.loads((to / "ran.ipynb").read_text("utf8"))


def environment() -> Jupyter:
    """The environment of these packages, kept in `_build/plain/`; the book's wheel is always new."""
    key = hashlib.sha256(
        b"\0".join([sys.version.encode(), *((ROOT / name).read_bytes() for name in DECIDES)])
    )
    kept = ROOT / "_build" / "plain"
    made = Jupyter(kept / key.hexdigest()[:16])
    wheel = _wheel(kept)
    if not (made.folder / "whole").exists():
        shutil.rmtree(kept, ignore_errors=True)
        wheel = _wheel(kept)
        subprocess.run([sys.executable, "-m", "venv", made.folder], check=True)
        made.pip("install", "-q", "-c", str(ROOT / "constraints.txt"), "nbclient", str(wheel))
        (made.folder / "whole").touch()
    made.pip("install", "-q", "--no-deps", "--force-reinstall", str(wheel))
    return made


def _wheel(kept: Path) -> Path:
    """The package as `pip wheel` builds it from a copy of what belongs to it."""
    copy = kept / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    for name in IN_THE_WHEEL:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, copy)
    words = ["-m", "pip", "wheel", "-q", "--no-deps", "-w", str(copy / "dist"), str(copy)]
    subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True)
    (wheel,) = (copy / "dist").glob("*.whl")
    return wheel
