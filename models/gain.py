"""A gain with attributes of every type, each of them heard in the output."""

from typing import List, Tuple

import torch

from contract import BOOL, BUFFER, FLOAT, INT, STR, TENSOR, Model, expect_channels

MODES = ["linear", "square", "half"]


class Gain(Model):
    """`forward`: gain, then mode, offset, curve, table, range and mute, in this order. `inverse`: divides by the gain.

    | attribute | values | refused (non-zero answer) | heard as |
    |---|---|---|---|
    | gain | float | negative, not finite | factor |
    | muted | bool | | silence |
    | offset_steps | int | beyond -8..8 | steps / 8 is added |
    | mode | str | not in linear, square, half | x, x * abs(x), x / 2 |
    | range | float, float | low > high | limits of the output |
    | curve | tensor | one point only, not finite | transfer function over -1..1, interpolated; empty is off |
    | table | buffer | no buffer given before | its first channel, looped, is added |
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1], inputs=["signal"], outputs=["signal"])
        self.declare_method("inverse", [1, 1, 1, 1])
        self.declare_attribute("gain", [FLOAT])
        self.declare_attribute("muted", [BOOL])
        self.declare_attribute("offset_steps", [INT])
        self.declare_attribute("mode", [STR])
        self.declare_attribute("range", [FLOAT, FLOAT])
        self.declare_attribute("curve", [TENSOR])
        self.declare_attribute("table", [BUFFER])
        self.modes = torch.jit.Attribute(list(MODES), List[str])
        self.gain: float = 1.0
        self.muted: bool = False
        self.offset_steps: int = 0
        self.mode: str = "linear"
        self.low: float = -1000.0
        self.high: float = 1000.0
        self.register_buffer("curve", torch.zeros(0))
        self.register_buffer("given", torch.zeros(0, 0))
        self.given_rate: int = 0
        self.register_buffer("loop", torch.zeros(0))
        self.loop_at: int = 0

    def shaped(self, x: torch.Tensor) -> torch.Tensor:
        last = self.curve.numel() - 1
        if last < 1:
            return x
        at = (x.clamp(-1.0, 1.0) + 1.0) * (0.5 * float(last))
        left = at.floor().clamp(0.0, float(last - 1)).long()
        return torch.lerp(self.curve[left], self.curve[left + 1], at - left)

    def looped(self, frames: int) -> torch.Tensor:
        period = self.loop.numel()
        if period == 0:
            return torch.zeros(1)
        at = (torch.arange(frames, device=self.loop.device) + self.loop_at) % period
        self.loop_at = (self.loop_at + frames) % period
        return self.loop[at]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        y = x * self.gain
        if self.mode == "square":
            y = y * y.abs()
        if self.mode == "half":
            y = y * 0.5
        y = self.shaped(y + float(self.offset_steps) / 8.0) + self.looped(x.size(2))
        y = y.clamp(self.low, self.high)
        if self.muted:
            y = torch.zeros_like(y)
        return y

    @torch.jit.export
    def inverse(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        if self.gain == 0.0:
            return torch.zeros_like(x)
        return x / self.gain

    @torch.jit.export
    def set_gain(self, gain: float) -> int:
        # Also false for a NaN.
        if not (gain >= 0.0 and gain < float("inf")):
            return 1
        self.gain = gain
        return 0

    # The getters answer in the three forms that real exports use: a bare value, a tuple, a list.
    @torch.jit.export
    def get_gain(self) -> float:
        return self.gain

    @torch.jit.export
    def set_muted(self, muted: bool) -> int:
        self.muted = muted
        return 0

    @torch.jit.export
    def get_muted(self) -> Tuple[bool]:
        return (self.muted,)

    @torch.jit.export
    def set_offset_steps(self, steps: int) -> int:
        if steps < -8 or steps > 8:
            return 1
        self.offset_steps = steps
        return 0

    @torch.jit.export
    def get_offset_steps(self) -> List[int]:
        return [self.offset_steps]

    @torch.jit.export
    def set_mode(self, mode: str) -> int:
        if mode not in self.modes:
            return 1
        self.mode = mode
        return 0

    @torch.jit.export
    def get_mode(self) -> Tuple[str]:
        return (self.mode,)

    @torch.jit.export
    def set_range(self, low: float, high: float) -> int:
        if not (low <= high):
            return 1
        self.low = low
        self.high = high
        return 0

    @torch.jit.export
    def get_range(self) -> Tuple[float, float]:
        return (self.low, self.high)

    @torch.jit.export
    def set_curve(self, curve: torch.Tensor) -> int:
        if curve.dim() != 1 or curve.numel() == 1 or not bool(torch.isfinite(curve).all()):
            return 1
        self.curve = curve.float().clone()
        return 0

    @torch.jit.export
    def get_curve(self) -> Tuple[torch.Tensor]:
        return (self.curve,)

    @torch.jit.export
    def get_buffer_attributes(self) -> List[str]:
        return ["table#0"]

    @torch.jit.export
    def set_buffer_attribute(self, name: str, data: torch.Tensor, sample_rate: int) -> int:
        """Takes a copy of `data` `[channels, frames]`; `set_table` then puts it to use."""
        if name != "table#0" or data.dim() != 2 or data.numel() == 0 or sample_rate <= 0:
            return 1
        self.given = data.float().clone()
        self.given_rate = sample_rate
        return 0

    @torch.jit.export
    def clear_buffer_attribute(self, name: str) -> int:
        if name != "table#0":
            return 1
        self.given = torch.zeros(0, 0)
        self.given_rate = 0
        self.loop = torch.zeros(0)
        self.loop_at = 0
        return 0

    @torch.jit.export
    def set_table(self, name: str) -> int:
        if name != "table#0" or self.given.numel() == 0:
            return 1
        self.loop = self.given[0]
        self.loop_at = 0
        return 0

    @torch.jit.export
    def get_table(self) -> Tuple[str]:
        if self.loop.numel() == 0:
            return ("no buffer",)
        return (f"channels {self.given.size(0)}\nframes {self.given.size(1)}\nsample rate {self.given_rate}",)


MODELS = {"gain": Gain}
