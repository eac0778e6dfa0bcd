"""`make lab`: this user's settings and chapters stay as they are, and a slip gets a sentence."""

import os
import re
import shutil
from pathlib import Path

import pytest

from sphinx_landscaping import binder_environment, lab, project
from sphinx_landscaping.__main__ import main
from sphinx_landscaping.report import Stopped

ROOT = Path(__file__).parents[2]


def test_nothing_of_this_users_settings_reaches_the_environment(monkeypatch, tmp_path):
    for name in (
        "JUPYTER_CONFIG_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "PYTHONPATH",
        "XDG_DATA_HOME",
        "OMP_NUM_THREADS",
    ):
        monkeypatch.setenv(name, "mine")
    seen = binder_environment.variables(tmp_path / "environment", tmp_path / "home")
    assert "mine" not in seen.values()
    assert seen["HOME"] == str(tmp_path / "home")
    assert seen["PATH"].split(os.pathsep)[0] == str(tmp_path / "environment" / "bin")


def test_a_chapter_that_is_not_there_stops_with_what_to_type(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert main(["lab", "models/nowhere"]) == 1
    assert "no chapter 'models/nowhere': give one of _toc.yml, like CHAPTER=" in capsys.readouterr().err


def test_a_copy_that_was_saved_is_kept_beside_the_next(tmp_path):
    at = project.find(ROOT)
    copies = shutil.copytree(at.book, tmp_path / "book")
    lab.note_copied(at, tmp_path)
    assert list(lab.keep_changed(tmp_path)) == []
    (copies / "first-fit.md").write_text("mine")
    (kept,) = lab.keep_changed(tmp_path)
    assert kept.read_text() == "mine"
    assert re.fullmatch(r"first-fit-\d{4}-\d\d-\d\d-\d{6}\.md", kept.name)
    assert not (copies / "first-fit.md").exists()


def test_a_server_that_does_not_start_says_where_its_words_are(tmp_path):
    program = tmp_path / "bin" / "jupyter-lab"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho no disk here\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(
        Stopped, match=r"JupyterLab did not start: no disk here \(all of it: .*jupyterlab.log"
    ):
        lab.start(tmp_path, tmp_path)


def test_a_step_that_fails_says_why(tmp_path):
    (tmp_path / "binder").mkdir()
    (tmp_path / "binder" / "postBuild").write_text("#!/bin/sh\necho no room left >&2\nexit 1\n")
    (tmp_path / "binder" / "postBuild").chmod(0o755)
    with pytest.raises(Stopped, match="Binder's environment cannot be made here: no room left"):
        binder_environment.post_build(tmp_path, tmp_path)


def test_where_pytorchs_index_is_silent_torch_comes_from_pips_own(monkeypatch):
    wanted = (project.find(ROOT).root / "binder" / "requirements.txt").read_text("utf8")
    for offered, torch in ((True, "torch==2.13.0+cpu"), (False, "torch==2.13.0")):
        monkeypatch.setattr(binder_environment, "_offered", lambda _, offered=offered: offered)
        had, chosen = binder_environment._from_pips_own_index(wanted)
        assert chosen == torch
        assert f"\n{torch}\n" in had
        assert "extra-index-url" not in had
