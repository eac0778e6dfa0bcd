"""A downloaded notebook in a stranger's Jupyter: the package as a wheel, every cell to its end."""

import json
import sys
from pathlib import Path

import pytest
from IPython.core.inputtransformer2 import TransformerManager

import plain_jupyter
from sphinx_landscaping import chapters, project, store
from turns import EVERYTHING, saw_whole, turn

ROOT = Path(__file__).parents[1]
OURS = (
    "src/sphinx_landscaping/notebook",
    "src/sphinx_landscaping/markdown",
    "src/sphinx_landscaping/chapter_mark",
)
OURS += ("tests/plain_jupyter", "tests/test_notebooks_run", "constraints.txt", "pyproject.toml")


def install_cell() -> str:
    made = json.loads((ROOT / "_build/html/notebooks/first-fit.ipynb").read_text("utf8"))
    return made["cells"][0]["source"]


@pytest.mark.parametrize(("found", "calls"), [(None, 1), (object(), 0)])
def test_the_first_cell_installs_only_what_is_missing(site, monkeypatch, found, calls):
    asked = []
    monkeypatch.setattr("importlib.util.find_spec", lambda name: found)
    shell = type("Shell", (), {"run_line_magic": lambda self, *words: asked.append(words)})()
    exec(TransformerManager().transform_cell(install_cell()), {"get_ipython": lambda: shell})
    assert len(asked) == calls
    assert all(name == "pip" and "git+https://github.com/" in line for name, line in asked)


@pytest.mark.slow
def test_notebooks_run_where_only_the_package_is_installed(site, tmp_path, capsys):
    at = project.find(ROOT)
    ran = store.Store(at.executed).names()
    listed = [n for n in chapters.listed(at) if n in ran and (site / "notebooks" / f"{n}.ipynb").exists()]
    again = turn("notebooks", listed, OURS)
    with capsys.disabled():
        print(f"\nrun as downloaded notebooks: {', '.join(again)}", file=sys.stderr)
    jupyter = plain_jupyter.environment()
    for name in again:
        notebook, to = site / "notebooks" / f"{name}.ipynb", tmp_path / name
        to.mkdir(parents=True)
        before = json.loads(notebook.read_text("utf8"))["cells"]
        now = jupyter.run(notebook, to)["cells"]
        assert now[0]["outputs"] == [], f"{name}: the first cell did something"
        assert claims(now) == claims(before), name
        assert len(drawn(now)) == len(drawn(before)), name
    if EVERYTHING:
        saw_whole("notebooks", OURS)


def claims(cells: list[dict]) -> list[str]:
    """The sentences of the claims that a notebook shows, in order."""
    texts = ("".join(data["text/markdown"]) for data in shown(cells) if "text/markdown" in data)
    return [text.partition("\n")[0] for text in texts]


def drawn(cells: list[dict]) -> list[dict]:
    """The charts and playgrounds that a notebook shows."""
    live = ("application/vnd.vegalite.v5+json", "application/vnd.jupyter.widget-view+json")
    return [data for data in shown(cells) if "image/png" in data or any(kind in data for kind in live)]


def shown(cells: list[dict]) -> list[dict]:
    """What every output of a notebook holds."""
    return [out["data"] for cell in cells for out in cell.get("outputs", []) if "data" in out]
