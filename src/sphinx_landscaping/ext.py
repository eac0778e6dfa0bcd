"""The Sphinx extension of the book: registers its parts, nothing else."""

from sphinx.application import Sphinx

CONCERNS = (
    "counting",
    "identity",
    "execution",
    "front_matter",
    "permalinks",
    "prose",
    "claims",
    "outline",
    "ledger",
    "statements",
    "udl_map",
    "library",
    "parts",
    "routes",
    "presses",
    "terms",
    "questions",
    "assessment",
    "source",
    "figures",
    "drawing_ahead",
    "pictures",
    "maths",
    "works",
    "launching",
    "cited_works",
    "citable",
    "plan_pages",
    "choosing",
    "changes",
    "errata",
    "tested",
    "inventory",
    "pilcrows",
    "unlabelled",
    "promises",
    "moved",
    "short_addresses",
    "whereabouts",
    "mending",
    "everything",
    "exercise_registry",
    "citing",
    "page_heads",
    "offline_place",
    "page",
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Load every concern of the book; each registers itself in its own `setup`."""
    for concern in CONCERNS:
        app.setup_extension(f"sphinx_landscaping.{concern}")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
