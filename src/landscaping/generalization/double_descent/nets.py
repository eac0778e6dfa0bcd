"""Networks of growing width, trained to the end on noisy labels; both layers move."""

from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional

from landscaping.ensemble import Adam, Ensemble, cosine, stack, train
from landscaping.generalization.double_descent.features import CLASSES, images, redrawn
from landscaping.generalization.double_descent.widths import noisy
from landscaping.models.shallow import Shallow

WIDTHS = (3, 5, 6, 8, 12, 16, 24, 60, 200)
# Two widths each, so that one seed's luck at one width weighs less.
NARROW, THRESHOLD, WIDE = (5, 6), (12, 16), (60, 200)
EXAMPLES, BATCH, RATE, STEPS, STOP = 400, 100, 0.01, 800, 80
COOLING = torch.logspace(-2, 0.5, 40)  # what logits may be multiplied by


@dataclass(frozen=True)
class Trained:
    """Scores of the networks by width, `(width, seed)` each."""

    cross_entropy: Float[Tensor, "width seed"]  # test, nats
    tempered: Float[Tensor, "width seed"]  # the same after dividing each network's logits by its best number
    wrong: Float[Tensor, "width seed"]  # share of test examples
    unlearnt: Float[Tensor, "width seed"]  # share of training labels, the noisy ones, not yet reproduced

    def around(self, name: str, widths: tuple[int, ...]) -> Float[Tensor, "seed"]:
        """The mean of a score over some widths."""
        return getattr(self, name)[[WIDTHS.index(width) for width in widths]].mean(0)


def trained(seeds: tuple[int, ...]) -> Trained:
    """Trained to the end."""
    return runs(seeds)[1]


def stopped(seeds: tuple[int, ...]) -> Trained:
    """The same networks, looked at after a tenth of the steps."""
    return runs(seeds)[0]


def widest(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """Test cross-entropy at the end over that after a tenth of the steps, in the widest networks."""
    early, late = runs(seeds)
    return (late.cross_entropy / early.cross_entropy)[-1]


def widest_on_true_labels(seeds: tuple[int, ...]) -> Float[Tensor, "seed"]:
    """The control: the same networks, the same images, no label drawn anew."""
    early, late = one_width(WIDTHS[-1], seeds, *examples(seeds, noise=False))[:, 0]
    return late / early


def untempered(seeds: tuple[int, ...]) -> Trained:
    """The control for temperature: divided by one."""
    ended = trained(seeds)
    return Trained(ended.cross_entropy, ended.cross_entropy, ended.wrong, ended.unlearnt)


def features_instead(seeds: tuple[int, ...]) -> Trained:
    """The control for 0/1 error: the errors of random features, narrow, at their threshold, and wide."""
    fitted = noisy(seeds)
    like = {**dict.fromkeys(NARROW, 80), **dict.fromkeys(THRESHOLD, 200)}
    wrong = torch.stack([fitted.at("wrong", like.get(width, 2000)) for width in WIDTHS])
    return Trained(wrong, wrong, wrong, wrong)


@lru_cache(maxsize=8)
def runs(seeds: tuple[int, ...]) -> tuple[Trained, Trained]:
    """Each width trained once: looked at early, and at the end."""
    x, y, test_x, test_y = examples(seeds)
    looks = [one_width(width, seeds, x, y, test_x, test_y) for width in WIDTHS]
    early, late = (torch.stack([look[k] for look in looks], 1) for k in (0, 1))
    return Trained(*early), Trained(*late)


def examples(seeds: tuple[int, ...], noise: bool = True) -> tuple[Tensor, ...]:
    """Each seed's images with noisy labels, unless asked otherwise, and its test images with true ones."""
    tasks = [images(seed, EXAMPLES) for seed in seeds]
    pairs = zip(tasks, seeds, strict=True)
    labels = [redrawn(task.y, seed) if noise else task.y for task, seed in pairs]
    pick = lambda name: torch.stack([getattr(task, name) for task in tasks])  # noqa: E731
    return pick("x").float(), torch.stack(labels), pick("test_x").float(), pick("test_y")


def one_width(width: int, seeds, x, y, test_x, test_y) -> Float[Tensor, "look score seed"]:
    """Train one network a seed, and score it at `STOP` and at the end."""
    nets = stack(lambda: Shallow(width, x.shape[-1], CLASSES), seeds)
    rule = Adam(cosine(RATE, STEPS))
    looks = []
    descent = train(nets, functional.cross_entropy, x, y, rule, batch=BATCH, steps=STEPS, per_seed=True)
    for step, _ in enumerate(descent):
        if step == STOP:
            looks.append(scored(nets, x, y, test_x, test_y))
    return torch.stack([*looks, scored(nets, x, y, test_x, test_y)])


@torch.no_grad()
def scored(nets: Ensemble, x, y, test_x, test_y) -> Float[Tensor, "score seed"]:
    """The scores in the order of `Trained`."""
    answers, learnt = nets(test_x, per_seed=True), nets(x, per_seed=True)
    tempered = torch.stack([surprise(answers * factor, test_y) for factor in COOLING]).amin(0)
    return torch.stack([surprise(answers, test_y), tempered, wrong(answers, test_y), wrong(learnt, y)])


def surprise(logits: Float[Tensor, "seed n class"], labels: Int[Tensor, "seed n"]) -> Float[Tensor, "seed"]:
    """Cross-entropy of each seed's own labels, in nats."""
    return torch.stack([functional.cross_entropy(*pair) for pair in zip(logits, labels, strict=True)])


def wrong(logits: Float[Tensor, "seed n class"], labels: Int[Tensor, "seed n"]) -> Float[Tensor, "seed"]:
    """Share of examples whose largest logit is another class's."""
    return (logits.argmax(-1) != labels).float().mean(-1)
