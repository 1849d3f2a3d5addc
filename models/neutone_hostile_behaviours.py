"""What the files `hostile/effect_*.nm` must do; see `behaviours.py`."""

import torch

import neutone_hostile
from behaviours import equal, noise, raises
from failing_behaviours import hangs_in

FRAMES = 512


def told(model):
    """The model, told its rate and buffer."""
    model.set_daw_sample_rate_and_buffer_size(48000, FRAMES, 48000, FRAMES)
    return model


def sound() -> torch.Tensor:
    return noise(1, 1, FRAMES)[0]


def effect_raises(load) -> None:
    model = told(load())
    for _ in range(3):
        equal(model(sound()), sound())
    raises(lambda: model(sound()), "fourth call")


def effect_raises_rate(load) -> None:
    raises(lambda: told(load()), "takes no rate")


def effect_raises_reset(load) -> None:
    model = told(load())
    raises(lambda: model.reset(), "cannot begin anew")
    equal(model(sound()), sound())


def effect_raises_delay(load) -> None:
    model = told(load())
    raises(lambda: model.calc_model_delay_samples(), "does not know")
    equal(model(sound()), sound())


def effect_long_delay(load) -> None:
    assert told(load()).calc_model_delay_samples() == 1 << 62


def effect_negative_delay(load) -> None:
    assert told(load()).calc_model_delay_samples() == -500


def effect_nan(load) -> None:
    assert told(load())(sound()).isnan().all()


def effect_hangs(load) -> None:
    model = told(load())
    for _ in range(3):
        equal(model(sound()), sound())

    def fourth(model, reached) -> None:
        for _ in range(3):
            model(sound())
        reached()
        model(sound())

    hangs_in(lambda: told(load()), fourth)


def effect_hangs_rate(load) -> None:
    hangs_in(load, lambda model, reached: (reached(), told(model)))


def effect_hangs_mono(load) -> None:
    equal(told(load())(sound()), sound())
    hangs_in(load, lambda model, reached: (reached(), model.is_input_mono()))


def effect_words(load) -> None:
    model = load()
    assert told(model)(sound()) == "not a tensor" and model.is_input_mono() == "perhaps"


def effect_nothing(load) -> None:
    assert told(load())(sound()) is None


def effect_arguments(load) -> None:
    assert told(load())(1, 2) == 3


def effect_speechless(load) -> None:
    assert not hasattr(load(), "forward")


def shape(channels: int, frames: int):
    """A check of what it answers."""

    def check(load) -> None:
        assert tuple(told(load())(sound()).shape) == (channels, frames)

    return check


CHECKS = {name: globals()[name] for name in neutone_hostile.MODELS if name in globals()}
CHECKS.update(effect_short=shape(1, FRAMES - 1), effect_long=shape(1, 2 * FRAMES), effect_empty=shape(1, 0))
CHECKS.update(effect_three=shape(3, FRAMES))
