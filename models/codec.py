"""A small streaming autoencoder: 512 samples of sound to one frame of latents, and back through a bank of oscillators.

Encoder: log spectra of the last 2048 samples, then causal convolutions at the frame rate. Decoder: causal convolutions
that give level, detuning and roughness of each oscillator; levels four times per frame. Nothing is random at run time:
roughness is a fixed sequence, phases are integers, so a stream does not depend on how it is cut into blocks.
"""

import math
from typing import Tuple

import numpy
import torch
from torch import nn
from torch.nn import functional as F

from contract import MAX_BATCH, Model, expect_batch, expect_channels

RATE_HZ = 44100
FRAME = 512  # samples per latent frame
STEP = 128  # samples per level of an oscillator
WINDOW = 2048  # samples the encoder looks back for fine frequencies
SHORT = 512  # samples for fine timing
DELAY = 1024  # the decoder's frame t sounds like the input this many samples earlier
LATENTS = 24
HIDDEN = 176
STEP_HIDDEN = 96
TURN = 1 << 24  # phase units per turn


def oscillator_hz() -> Tuple[numpy.ndarray, numpy.ndarray]:
    """Centre and width of each oscillator's range: 20 Hz wide below 1.4 kHz, 1.4 % above."""
    centres, widths, edge = [], [], 30.0
    while edge < 17500.0:
        width = max(20.0, 0.0141 * edge)
        centres.append(edge + width / 2)
        widths.append(width)
        edge += width
    return numpy.array(centres), numpy.array(widths)


def triangles(bins: int, low_hz: float, high_hz: float, bands: int) -> torch.Tensor:
    """Overlapping bands, evenly spaced in log frequency, over the bins of a real FFT: `[bins, bands]`."""
    edges = numpy.geomspace(low_hz, high_hz, bands + 2)
    hz = numpy.arange(bins) * (RATE_HZ / 2) / (bins - 1)
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    rise = (hz[:, None] - left) / (middle - left)
    fall = (right - hz[:, None]) / (right - middle)
    weights = numpy.maximum(numpy.minimum(rise, fall), 0.0)
    # Bands narrower than a bin still read the nearest one.
    nearest = numpy.abs(hz[:, None] - middle).argmin(axis=0)
    weights[nearest, numpy.arange(bands)] = numpy.maximum(weights[nearest, numpy.arange(bands)], 0.5)
    return torch.tensor(weights, dtype=torch.float32)


def hann(size: int) -> torch.Tensor:
    """Scaled so that a full-scale sine peaks at magnitude 1 in a real FFT."""
    window = 0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(size) / size)
    return torch.tensor(window * 2 / window.sum(), dtype=torch.float32)


