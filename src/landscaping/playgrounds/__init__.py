"""What computes in the reader's browser: the `.py` states, the `.mjs` beside it computes."""

from landscaping.playgrounds.landscape import Landscape

__all__ = ["Landscape"]
