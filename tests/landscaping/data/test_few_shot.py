"""The few-shot chapter's data, losses and scores against slower and simpler truths."""

import math

import pytest
import torch

from landscaping.charts import few_shot as charts
from landscaping.data import few_shot
from landscaping.data.few_shot import counts, episodes, family, geometry, losses, networks, tables, trainings
from landscaping.datasets import things
from landscaping.ensemble import stack
from landscaping.randomness import stream

EXACT = (few_shot.STRAIGHT, few_shot.PLANE)
SEEDS = (11, 12)


@pytest.mark.parametrize("claim", EXACT, ids=lambda claim: claim.label)
def test_the_exact_claims_hold_and_fail_on_their_controls(claim):
    claim.check(claim.experiment(()))
    assert claim.control_fails(())


# ---- things


def test_a_thing_has_mean_zero_and_mean_square_one():
    knots = things.things(20, stream("test", 0))
    assert knots.mean(1).abs().max() < 1e-6
    assert knots.square().mean(1).tolist() == pytest.approx([1] * 20, abs=1e-5)


def test_an_example_is_its_curve_read_sample_by_sample():
    knots, drawn = things.things(1, stream("test", 1))[0], things.drawn((), stream("test", 2))
    made = drawn.of(knots)
    for i in range(things.LENGTH):
        place = (i - drawn.start.item()) / drawn.width.item() * 11
        left = min(max(math.floor(place), 0), 10)
        height = knots[left] + (place - left) * (knots[left + 1] - knots[left]) if 0 <= place <= 11 else 0.0
        wanted = height * drawn.scale + drawn.tilt * (i / 39 - 0.5) + drawn.noise[i]
        assert made[i].item() == pytest.approx(float(wanted), abs=1e-4)


@pytest.mark.slow
def test_a_curve_that_starts_one_sample_later_is_the_same_curve_one_sample_later():
    knots, drawn = things.things(1, stream("test", 3))[0].double(), things.drawn((), stream("test", 4))
    one, quiet = torch.ones(()).double(), torch.zeros(things.LENGTH).double()
    still = things.Drawing(3 * one, drawn.width.double(), one, 0 * one, quiet)
    later = still.standing(4 * one)
    still, later = (drawing.of(knots) for drawing in (still, later))
    torch.testing.assert_close(later[1:], still[:-1])


def test_new_things_are_never_among_those_to_learn_and_families_differ_by_seed():
    assert not torch.equal(family.knots(11), family.knots(12))
    learnt, new = family.knots(11).split([family.LEARNT, family.NEW])
    assert torch.cdist(learnt, new).min() > 0.1


def test_more_things_begin_with_the_fewer():
    few, many = (family.known(SEEDS, n) for n in (5, 5))
    assert torch.equal(few, many)
    assert not torch.equal(family.known(SEEDS, 5)[:, 0], family.to_learn(SEEDS, 5, family.EACH)[:, 0])


def test_where_only_the_place_tells_all_things_are_one_curve():
    """Centres of weight of the curves differ between things, far more than among examples of one."""
    curves = family.places(SEEDS)
    at = torch.arange(things.LENGTH)
    centre = (curves.square() * at).sum(-1) / curves.square().sum(-1)
    assert centre.mean(2).std(1).min() > 2 * centre.std(2).mean(1).max() / family.EACH**0.5


# ---- episodes


def test_squared_distances_are_those_of_the_definition():
    points, prototypes = torch.randn(3, 5, 4).double(), torch.randn(3, 2, 4).double()
    slow = (points[:, :, None] - prototypes[:, None]).square().sum(-1)
    torch.testing.assert_close(episodes.squared_distances(points, prototypes), slow)


def test_an_episode_has_different_things_and_different_examples():
    chosen, which = episodes.episodes(seed=3, count=9, each=12, ways=5, examples=11)
    assert all(len(set(row)) == 5 for row in chosen[..., 0].tolist())
    assert all(len(set(row)) == 11 for row in which.flatten(0, 1).tolist())


def test_the_score_is_that_of_one_query_after_the_other():
    embedded = family.new((11,))[:, :12, :16]
    fast, hits = episodes.right(embedded, (11,), ways=3, shots=2).item(), []
    for chosen, which in zip(*episodes.episodes(11, 12, 16, 3, 12), strict=True):
        rows = [embedded[0, c, w] for c, w in zip(chosen[:, 0], which, strict=True)]
        prototypes = [row[:2].mean(0) for row in rows]
        for way, row in enumerate(rows):
            far = [[(q - c).square().sum().item() for c in prototypes] for q in row[2:]]
            hits += [min(range(3), key=one.__getitem__) == way for one in far]
        if len(hits) >= 1500:
            break
    assert fast == pytest.approx(100 * sum(hits) / len(hits), abs=4)


def test_things_without_any_spread_are_always_named_right_and_noise_as_often_as_guessing():
    source = stream("test", 5)
    points = torch.randn(1, 9, 1, 4, generator=source).expand(1, 9, 20, 4)
    noise = torch.randn(1, 9, 20, 4, generator=source)
    assert episodes.right(points, (0,)).item() == 100
    assert episodes.right(noise, (0,)).item() == pytest.approx(20, abs=3)
    assert episodes.share_between(points).item() == pytest.approx(100)
    assert episodes.share_between(noise).item() < 15


def test_the_shares_between_and_within_add_up():
    z = torch.randn(2, 6, 9, 3).double() + torch.randn(2, 6, 1, 3).double()
    between = z.mean(2).var(1, correction=0).sum(1) / z.flatten(1, 2).var(1, correction=0).sum(1)
    torch.testing.assert_close(episodes.share_between(z), 100 * between)


