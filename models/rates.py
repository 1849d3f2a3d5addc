"""Models whose two sides run at different rates: features, latents, and identities at awkward ratios."""

import math
from typing import List

import torch

from contract import Model, expect_channels

GROUP = 512


def grouped(x: torch.Tensor) -> torch.Tensor:
    """`[batch, 1, frames]` as `[batch, frames / 512, 512]`."""
    expect_channels(x, 1)
    if x.size(2) % 512 != 0:
        raise ValueError(f"{x.size(2)} frames are not a multiple of 512")
    return x.reshape(x.size(0), x.size(2) // 512, 512)


class Features(Model):
    """Measures of each group of 512 samples. `forward`: peak. `rms`. `bands8`: level in eight octaves up to 22 kHz.

    It names 44100 Hz as its rate, the one at which the octaves are what they say.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, GROUP], ["signal"], ["peak"])
        self.declare_method("rms", [1, 1, 1, GROUP], ["signal"], ["rms"])
        self.declare_method("bands8", [1, 1, 8, GROUP], ["signal"], [f"octave {k}" for k in range(1, 9)])
        # nn_tilde exports without attributes list this placeholder.
        self.attribute_names.value.append("none")
        # Computed in double precision, so that every machine rounds to the same float32.
        window = [0.5 - 0.5 * math.cos(2 * math.pi * n / GROUP) for n in range(GROUP)]
        self.register_buffer("window", torch.tensor(window))
        # Bins 1, 2..3, 4..7, … 128..255: one octave each.
        edges = torch.zeros(GROUP // 2 + 1, 8)
        for k in range(8):
            edges[2**k : 2 ** (k + 1), k] = 1.0
        self.register_buffer("octaves", edges)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return grouped(x).abs().amax(dim=2).unsqueeze(1)

    @torch.jit.export
    def rms(self, x: torch.Tensor) -> torch.Tensor:
        return grouped(x).square().mean(dim=2).sqrt().unsqueeze(1)

    @torch.jit.export
    def bands8(self, x: torch.Tensor) -> torch.Tensor:
        power = torch.fft.rfft(grouped(x) * self.window, dim=2).abs().square()
        # A full-scale sine in the middle of a band reads about 1.
        return (power @ self.octaves).sqrt().transpose(1, 2) / 157.0

    @torch.jit.export
    def get_sample_rate(self) -> int:
        return 44100


class Latent(Model):
    """Four plain numbers per 512 samples and a fixed sound made from them; at home at 48000 Hz.

    `encode`: last, mean, rms, peak of each group. `decode`: their weighted sum over four templates of 512 samples:
    sines of 16 and 32 periods for last and peak, a constant for the mean, a sine of 8 periods for the rms.
    `forward`: both; it claims ratio 1, as real autoencoders do, though it needs whole groups.
    """

    def __init__(self) -> None:
        super().__init__()
        names = ["last", "mean", "rms", "peak"]
        self.declare_method("forward", [1, 1, 1, 1], ["signal"], ["signal"])
        self.declare_method("encode", [1, 1, 4, GROUP], ["signal"], names)
        self.declare_method("decode", [4, GROUP, 1, 1], names, ["signal"])

        def sine(periods: int) -> List[float]:
            return [math.sin(2 * math.pi * periods * n / GROUP) for n in range(GROUP)]

        rms_to_peak = math.sqrt(2.0)
        templates = [[0.25 * s for s in sine(16)], [1.0] * GROUP]
        templates += [[rms_to_peak * s for s in sine(8)], [0.25 * s for s in sine(32)]]
        self.register_buffer("templates", torch.tensor(templates))

    @torch.jit.export
    def encode(self, x: torch.Tensor) -> torch.Tensor:
        groups = grouped(x)
        rms = groups.square().mean(dim=2).sqrt()
        return torch.stack([groups[:, :, -1], groups.mean(dim=2), rms, groups.abs().amax(dim=2)], dim=1)

    @torch.jit.export
    def decode(self, z: torch.Tensor) -> torch.Tensor:
        expect_channels(z, 4)
        return (z.transpose(1, 2) @ self.templates).reshape(z.size(0), 1, -1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.decode(self.encode(x))

    @torch.jit.export
    def get_sample_rate(self) -> int:
        return 48000


class Ratios(Model):
    """Methods of three ratios; a block must be a multiple of 192000 = lcm(1, 512, 3000).

    `forward`: the input. `fast` at 512: half the input. `slow` at 3000: the input inverted.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("fast", [1, 512, 1, 512])
        self.declare_method("slow", [1, 3000, 1, 3000])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        return x

    @torch.jit.export
    def fast(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        return x * 0.5

    @torch.jit.export
    def slow(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        return -x


class RatioIdentity(Model):
    """`forward`: the input, at one ratio on both sides."""

    def __init__(self, ratio: int) -> None:
        super().__init__()
        self.declare_method("forward", [1, ratio, 1, ratio])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        return x


MODELS = {
    "features": Features,
    "latent": Latent,
    "ratios": Ratios,
    "ratio512": lambda: RatioIdentity(512),
    "ratio3000": lambda: RatioIdentity(3000),
}
