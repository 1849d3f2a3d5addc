"""What a `.nm` file of Neutone promises to its host, as base classes for the models of this folder.

An effect takes sound `[1 or 2, frames]` and all four rows of parameters `[4, frames]`, each from 0 to 1, and answers as many
channels as it got. A generator takes lists of whole sounds and answers one. The SDK is not used: its wrapper has queues and a
resampler for hosts of any rate and block. These models have none, so they raise where a host calls them at another rate
or length than the one it announced, or announces one that is not theirs.
"""

from typing import Dict, List, Optional

import torch
from torch import nn

from neutone_metadata import MOST_PARAMETERS, About, as_json


def with_channels(x: torch.Tensor, channels: int) -> torch.Tensor:
    """`[1 or 2, frames]` as `[channels, frames]`: the mean of two, or one twice; called from scripted methods."""
    if x.size(0) == channels:
        return x
    return x.mean(0, keepdim=True) if channels == 1 else x.repeat(2, 1)


class AnyEffect(nn.Module):
    """What effects of all versions have. Subclasses define `effect`, and `reset_model` where they have state."""

    __jit_ignored_attributes__ = ["about"]

    def __init__(self, about: About) -> None:
        super().__init__()
        self.about = about
        self.input_mono: bool = about.input_mono
        self.output_mono: bool = about.output_mono
        self.rates = torch.jit.Attribute(about.rates, List[int])
        self.buffers = torch.jit.Attribute(about.buffers, List[int])
        self.wet: float = about.wet
        self.dry: float = about.dry
        self.input_gain: float = about.input_gain
        self.output_gain: float = about.output_gain
        self.delay: int = about.delay
        self.rate_hz: int = 0
        self.frames: int = 0
        defaults = torch.zeros(MOST_PARAMETERS, 1)
        for row, parameter in about.rows().items():
            defaults[row] = parameter.default
        self.register_buffer("defaults", defaults)

    def extra_files(self) -> Dict[str, str]:
        """What lies beside the model in its file; not scripted."""
        return {"metadata.json": as_json(self.about.keys())}

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        """`x` has the model's own channels, and so has the answer."""
        return x

    def reset_model(self) -> None:
        """Forgets all sound."""
        pass

    def forward(self, x: torch.Tensor, params: Optional[torch.Tensor] = None) -> torch.Tensor:
        if x.dim() != 2 or x.size(0) > 2 or x.size(1) != self.frames:
            raise ValueError(f"input must be [1 or 2, {self.frames}], got {x.size()}")
        if params is None:
            params = self.defaults.repeat(1, self.frames)
        if params.size(0) != 4 or params.size(1) != self.frames:
            raise ValueError(f"parameters must be [4, {self.frames}], got {params.size()}")
        y = self.effect(with_channels(x, 1 if self.input_mono else 2), params)
        return with_channels(y, x.size(0))

    @torch.jit.export
    def forward_bt(self, x: torch.Tensor, params: Optional[torch.Tensor] = None) -> Optional[torch.Tensor]:
        return self.forward(x, params)

    @torch.jit.export
    def set_daw_sample_rate_and_buffer_size(
        self, daw_sr: int, daw_bs: int, model_sr: Optional[int] = None, model_bs: Optional[int] = None
    ) -> int:
        if model_sr is not None and model_sr != daw_sr or model_bs is not None and model_bs != daw_bs:
            raise ValueError("this model has no resampler and no queue")
        if len(self.rates) > 0 and daw_sr not in self.rates or daw_sr <= 0:
            raise ValueError(f"this model does not run at {daw_sr} Hz")
        if len(self.buffers) > 0 and daw_bs not in self.buffers or daw_bs <= 0:
            raise ValueError(f"this model does not run in buffers of {daw_bs}")
        self.rate_hz = daw_sr
        self.frames = daw_bs
        self.reset()
        return 3 * daw_bs + 1

    @torch.jit.export
    def reset(self) -> None:
        self.reset_model()

    @torch.jit.export
    def is_resampling(self) -> bool:
        return False

    @torch.jit.export
    def is_input_mono(self) -> bool:
        return self.input_mono

    @torch.jit.export
    def is_output_mono(self) -> bool:
        return self.output_mono

    @torch.jit.export
    def get_native_sample_rates(self) -> List[int]:
        return self.rates

    @torch.jit.export
    def get_native_buffer_sizes(self) -> List[int]:
        return self.buffers

    @torch.jit.export
    def get_default_param_values(self) -> torch.Tensor:
        return self.defaults

    @torch.jit.export
    def get_wet_default_value(self) -> float:
        return self.wet

    @torch.jit.export
    def get_dry_default_value(self) -> float:
        return self.dry

    @torch.jit.export
    def get_input_gain_default_value(self) -> float:
        return self.input_gain

    @torch.jit.export
    def get_output_gain_default_value(self) -> float:
        return self.output_gain


class Effect(AnyEffect):
    """What version 1.5 has beside that."""

    def __init__(self, about: About) -> None:
        super().__init__(about)
        self.realtime: bool = True
        self.metadata_json: str = as_json(about.keys(), with_sounds=False)

    @torch.jit.export
    def calc_buffering_delay_samples(self) -> int:
        return 0

    @torch.jit.export
    def calc_model_delay_samples(self) -> int:
        return self.delay

    @torch.jit.export
    def get_metadata_json(self) -> str:
        return self.metadata_json


class OldEffect(AnyEffect):
    """What the first versions have: one delay for model and queues together, and no metadata but those in the file."""

    @torch.jit.export
    def calc_min_delay_samples(self) -> int:
        return self.delay