class CausalConv(nn.Module):
    """A convolution over time that sees the past only; `stream` keeps the last frames of each lane for the next call.

    All instances hold attributes of the same types, so that they share one TorchScript class.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, groups: int, draw: numpy.random.Generator) -> None:
        super().__init__()
        bound = math.sqrt(3.0 / (inputs // groups * kernel))
        shape = (outputs, inputs // groups, kernel)
        self.weight = nn.Parameter(torch.tensor(draw.uniform(-bound, bound, shape), dtype=torch.float32))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.groups: int = groups
        self.register_buffer("cache", torch.zeros(MAX_BATCH, inputs, kernel - 1))

    def forward(self, x: torch.Tensor, stream: bool) -> torch.Tensor:
        lanes, frames = x.size(0), x.size(2)
        if stream:
            joined = torch.cat([self.cache[:lanes], x], dim=2)
            self.cache[:lanes].copy_(joined[:, :, frames:])
        else:
            joined = F.pad(x, [self.weight.size(2) - 1, 0])
        return F.conv1d(joined, self.weight, self.bias, groups=self.groups)


class Block(nn.Module):
    """A residual pair: each channel over time, then all channels per frame."""

    def __init__(self, channels: int, draw: numpy.random.Generator) -> None:
        super().__init__()
        self.over_time = CausalConv(channels, channels, 5, channels, draw)
        self.inner = CausalConv(channels, channels, 1, 1, draw)
        self.outer = CausalConv(channels, channels, 1, 1, draw)

    def forward(self, x: torch.Tensor, stream: bool) -> torch.Tensor:
        y = self.inner(self.over_time(x, stream), stream)
        return x + self.outer(F.gelu(y), stream)


class Encoder(nn.Module):
    """Sound `[batch, 1, frames * 512]` to latents `[batch, 24, frames]`."""

    def __init__(self, draw: numpy.random.Generator) -> None:
        super().__init__()
        # Attributes, not `Final` constants: TorchScript writes those in an order that changes from run to run.
        self.window: int = WINDOW
        self.frame: int = FRAME
        self.short: int = SHORT
        self.step: int = STEP
        self.register_buffer("past", torch.zeros(MAX_BATCH, 1, WINDOW - FRAME))
        self.register_buffer("long_window", hann(WINDOW))
        self.register_buffer("short_window", hann(SHORT))
        # Fine: single bins to 2.1 kHz, bands above. Quick: 40 bands, four times per frame.
        self.register_buffer("fine_bands", triangles(WINDOW // 2 + 1, 2100.0, 8000.0, 48)[96:380].clone())
        self.register_buffer("quick_bands", triangles(SHORT // 2 + 1, 80.0, 18000.0, 40))
        self.enter = CausalConv(96 + 48 + 4 * 40, HIDDEN, 1, 1, draw)
        self.block = Block(HIDDEN, draw)
        self.leave = CausalConv(HIDDEN, LATENTS, 1, 1, draw)

    def features(self, x: torch.Tensor, stream: bool) -> torch.Tensor:
        lanes, frames = x.size(0), x.size(2)
        if stream:
            joined = torch.cat([self.past[:lanes], x], dim=2)
            self.past[:lanes].copy_(joined[:, :, frames:])
        else:
            joined = F.pad(x, [self.window - self.frame, 0])
        views = joined.squeeze(1).unfold(1, self.window, self.frame)
        fine = torch.fft.rfft(views * self.long_window, dim=2).abs()
        # The four short windows are centred where the decoder's four levels will be.
        quick = views[:, :, 384:1280].unfold(2, self.short, self.step) * self.short_window
        quick = (torch.fft.rfft(quick, dim=3).abs() @ self.quick_bands).flatten(2)
        spectrum = torch.cat([fine[:, :, 2:98], fine[:, :, 96:380] @ self.fine_bands, quick], dim=2)
        return (torch.log(spectrum + 1e-4) * 0.3 + 1.5).transpose(1, 2)

    def forward(self, x: torch.Tensor, stream: bool) -> torch.Tensor:
        y = F.gelu(self.enter(self.features(x, stream), stream))
        return self.leave(self.block(y, stream), stream)


class Decoder(nn.Module):
    """Latents `[batch, 24, frames]` to sound `[batch, 1, frames * 512]`."""

    def __init__(self, draw: numpy.random.Generator) -> None:
        super().__init__()
        self.step: int = STEP
        self.step_hidden: int = STEP_HIDDEN
        self.turn: int = TURN
        centres, widths = oscillator_hz()
        count = len(centres)
        self.register_buffer("centre", torch.tensor(centres / RATE_HZ, dtype=torch.float32))
        self.register_buffer("width", torch.tensor(widths / RATE_HZ, dtype=torch.float32))
        self.register_buffer("rough", torch.tensor(draw.uniform(-1, 1, 4096), dtype=torch.float32))
        start = torch.tensor(draw.integers(0, TURN, (1, count, 1)), dtype=torch.int64)
        self.register_buffer("phase", start.repeat(MAX_BATCH, 1, 1))
        self.register_buffer("level", torch.zeros(MAX_BATCH, count, 1))
        self.register_buffer("ticks", torch.zeros(MAX_BATCH, 1, 1, dtype=torch.int64))
        self.enter = CausalConv(LATENTS, HIDDEN, 3, 1, draw)
        self.first = Block(HIDDEN, draw)
        self.second = Block(HIDDEN, draw)
        self.split = CausalConv(HIDDEN, 4 * STEP_HIDDEN, 1, 1, draw)
        self.levels = CausalConv(STEP_HIDDEN, count, 1, 1, draw)
        self.narrow = CausalConv(HIDDEN, 64, 1, 1, draw)
        self.tuning = CausalConv(64, 2 * count, 1, 1, draw)

    def controls(self, z: torch.Tensor, stream: bool) -> Tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logs of levels `[batch, oscillators, 4 * frames]`, detuning (-0.5..0.5 widths), roughness (0..1)."""
        y = F.gelu(self.enter(z, stream))
        y = self.second(self.first(y, stream), stream)
        steps = F.gelu(self.split(y, stream))
        steps = steps.reshape(z.size(0), self.step_hidden, 4, z.size(2)).transpose(2, 3).flatten(2)
        logs = self.levels(steps, stream) * 3.0 - 6.0
        tuning = self.tuning(F.gelu(self.narrow(y, stream)), stream)
        detune, rough = tuning.chunk(2, dim=1)
        return logs.clamp(-16.0, 1.0), 0.5 * torch.tanh(detune), torch.sigmoid(rough)

    def angle(self, phases: torch.Tensor) -> torch.Tensor:
        """Radians of whole-number phases."""
        return torch.bitwise_and(phases, self.turn - 1).float() * (2.0 * math.pi / float(self.turn))

    def forward(self, z: torch.Tensor, stream: bool) -> torch.Tensor:
        logs, detune, rough = self.controls(z, stream)
        return self.sound(logs, detune, rough, stream)

    def sound(self, logs: torch.Tensor, detune: torch.Tensor, rough: torch.Tensor, stream: bool) -> torch.Tensor:
        """The oscillators' sum; gradients reach the levels only, since a phase says nothing about its distant past."""
        lanes, count, steps = logs.size(0), logs.size(1), logs.size(2)
        ticks = self.ticks[:lanes] + torch.arange(steps, device=logs.device)
        places = torch.arange(count, device=logs.device).reshape(1, -1, 1) * 617 + ticks * 31
        wander = self.rough[places % 4096] * rough.repeat_interleave(4, dim=2)
        turns = self.centre.unsqueeze(1) + self.width.unsqueeze(1) * (detune.repeat_interleave(4, dim=2) + wander)
        # Phases are whole numbers: their sum does not depend on the order of adding.
        moves = torch.round(turns.detach() * float(self.turn)).long()
        ends = self.phase[:lanes] + (moves * self.step).cumsum(dim=2)
        level = torch.cat([self.level[:lanes], torch.exp(logs)], dim=2)
        before, after = level[:, :, :-1], level[:, :, 1:]
        # cos(a + b) = cos a cos b - sin a sin b: phases at every 16th sample, and 16 samples on from there, make the
        # sum over the oscillators a matrix product. From here [lane, step, 8 or 16 samples, oscillator].
        moves = moves.transpose(1, 2).unsqueeze(2)
        starts = ends.transpose(1, 2).unsqueeze(2) - moves * self.step
        tens = torch.arange(0, self.step, 16, device=logs.device).reshape(1, 1, -1, 1)
        ones = torch.arange(1, 17, device=logs.device).reshape(1, 1, -1, 1)
        coarse = self.angle(starts + moves * tens)
        fine = self.angle(moves * ones)
        fine = torch.cat([torch.cos(fine), -torch.sin(fine)], dim=3).transpose(2, 3)
        coarse = torch.cat([torch.cos(coarse), torch.sin(coarse)], dim=3)
        # The levels move on a straight line through each step.
        base = before.transpose(1, 2).repeat(1, 1, 2).unsqueeze(2)
        rise = (after - before).transpose(1, 2).repeat(1, 1, 2).unsqueeze(2)
        ramp = (tens.float() + ones.float().transpose(2, 3)) / float(self.step)
        out = (base * coarse) @ fine + ((rise * coarse) @ fine) * ramp
        if stream:
            self.phase[:lanes].copy_(ends[:, :, -1:] % self.turn)
            self.ticks[:lanes].add_(steps)
            self.level[:lanes].copy_(level[:, :, -1:])
        return out.reshape(lanes, 1, steps * self.step)


class Codec(Model):
    """`encode` [1, 1, 24, 512], `decode` [24, 512, 1, 1], `forward` [1, 1, 1, 1] = both; at home at 44100 Hz."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        self.latents: int = LATENTS
        names = [f"latent {k}" for k in range(1, LATENTS + 1)]
        self.declare_method("forward", [1, 1, 1, 1], ["signal"], ["signal"])
        self.declare_method("encode", [1, 1, LATENTS, FRAME], ["signal"], names)
        self.declare_method("decode", [LATENTS, FRAME, 1, 1], names, ["signal"])
        draw = numpy.random.default_rng(seed)
        self.encoder = Encoder(draw)
        self.decoder = Decoder(draw)

    @torch.jit.export
    def encode(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        expect_batch(x, 8)
        if x.size(2) % 512 != 0:
            raise ValueError(f"{x.size(2)} frames are not a multiple of 512")
        return self.encoder(x, True)

    @torch.jit.export
    def decode(self, z: torch.Tensor) -> torch.Tensor:
        expect_channels(z, self.latents)
        expect_batch(z, 8)
        return self.decoder(z, True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.decode(self.encode(x))

    @torch.jit.export
    def get_sample_rate(self) -> int:
        return 44100
