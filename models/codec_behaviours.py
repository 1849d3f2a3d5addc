"""What `codec.ts` and `codec_untrained.ts` must do: stream exactly, keep lanes apart, and be told apart by quality."""

import numpy
import torch

import codec
import held_out
import quality
from behaviours import equal, noise, promised_shapes, raises, streamed

# The trained codec must reach this log-mel correlation on each held-out sound; the untrained one must stay far below.
TRAINED_AT_LEAST = 0.8
UNTRAINED_AT_MOST = 0.4


def _streams_exactly(load) -> None:
    promised_shapes(load)
    assert load().get_sample_rate() == 44100
    sound = torch.tensor(held_out.plucks()[: 32 * 2048], dtype=torch.float32).reshape(1, 1, -1)
    at_once = load()(sound)
    for block in (512, 1024, 2048, 16384):
        # Sums in another order differ in their last bits, nothing else.
        equal(streamed(load(), sound, block), at_once, 2e-4)
    first, second = streamed(load(), sound, 2048), streamed(load(), sound, 2048)
    equal(first, second)
    model = load()
    latents = streamed(model.encode, sound, 2048)
    equal(streamed(model.decode, latents, 4), first, 2e-4)

    both = torch.cat([sound, noise(1, 1, sound.size(2)) * 0.3], dim=0)
    equal(streamed(load(), both, 2048)[:1], first, 2e-4)
    raises(lambda: load()(noise(9, 1, 512)), "8 lanes")
    raises(lambda: load()(noise(1, 1, 500)), "multiple of 512")


def figures(load) -> dict:
    """Log-mel correlation with each held-out sound."""
    found = {}
    for name, make in held_out.SOUNDS.items():
        sound = make()
        x = numpy.pad(sound, (0, codec.DELAY + -(len(sound) + codec.DELAY) % 2048))
        out = streamed(load(), torch.tensor(x, dtype=torch.float32).reshape(1, 1, -1), 2048)
        assert bool(torch.isfinite(out).all()), f"{name}: not finite"
        found[name] = quality.correlation(sound, out[0, 0].numpy(), codec.DELAY)
    return found


def trained(load) -> None:
    _streams_exactly(load)
    for name, figure in figures(load).items():
        assert figure >= TRAINED_AT_LEAST, f"{name}: log-mel correlation {figure:.3f}"


def untrained(load) -> None:
    _streams_exactly(load)
    for name, figure in figures(load).items():
        assert figure <= UNTRAINED_AT_MOST, f"{name}: log-mel correlation {figure:.3f} without training"


CHECKS = {"codec": trained, "codec_untrained": untrained}
