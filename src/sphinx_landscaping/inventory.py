"""What `objects.inv` offers to other books: every label of ours that is an address, and nothing else."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx_exercise.nodes import is_solution_node

from sphinx_landscaping import citable

NO_PAGE = (
    "genindex",
    "modindex",
    "py-modindex",
    "prf-prf",
    "search",
)  # Sphinx's own, for pages not made here


def offer(_app: Sphinx, env: BuildEnvironment) -> None:
    """Add formulas and theorems, which other domains keep to themselves; drop what leads nowhere.

    A solution without a label has one made of its page and its place, which the next edit moves.
    """
    std = env.get_domain("std")
    for docname, page in citable.pages_of(env).items():
        for thing in page["things"]:
            if thing["label"] not in std.labels:
                number = citable.number_of(env, docname, thing)
                said = thing["title"] or f"{thing['kind'].capitalize()} {number}"
                std.labels[thing["label"]] = (docname, thing["label"], said)
                std.anonlabels[thing["label"]] = (docname, thing["label"])
    exercises = getattr(env, "sphinx_exercise_registry", {})
    made_up = [
        label
        for label, entry in exercises.items()
        if is_solution_node(entry["node"]) and label.startswith(f"{entry['docname']}-solution-")
    ]
    for label in (*NO_PAGE, *made_up):
        std.labels.pop(label, None)
        std.anonlabels.pop(label, None)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the offer, made when all pages are read and numbered."""
    app.connect("env-updated", offer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
