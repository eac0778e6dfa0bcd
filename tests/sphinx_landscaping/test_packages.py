"""Which installed packages count among a chapter's inputs, and that no chapter can import another."""

import sys

import pytest

from small_book import fresh
from sphinx_landscaping import packages


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A book that needs `stone`, and a folder of installed packages."""
    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    root = fresh(tmp_path / "book").root
    declare(root, '"stone[wet]>=1"')
    install(
        folder, "stone", "1.0", "sand", "water; extra == 'wet'", "fire; extra == 'dry'", "ice; os_name == 'x'"
    )
    for name in ("sand", "water", "fire", "ice", "hammer"):
        install(folder, name, "1.0")
    return root


def declare(root, *lines):
    path = root / "pyproject.toml"
    text = path.read_text().replace("[project]\n", f"[project]\ndependencies = [{', '.join(lines)}]\n")
    path.write_text(text)


def install(folder, name, version, *needs, code=""):
    """A package as pip leaves it: one module, and what is known of it."""
    for old in folder.glob(f"{name}-*.dist-info"):
        old.rename(folder / f"{name}-{version}.dist-info")
    known = folder / f"{name}-{version}.dist-info"
    known.mkdir(exist_ok=True)
    head = [
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}",
        *(f"Requires-Dist: {each}" for each in needs),
    ]
    (known / "METADATA").write_text("\n".join(head) + "\n")
    (known / "RECORD").write_text(f"{name}.py,,\n{known.name}/METADATA,,\n")
    (folder / f"{name}.py").write_text(code)


def looked_at_again(of, root):
    packages.look_again()
    return of(root)


def test_what_is_declared_counts_with_its_extras_and_all_that_it_needs(root):
    found = set(looked_at_again(packages.reachable, root))
    assert {"stone", "sand", "water"} <= found
    assert {"ipykernel", "traitlets", "nbclient", "nbformat"} <= found  # what runs the cells
    assert not {"fire", "ice", "hammer", "pytest"} & found


@pytest.mark.parametrize(
    ("name", "version", "same"),
    [("sand", "1.1", False), ("water", "1.1", False), ("fire", "1.1", True), ("hammer", "2.0", True)],
)
def test_versions_change_with_what_can_be_reached_and_with_nothing_else(root, tmp_path, name, version, same):
    before = looked_at_again(packages.versions, root)
    install(tmp_path / "installed", name, version)
    assert (looked_at_again(packages.versions, root) == before) is same


def test_what_a_new_package_needs_counts_too(root, tmp_path):
    before = looked_at_again(packages.versions, root)
    install(tmp_path / "installed", "sand", "1.0", "hammer")
    assert looked_at_again(packages.versions, root) != before


@pytest.mark.slow
def test_all_other_packages_and_the_tools_are_hidden(root):
    found = set(looked_at_again(packages.hidden, root))
    assert {"fire", "ice", "hammer", "pytest", "hypothesis", "sphinx", "sphinx_landscaping"} <= found
    assert not {"stone", "sand", "water", "ipykernel", "zmq", *sys.stdlib_module_names} & found


@pytest.mark.slow
@pytest.mark.parametrize("warm", ["1", "0"])
def test_a_chapter_cannot_import_what_is_not_declared(book, warm):
    path = book.root / "book" / "hills" / "flat.md"
    fence = "\n```{code-cell} ipython3\n%s\n```\n"
    asks = "import importlib.util\nprint('there', importlib.util.find_spec('pytest'))"
    path.write_text(path.read_text() + fence % asks)
    book.edit("book/hills/steep.md", "about height", "about great height")
    book.edit("src/small/rivers/lengths.json", "8", "9")  # two chapters, so that kernels are forked
    assert book.build(LANDSCAPING_WARM=warm).returncode == 0
    assert set(book.ran()) == {"hills/flat", "rivers/long"}
    assert "there None" in book.page("hills/flat")
    path.write_text(path.read_text() + fence % "import pytest")
    done = book.build(LANDSCAPING_WARM=warm)
    assert done.returncode == 1
    assert "hills/flat, cell 3: ModuleNotFoundError: No module named 'pytest'" in done.stderr
    assert (
        "pytest is installed, but a chapter sees only what pyproject.toml lists in `dependencies`"
        in done.stderr
    )


@pytest.mark.slow
def test_a_package_installed_for_the_tests_runs_no_chapter_and_a_declared_one_does(book, tmp_path):
    folder = tmp_path / "installed"
    folder.mkdir()
    paths = f"{book.tools}:{folder}"
    install(folder, "hammer", "1.0")
    assert book.build(PYTHONPATH=paths).returncode == 0
    assert book.ran() == {}
    declare(book.root, '"hammer"')
    assert book.build(PYTHONPATH=paths).returncode == 0
    assert set(book.ran().values()) == {"locked versions changed"}
    assert len(book.ran()) == 3
    install(folder, "hammer", "1.1")
    book.edit("book/hills/steep.md", "about height", "about great height")
    assert book.build(PYTHONPATH=paths).returncode == 0
    assert len(book.ran()) == 3
