"""What CONTRIBUTING, the dev container and the hooks name is there; the hooks are the tests' own tools."""

import json
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from sphinx_landscaping import inputs, syntax

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf8")
MAKEFILE = (ROOT / "Makefile").read_text("utf8")
CONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf8"))["repos"][0]["hooks"]
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
# Files of the book as make names them; those of a first chapter are made by it.
ENDS = "py|md|toml|txt|bib|lock|mjs|json|yaml|yml"
FILE = re.compile(rf"`((?:\.?[\w-]+/)*\.?[\w-]+(?:\.(?:{ENDS})|/))`")
MADE = {"src/landscaping/models/first_hill.py", "src/landscaping/charts/first_hill.py",
        "tests/landscaping/models/test_first_hill.py", "book/models/first-hill.md"}  # fmt: skip
# The properties of the dev container specification that one with an image has.
KNOWN = {
    *("name", "image", "hostRequirements", "containerEnv", "postCreateCommand"),
    *("forwardPorts", "portsAttributes", "customizations"),
}


def targets(text: str) -> set[str]:
    """Every target that a text types after `make`."""
    return set(re.findall(r"(?:^|[`\s])make ([a-z][a-z-]*)\b(?=[`\s]|$)", text, re.MULTILINE))


def code(text: str) -> str:
    """What a text shows as code: blocks, and words between backticks."""
    return "\n".join("".join(found) for found in re.findall(r"```\n(.*?)```|`([^`\n]+)`", text, re.DOTALL))


def test_every_target_that_it_types_is_in_the_makefile():
    named = targets(code(GUIDE))
    assert {"book", "serve", "check", "test", "chapter", "why", "rates"} <= named
    assert named - TARGETS == set()


def test_every_file_that_it_names_is_there_or_made_by_make_chapter():
    named = set(FILE.findall(GUIDE))
    assert {"constraints.txt", "pyproject.toml", "permalinks.lock", ".pre-commit-config.yaml"} & named
    assert MADE & named
    assert {name for name in named - MADE if not (ROOT / name).exists()} == set()


def test_the_files_of_a_first_chapter_are_those_that_make_chapter_writes():
    from sphinx_landscaping import new_chapter, project

    made = new_chapter.targets(project.find(ROOT), "models", "first-hill").values()
    assert {path.relative_to(ROOT).as_posix() for path in made} == MADE


def test_the_first_change_is_in_the_text_as_it_stands():
    """The walk tells a reader to look for words of the book: they are there, once."""
    found = re.findall(r"In `((?:book|src)/[\w/-]+\.\w+)`,\sfind (?:“([^”]+)”|`([^`]+)`)", GUIDE)
    assert len(found) == 3
    for name, words, typed in found:
        assert (ROOT / name).read_text("utf8").count(words or typed) == 1, (name, words or typed)


def test_the_dev_container_runs_the_projects_own_commands():
    assert set(CONTAINER) <= KNOWN
    make, chromium = CONTAINER["postCreateCommand"].split(" && ")
    assert targets(make) <= TARGETS
    python, program = shlex.split(chromium)
    assert python == re.search(r"^OURS := (\S+)", MAKEFILE, re.MULTILINE)[1]
    assert (ROOT / program).is_file()
    port = int(re.search(r"^PORT \?= (\d+)", MAKEFILE, re.MULTILINE)[1])
    assert CONTAINER["forwardPorts"] == [port]
    assert list(CONTAINER["portsAttributes"]) == [str(port)]
    assert re.fullmatch(r"mcr\.microsoft\.com/devcontainers/python:3\.\d+-bookworm", CONTAINER["image"])
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["requires-python"]
    assert re.search(r"python:3\.(\d+)", CONTAINER["image"])[1] == wanted.removeprefix(">=3.")


def test_no_helper_makes_its_chapters_hang_on_the_whole_library():
    """Else every chapter runs again after any edit: the walk and `make why` would be wrong."""
    library = inputs.Library(ROOT / "src", "landscaping")
    found = {name: library.code(name).words & syntax.IMPORTS_ANYTHING for name in library.files}
    assert len(found) > 50
    # The checker of the assessment finds its records by their names; no chapter's cell imports it.
    found.pop("landscaping.assessment.shelf")
    assert {name: sorted(words) for name, words in found.items() if words} == {}


@pytest.mark.slow
@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_is_a_command_of_make_check_and_passes(hook):
    assert hook["language"] == "system"
    words = shlex.split(hook["entry"])
    tool = " ".join(words[: 3 if words[1:2] == ["-m"] else 1] + words[3:4]).replace(
        ".venv/bin/python", "$(OURS)"
    )
    assert tool in MAKEFILE
    files = ["tests/test_contributing.py"] if hook.get("pass_filenames", True) else []
    done = subprocess.run([*words, *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
