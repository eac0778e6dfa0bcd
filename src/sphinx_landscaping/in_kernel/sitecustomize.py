"""In every kernel, before anything else: packages that the project does not declare are not there.

Python imports this module by itself, because this folder stands on a kernel's path. Standard library only.
"""

import os
import sys
from importlib.machinery import PathFinder

HIDDEN = frozenset(os.environ.get("LANDSCAPING_HIDDEN", "").split())


class Declared(PathFinder):
    """Python's own finder, blind to what is installed and not declared."""

    @classmethod
    def find_spec(cls, fullname: str, path: object = None, target: object = None) -> object:
        """What a name stands for; None, as for a name that is not there, where it is hidden."""
        if path is None and fullname in HIDDEN:
            return None
        return super().find_spec(fullname, path, target)


sys.meta_path[:] = [Declared if finder is PathFinder else finder for finder in sys.meta_path]
