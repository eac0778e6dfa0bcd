"""Concept questions: a stem, choices that open without scripts, and why each is right or wrong."""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from sphinx_landscaping import choices
from sphinx_landscaping.boxes import Box, box, line, name_box
from sphinx_landscaping.pairs import Pairs


class Question(Pairs):
    """One question; the reason of its one right choice begins with "Right."."""

    kind = "questions"
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {"label": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Make the question, or warn with what is wrong with its choices."""
        before, pairs = self.read_pairs()
        texts = [" ".join(node.astext() for node in reason) for _, reason in pairs]
        if "label" not in self.options:
            return self.complain("the question has no `:label:`: write one like q-spectrum-1")
        if said := choices.complaint(texts):
            return self.complain(f"{self.options['label']}: {said}")
        return [self.made(before, [choice(term, reason) for term, reason in pairs])]

    def made(self, before: list[nodes.Node], folds: list[Box]) -> Box:
        """Put the stem and the choices together, numbered in the order of the page."""
        number = f"Question {self.env.new_serialno('landscaping-question') + 1}"
        stem = self.stem(self.arguments[0], number)
        stem["classes"].append("question-stem")
        made = box("div", stem, *before, *folds, classes="question")
        made["html"] = {"role": "group", "aria-label": number}
        made["title"], made.line = number, self.lineno
        name_box(made, self.options["label"], self.state.document)
        return made


def choice(term: list[nodes.Node], reason: list[nodes.Node]) -> Box:
    """Make a choice that opens to its reason."""
    right = choices.is_right(" ".join(node.astext() for node in reason))
    why = box("div", *reason, classes="question-reason question-right" if right else "question-reason")
    return box("details", line("summary", *term), why, classes="question-choice")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register questions, and the two other directives by which a page talks with its reader."""
    app.setup_extension("sphinx_landscaping.boxes")
    app.setup_extension("sphinx_landscaping.selfcheck")
    app.setup_extension("sphinx_landscaping.verdicts")
    app.add_directive("question", Question)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
