"""The ways from a chapter's page to a running notebook: three links under its title, and what each will do.

Plain links, their words shown by the style sheet on hover and focus: no script, no request.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx

from sphinx_landscaping import chapter_head
from sphinx_landscaping.front_matter import source_of
from sphinx_landscaping.identity import Identity
from sphinx_landscaping.notebooks import GUIDE, place

BINDER, COLAB = "https://mybinder.org/v2/gh", "https://colab.research.google.com/github"
LATEST = "latest"  # where the notebooks of a copy without a tag are looked for


@dataclass(frozen=True)
class Way:
    """One link: its key, its words, where it leads, and what will happen."""

    key: str
    words: str
    address: str
    says: str


def binder(who: Identity, docname: str) -> str:
    """The chapter's source as a notebook in JupyterLab, on a machine that Binder makes of this revision."""
    revision = quote(who.revision, safe="")
    return f"{BINDER}/{who.owner}/{who.repository}/{revision}?urlpath=lab/tree/book/{quote(docname)}.md"


def colab(who: Identity, docname: str, branch: str) -> str:
    """The built notebook, where Colab finds it: on the branch that holds what was published."""
    folder = who.tag.removeprefix("v") or LATEST
    path = quote(f"{branch}/{folder}/{place(docname)}")
    return f"{COLAB}/{who.owner}/{who.repository}/blob/{path}"


def minutes(count: int) -> str:
    """`1 minute`, `2 minutes`."""
    return f"{count} minute{'s' * (count != 1)}"


def ways(who: Identity, docname: str, branch: str, run: int, size: int, root: str) -> list[Way]:
    """The three ways of a chapter that runs for so many minutes; `root` leads to the site's root."""
    runs = f"Run All takes about {minutes(max(run, 1))}"
    return [
        Way("binder", "Binder", binder(who, docname),
            f"Opens this chapter on a free machine, no account. Starts in 1 to 10 minutes; {runs}."),
        Way("colab", "Colab", colab(who, docname, branch),
            f"Opens this chapter in Google Colab, with your account. Set-up takes 1 to 2 minutes; {runs}."),
        Way("download", "Download", f"{root}{place(docname)}",
            f"Saves this chapter as an executed notebook, {size / 1e6:.1f} MB, for your own Jupyter."),
    ]  # fmt: skip


def bar(found: list[Way], guide: str) -> str:
    """The links in a row, each described by words that stand beside it."""
    items = "".join(
        f'<li><a href="{escape(way.address)}" aria-describedby="launch-{way.key}"'
        f"{' download' * (way.key == 'download')}>{way.words}</a>"
        f'<span id="launch-{way.key}">{escape(way.says)}</span></li>'
        for way in found
    )
    return (
        f'<nav class="launch" aria-label="Run this chapter"><p>Run it</p><ul>{items}'
        f'<li><a href="{guide}">Help</a></li></ul></nav>'
    )


def add(app: Sphinx, docname: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Put the bar under the title of a page that has a notebook."""
    if not context.get("notebook"):
        return
    who: Identity = app.config.html_context["identity"]
    run = chapter_head.read(source_of(app.env, docname)).get("minutes", {}).get("run", 1)
    root, branch = "../" * docname.count("/"), app.config.published_branch
    found = ways(who, docname, branch, run, context["notebook_bytes"], root)
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{bar(found, root + GUIDE)}", 1)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the bar, after the notebook of a page is written and before its body is cleaned."""
    app.setup_extension("sphinx_landscaping.notebooks")
    app.add_config_value("published_branch", "editions", "html", str)
    app.connect("html-page-context", add, priority=310)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
