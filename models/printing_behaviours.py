"""What the files of `printing.py` must do; see `behaviours.py`. What they print goes to the real standard output."""

import multiprocessing
import os
import tempfile
import warnings

from behaviours import equal, noise
from failing_behaviours import hangs_in


def printed(work) -> str:
    """What `work` prints in a process of its own."""
    with tempfile.TemporaryFile() as output:

        def run() -> None:
            os.dup2(output.fileno(), 1)
            work()

        process = multiprocessing.get_context("fork").Process(target=run, daemon=True)
        process.start()
        process.join(20)
        assert process.exitcode == 0, f"it ended with {process.exitcode}"
        output.seek(0)
        return output.read().decode()


def prints(load) -> None:
    x = noise(1, 1, 64)

    def work() -> None:
        model = load()
        equal(model(x), x)
        equal(model.quiet(x), x)
        model.set_volume(3)
        assert model.get_volume() == (3,)
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            equal(model.warns(x), x)
        assert ["WARNED by warns" in str(warning.message) for warning in warned] == [True]

    lines = ["PRINTED while loading", "PRINTED by", "forward\x1b[2J 64", "PRINTED again",
             "PRINTED by set_volume 3", "PRINTED by get_volume"]
    assert printed(work).splitlines() == lines
    for call in (lambda model: [model.loops(x) for _ in range(4)], lambda model: model.set_volume(-1)):
        hangs_in(quietly(load), lambda model, reached: (reached(), call(model)))


def quietly(load):
    """`load`, with all that is printed from then on gone."""

    def loaded():
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return load()

    return loaded


def tasks(load) -> None:
    x = noise(1, 1, 64)
    assert printed(lambda: equal(load()(x), x)).splitlines() == ["PRINTED by a task"]


CHECKS = {"prints": prints, "tasks": tasks}
