"""What each committed file must do when it is loaded and run; each check gets a function that loads a fresh copy."""

import math
from functools import lru_cache
from math import lcm
from typing import Callable, List

import torch

BLOCKS = (512, 2048)


def noise(batch: int, channels: int, frames: int) -> torch.Tensor:
    return torch.rand(batch, channels, frames, generator=torch.Generator().manual_seed(1)) * 2 - 1


def equal(got: torch.Tensor, want: torch.Tensor, tolerance: float = 0.0) -> None:
    assert got.shape == want.shape, f"shape {tuple(got.shape)} instead of {tuple(want.shape)}"
    worst = (got.double() - want.double()).abs().max().item() if got.numel() else 0.0
    assert worst <= tolerance, f"off by {worst}"


def raises(call: Callable[[], object], text: str) -> None:
    try:
        call()
    except Exception as error:  # TorchScript raises torch.jit.Error, or the Python class by name.
        assert text in str(error), f"wrong message: {error}"
    else:
        raise AssertionError("it did not raise")


def streamed(method, x: torch.Tensor, block: int) -> torch.Tensor:
    return torch.cat([method(part) for part in x.split(block, dim=2)], dim=2)


@lru_cache(maxsize=None)
def sound() -> torch.Tensor:
    return noise(2, 1, 8 * 2048)


