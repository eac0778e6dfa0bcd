"""Terms of the glossary in the text: a word that shows its definition when pointed at, focused or touched.

No script does it: a button opens a popover, and a style shows it to a pointer and to the keyboard.
"""

import html
import re
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxTranslator

from sphinx_landscaping import outline
from sphinx_landscaping.boxes import line
from sphinx_landscaping.gathered import Kind, note, register
from sphinx_landscaping.links import link, listed, title

AFTER = re.compile(r"[.,;:!?)’”]+")


class Term(nodes.Inline, nodes.TextElement):
    """A term in the text: `id` of its preview, `says` its definition, `refuri` its place in the glossary."""


class Preview(SphinxPostTransform):
    """Give every resolved {term} its definition."""

    default_priority = 20  # after references are resolved

    def run(self, **_: object) -> None:
        """Replace the links; other builders keep them."""
        if self.app.builder.format != "html":
            return
        seen: dict[str, int] = {}
        for found in list(self.document.findall(is_term)):
            label = found.get("refid") or found.get("refuri", "").partition("#")[2]
            says = definitions(self.env).get(label)
            if says:
                seen[label] = seen.get(label, 0) + 1
                name = f"preview-{label}" + (f"-{seen[label]}" if seen[label] > 1 else "")
                made = Term("", "", *found[0].children, id=name, says=says, refuri=found["refuri"])
                found.replace_self(made)
                keep_together(made)


def keep_together(node: nodes.Node) -> None:
    """Let no line begin with the comma after a term: a browser may break a line behind every button."""
    while node.parent.children[-1] is node and isinstance(node.parent, nodes.strong | nodes.emphasis):
        node = node.parent
    parent, place = node.parent, node.parent.index(node)
    after = parent[place + 1] if len(parent) > place + 1 else None
    found = AFTER.match(after) if isinstance(after, nodes.Text) else None
    if found:
        parent[place + 1] = nodes.Text(after[found.end() :])
        parent[place] = nodes.inline("", "", node, nodes.Text(found[0]), classes=["m-keep"])


def is_term(node: nodes.Node) -> bool:
    """Tell whether a node is a link that {term} made, from a page to the glossary."""
    inner = node.children[0] if isinstance(node, nodes.reference) and node.children else None
    return isinstance(inner, nodes.Element) and "std-term" in inner["classes"] and "refuri" in node


def visit(translator: SphinxTranslator, node: Term) -> None:
    """Open the button."""
    translator.body.append(f'<span class="term"><button type="button" popovertarget="{node["id"]}">')


def depart(translator: SphinxTranslator, node: Term) -> None:
    """Close the button and put the definition behind it."""
    says, leads = html.escape(node["says"]), html.escape(node["refuri"])
    translator.body.append(
        f'</button><span class="gloss" popover id="{node["id"]}">{says}'
        f' <a href="{leads}">In the glossary</a></span></span>'
    )


def definitions(env: BuildEnvironment) -> dict[str, str]:
    """Every term's definition, by its label."""
    if not hasattr(env, "landscaping_definitions"):
        env.landscaping_definitions, env.landscaping_terms = {}, {}
    return {label: says for found in env.landscaping_definitions.values() for label, says in found.items()}


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the definitions that a page gives and the terms that it uses."""
    env = app.env
    definitions(env)
    given = {name: item.next_node(nodes.definition)[0].astext().replace("\n", " ")
             for glossary in doctree.findall(addnodes.glossary)
             for item in glossary.findall(nodes.definition_list_item)
             for term in item.findall(nodes.term) for name in term["ids"]}  # fmt: skip
    if given:
        env.landscaping_definitions[env.docname] = given
        note(env, "term-uses")
    used = [
        node["reftarget"].lower()
        for node in doctree.findall(addnodes.pending_xref)
        if node.get("reftype") == "term"
    ]
    if used:
        env.landscaping_terms[env.docname] = list(dict.fromkeys(used))
        note(env, "terms")


def label_of(env: BuildEnvironment, term: str) -> str:
    """The label of a term of the glossary; empty where it has none."""
    domain = env.get_domain("std")
    found = domain.objects.get(("term", term)) or domain._terms.get(term)
    return found[1] if found else ""


def preview_facts(env: BuildEnvironment, page: str, _argument: str) -> Any:
    """What decides the previews of a page: the definitions of its terms."""
    known = definitions(env)
    return [known.get(label_of(env, term)) for term in env.landscaping_terms.get(page, ())]


def users(env: BuildEnvironment) -> dict[str, list[str]]:
    """For every term's label the pages that mark it, in the order of the book."""
    found: dict[str, list[str]] = {}
    for page in outline.pages(env):
        for term in env.landscaping_terms.get(page, ()):
            found.setdefault(label_of(env, term), []).append(page)
    return found


class Used(SphinxPostTransform):
    """In the glossary: below each definition the chapters that mark the term."""

    default_priority = 6

    def run(self, **_: object) -> None:
        """Add a line to every definition."""
        if self.env.docname not in getattr(self.env, "landscaping_definitions", {}):
            return
        found, page = users(self.env), self.env.docname
        for item in self.document.findall(nodes.definition_list_item):
            names = [name for term in item.findall(nodes.term) for name in term["ids"]]
            pages = list(dict.fromkeys(at for name in names for at in found.get(name, ())))
            if pages:
                marked = listed([[link(self.env, page, at, "", title(self.env, at))] for at in pages])
                item.next_node(nodes.definition).append(line("p", "In ", *marked, classes="beside"))


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page defined and used that is read again or gone."""
    definitions(env)
    env.landscaping_definitions.pop(docname, None)
    env.landscaping_terms.pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over what pages define and use that another process read."""
    definitions(env), definitions(other)
    for name in ("landscaping_definitions", "landscaping_terms"):
        theirs = getattr(other, name)
        getattr(env, name).update({page: found for page, found in theirs.items() if page in docnames})


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the previews and what keeps them up to date."""
    for name in ("gathered", "outline"):
        app.setup_extension(f"sphinx_landscaping.{name}")
    app.add_node(Term, html=(visit, depart))
    app.add_post_transform(Preview)
    app.add_post_transform(Used)
    register(app, "terms", Kind(preview_facts, lambda *_: []), directive=False)
    register(
        app, "term-uses", Kind(lambda env, *_: sorted(users(env).items()), lambda *_: []), directive=False
    )
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
