"""binder/ says what the lock and the project say, and repo2docker's own planner takes it."""

import re
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from sphinx_landscaping import binder, packages

ROOT = Path(__file__).parents[2]
BINDER = ROOT / "binder"
PLAN = (
    "--no-build", "--debug", "--user-id", "1000", "--user-name", "jovyan",
    "--Repo2Docker.default_buildpack=None",  # as mybinder.org runs it: what it cannot tell it refuses
)  # fmt: skip


@pytest.mark.parametrize("name", ["runtime.txt", "requirements.txt"])
def test_binder_installs_what_the_lock_and_the_project_say(name):
    wanted = getattr(binder, name.removesuffix(".txt"))(ROOT)
    stale = f"binder/{name} is not what constraints.txt and pyproject.toml ask for: type `make lock`"
    assert (BINDER / name).read_text("utf8") == wanted, stale


def test_torch_is_the_cpu_build_and_every_version_is_exact():
    lines = (BINDER / "requirements.txt").read_text("utf8").splitlines()
    assert f"--extra-index-url {binder.INDEX}" in lines
    assert [line for line in lines if re.fullmatch(r"torch==[\d.]+\+cpu", line)]
    assert "jupytext==1.19.4" in lines  # 1.19.5 and 1.19.6 open chapters as text in Binder's JupyterLab
    assert {"ipywidgets==8.1.7", "jupyterlab_widgets==3.0.15", "-e ."} <= set(lines)
    loose = [line for line in lines if not re.match(r"#|--|-e \.$|[\w.-]+==[\w.+]+$", line)]
    assert loose == []


def test_nothing_of_binders_own_environment_nor_of_the_sites_tools_is_asked_for():
    lines = (BINDER / "requirements.txt").read_text("utf8").splitlines()
    asked = {packages.plain(line.partition("==")[0]) for line in lines}
    kept = {packages.plain(name) for name in binder.FRONT_ENDS}
    assert asked & set(binder.held("3.11")) == kept
    assert not {"sphinx", "jupyter-book", "myst-nb", "playwright", "pytest", "dask", "setuptools"} & asked


def test_a_package_that_the_lock_does_not_name_stops_with_what_to_do(tmp_path):
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    lines = (tmp_path / "constraints.txt").read_text().splitlines()
    (tmp_path / "constraints.txt").write_text("\n".join(line for line in lines if "psygnal" not in line))
    with pytest.raises(Exception, match=r"need psygnal.*make lock"):
        binder.requirements(tmp_path)


def test_binder_has_the_python_that_the_workflows_test_with():
    python = binder.python(ROOT)
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        asked = re.findall(r'python-version: "([\d.]+)"', workflow.read_text("utf8"))
        assert set(asked) <= {python}, workflow.name
    with pytest.raises(Exception, match=r"Binder has no Python 2\.0"):
        binder.held("2.0")


def test_no_other_file_tells_binder_something_else():
    """Files like these would win over requirements.txt, or hide behind the folder."""
    rivals = ("environment.yml", "Pipfile", "Dockerfile", "setup.py", "start", "apt.txt")
    assert [name for name in rivals if (BINDER / name).exists() or (ROOT / name).exists()] == []
    assert [name for name in (".binder", "requirements.txt", "runtime.txt") if (ROOT / name).exists()] == []
    assert "set -euo pipefail" in (BINDER / "postBuild").read_text("utf8")


@pytest.mark.slow
def test_repo2dockers_planner_takes_the_commit_and_prints_the_right_plan(tmp_path):
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        files.extractall(tmp_path / "repo", filter="data")
    command = [sys.executable, "-m", "repo2docker", *PLAN, "repo"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert re.search(r'pip install [^\n]*-r "binder/requirements.txt"', done.stdout)
    assert "RUN ./binder/postBuild" in done.stdout
    assert f"python={binder.python(ROOT)}" in done.stderr
    assert "Python version unspecified" not in done.stderr
