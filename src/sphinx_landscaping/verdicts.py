"""Verdicts: whether a statement of the essays that this book answers held, and where."""

from collections.abc import Iterable
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from sphinx_landscaping.boxes import Box, box, line, name_box
from sphinx_landscaping.claim_record import STATEMENT, reading_order
from sphinx_landscaping.claims import section_of
from sphinx_landscaping.warn import warn

WORDS = ("held", "held with conditions", "did not hold")


class Verdict(SphinxDirective):
    """A small box: the statement's number, one of three words, and why."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {"verdict": directives.unchanged_required, "label": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Make the box, or warn with what was wanted."""
        statement, word = self.arguments[0], self.options.get("verdict", "").strip()
        if not STATEMENT.fullmatch(statement):
            return self.complain(f"no source says {statement!r}: write A1 to A13, B0 to B14 or C0 to C13")
        if word not in WORDS:
            return self.complain(f"{statement}: `:verdict:` is {word!r}; wanted one of {', '.join(WORDS)}")
        if not self.content:
            return self.complain(f"{statement}: the verdict says nothing; write why it {word}")
        return [self.made(statement, word)]

    def made(self, statement: str, word: str) -> Box:
        """Put the name and the text together."""
        parts = [nodes.inline("", statement, classes=["verdict-statement"]), nodes.Text(" ")]
        name = line("p", *parts, nodes.inline("", word, classes=["verdict-word"]), classes="verdict-name")
        made = box("div", name, classes=f"verdict verdict-{nodes.make_id(word)}")
        self.state.nested_parse(self.content, self.content_offset, made)
        made["html"] = {"role": "note", "aria-label": f"Statement {statement}"}
        made["verdict"], made["title"] = (statement, word), f"{statement}: {word}"
        made.line = self.lineno
        if "label" in self.options:
            name_box(made, self.options["label"], self.state.document)
        return made

    def complain(self, said: str) -> list[nodes.Node]:
        """Warn at this directive, and put nothing on the page."""
        warn(said, "verdicts", self.get_location())
        return []


def verdicts_of(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    """Give the verdicts that the pages have passed so far, by page."""
    if not hasattr(env, "landscaping_verdicts"):
        env.landscaping_verdicts = {}
    return env.landscaping_verdicts


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the verdicts of a page that was read."""
    found = [entry(node, app.env.docname) for node in doctree.findall(Box) if "verdict" in node]
    if found:
        verdicts_of(app.env)[app.env.docname] = found


def entry(node: Box, page: str) -> dict[str, Any]:
    """Make what is kept of a verdict: the statement, the word, the reasons, and where they stand."""
    statement, word = node["verdict"]
    return {
        "statement": statement,
        "verdict": word,
        "text": " ".join(part.astext() for part in node.children[1:]),
        "chapter": page,
        "section": section_of(node),
        "id": node["ids"][0] if node["ids"] else "",
    }


def about(env: BuildEnvironment, statement: str, chapter: str = "") -> list[dict[str, Any]]:
    """Give the verdicts on a statement: those of this chapter if it passed one, or else all."""
    pages = reading_order(env.config.root_doc, env.toctree_includes, verdicts_of(env))
    every = [found for page in pages for found in verdicts_of(env)[page] if found["statement"] == statement]
    return [found for found in every if found["chapter"] == chapter] or every


def purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the verdicts of a page that will be read again or is gone."""
    verdicts_of(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over the verdicts of pages that another process read."""
    verdicts_of(env).update({page: found for page, found in verdicts_of(other).items() if page in docnames})


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive and what it collects."""
    app.add_directive("verdict", Verdict)
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
