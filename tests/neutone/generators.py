"""Generators wrapped by Neutone's SDK itself (from version 1.5 on), for every way in which a host may get them wrong."""

from typing import Dict, List

import torch
from torch import Tensor, nn

from effects import Fx, Model

try:
    from neutone_sdk import NeutoneParameter
    from neutone_sdk.non_realtime_wrapper import NonRealtimeBase
    from neutone_sdk.parameter import (
        CategoricalNeutoneParameter,
        ContinuousNeutoneParameter,
        DiscreteTokensNeutoneParameter,
        TextNeutoneParameter,
    )
except ImportError:  # Before version 1.5.
    NonRealtimeBase = None

RATE_HZ = 44100

if NonRealtimeBase is not None:

    class Gen(NonRealtimeBase):
        """What every model has to say."""

        get_model_name = Fx.get_model_name
        get_model_authors = Fx.get_model_authors
        get_model_short_description = Fx.get_model_short_description
        get_model_long_description = Fx.get_model_long_description
        get_technical_description = Fx.get_technical_description
        get_technical_links = Fx.get_technical_links
        get_tags = Fx.get_tags
        get_model_version = Fx.get_model_version
        is_experimental = Fx.is_experimental
        get_citation = Fx.get_citation

        def get_neutone_parameters(self) -> List[NeutoneParameter]:
            return []

        @torch.jit.export
        def get_native_sample_rates(self) -> List[int]:
            return [44100]

        @torch.jit.export
        def get_native_buffer_sizes(self) -> List[int]:
            return []

    class Verse(Gen):
        """Sines from letters and numbers, at once, from every kind of parameter and no sound."""

        def get_neutone_parameters(self) -> List[NeutoneParameter]:
            return [
                ContinuousNeutoneParameter("level", "How loud", default_value=1.0, min_value=0.5, max_value=2.0),
                CategoricalNeutoneParameter("octave", "How high", n_values=3, default_value=1, labels=["low", "mid", "high"]),
                TextNeutoneParameter("verse", "Each letter is a tone", default_value="ab"),
                DiscreteTokensNeutoneParameter("keys", "Each is a tone", max_n_tokens=4, default_value=[3]),
            ]

        @torch.jit.export
        def get_audio_in_channels(self) -> List[int]:
            return []

        @torch.jit.export
        def get_audio_out_channels(self) -> List[int]:
            return [1, 2]

        @torch.jit.export
        def is_one_shot_model(self) -> bool:
            return True

        def do_forward_pass(
            self,
            curr_block_idx: int,
            audio_in: List[Tensor],
            numerical_params: Dict[str, Tensor],
            text_params: List[str],
            tokens_params: List[List[int]],
        ) -> List[Tensor]:
            numbers: List[int] = []
            for text in text_params:
                for letter in text:
                    numbers.append(ord(letter) - 96)
            for number in tokens_params[0]:
                numbers.append(number)
            place = torch.arange(20000) / 44100.0
            mono = torch.zeros(1, 20000)
            hz = 110.0 * torch.pow(torch.tensor(2.0), numerical_params["octave"].float())
            for at, number in enumerate(numbers):
                mono = mono + torch.sin(6.2831853 * hz * float(number) * place) * 0.1
                self.set_progress_percentage(100.0 * float(at + 1) / float(len(numbers)))
            mono = mono * numerical_params["level"]
            return [mono, torch.cat([mono, -mono], 0)]

    class Halves(Gen):
        """Blocks of 512, with a delay, from a stereo and a mono sound."""

        def get_neutone_parameters(self) -> List[NeutoneParameter]:
            return [ContinuousNeutoneParameter("gain", "Factor", default_value=0.5)]

        @torch.jit.export
        def get_native_buffer_sizes(self) -> List[int]:
            return [512]

        @torch.jit.export
        def get_audio_in_channels(self) -> List[int]:
            return [2, 1]

        @torch.jit.export
        def get_audio_out_channels(self) -> List[int]:
            return [2]

        @torch.jit.export
        def calc_model_delay_samples(self) -> int:
            return 100

        @torch.jit.export
        def is_one_shot_model(self) -> bool:
            return False

        def do_forward_pass(
            self,
            curr_block_idx: int,
            audio_in: List[Tensor],
            numerical_params: Dict[str, Tensor],
            text_params: List[str],
            tokens_params: List[List[int]],
        ) -> List[Tensor]:
            both = audio_in[0] * numerical_params["gain"] + audio_in[1] / float(curr_block_idx + 1)
            return [both]

    GENERATORS = [Verse, Halves]
else:
    GENERATORS = []


def inner() -> nn.Module:
    """The module that a wrapper is made with."""
    return Model()
