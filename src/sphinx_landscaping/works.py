"""The works that chapters cite: each formatted once, and cited from any page into the right list."""

import ast
import functools
from typing import Any

from pybtex import plugin
from pybtex.database import Entry
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .inputs import digest

FORMAT = BaseStyle.format_entry


def setup(app: Sphinx) -> dict[str, bool]:
    """Remember what was formatted before sphinxcontrib-bibtex formats everything."""
    if not hasattr(plugin.entry_points, "cache_info"):  # it reads the list of all packages for every work
        plugin.entry_points = functools.cache(plugin.entry_points)
    app.connect("env-updated", remember, priority=100)
    app.connect("env-updated", lambda _, env: sort(env.get_domain("cite").bibliographies), priority=100)
    app.connect("env-updated", together, priority=100)
    app.connect("env-updated", apart, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def remember(_: Sphinx, env: BuildEnvironment) -> None:
    """Let every style look among the works of the last build first."""
    before, now = getattr(env, "landscaping_works", {}), {}
    env.landscaping_works = now  # a work that nobody cites any more is forgotten

    def format_entry(style: BaseStyle, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        key = digest(type(style).__qualname__, entry.key, repr(entry))
        if key not in now:
            now[key] = before[key] if key in before else FORMAT(style, label, entry, bib_data).text
        return FormattedEntry(entry.key, now[key], without_year(label, entry))

    BaseStyle.format_entry = format_entry


def without_year(label: str, entry: Entry) -> str:
    """The label of a list without the last two letters of a year that is a word, as `undated`."""
    year = entry.fields.get("year", "")
    return label if year.isdigit() else label.removesuffix(year[-2:])


def sort(lists: dict[Any, Any]) -> None:
    """Put a page's own lists first and those of the whole book last, whatever was read when.

    Where a page has no list, sphinxcontrib-bibtex takes the last one that has the work.
    """
    found = sorted(lists.items(), key=lambda item: (not _of_its_page(item[1]), item[0].docname, item[0].id_))
    lists.clear()
    lists.update(found)


def together(app: Sphinx, env: BuildEnvironment) -> None:
    """Show all citations of a page as one while the lists are made: each list looks for each work in each."""
    found = env.get_domain("cite").citation_refs
    cited: dict[str, Any] = {}
    for each in found:
        cited.setdefault(each.docname, each._replace(targets=[])).targets.extend(each.targets)
    app.landscaping_citations = list(found)
    found[:] = cited.values()


def apart(app: Sphinx, env: BuildEnvironment) -> None:
    """Give every citation its own place again: a list leads back to it."""
    env.get_domain("cite").citation_refs[:] = app.landscaping_citations


def _of_its_page(bibliography: Any) -> bool:
    return "docname" in ast.dump(bibliography.filter_)
