"""Self-checks: the reader's number against the answer, and what a wrong one probably means."""

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx

from sphinx_landscaping import choices
from sphinx_landscaping.boxes import Box, box, line
from sphinx_landscaping.pairs import Pairs

SCRIPT = Path(__file__).with_name("live") / "selfcheck.mjs"


class SelfCheck(Pairs):
    """Checks a number for the exercise named; without scripts, folds say the same."""

    kind = "selfcheck"
    required_arguments = 1
    option_spec: ClassVar = {
        "answer": directives.unchanged_required,
        "tolerance": directives.unchanged_required,
        "unit": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Make the check, or warn with what is wrong with its numbers."""
        _, pairs = self.read_pairs()
        try:
            answer, tolerance = (choices.number(self.options.get(key, "")) for key in ("answer", "tolerance"))
            wrong = [choices.number(text(term)) for term, _ in pairs]
        except ValueError as unread:
            return self.complain(f"self-check of {self.arguments[0]}: answer, tolerance, terms: {unread}")
        if said := choices.clash(answer, tolerance, wrong):
            return self.complain(f"self-check of {self.arguments[0]}: {said}")
        folds = [self.likely(term, value, why) for (term, why), value in zip(pairs, wrong, strict=True)]
        return [self.made(answer, tolerance, folds)]

    def made(self, answer: float, tolerance: float, folds: list[Box]) -> Box:
        """Put the name, the folds and the answer together; the script reads the `data-` attributes."""
        exercise = self.arguments[0]
        data = {"data-answer": repr(answer), "data-tolerance": repr(tolerance), "data-unit": self.unit}
        name = line("p", "Check your number: ", reference(exercise), classes="selfcheck-name")
        made = box("div", name, *folds, self.solution(), classes="selfcheck", html=data)
        nth = self.env.new_serialno(f"check-{exercise}")  # an exercise may ask for more than one number
        made["ids"].append(nodes.make_id(f"check-{exercise}") + (f"-{nth + 1}" if nth else ""))
        made.line = self.lineno
        return made

    @property
    def unit(self) -> str:
        """Give the unit of the answer; empty for a pure number."""
        return self.options.get("unit", "").strip()

    def likely(self, term: list[nodes.Node], value: float, why: list[nodes.Node]) -> Box:
        """Make a fold for a wrong number that readers get."""
        summary = line("summary", "I got ", *term, self.unit and f" {self.unit}", classes="selfcheck-number")
        return box("details", summary, *why, classes="selfcheck-likely", html={"data-value": repr(value)})

    def solution(self) -> Box:
        """Make the fold with the answer."""
        within = choices.number(self.options["tolerance"])
        slack = f", within {self.options['tolerance'].strip()}" if within else ""
        answer = f"{self.options['answer'].strip()} {self.unit}".strip()
        shown = line("p", answer + slack, classes="selfcheck-number")
        return box("details", line("summary", "Show the answer"), shown, classes="selfcheck-answer")


def text(term: list[nodes.Node]) -> str:
    """Give the words of a term."""
    return "".join(node.astext() for node in term)


def reference(label: str) -> addnodes.pending_xref:
    """Link to an exercise by its label; Sphinx warns where there is none."""
    inner = nodes.inline("", label, classes=["xref", "std", "std-ref"])
    return addnodes.pending_xref(
        "", inner, refdomain="std", reftype="ref", reftarget=label, refexplicit=False, refwarn=True
    )


def add_script(
    app: Sphinx, _page: str, _template: str, _context: dict[str, Any], doctree: nodes.document
) -> None:
    """Load the script on pages that have a self-check, and on no other."""
    if doctree and any("selfcheck" in node["classes"] for node in doctree.findall(Box)):
        app.add_js_file(SCRIPT.name, type="module")


def add_static(app: Sphinx) -> None:
    """Serve the script with the other static files of the site."""
    app.config.html_static_path.append(str(SCRIPT))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive and its script."""
    app.add_directive("selfcheck", SelfCheck)
    app.connect("builder-inited", add_static)
    app.connect("html-page-context", add_script, priority=400)  # before the page chooses its scripts
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
