"""Multichannel effects with labelled channels; who hears what is plain from the output."""

import torch

from contract import Model, expect_channels


class Multi(Model):
    """Methods with 1, 2, 4 and 8 channels."""

    def __init__(self) -> None:
        super().__init__()
        stereo = ["left", "right"]
        self.declare_method("forward", [2, 1, 2, 1], stereo, stereo)
        self.declare_method("swap", [2, 1, 2, 1], stereo, ["right", "left"])
        self.declare_method("midside", [2, 1, 2, 1], stereo, ["mid", "side"])
        self.declare_method("mix4", [4, 1, 1, 1], [f"voice {k}" for k in range(1, 5)], ["mean"])
        self.declare_method("spread8", [1, 1, 8, 1], ["signal"], [f"{k} eighths" for k in range(1, 9)])
        self.register_buffer("eighths", torch.arange(1, 9).reshape(1, 8, 1) / 8.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Left at half level, right inverted."""
        expect_channels(x, 2)
        return torch.cat([x[:, :1] * 0.5, -x[:, 1:]], dim=1)

    @torch.jit.export
    def swap(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 2)
        return x.flip(1)

    @torch.jit.export
    def midside(self, x: torch.Tensor) -> torch.Tensor:
        """Mid = (left + right) / 2, side = (left - right) / 2."""
        expect_channels(x, 2)
        left, right = x[:, :1], x[:, 1:]
        return torch.cat([(left + right) * 0.5, (left - right) * 0.5], dim=1)

    @torch.jit.export
    def mix4(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 4)
        return x.mean(dim=1, keepdim=True)

    @torch.jit.export
    def spread8(self, x: torch.Tensor) -> torch.Tensor:
        """Channel k of 1 to 8 carries k / 8 of the input."""
        expect_channels(x, 1)
        return x * self.eighths


MODELS = {"multi": Multi}
