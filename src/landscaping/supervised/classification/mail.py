"""Mail of our own making: every message is a row of words that occur in it or not.

No mail of any person is in here. Each seed draws a vocabulary: how often each word occurs, and whether it
speaks for spam or against it. Most words come in phrases, as in a greeting or a footer: if the phrase is
there, each of its words is there, unless it was left out. What is known of the kind of a message is then
known of phrases, and a word says little that its neighbours have not said.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from landscaping.randomness import stream

PHRASED, LONE = 32, 8  # words that belong to phrases, and words that stand alone
WORDS = PHRASED + LONE
KEPT = 0.8  # share of a phrase's words that are not left out
COPIES = 4  # words of a phrase
EVIDENCE = 0.4, 0.5  # by how much the log-odds of a phrase, of a lone word, differ from their middle


@dataclass(frozen=True)
class Vocabulary:
    """Log-odds that a phrase or a lone word occurs: `middle` of both kinds, and how far each kind is off."""

    middle: Float[Tensor, "origin"]
    evidence: Float[Tensor, "origin"]
    copies: int  # words that a phrase consists of

    @property
    def phrases(self) -> int:
        """The first so many origins are phrases, the others lone words."""
        return PHRASED // self.copies


def vocabulary(seed: int, copies: int = COPIES) -> Vocabulary:
    """How often phrases and words occur, drawn by the seed; with `copies=1` no two words say the same."""
    source, phrases = stream("vocabulary", seed), PHRASED // copies
    n = phrases + LONE
    rates = torch.cat([0.1 + 0.2 * torch.rand(phrases, generator=source),
                       0.1 * 5 ** torch.rand(LONE, generator=source)])  # fmt: skip
    signs = 2.0 * (torch.rand(n, generator=source) < 0.5) - 1
    sizes = torch.tensor([EVIDENCE[0]] * phrases + [EVIDENCE[1]] * LONE)
    return Vocabulary(rates.double().logit(), (signs * sizes).double(), copies)


def messages(
    n: int, words: Vocabulary, source: torch.Generator
) -> tuple[Float[Tensor, "n word"], Float[Tensor, "n"]]:
    """Messages with the words they contain, and whether they are spam: every other one is."""
    spam = torch.arange(n) % 2 == 0
    odds = words.middle + torch.where(spam, 1.0, -1.0).double().unsqueeze(1) * words.evidence
    there = (torch.rand(odds.shape, generator=source, dtype=torch.float64) < odds.sigmoid()).double()
    phrased = there[:, : words.phrases].repeat_interleave(words.copies, 1)
    if words.copies > 1:
        phrased = phrased * (torch.rand(phrased.shape, generator=source) < KEPT)
    return torch.cat([phrased, there[:, words.phrases :]], 1), spam.double()
