"""`at/<label>/`: an address for every label that no reorganisation of the book changes, without a script."""

import html
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_landscaping import citable
from sphinx_landscaping.keeping import made_before, put
from sphinx_landscaping.wording import digest

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<meta http-equiv="refresh" content="0; url={to}">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
</head>
<body>
<main><p><a href="{to}">{title}</a></p></main>
</body>
</html>
"""


def page(to: str, title: str, canonical: str, language: str = "en") -> bytes:
    """A page that does nothing but lead elsewhere, fragment and all."""
    words = {"to": to, "title": title, "canonical": canonical, "language": language}
    return PAGE.format(**{name: html.escape(word) for name, word in words.items()}).encode()


def publish(app: Sphinx, failed: Exception | None) -> None:
    """Write one page for every label, and drop those of labels that were never published."""
    if failed is not None or app.builder.format != "html":
        return
    folder, found = Path(app.outdir, "at"), citable.places(app)
    if made_before(app, "at", digest(f"{PAGE} {found} {app.config.html_baseurl}")):
        return
    for label, (where, title) in found.items():
        canonical = f"{app.config.html_baseurl}{where}"
        made = page(f"../../{where}", f"{title} – {app.config.project}", canonical, app.config.language)
        put(folder / label / "index.html", made)
    for lost in {path.name for path in folder.iterdir()} - found.keys() if folder.exists() else ():
        shutil.rmtree(folder / lost)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the pages."""
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
