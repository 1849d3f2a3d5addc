"""What `check.py` asks of the models in the format of Neutone."""

import json

import torch

from behaviours import equal, noise, raises

FRAMES = 2048


def fx(load, rate_hz: int = 44100, frames: int = FRAMES):
    """A fresh copy, told its rate and buffer, after a look at what all of them do alike."""
    model = load()
    raises(lambda: model(torch.zeros(1, frames)), "input must be")
    raises(lambda: model.set_daw_sample_rate_and_buffer_size(rate_hz, frames, rate_hz + 1, frames), "no resampler")
    raises(lambda: model.set_daw_sample_rate_and_buffer_size(rate_hz, 0, rate_hz, 0), "buffers of 0")
    assert model.set_daw_sample_rate_and_buffer_size(rate_hz, frames, rate_hz, frames) == 3 * frames + 1
    raises(lambda: model(torch.zeros(1, frames + 1)), "input must be")
    raises(lambda: model(torch.zeros(1, frames), torch.zeros(2, frames)), "parameters must be")
    x = noise(1, 2, frames)[0]
    if hasattr(model, "get_metadata_json"):
        assert json.loads(model.get_metadata_json())["neutone_parameters"].keys() <= {"p1", "p2", "p3", "p4"}
    first = model(x)
    assert first.shape == x.shape and model(x[:1]).shape == (1, frames)
    model.reset()
    equal(model.forward_bt(x, None), first)
    model.reset()
    return model


def played(model, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
    """All of `x`, buffer by buffer."""
    parts = zip(x.split(model.frames, 1), params.split(model.frames, 1))
    return torch.cat([model(part, rows) for part, rows in parts], 1)


def sound(channels: int, frames: int = 8 * FRAMES) -> torch.Tensor:
    return noise(1, channels, frames)[0]


def rows(frames: int = 8 * FRAMES) -> torch.Tensor:
    return 0.5 + 0.5 * noise(1, 4, frames)[0]


def later(x: torch.Tensor, frames: int) -> torch.Tensor:
    return torch.nn.functional.pad(x, (frames, 0))[:, : x.size(1)]


def identity44100(load) -> None:
    model = fx(load)
    equal(played(model, sound(2), rows()), sound(2))
    raises(lambda: model.set_daw_sample_rate_and_buffer_size(48000, 2048, 48000, 2048), "48000 Hz")
    raises(lambda: model.set_daw_sample_rate_and_buffer_size(44100, 512, 44100, 512), "buffers of 512")


def echo(load) -> None:
    model = fx(load)
    equal(played(model, sound(2), rows()), later(sound(2), 500))
    assert model.calc_model_delay_samples() == 500 and model.calc_buffering_delay_samples() == 0
    assert (model.get_wet_default_value(), model.get_dry_default_value()) == (0.5, 0.5)


def lookback(load) -> None:
    for rate_hz, frames in ((44100, 2048), (48000, 512)):
        equal(played(fx(load, rate_hz, frames), sound(1), rows()), 0.5 * sound(1) + 0.5 * later(sound(1), 1024))


def any(load) -> None:
    for frames in (64, 100, 2048):
        model = fx(load, 96000, frames)
        x, params = sound(1, 8 * frames), rows(8 * frames)
        equal(played(model, x, params), x * params[:1] + params[1:2])
        equal(model(x[:, :frames]), x[:, :frames])


def narrow(load) -> None:
    model = fx(load)
    equal(played(model, sound(1).repeat(2, 1), rows()), torch.cat([sound(1), -sound(1)], 0))
    assert abs(model.get_input_gain_default_value() - 0.6) < 1e-6


def wide(load) -> None:
    x = sound(2)
    equal(played(fx(load), x, rows()), (x[:1] - 0.5 * x[1:]).repeat(2, 1))


def old(load) -> None:
    model = fx(load, 48000, 512)
    equal(played(model, sound(1), rows()), later(sound(1) * rows()[2:3], 64))
    assert model.calc_min_delay_samples() == 64
    for newer in ("realtime", "get_metadata_json", "calc_model_delay_samples"):
        assert not hasattr(model, newer), newer


def drive(load) -> None:
    def level(drive: float, tone: float, hz: float) -> float:
        model = fx(load, 48000, 512)
        params = torch.tensor([[drive], [tone], [0.0], [0.0]]).expand(4, 16384)
        x = 0.2 * torch.sin(torch.arange(16384) * (2 * torch.pi * hz / 48000)).unsqueeze(0)
        return played(model, x, params)[0, 4096:].square().mean().sqrt().item()

    clean, driven, dark = level(0.0, 1.0, 500.0), level(1.0, 1.0, 500.0), level(0.0, 0.0, 8000.0)
    assert 0.13 < clean < 0.142 and 0.2 < driven < 0.35, (clean, driven)
    assert dark < 0.1 * level(0.0, 1.0, 8000.0), dark
    # The same sound in any buffers, while nothing moves.
    params = torch.tensor([[0.7], [0.4], [0.0], [0.0]]).expand(4, 8192)
    small, large = fx(load, 48000, 64), fx(load, 48000, 8192)
    equal(played(small, sound(1, 8192), params), played(large, sound(1, 8192), params), 1e-5)
    # No step where the low-pass changes between two buffers.
    model, x = fx(load, 48000, 512), torch.full((1, 1024), 0.5)
    params = torch.zeros(4, 1024)
    params[1, 512:] = 1.0
    y = played(model, x, params)[0, 400:]
    assert y.diff().abs().max() < 0.02


def chord(load) -> None:
    model = load()
    assert model.realtime is False and model.get_audio_in_channels() == [] and model.get_audio_out_channels() == [2]
    default = model([], None, ["a c e"])
    assert [tuple(made.shape) for made in default] == [(2, 44100)] and model.get_progress_percentage() == 100
    spectrum = torch.fft.rfft(default[0].sum(0)).abs()
    assert sorted(spectrum.topk(3).indices.tolist()) == [220, 262, 330]
    numerical = torch.tensor([[0.0], [1.0], [0.0]])
    (fading,) = model([], numerical, [""], [[69]])
    assert fading.shape == (2, 4410) and fading[0, -100:].abs().max() < 0.02 < fading[0, :200].abs().max()
    raises(lambda: model([torch.zeros(1, 8)]), "takes 0 sounds")
    raises(lambda: model([], torch.zeros(2, 1)), "must be [3, frames]")


def mirror(load) -> None:
    x = sound(1, 1000)
    backwards, both = load()([x], torch.tensor([[0.5]]))
    equal(backwards, 0.5 * x.flip([1]))
    equal(both, 0.5 * torch.cat([x, x.flip([1])], 0))


EFFECTS = (identity44100, echo, lookback, any, narrow, wide, old, drive)
CHECKS = {check.__name__: check for check in EFFECTS + (chord, mirror)}

