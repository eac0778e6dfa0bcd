"""What a cell uses of the library, found by reading alone."""

import sys
import textwrap

import pytest

from sphinx_landscaping import helpers
from sphinx_landscaping.find_source import find
from sphinx_landscaping.linked_code import linked


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package whose import would fail: it may only be read."""
    files = {
        "hilly/__init__.py": "raise RuntimeError('imported')\n",
        "hilly/land/__init__.py": """
            \"\"\"What land is.\"\"\"
            from .steep import climb
            from hilly.land import steep
            """,
        "hilly/land/steep.py": """
            \"\"\"Steep places.

            More of them.
            \"\"\"
            HEIGHT = 3
            def climb(far: int, *, slowly: bool = False) -> float:
                \"\"\"Climb `far` steps.\"\"\"
            class Hill:
                \"\"\"A hill.\"\"\"
                def __init__(self, height: float) -> None: ...
                def top(self): ...
            """,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(textwrap.dedent(text).lstrip())
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    assert "hilly.land" not in sys.modules


def test_a_helper_is_described_where_it_is_made(package, monkeypatch):
    (package / "hilly/__init__.py").write_text("")
    climb = helpers.helper("hilly.land.climb")
    assert (climb.dotted, climb.words) == ("hilly.land.steep.climb", "Climb `far` steps.")
    assert climb.signature == "(far: int, *, slowly: bool=False) -> float"
    assert helpers.helper("hilly.land.steep.Hill").signature == "(height: float)"
    assert helpers.about("hilly.land.steep") == "Steep places."


@pytest.mark.parametrize(
    "name", ["hilly.land.steep.HEIGHT", "hilly.land.steep", "hilly.land.none", "hilly.no.a"]
)
def test_a_value_a_module_and_an_unknown_name_are_no_helpers(package, name):
    assert helpers.helper(name) is None


def test_a_module_that_its_package_imports_by_name_is_no_endless_search(package):
    with pytest.raises(LookupError, match="is a module"):
        find("hilly.land.steep")


def test_imports_hold_from_their_cell_on_and_only_reads_count():
    cells = helpers.Cells("hilly")
    assert cells.uses("steep.climb(1)") == []
    code = "from hilly.land import steep as s\nfrom other import t\nö = s.climb(s.HEIGHT)\ns.x = t.a\n"
    names = [(code[use.start : use.end], use.dotted) for use in cells.uses(code)]
    assert names == [
        ("s", "hilly.land.steep"),
        ("climb", "hilly.land.steep.climb"),
        ("s", "hilly.land.steep"),
        ("HEIGHT", "hilly.land.steep.HEIGHT"),
        ("s", "hilly.land.steep"),
    ]
    assert [use.dotted for use in cells.uses("s.climb")][-1] == "hilly.land.steep.climb"
    assert cells.uses("%time s.climb") == []


def test_cells_are_read_with_their_options_taken_off():
    options = "---\nalt: x\n---\na = 1\n"
    page = (
        f"---\na: 1\n---\n\n```{{code-cell}} ipython3\n{options}```\n\n````{{code-cell}}\n:c:\n2\n```\n````\n"
    )
    assert helpers.cells_of(page) == ["a = 1\n", "2\n```\n"]


def test_a_link_stands_inside_the_names_own_element():
    cells = helpers.Cells("hilly")
    cells.uses("from hilly import climb")
    code = 'x = "<climb>", climb(climb=2)'
    markup = (
        '<span class="n">x</span> = <span class="s2">&quot;&lt;climb&gt;&quot;</span>, '
        '<span class="n">climb</span>(<span class="n">climb</span>=2)'
    )
    made = linked(markup, cells.uses(code), lambda name: f"#{name}")
    assert made == markup.replace(">climb</span>(", '><a href="#hilly.climb">climb</a></span>(')
    assert linked(markup, cells.uses(code), lambda _: "") == markup
