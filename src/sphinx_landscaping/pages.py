"""Pages from chapters and results: Sphinx, in this process, with the settings that jupyter-book makes."""

import io
import json
import re
import runpy
import shutil
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .inputs import digest
from .project import Project
from .report import Stopped, read_json, write_json

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
STOCK = {"comments_config": "sphinx_comments", "use_jupyterbook_latex": "sphinx_jupyterbook_latex"}
SHOWN = 40  # warnings; the log has all


@dataclass(frozen=True)
class Folders:
    """Where one run of Sphinx reads and writes."""

    html: Path
    doctrees: Path


def settings(project: Project) -> dict[str, Any]:
    """Sphinx's settings: `_config.yml` as jupyter-book translates it, asked again only when it changed.

    They stand in `_build/conf/conf.py`, where `sphinx-build -c _build/conf book <out>` finds them too.
    """
    folder = project.build / "conf"
    static = sorted(path.name for path in (project.book / "_static").rglob("*") if path.is_file())
    now = digest((project.root / "_config.yml").read_bytes(), *static, Path(__file__).read_bytes())
    conf = folder / "conf.py"
    if read_json(folder / "from.json").get("config") != now or not conf.exists():
        _translate(project, folder)
        lines = (f"{name} = {value!r}\n" for name, value in sorted(_used(project, _values(conf)).items()))
        conf.write_text("# Made from _config.yml by the build.\n" + "".join(lines), encoding="utf8")
        write_json(folder / "from.json", {"config": now})
    return _values(conf)


def _values(conf: Path) -> dict[str, Any]:
    return {name: value for name, value in runpy.run_path(str(conf)).items() if not name.startswith("__")}


def _translate(project: Project, folder: Path) -> None:
    """jupyter-book writes conf.py beside the `_config.yml` that it reads, so it is given a copy."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(project.root / "_config.yml", folder)
    program = Path(sys.executable).with_name("jupyter-book")
    command = [str(program), "config", "sphinx", str(project.book), "--config", str(folder / "_config.yml")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=project.root, check=False)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no words").splitlines()[-1]
        raise Stopped(f"_config.yml cannot be turned into Sphinx's settings: {last}")


def _used(project: Project, found: dict[str, Any]) -> dict[str, Any]:
    """Without what jupyter-book adds for a theme and extensions that the book does not use: Sphinx warns."""
    unused = {name for name, owner in STOCK.items() if owner not in found["extensions"]}
    kept = {name: value for name, value in found.items() if name not in unused}
    if found["html_theme"] != "sphinx_book_theme":
        stated = yaml.safe_load((project.root / "_config.yml").read_text("utf8"))
        kept["html_theme_options"] = stated["sphinx"]["config"].get("html_theme_options", {})
    return kept | {"external_toc_path": "../_toc.yml"}


def write(project: Project, config: dict[str, Any], folders: Folders) -> int:
    """Write the pages that changed; how many. A warning stops: a half-right page is not published."""
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    warnings, log = io.StringIO(), io.StringIO()
    config = config | {"nitpicky": True, "landscaping_executed": str(project.executed)}
    with patch_docutils(str(project.book)), docutils_namespace():
        try:
            places = (str(folders.html), str(folders.doctrees))
            app = Sphinx(str(project.book), None, *places, "html", config, log, warnings)
            app.build()
        except SphinxError as error:
            raise Stopped(_readable(project, f"{warnings.getvalue()}\n{error}")) from error
        except Exception as error:  # a fault in an extension: its place helps whoever mends it
            (project.build / "sphinx.log").write_text(
                log.getvalue() + traceback.format_exc(), encoding="utf8"
            )
            said = f"{warnings.getvalue()}\nSphinx stopped: {type(error).__name__}: {error}"
            raise Stopped(_readable(project, f"{said}\nthe whole of it: _build/sphinx.log")) from error
    (project.build / "sphinx.log").write_text(log.getvalue() + warnings.getvalue(), encoding="utf8")
    if said := _readable(project, warnings.getvalue()):
        count = app._warncount
        raise Stopped(f"{said}\n{count} warning{'s' * (count != 1)} from Sphinx: mend what they name")
    if (index := folders.html / "searchindex.js").exists():  # of a book that has Sphinx's own search
        _without_lost_words(index)
    return len(set(re.findall(r"(?:writing output)\S* \[\s*\d+%\] (\S+)", COLOURS.sub("", log.getvalue()))))


def _without_lost_words(index: Path) -> None:
    """Sphinx keeps a word that no page has any more, with an empty list: a cold build has none."""
    head, tail = "Search.setIndex(", ")"
    found = json.loads(index.read_text(encoding="utf8").removeprefix(head).removesuffix(tail))
    for part in ("terms", "titleterms"):
        found[part] = {word: pages for word, pages in found[part].items() if pages != []}
    index.write_text(head + json.dumps(found, sort_keys=True) + tail, encoding="utf8")


def _readable(project: Project, text: str) -> str:
    """Warnings without colours and machine paths, each once."""
    plain = COLOURS.sub("", text).replace(f"{project.root}/", "")
    lines = list(dict.fromkeys(line.rstrip() for line in plain.splitlines() if line.strip()))
    more = len(lines) - SHOWN
    return "\n".join(lines[:SHOWN] + [f"… and {more} more lines in _build/sphinx.log"] * (more > 0))
