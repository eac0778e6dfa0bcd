"""Exercises without a printed solution: their wording with the numbers of one student, and the rubric.

The exercises are the library's, and the site's tools import nothing of it. Its own command prints them as
data, once for every state of their files; `landscaping_assessment` of the environment holds them by label.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx_exercise.directive import ExerciseDirective

from sphinx_landscaping import udl
from sphinx_landscaping.boxes import line
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.inputs import digest
from sphinx_landscaping.keeping import kept, put
from sphinx_landscaping.links import link, row, table, title
from sphinx_landscaping.warn import warn

KIND = "assessment"
HEAD = ["Exercise", "Points", "For"]
SECONDS = 120


def files(root: Path) -> list[Path]:
    """The modules that hold the exercises."""
    return sorted(root.glob("src/*/assessment/**/*.py"))


def load(app: Sphinx) -> None:
    """Have the exercises at hand before pages are read."""
    found = files(Path(app.srcdir).parent)
    app.env.landscaping_assessment = {each["label"]: each for each in printed(app, found)} if found else {}


def printed(app: Sphinx, found: list[Path]) -> list[dict[str, Any]]:
    """The exercises as data: kept from a build before, or printed by the library in a process of its own."""
    place = kept(app) / f"assessment-{digest(*(file.read_bytes() for file in found))}.json"
    if not place.exists():
        put(place, ask(Path(app.srcdir).parent, found[0].parent).encode())
    return json.loads(place.read_text("utf-8"))


def ask(root: Path, package: Path) -> str:
    """What the library's command prints."""
    name = ".".join(package.relative_to(root / "src").parts)
    path = os.pathsep.join(filter(None, (str(root / "src"), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", name, "sheet"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-3:])
        raise ExtensionError(f"`python -m {name} sheet` failed, so no exercise can be shown:\n{said}")
    return done.stdout


class Assessment(ExerciseDirective):
    """An exercise by its label; the body, a sentence on how to get own numbers, stands under it."""

    required_arguments = 1
    option_spec: dict = {}  # noqa: RUF012  (as in docutils)

    def run(self) -> list[nodes.Node]:
        """Put the exercise's wording before the body, or warn where there is no such exercise."""
        label = self.arguments[0].strip()
        known = getattr(self.env, "landscaping_assessment", {})
        if label not in known:
            warn(f"{label!r} is no exercise of the assessment: {few(known)}", KIND, self.get_location())
            return []
        if known[label]["chapter"] != self.env.docname:
            warn(f"{label!r} belongs to {known[label]['chapter']}, not here", KIND, self.get_location())
        for file in files(Path(self.env.srcdir).parent):
            self.env.note_dependency(str(file))
        return self.made(known[label])

    def made(self, one: dict[str, Any]) -> list[nodes.Node]:
        """The exercise as all others are made, with its own name for readers and machines."""
        source, _ = self.get_source_info()
        words = [*one["wording"].splitlines(), "", *asides(one)]
        body = list(self.content)
        self.content = StringList([*words, "", *body], source=source)
        self.name, self.arguments = "exercise", [one["title"]]
        self.options |= {"label": one["label"], "class": [KIND]}
        found = super().run()
        for node in found:
            node["realtype"], node["minutes"] = KIND, one["minutes"]
        return found


def asides(one: dict[str, Any]) -> list[str]:
    """Lines of the page's own Markdown: what to hand in, and to which sections the exercise belongs."""
    place = f"{{ref}}`{one['section']}`, {{udl}}`{one['udl']}`"
    return [f"*Hand in:* {one['hand_in']}.", "", f"Belongs to {place}. About {one['minutes']} minutes."]


def few(known: dict[str, Any]) -> str:
    """Some labels that there are."""
    return f"write one of {', '.join(sorted(known)[:4])} …" if known else "there is none in src/"


def facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the table of the rubric."""
    return [(title(env, each["chapter"]), each) for each in listed(env)]


def listed(env: BuildEnvironment) -> list[dict[str, Any]]:
    """The exercises whose chapters are in the book."""
    known = getattr(env, "landscaping_assessment", {})
    return [each for each in known.values() if each["chapter"] in env.found_docs]


def made(env: BuildEnvironment, page: str, _argument: str) -> list[nodes.Node]:
    """The rubric of all exercises."""
    return [table(HEAD, [of_exercise(env, page, each) for each in listed(env)], "cards rubric")]


def of_exercise(env: BuildEnvironment, page: str, one: dict[str, Any]) -> nodes.Element:
    """A row: the exercise with its chapter, its points, and what earns them."""
    name = link(env, page, one["chapter"], one["label"], one["title"])
    about = f"{title(env, one['chapter'])} · {udl_words(one['udl'])} · {one['minutes']} minutes"
    label = line("span", nodes.literal("", one["label"]), classes="beside")
    lines = [line("span", f"{points}: {what}", classes="answer") for points, what in one["rubric"]]
    total = str(sum(points for points, _ in one["rubric"]))
    return row(HEAD, [[name, line("span", about, classes="beside"), label], [nodes.Text(total)], lines])


def udl_words(number: str) -> str:
    """A section of UDL with its name."""
    return f"UDL {number} {udl.name_of(number)}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive, the table, and what loads the exercises."""
    for name in ("boxes", "gathered", "udl_role"):
        app.setup_extension(f"sphinx_landscaping.{name}")
    app.add_directive(KIND, Assessment)
    app.connect("builder-inited", load)
    register(app, "assessment-rubric", Kind(facts, made))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
