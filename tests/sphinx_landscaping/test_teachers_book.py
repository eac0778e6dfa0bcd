"""A labelled book with plans, changes and errata: what its pages say, and what stops its build."""

import re

import pytest

from labelled_book import labelled

pytestmark = pytest.mark.slow
PLAN = """\
- {title: "Hills", udl: [6], read: [ch-hills], show: []}
- {title: "Rest", udl: [19], read: [], show: []}"""
ERRATA = '- {label: sec-hills-steep, found: "2026.1", mended: "not yet", wrong: "It said twice."}'
PAGE = """
(ch-course)=
# A course

```{{choosing}}
```

```{{plan}} short
{plan}
```

```{{udl-gaps}}
```

```{{changes}}
```

```{{errata}}
{errata}
```
"""
MINUTES = "---\nminutes: {read: 10, run: 1, exercises: 6}\nudl: []\n---\n"


def with_course(to, plan=PLAN, errata=ERRATA):
    """The labelled book with a page for teachers, and a chapter that states its minutes."""
    book = labelled(to)
    toc = book.root / "_toc.yml"
    toc.write_text(toc.read_text("utf8") + "  - caption: Reference\n    chapters:\n      - file: course\n")
    (book.root / "book" / "course.md").write_text(PAGE.format(plan=plan, errata=errata), encoding="utf8")
    hills = book.root / "book" / "models" / "hills.md"
    hills.write_text(MINUTES + hills.read_text("utf8"), encoding="utf8")
    return book


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> tuple:
    """The book, built, and its page for teachers."""
    book = with_course(tmp_path_factory.mktemp("course") / "book")
    done = book.build()
    assert done.returncode == 0, done.stderr
    text = (book.root / "_build" / "html" / "course.html").read_text("utf8")
    return book, " ".join(text.split())


def test_the_table_has_what_can_be_chosen_with_minutes(course):
    labels = re.findall(r'data-label="([^"]+)"', course[1])
    assert labels == [
        "ch-hills",
        "sec-hills-steep",
        "sec-hills-flat",
        "sec-hills-flat-top",
        "ex-hills-1",
        "ch-rivers",
        "sec-rivers-mouth",
    ]
    row = re.search(r'<tr[^>]* data-label="ex-hills-1".*?</tr>', course[1])[0]
    assert 'data-in="sec-hills-flat-top"' in row
    assert '<td data-is="Minutes">6</td>' in row


def test_a_plan_adds_its_minutes_up_and_says_where_udl_stands_alone(course):
    assert "In all 16 minutes." in course[1]
    assert 'data-pick="ch-hills"' in course[1]
    assert "19 Reinforcement learning (UDL alone: nothing here yet)" in course[1]
    assert "Of UDL's 21 chapters, 21 have nothing here." in course[1].replace("’", "'")


def test_before_an_edition_it_says_so_and_an_error_has_its_row(course):
    assert "No edition is published yet. Edition 2026.1 is being prepared" in course[1]
    assert 'href="models/hills.html#sec-hills-steep"><span>1.1 Steep</span></a>' in course[1]
    assert "It said twice." in course[1]
    assert "issues/new?title=Mistake%20in%20" in course[1]


def test_a_paragraph_elsewhere_does_not_write_the_page_again(course):
    book = course[0]
    page = book.root / "_build" / "html" / "course.html"
    before = page.stat().st_mtime_ns
    book.edit("book/models/rivers.md", "It is wide", "It is broad")
    assert book.build().returncode == 0
    assert page.stat().st_mtime_ns == before


def test_what_is_wrong_in_a_plan_or_in_the_errata_stops_the_build_with_its_place(tmp_path):
    plan = '- {title: "Hills", udl: [33], read: [sec-hills-steeep], show: [ch-hills]}\n'
    plan += '- {title: "x", minutes: 9}'
    errata = '- {label: sec-hills-steep, found: "1999.1", mended: "not yet", wrong: "It said twice."}'
    done = with_course(tmp_path / "book", plan, errata).build()
    said = " ".join(done.stderr.split())
    assert done.returncode == 1
    for words in ("plan short: row 1: UDL has no chapter 33: write 1 to 21",
                  "plan short: row 1: the book has no label 'sec-hills-steeep': write sec-hills-steep",
                  "plan short: row 1: `show` names ch-hills, a chapter: write a figure",
                  "plan short: row 2: has title, minutes; wanted exactly title, udl, read, show",
                  "errata: entry 1: `found` is '1999.1'; wanted an edition of this book in quotes",
                  "course.md:"):  # fmt: skip
        assert words in said, said
