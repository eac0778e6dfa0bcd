"""A build in a process of its own, forked from one that has imported everything but the site's tools."""

import multiprocessing
import os
import sys

from .project import Project

# What a build imports first, and nobody edits here: another version is taken when `make serve` starts again.
BEFORE = (
    "sphinx.application",
    "sphinx.builders.html",
    "sphinx.environment.collectors.toctree",
    "myst_nb",
    "jupyter_cache",
    "nbclient",
    "sphinx_external_toc",
    "sphinx_multitoc_numbering",
    "sphinxcontrib.bibtex",
    "pygments.lexers.python",
    "packaging.requirements",
)


class Builder:
    """Builds the site again and again, each time with the tools as they are then."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(list(BEFORE))

    def build(self) -> bool:
        """Build once; whether it worked."""
        process = self.context.Process(target=_build, args=(str(self.project.root),))
        process.start()
        process.join()
        return process.exitcode == 0


def _build(root: str) -> None:
    from .__main__ import main

    os.chdir(root)
    sys.exit(main(["build"]))
