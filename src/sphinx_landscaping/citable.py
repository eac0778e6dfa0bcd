"""Every citable thing of the book: collected as pages are read, and published as `sections.json`.

Other concerns of the build ask `listed(app)`: the same entries, in the order in which a reader meets them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import chapter_head, citable_nodes, figure_list, permalink_lock
from sphinx_landscaping.citation import plain
from sphinx_landscaping.claim_record import reading_order
from sphinx_landscaping.front_matter import source_of
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.keeping import put

PUBLISHED = ("label", "number", "title", "kind", "part", "chapter", "section", "url", "short_url", "page",
             "udl", "first_edition", "changed", "minutes", "also")  # fmt: skip
HEADINGS = ("chapter", "section")


def pages_of(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """What the pages read so far hold: docname -> `things`, `former` labels, `udl`, `minutes`."""
    if not hasattr(env, "landscaping_citable"):
        env.landscaping_citable = {}
    return env.landscaping_citable


def collect(app: Sphinx, document: nodes.document) -> None:
    """Keep what a page that was read offers to be cited."""
    docname = app.env.docname
    found = citable_nodes.things(document, figure_list.listed(app.env).get(docname, []))
    taken = {label for thing in found for label in (thing["label"], thing["id"], *thing["also"])}
    explicit = {name: document.nameids.get(name) for name, chosen in document.nametypes.items() if chosen}
    made_up = f"{docname}-solution-"  # of a solution without a label: the next edit moves it
    labels = dict.fromkeys(label for label in explicit.values() if label and not label.startswith(made_up))
    former = [label for label in labels if label not in taken]
    head = chapter_head.read(source_of(app.env, docname))
    page = {"udl": chapter_head.texts(head.get("udl")), "minutes": head.get("minutes")}
    pages_of(app.env)[docname] = {**page, "things": found, "former": former}


def addresses(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Every label that can be linked to, older ones too: label -> a digest of its words, and its page."""
    found: dict[str, tuple[str, str]] = {}
    for docname, page in pages_of(env).items():
        found |= {label: ("", docname) for label in page["former"]}
        for thing in page["things"]:
            found |= {label: (thing["digest"], docname) for label in (thing["label"], *thing["also"])}
    return dict(sorted(found.items()))


def listed(app: Sphinx) -> list[dict[str, Any]]:
    """Every citable thing as `sections.json` has it, in the book's order; ask when all have their numbers."""
    if not hasattr(app.builder, "landscaping_listed"):
        app.builder.landscaping_listed = _listed(app)
    return app.builder.landscaping_listed


def count_again(app: Sphinx, _env: BuildEnvironment) -> list[str]:
    """Forget what was listed before the numbers were known."""
    vars(app.builder).pop("landscaping_listed", None)
    return []


def _listed(app: Sphinx) -> list[dict[str, Any]]:
    env, pages = app.env, pages_of(app.env)
    lock = permalink_lock.read(Path(app.srcdir).parent)
    in_part = parts(env)
    names = reading_order(env.config.root_doc, env.toctree_includes, pages)
    found = ((name, thing) for name in names for thing in pages[name]["things"])
    return [_entry(app, name, thing, in_part.get(name, ""), lock) for name, thing in found]


