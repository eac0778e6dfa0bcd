"""A random generator small enough to write twice: here, and in the playgrounds' JavaScript.

Everything else that chance decides is drawn by `landscaping.randomness`. A browser cannot draw
torch's numbers, and the playgrounds' runs are held against torch step for step, minibatch for
minibatch; so their examples, throws, batch order and first weights come from this generator, in both
languages. No experiment of the book draws from it except to repeat what a reader sees there.

The state is a 32-bit counter that grows by 0x9E3779B9 (Steele, Lea & Flood 2014, SplitMix);
each state is scrambled by the finalizer of MurmurHash3. The period is 2³².
"""

from collections.abc import Iterator
from math import cos, floor, log, pi, sqrt

DATA, THROWS, BATCHES, WEIGHTS = 0, 1, 2, 3  # what a stream is for: four purposes for each seed
_WORD = 0xFFFFFFFF


class SmallGenerator:
    """A stream of numbers that depends on `seed` and on what it is for."""

    def __init__(self, seed: int, purpose: int) -> None:
        self.state = (4 * seed + purpose) & _WORD

    def word(self) -> int:
        """The next 32 bits."""
        self.state = (self.state + 0x9E3779B9) & _WORD
        z = self.state
        z = ((z ^ z >> 16) * 0x85EBCA6B) & _WORD
        z = ((z ^ z >> 13) * 0xC2B2AE35) & _WORD
        return z ^ z >> 16

    def uniform(self) -> float:
        """A number in [0, 1)."""
        return self.word() / 2**32

    def normal(self) -> float:
        """A standard normal number (Box and Muller), from two uniform ones."""
        radius = sqrt(-2 * log(1 - self.uniform()))
        return radius * cos(2 * pi * self.uniform())

    def shuffled(self, n: int) -> list[int]:
        """The numbers below `n` in random order (Fisher and Yates, from the last place down)."""
        order = list(range(n))
        for last in range(n - 1, 0, -1):
            other = int(self.uniform() * (last + 1))
            order[last], order[other] = order[other], order[last]
        return order


def batches(n: int, size: int, seed: int) -> Iterator[list[int]]:
    """Batches without end: in each epoch every example once, in a new order; the last batch may be short."""
    chance = SmallGenerator(seed, BATCHES)
    while True:
        order = chance.shuffled(n)
        yield from (order[first : first + size] for first in range(0, n, size))


def thousandths(value: float) -> float:
    """Rounded so that both languages, whose logarithms may differ in the last bit, agree."""
    return floor(value * 1000 + 0.5) / 1000
