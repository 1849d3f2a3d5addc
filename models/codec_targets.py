"""What the codec's oscillators should do for a given sound, and how far they are from it.

Training needs no waveform from the decoder: its levels give the spectrum to be expected of the oscillators, which is
compared with the sound's own on a fine (2048 samples) and a quick (512 samples) scale and in mel bands. Beside it, the
power of each spectral bin is assigned to the oscillator that its momentary frequency falls to; that gives a sharp
target for levels and detuning. Roughness is taught by how far the momentary frequency jumps from frame to frame.
"""

import math
from typing import Dict

import numpy
import torch
from torch.nn import functional as F

import codec
import quality

FLOOR = 1e-4


def _hann_response(hz_off: numpy.ndarray, size: int) -> numpy.ndarray:
    """Power response of a Hann window `hz_off` beside a sine, 1 at the sine."""
    bins = hz_off * size / codec.RATE_HZ
    return (numpy.sinc(bins) + 0.5 * numpy.sinc(bins - 1) + 0.5 * numpy.sinc(bins + 1)) ** 2


def _spread(size: int) -> torch.Tensor:
    """Power that each oscillator puts into each bin: `[oscillators, bins]`."""
    centres, _ = codec.oscillator_hz()
    hz = numpy.arange(size // 2 + 1) * codec.RATE_HZ / size
    return torch.tensor(_hann_response(hz[None, :] - centres[:, None], size), dtype=torch.float32)


def lost_power(a: torch.Tensor, b: torch.Tensor, wide: torch.Tensor) -> torch.Tensor:
    """What distances of logarithms hardly see: `a`'s and `b`'s loud parts, `[batch, frames, bins]` magnitudes.

    The energy of their difference against that of `b`, and the log of the energy in `wide` bands.
    """
    off = (a - b).square().sum(dim=(1, 2)) / (b.square().sum(dim=(1, 2)) + 1e-3)
    p, q = a.square() @ wide, b.square() @ wide
    return (off + 1e-6).sqrt().mean() + 0.25 * (torch.log(p + 1e-7) - torch.log(q + 1e-7)).abs().mean()


class Targets:
    """Spectra and oscillator targets of sounds `[batch, 1, frames * 512]`, as the encoder sees them."""

    def __init__(self) -> None:
        centres, widths = codec.oscillator_hz()
        self.centres = torch.tensor(centres, dtype=torch.float32)
        self.widths = torch.tensor(widths, dtype=torch.float32)
        self.edges = torch.tensor(numpy.append(centres - widths / 2, centres[-1] + widths[-1] / 2), dtype=torch.float32)
        self.long_window = codec.hann(codec.WINDOW)
        turns = torch.arange(codec.WINDOW) / codec.WINDOW * 2 * math.pi
        # The derivative of the window tells the momentary frequency of each bin.
        self.slope = torch.sin(turns) * math.pi / codec.WINDOW * 2 / (codec.WINDOW / 2)
        self.short_window = codec.hann(codec.SHORT)
        self.bin_hz = torch.arange(codec.WINDOW // 2 + 1) * (codec.RATE_HZ / codec.WINDOW)
        self.long_spread = _spread(codec.WINDOW)
        self.short_spread = _spread(codec.SHORT)
        self.mel = torch.tensor(quality.mel_bands(), dtype=torch.float32)
        self.wide = codec.triangles(codec.WINDOW // 2 + 1, 60.0, 16000.0, 20)
        smooth = 0.5 + 0.5 * torch.cos(torch.arange(-8, 9) / 8 * math.pi)
        self.smooth = (smooth / smooth.sum()).reshape(1, 1, -1)
        self.quick_bands = codec.triangles(codec.SHORT // 2 + 1, 80.0, 18000.0, 40)

    # Fine views and quick views are the encoder's own, so that targets and latents speak of the same moments.
    def of(self, x: torch.Tensor) -> Dict[str, torch.Tensor]:
        views = F.pad(x, [codec.WINDOW - codec.FRAME, 0]).squeeze(1).unfold(1, codec.WINDOW, codec.FRAME)
        spectrum = torch.fft.rfft(views * self.long_window, dim=2)
        long = spectrum.abs()
        drift = torch.fft.rfft(views * self.slope, dim=2)
        momentary = self.bin_hz - (drift / (spectrum + 1e-9)).imag * (codec.RATE_HZ / (2 * math.pi))
        power = long.square() * ((momentary - self.bin_hz).abs() < 50.0)
        cell = torch.bucketize(momentary.contiguous(), self.edges) - 1
        power = power * ((cell >= 0) & (cell < len(self.centres)))
        cell = cell.clamp(0, len(self.centres) - 1)
        empty = torch.zeros(*long.shape[:2], len(self.centres))
        cells = empty.scatter_add(2, cell, power)
        hz = empty.scatter_add(2, cell, power * momentary) / (cells + 1e-12)
        # A sine of level 1 gives 1.5 over its bins.
        level = (cells / 1.5).sqrt()
        detune = ((hz - self.centres) / self.widths).clamp(-0.5, 0.5)
        jump = F.pad((detune[:, 1:] - detune[:, :-1]).abs(), [0, 0, 1, 0])
        heard = torch.log(level / FLOOR).clamp(0.0, 8.0) / 8.0
        both = heard * F.pad(heard[:, :-1], [0, 0, 1, 0])
        quick = views[:, :, 384:1280].unfold(2, codec.SHORT, codec.STEP) * self.short_window
        quick = torch.fft.rfft(quick, dim=3).abs().flatten(1, 2)
        rough = (3.0 * jump).clamp(0.0, 1.0)
        return dict(long=long, quick=quick, level=level, detune=detune, heard=heard, rough=rough, both=both)

    def losses(self, controls, target: Dict[str, torch.Tensor]) -> Dict[str, torch.Tensor]:
        """Mean distances; `controls` are `Decoder.controls`, the first and last frames are left out."""
        logs, detune, rough = controls
        levels = torch.exp(logs)
        batch, count, steps = levels.shape
        smooth = F.conv1d(levels.reshape(batch * count, 1, steps), self.smooth, padding=8)
        # Frame t's long window is centred at its last level.
        smooth = smooth[:, 0, 3::4].reshape(batch, count, -1).transpose(1, 2)
        long = (smooth.square() @ self.long_spread + 1e-10).sqrt()
        three = F.avg_pool1d(levels, 3, 1, 1) * 0.75 + levels * 0.25
        quick = (three.transpose(1, 2).square() @ self.short_spread + 1e-10).sqrt()

        def distance(a, b, edge):
            return (torch.log(a + FLOOR) - torch.log(b + FLOOR)).abs()[:, edge:-edge].mean()

        detune_off = (detune.transpose(1, 2) - target["detune"]).abs() * target["heard"]
        rough_off = (rough.transpose(1, 2) - target["rough"]).square() * target["both"]
        return {
            "mel": distance(long @ self.mel, target["long"] @ self.mel, 4),
            "long": distance(long[:, :, 2:400], target["long"][:, :, 2:400], 4),
            "quick": distance(quick @ self.quick_bands, target["quick"] @ self.quick_bands, 16),
            "power": lost_power(long[:, 4:-4], target["long"][:, 4:-4], self.wide),
            "level": distance(smooth, target["level"], 4),
            "detune": detune_off[:, 4:-4].sum() / (target["heard"][:, 4:-4].sum() + 1.0),
            "rough": rough_off[:, 4:-4].sum() / (target["both"][:, 4:-4].sum() + 1.0),
        }
