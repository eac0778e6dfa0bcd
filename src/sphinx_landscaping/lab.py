"""JupyterLab as Binder has it, on this machine only: what `make lab` opens and what the rehearsal drives."""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from . import binder_environment, chapters
from .project import Project
from .report import Stopped, read_json, write_json

REPOSITORY = ("book", "binder", "pyproject.toml")
COPIED = "copied.json"  # when each copy of a chapter was last written by us
PATIENCE = 300.0  # seconds until a server that does not answer is given up; one that ended is at once


@dataclass
class Lab:
    """A server at work, and the address of its pages."""

    process: subprocess.Popen
    base: str
    token: str

    def address(self, chapter: str) -> str:
        """Where a chapter opens: the path of its page's button, after Binder's own address."""
        return f"{self.base}lab/tree/book/{chapter}.md?token={self.token}"

    def ask(self, path: str, method: str = "GET") -> object:
        """What the server's own interface answers."""
        asked = urllib.request.Request(f"{self.base}api/{path}", method=method)
        asked.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(asked, timeout=120) as answer:
            return json.loads(answer.read() or "null")

    def close(self) -> None:
        """End the server and its kernels; a thread of it sometimes never ends by itself."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(environment: Path, home: Path, *words: str, base: str = "/") -> Lab:
    """Start a server on this machine only that shows this home, and wait until it answers."""
    lab = Lab(None, f"http://127.0.0.1:{(port := free_port())}{base}", secrets.token_hex(16))
    command = [
        environment / "bin" / "jupyter-lab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
    ]
    command += [f"--ServerApp.port={port}", f"--ServerApp.base_url={base}", f"--ServerApp.root_dir={home}"]
    log = home / "jupyterlab.log"
    with log.open("w") as said:
        lab.process = subprocess.Popen(
            [*command, f"--IdentityProvider.token={lab.token}", *words],
            cwd=home,
            env=binder_environment.variables(environment, home),
            stdin=subprocess.DEVNULL,  # at Ctrl-C it would ask whether to stop
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    _wait(lab, log)
    return lab


def _wait(lab: Lab, log: Path) -> None:
    for _ in range(int(PATIENCE / 0.2)):
        try:
            lab.ask("status")
            return
        except (urllib.error.URLError, OSError):
            if lab.process.poll() is not None:
                break
            time.sleep(0.2)
    lab.process.kill()
    raise Stopped(
        f"JupyterLab did not start: {' '.join(log.read_text().splitlines()[-3:])} (all of it: {log})"
    )


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def home(project: Project, environment: Path, folder: Path) -> Path:
    """A home as Binder's user has it: the repository's files, a copy of them, and what postBuild left there.

    Saved by JupyterLab, a chapter's file loses its front matter: nobody's chapters are opened in place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in REPOSITORY:
        source = project.root / name
        if source.is_dir():
            shutil.copytree(source, folder / name, dirs_exist_ok=True)
        else:
            shutil.copy(source, folder / name)
    binder_environment.post_build(environment, folder)
    return folder


def keep_changed(folder: Path) -> Iterator[Path]:
    """Rename the copies that were saved after they were made: the next copies would replace them."""
    for name, made in read_json(folder / COPIED).items():
        path = folder / name
        if path.exists() and (saved := path.stat()).st_mtime_ns != made:
            stamp = datetime.fromtimestamp(saved.st_mtime).strftime("%Y-%m-%d-%H%M%S")
            yield path.rename(path.with_stem(f"{path.stem}-{stamp}"))


def note_copied(project: Project, folder: Path) -> None:
    """Remember when the copies of the chapters were made."""
    copies = [folder / path.relative_to(project.root) for path in project.book.rglob("*.md")]
    write_json(folder / COPIED, {str(one.relative_to(folder)): one.stat().st_mtime_ns for one in copies})


def open_chapter(project: Project, chapter: str) -> None:
    """Open a chapter as a notebook, as Binder does, until Ctrl-C; the user's own settings stay."""
    chapter = chapter or "index"
    if chapter not in chapters.listed(project):
        raise Stopped(f"there is no chapter {chapter!r}: give one of _toc.yml, like CHAPTER=models/spectrum")
    environment = binder_environment.environment(project)
    folder = project.build / "binder" / "home"
    shown = folder.relative_to(project.root)
    for kept in keep_changed(folder):
        print(f"what you saved is kept as {shown / kept.relative_to(folder)}")
    note_copied(project, home(project, environment, folder))
    lab = start(environment, folder)
    try:
        print(f"{chapter}, a copy in {shown}, is at {lab.address(chapter)} · Ctrl-C ends", flush=True)
        if sys.stdout.isatty():
            webbrowser.open(lab.address(chapter))
        lab.process.wait()
    finally:
        lab.close()
