"""Models that break the contract on purpose, or bend it in ways that a host tolerates."""

from typing import List, Tuple

import torch

from contract import INT, Model, expect_channels


class Throws(Model):
    """`forward` raises at each call, `later` at its fourth call only (otherwise the input).

    Setting `fuse` (int) to a negative number raises instead of answering; other values are kept.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("later", [1, 1, 1, 1])
        self.declare_attribute("fuse", [INT])
        self.calls: int = 0
        self.fuse: int = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.dim() > 0:
            raise RuntimeError("this model always fails")
        return x

    @torch.jit.export
    def later(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        if self.calls == 4:
            raise RuntimeError("this model fails at its fourth call")
        return x

    @torch.jit.export
    def set_fuse(self, fuse: int) -> int:
        if fuse < 0:
            raise ValueError(f"a fuse of {fuse} blows at once")
        self.fuse = fuse
        return 0

    @torch.jit.export
    def get_fuse(self) -> Tuple[int]:
        return (self.fuse,)


class Short(Model):
    """`forward`: one frame less than promised."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x[:, :, 1:]


class Nan(Model):
    """`forward`: only NaN. `once`: the input, but only NaN at its third call."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("once", [1, 1, 1, 1])
        self.calls: int = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.full_like(x, float("nan"))

    @torch.jit.export
    def once(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        if self.calls == 3:
            return torch.full_like(x, float("nan"))
        return x


class Double(Model):
    """`forward`: the input as float64."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.double()


class Listy(Model):
    """`forward`: the input in a list, not a tensor."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> List[torch.Tensor]:
        return [x]


class Strided(Model):
    """`forward`: the input, every second value of a wider memory (not contiguous)."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.stack([x, torch.full_like(x, 99.0)], dim=3)[:, :, :, 0]


class Flat(Model):
    """For a batch of 1 the output has no batch dimension: `forward` `[1, frames]`, `stereo` `[2, frames]`."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("stereo", [2, 1, 2, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        return x.squeeze(0)

    @torch.jit.export
    def stereo(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 2)
        return x.squeeze(0)


class Slow(Model):
    """`forward`: the input, after `work` products of two 128 x 128 matrices, the same amount at every call.

    The default of 500 took 20 ms on one core of an x86-64 server with AVX-512.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_attribute("work", [INT])
        self.work: int = 500
        # Each row sums to 1: the product stays bounded however often it is taken.
        rows = torch.arange(128 * 128).reshape(128, 128) % 7 + 1.0
        self.register_buffer("matrix", rows / rows.sum(dim=1, keepdim=True))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        product = self.matrix
        for _ in range(self.work):
            product = product @ self.matrix
        # Adds exactly zero, yet depends on the work.
        return x + product.sum() * 0.0

    @torch.jit.export
    def set_work(self, work: int) -> int:
        if work < 0:
            return 1
        self.work = work
        return 0

    @torch.jit.export
    def get_work(self) -> Tuple[int]:
        return (self.work,)


MODELS = {
    "throws": Throws,
    "short": Short,
    "nan": Nan,
    "double": Double,
    "listy": Listy,
    "strided": Strided,
    "flat": Flat,
    "slow": Slow,
}
