"""Effects wrapped by Neutone's SDK itself, for every way in which a host may get them wrong."""

from typing import Dict, List

import torch
from neutone_sdk import NeutoneParameter, WaveformToWaveformBase
from torch import Tensor, nn

try:
    from neutone_sdk import ContinuousNeutoneParameter
except ImportError:  # Before version 1.5.
    ContinuousNeutoneParameter = NeutoneParameter


class Fx(WaveformToWaveformBase):
    """What every model has to say, and stereo at any rate in any buffer."""

    def get_model_name(self) -> str:
        return "for tests"

    def get_model_authors(self) -> List[str]:
        return ["nn~"]

    def get_model_short_description(self) -> str:
        return "For tests"

    def get_model_long_description(self) -> str:
        return "For tests"

    def get_technical_description(self) -> str:
        return "For tests"

    def get_technical_links(self) -> Dict[str, str]:
        return {}

    def get_tags(self) -> List[str]:
        return ["test"]

    def get_model_version(self) -> str:
        return "1.0.0"

    def is_experimental(self) -> bool:
        return True

    def get_citation(self) -> str:
        return ""

    def get_neutone_parameters(self) -> List[NeutoneParameter]:
        return []

    @torch.jit.export
    def is_input_mono(self) -> bool:
        return False

    @torch.jit.export
    def is_output_mono(self) -> bool:
        return False

    @torch.jit.export
    def get_native_sample_rates(self) -> List[int]:
        return []

    @torch.jit.export
    def get_native_buffer_sizes(self) -> List[int]:
        return []


class Model(nn.Module):
    """The SDK wants a module inside."""

    def forward(self, x: Tensor) -> Tensor:
        return x


class Overdrive(Fx):
    """tanh behind a gain; parameters are averaged over a buffer, as the SDK does unless told otherwise."""

    def get_neutone_parameters(self) -> List[NeutoneParameter]:
        return [
            ContinuousNeutoneParameter("drive", "How much", default_value=0.5),
            ContinuousNeutoneParameter("level", "How loud", default_value=0.8),
        ]

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        gain = torch.exp(3.0 * params["drive"])
        return torch.tanh(x * gain) * params["level"]


class Clipper(Fx):
    """Mono."""

    def get_neutone_parameters(self) -> List[NeutoneParameter]:
        return [
            ContinuousNeutoneParameter("min", "Lowest sample", default_value=0.15),
            ContinuousNeutoneParameter("max", "Highest sample", default_value=0.15),
            ContinuousNeutoneParameter("gain", "Factor of both", default_value=1.0),
        ]

    @torch.jit.export
    def is_input_mono(self) -> bool:
        return True

    @torch.jit.export
    def is_output_mono(self) -> bool:
        return True

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        lowest, highest, gain = params["min"], params["max"], params["gain"]
        return torch.clamp(x, min=-lowest * gain, max=highest * gain)


class Level(Fx):
    """Four parameters, each sample by sample, from mono to stereo."""

    def get_neutone_parameters(self) -> List[NeutoneParameter]:
        return [
            ContinuousNeutoneParameter(name, name, default_value=0.5)
            for name in ("left level", "right level", "left offset", "right offset")
        ]

    @torch.jit.export
    def is_input_mono(self) -> bool:
        return True

    def aggregate_params(self, params: Tensor) -> Tensor:
        return params

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        left = x[0] * params["left level"] + params["left offset"]
        right = x[0] * params["right level"] + params["right offset"]
        return torch.stack([left, right])


class Middle(Fx):
    """From stereo to mono."""

    @torch.jit.export
    def is_output_mono(self) -> bool:
        return True

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        return 0.75 * x[0:1] - 0.25 * x[1:2]


class Behind(Fx):
    """Hears 1024 samples of the past with each buffer, with what the parameter was there."""

    def get_neutone_parameters(self) -> List[NeutoneParameter]:
        return [ContinuousNeutoneParameter("past", "How much of it", default_value=0.5)]

    @torch.jit.export
    def get_native_buffer_sizes(self) -> List[int]:
        return [512, 2048]

    @torch.jit.export
    def get_look_behind_samples(self) -> int:
        return 1024

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        return x[:, 1024:] + x[:, :-1024] * params["past"]


class Line(nn.Module):
    """500 samples of two channels."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("line", torch.zeros(2, 500))

    def forward(self, x: Tensor) -> Tensor:
        joined = torch.cat([self.line, x], 1)
        self.line.copy_(joined[:, x.size(1) :])
        return joined[:, : x.size(1)]


class Delay(Fx):
    """500 samples, which it declares, at 44100 Hz in buffers of 2048."""

    @torch.jit.export
    def get_native_sample_rates(self) -> List[int]:
        return [44100]

    @torch.jit.export
    def get_native_buffer_sizes(self) -> List[int]:
        return [2048]

    @torch.jit.export
    def reset_model(self) -> bool:
        self.model.line.fill_(0)
        return True

    @torch.jit.export
    def calc_model_delay_samples(self) -> int:
        return 500

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        return self.model(x)


class Noise(Fx):
    """The input and random numbers."""

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        return x + 0.25 * torch.rand_like(x)


class Network(nn.Module):
    """Frames of 16 samples, causal convolutions between them that keep what they need of the past, and back.

    Sums of fewer products than these come out the same in any order that convolutions take.
    """

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.down = nn.Conv1d(1, 192, 16, stride=16)
        self.layers = nn.ModuleList([nn.Conv1d(192, 192, 3, dilation=dilation) for dilation in (1, 3, 9)])
        self.pasts = [torch.zeros(1, 192, 2 * dilation) for dilation in (1, 3, 9)]
        self.up = nn.ConvTranspose1d(192, 1, 16, stride=16)

    def forward(self, x: Tensor) -> Tensor:
        x = self.down(x)
        for place, layer in enumerate(self.layers):
            heard = torch.cat([self.pasts[place], x], 2)
            self.pasts[place] = heard[:, :, -self.pasts[place].size(2) :]
            x = x + torch.tanh(2.0 * layer(heard))
        return self.up(x)


class Convolved(Fx):
    """A small network of the kind that most files hold, mono."""

    @torch.jit.export
    def is_input_mono(self) -> bool:
        return True

    @torch.jit.export
    def is_output_mono(self) -> bool:
        return True

    @torch.jit.export
    def get_native_sample_rates(self) -> List[int]:
        return [48000]

    @torch.jit.export
    def get_native_buffer_sizes(self) -> List[int]:
        return [512]

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        return self.model(x.unsqueeze(0)).squeeze(0)


class Rave(Fx):
    """A streaming RAVE from a file, mono at 48000 Hz in buffers of 2048."""

    @torch.jit.export
    def is_input_mono(self) -> bool:
        return True

    @torch.jit.export
    def is_output_mono(self) -> bool:
        return True

    @torch.jit.export
    def get_native_sample_rates(self) -> List[int]:
        return [48000]

    @torch.jit.export
    def get_native_buffer_sizes(self) -> List[int]:
        return [2048]

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        return self.model(x.unsqueeze(1)).squeeze(1)


def inner(effect: type) -> nn.Module:
    """The module that a wrapper is made with."""
    return {Delay: Line, Convolved: Network}.get(effect, Model)()


EFFECTS = [Overdrive, Clipper, Level, Middle, Behind, Delay, Noise, Convolved]
