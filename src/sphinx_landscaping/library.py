"""The page of the library: every helper that chapters use, in its own words, and who uses it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import helpers, outline
from sphinx_landscaping.boxes import Box, box, line
from sphinx_landscaping.claims import section_of
from sphinx_landscaping.front_matter import source_of
from sphinx_landscaping.gathered import Kind, note, register
from sphinx_landscaping.helpers import Helper
from sphinx_landscaping.inputs import digest
from sphinx_landscaping.linked_code import LinkedCode
from sphinx_landscaping.links import link, listed, title

PACKAGE = "landscaping"
PAGE = "reference/library"  # where chapters' code leads
CODE = re.compile(r"``\s?(.+?)\s?``|`([^`]+)`")
GROUND = "ground"  # what the parts stand on


def uses(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """For every page: the names of the library that its cells read, each with a section."""
    if not hasattr(env, "landscaping_uses"):
        env.landscaping_uses, env.landscaping_helpers, env.landscaping_library = {}, {}, ""
    return env.landscaping_uses


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what a page's cells use; code that the page shows becomes code with links."""
    blocks = list(doctree.findall(is_cell))
    if not blocks:
        return
    cells, found = helpers.Cells(PACKAGE), {}
    for code, block in in_order(app.env, blocks):
        here = cells.uses(code)
        for use in here:
            found[use.dotted] = found.get(use.dotted) or (section_of(block) if block else "")
        if here and block:
            block.replace_self(LinkedCode(block.rawsource, *block.children, **block.attributes, uses=here))
    uses(app.env)[app.env.docname] = found
    note(app.env, "code-links")


def in_order(
    env: BuildEnvironment, blocks: list[nodes.literal_block]
) -> Iterator[tuple[str, nodes.Node | None]]:
    """The code of every cell, with its place on the page; a hidden cell has none, but its imports hold."""
    waiting = list(blocks)
    for code in helpers.cells_of(source_of(env, env.docname)):
        shown_here = bool(waiting) and waiting[0].astext().strip() == code.strip()
        yield (waiting[0].astext(), waiting.pop(0)) if shown_here else (code, None)
    yield from ((block.astext(), block) for block in waiting)


def is_cell(node: nodes.Node) -> bool:
    """Tell whether a node is the code of a cell."""
    return isinstance(node, nodes.literal_block) and node.parent.get("nb_element") == "cell_code_source"


def look_up(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Find out what the names that cells use stand for; all of them again when the library has changed."""
    names = {name for found in uses(env).values() for name in found}
    now = library_digest() if PAGE in env.found_docs else ""
    before = env.landscaping_helpers if env.landscaping_library == now else {}
    env.landscaping_helpers = helpers.resolved(sorted(names), before) if now else {}
    env.landscaping_library = now
    return []


def known(env: BuildEnvironment) -> dict[str, Helper]:
    """Every name that cells use, and the helper that it stands for."""
    return {name: found for name, found in env.landscaping_helpers.items() if found}


def library_digest() -> str:
    """A digest of every module of the library."""
    start = helpers.file_of(PACKAGE)
    files = sorted(start.parent.rglob("*.py")) if start else []
    return digest(*(part for file in files for part in (str(file), file.read_bytes())))


def link_facts(env: BuildEnvironment, page: str, _argument: str) -> Any:
    """What decides the links in a page's code: where each name leads."""
    found = known(env)
    return [(name, found[name].dotted) for name in sorted(uses(env).get(page, ())) if name in found]


def facts(env: BuildEnvironment, _page: str, _argument: str) -> Any:
    """What decides the page of the library: the helpers and their places."""
    return sorted(known(env).items()), [(page, uses(env).get(page)) for page in outline.pages(env)]


def made(env: BuildEnvironment, page: str, part: str) -> list[nodes.Node]:
    """The helpers of a part, module by module."""
    found: dict[str, dict[str, Helper]] = {}
    for each in known(env).values():
        if part_of(each.module) == part:
            found.setdefault(each.module, {})[each.name] = each
    places = users(env)
    return [
        piece for module in sorted(found) for piece in of_module(env, page, module, found[module], places)
    ]


def part_of(module: str) -> str:
    """The part of the library in which a module stands."""
    name = module.split(".")[1]
    return name if name in PARTS else GROUND


PARTS = ("first_fit", "models", "data", "optimization", "supervised", "unsupervised", "generalization",
         "charts", "playgrounds")  # fmt: skip


def users(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """For every helper the pages that use it, in the order of the book, each with a section."""
    found: dict[str, list[tuple[str, str]]] = {}
    names = known(env)
    for page in outline.pages(env):
        seen = {}
        for name, section in uses(env).get(page, {}).items():
            if name in names:
                seen.setdefault(names[name].dotted, section)
        for dotted, section in seen.items():
            found.setdefault(dotted, []).append((page, section))
    return found


def of_module(
    env: BuildEnvironment, page: str, module: str, found: dict[str, Helper], places: dict
) -> Iterator[Box]:
    """The name of a module, what it is about, and its helpers."""
    about = line(
        "p", line("code", module, classes="literal"), f" {next(iter(found.values())).about}", classes="module"
    )
    yield about
    yield box(
        "dl",
        *(part for name in sorted(found) for part in entry(env, page, found[name], places)),
        classes="helpers",
    )


def entry(env: BuildEnvironment, page: str, one: Helper, places: dict) -> list[nodes.Node]:
    """A helper: its name with what it takes, its words, and where it is used."""
    term = line("dt", line("code", line("b", one.name), one.signature))
    term["ids"] = [nodes.make_id(one.dotted)]
    used = listed([[link(env, page, at, section, title(env, at))] for at, section in places[one.dotted]])
    words = [line("p", *marked(part)) for part in one.words.split("\n\n")]
    return [term, box("dd", *words, line("p", "Used in ", *used, ".", classes="beside"))]


def marked(text: str) -> Iterator[nodes.Node]:
    """A docstring's words, with what stands between backquotes as code."""
    at, text = 0, " ".join(text.split())
    for found in CODE.finditer(text):
        yield nodes.Text(text[at : found.start()])
        yield line("code", found[1] or found[2], classes="literal")
        at = found.end()
    yield nodes.Text(text[at:])


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page used that is read again or gone."""
    uses(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over what pages use that another process read."""
    uses(env).update({page: found for page, found in uses(other).items() if page in docnames})


def address(env: BuildEnvironment, page: str, dotted: str) -> str:
    """Where a name in a page's code leads; empty where it leads nowhere."""
    one = getattr(env, "landscaping_helpers", {}).get(dotted)
    return f"{env.app.builder.get_relative_uri(page, PAGE)}#{nodes.make_id(one.dotted)}" if one else ""


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the page's directive and the collection of uses."""
    for name in ("gathered", "outline", "linked_code"):
        app.setup_extension(f"sphinx_landscaping.{name}")
    register(app, "library", Kind(facts, made))
    register(app, "code-links", Kind(link_facts, lambda *_: []), directive=False)
    app.connect("doctree-read", collect)
    app.connect("env-get-updated", look_up, priority=940)  # before facts are compared
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
