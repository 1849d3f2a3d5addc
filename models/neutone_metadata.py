"""What a `.nm` file says of itself: the text `metadata.json` in it, as Neutone's SDK writes it."""

import json
from dataclasses import dataclass, field
from typing import Dict, List

# An effect's code gets as many rows, however many it has.
MOST_PARAMETERS = 4

# The version of the SDK whose keys these are, of torch, and a time in the place of the export's: the file depends on the
# scripts alone.
SDK_VERSION = "1.5.2"
TORCH_VERSION = "2.13.0"
MADE = 1764000000.0


@dataclass
class Parameter:
    """A number from 0 to 1, as `default` is, that stands for `low` to `high`."""

    name: str
    description: str
    default: float
    low: float = 0.0
    high: float = 1.0

    def keys(self) -> dict:
        value = self.low + self.default * (self.high - self.low)
        about = {"name": self.name, "description": self.description, "default_value": value, "used": True}
        return {**about, "type": "continuous", "min_value": self.low, "max_value": self.high}


@dataclass
class About:
    """What an effect is, has and wants. `row`s of parameters are counted from 0; gains: 0 to 1 is -30 to +30 dB."""

    name: str
    short: str
    long: str
    parameters: List[Parameter] = field(default_factory=list)
    input_mono: bool = True
    output_mono: bool = True
    rates: List[int] = field(default_factory=list)
    buffers: List[int] = field(default_factory=list)
    look_behind: int = 0
    delay: int = 0
    wet: float = 1.0
    dry: float = 0.0
    input_gain: float = 0.5
    output_gain: float = 0.5
    tags: List[str] = field(default_factory=lambda: ["test"])
    technical: str = "Plain PyTorch, no weights."

    def rows(self) -> Dict[int, Parameter]:
        return dict(enumerate(self.parameters))

    def parameter_keys(self) -> dict:
        return {f"p{row + 1}": parameter.keys() for row, parameter in self.rows().items()}

    def mix_keys(self) -> dict:
        gains = {"input_gain_default_value": self.input_gain, "output_gain_default_value": self.output_gain}
        return {"wet_default_value": self.wet, "dry_default_value": self.dry, **gains}

    def sound_keys(self) -> dict:
        sides = ("mono" if mono else "stereo" for mono in (self.input_mono, self.output_mono))
        return {
            "is_input_mono": self.input_mono,
            "is_output_mono": self.output_mono,
            "model_type": "-".join(sides),
            "native_buffer_sizes": self.buffers,
            "native_sample_rates": self.rates,
            "look_behind_samples": self.look_behind,
        }

    def keys(self) -> dict:
        return {
            **common(self.name, self.short, self.long, self.parameter_keys()),
            **self.mix_keys(),
            **origin(self.technical, self.tags),
            **self.sound_keys(),
        }


@dataclass
class OldAbout(About):
    """The same as the first versions say it: all four parameters, used or not, and numbers and truths as texts."""

    used: List[int] = field(default_factory=list)

    def rows(self) -> Dict[int, Parameter]:
        return dict(zip(self.used, self.parameters))

    def parameter_keys(self) -> dict:
        nothing = {"name": "", "description": "", "default_value": "0.0", "used": "False", "type": "knob"}
        keys = {f"p{row + 1}": dict(nothing) for row in range(MOST_PARAMETERS)}
        for row, parameter in self.rows().items():
            said = {"name": parameter.name, "description": parameter.description, "used": "True", "type": "knob"}
            keys[f"p{row + 1}"] = {**said, "default_value": str(parameter.default)}
        return keys

    def keys(self) -> dict:
        return {**super().keys(), "sdk_version": "1.1.0", "pytorch_version": "1.13.0"}


def common(name: str, short: str, long: str, parameters: dict) -> dict:
    """The first keys of effects and generators."""
    texts = {"model_short_description": short, "model_long_description": long}
    return {"model_name": name, "model_authors": ["nn~"], **texts, "neutone_parameters": parameters}


def origin(technical: str, tags: List[str]) -> dict:
    """Where a model comes from."""
    return {
        "technical_description": technical,
        "technical_links": {},
        "tags": tags,
        "model_version": "1.0.0",
        "sdk_version": SDK_VERSION,
        "pytorch_version": TORCH_VERSION,
        "date_created": MADE,
        "citation": "",
        "is_experimental": False,
    }


def as_json(keys: dict, with_sounds: bool = True) -> str:
    """The text in the file; that which a model's own method answers has no sounds."""
    return json.dumps({**keys, "sample_sound_files": []} if with_sounds else keys, indent=4)
