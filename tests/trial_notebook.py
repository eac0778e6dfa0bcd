"""A chapter's head, a claim, and a page whose cells have run: what small books of tests are made of."""

import nbformat

NOTEBOOK = """---
jupytext: {text_representation: {extension: .md, format_name: myst, format_version: 0.13}}
kernelspec: {display_name: Python 3, language: python, name: python3}
"""
HEAD = (
    NOTEBOOK
    + """description: One sentence.
goals: ["say what $2/\\\\lambda$ is", b, c]
needs: NEEDS
level: core
minutes: {read: 20, run: 1, exercises: 40}
misconception: Longer is faster.
udl: ["6.1"]
---
"""
)
CLAIM = {
    "label": "claim-terrain-a",
    "sentence": "Longer training lowers $L$.",
    "statements": ["C6", "A3"],
    "measured": "12.5",
    "spread": "10.5 to 14",
    "gate": "at least 10.0 for every seed",
    "holds": True,
    "published": "about 10",
    "citation": "prince2023",
    "seeds": 8,
    "control": "the *untrained* networks",
}


def notebook(*claims):
    """A page whose cells have run: one glued value, and the given claims."""
    glued = {"application/papermill.record/text/plain": "0.51234"}
    mark = {"scrapbook": {"name": "share", "mime_prefix": "application/papermill.record/"}}
    outputs = [nbformat.v4.new_output("display_data", glued, metadata=mark)]
    outputs += [
        nbformat.v4.new_output(
            "display_data", {"application/vnd.landscaping.claim+json": claim, "text/plain": "claim 0.5"}
        )
        for claim in claims
    ]
    text = "(ch-terrain)=\n# Terrain\n\n(sec-terrain-a)=\n## One\n\nIt is {glue:text}`share:.2f`.\n"
    cells = [
        nbformat.v4.new_markdown_cell(text, id="text"),
        nbformat.v4.new_code_cell("CLAIM.check(run)", outputs=outputs, id="code"),
    ]
    spec = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=spec))
