"""Models whose output is known sample by sample: identity, delay, counter, keeper and one without any list."""

import torch
from torch import nn

from contract import MAX_BATCH, Model, FLOAT, expect_batch, expect_channels


class Identity(Model):
    """`forward`: the input."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        return x


class Noise(Model):
    """`forward`: the input and noise, uniform from -0.25 to 0.25, drawn anew for each sample."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        return x + torch.rand_like(x) * 0.5 - 0.25


class Delay(Model):
    """`forward`: the input 500 samples later, one line per lane."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.register_buffer("line", torch.zeros(MAX_BATCH, 1, 500))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        expect_batch(x, self.line.size(0))
        lanes, frames = x.size(0), x.size(2)
        joined = torch.cat([self.line[:lanes], x], dim=2)
        self.line[:lanes].copy_(joined[:, :, frames:])
        return joined[:, :, :frames]


class Counter(Model):
    """`forward`: how many samples the lane saw before this one: n % 65536 and n // 65536, both exact in float32.

    `ramp`: (n % 65536) / 65536. Both methods advance the same count.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 2, 1], inputs=["ignored"], outputs=["low", "high"])
        self.declare_method("ramp", [1, 1, 1, 1])
        self.register_buffer("seen", torch.zeros(MAX_BATCH, 1, 1, dtype=torch.int64))

    def advance(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        expect_batch(x, self.seen.size(0))
        lanes, frames = x.size(0), x.size(2)
        count = self.seen[:lanes] + torch.arange(frames, device=x.device)
        self.seen[:lanes].add_(frames)
        return count

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        count = self.advance(x)
        high = torch.div(count, 65536, rounding_mode="floor")
        return torch.cat([count - high * 65536, high], dim=1).float()

    @torch.jit.export
    def ramp(self, x: torch.Tensor) -> torch.Tensor:
        # Named first: torch's compiler evaluates the left side of a `%` twice, and `advance` has an effect.
        count = self.advance(x)
        return (count % 65536).float() / 65536.0


class Keeper(Model):
    """`forward`: the input of the call before (zeros at first, or when the shape changed).

    It keeps the tensor it was given, not a copy: a host that reuses that memory hears its own later input.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.register_buffer("prev", torch.zeros(1, 1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        out = self.prev
        if out.size() != x.size():
            out = torch.zeros_like(x)
        self.prev = x
        return out


class Bare(nn.Module):
    """A model without `get_methods` and `get_attributes`: a host finds `forward` and `level` by their `_params`.

    `set_level` returns nothing and `get_level` the bare value, as many real exports do.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("forward_params", torch.tensor([1.0, 1.0, 1.0, 1.0]))
        self.register_buffer("level_params", torch.tensor([FLOAT]))
        self.level: float = 1.0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.level

    @torch.jit.export
    def set_level(self, level: float) -> None:
        self.level = level

    @torch.jit.export
    def get_level(self) -> float:
        return self.level


MODELS = {"noise": Noise, "identity": Identity, "delay": Delay, "counter": Counter, "keeper": Keeper, "bare": Bare}
