"""The role {udl}`6.1`: a pointer into *Understanding Deep Learning* that is checked and says its name."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from sphinx_landscaping import udl
from sphinx_landscaping.warn import warn


class UdlRole(SphinxRole):
    """Print "UDL 6.1" with the section's name as its title."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the pointer, or warn when UDL has no such section."""
        number, shown = self.text.strip(), f"UDL {self.text.strip()}"
        try:
            name = udl.name_of(number)
        except KeyError as unknown:
            warn(f"{unknown.args[0]}: see udl_sections.toml", "udl", self.get_location())
            return [nodes.inline("", shown, classes=["udl"])], []
        return [nodes.abbreviation("", shown, explanation=name, classes=["udl"], udl=number)], []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the role."""
    app.add_role("udl", UdlRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
