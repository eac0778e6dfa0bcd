"""A drawing in a frame of its shape: what is out of sight is laid out when it comes near, or its turn comes.

More than half of the layout of the chapter on convolution was for drawings that nobody saw yet. The frame has
the drawing's own shape, an empty SVG, so that nothing moves when the drawing comes. No Sphinx here.
"""

from __future__ import annotations

import re

SHAPE = re.compile(r' (?:viewBox|width|height)="[^"]*"')


def framed(svg: str) -> str:
    """The drawing, held apart (`skin`) over what keeps its place."""
    head = svg[svg.index("<svg") : svg.index(">")]
    shape = "".join(SHAPE.findall(head))
    return f'<div class="skin">{svg}</div><svg class="shape" aria-hidden="true"{shape}></svg>'
