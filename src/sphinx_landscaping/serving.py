"""The site on this machine, built again and shown again after every change."""

import functools
import html
import http.server
import sys
import threading
import time
import webbrowser
from pathlib import Path

from .offline import FACTS, WORKER
from .project import Project
from .rebuilding import Builder
from .report import Stopped

TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
RELOAD = b"""const shown = new URL(import.meta.url).search;
new EventSource("/_changes" + shown).onmessage = () => location.reload();
"""
SCRIPT = b'<script type="module" src="/_reload.mjs?%d"></script>'
# What changes at every save is not kept for reading offline; a copy kept at this address before is given up.
FORGET = b"""addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.matchAll().then(async (open) => {
  await registration.unregister();
  for (const page of open) page.navigate(page.url);
})));
"""


HEAD = b'<meta charset="utf-8">'


def based(page: bytes, home: str, site: str = "") -> bytes:
    """The page for what is not there, made to be shown at any depth: its links begin at `home`.

    `site` is where all editions stand, for its script to try an address in the latest.
    """
    page = page.replace(HEAD, HEAD + f'\n<base href="{html.escape(home)}">'.encode(), 1)
    told = f' data-base="{html.escape(site)}"' if site else ""
    return page.replace(b"<html", f"<html{told}".encode(), 1)


class Site(http.server.SimpleHTTPRequestHandler):
    """Files with the types that browsers ask for; nothing is kept by the browser, nothing is logged."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | TYPES
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Ask for fresh files at every visit."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the book's own page where something is not there."""
        lost = Path(self.directory, "404.html")
        if code != 404 or not lost.is_file():
            super().send_error(code, message, explain)
        else:
            self._send(based(lost.read_bytes(), "/"), "text/html; charset=utf-8", code)

    def _send(self, body: bytes, kind: str, code: int = 200) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the build's lines are what to read."""


class LiveSite(Site):
    """The same, and pages reload after a build: by a file, since the site allows no inline script."""

    changes, builds = threading.Condition(), 0

    @classmethod
    def built(cls) -> None:
        """Tell the pages that are open."""
        with cls.changes:
            cls.builds += 1
            cls.changes.notify_all()

    def do_GET(self) -> None:
        """Answer with a file, or keep the line open until the next build."""
        path, _, shown = self.path.partition("?")
        if path == "/_reload.mjs":
            self._send(RELOAD, "text/javascript")
        elif path == f"/{WORKER}":
            self._send(FORGET, "text/javascript")
        elif path == f"/{FACTS}":
            self.send_error(404)
        elif path == "/_changes":
            self._wait_for_a_build(int(shown) if shown.isdigit() else self.builds)
        elif (page := self._page()) is not None:
            script = SCRIPT % self.builds  # before the file is read: a page is never younger than it says
            text = page.read_bytes().replace(b"</head>", script + b"</head>", 1)
            self._send(text, "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _page(self) -> Path | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if self.path.partition("?")[0].endswith("/") else path
        return path if path.suffix == ".html" and path.is_file() else None

    def _wait_for_a_build(self, shown: int) -> None:
        """Say so when another build than the one that the page shows is there, even if it came meanwhile."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while True:
                with self.changes:
                    later = self.changes.wait_for(lambda: type(self).builds != shown, timeout=15)
                self.wfile.write(b"data: built\n\n" if later else b": still here\n\n")
                self.wfile.flush()
                if later:
                    return
        except OSError:
            self.close_connection = True  # the page was closed


def server(folder: Path, port: int, handler: type[Site] = Site) -> http.server.ThreadingHTTPServer:
    """A server of a folder on this machine only; port 0 takes a free one."""
    try:
        made = http.server.ThreadingHTTPServer(
            ("127.0.0.1", port), functools.partial(handler, directory=str(folder))
        )
    except OSError:
        raise Stopped(f"port {port} is taken: try `make serve PORT={port + 1}`") from None
    made.daemon_threads = True
    return made


def serve(project: Project, port: int) -> None:
    """Build, serve, and build again whenever a source changes, until Ctrl-C."""
    builder = Builder(project)
    builder.build()
    if not (project.html / "index.html").exists():
        raise Stopped("there is no site to serve yet: mend what the build named, and try again")
    live = server(project.html, port, LiveSite)
    threading.Thread(target=live.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{live.server_address[1]}/"
    print(f"The site is at {address} · Ctrl-C ends", flush=True)
    if sys.stdout.isatty():
        webbrowser.open(address)
    seen = times(project)
    while True:
        time.sleep(0.3)
        if (now := times(project)) != seen:
            seen = now
            if builder.build():
                LiveSite.built()
            else:
                print("The last good site stays.", flush=True)


def times(project: Project) -> dict[Path, int]:
    """When each source was last written."""
    folders = (project.book, project.source)
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc"]
    files += [project.root / name for name in ("_config.yml", "_toc.yml", "pyproject.toml")]
    found = {}
    for path in files:
        try:
            found[path] = path.stat().st_mtime_ns if path.is_file() else 0
        except OSError:  # an editor's own file that came and went
            continue
    return found
