"""Pages gathered from the whole book: a directive marks a place, which is filled when its page is written.

Such a page is written again exactly when the facts that it shows have changed, whatever was edited elsewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_landscaping.inputs import digest


class Place(nodes.General, nodes.Element):
    """Where something will stand: `kind` says what, `argument` which part of it."""


@dataclass(frozen=True)
class Kind:
    """What can stand at a place: the facts that decide its bytes, and the nodes that show them."""

    facts: Callable[[BuildEnvironment, str, str], Any]  # environment, page, argument
    made: Callable[[BuildEnvironment, str, str], list[nodes.Node]]


KINDS: dict[str, Kind] = {}


class Gather(SphinxDirective):
    """Marks the place; the directive's name is the kind."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"label": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Leave a mark, and note what this page shows."""
        argument = self.arguments[0].strip() if self.arguments else ""
        note(self.env, self.name, argument)
        return [Place("", kind=self.name, argument=argument)]


class Fill(SphinxPostTransform):
    """Put what was gathered at its place, before links and citations are resolved."""

    default_priority = 5

    def run(self, **_: object) -> None:
        """Fill every place of the page that is being written."""
        for place in list(self.document.findall(Place)):
            made = KINDS[place["kind"]].made(self.env, self.env.docname, place["argument"])
            place.replace_self(made)


def note(env: BuildEnvironment, kind: str, argument: str = "") -> None:
    """Remember that the page being read shows something gathered."""
    shown(env).setdefault(env.docname, set()).add((kind, argument))


def shown(env: BuildEnvironment) -> dict[str, set[tuple[str, str]]]:
    """What each page shows of the rest of the book."""
    if not hasattr(env, "landscaping_gathered"):
        env.landscaping_gathered, env.landscaping_facts = {}, {}
    return env.landscaping_gathered


def write_again(_app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """The pages whose facts are not those that were shown last."""
    found = {page: now(env, page) for page in sorted(shown(env))}
    before, env.landscaping_facts = env.landscaping_facts, found
    return [page for page, facts in found.items() if before.get(page) != facts]


def now(env: BuildEnvironment, page: str) -> str:
    """A digest of all facts that a page shows."""
    kinds = sorted(shown(env)[page])
    return digest(*(repr(KINDS[kind].facts(env, page, argument)) for kind, argument in kinds))


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page showed that is read again or gone."""
    shown(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over what pages show that another process read."""
    shown(env).update({page: kinds for page, kinds in shown(other).items() if page in docnames})


def register(app: Sphinx, name: str, kind: Kind, *, directive: bool = True) -> None:
    """Give the book one more thing that can be gathered."""
    KINDS[name] = kind
    if directive:
        app.add_directive(name, Gather)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the places and what keeps them up to date."""
    app.add_node(Place)
    app.add_post_transform(Fill)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-get-updated", write_again, priority=950)  # after the sections and figures have numbers
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
