"""`{offline}`: the place where a reader keeps the whole book, and without scripts takes it as a file."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sphinx_landscaping.offline import ARCHIVE

PLACE = (
    '<div class="offline"><div class="ways"><p role="status" tabindex="-1">&nbsp;</p>'
    '<progress hidden aria-label="How much of the book is here"></progress>'
    '<p><button type="button" disabled>Keep the whole book</button> '
    '<button type="button" disabled>Forget it</button></p></div>'
    '<p><a href="{root}{archive}" download="{name}">The whole book as a file</a> (zip)</p></div>'
)


class Offline(SphinxDirective):
    """Marks the place."""

    def run(self) -> list[nodes.Node]:
        """The buttons, which wait for their script, and the link, which needs none."""
        name = f"{self.env.config.project} {self.env.config.version}.zip"
        root = "../" * self.env.docname.count("/")
        return [nodes.raw("", PLACE.format(root=root, archive=ARCHIVE, name=name), format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the place."""
    app.add_directive("offline", Offline)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
