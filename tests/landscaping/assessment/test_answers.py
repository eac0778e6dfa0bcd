"""What students type is read as meant, or refused with what came, what was wanted and what to do."""

import re

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from landscaping.assessment import answers
from landscaping.assessment.chance import Chance, name_of


@pytest.mark.parametrize(
    ("typed", "count", "read"),
    [
        ("0.25", 1, (0.25,)),
        (" 1/4 ", 1, (0.25,)),
        ("0,25", 1, (0.25,)),
        ("−2.5e-1", 1, (-0.25,)),
        (3, 1, (3.0,)),
        ([3], 1, (3.0,)),
        ("1 2;3,4", 4, (1, 2, 3, 4)),
        ("[1, -2, 1/2]", 3, (1, -2, 0.5)),
        ([[1, 2], (3, 4)], 4, (1, 2, 3, 4)),
        (torch.tensor([[1.0, 2.0]]), 2, (1, 2)),
        (torch.tensor(2.0), 1, (2,)),
        (np.array([1, 2]), 2, (1, 2)),
    ],
)
def test_an_answer_is_read_as_meant(typed, count, read):
    assert answers.read(typed, count) == read


@pytest.mark.parametrize(
    ("typed", "count", "said"),
    [
        ("", 1, "0 numbers: wanted one number"),
        ("1 2", 3, "2 numbers: wanted 3 numbers, separated by spaces"),
        ("many", 1, "'many' is no number: write it like"),
        ("1/0", 1, "'1/0' is no number"),
        ("nan", 1, "no finite number"),
        ("1e999", 1, "no finite number"),
        (None, 1, "'None' is no number"),
        ("9" * 5000, 1, "5000 signs"),
        ("x" * 100, 1, "…"),
    ],
)
def test_what_cannot_be_read_is_named(typed, count, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        answers.read(typed, count)


@given(st.one_of(st.text(), st.lists(st.one_of(st.floats(), st.text())), st.none()), st.integers(1, 4))
def test_nothing_typed_makes_the_checker_fall(typed, count):
    try:
        said, read = "", answers.read(typed, count)
    except ValueError as refused:
        said, read = str(refused), ()
    assert len(read) == count or 0 < len(said) < 300


@pytest.mark.parametrize("typed", ["S0042 ", "s0042", " S0042"])
def test_spaces_and_capitals_do_not_matter(typed):
    assert name_of(typed) == "s0042"


def test_leading_zeros_that_tables_lose_do_not_matter():
    assert name_of("0042") == name_of(42) == name_of(" 42 ") == "42"


@pytest.mark.parametrize("student", ["", "  ", "x" * 101])
def test_a_student_without_a_number_is_refused(student):
    with pytest.raises(ValueError, match="write a number"):
        name_of(student)


def test_draws_follow_from_their_words_alone_on_every_machine():
    assert [Chance("ripple", 7, 0).whole(1, 1000) for _ in range(2)] == [DRAWN, DRAWN]
    assert Chance("ripple", 7, 1).whole(1, 1000) != DRAWN


DRAWN = 465  # a change here gives every student of an edition other numbers


@given(st.integers(-50, 50), st.integers(0, 50), st.integers())
def test_a_whole_number_stays_in_its_range(low, more, seed):
    assert low <= Chance(seed).whole(low, low + more) <= low + more
