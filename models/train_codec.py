"""Trains `codec.ts`, and measures it: `python models/train_codec.py`, `python models/train_codec.py --evaluate [WAV …]`.

Training uses sounds of `sounds.py` only and takes 10 to 20 minutes on one core. `codec_untrained.ts` is
the same network before the first step.
"""

import argparse
import math
import time
import wave
from pathlib import Path
from typing import Tuple

import numpy
import torch
from torch.nn import functional as F

import archive
import codec
import export
import held_out
import quality
import sounds
from codec_targets import FLOOR, Targets, lost_power

SEED = 7
CLIPS = 900
CLIP_SAMPLES = 65536
CROP = 96 * codec.FRAME
BATCH = 8
STEPS = 1200
PEAK_RATE = 2e-3
SYNTH_STEPS = 2600
SYNTH_BATCH = 4
SYNTH_CROP = 64 * codec.FRAME
WEIGHTS = {"mel": 1.0, "long": 0.5, "quick": 0.7, "power": 1.0, "level": 0.3, "detune": 1.0, "rough": 0.5, "waveform": 1.0}


def crops(draw, clips: torch.Tensor, batch: int, samples: int) -> torch.Tensor:
    """Pieces of random clips at random places: `[batch, 1, samples]`."""
    places = draw.integers(0, clips.size(1) - samples, batch)
    rows = draw.integers(0, clips.size(0), batch)
    return torch.stack([clips[row, at : at + samples] for row, at in zip(rows, places)]).unsqueeze(1)


def encoded(model: codec.Codec, x: torch.Tensor) -> Tuple[torch.Tensor, torch.Tensor]:
    """Latents with a little noise, which keeps nearby latents alike, and their mean square."""
    z = model.encoder(x, False)
    return z + 0.02 * torch.randn_like(z), z.square().mean()


def waveform_loss(result: torch.Tensor, sound: torch.Tensor, targets: Targets) -> torch.Tensor:
    """Distance of log spectra between the oscillators' waveform and the sound, delay taken off."""
    a, b = result[:, 0, codec.DELAY :], sound[:, 0, : -codec.DELAY]
    total = torch.zeros(())
    for size, weight in ((2048, 1.0), (512, 0.5)):
        window = codec.hann(size)

        def spectrum(x):
            return torch.fft.rfft(x.unfold(1, size, size // 4) * window, dim=2).abs()

        # The first frames hear the oscillators start from silence.
        p, q = spectrum(a)[:, 8:], spectrum(b)[:, 8:]
        total = total + weight * (torch.log(p + 10 * FLOOR) - torch.log(q + 10 * FLOOR)).abs().mean()
        if size == 2048:
            mel_off = torch.log(p @ targets.mel + FLOOR) - torch.log(q @ targets.mel + FLOOR)
            total = total + 2.0 * mel_off.abs().mean() + lost_power(p, q, targets.wide)
    return total


def learning_rate(step: int) -> float:
    """Up in 50 steps, down along a cosine; the waveform stage starts anew at a fifth."""
    if step < STEPS:
        return PEAK_RATE * min(1.0, (step + 1) / 50) * (0.52 + 0.48 * math.cos(math.pi * step / STEPS))
    return 0.2 * PEAK_RATE * (0.52 + 0.48 * math.cos(math.pi * (step - STEPS) / SYNTH_STEPS))


def train() -> codec.Codec:
    torch.manual_seed(SEED)
    draw = numpy.random.default_rng(SEED)
    began = time.time()
    clips = torch.tensor(numpy.stack([sounds.clip(draw, CLIP_SAMPLES) for _ in range(CLIPS)]))
    print(f"{CLIPS} clips made in {time.time() - began:.0f} s", flush=True)
    model, targets = codec.Codec(), Targets()
    optimiser = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, weight_decay=1e-3, betas=(0.9, 0.98))
    total = STEPS + SYNTH_STEPS
    for step in range(total):
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step)
        waveforms = step >= STEPS
        x = crops(draw, clips, SYNTH_BATCH, SYNTH_CROP) if waveforms else crops(draw, clips, BATCH, CROP)
        with torch.no_grad():
            target = targets.of(x)
        z, size = encoded(model, x)
        controls = model.decoder.controls(z, False)
        named = targets.losses(controls, target)
        if waveforms:
            # Detuning and roughness keep their own targets: no gradient reaches them through the phases.
            named = {key: named[key] for key in ("detune", "rough")}
            named["waveform"] = waveform_loss(model.decoder.sound(*controls, False), x, targets)
        loss = sum(WEIGHTS[key] * value for key, value in named.items())
        optimiser.zero_grad()
        (loss + 0.002 * size).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 50 == 49:
            parts = " ".join(f"{key} {value.item():.3f}" for key, value in named.items())
            took = time.time() - began
            print(f"{step + 1}/{total} {took:.0f} s: {loss.item():.3f} latents {size.item():.2f} {parts}", flush=True)
    return model


def read_wav(path: Path) -> numpy.ndarray:
    """The first channel of a 16-bit WAV, brought to 44100 Hz."""
    with wave.open(str(path)) as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{path}: only 16-bit WAV files are read")
        data = numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, file.getnchannels())
        rate = file.getframerate()
    return held_out.resampled(data[:, 0] / 32768.0, rate, codec.RATE_HZ)


def streamed(model: torch.jit.ScriptModule, sound: numpy.ndarray, block: int = 2048) -> numpy.ndarray:
    """`sound` through `forward` block by block, followed by enough silence to flush the delay."""
    x = torch.tensor(sound, dtype=torch.float32)
    x = F.pad(x, [0, codec.DELAY + -(len(x) + codec.DELAY) % block])
    with torch.no_grad():
        return torch.cat([model(part.reshape(1, 1, -1)) for part in x.split(block)], dim=2)[0, 0].numpy()


def evaluate(folder: Path, wavs: list) -> None:
    tests = {name: make() for name, make in held_out.SOUNDS.items()}
    tests.update({path.name: read_wav(path) for path in wavs})
    print(f"{'sound':20} {'trained':>8} {'untrained':>9} {'level':>8} {'delay':>6}")
    for name, sound in tests.items():
        results = [streamed(torch.jit.load(str(folder / f"{file}.ts")), sound) for file in ("codec", "codec_untrained")]
        figures = [quality.correlation(sound, result, codec.DELAY) for result in results]
        level = 10 * numpy.log10(numpy.square(results[0]).mean() / numpy.square(sound).mean())
        print(f"{name:20} {figures[0]:8.3f} {figures[1]:9.3f} {level:5.1f} dB {quality.measured_delay(sound, results[0]):6d}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains or measures the codec.")
    parser.add_argument("--evaluate", nargs="*", type=Path, metavar="WAV", help="measure on held-out sounds and these")
    parser.add_argument("--out", type=Path, default=export.FOLDER, help="folder of the .ts files")
    options = parser.parse_args()
    torch.set_num_threads(1)
    # Silence leads to denormal numbers, on which training is several times slower.
    torch.set_flush_denormal(True)
    if options.evaluate is None:
        archive.write(export.scripted(train().eval()), options.out / "codec.ts")
        archive.write(export.scripted(codec.Codec().eval()), options.out / "codec_untrained.ts")
        options.evaluate = []
    evaluate(options.out, options.evaluate)


if __name__ == "__main__":
    main()
