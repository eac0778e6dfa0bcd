"""Two routes through the book: in the landscape's order, and in that of Understanding Deep Learning."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_landscaping import udl
from sphinx_landscaping.boxes import Box, box, line
from sphinx_landscaping.gathered import Kind, register
from sphinx_landscaping.links import link, listed, title
from sphinx_landscaping.parts import chapters, parts
from sphinx_landscaping.udl_map import chapters as sections_of


def by_part(env: BuildEnvironment) -> list[tuple[str, str, list[str]]]:
    """The parts: page, title, chapters."""
    return [(part, title(env, part), chapters(env, part)) for part in parts(env)]


def by_udl(env: BuildEnvironment) -> list[tuple[str, str, list[str]]]:
    """UDL's chapters that are taken up: no page, number and name, our chapters that begin there."""
    begun: dict[int, list[str]] = {}
    for page, numbers in sections_of(env).items():
        if numbers:
            begun.setdefault(int(numbers[0].split(".")[0]), []).append(page)
    return [("", f"{number} {udl.name_of(str(number))}", begun[number]) for number in sorted(begun)]


ROUTES = {"landscape": by_part, "udl": by_udl}


def facts(env: BuildEnvironment, _page: str, argument: str) -> Any:
    """What decides a route: its stations and their titles."""
    return [(*station, [title(env, page) for page in station[2]]) for station in ROUTES[argument](env)]


def made(env: BuildEnvironment, here: str, argument: str) -> list[nodes.Node]:
    """A route as a list: where it passes, and the chapters there."""
    return [box("ol", *(station(env, here, *each) for each in ROUTES[argument](env)), classes="route")]


def station(env: BuildEnvironment, here: str, page: str, name: str, found: list[str]) -> Box:
    """One line of a route."""
    head = link(env, here, page, "", name) if page else nodes.Text(name)
    links = [[link(env, here, to, "", title(env, to))] for to in found]
    return box(
        "li", line("span", nodes.strong("", "", head)), line("span", *listed(links, " · "), classes="answer")
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the routes."""
    app.setup_extension("sphinx_landscaping.parts")
    app.setup_extension("sphinx_landscaping.udl_map")
    register(app, "route", Kind(facts, made))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
