"""Effects in the format of Neutone whose output is known sample by sample, and one that sounds."""

import math

import torch

from neutone_contract import Effect, OldEffect
from neutone_metadata import About, OldAbout, Parameter


class Identity44100(Effect):
    """The input, stereo, at 44100 Hz in buffers of 2048 only."""

    def __init__(self) -> None:
        short = "The input, at one rate and in one buffer"
        super().__init__(
            About("identity 44100", short, short, input_mono=False, output_mono=False, rates=[44100], buffers=[2048])
        )


class Echo(Effect):
    """The input 500 samples later, which it declares, stereo; wet and dry begin at a half each."""

    def __init__(self) -> None:
        short = "The input 500 samples later, which it declares"
        stereo = {"input_mono": False, "output_mono": False}
        native = {"rates": [44100], "buffers": [2048], "delay": 500}
        super().__init__(About("echo", short, short, **stereo, **native, wet=0.5, dry=0.5))
        self.register_buffer("line", torch.zeros(2, 500))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        joined = torch.cat([self.line, x], 1)
        self.line.copy_(joined[:, x.size(1) :])
        return joined[:, : x.size(1)]

    def reset_model(self) -> None:
        self.line.zero_()


class Lookback(Effect):
    """Half the input and half that of 1024 samples before, mono: it hears so much of the past with each buffer. Two rates
    and two buffers are its own."""

    def __init__(self) -> None:
        short = "Half the input and half that of 1024 samples before"
        native = {"rates": [44100, 48000], "buffers": [2048, 512], "look_behind": 1024}
        super().__init__(About("lookback", short, short, **native))
        self.register_buffer("past", torch.zeros(1, 1024))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        heard = torch.cat([self.past, x], 1)
        self.past.copy_(heard[:, x.size(1) :])
        return 0.5 * heard[:, 1024:] + 0.5 * heard[:, : x.size(1)]

    def reset_model(self) -> None:
        self.past.zero_()


class AnyRate(Effect):
    """The input times `Level` and plus `DC Offset`, sample by sample, mono, at any rate and in any buffer."""

    def __init__(self) -> None:
        level = Parameter("Level", "Factor of each sample", 1.0)
        offset = Parameter("DC Offset", "What is added to each sample", 0.0)
        short = "The input times Level plus DC Offset"
        super().__init__(About("any", short, short, [level, offset]))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        return x * params[0:1] + params[1:2]


class Narrow(Effect):
    """Mono in, stereo out: the input on the left, its inverse on the right. It wants 6 dB more at its input."""

    def __init__(self) -> None:
        short = "The input on the left, its inverse on the right"
        super().__init__(About("narrow", short, short, output_mono=False, input_gain=0.6))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        return torch.cat([x, -x], 0)


class Wide(Effect):
    """Stereo in, mono out: left less half of right."""

    def __init__(self) -> None:
        short = "Left less half of right"
        super().__init__(About("wide", short, short, input_mono=False))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        return x[0:1] - 0.5 * x[1:2]


class Old(OldEffect):
    """As the first versions of the SDK write: the input times the parameter `level`, mono, 64 samples later. The
    third row is that parameter."""

    def __init__(self) -> None:
        short = "The input times level, 64 samples later"
        level = Parameter("level", "Factor of each sample", 0.5)
        super().__init__(OldAbout("old", short, short, [level], used=[2], rates=[48000], buffers=[512], delay=64))
        self.register_buffer("line", torch.zeros(1, 64))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        joined = torch.cat([self.line, x * params[2:3]], 1)
        self.line.copy_(joined[:, x.size(1) :])
        return joined[:, : x.size(1)]

    def reset_model(self) -> None:
        self.line.zero_()


# Taps of the low-pass: at its lowest frequency and 48 kHz, what is left out is 5e-8 of the whole.
TAPS = 256


class Drive(Effect):
    """An overdrive, mono: tanh of the input times up to 34 dB, then a low-pass of one pole from 500 Hz to 16 kHz.

    tanh of a sound makes partials above half the rate, which come back as wrong notes. So each sample is the mean of tanh
    on the straight line from the input before, the difference of its integral: that lowers them, and delays by half a
    sample. The low-pass is summed over 256 samples; where `Tone` changes, a buffer goes from the old one to the new one.
    """

    def __init__(self) -> None:
        drive = Parameter("Drive", "dB before the limit: from clean to heavily overdriven", 0.5, 0.0, 34.0)
        tone = Parameter("Tone", "From dark to bright", 0.6)
        short = "Overdrive: a soft limit and a low-pass"
        long = "A soft limit with up to 34 dB before it, and a low-pass behind it. Drive may change with each sample."
        super().__init__(About("drive", short, long, [drive, tone], tags=["overdrive", "distortion"]))
        self.register_buffer("driven", torch.zeros(1, 1, dtype=torch.float64))
        self.register_buffer("limited", torch.zeros(1, TAPS - 1))
        self.register_buffer("taps", torch.arange(TAPS - 1, -1, -1, dtype=torch.float32))
        self.tone: float = -1.0

    def limit(self, x: torch.Tensor) -> torch.Tensor:
        """The mean of tanh between each sample and the one before."""
        line = torch.cat([self.driven, x.double()], 1)
        self.driven.copy_(line[:, -1:])
        size = line.abs()
        integral = size + torch.log1p(torch.exp(-2.0 * size))
        step = line[:, 1:] - line[:, :-1]
        near = step.abs() < 1e-4
        quotient = (integral[:, 1:] - integral[:, :-1]) / torch.where(near, torch.ones_like(step), step)
        return torch.where(near, torch.tanh(line[:, 1:] - 0.5 * step), quotient).float()

    def kernel(self, tone: float) -> torch.Tensor:
        """What a low-pass of one pole answers to an impulse, latest first; its sum is 1."""
        hz = 500.0 * math.exp(math.log(32.0) * min(max(tone, 0.0), 1.0))
        kernel = torch.exp(self.taps * (-2.0 * math.pi * hz / float(self.rate_hz)))
        return (kernel / kernel.sum()).view(1, 1, -1)

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        gain = torch.exp(params[0:1] * (math.log(10.0) * 34.0 / 20.0))
        # Without it, loud and quiet settings would differ by 34 dB.
        level = gain.pow(-0.3)
        limited = torch.cat([self.limited, self.limit(x * gain) * level], 1)
        self.limited.copy_(limited[:, x.size(1) :])
        tone = float(params[1].mean())
        before = tone if self.tone < 0.0 else self.tone
        self.tone = tone
        kernels = torch.cat([self.kernel(before), self.kernel(tone)], 0)
        both = torch.nn.functional.conv1d(limited.unsqueeze(0), kernels)[0]
        return torch.lerp(both[0:1], both[1:2], torch.linspace(0.0, 1.0, x.size(1)).unsqueeze(0))

    def reset_model(self) -> None:
        self.driven.zero_()
        self.limited.zero_()
        self.tone = -1.0


MODELS = {
    "identity44100": Identity44100,
    "echo": Echo,
    "lookback": Lookback,
    "any": AnyRate,
    "narrow": Narrow,
    "wide": Wide,
    "old": Old,
    "drive": Drive,
}