def promised_shapes(load, skip: List[str] = []) -> None:
    """Every method gives float32 of the promised shape, for batches 1 and 3 and two block sizes."""
    model = load()
    specs = {name: [int(v) for v in getattr(model, f"{name}_params")] for name in model.get_methods()}
    multiple = lcm(*(ratio for spec in specs.values() for ratio in (spec[1], spec[3])))
    for name, (in_channels, in_ratio, out_channels, out_ratio) in specs.items():
        for batch in (1, 3) if name not in skip else ():
            for block in {multiple * -(-size // multiple) for size in BLOCKS}:
                out = getattr(model, name)(noise(batch, in_channels, block // in_ratio))
                assert out.dtype == torch.float32, f"{name} gives {out.dtype}"
                want = (batch, out_channels, block // out_ratio)
                assert tuple(out.shape) == want, f"{name} gives {tuple(out.shape)} instead of {want}"


def identity(load) -> None:
    promised_shapes(load)
    equal(load()(sound()), sound())


def noise_model(load) -> None:
    promised_shapes(load)
    torch.manual_seed(7)
    first = load()(sound())
    assert 0.24 < (first - sound()).abs().max() <= 0.25
    assert not torch.equal(load()(sound()), first)
    torch.manual_seed(7)
    equal(load()(sound()), first)


def delay(load) -> None:
    promised_shapes(load)
    want = torch.nn.functional.pad(sound(), (500, 0))[:, :, : sound().size(2)]
    for block in (64, 512, 2048, 16384):
        equal(streamed(load(), sound(), block), want)
    raises(lambda: load()(noise(9, 1, 512)), "8 lanes")


def counter(load) -> None:
    promised_shapes(load)
    model = load()
    model.seen.fill_(20 * 60 * 48000 - 700)  # twenty minutes in
    out = streamed(model, torch.zeros(2, 1, 4096), 512)
    count = out[:, :1].long() + 65536 * out[:, 1:].long()
    equal(count, (20 * 60 * 48000 - 700 + torch.arange(4096)).expand(2, 1, -1))
    equal(load().ramp(torch.zeros(1, 1, 512)), (torch.arange(512) / 65536.0).reshape(1, 1, -1))


def keeper(load) -> None:
    promised_shapes(load)
    model, blocks = load(), noise(1, 1, 1536).split(512, dim=2)
    for given, want in zip(blocks, (torch.zeros(1, 1, 512), *blocks)):
        equal(model(given), want)


def bare(load) -> None:
    model = load()
    assert not hasattr(model, "get_methods") and not hasattr(model, "get_attributes")
    assert model.set_level(0.25) is None and model.get_level() == 0.25
    equal(model(sound()), sound() * 0.25)


def gain(load) -> None:
    promised_shapes(load)
    x, model = sound(), load()
    equal(model(x), x)
    assert [model.set_gain(v) for v in (-1.0, math.nan, math.inf, 0.5)] == [1, 1, 1, 0]
    assert (model.get_gain(), model.get_muted(), model.get_offset_steps()) == (0.5, (False,), [0])
    equal(model(x), x * 0.5)
    equal(model.inverse(x), x * 2)
    assert model.set_mode("loud") == 1 and model.set_mode("square") == 0 and model.get_mode() == ("square",)
    equal(model(x), 0.25 * x * x.abs(), 1e-7)
    assert model.set_mode("half") == 0 and model.set_offset_steps(9) == 1 and model.set_offset_steps(2) == 0
    equal(model(x), 0.25 * x + 0.25)
    assert model.set_range(1.0, 0.0) == 1 and model.set_range(0.1, 0.3) == 0
    equal(model(x), (0.25 * x + 0.25).clamp(0.1, 0.3))
    assert model.set_muted(True) == 0
    equal(model(x), x * 0)

    model = load()
    assert model.set_curve(torch.tensor([1.0])) == 1 and model.set_curve(torch.tensor([1.0, 0.0, 1.0])) == 0
    equal(model(x), x.abs(), 1e-6)
    assert model.set_curve(torch.zeros(0)) == 0
    table = torch.arange(14.0).reshape(2, 7)
    assert model.set_table("table#0") == 1 and model.set_buffer_attribute("table#1", table, 44100) == 1
    assert model.set_buffer_attribute("table#0", table, 44100) == 0 and model.set_table("table#0") == 0
    assert "frames 7" in model.get_table()[0] and model.get_buffer_attributes() == ["table#0"]
    equal(streamed(model, x, 512), x + torch.arange(x.size(2)) % 7)
    assert model.clear_buffer_attribute("table#0") == 0 and model.get_table() == ("no buffer",)
    equal(model(x), x)


def multi(load) -> None:
    promised_shapes(load)
    model, x = load(), noise(2, 4, 512)
    left, right = x[:, :1], x[:, 1:2]
    equal(model(x[:, :2]), torch.cat([left / 2, -right], 1))
    equal(model.swap(x[:, :2]), torch.cat([right, left], 1))
    equal(model.midside(x[:, :2]), torch.cat([left + right, left - right], 1) / 2)
    equal(model.mix4(x), x.sum(1, keepdim=True) / 4, 1e-6)
    equal(model.spread8(left), torch.cat([left * k / 8 for k in range(1, 9)], 1), 1e-6)
    assert model.midside_output_labels == ["mid", "side"] and len(model.spread8_output_labels) == 8
    raises(lambda: model.swap(x), "[batch, 2, frames]")


def features(load) -> None:
    promised_shapes(load)
    model = load()
    assert model.get_sample_rate() == 44100 and model.get_attributes() == ["none"]
    tone = torch.sin(2 * math.pi * 48 * torch.arange(2048) / 512).reshape(1, 1, -1)
    equal(model(tone), torch.ones(1, 1, 4), 1e-3)
    equal(model.rms(tone), torch.full((1, 1, 4), 0.5**0.5), 1e-3)
    bands = model.bands8(tone)[0, :, 0]
    assert bands.argmax() == 5 and 0.9 < bands[5] < 1.1 and bands[:5].max() < 0.01, f"bands {bands}"


def latent(load) -> None:
    promised_shapes(load)
    model, x = load(), noise(1, 1, 2048)
    z = model.encode(x)
    equal(z[:, :1], x[:, :, 511::512])
    equal(model(x), model.decode(z))
    equal(streamed(model, x, 512), model(x), 1e-6)


def ratios(load) -> None:
    promised_shapes(load)
    x = noise(1, 1, 64)
    equal(load()(x), x)
    equal(load().fast(x), x / 2)
    equal(load().slow(x), -x)


def generator(load) -> None:
    promised_shapes(load)
    model = load()
    model.set_sample_rate(48000)
    assert model.set_frequency(-1.0) == 1 and model.set_frequency(1000.0) == 0
    want = 0.5 * torch.sin(2 * math.pi * 1000 * torch.arange(8192.0, dtype=torch.float64) / 48000)
    equal(streamed(model.osc, torch.zeros(1, 0, 8192), 512), want.reshape(1, 1, -1), 1e-6)
    levels = noise(1, 4, 8)
    equal(streamed(load().additive, levels, 1), load().additive(levels), 1e-6)


def keys(load) -> None:
    promised_shapes(load)
    model = load()
    model.set_sample_rate(48000)
    assert model.set_midi(torch.zeros(3)) == 1 and model.set_midi(torch.tensor([64.0, 144, 69, 127])) == 0
    heard = model(torch.zeros(1, 0, 4864))[0, 0]
    assert bool((heard[:65] == 0).all())
    at = torch.arange(4800.0, dtype=torch.float64)
    want = 0.5 * (1 - torch.exp(-(at + 1) / (0.005 * 48000))) * torch.sin(2 * math.pi * 440 * at / 48000)
    equal(heard[64:].reshape(1, 1, -1), want.reshape(1, 1, -1), 1e-5)
    assert model.get_midi_out()[0].tolist() == [64.0, 144.0, 81.0, 127.0] and model.get_midi()[0].numel() == 0
    assert model.set_midi_out(torch.zeros(4)) == 1
    model.set_midi(torch.tensor([0.0, 128, 69, 0]))
    assert float(model(torch.zeros(1, 0, 9600)).abs()[0, 0, 4800:].max()) < 1e-6
    model(torch.zeros(1, 0, 64))
    assert model.get_midi_out()[0].numel() == 0


def throws(load) -> None:
    model, x = load(), sound()
    raises(lambda: model(x), "always fails")
    for call in range(1, 6):
        if call == 4:
            raises(lambda: model.later(x), "fourth call")
        else:
            equal(model.later(x), x)
    raises(lambda: model.set_fuse(-1), "blows")
    assert model.set_fuse(7) == 0 and model.get_fuse() == (7,)


def short(load) -> None:
    assert load()(sound()).size(2) == sound().size(2) - 1


def nan(load) -> None:
    model = load()
    assert model(sound()).isnan().all()
    assert [bool(model.once(sound()).isnan().any()) for _ in range(4)] == [False, False, True, False]


def double(load) -> None:
    out = load()(sound())
    assert out.dtype == torch.float64
    equal(out, sound())


def listy(load) -> None:
    out = load()(sound())
    assert isinstance(out, list) and len(out) == 1


def strided(load) -> None:
    promised_shapes(load)
    out = load()(sound())
    assert not out.is_contiguous()
    equal(out, sound())


def flat(load) -> None:
    x = noise(1, 2, 512)
    equal(load()(x[:, :1]), x[0, :1])
    equal(load().stereo(x), x[0])


def slow(load) -> None:
    promised_shapes(load)
    model = load()
    equal(model(sound()), sound())
    assert model.set_work(-1) == 1 and model.set_work(3) == 0 and model.get_work() == (3,)
    equal(model(sound()), sound())


def convolutions(load) -> None:
    x = noise(2, 2, 480)
    exact = load().double()
    for method, block in (("forward", x), ("upsample", x[:, :, :120])):
        out = getattr(load(), method)(block)
        assert out.shape[2] == 480 and out.abs().max() > 0.01
        equal(out, getattr(exact, method)(block.double()).float(), 1e-5)
    model = load()
    first = model(x)
    # The second block hears the end of the first.
    assert not torch.equal(model(x), first)
    assert model.set_sharpness(3.0) == 0 and model.get_sharpness() == 3.0
    changed = load()
    changed.set_sharpness(3.0)
    assert (changed(x) - first).abs().max() > 0.001
    changed.set_sharpness(1.0)
    equal(changed.strided, load().strided)


def recurrent(load) -> None:
    promised_shapes(load)
    whole = load()(sound())
    equal(streamed(load(), sound(), 512), whole, 1e-6)
    assert (whole - load()(sound() * 0.5)).abs().max() > 0.01, "it does not listen"
    again = load()
    again(sound())
    assert (again(sound()) - whole).abs().max() > 1e-4, "it does not remember"
    model, x = load(), noise(1, 1, 512)
    flat = model.linear(x)
    assert model.set_tilt(2.0) == -1 and model.get_tilt() == 0.0
    assert model.set_tilt(0.5) == 0 and model.get_tilt() == 0.5
    assert (model.linear(x) - flat).abs().max() > 0.01, "tilt changes nothing"
    raises(lambda: model(noise(9, 1, 512)), "8 lanes")


CHECKS = {
    check.__name__: check
    for check in (identity, delay, counter, keeper, bare, gain, multi, features, latent, ratios, generator, keys, convolutions)
    + (recurrent, throws, short, nan, double, listy, strided, flat, slow)
}
CHECKS.update(noise=noise_model, ratio512=identity, ratio3000=identity)
