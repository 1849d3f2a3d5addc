"""Models that print and warn: the files in `hostile`. None of it may reach the output of a host."""

import warnings
from typing import Tuple

import torch

from contract import INT, Model


def speaks(x: torch.Tensor) -> torch.Tensor:
    print("PRINTED by a task")
    return x


class LoudState(torch.nn.Module):
    """Prints as it is loaded."""

    @torch.jit.export
    def __getstate__(self) -> Tuple[int, bool]:
        return (0, self.training)

    @torch.jit.export
    def __setstate__(self, state: Tuple[int, bool]) -> None:
        print("PRINTED while loading")
        self.training = state[1]


class Prints(Model):
    """The input, but `forward` prints two texts at each call, one of them of several lines and with codes for a
    terminal; `warns` warns at each call, `loops` prints for ever from its fourth call.

    `volume` (int): setting and getting print, and a negative number prints for ever. Loading prints too.
    """

    def __init__(self) -> None:
        super().__init__()
        for name in ("forward", "warns", "loops", "quiet"):
            self.declare_method(name, [1, 1, 1, 1])
        self.declare_attribute("volume", [INT])
        self.loud = LoudState()
        self.calls: int = 0
        self.volume: int = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        print("PRINTED by\nforward\x1b[2J", x.size(2))
        print("PRINTED again")
        return x

    @torch.jit.export
    def warns(self, x: torch.Tensor) -> torch.Tensor:
        warnings.warn("WARNED by warns")
        return x

    @torch.jit.export
    def loops(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        while self.calls >= 4:
            print("PRINTED by loops")
        return x

    @torch.jit.export
    def quiet(self, x: torch.Tensor) -> torch.Tensor:
        return x

    @torch.jit.export
    def set_volume(self, volume: int) -> int:
        print("PRINTED by set_volume", volume)
        while volume < 0:
            print("PRINTED by set_volume")
        self.volume = volume
        return 0

    @torch.jit.export
    def get_volume(self) -> Tuple[int]:
        print("PRINTED by get_volume")
        return (self.volume,)


class Tasks(Model):
    """The input, after a task has printed, which libtorch alone does on a thread of its own: boxes refuse it."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.jit.wait(torch.jit.fork(speaks, x))


MODELS = {"prints": Prints, "tasks": Tasks}