# ---- losses and networks


def test_the_prototypical_loss_is_the_mean_surprise_of_the_queries():
    z = torch.randn(3, 4, 2).double()
    prototypes, surprises = z[:, :1].mean(1), []
    for way in range(3):
        for query in z[way, 1:]:
            chances = (-(query - prototypes).square().sum(1)).softmax(0)
            surprises.append(-chances[way].log())
    torch.testing.assert_close(losses.prototypical(z, shots=1), torch.stack(surprises).mean())


def test_the_neighbours_loss_is_the_mean_surprise_at_a_fellow():
    z, of = torch.randn(6, 2).double(), torch.tensor([0, 0, 0, 1, 1, 2])
    surprises = []
    for i in range(5):  # the last is alone
        others = [j for j in range(6) if j != i]
        chances = (-(z[i] - z[others]).square().sum(1)).softmax(0)
        surprises.append(-chances[of[others] == of[i]].sum().log())
    torch.testing.assert_close(losses.neighbours(z, of), torch.stack(surprises).mean())


def test_a_batch_in_which_nobody_has_a_fellow_has_no_loss():
    assert losses.neighbours(torch.randn(4, 2), torch.arange(4)) == 0


def test_the_embedding_made_by_hand_does_not_see_a_curve_slide_in_a_ring():
    curves = family.new((11,))[0, 0]
    for by in (1, 17):
        torch.testing.assert_close(
            networks.without_place(curves.roll(by, -1)), networks.without_place(curves), atol=1e-4, rtol=1e-4
        )


def test_the_body_of_a_classifier_is_what_its_head_reads():
    nets = stack(lambda: networks.Classifier(4), SEEDS)
    curves = family.new(SEEDS)[:, :2, :3]
    head = [nets.params[f"head.{name}"] for name in ("weight", "bias")]
    z = networks.embed(networks.body(nets), curves).relu()
    logits = torch.einsum("stef,scf->stec", z, head[0]) + head[1][:, None, None]
    torch.testing.assert_close(networks.embed(nets, curves), logits, atol=1e-5, rtol=1e-5)


def test_a_cosine_classifier_sees_no_lengths():
    net = networks.CosineClassifier(3)
    x = family.new((11,))[0, 0, :4]
    before = net(x)
    with torch.no_grad():
        net.directions *= 7
    torch.testing.assert_close(net(x), before)
    assert before.abs().max() <= networks.SHARPNESS


# ---- geometry


def test_three_prototypes_lie_in_their_plane_and_distances_there_are_the_true_ones():
    _, prototypes = geometry.spots(3)
    flat = geometry.seen_in_plane(prototypes, prototypes)
    torch.testing.assert_close(torch.cdist(flat, flat), torch.cdist(prototypes, prototypes))
    assert (flat[0] >= 0).all()


def test_the_plane_of_more_prototypes_leaves_them_least():
    """No plane through their mean keeps more of their spread: it is that of the principal directions."""
    _, prototypes = geometry.spots(5)
    middle, axes = geometry.plane(prototypes)
    kept = ((prototypes - middle) @ axes.T).square().sum()
    values = torch.linalg.eigvalsh((prototypes - middle).T @ (prototypes - middle))
    torch.testing.assert_close(kept, values[-2:].sum())


# ---- training, a little


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(trainings, "STEPS", 3)
    caches = (trainings.embeddings, trainings.arms, trainings.cosines, trainings.by_prototypes, counts.many)
    for cached in (*caches, counts.more_of_the_same):
        cached.cache_clear()
    yield
    for cached in (*caches, counts.more_of_the_same):
        cached.cache_clear()


@pytest.mark.slow
def test_every_arm_learns_and_every_table_has_its_chart(short):
    found, many = few_shot.arms(SEEDS), few_shot.many(SEEDS, (5, 10))
    assert set(found.new) == set(found.places) == set(trainings.ARMS)
    assert all(v.shape == (2,) and 0 <= v.min() <= v.max() <= 100 for v in found.new.values())
    by_arm, by_count = few_shot.by_arm(found), few_shot.by_count(many)
    assert len(by_arm) == 2 * (len(trainings.TOLD) + len(trainings.TRAINED))
    assert set(by_count) == {"arm", "step", "low", "median", "high"}
    names = ("prototypes", "neighbours", "made by hand", "raw samples")
    assert charts.embeddings(by_arm).to_dict()["layer"]
    assert charts.things(by_count).to_dict()["layer"]
    assert charts.two_tests(few_shot.by_test(found, names)).to_dict()["layer"]


@pytest.mark.slow
def test_shots_and_ways_are_all_in_the_table(short, monkeypatch):
    monkeypatch.setattr(tables, "SEEN_WAYS", (2, 5))
    monkeypatch.setattr(tables, "SEEN_SHOTS", (1, 3))
    names = ("prototypes", "neighbours", "made by hand", "raw samples")
    table = few_shot.by_shots(SEEDS, names)
    assert len(table) == 4 * 2 * 2
    assert charts.shots(table, ways=5).to_dict()["params"]


@pytest.mark.slow
def test_controls_stand_in_the_place_that_the_measure_reads(short):
    found = few_shot.arms(SEEDS)
    assert torch.equal(found.swapped("neighbours", "untrained").new["neighbours"], found.new["untrained"])
    assert found.with_usual_places().places is found.new
    few, turned = few_shot.few_and_many(SEEDS), counts.many_as_if_few(SEEDS)
    assert torch.equal(turned.known[0], few.known[1])


def test_few_and_many_are_as_many_examples():
    assert {count * (counts.EXAMPLES // count) for count in counts.COUNTS} == {counts.EXAMPLES}
