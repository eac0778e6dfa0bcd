"""What Binder installs for the chapters: written from the lock, without what its own environment holds.

`make lock` runs this after it has renewed constraints.txt. repo2docker, which builds Binder's images, has
the lock of that environment in its package: JupyterLab, the kernel, and all that they need.
"""

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

from . import packages
from .project import find
from .report import Stopped

INDEX = "https://download.pytorch.org/whl/cpu"
OPENS = "jupytext"  # what opens a chapter as a notebook
FRONT_ENDS = ("ipywidgets", "jupyterlab_widgets")  # built for one JupyterLab: that of Binder, not of the lock
SHOWS = "jupyterlab_myst==2.4.2"  # draws MyST's boxes and references; 2.7.0 wants a newer JupyterLab
FOR_GRAPHICS = ("nvidia", "cuda", "triton")  # what torch needs where it was not installed for the CPU
PYTHON_PACKAGE = re.compile(r"/([^/]+)-([^-/]+)-[^-/]*py[^-/]*\.(?:conda|tar\.bz2)")
HEAD = f"""\
# What a chapter needs in Binder. `make lock` writes this file from constraints.txt and pyproject.toml.
--extra-index-url {INDEX}
"""


def write(root: Path) -> None:
    """Write the two files that say what Binder installs."""
    (root / "binder" / "runtime.txt").write_text(runtime(root), encoding="utf8")
    (root / "binder" / "requirements.txt").write_text(requirements(root), encoding="utf8")


def runtime(root: Path) -> str:
    """The line that chooses Binder's Python: without it Binder takes another one than the book."""
    return f"python-{python(root)}\n"


def requirements(root: Path) -> str:
    """Exact versions of what the chapters need beyond Binder's own environment, and the project itself."""
    base, locked = held(python(root)), versions(root)
    names = packages.needed((*_project(root)["dependencies"], OPENS), held=base)
    wanted = [_pinned(locked, name) for name in names if not name.startswith(FOR_GRAPHICS)]
    wanted += [f"{name}=={base[packages.plain(name)]}" for name in FRONT_ENDS]
    return HEAD + "\n".join([*sorted([*wanted, SHOWS], key=str.lower), "-e ."]) + "\n"


def _pinned(locked: dict[str, str], name: str) -> str:
    if name not in locked:
        raise Stopped(f"the chapters need {name}, which constraints.txt does not name: type `make lock`")
    # The local version exists for the CPU alone: without it Binder would get several GB for graphics cards.
    return f"{locked[name]}+cpu" if name == "torch" else locked[name]


def versions(root: Path) -> dict[str, str]:
    """The lines of the lock, each by its package's plain name."""
    lines = (root / "constraints.txt").read_text("utf8").splitlines()
    return {packages.plain(line.partition("==")[0]): line for line in lines if "==" in line}


def held(python: str) -> dict[str, str]:
    """Every Python package of Binder's own environment, with its version."""
    found = find_spec("repo2docker")
    if found is None:
        raise Stopped("jupyter-repo2docker is not installed: type `python bootstrap.py install site test`")
    folder = Path(found.submodule_search_locations[0]) / "buildpacks" / "conda"
    lock = folder / f"environment.py-{python}-linux-64.lock"
    if not lock.exists():
        raise Stopped(f"Binder has no Python {python}: repo2docker's package has no {lock.name}")
    lines = PYTHON_PACKAGE.findall(lock.read_text("utf8"))
    return {packages.plain(name): version for name, version in lines}


def python(root: Path) -> str:
    """The oldest Python that the project allows: the one that its tests run with."""
    return re.search(r">=\s*(\d+\.\d+)", _project(root)["requires-python"])[1]


def _project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text("utf8"))["project"]


if __name__ == "__main__":
    write(find().root)
