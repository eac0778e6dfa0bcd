"""The role {tested}`path::test`: a sentence of the site leads to the test that checks it, which is there."""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from sphinx_landscaping.identity import Identity
from sphinx_landscaping.warn import warn


def fault(root: Path, path: str, test: str) -> str:
    """What is wrong with a pointer to a test; empty where it is there, or the copy has no tests at all."""
    if not (root / "tests").is_dir():
        return ""
    if not path.startswith("tests/") or not (root / path).is_file():
        return f"there is no test file {path!r}: write a path like tests/test_pages_are_html.py"
    if not re.search(rf"^def {re.escape(test)}\(", (root / path).read_text("utf8"), re.MULTILINE):
        return f"{path} has no test {test!r}: write one of its functions after two colons"
    return ""


class TestedRole(SphinxRole):
    """Print a link to a test, in words made of its name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the link, or warn that there is no such test."""
        path, _, test = self.text.strip().partition("::")
        root = Path(self.env.srcdir).parent
        words = test.removeprefix("test_").replace("_", " ")
        if said := fault(root, path, test):
            warn(f"tested: {said}", "tested", self.get_location())
            return [nodes.inline("", words)], []
        if (root / path).is_file():
            self.env.note_dependency(str(root / path))
        who: Identity = self.config.html_context["identity"]
        return [nodes.reference("", words, refuri=f"{who.source}/blob/{who.revision}/{path}")], []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the role."""
    app.add_role("tested", TestedRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
