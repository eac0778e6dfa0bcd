"""A picture drawn by a chapter (SVG) made ready for the inside of a page. No Sphinx here."""

from __future__ import annotations

import html
import re

from sphinx_landscaping.palette import named, palette, variables

WORDS = re.compile(r"<(title|desc)\b.*?</\1>", re.DOTALL)  # the alternative text says it


def colours() -> dict[str, str]:
    """Light hex -> variable, the stops of the height ramp included."""
    stops = {value: f"var(--height{i})" for i, value in enumerate(palette()["light"]["height"])}
    return {**stops, **named()}


def tidied(svg: str, prefix: str, alt: str) -> str:
    """Colours as variables, ids of its own, one description, no declaration before it."""
    svg = svg[svg.index("<svg") :]
    for count, old in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))):
        svg = re.sub(rf'(\bid="|url\(#|href="#){re.escape(old)}(?=["\)])', rf"\g<1>{prefix}-s{count}", svg)
    svg = re.sub(r' (?:xmlns(?::\w+)?|version|role|aria-[a-z]+)="[^"]*"', "", svg)
    svg = WORDS.sub("", svg)
    stops = palette()["light"]["height"]
    svg = re.sub("|".join(stops), lambda found: colours()[found[0].lower()], svg, flags=re.IGNORECASE)
    return variables(svg).replace("<svg", f'<svg role="img" aria-label="{html.escape(alt)}"', 1)


def sized(svg: str) -> str:
    """A drawing that says its own size, so that it is no larger than it was drawn."""
    head = svg[: svg.index(">")]
    box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', head)
    if " width=" in head or not box:
        return svg
    return svg.replace("<svg", f'<svg width="{box[1]}" height="{box[2]}"', 1)
