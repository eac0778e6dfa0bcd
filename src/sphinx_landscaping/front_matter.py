"""The head of a chapter: its front matter, checked and shown under the title."""

from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from sphinx_landscaping import chapter_head, udl
from sphinx_landscaping.boxes import box
from sphinx_landscaping.warn import warn


class ChapterHead(SphinxTransform):
    """Check a chapter's front matter and put the box with it under the title."""

    default_priority = 210  # before references: links and maths of the box are treated like all others

    def apply(self, **_: object) -> None:
        """Work on pages of the six parts that run code; leave all others as they are."""
        text = source_of(self.env, self.env.docname)
        if not chapter_head.is_chapter(self.env.docname, text):
            return
        try:
            found = list(chapter_head.faults(text))
        except yaml.YAMLError as broken:
            found = [chapter_head.Fault(1, f"the front matter is not YAML: {broken}")]
        for fault in found:
            warn(fault.message, "front_matter", (self.env.docname, fault.line))
        section = next(self.document.findall(nodes.section), None)
        if section is not None and not found:
            section.insert(1, self.head(chapter_head.read(text)))

    def head(self, values: dict[str, Any]) -> nodes.Node:
        """Lay the values out as a list of terms and descriptions."""
        rows = {
            "After this chapter you can": self.bullets(values["goals"]),
            "What you need first": needs(values["needs"]),
            "Level": nodes.paragraph("", values["level"]),
            "Time": nodes.paragraph("", time(values["minutes"])),
            "A wrong idea that this chapter meets": self.paragraph(values["misconception"]),
            "In Understanding Deep Learning": self.sections(values),
        }
        items = [
            nodes.definition_list_item("", nodes.term("", term), nodes.definition("", shown))
            for term, shown in rows.items()
        ]
        return box(
            "section",
            nodes.definition_list("", *items),
            classes="chapter-head",
            html={"aria-label": "About this chapter"},
        )

    def sections(self, values: dict[str, Any]) -> nodes.Node:
        """List the sections of UDL by number and name, or say why there is none."""
        if not values["udl"]:
            return self.paragraph(values["udl_none"])
        return self.bullets([f"{number} {udl.name_of(number)}" for number in values["udl"]])

    def bullets(self, texts: list[str]) -> nodes.bullet_list:
        """Make a list of sentences."""
        return nodes.bullet_list("", *[nodes.list_item("", self.paragraph(text)) for text in texts])

    def paragraph(self, text: str) -> nodes.paragraph:
        """Make a paragraph of a sentence in MyST, its maths and emphasis included."""
        parser = create_md_parser(self.env.myst_config, SphinxRenderer)
        made = nodes.paragraph(text, "")
        renderer = parser.renderer
        renderer.setup_render({**parser.options, "document": self.document, "current_node": made}, {})
        renderer.nested_render_text(text, 1, inline=True)
        return made


def needs(labels: list[str]) -> nodes.paragraph:
    """Link to what must be known first; the titles are filled in when all pages are read."""
    made = nodes.paragraph("", "" if labels else "Nothing from the other chapters.")
    for label in labels:
        link = addnodes.pending_xref(
            "", nodes.inline("", label), refdomain="std", reftype="ref", reftarget=label, refexplicit=False
        )
        link["refwarn"], link["chapter_need"] = True, True
        made += [nodes.Text(", ")] * bool(made.children) + [link]
    return made


def time(minutes: dict[str, int]) -> str:
    """Say how long a chapter takes, in words."""
    counts = (minutes["read"], minutes["run"], minutes["exercises"])
    return "{} minutes to read, {} to run, {} for the exercises".format(*counts)


def source_of(env: BuildEnvironment, docname: str) -> str:
    """Read a page as its author wrote it."""
    return Path(env.doc2path(docname)).read_text(encoding="utf-8")


def check_needs(_app: Sphinx, env: BuildEnvironment) -> None:
    """Over the whole book: every need is a label of some page, and no page needs itself by any way."""
    labels, edges = env.get_domain("std").anonlabels, {}
    for docname in sorted(env.found_docs):
        text = source_of(env, docname)
        if not chapter_head.is_chapter(docname, text):
            continue
        wanted = chapter_head.texts(chapter_head.read(text).get("needs"))
        for label in (label for label in wanted if label not in labels):
            where = (docname, chapter_head.lines_of(text)["needs"])
            warn(f"`needs` names {label!r}, which no page has: write one like ch-spectrum", "needs", where)
        edges[docname] = [labels[label][0] for label in wanted if label in labels]
    if found := chapter_head.circle(edges):
        warn(f"`needs` goes in a circle: {' → '.join(found)}: take one need away", "needs", found[0])


def said_already(_app: Sphinx, _domain: object, node: addnodes.pending_xref) -> bool | None:
    """Silence Sphinx about an unknown need: `check_needs` has said it, with the line."""
    return True if node.get("chapter_need") else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the head of a chapter and the check over all chapters."""
    app.setup_extension("sphinx_landscaping.boxes")
    app.setup_extension("sphinx_landscaping.udl_role")
    app.add_transform(ChapterHead)
    app.connect("env-check-consistency", check_needs)
    app.connect("warn-missing-reference", said_already)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
