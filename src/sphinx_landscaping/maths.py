"""TeX to MathML while the book is built: nothing runs on the page, nothing moves, a screen reader reads it.

Temml does the work, in an interpreter that pip brings (dukpy). Its few inline styles, which the page's policy
forbids, become classes of the theme; the font is cut down to the characters that formulas use (fonts.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import dukpy
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.math import get_node_equation_number

from sphinx_landscaping import fonts, permalinks
from sphinx_landscaping.npm import package
from sphinx_landscaping.warn import warn

SCRIPT = "dist/temml.min.js"
CALL = "temml.renderToString(dukpy.tex, {displayMode: dukpy.block, throwOnError: true, annotate: false})"
ENVIRONMENT = re.compile(r"\\(begin|end)\{(align|gather)\*?\}")
INSIDE = re.compile(r"\\begin\{(\w+\*?)\}(?:(?!\\begin\b).)*?\\end\{\1\}", re.DOTALL)
PUNCTUATION = re.compile(r"[.,;:!?)’”]+(?=\s|$)|’s")
STYLE = re.compile(r' style="([^"]*)"')
# What Temml says by style, and the class of the theme that says the same (5.9776 pt is LaTeX's column gap).
SIZES = {"0em": "none", "0pt": "none", "1em": "quad", "5.9776pt": "gap", "0.1667em": "thin"}
CLASSES = {
    "display:block math": "",
    "math-depth:0": "m-depth",
    **{f"padding-{side}:{size}": f"m-{side}-{name}"
       for side in ("left", "right")
       for size, name in SIZES.items()},
}  # fmt: skip


@cache
def engine(script: Path) -> Callable[[str, bool], str]:
    """Temml, started once: TeX and whether it stands alone -> MathML."""
    interpreter = dukpy.JSInterpreter()
    interpreter.evaljs(script.read_text("utf-8"))
    return cache(lambda tex, block: interpreter.evaljs(CALL, tex=tex, block=block))


def prepared(tex: str, block: bool) -> str:
    """TeX as Temml wants it: lines of a bare display aligned, numbering left to Sphinx."""
    tex = tex.strip()
    outside = INSIDE.sub("", INSIDE.sub("", tex))  # what stands in no environment, however they are nested
    if block and re.search(r"\\\\|(?<!\\)&", outside):
        tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
    return ENVIRONMENT.sub(lambda found: rf"\{found[1]}{{{found[2]}ed}}", tex)


def without_styles(markup: str) -> tuple[str, list[str]]:
    """MathML whose inline styles are classes, and the styles that have none yet."""
    unknown: list[str] = []

    def tag(found: re.Match) -> str:
        style = STYLE.search(found[0])
        if not style:
            return found[0]
        parts = [part.strip() for part in style[1].split(";") if part.strip()]
        unknown.extend(part for part in parts if part not in CLASSES)
        names = " ".join(CLASSES[part] for part in parts if CLASSES.get(part))
        return _with_class(STYLE.sub("", found[0]), names)

    return re.sub(r"<\w[^>]*>", tag, markup), unknown


def _with_class(tag: str, names: str) -> str:
    if not names:
        return tag
    return (
        tag.replace('class="', f'class="{names} ', 1) if 'class="' in tag else f'{tag[:-1]} class="{names}">'
    )


def converted(app: Sphinx, node: nodes.Element) -> str:
    """MathML for one formula; a warning at its line, and the TeX itself, where it cannot be read."""
    block = isinstance(node, nodes.math_block)
    tex = prepared(node.astext(), block)
    try:
        made = engine(package(app, "temml") / SCRIPT)(tex, block)
    except dukpy.JSRuntimeError as error:
        reason = next((line for line in str(error).splitlines() if "Error" in line), "unknown TeX")
        warn(f"maths: {reason.strip()} in ${tex}$", "maths", node)
        return f"<code>{escape(tex)}</code>"
    markup, unknown = without_styles(made)
    for style in unknown:
        warn(f'maths: no class stands for the style "{style}" of ${tex}$; add one to maths.py', "maths", node)
    return markup


def read(app: Sphinx, doctree: nodes.document) -> None:
    """Convert every formula of a page when it is read, and keep its characters for the font."""
    for node in doctree.findall(lambda n: isinstance(n, nodes.math | nodes.math_block)):
        node["mathml"] = converted(app, node)
        if node.get("label"):
            node["ids"] = list(dict.fromkeys([*node["ids"], nodes.make_id(node["label"])]))
        if isinstance(node, nodes.math):
            keep_together(node)
    markup = "".join(
        node["mathml"] for node in doctree.findall() if isinstance(node, nodes.math | nodes.math_block)
    )
    fonts.characters(app.env)[app.env.docname] = fonts.used(markup)


def keep_together(node: nodes.math) -> None:
    """Take the punctuation that follows a formula into it: a line must not begin with a full stop."""
    following = node.next_node(descend=False, siblings=True)
    mark = PUNCTUATION.match(following.astext()) if isinstance(following, nodes.Text) else None
    if mark:
        node["after"] = mark[0]
        following.parent.replace(following, nodes.Text(following.astext()[len(mark[0]) :]))


def inline(translator: Any, node: nodes.math) -> None:
    """A formula inside a sentence, with the punctuation that belongs to it."""
    markup = node.get("mathml") or converted(translator.builder.app, node)
    after = node.get("after")
    translator.body.append(f'<span class="m-keep">{markup}{escape(after)}</span>' if after else markup)
    raise nodes.SkipNode


def block(translator: Any, node: nodes.math_block) -> None:
    """A formula on its own, with its number where it has one."""
    number = get_node_equation_number(translator, node) if node.get("number") else None
    if node.get("label"):  # the label is the address; Sphinx counts by its own id, which stays an address too
        permalinks.put_first(node["ids"], [nodes.make_id(node["label"])])
    tag = translator.starttag(node, "div", CLASS="math numbered" if number else "math")
    translator.body.append(tag + (node.get("mathml") or converted(translator.builder.app, node)))
    if number:
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what a page that is read again or gone asked of the font."""
    fonts.characters(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over what another process has read."""
    fonts.characters(env).update({k: v for k, v in fonts.characters(other).items() if k in docnames})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer (choose it by `html_math_renderer: temml`) and the font."""
    app.add_html_math_renderer("temml", (inline, None), (block, None))
    app.connect("doctree-read", read)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("build-finished", fonts.write)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