def places(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Where every label stands now, older ones too: label -> its page with its fragment, and its title."""
    found: dict[str, tuple[str, str]] = {}
    for entry in listed(app):
        name = " ".join(filter(None, (entry["number"], entry["title"])))
        found[entry["label"]] = (entry["page"], name if entry["kind"] in HEADINGS else entry["title"])
        found |= {label: found[entry["label"]] for label in entry["also"]}
    for docname, page in pages_of(app.env).items():
        own = app.builder.get_target_uri(docname)
        title = app.env.titles[docname].astext()
        found |= {label: (f"{own}#{label}", title) for label in page["former"]}
    return dict(sorted(found.items()))


def _entry(app: Sphinx, docname: str, thing: dict, part: str, lock: dict) -> dict[str, Any]:
    """One thing with its number, its addresses and its editions."""
    who: Identity = app.config.html_context["identity"]
    page, things = app.builder.get_target_uri(docname), pages_of(app.env)[docname]["things"]
    first, label, known = things[0], thing["label"], lock.get(thing["label"])
    is_page = thing is first and thing["kind"] == "chapter"
    number = thing["number"] or number_of(app.env, docname, thing)
    where = page if is_page else f"{page}#{label}"
    made = {
        "number": number,
        "title": plain(thing["title"]) or f"{thing['kind'].capitalize()} {number}",
        "kind": "page" if is_page and not _is_chapter(docname) else thing["kind"],
        "part": part,
        "chapter": first["label"] if first["kind"] == "chapter" else "",
        "url": f"{who.edition_address}{where}",
        "short_url": f"{who.address}at/{label}/",
        "page": where,
        "udl": (is_page and pages_of(app.env)[docname]["udl"]) or thing["udl"],
        "first_edition": known.first if known else who.version,
        "changed": known.changed if known and known.digest == thing["digest"] else who.version,
        "minutes": minutes(thing, pages_of(app.env)[docname]),
    }
    return {key: {**thing, **made}[key] for key in PUBLISHED}


def number_of(env: BuildEnvironment, docname: str, thing: dict) -> str:
    """The number that the page prints, as `2.1`; empty where the book counts no such thing."""
    if thing["kind"] in ("chapter", "section"):
        secnumbers = env.toc_secnumbers.get(docname, {})
        found = secnumbers.get("" if thing["kind"] == "chapter" else f"#{thing['id']}", ())
    else:
        found = env.toc_fignumbers.get(docname, {}).get(thing["counts_as"], {}).get(thing["id"], ())
    return ".".join(map(str, found))


def minutes(thing: dict, page: dict) -> int | None:
    """How long a section takes: its share of the chapter's reading by its words, and its exercises.

    The assessment counts in its own section, and not in the chapter, whose head states the whole.
    """
    stated, whole = page["minutes"], page["things"][0]
    if not isinstance(stated, dict) or not whole.get("words"):
        return None
    exercise = stated["exercises"] / max(whole["exercises"], 1)
    if thing["kind"] == "exercise":
        return round(exercise) or None
    if thing["kind"] not in ("chapter", "section"):
        return thing.get("assessment") or None
    asked = thing.get("assessment", 0) * (thing is not whole)
    share = stated["read"] * thing["words"] / whole["words"]
    return max(1, round(share + exercise * thing["exercises"] + asked))


def _is_chapter(docname: str) -> bool:
    of_the_book = docname.split("/")[0] in (*chapter_head.PARTS, *chapter_head.FRONT)
    return of_the_book and not chapter_head.is_part(docname)


def parts(env: BuildEnvironment) -> dict[str, str]:
    """The caption of the part in which each page stands."""
    site = getattr(env, "external_site_map", None)
    found: dict[str, str] = {}

    def walk(name: str, caption: str) -> None:
        found[name] = caption
        for tree in site[name].subtrees:
            caption = tree.caption or caption  # chapters without one follow their part's first page
            for below in tree.files():
                walk(below, caption)

    if site:
        walk(site.root.docname, "")
    return found


def publish(app: Sphinx, failed: Exception | None) -> None:
    """Write `sections.json` beside the pages."""
    if failed is None and app.builder.format == "html":
        text = json.dumps(listed(app), indent=1, ensure_ascii=False)
        put(Path(app.outdir, "sections.json"), f"{text}\n".encode())


def purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that will be read again or is gone."""
    pages_of(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over the pages that another process read."""
    pages_of(env).update({name: page for name, page in pages_of(other).items() if name in docnames})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the collection and the file."""
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", purge)
    app.connect("env-get-updated", count_again, priority=940)  # now the numbers are known
    app.connect("env-merge-info", merge)
    app.connect("build-finished", publish)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
