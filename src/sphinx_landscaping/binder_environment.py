"""An environment as Binder makes it, kept until what it is made from changes."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import binder
from .inputs import digest
from .project import Project
from .report import Stopped

# What repo2docker puts into its own environment for a notebook, by its environment.yml, without the hub.
BASE = ("jupyterlab", "notebook", "jupyter_server", "ipykernel", "ipywidgets")
BASE += ("jupyter-resource-usage", "jupyter-offlinenotebook")
COMPILED = "torch, pandas, sklearn.ensemble, scipy.stats, altair, anywidget, mnist1d, jaxtyping"
OURS = ("JUPYTER", "PYTHON", "LANDSCAPING", "XDG_")


def environment(project: Project, say: Callable[[str], None] = print) -> Path:
    """The folder of a finished environment; one process makes it while the others wait."""
    kept = project.build / "binder"
    kept.mkdir(parents=True, exist_ok=True)
    folder = kept / f"environment-{_made_from(project)}"
    with locked(kept / "lock"):
        if not (folder / "made.json").exists():
            for old in kept.glob("environment-*"):
                shutil.rmtree(old)
            say("Making an environment as Binder does: two or three minutes, and 2 GB.")
            unlike = list(_make(project, folder))
            (folder / "made.json").write_text(json.dumps({"unlike Binder": unlike}), encoding="utf8")
    for words in json.loads((folder / "made.json").read_text("utf8"))["unlike Binder"]:
        say(words)
    return folder


def _made_from(project: Project) -> str:
    held = json.dumps(binder.held(binder.python(project.root)))
    return digest(binder.requirements(project.root), held, str(project.root), sys.version)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until no other process holds this file."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(project: Project, folder: Path) -> Iterator[str]:
    """Install in Binder's order, its own environment first; yield what is not as there."""
    ours = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if ours != binder.python(project.root):
        yield f"Binder has Python {binder.python(project.root)}; this is rehearsed with {ours}."
    _run([sys.executable, "-m", "venv", str(folder)], project.root)
    base = folder / "base.txt"
    held = binder.held(binder.python(project.root)).items()
    base.write_text("\n".join(f"{name}=={version}" for name, version in held if name != "python"))
    _pip(project, folder, "-c", str(base), *BASE)
    wanted = (project.root / "binder" / "requirements.txt").read_text("utf8")
    if not _answers(f"{binder.INDEX}/torch/"):
        wanted, torch = _from_pips_own_index(wanted)
        yield f"{binder.INDEX} does not answer: {torch} comes from pip's own index."
    own = folder / "requirements.txt"
    own.write_text(wanted, encoding="utf8")
    _pip(project, folder, "-r", str(own))
    _run([str(folder / "bin" / "python"), "-c", f"import {COMPILED}"], project.root)


def _from_pips_own_index(wanted: str) -> tuple[str, str]:
    """The same requirements without PyTorch's index, and their torch: of the CPU alone if pip knows it."""
    wanted = wanted.replace(f"--extra-index-url {binder.INDEX}\n", "")
    torch = next(line for line in wanted.splitlines() if line.startswith("torch=="))
    if _offered(torch):
        return wanted, torch
    plain = torch.removesuffix("+cpu")
    return wanted.replace(torch, plain), plain


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _offered(wanted: str) -> bool:
    """Whether pip can get this exact version where it looks by itself."""
    tried = ("install", "--dry-run", "--no-deps", "--ignore-installed", "--quiet", wanted)
    return not subprocess.run([sys.executable, "-m", "pip", *tried], capture_output=True).returncode


def _pip(project: Project, folder: Path, *words: str) -> None:
    # Most of it is never imported: what is gets compiled then, and by COMPILED.
    _run([str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--no-compile", *words], project.root)


def _run(command: list[str], where: Path, **more: dict) -> None:
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, **more)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise Stopped(f"Binder's environment cannot be made here: {' '.join(said)}")


def variables(folder: Path, home: Path) -> dict[str, str]:
    """What a process of that environment sees: nothing of this user's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    kept.pop("OMP_NUM_THREADS", None)  # postBuild must see to it
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "HOME": str(home), "PATH": path, "IPYTHONDIR": str(home / ".ipython")}


def post_build(folder: Path, home: Path) -> None:
    """Run Binder's last step in a home that holds the repository: it makes chapters open as notebooks."""
    with locked(folder / "lock"):  # it installs a kernel into the environment, which others may share
        _run([str(home / "binder" / "postBuild")], home, env=variables(folder, home))
