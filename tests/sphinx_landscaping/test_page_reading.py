"""Margins, folds and exercises in the document tree."""

from docutils import nodes
from docutils.utils import new_document
from sphinx_exercise.nodes import exercise_node, solution_node

from sphinx_landscaping import reading


def page() -> nodes.document:
    """Two exercises and a solution as sphinx-exercise leaves them."""
    document = new_document("page")
    for label in ("ex-1", "ex-2"):
        inner = nodes.section("", nodes.paragraph(text=label), ids=["exercise-content"])
        document += exercise_node("", nodes.title(text="Exercise"), inner, ids=[label])
    inner = nodes.section("", nodes.paragraph(text="done"), ids=["solution-content"])
    document += solution_node("", nodes.title(text="Solution to Exercise"), inner, ids=["s-1"])
    return document


def test_no_id_is_used_twice_and_none_is_lost():
    document = page()
    reading.clean_exercises(None, document, "page")
    ids = [one for node in document.findall(nodes.Element) for one in node.get("ids", [])]
    assert ids == ["ex-1", "ex-2", "s-1"]
    assert [p.astext() for p in document.findall(nodes.paragraph)] == ["ex-1", "ex-2", "done"]


def test_the_fold_takes_the_place_of_the_solutions_title():
    document = page()
    reading.clean_exercises(None, document, "page")
    solution = next(document.findall(solution_node))
    assert not list(solution.findall(nodes.title))
