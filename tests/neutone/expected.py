"""What the SDK's files answer when they are called as their own host would: `python expected.py DIR`.

For each `NAME.nm` in the folder, and each rate and buffer that is its own, two seconds of noise with moving parameters go
through it. `cases.json` lists them; sounds and parameters are raw float32, one channel after the other.
"""

import argparse
import json
import math
from pathlib import Path

import torch

SEED = 5
# What generators are asked: file, frames, parameters that are numbers from 0 to 1, words, lists.
WHOLE_RATE_HZ = 44100
WHOLES = [
    ("verse.nm", 1, [0.25, 1.0], ["cab x y z"], [[7, 1]]),
    ("verse.nm", 1, [1.0, 0.0], [""], [[2, 4, 6, 8]]),
    ("halves.nm", 5000, [0.75], [], []),
]
# For what has no size of its own.
ANY_RATE_HZ, ANY_FRAMES = 48000, 1024


def inputs(channels: int, frames: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.rand(channels, frames, generator=generator) * 1.6 - 0.8


def moving(frames: int) -> torch.Tensor:
    """Four parameters from 0 to 1, of different periods."""
    periods = torch.tensor([[7919.0], [5003.0], [3001.0], [1009.0]])
    return 0.5 - 0.5 * torch.cos(torch.arange(frames) * (2.0 * math.pi) / periods)


def answered(path: Path, rate_hz: int, frames: int, x: torch.Tensor, params: torch.Tensor):
    """What the effect makes of it, and the delay that it states."""
    model = torch.jit.load(str(path)).eval()
    model.set_daw_sample_rate_and_buffer_size(rate_hz, frames, rate_hz, frames)
    torch.manual_seed(SEED)
    parts = zip(x.split(frames, 1), params.split(frames, 1))
    # The answer is memory of the model's, which the next call writes into.
    y = torch.cat([model.forward(part, rows).clone() for part, rows in parts], 1)
    return y, model.calc_model_delay_samples()


def cases(path: Path):
    model = torch.jit.load(str(path))
    ins, outs = (1 if mono else 2 for mono in (model.is_input_mono(), model.is_output_mono()))
    for rate_hz in model.get_native_sample_rates() or [ANY_RATE_HZ]:
        for frames in model.get_native_buffer_sizes() or [ANY_FRAMES]:
            length = 2 * rate_hz // frames * frames
            x, params = inputs(ins, length), moving(length)
            # The answer has as many channels as the input: both sides get as many as the wider one has.
            wide = x if ins >= outs else x.repeat(2, 1)
            y, delay = answered(path, rate_hz, frames, wide, params)
            # One of two equal channels, where the model has one.
            name = f"{path.stem}_{rate_hz}_{frames}"
            for kind, sound in (("in", x), ("params", params), ("out", y[:outs])):
                sound.contiguous().numpy().tofile(path.parent / f"{name}.{kind}.f32")
            sizes = {"rate_hz": rate_hz, "frames": frames, "ins": ins, "outs": outs}
            yield {"name": name, "file": path.name, **sizes, "seed": SEED, "delay_frames": delay}


def whole(name: str, path: Path, frames: int, rows: list, texts: list, tokens: list):
    """The sounds that a generator makes of noise, and what it was given."""
    model = torch.jit.load(str(path)).eval()
    given = [inputs(channels, frames) for channels in model.get_audio_in_channels()]
    model.set_daw_sample_rate_and_buffer_size(WHOLE_RATE_HZ, frames, WHOLE_RATE_HZ, frames)
    numbers = torch.tensor(rows).reshape(-1, 1).repeat(1, frames)
    made = model.forward_non_realtime(given, numbers, texts or None, tokens or None)
    for kind, sounds in (("in", given), ("out", made)):
        for at, sound in enumerate(sounds):
            sound.contiguous().numpy().tofile(path.parent / f"{name}.{kind}{at}.f32")
    channels = {kind: [sound.size(0) for sound in sounds] for kind, sounds in (("ins", given), ("outs", made))}
    return {"name": name, "file": path.name, "frames": frames, "rows": rows, "texts": texts, "tokens": tokens, **channels}


def main() -> None:
    parser = argparse.ArgumentParser(description="Runs what export.py has written.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    torch.set_num_threads(1)
    with torch.inference_mode():
        made = [case for path in sorted(folder.glob("*.nm")) for case in cases(path)]
    (folder / "cases.json").write_text(json.dumps(made, indent=1))
    asked = [(str(number), folder / "generators" / file, rest) for number, (file, *rest) in enumerate(WHOLES)]
    # The first versions of the SDK have no generators.
    with torch.inference_mode():
        wholes = [whole(name, path, *rest) for name, path, rest in asked if path.exists()]
    (folder / "generators.json").write_text(json.dumps(wholes, indent=1))
    print(f"{len(made)} cases, {len(wholes)} of generators")


if __name__ == "__main__":
    main()
