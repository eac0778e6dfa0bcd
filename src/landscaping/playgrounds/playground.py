"""What every playground is: one ES module, a state, and a still picture, for two hosts.

In a notebook a playground is an ordinary anywidget. While the site is built (`LANDSCAPING_SITE=1`)
there is no kernel to speak to later: no comm is opened, and the page gets module, state and picture.
"""

import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any, ClassVar

import anywidget

from landscaping.playgrounds.joining import joined

MIME = "application/vnd.landscaping.playground+json"
HERE = Path(__file__).parent


def on_site() -> bool:
    """Whether the output is for the static site."""
    return os.environ.get("LANDSCAPING_SITE") == "1"


class Playground(anywidget.AnyWidget):
    """A figure that computes in the browser.

    A subclass names its `module` (the `.mjs` beside it) and its `label`, declares its state as
    synced traits that JSON can hold, and draws `still`.
    """

    module: ClassVar[str] = ""
    label: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "module" in cls.__dict__:  # absent in the classes that traitlets makes on the fly
            cls._esm = joined(HERE / f"{cls.module}.mjs")
        super().__init_subclass__(**kwargs)

    def open(self) -> None:
        """Speak to the front end, where there is a kernel to speak for."""
        if not on_site():
            super().open()

    @property
    def version(self) -> str:
        """A short hash of the module and all that it imports: its address changes when their text does."""
        return blake2b(joined(HERE / f"{self.module}.mjs").encode(), digest_size=4).hexdigest()

    def state(self) -> dict[str, Any]:
        """The synced traits that this playground declares, as JSON gives them back."""
        common = anywidget.AnyWidget.class_traits(sync=True)
        names = [name for name in self.traits(sync=True) if name not in common and not name.startswith("_")]
        return json.loads(json.dumps({name: getattr(self, name) for name in sorted(names)}, allow_nan=False))

    def still(self) -> str:
        """An SVG of the state, for paper and for readers without scripts."""
        raise NotImplementedError(f"{type(self).__name__} has no still picture: write its `still`")

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        data, metadata = ({}, {}) if on_site() else super()._repr_mimebundle_(**kwargs)
        data[MIME] = {
            "module": self.module,
            "version": self.version,
            "state": self.state(),
            "label": self.label,
        }
        data["image/svg+xml"] = self.still()
        data["text/plain"] = self.label
        return data, metadata
