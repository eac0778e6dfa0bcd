"""The directive {source}: a helper's own source on the page, read from its file, never from a copy."""

from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sphinx_landscaping.boxes import box, line
from sphinx_landscaping.find_source import find
from sphinx_landscaping.warn import warn


class SourceDirective(SphinxDirective):
    """Show the class, function or value of a dotted name; the page is read again when its file changes."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Make the listing, or warn with what the module has instead."""
        dotted = self.arguments[0].strip()
        try:
            found = find(dotted)
        except LookupError as unknown:
            warn(str(unknown.args[0]), "source", self.get_location())
            return []
        self.env.note_dependency(str(found.file))
        name = line("p", nodes.literal("", dotted), classes="source-name")
        code = nodes.literal_block(found.code, found.code, language="python")
        self.set_source_info(code)
        return [box("div", name, code, classes="source")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.setup_extension("sphinx_landscaping.boxes")
    app.add_directive("source", SourceDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
