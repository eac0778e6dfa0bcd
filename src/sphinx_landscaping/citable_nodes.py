"""What of a page can be cited: headings, figures, claims, exercises, formulas … with what each says."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, exercise_subtitle, solution_node
from sphinx_proof.nodes import NODE_TYPES, unenumerable_node

from sphinx_landscaping.boxes import Box
from sphinx_landscaping.label_rules import DEEPEST
from sphinx_landscaping.permalinks import depth, is_heading, labels_of
from sphinx_landscaping.wording import digest, written

EXERCISES = (exercise_node, exercise_enumerable_node)
PROOFS = (unenumerable_node, *NODE_TYPES.values())
CAPTIONED = {"figure": nodes.figure, "table": nodes.table, "listing": nodes.container}
COUNTED = {"listing": "code-block"}  # as Sphinx calls it
FIRST_SENTENCE = re.compile(r".*?[.?!](?= [A-Z]|$)|.*")
Thing = dict[str, Any]


def things(document: nodes.document, figures: list[dict]) -> list[Thing]:
    """List what of a page has a label, in the order of the page."""
    shown = {figure["label"]: figure for figure in figures}
    found = (thing for node in document.findall(nodes.Element) if (thing := _thing(node, document, shown)))
    return list(found)


def _thing(node: nodes.Element, document: nodes.document, figures: dict[str, dict]) -> Thing | None:
    """Describe one node; nothing where it cannot be cited."""
    made = (
        _heading(node, document)
        or _box(node)
        or _exercise(node)
        or _equation(node)
        or _term(node)
        or _captioned(node, document, figures)
    )
    if not made or not made["label"]:
        return None
    made = {"number": "", "counts_as": "", "also": [], "id": made["label"], "udl": [], "words": 0, **made}
    made["section"] = section_of(node.parent)
    made["digest"] = digest(made.pop("said", "") or written(node))
    return made


def _heading(node: nodes.Element, document: nodes.document) -> Thing | None:
    """A heading to the third level; its title stands for the page where it is the first."""
    if not is_heading(node) or depth(node) > DEEPEST:
        return None
    label, *also = labels_of(node, document) or [""]
    title = node.next_node(nodes.title)
    return {
        "label": label,
        "kind": "chapter" if depth(node) == 1 else "section",
        "title": written(title) if title else "",
        "also": also,
        "udl": _udl(node),
        "words": len(written(node, (*EXERCISES, solution_node)).split()),
        "exercises": sum(1 for _ in node.findall(is_own_exercise)),
        "assessment": sum(n["minutes"] for n in node.findall(EXERCISES[1]) if "minutes" in n),
    }


def is_own_exercise(node: nodes.Node) -> bool:
    """An exercise for which the chapter's head states minutes; one of the assessment has its own."""
    return isinstance(node, EXERCISES) and "minutes" not in node


def _box(node: nodes.Element) -> Thing | None:
    """A claim, a question or a verdict."""
    if not isinstance(node, Box) or not node["names"]:
        return None
    label, title = node["ids"][0], node.get("title", "")
    if "question" in node["classes"]:
        number, _, stem = node.children[0].astext().partition(". ")
        return {"label": label, "kind": "question", "title": stem, "number": number.split()[-1]}
    kind = next((kind for kind in ("claim", "verdict") if kind in node), "")
    return {"label": label, "kind": kind, "title": title} if kind else None


def _exercise(node: nodes.Element) -> Thing | None:
    """An exercise, or a theorem and its like, with its own title."""
    if not isinstance(node, (*EXERCISES, *PROOFS)):
        return None
    title = node.next_node(exercise_subtitle) if isinstance(node, EXERCISES) else node.next_node(nodes.title)
    return {
        "label": node["label"],
        "kind": node.get("realtype", "exercise"),
        "title": " ".join(title.astext().split()) if title else "",
        "counts_as": node.get("countertype", "exercise"),
        "id": node["ids"][0],
        "assessment": node.get("minutes", 0),
    }


def _equation(node: nodes.Element) -> Thing | None:
    """A formula with a number: Sphinx counts it by its first id, which is not its label."""
    if not isinstance(node, nodes.math_block) or not node.get("number") or not node.get("label"):
        return None
    made = {"label": nodes.make_id(node["label"]), "kind": "equation", "title": "", "id": node["ids"][0]}
    return {**made, "counts_as": "displaymath", "said": node.astext()}


def _term(node: nodes.Element) -> Thing | None:
    """A term of the glossary, with what is said of it."""
    if not isinstance(node, nodes.term) or not isinstance(node.parent.parent.parent, addnodes.glossary):
        return None
    return {"label": node["ids"][0], "kind": "term", "title": written(node), "said": written(node.parent)}


def _captioned(node: nodes.Element, document: nodes.document, figures: dict[str, dict]) -> Thing | None:
    """A figure, a table or a listing with a label; its title is the first sentence of its caption."""
    kind = next((kind for kind, wanted in CAPTIONED.items() if isinstance(node, wanted)), "")
    if not kind or not node["ids"] or (kind == "listing" and "literal-block-wrapper" not in node["classes"]):
        return None
    label, figure = node["ids"][0], figures.get(node["ids"][0], {})
    if not figure and not any(document.nametypes.get(name) for name in node["names"]):
        return None
    caption = node.next_node(lambda n: isinstance(n, nodes.caption | nodes.title))
    words = figure.get("caption") or (written(caption) if caption else "")
    title = FIRST_SENTENCE.match(" ".join(words.split()))[0].rstrip(".")
    said = " ".join([figure["caption"], figure["alt"], figure["code"] or figure["svg"]]) if figure else ""
    return {"label": label, "kind": kind, "title": title, "counts_as": COUNTED.get(kind, kind), "said": said}


def section_of(node: nodes.Node | None) -> str:
    """Give the label of the section in which a node stands; empty for a page's title."""
    while node is not None and not is_heading(node):
        node = node.parent
    return node["ids"][0] if node is not None and node["ids"] else ""


def _udl(section: nodes.section) -> list[str]:
    """The sections of UDL that a section points to, in its order, each once."""
    pointers = (node for node in section.findall(nodes.abbreviation) if "udl" in node["classes"])
    return list(dict.fromkeys(node.astext().removeprefix("UDL ") for node in pointers))
