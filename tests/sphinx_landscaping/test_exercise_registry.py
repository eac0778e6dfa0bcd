"""What is noted of an exercise does not hold its page."""

import pickle
from types import SimpleNamespace

from docutils import nodes
from docutils.utils import new_document

from sphinx_landscaping import exercise_registry


def page(words: int) -> tuple[nodes.document, nodes.Element]:
    document = new_document("a page")
    exercise = nodes.admonition(
        "", nodes.title("", "", nodes.Text("An exercise")), nodes.paragraph("", "How?")
    )
    document += nodes.section("", nodes.paragraph("", "word " * words), exercise)
    return document, exercise


def test_a_note_is_as_small_as_the_exercise_and_says_the_same():
    document, exercise = page(20_000)
    env = SimpleNamespace(sphinx_exercise_registry={"ex": {"docname": "a", "node": exercise}})
    assert len(pickle.dumps(env)) > 100_000
    assert exercise_registry.cut_out(None, env) == []
    noted = env.sphinx_exercise_registry["ex"]["node"]
    assert noted.astext() == exercise.astext()
    assert len(pickle.dumps(env)) < 5_000
    assert exercise.parent is document[0], "the page itself stays as it was"


def test_a_book_without_exercises_has_nothing_to_cut():
    assert exercise_registry.cut_out(None, SimpleNamespace()) == []
