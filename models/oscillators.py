"""A generator: sound without an input, and sound from control-rate inputs."""

import math
from typing import Tuple

import torch

from contract import FLOAT, MAX_BATCH, Model, expect_batch, expect_channels

CONTROL_RATIO = 512


class Generator(Model):
    """`forward` and `osc`: a sine without any input, of `frequency` Hz at half level.

    `additive`: four partials of 110 Hz whose levels are given once per 512 samples; partials 1 and 3 on the left,
    2 and 4 on the right. The phase of each lane runs on from block to block, in double precision.
    `set_sample_rate` tells the host's rate (44100 Hz until then); `frequency` is refused outside 0..rate / 2.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [0, 1, 1, 1], [], ["sine"])
        self.declare_method("osc", [0, 1, 1, 1], [], ["sine"])
        levels = [f"level of partial {k}" for k in range(1, 5)]
        self.declare_method("additive", [4, CONTROL_RATIO, 2, 1], levels, ["partials 1 and 3", "partials 2 and 4"])
        self.declare_attribute("frequency", [FLOAT])
        self.frequency: float = 440.0
        self.host_rate_hz: int = 44100
        # Phases in turns, [lane, 1, 1].
        self.register_buffer("osc_turns", torch.zeros(MAX_BATCH, 1, 1, dtype=torch.float64))
        self.register_buffer("base_turns", torch.zeros(MAX_BATCH, 1, 1, dtype=torch.float64))

    def advance(self, turns: torch.Tensor, frames: int, frequency: float) -> torch.Tensor:
        """The phases of the next `frames` samples, `[lane, 1, frames]`; moves `turns` behind them."""
        step = frequency / float(self.host_rate_hz)
        phases = turns + torch.arange(frames, dtype=torch.float64, device=turns.device) * step
        turns.copy_(torch.frac(turns + float(frames) * step))
        return phases

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.osc(x)

    @torch.jit.export
    def osc(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 0)
        expect_batch(x, self.osc_turns.size(0))
        phases = self.advance(self.osc_turns[: x.size(0)], x.size(2), self.frequency)
        return (0.5 * torch.sin(phases * (2.0 * math.pi))).float()

    @torch.jit.export
    def additive(self, levels: torch.Tensor) -> torch.Tensor:
        expect_channels(levels, 4)
        expect_batch(levels, self.base_turns.size(0))
        held = levels.repeat_interleave(512, dim=2)
        phases = self.advance(self.base_turns[: levels.size(0)], held.size(2), 110.0)
        numbers = torch.arange(1, 5, dtype=torch.float64, device=levels.device).reshape(1, 4, 1)
        partials = held * torch.sin(phases * numbers * (2.0 * math.pi)).float()
        return partials[:, :2] + partials[:, 2:]

    @torch.jit.export
    def set_frequency(self, frequency: float) -> int:
        if not (frequency >= 0.0 and frequency <= 0.5 * float(self.host_rate_hz)):
            return 1
        self.frequency = frequency
        return 0

    @torch.jit.export
    def get_frequency(self) -> Tuple[float]:
        return (self.frequency,)

    @torch.jit.export
    def set_sample_rate(self, sample_rate: int) -> None:
        if sample_rate <= 0:
            raise ValueError(f"a sample rate of {sample_rate} Hz is impossible")
        self.host_rate_hz = sample_rate


MODELS = {"generator": Generator}
