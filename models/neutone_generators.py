"""Generators in the format of Neutone: they make whole sounds, and say how far they are."""

import math
from typing import Dict, List, Optional

import torch
from torch import nn

from neutone_metadata import as_json, common, origin

RATE_HZ = 44100
# A generator looks whether it was told to stop after so many samples.
CHUNK = 4096


class Generator(nn.Module):
    """What a generator promises to its host. Subclasses define `generate`, which answers nothing when it was told to stop.

    `numerical` are rows `[count, 1 or more]` from 0 to 1, `texts` as many as there are texts, `tokens` lists of numbers.
    """

    __jit_ignored_attributes__ = ["keys"]

    def __init__(self, keys: dict, numerical_defaults: List[float]) -> None:
        super().__init__()
        self.keys = keys
        self.metadata_json: str = as_json(keys, with_sounds=False)
        self.realtime: bool = False
        self.in_channels = torch.jit.Attribute(keys["audio_in_channels"], List[int])
        self.out_channels = torch.jit.Attribute(keys["audio_out_channels"], List[int])
        self.takes_text: bool = keys["is_text_model"]
        self.takes_tokens: bool = keys["is_tokens_model"]
        self.progress_percentage: float = 0.0
        self.should_stop: bool = False
        self.register_buffer("defaults", torch.tensor(numerical_defaults).reshape(-1, 1))

    def extra_files(self) -> Dict[str, str]:
        """What lies beside the model in its file; not scripted."""
        return {"metadata.json": as_json(self.keys)}

    def generate(
        self, audio: List[torch.Tensor], numerical: torch.Tensor, texts: List[str], tokens: List[List[int]]
    ) -> List[torch.Tensor]:
        return audio

    def goes_on(self, done: int, of: int) -> bool:
        """Notes how much is done; false when it is to stop."""
        self.progress_percentage = 100.0 * done / max(of, 1)
        return not self.should_stop

    @torch.jit.export
    def forward_non_realtime(
        self,
        audio_in: List[torch.Tensor],
        numerical_params: Optional[torch.Tensor] = None,
        text_params: Optional[List[str]] = None,
        tokens_params: Optional[List[List[int]]] = None,
    ) -> List[torch.Tensor]:
        if len(audio_in) != len(self.in_channels):
            raise ValueError(f"this model takes {len(self.in_channels)} sounds, got {len(audio_in)}")
        for sound, channels in zip(audio_in, self.in_channels):
            if sound.dim() != 2 or sound.size(0) != channels:
                raise ValueError(f"a sound must be [{channels}, frames], got {sound.size()}")
        numerical = self.defaults
        if numerical_params is not None:
            numerical = numerical_params
        if numerical.size(0) != self.defaults.size(0):
            raise ValueError(f"parameters must be [{self.defaults.size(0)}, frames], got {numerical.size()}")
        texts: List[str] = []
        if text_params is not None:
            texts = text_params
        tokens: List[List[int]] = []
        if tokens_params is not None:
            tokens = tokens_params
        self.progress_percentage = 0.0
        self.should_stop = False
        made = self.generate(audio_in, numerical, texts, tokens)
        if self.should_stop:
            empty: List[torch.Tensor] = []
            return empty
        self.progress_percentage = 100.0
        return made

    def forward(
        self,
        audio_in: List[torch.Tensor],
        numerical_params: Optional[torch.Tensor] = None,
        text_params: Optional[List[str]] = None,
        tokens_params: Optional[List[List[int]]] = None,
    ) -> List[torch.Tensor]:
        return self.forward_non_realtime(audio_in, numerical_params, text_params, tokens_params)

    @torch.jit.export
    def set_daw_sample_rate_and_buffer_size(
        self,
        daw_sr: Optional[int] = None,
        daw_bs: Optional[int] = None,
        model_sr: Optional[int] = None,
        model_bs: Optional[int] = None,
    ) -> int:
        return 0

    @torch.jit.export
    def get_progress_percentage(self) -> float:
        return self.progress_percentage

    @torch.jit.export
    def has_progress_percentage(self) -> bool:
        return True

    @torch.jit.export
    def should_cancel_forward_pass(self) -> bool:
        return self.should_stop

    @torch.jit.export
    def request_cancel_forward_pass(self) -> None:
        self.should_stop = True

    @torch.jit.export
    def reset(self) -> None:
        self.progress_percentage = 0.0

    @torch.jit.export
    def get_audio_in_channels(self) -> List[int]:
        return self.in_channels

    @torch.jit.export
    def get_audio_out_channels(self) -> List[int]:
        return self.out_channels

    @torch.jit.export
    def is_one_shot_model(self) -> bool:
        return True

    @torch.jit.export
    def is_text_model(self) -> bool:
        return self.takes_text

    @torch.jit.export
    def is_tokens_model(self) -> bool:
        return self.takes_tokens

    @torch.jit.export
    def is_resampling(self) -> bool:
        return False

    @torch.jit.export
    def get_native_sample_rates(self) -> List[int]:
        return [44100]

    @torch.jit.export
    def get_native_buffer_sizes(self) -> List[int]:
        return torch.jit.annotate(List[int], [])

    @torch.jit.export
    def get_current_model_sample_rate(self) -> int:
        return 44100

    @torch.jit.export
    def get_current_model_buffer_size(self) -> int:
        return 0

    @torch.jit.export
    def get_model_bpm(self) -> Optional[int]:
        return None

    @torch.jit.export
    def get_numerical_params_default_values_0to1(self) -> torch.Tensor:
        return self.defaults

    @torch.jit.export
    def get_metadata_json(self) -> str:
        return self.metadata_json


