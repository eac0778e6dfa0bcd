"""The experiment of *A latent map, and the price of its bound*: what it measures, tested where the answer is known."""

import pytest
import torch

from landscaping.charts import variational_autoencoders as charts
from landscaping.unsupervised import variational_autoencoders as chapter

SEEDS = (11, 12)


def test_every_seed_has_examples_of_its_own_and_a_seed_always_the_same():
    x, y = chapter.every_seeds(SEEDS, 5, "examples")
    assert not torch.equal(x[0], x[1])
    again = chapter.examples(5, SEEDS[1])
    assert torch.equal(x[1], again[0])
    assert torch.equal(y[1], again[1])


def test_more_examples_begin_with_the_fewer():
    few, many = (chapter.fit(SEEDS, n=n, steps=0).new for n in (4, 9))
    assert torch.equal(few, many)  # untrained networks and new examples depend on the seed alone


def test_an_error_of_one_is_that_of_the_best_constant():
    y = chapter.every_seeds(SEEDS, chapter.NEW, "new examples")[1]
    constant = (y - y.mean(1, keepdim=True)).square().mean(1) / y.var(1, correction=0)
    assert constant.flatten().tolist() == pytest.approx([1, 1])


def test_an_example_repeated_is_no_new_example():
    once, thrice = (chapter.fit(SEEDS, copies=copies, steps=20) for copies in (1, 3))
    torch.testing.assert_close(once.new, thrice.new, rtol=1e-3, atol=1e-3)


def test_the_chart_is_drawn_from_the_table():
    fits = {"few": chapter.fit(SEEDS, steps=20), "more": chapter.fit(SEEDS, n=30, steps=20)}
    table = chapter.table(fits)
    assert set(table) == {"arm", "step", "low", "median", "high"}
    assert sorted(table["step"].unique().tolist()) == [0, chapter.LOOK, 2 * chapter.LOOK]
    assert charts.errors(table).to_dict()["layer"]
