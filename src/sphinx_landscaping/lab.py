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
from dataclasses import dataclass
from pathlib import Path

from . import binder_environment, chapters
from .project import Project
from .report import Stopped

REPOSITORY = ("book", "binder", "pyproject.toml")
PATIENCE = 60.0  # seconds until a server that does not answer is given up


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
        with urllib.request.urlopen(asked, timeout=10) as answer:
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


def open_chapter(project: Project, chapter: str) -> None:
    """Open a chapter as a notebook, as Binder does, until Ctrl-C; the user's own settings stay."""
    chapter = chapter or "index"
    if chapter not in chapters.listed(project):
        raise Stopped(f"there is no chapter {chapter!r}: give one of _toc.yml, like CHAPTER=models/spectrum")
    environment = binder_environment.environment(project)
    folder = home(project, environment, project.build / "binder" / "home")
    lab = start(environment, folder)
    try:
        shown = folder.relative_to(project.root)
        print(f"{chapter}, a copy in {shown}, is at {lab.address(chapter)} · Ctrl-C ends", flush=True)
        if sys.stdout.isatty():
            webbrowser.open(lab.address(chapter))
        lab.process.wait()
    finally:
        lab.close()
