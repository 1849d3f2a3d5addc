"""A synthesiser that is played by MIDI, through the attributes `midi` and `midi_out`."""

import math
from typing import List, Tuple

import torch

from contract import TENSOR, Model, expect_channels


class Keys(Model):
    """`forward`: a sine that plays the last key that is held, without any input.

    Before a buffer `midi` is set to four numbers for each message: frames from the beginning of the buffer, status, first and second
    byte of data. It is set to nothing when no more messages come. After the buffer `midi_out` has what the model answers: each key
    again, an octave higher.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [0, 1, 1, 1], [], ["sine"])
        self.declare_attribute("midi", [TENSOR])
        self.declare_attribute("midi_out", [TENSOR])
        self.register_buffer("midi", torch.zeros(0))
        self.register_buffer("midi_out", torch.zeros(0))
        self.held = torch.jit.Attribute([], List[int])
        self.hz: float = 0.0
        self.turns: float = 0.0
        self.level: float = 0.0
        self.loudness: float = 0.0
        self.rate_hz: int = 44100
        # How fast the level follows a key.
        self.fade_s: float = 0.005

    def sound(self, frames: int) -> torch.Tensor:
        """The next `frames` samples, while no key moves."""
        at = torch.arange(frames, dtype=torch.float64, device=self.midi.device)
        left = torch.exp(-(at + 1.0) / (self.fade_s * float(self.rate_hz)))
        levels = self.loudness + (self.level - self.loudness) * left
        step = self.hz / float(self.rate_hz)
        sound = levels * torch.sin((self.turns + at * step) * (2.0 * math.pi))
        if frames > 0:
            self.level = float(levels[-1])
            self.turns = (self.turns + float(frames) * step) % 1.0
        return sound.float()

    def key(self, status: int, note: int, velocity: int) -> None:
        """A message: keys only."""
        kind = status // 16
        if kind != 8 and kind != 9:
            return
        held: List[int] = []
        for other in self.held:
            if other != note:
                held.append(other)
        if kind == 9 and velocity > 0:
            held.append(note)
            self.loudness = 0.5 * float(velocity) / 127.0
        self.held = held
        if len(held) == 0:
            self.loudness = 0.0
        else:
            self.hz = 440.0 * math.pow(2.0, float(held[-1] - 69) / 12.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 0)
        frames = x.size(2)
        parts: List[torch.Tensor] = []
        answers: List[float] = []
        begin = 0
        for message in self.midi.reshape(-1, 4):
            at = min(max(int(message[0]), begin), frames)
            parts.append(self.sound(at - begin))
            begin = at
            status, note, velocity = int(message[1]), int(message[2]), int(message[3])
            self.key(status, note, velocity)
            if (status // 16 == 8 or status // 16 == 9) and note + 12 < 128:
                answers.extend([float(at), float(status), float(note + 12), float(velocity)])
        parts.append(self.sound(frames - begin))
        self.midi = torch.zeros(0)
        self.midi_out = torch.tensor(answers)
        return torch.cat(parts).reshape(1, 1, frames).repeat(x.size(0), 1, 1)

    @torch.jit.export
    def set_midi(self, midi: torch.Tensor) -> int:
        if midi.numel() % 4 != 0:
            return 1
        self.midi = midi.float().reshape(-1).clone()
        return 0

    @torch.jit.export
    def get_midi(self) -> Tuple[torch.Tensor]:
        return (self.midi,)

    @torch.jit.export
    def set_midi_out(self, midi_out: torch.Tensor) -> int:
        # The model's own.
        return 1

    @torch.jit.export
    def get_midi_out(self) -> Tuple[torch.Tensor]:
        return (self.midi_out,)

    @torch.jit.export
    def set_sample_rate(self, sample_rate: int) -> None:
        if sample_rate <= 0:
            raise ValueError(f"a sample rate of {sample_rate} Hz is impossible")
        self.rate_hz = sample_rate


MODELS = {"keys": Keys}
