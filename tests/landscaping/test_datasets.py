import numpy as np
import pytest
import torch
from mnist1d.data import get_dataset_args, make_dataset
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from landscaping.datasets import diabetes, digits, mnist1d, toys

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def canonical():
    return mnist1d.canonical()


def test_the_canonical_set_is_the_packages_own(canonical):
    made = make_dataset(get_dataset_args())
    train, test = canonical
    assert np.array_equal(train.x.numpy(), made["x"].astype(np.float32))
    assert np.array_equal(test.y.numpy(), made["y_test"])
    assert (train.x.shape, test.x.shape) == ((4000, 40), (1000, 40))


def test_the_canonical_set_leaves_the_global_stream_alone():
    np.random.seed(1)
    expected = np.random.rand(3)
    np.random.seed(1)
    mnist1d.canonical.__wrapped__()
    assert np.array_equal(np.random.rand(3), expected)


def test_our_generator_draws_from_the_canonical_distribution(canonical):
    train, _ = canonical
    ours = mnist1d.generate(20_000, seed=1)
    assert abs(ours.x.mean()) < 0.02
    assert abs(ours.x.std() - 1) < 0.02
    for digit in range(10):
        theirs, mine = train.x[train.y == digit], ours.x[ours.y == digit]
        assert (theirs.mean(0) - mine.mean(0)).abs().max() < 0.25
        assert (theirs.std(0) / mine.std(0) - 1).abs().max() < 0.25
    covariances = [torch.cov(x.T) for x in (train.x, ours.x)]
    assert (covariances[0] - covariances[1]).abs().max() < 0.12


def test_a_classifier_cannot_tell_ours_from_theirs_and_learns_as_much_from_either(canonical):
    train, test = canonical
    ours = mnist1d.generate(4000, seed=2)
    scores = {
        name: [
            LogisticRegression(max_iter=300).fit(data.x, data.y).score(test.x, test.y),
            KNeighborsClassifier(1).fit(data.x, data.y).score(test.x, test.y),
        ]
        for name, data in (("theirs", train), ("ours", ours))
    }
    assert np.abs(np.subtract(scores["theirs"], scores["ours"])).max() < 0.04
    both = torch.cat([train.x, ours.x])
    whose = torch.cat([torch.zeros(4000), torch.ones(4000)])
    half = torch.arange(8000) % 2 == 0
    told = KNeighborsClassifier(15).fit(both[half], whose[half]).score(both[~half], whose[~half])
    assert 0.45 < told < 0.55


def test_a_wrong_setting_would_be_noticed(canonical, monkeypatch):
    settings = get_dataset_args()
    settings.shear_scale = 2.5
    monkeypatch.setattr(mnist1d, "get_dataset_args", lambda: settings)
    mnist1d.scale.cache_clear()
    sheared = mnist1d.generate(4000, seed=3)
    mnist1d.scale.cache_clear()
    covariances = [torch.cov(x.T) for x in (canonical[0].x, sheared.x)]
    assert (covariances[0] - covariances[1]).abs().max() > 0.24


def test_a_seed_decides_the_examples():
    first, again, other = (mnist1d.generate(50, seed) for seed in (4, 4, 5))
    assert torch.equal(first.x, again.x)
    assert not torch.equal(first.x, other.x)


def test_shuffling_moves_every_example_the_same_way():
    some = mnist1d.generate(20, seed=0)
    moved = mnist1d.shuffled(some, seed=1)
    order = [int((some.x == moved.x[:, [i]]).all(0).nonzero()) for i in range(40)]
    assert sorted(order) == list(range(40))
    assert order != list(range(40))


@pytest.mark.parametrize(("source", "n", "columns"), [(digits, 1797, 64), (diabetes, 442, 10)])
def test_a_split_keeps_every_example_once(source, n, columns):
    train, test = source.split(100, seed=0)
    assert train.x.shape == (100, columns)
    assert len(train.y) + len(test.y) == n
    together = torch.cat([train.x, test.x]).sum(0)
    assert torch.allclose(together, source.everything().x.sum(0), atol=1e-3)
    with pytest.raises(ValueError, match=f"n_train={n}"):
        source.split(n, seed=0)


def test_diabetes_is_standardized():
    patients = diabetes.everything()
    assert torch.allclose(patients.x.mean(0), torch.zeros(10).double(), atol=1e-9)
    assert torch.allclose(patients.y.std(correction=0), torch.ones(()).double())


def test_toys_know_their_answer():
    x, y = toys.pairs_to_add(100, 3.0, seed=0)
    assert torch.equal(y[:, 0], x[:, 0] + x[:, 1])
    assert x.abs().max() <= 3
    x, y = toys.linear_examples(50, torch.tensor([1.0, -2.0]), 0.0, seed=0)
    assert torch.allclose(y, x[:, 0] - 2 * x[:, 1])
