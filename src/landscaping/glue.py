"""How a result reaches the prose: by name, never by hand."""

from typing import Any

from IPython.display import display


def glue(**values: Any) -> None:
    """Keep values for the prose of this chapter: {glue:text}`name:.2f` prints one.

    Nothing is shown where the cell stands. The metadata are those that MyST-NB's own `glue` writes, so
    that a chapter needs none of the site's tools to run in a notebook.
    """
    for name, value in values.items():
        plain = value.item() if hasattr(value, "item") else value
        metadata = {"scrapbook": {"name": name, "mime_prefix": "application/papermill.record/"}}
        display({"application/papermill.record/text/plain": repr(plain)}, metadata=metadata, raw=True)
