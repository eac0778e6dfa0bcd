"""Progression of diabetes in 442 patients from ten measurements: scikit-learn's copy."""

from dataclasses import dataclass
from functools import cache

import torch
from jaxtyping import Float
from sklearn.datasets import load_diabetes
from torch import Tensor

from landscaping.datasets.splitting import split_rows


@dataclass(frozen=True)
class Patients:
    """Ten standardized measurements, `(n, 10)`, and the standardized progression after a year, `(n,)`."""

    x: Float[Tensor, "n 10"]
    y: Float[Tensor, "n"]


@cache
def everything() -> Patients:
    """All 442 patients; every column has mean zero and standard deviation one over them."""
    x, y = (torch.tensor(values) for values in load_diabetes(return_X_y=True, scaled=False))
    return Patients(standardized(x), standardized(y))


def standardized(values: Float[Tensor, "n *columns"]) -> Float[Tensor, "n *columns"]:
    """Each column less its mean, over its standard deviation."""
    return (values - values.mean(0)) / values.std(0, correction=0)


def split(n_train: int, seed: int) -> tuple[Patients, Patients]:
    """`n_train` patients to learn from and all others to be tested on, drawn by the seed."""
    patients = everything()
    train, test = split_rows(len(patients.y), n_train, seed)
    return Patients(patients.x[train], patients.y[train]), Patients(patients.x[test], patients.y[test])
