"""The outline of every page: its sections, and which figures, claims and pointers into UDL stand in each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import figure_list
from sphinx_landscaping.claim_record import reading_order
from sphinx_landscaping.claims import section_of
from sphinx_landscaping.permalinks import depth, is_heading


@dataclass
class Section:
    """A heading and what stands under it, before the next heading."""

    label: str
    level: int
    title: str
    figures: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    udl: list[str] = field(default_factory=list)


def outlines(env: BuildEnvironment) -> dict[str, list[Section]]:
    """The sections of every page read so far, in the order of the page."""
    if not hasattr(env, "landscaping_outlines"):
        env.landscaping_outlines = {}
    return env.landscaping_outlines


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the outline of a page that was read."""
    page = app.env.docname
    sections = {node["ids"][0]: heading(node) for node in doctree.findall(nodes.section) if is_heading(node)}
    for node in doctree.findall(nodes.Element):
        here = sections.get(section_of(node))
        if here and "claim" in node:
            here.claims.append(node["claim"]["label"])
        elif here and node.get("udl"):
            here.udl.append(node["udl"])
    labels = {figure["label"] for figure in figure_list.listed(app.env).get(page, ())}
    for node in doctree.findall(nodes.Element):
        for label in labels.intersection(node["ids"]):
            labels.remove(label)
            if section_of(node) in sections:
                sections[section_of(node)].figures.append(label)
    outlines(app.env)[page] = list(sections.values())


def heading(node: nodes.section) -> Section:
    """A section without what stands in it."""
    title = node.next_node(nodes.title)
    return Section(node["ids"][0], depth(node), title.astext() if title else "")


def under(env: BuildEnvironment, page: str, label: str) -> list[Section]:
    """A section and those inside it."""
    sections = outlines(env)[page]
    first = next(i for i, section in enumerate(sections) if section.label == label)
    found = [sections[first]]
    for section in sections[first + 1 :]:
        if section.level <= found[0].level:
            break
        found.append(section)
    return found


def pages(env: BuildEnvironment) -> list[str]:
    """All pages that were read, in the order of the contents."""
    return reading_order(env.config.root_doc, env.toctree_includes, outlines(env))


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the outline of a page that is read again or gone."""
    outlines(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over the outlines of pages that another process read."""
    outlines(env).update({page: found for page, found in outlines(other).items() if page in docnames})


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the collection."""
    app.connect("doctree-read", collect, priority=600)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
