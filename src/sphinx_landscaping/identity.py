"""Who publishes this book, where, and which edition it is: one place, and the environment overrides it."""

import os
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the fast path of a build reads the identity without Sphinx
    from sphinx.application import Sphinx
    from sphinx.config import Config

KEYS = ("title", "subtitle", "author", "publisher", "language", "owner", "repository", "address")


@dataclass(frozen=True)
class Identity:
    """What `[tool.deep-landscaping]` says, after the environment, and what git says of this copy."""

    title: str
    subtitle: str
    author: str
    publisher: str
    language: str
    owner: str
    repository: str
    address: str  # of the site, with a closing slash
    commit: str = ""  # empty outside git
    tag: str = ""  # empty where this commit has none
    version: str = ""

    @property
    def edition(self) -> str:
        """The tag without its v; an untagged copy is the edition that will come, and says so."""
        return self.tag.removeprefix("v") or f"{self.version} (draft)"

    @property
    def edition_address(self) -> str:
        """Where this edition stands for ever; every canonical address and citation begins with it."""
        return f"{self.address}{self.version}/"

    @property
    def latest_address(self) -> str:
        """Where the newest edition stands, whichever that is."""
        return f"{self.address}latest/"

    @property
    def source(self) -> str:
        """The repository's address."""
        return f"https://github.com/{self.owner}/{self.repository}"

    @property
    def revision(self) -> str:
        """What links into the repository name: the tag, else the commit, else the main branch."""
        return self.tag or self.commit or "main"


def identity(root: Path, environ: Mapping[str, str] = os.environ) -> Identity:
    """The identity of the copy in `root`."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf8"))
    stated = settings.get("tool", {}).get("deep-landscaping", {})
    if missing := [key for key in KEYS if not stated.get(key)]:
        raise ValueError(
            f"pyproject.toml, [tool.deep-landscaping]: {', '.join(missing)} missing: state it there"
        )
    version = settings.get("project", {}).get("version", "")
    home = Identity(*(stated[key] for key in KEYS), version=version)
    return replace(
        _overridden(home, environ), commit=_git(root, "rev-parse", "HEAD"), tag=_tag(root, environ)
    )


def _overridden(home: Identity, environ: Mapping[str, str]) -> Identity:
    """Our own variables win over those of Actions; a fork's site stands at the fork's Pages address."""
    in_actions = environ.get("GITHUB_REPOSITORY", "").partition("/")
    owner = environ.get("LANDSCAPING_OWNER") or environ.get("GITHUB_REPOSITORY_OWNER") or in_actions[0]
    repository = environ.get("LANDSCAPING_REPOSITORY") or in_actions[2]
    owner, repository = owner or home.owner, repository or home.repository
    moved = (owner, repository) != (home.owner, home.repository)
    address = environ.get("LANDSCAPING_ADDRESS") or (_pages(owner, repository) if moved else home.address)
    return replace(home, owner=owner, repository=repository, address=address.rstrip("/") + "/")


def _pages(owner: str, repository: str) -> str:
    """Where GitHub Pages puts a repository's site."""
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if repository.lower() == host else f"https://{host}/{repository}/"


def _tag(root: Path, environ: Mapping[str, str]) -> str:
    if environ.get("GITHUB_REF_TYPE") == "tag":
        return environ.get("GITHUB_REF_NAME", "")
    return _git(root, "describe", "--tags", "--exact-match")


def uncommitted(root: Path) -> str:
    """The first file that differs from the commit, or nothing."""
    return next(iter(_git(root, "status", "--porcelain").splitlines()), "")[2:].strip()


def _git(root: Path, *words: str) -> str:
    try:
        said = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""


def setup(app: "Sphinx") -> dict[str, bool]:
    """Give every page the identity of this copy."""
    app.connect("config-inited", apply)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def apply(app: "Sphinx", config: "Config") -> None:
    """Set what Sphinx and the theme know of the book; `_config.yml` says the same for the home copy."""
    who = identity(Path(app.srcdir).parent)
    config.project, config.author, config.language = who.title, who.author, who.language
    config.copyright, config.html_title = f"{who.version.partition('.')[0]}, {who.author}", who.title
    config.version, config.release = who.version, who.edition
    config.html_baseurl = who.edition_address
    branch = {"repository_url": who.source, "repository_branch": who.revision}
    config.html_theme_options = {**config.html_theme_options, **_known(config, branch)}
    config.html_context = {**config.html_context, "identity": who}


def _known(config: "Config", options: dict[str, str]) -> dict[str, str]:
    """Theme options only where the theme has them: Sphinx warns of any other."""
    return options if config.html_theme == "sphinx_book_theme" else {}
