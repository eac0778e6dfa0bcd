"""Tables of the chapter on losses: what the charts draw."""

import pandas as pd
import torch

from landscaping.spread import quartiles
from landscaping.supervised.losses import errors, lines, outliers, saturation
from landscaping.supervised.losses import uncertainty as unsure


def losses_and_tweaks(reach: float = 6.0, points: int = 96) -> pd.DataFrame:
    """Each loss of an error and the size of its slope, around zero: columns loss, error, cost, tweak."""
    at = torch.linspace(-reach, reach, points, dtype=torch.float64)
    rows = []
    for name, loss in errors.LOSSES.items():
        cost = [loss(e, torch.zeros_like(e)).item() for e in at]
        slope = saturation.tweak(lambda e, loss=loss: loss(e, torch.zeros_like(e)), at)
        rows.append(pd.DataFrame({"loss": name, "error": at, "cost": cost, "tweak": slope}))
    return pd.concat(rows)


def tweaks_of_sigmoid(points: int = 99) -> pd.DataFrame:
    """The slope before the sigmoid at each error of its answer: columns loss, error, tweak."""
    error = torch.linspace(0.005, 0.995, points, dtype=torch.float64)
    return pd.concat(
        pd.DataFrame({"loss": name, "error": error, "tweak": saturation.tweak_of_sigmoid(loss, error)})
        for name, loss in saturation.LOSSES.items()
    )


def over_own(fits: lines.Fits) -> pd.DataFrame:
    """Every seed's error relative to that of the noise's own loss: columns noise, loss, seed, times."""
    rows = [
        {"noise": noise, "loss": loss, "seed": seed, "times": value}
        for noise in errors.OWN
        for loss, ratio in fits.over_own(noise).items()
        for seed, value in enumerate(ratio.tolist())
    ]
    return pd.DataFrame(rows)


def drawn_waves(found: outliers.Waves, seed: int = 0) -> pd.DataFrame:
    """What one seed's networks drew: columns share, arm, x, y; the truth among the arms."""
    x = outliers.WHERE.squeeze(1)
    true = {share: outliers.wave(x) for share in outliers.SHARES}
    arms = {(share, "truth"): y for share, y in true.items()}
    arms |= {key: drawn[seed] for key, drawn in found.drawn.items()}
    return pd.concat(
        pd.DataFrame({"share": share, "arm": arm, "x": x, "y": y}) for (share, arm), y in arms.items()
    )


def wave_examples(found: outliers.Waves, seed: int = 0) -> pd.DataFrame:
    """The examples that one seed's networks saw: columns share, x, y."""
    return pd.concat(
        pd.DataFrame({"share": share, "x": x[seed], "y": y[seed]}) for share, (x, y) in found.examples.items()
    )


def distance_by_share(found: outliers.Waves) -> pd.DataFrame:
    """Distance from the truth against the share of wrong targets: columns arm, step, low, median, high."""
    return pd.concat(
        quartiles(
            torch.stack([found.error(loss, share) for share in outliers.SHARES]), outliers.SHARES
        ).assign(arm=loss)
        for loss in errors.LOSSES
    )


def accuracy_by_birth(found: saturation.Sure) -> pd.DataFrame:
    """Accuracy against log-odds at birth, at the better rate: columns arm, step, low, median, high."""
    return pd.concat(
        quartiles(torch.stack([found.best(loss, born) for born in saturation.SURE]), saturation.SURE).assign(
            arm=loss
        )
        for loss in saturation.LOSSES
    )


def intervals(runs: dict[int, unsure.Asked], seed: int = 0) -> pd.DataFrame:
    """One seed's interval for each count and mark, and the true one: columns examples, steps, arm, x,
    middle, low, high.
    """
    x = unsure.WHERE.squeeze(1)
    reach = unsure.REACH
    rows = []
    for count, asked in runs.items():
        for mark, answer in zip(unsure.MARKS, asked.answer[:, seed], strict=True):
            mean, spread = answer[:, 0], (answer[:, 1] / 2).exp()
            arms = {"network": (mean, spread), "truth": (unsure.wave(x), unsure.spread(x))}
            rows += [
                pd.DataFrame(
                    {
                        "examples": count,
                        "steps": mark,
                        "arm": arm,
                        "x": x,
                        "middle": m,
                        "low": m - reach * s,
                        "high": m + reach * s,
                    }
                )
                for arm, (m, s) in arms.items()
            ]
    return pd.concat(rows)


def seen(counts: tuple[int, ...], seed: int = 0, at_most: int = 150) -> pd.DataFrame:
    """What one seed's networks saw, the first of many: columns examples, x, y."""
    pieces = []
    for count in counts:
        x, y = (values[:at_most].squeeze(1) for values in unsure.examples(count, seed))
        pieces.append(pd.DataFrame({"examples": count, "x": x, "y": y}))
    return pd.concat(pieces)


def coverage_by_step(runs: dict[int, unsure.Asked]) -> pd.DataFrame:
    """Share of new examples within the interval: columns arm (the examples), step, low, median, high."""
    return pd.concat(
        quartiles(asked.coverage(), unsure.MARKS).assign(arm=f"{count} examples")
        for count, asked in runs.items()
    )
