"""The same maps, read in another way: what the gates must refuse."""

from landscaping.unsupervised.variational_autoencoders.maps import Maps, maps
from landscaping.unsupervised.variational_autoencoders.refining import best_spread


class OnlySpreads(Maps):
    """The encoder's places stay; only the spreads are the best."""

    def left(self, better=best_spread):
        """As for maps, with guesses of which half is better."""
        return super().left(better)


class OneByOne(Maps):
    """As many draws, with no weight of one against the other."""

    def repaid(self, k=1):
        """As for maps, with draws in groups of one."""
        return super().repaid(k)


class AsSamples(Maps):
    """Samples in the place of decoded means."""

    @property
    def pictures(self):
        """As for maps, with the noise."""
        shown = super().pictures
        return shown | {"means": shown["samples"]}


class OtherDigits(Maps):
    """Digits in the place of means and of samples."""

    @property
    def pictures(self):
        """Digits three times."""
        return {"digits": self.new, "means": self.known, "samples": self.known}


def only_spreads(seeds: tuple[int, ...]) -> Maps:
    """Maps whose guesses keep the encoder's places."""
    return OnlySpreads(maps(seeds).nets)


def one_by_one(seeds: tuple[int, ...]) -> Maps:
    """Maps whose draws are taken one at a time."""
    return OneByOne(maps(seeds).nets)


def as_samples(seeds: tuple[int, ...]) -> Maps:
    """Maps that show samples as their means."""
    return AsSamples(maps(seeds).nets)


def other_digits(seeds: tuple[int, ...]) -> Maps:
    """Maps that show digits only."""
    return OtherDigits(maps(seeds).nets)
