"""What the files of `failing.py` must do; see `behaviours.py`."""

import multiprocessing
import os
import signal
import tempfile
from pathlib import Path

import torch

from behaviours import equal, noise, raises


def hangs_in(load, call) -> None:
    """`call` reaches its last step and does not come back from it."""
    reached = multiprocessing.get_context("fork").Event()

    def work() -> None:
        call(load(), reached.set)

    process = multiprocessing.get_context("fork").Process(target=work, daemon=True)
    process.start()
    try:
        assert reached.wait(20), "it did not get there"
        process.join(1)
        assert process.is_alive(), "it came back"
    finally:
        process.kill()
        process.join()


def brittle(load) -> None:
    x, model = noise(1, 1, 64), load()
    for call in range(1, 1003):
        if call == 1000:
            raises(lambda: model(x), "thousandth call")
        else:
            equal(model(x), x)
    model = load()
    raises(lambda: model.first(x), "first call")
    equal(model.first(x), x)
    model = load()
    assert [bool(model.nan_first(x).isnan().all()) for _ in range(3)] == [True, False, False]
    model = load()
    assert [bool(model.infinite(x).isinf().all()) for _ in range(4)] == [False, False, True, False]
    raises(lambda: load().greedy(x), "allocate")


def ends_by(signal_number: int, work) -> None:
    process = multiprocessing.get_context("fork").Process(target=work, daemon=True)
    process.start()
    process.join(20)
    assert process.exitcode == -signal_number, f"it ended with {process.exitcode}"


def traps(load) -> None:
    x, model = noise(1, 1, 64), load()
    equal(model(x), x)

    def work() -> None:
        model = load()
        for _ in range(3):
            model.divides(x)

    ends_by(signal.SIGFPE, work)


def files(load) -> None:
    x, model = noise(1, 1, 64), load()
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            Path("nn-mapped").write_bytes(bytes(64))
            equal(model(x), x)
            equal(model.maps(x), x)
            equal(model.reads(x), x + 16.0)
            assert Path("nn-written").is_file()
        finally:
            os.chdir(before)


def deadly(load) -> None:
    ends_by(signal.SIGSEGV, lambda: load()(noise(1, 1, 64)))


def hangs(load) -> None:
    x, model = noise(1, 1, 64), load()
    for _ in range(3):
        equal(model(x), x)
    assert model.set_hold(7) == 0 and load().get_hold() == (0,)

    def fourth(model, reached) -> None:
        for _ in range(3):
            model(x)
        reached()
        model(x)

    hangs_in(load, fourth)
    hangs_in(load, lambda model, reached: (reached(), model.at_once(x)))
    hangs_in(load, lambda model, reached: (reached(), model.set_hold(-1)))
    hangs_in(load, lambda model, reached: (model.set_hold(7), reached(), model.get_hold()))


def hangs_listing(load) -> None:
    x = noise(1, 1, 64)
    equal(load()(x), x)
    hangs_in(load, lambda model, reached: (reached(), model.get_methods()))


def shapes(load) -> None:
    x, model = noise(1, 1, 64), load()
    answers = {name: getattr(model, name)(x) for name in model.get_methods()}
    equal(answers.pop("forward"), x)
    wrong = {"two_channels": (1, 2, 64), "one_frame_more": (1, 1, 65), "two_examples": (2, 1, 64)}
    wrong.update(four_axes=(1, 1, 1, 64), scalar=(), no_frames=(1, 1, 0))
    for name, shape in wrong.items():
        assert tuple(answers.pop(name).shape) == shape, name
    assert answers.pop("nothing") is None and len(answers.pop("pair")) == 2
    assert isinstance(answers.pop("words"), str) and list(answers.pop("named")) == ["audio"]
    assert answers.pop("sparse").is_sparse
    kinds = {"complex_numbers": torch.complex64, "half_precision": torch.float16, "whole": torch.int64, "truth": torch.bool}
    assert {name: answer.dtype for name, answer in answers.items()} == kinds


def methodless(load) -> None:
    model = load()
    assert not hasattr(model, "get_methods") and not hasattr(model, "forward_params")
    equal(model(noise(1, 1, 64)), noise(1, 1, 64))


def phantom(load) -> None:
    model = load()
    assert model.get_methods() == ["forward", "ghost"] and not hasattr(model, "ghost")
    assert not hasattr(model, "set_mute") and model.get_mute() == ["not", "a", "number"]
    raises(lambda: model.set_moody(1.0), "not today")
    raises(lambda: model.get_moody(), "nothing to say")


CHECKS = {
    check.__name__: check
    for check in (brittle, traps, files, deadly, hangs, hangs_listing, shapes, methodless, phantom)
}
