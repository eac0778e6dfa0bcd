"""A map that travels to a browser: weights in two bytes each, digits with their places and grey values."""

from base64 import b64decode, b64encode

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from landscaping.datasets.digits import SIDE
from landscaping.unsupervised.variational_autoencoders.bounds import guesses
from landscaping.unsupervised.variational_autoencoders.maps import WIDTH, Maps
from landscaping.unsupervised.variational_autoencoders.networks import decoder, log_noise, part
from landscaping.unsupervised.variational_autoencoders.training import images, labels

UNIT = 512  # weights are whole numbers of this part of 1
GREYS = "0123456789abcdefg"  # seventeen, as in scikit-learn's digits
COUNT = sum(p.numel() for p in decoder(2, WIDTH).parameters())
REACH = 2.6  # of the map that is shown
EMPTY = b64encode(bytes(2 * COUNT)).decode()


def packed(weights: Float[Tensor, "weight"]) -> str:
    """Weights as text; refuses what two bytes cannot hold."""
    whole = (weights.double() * UNIT).round()
    if whole.abs().max() > 32767:
        raise ValueError(f"a weight is {weights.abs().max():.1f}, wants at most {32767 // UNIT} to be packed")
    return b64encode(whole.numpy().astype("<i2").tobytes()).decode()


def unpacked(text: str) -> Float[Tensor, "weight"]:
    """The weights that a text holds, in double precision."""
    return torch.tensor(np.frombuffer(b64decode(text), "<i2") / UNIT)


def decoder_of(text: str) -> nn.Module:
    """The decoder whose weights a text holds."""
    net = decoder(2, WIDTH).double()
    vector_to_parameters(unpacked(text), net.parameters())
    return net.requires_grad_(False)


def map_of(maps: Maps, position: int = 0, count: int = 80) -> dict:
    """One seed's map for the playground: its decoder, its noise, and so many known digits."""
    own = part(maps.nets, "decoder")
    net = decoder(2, WIDTH)
    net.load_state_dict({name: p[position] for name, p in own.params.items()})
    return {
        "weights": packed(parameters_to_vector(net.parameters()).detach()),
        "noise": round(log_noise(maps.nets)[position].exp().item(), 3),
        "digits": _digits(maps, position, count),
    }


def _digits(maps: Maps, position: int, count: int) -> list[list]:
    """Place, label and grey values of known digits: `[x, y, label, 64 signs]` each."""
    seeds = maps.nets.seeds
    edge = REACH - 0.1
    places = guesses(maps.nets, images(seeds)[0])[0][position, :count].double().clamp(-edge, edge)
    shown, truth = images(seeds)[0][position, :count], labels(seeds)[0][position, :count]
    rows = zip(places.tolist(), truth.tolist(), (16 * shown).round().int().tolist(), strict=True)
    return [[round(x, 2), round(y, 2), label, signs(grey)] for (x, y), label, grey in rows]


def signs(levels: list[int]) -> str:
    """A digit's grey values, 0 to 16, as a sign each."""
    return "".join(GREYS[level] for level in levels)


def greys(text: str) -> Float[Tensor, "64"]:
    """The grey values that 64 signs stand for."""
    if len(text) != SIDE**2 or set(text) - set(GREYS):
        raise ValueError(f"{text!r} is no digit: give {SIDE**2} signs out of {GREYS}")
    return torch.tensor([GREYS.index(sign) / 16 for sign in text], dtype=torch.float64)