def keys(name: str, text: str, parameters: dict, ins: Dict[str, int], outs: Dict[str, int]) -> dict:
    """What the file of a generator says; `ins` and `outs` are sounds by name, with their channels."""
    kinds = [parameter["type"] for parameter in parameters.values()]
    return {
        **common(name, text, text, parameters),
        **origin("Plain PyTorch, no weights.", ["test", "generator"]),
        "native_buffer_sizes": [],
        "native_sample_rates": [RATE_HZ],
        "audio_in_channels": list(ins.values()),
        "audio_out_channels": list(outs.values()),
        "audio_in_labels": list(ins),
        "audio_out_labels": list(outs),
        "is_one_shot_model": True,
        "is_text_model": "text" in kinds,
        "is_tokens_model": "tokens" in kinds,
        "model_bpm": None,
    }


def parameter(name: str, kind: str, default, **more) -> dict:
    """What the file says of a parameter."""
    return {"name": name, "description": name, "default_value": default, "used": True, "type": kind, **more}


class Chord(Generator):
    """A chord of sines without input, stereo, `Seconds` long, in one of two shapes. `Notes` are letters from a to g, each a
    note above A3, `Keys` are MIDI keys beside them. `Effort` has each part of it made up to 201 times, for tests that
    stop it.
    """

    def __init__(self) -> None:
        parameters = {
            "p1": parameter("Seconds", "continuous", 1.0, min_value=0.1, max_value=60.1),
            "p2": parameter("Shape", "categorical", 0, n_values=2, labels=["steady", "fading"]),
            "p3": parameter("Effort", "continuous", 0.0, min_value=0.0, max_value=1.0),
            "p4": parameter("Notes", "text", "a c e", max_n_chars=64),
            "p5": parameter("Keys", "tokens", [], max_n_tokens=16),
        }
        text = "A chord of sines, as its letters say"
        super().__init__(keys("chord", text, parameters, {}, {"chord": 2}), [(1.0 - 0.1) / 60.0, 0.0, 0.0])
        # Semitones of the letters above A3.
        self.steps = torch.jit.Attribute([0, 2, 3, 5, 7, 8, 10], List[int])

    def keys_of(self, texts: List[str], tokens: List[List[int]]) -> List[int]:
        found: List[int] = []
        for text in texts:
            for letter in text:
                place = "abcdefg".find(letter)
                if place >= 0:
                    found.append(57 + self.steps[place])
        for numbers in tokens:
            for key in numbers:
                found.append(key)
        return found

    def generate(
        self, audio: List[torch.Tensor], numerical: torch.Tensor, texts: List[str], tokens: List[List[int]]
    ) -> List[torch.Tensor]:
        seconds = 0.1 + 60.0 * float(numerical[0, 0])
        is_fading = float(numerical[1, 0]) > 0.5
        times = 1 + int(200.0 * float(numerical[2, 0]))
        frames = int(seconds * 44100.0 + 0.5)
        found = self.keys_of(texts, tokens)
        parts: List[torch.Tensor] = []
        for begin in range(0, frames, 4096):
            if not self.goes_on(begin, frames):
                break
            part = torch.zeros(2, min(4096, frames - begin))
            for _ in range(times):
                part = self.part(found, begin, part.size(1))
            parts.append(part)
        whole = torch.cat([torch.zeros(2, 0)] + parts, 1)
        if is_fading:
            whole = whole * torch.linspace(1.0, 0.0, whole.size(1))
        return [whole]

    def part(self, found: List[int], begin: int, frames: int) -> torch.Tensor:
        """The first key is in the middle; the others are left and right in turns."""
        seconds = (torch.arange(frames, dtype=torch.float64) + begin) / 44100.0
        left = torch.zeros(frames)
        right = torch.zeros(frames)
        for place, key in enumerate(found):
            hz = 440.0 * math.pow(2.0, (key - 69) / 12.0)
            sine = torch.sin(2.0 * math.pi * hz * seconds).float() * (0.5 / len(found))
            left = left + sine * (1.0 if place == 0 or place % 2 == 1 else 0.25)
            right = right + sine * (1.0 if place % 2 == 0 else 0.25)
        return torch.stack([left, right])


class Mirror(Generator):
    """Two sounds from one: `backwards`, mono, and `both`, stereo, with the sound on the left and backwards on the right. `Level`
    is a factor of all."""

    def __init__(self) -> None:
        parameters = {"p1": parameter("Level", "continuous", 1.0, min_value=0.0, max_value=1.0)}
        text = "A sound backwards, and beside itself"
        super().__init__(keys("mirror", text, parameters, {"sound": 1}, {"backwards": 1, "both": 2}), [1.0])

    def generate(
        self, audio: List[torch.Tensor], numerical: torch.Tensor, texts: List[str], tokens: List[List[int]]
    ) -> List[torch.Tensor]:
        sound = audio[0] * numerical[0, 0]
        backwards = sound.flip([1])
        return [backwards, torch.cat([sound, backwards], 0)]


MODELS = {"chord": Chord, "mirror": Mirror}
