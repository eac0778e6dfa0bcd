"""Tables of the chapter on classification: what the charts draw."""

import pandas as pd
import torch
from torch import Tensor

from landscaping.spread import quartiles
from landscaping.supervised.classification import confident, costs, filters, pulls, readers, trust

SHOWN = ("one against the rest", "ten at once", "network", "in pairs", "straight SVM", "kernel SVM")
TEMPERATURES = [k / 4 for k in range(2, 25)]


def pull_by_sureness(told: pulls.Told) -> pd.DataFrame:
    """Slopes by tenths of sureness, over that of the least sure: columns arm, step, low, median, high."""
    groups = {loss: told.by_sureness(loss) for loss in pulls.LOSSES}
    return pd.concat(
        quartiles((g / g[:, :1]).T, range(1, pulls.GROUPS + 1)).assign(arm=loss) for loss, g in groups.items()
    )


def right_by_reader(read: readers.Read) -> pd.DataFrame:
    """Every seed's share of digits read right, in points: columns reader, seed, right."""
    return pd.concat(
        pd.DataFrame({"reader": name, "seed": range(len(read.truth)), "right": read.right(name)})
        for name in SHOWN
    )


def confusions(read: readers.Read) -> pd.DataFrame:
    """How often a digit was read as another, in all seeds: columns reader, digit, said, times."""
    rows = [
        {"reader": name, "digit": digit, "said": said, "times": int(times)}
        for name in ("ten at once", "network", "kernel SVM")
        for digit, row in enumerate(read.confused(name).tolist())
        for said, times in enumerate(row)
        if digit != said
    ]
    return pd.DataFrame(rows)


def right_by_amount(mails: dict[str, filters.Filtered]) -> pd.DataFrame:
    """Share right by messages learned from: columns mail, arm, step, low, median, high."""
    return pd.concat(
        quartiles(torch.stack([found.right(name, n) for n in filters.AMOUNTS]), filters.AMOUNTS).assign(
            arm=name, mail=mail
        )
        for mail, found in mails.items()
        for name in filters.FILTERS
    )


def loss_by_step(found: confident.Promises) -> pd.DataFrame:
    """Cross-entropy on new digits, as it is and after a temperature: columns arm, step, low, median, high."""
    return pd.concat(
        quartiles(found.loss(warmed), confident.MARKS).assign(arm=arm)
        for arm, warmed in (("as trained", False), ("with a temperature", True))
    )


def answers(digits: confident.Promises, mail: costs.Decided) -> dict[str, tuple[Tensor, Tensor]]:
    """Scores and labels of all seeds together, for three kinds of answers."""
    spam = mail.spam.long().expand(len(mail.odds), -1)
    return {
        "network, briefly trained": (digits.scores[0].flatten(0, 1), digits.truth.flatten()),
        "network, trained on": (digits.scores[-1].flatten(0, 1), digits.truth.flatten()),
        "naive Bayes": (trust.two_classes(mail.odds).flatten(0, 1), spam.flatten()),
    }


def promises(said: dict[str, tuple[Tensor, Tensor]]) -> pd.DataFrame:
    """Promised and kept, by bins and temperature: columns who, temperature, promised, kept, share."""
    return pd.concat(
        _bins(trust.binned(*trust.answers(scores / t, y))).assign(who=who, temperature=t)
        for who, (scores, y) in said.items()
        for t in TEMPERATURES
    )


def _bins(bins: trust.Bins) -> pd.DataFrame:
    table = pd.DataFrame({"promised": bins.promised, "kept": bins.kept, "share": bins.share})
    return table[table["share"] > 0].round(4)
