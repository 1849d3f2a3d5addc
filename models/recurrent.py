"""A linear and recurrent model, written as most exports are: its code makes tensors without a word of where."""

from typing import Final

import torch
from torch import nn

from contract import MAX_BATCH, Model, FLOAT, expect_batch, expect_channels

# Samples in a group, and values for each.
GROUP = 32
VALUES = 8


class Recurrent(Model):
    """`linear`: 8 values for every group of 32 samples. `forward`: the same after an LSTM, which remembers all groups
    before. `decode`: sound of such values.

    Attribute `tilt`: how much more the end of a group counts than its beginning.
    """

    group: Final[int]

    def __init__(self) -> None:
        super().__init__()
        self.group = GROUP
        self.declare_method("forward", [1, 1, VALUES, GROUP])
        self.declare_method("linear", [1, 1, VALUES, GROUP])
        self.declare_method("decode", [VALUES, GROUP, 1, 1])
        self.declare_attribute("tilt", [FLOAT])
        self.enter = nn.Linear(GROUP, VALUES)
        # Called as a function: the class in torch names its overloads anew at every export.
        self.from_below = nn.Parameter(torch.randn(4 * VALUES, VALUES) / 2)
        self.from_before = nn.Parameter(torch.randn(4 * VALUES, VALUES) / 2)
        self.biases = nn.Parameter(torch.randn(2, 4 * VALUES) / 4)
        self.leave = nn.Parameter(torch.randn(VALUES, GROUP) / 2)
        self.register_buffer("hidden", torch.zeros(1, MAX_BATCH, VALUES))
        self.register_buffer("cell", torch.zeros(1, MAX_BATCH, VALUES))
        # Not registered, and state all the same.
        self.tilt = torch.jit.Attribute(torch.zeros(1), torch.Tensor)

    @torch.jit.export
    def linear(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        groups = x.reshape(x.size(0), -1, self.group)
        weight = 1.0 + self.tilt * torch.linspace(-1.0, 1.0, self.group)
        return torch.tanh(self.enter(groups * weight)).transpose(1, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_batch(x, self.hidden.size(1))
        lanes = x.size(0)
        state = [self.hidden[:, :lanes].contiguous(), self.cell[:, :lanes].contiguous()]
        weights = [self.from_below, self.from_before, self.biases[0], self.biases[1]]
        groups = self.linear(x).transpose(1, 2)
        values, hidden, cell = torch.lstm(groups, state, weights, True, 1, 0.0, False, False, True)
        self.hidden[:, :lanes].copy_(hidden)
        self.cell[:, :lanes].copy_(cell)
        return values.transpose(1, 2)

    @torch.jit.export
    def decode(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, self.hidden.size(2))
        return torch.tanh(torch.matmul(x.transpose(1, 2), self.leave)).reshape(x.size(0), 1, -1)

    @torch.jit.export
    def get_tilt(self) -> float:
        return float(self.tilt[0])

    @torch.jit.export
    def set_tilt(self, value: float) -> int:
        if not (-1.0 <= value <= 1.0):
            return -1
        self.tilt = torch.tensor([value])
        return 0


MODELS = {"recurrent": Recurrent}
