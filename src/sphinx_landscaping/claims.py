"""Claims on the page: the box in which a checked claim stands, and the list of all of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import claim_record
from sphinx_landscaping.boxes import Box, box, line, name_box
from sphinx_landscaping.warn import warn


class ClaimMime:
    """How MyST-NB shows the output of a cell that checked a claim."""

    mime_priority_overrides = (("*", claim_record.MIME, 1),)

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Node] | None:
        """Turn a claim's payload into its box; leave every other kind of output alone."""
        if data.mime_type != claim_record.MIME or inline:
            return None
        found = list(claim_record.faults(data.content))
        for fault in found:
            warn(fault, "claims", (renderer.renderer.sphinx_env.docname, data.line))
        return [] if found else [ClaimBox(renderer.renderer, data).made()]


class ClaimBox:
    """One claim being laid out: its sentence, and the facts that it can be judged by."""

    def __init__(self, myst: Any, data: MimeData) -> None:
        self.myst, self.at, self.claim = myst, data.line or 1, data.content

    def made(self) -> Box:
        """Make the box, with its label as its id."""
        sentence = line("p", *self.spoken("sentence"), classes="claim-sentence")
        sentence["ids"] = [f"{nodes.make_id(self.claim['label'])}-sentence"]
        sign = nodes.inline("", "holds", classes=["claim-sign", "claim-holds"])
        head = line("p", "Claim ", sign, classes="claim-name")
        rows = [self.row(term, shown) for term, shown in self.facts()]
        facts = nodes.definition_list("", *rows, classes=["claim-facts"])
        made = box("div", head, sentence, facts, classes="claim")
        made["html"] = {"role": "group", "aria-labelledby": sentence["ids"][0]}
        made["claim"], made["title"] = dict(self.claim), sentence.astext().rstrip(". ")
        made.line, made.source = self.at, self.myst.document["source"]
        name_box(made, self.claim["label"], self.myst.document)
        return made

    def facts(self) -> Iterator[tuple[str, list[nodes.Node]]]:
        """Yield what is known of the claim, row by row."""
        yield "Measured", self.plain("measured")
        if self.claim["spread"]:
            yield "Spread", self.plain("spread")
        yield "Gate", self.plain("gate")
        yield "Fails on", self.spoken("control")
        if self.claim["published"] or self.claim["citation"]:
            yield "Published", [*self.spoken("published"), nodes.Text(" "), *self.cited()]
        yield "Seeds", [nodes.Text(claim_record.seeds_in_words(self.claim["seeds"]))]
        if self.claim["statements"]:
            yield "Answers", [nodes.Text(", ".join(self.claim["statements"]))]

    def row(self, term: str, shown: list[nodes.Node]) -> nodes.definition_list_item:
        """Make a term and its description."""
        return nodes.definition_list_item(
            "", nodes.term("", term), nodes.definition("", nodes.paragraph("", "", *shown))
        )

    def plain(self, key: str) -> list[nodes.Node]:
        """Show a value as it came: it was made ready for print by code."""
        return [nodes.Text(self.claim[key])]

    def spoken(self, key: str) -> list[nodes.Node]:
        """Show a sentence that an author wrote, with its maths and emphasis."""
        return self.rendered(self.claim[key])

    def cited(self) -> list[nodes.Node]:
        """Cite the published source; the bibliography checks the key."""
        key = self.claim["citation"]
        return self.rendered(f"{{cite:p}}`{key}`") if key else []

    def rendered(self, text: str) -> list[nodes.Node]:
        """Read a sentence as MyST."""
        holder = nodes.Element()
        with self.myst.current_node_context(holder):
            self.myst.nested_render_text(text, self.at, inline=True)
        return holder.children


def section_of(node: nodes.Node) -> str:
    """Give the label of the section in which a node stands."""
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0] if node is not None else ""


def claims_of(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    """Give the claims that the pages have shown so far, by page."""
    if not hasattr(env, "landscaping_claims"):
        env.landscaping_claims = {}
    return env.landscaping_claims


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the claims of a page that was read."""
    page = app.env.docname
    boxes = [node for node in doctree.findall(Box) if "claim" in node]
    found = [claim_record.entry(node["claim"], page, section_of(node)) for node in boxes]
    if found:
        claims_of(app.env)[page] = found


def purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the claims of a page that will be read again or is gone."""
    claims_of(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over the claims of pages that another process read."""
    claims_of(env).update({page: found for page, found in claims_of(other).items() if page in docnames})


def ordered(env: BuildEnvironment) -> list[dict[str, Any]]:
    """List all claims in the order in which a reader meets them."""
    claims = claims_of(env)
    pages = claim_record.reading_order(env.config.root_doc, env.toctree_includes, claims)
    return [claim for page in pages for claim in claims[page]]


def check_labels(_app: Sphinx, env: BuildEnvironment) -> None:
    """Over the whole book: no two claims share a label."""
    seen: dict[str, str] = {}
    for claim in ordered(env):
        if claim["id"] in seen:
            said = f"{claim['id']}: a claim in {seen[claim['id']]} has this label too; rename one"
            warn(said, "claims", claim["chapter"])
        seen[claim["id"]] = claim["chapter"]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the collection of claims; MyST-NB finds `ClaimMime` by its entry point."""
    for name in ("boxes", "verdicts", "claim_files"):
        app.setup_extension(f"sphinx_landscaping.{name}")
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", check_labels)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
