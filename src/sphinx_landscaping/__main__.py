"""`python -m sphinx_landscaping build | serve | why | …`: what the Makefile calls."""

import argparse
import gc
import os
import sys
from pathlib import Path

from .project import Project, find, scheduler
from .report import Stopped, is_full

COMMANDS = ("build", "serve", "why", "chapter", "lab", "permalinks", "edition")


def main(words: list[str] | None = None) -> int:
    """Run one command; a failure is a sentence and an exit code."""
    parser = argparse.ArgumentParser(prog="python -m sphinx_landscaping", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument(
        "chapter", nargs="?", default="", help="why, chapter, lab: its address, like models/spectrum"
    )
    parser.add_argument("--title", default="", help="chapter: the title of the new one")
    parser.add_argument("--fresh", action="store_true", help="read and write every page again")
    parser.add_argument("--executor", default="", help="build: dask://host:port (default: this machine)")
    parser.add_argument("--port", type=int, default=8000, help="where serve answers (default 8000)")
    parser.add_argument("--published", default="published", help="edition: the folder of all editions")
    given = parser.parse_args(words)
    gc.set_threshold(1_000_000, 10, 1000)  # a build makes much and drops little: a fifth of it was collecting
    try:
        _run(given)
    except Exception as error:
        if is_full(error):
            return _say(
                "the disk is full: free some space and try again; the last good site is untouched, "
                "and what was executed is kept"
            )
        if not isinstance(error, Stopped | ValueError):
            raise
        return _say(error)
    except KeyboardInterrupt:
        print("\nstopped; what was executed is kept", file=sys.stderr, flush=True)
        os._exit(130)  # kernels end by themselves when this process does
    return 0


def _run(given: argparse.Namespace) -> None:
    project = find()
    if given.command == "serve":
        from .serving import serve

        serve(project, given.port)
    elif given.command == "why":
        from .why import explain

        print(explain(project, given.chapter))
    elif given.command == "chapter":
        from .new_chapter import make

        for path in make(project, given.chapter, given.title):
            print(f"wrote {path.relative_to(project.root)}")
    elif given.command in ("permalinks", "edition"):
        _publish(project, given)
    elif given.command == "lab":
        from .lab import open_chapter

        open_chapter(project, given.chapter)
    else:
        from .building import build

        if given.executor:
            scheduler(given.executor)  # a slip in it is said also where nothing has to run
        build(project, fresh=given.fresh, executor=given.executor)


def _publish(project: Project, given: argparse.Namespace) -> None:
    from .building import build
    from .editions import publish
    from .promises import lock

    build(project)
    if given.command == "permalinks":
        print(lock(project))
    else:
        print(f"published {publish(project, Path(given.published).resolve())}")


def _say(what: object) -> int:
    print(f"stopped: {what}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    status = main()
    gc.freeze()  # the interpreter's last look at what is left took a quarter of a small build
    sys.exit(status)
