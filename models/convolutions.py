"""Convolutions of every awkward shape, and weights that change."""

import torch
from torch import nn
from torch.nn import functional

from contract import FLOAT, MAX_BATCH, Model, expect_batch, expect_channels

# Samples that are kept from block to block: what the widest layer reaches back.
KEPT = 16


def weight(rows: int, channels: int, taps: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(rows, channels, taps) / (channels * taps) ** 0.5)


def bias(channels: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(channels) / 4.0)


class Convolutions(Model):
    """`forward`: strided, dilated, padded, grouped and depthwise layers on a stream, then back to its rate.

    `upsample`: transposed layers with padding and output padding, cut to four frames for every one read. Both are
    functions of the input, of the 16 samples before it (`forward`) and of the weights, nothing else.

    | attribute | values | heard as |
    |---|---|---|
    | sharpness | float | the weights of the first layer are overwritten with their first values times this |
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [2, 1, 2, 1])
        self.declare_method("upsample", [2, 4, 3, 1])
        self.declare_attribute("sharpness", [FLOAT])
        self.sharpness: float = 1.0
        self.register_buffer("kept", torch.zeros(MAX_BATCH, 2, KEPT))
        # 496 samples become 165 frames of 37 channels.
        self.strided = weight(37, 2, 4)
        self.dilated = weight(70, 37, 3)
        self.dilated_bias = bias(70)
        self.depthwise = weight(70, 1, 5)
        self.grouped = weight(30, 35, 2)
        self.normed = weight(16, 30, 1)
        self.back = weight(16, 2, 3)
        self.back_bias = bias(2)
        self.register_buffer("first", self.strided.detach().clone())
        self.spread = weight(2, 66, 8)
        self.spread_bias = bias(66)
        self.dilated_spread = weight(66, 12, 3)
        self.grouped_spread = weight(12, 4, 3)
        self.last = weight(3, 12, 1)
        self.last_bias = bias(3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 2)
        expect_batch(x, self.kept.size(0))
        lanes, frames = x.size(0), x.size(2)
        joined = torch.cat([self.kept[:lanes], x], dim=2)
        self.kept[:lanes].copy_(joined[:, :, frames:])
        y = torch.tanh(functional.conv1d(joined, self.strided, stride=3))
        y = torch.tanh(functional.conv1d(y, self.dilated, self.dilated_bias, dilation=3, padding=3))
        # Every second channel first: not contiguous.
        y = torch.cat([y[:, ::2], y[:, 1::2]], dim=1).transpose(1, 2).contiguous().transpose(1, 2)
        y = functional.conv1d(y, self.depthwise, padding=2, groups=70)
        y = torch.tanh(functional.conv1d(y, self.grouped, padding=1, groups=2))
        # A weight that is made anew at every call.
        y = functional.conv1d(y, self.normed / (self.normed.norm() + 1.0))
        return functional.conv_transpose1d(y, self.back, self.back_bias, stride=3, padding=1)[:, :, :frames]

    @torch.jit.export
    def upsample(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 2)
        y = torch.tanh(functional.conv_transpose1d(x, self.spread, self.spread_bias, stride=2, padding=3))
        y = functional.conv_transpose1d(y, self.dilated_spread, None, stride=2, padding=1, output_padding=1, dilation=2)
        y = functional.conv_transpose1d(torch.tanh(y), self.grouped_spread, padding=1, groups=3)
        return functional.conv1d(y, self.last, self.last_bias)[:, :, : 4 * x.size(2)]

    @torch.jit.export
    def set_sharpness(self, sharpness: float) -> int:
        self.sharpness = sharpness
        with torch.no_grad():
            self.strided.copy_(self.first * sharpness)
        return 0

    @torch.jit.export
    def get_sharpness(self) -> float:
        return self.sharpness


MODELS = {"convolutions": Convolutions}
