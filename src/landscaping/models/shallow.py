"""A network with one hidden layer: the smallest that is more than a line."""

from jaxtyping import Float
from torch import Tensor, nn


class Shallow(nn.Module):
    """`y = β + Ω·relu(θ₀ + θx)`: a sum of `width` hinges (UDL §3.4); without `bias`, β and θ₀ are absent."""

    def __init__(self, width: int, n_in: int = 1, n_out: int = 1, bias: bool = True) -> None:
        super().__init__()
        self.hidden = nn.Linear(n_in, width, bias=bias)
        self.output = nn.Linear(width, n_out, bias=bias)

    def forward(self, x: Float[Tensor, "*n inputs"]) -> Float[Tensor, "*n outputs"]:
        """Bend every hidden sum at zero, and add the results up."""
        return self.output(self.hidden(x).relu())
