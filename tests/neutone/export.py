"""Exports effects and generators with the SDK that is installed: `python export.py --out DIR [--rave FILE]`, one `NAME.nm` each."""

import argparse
import inspect
import shutil
import tempfile
from pathlib import Path

import torch
from neutone_sdk.utils import save_neutone_model

import effects
import generators


def export(model: type, module: torch.nn.Module, out: Path) -> None:
    name = model.__name__.lower()
    with tempfile.TemporaryDirectory() as folder:
        # The first versions have no such switches.
        known = inspect.signature(save_neutone_model).parameters
        quick = {name: False for name in ("speed_benchmark", "test_offline_mode") if name in known}
        save_neutone_model(model(module), Path(folder), dump_samples=False, submission=False, **quick)
        shutil.copyfile(Path(folder) / "model.nm", out / f"{name}.nm")
    print(f"{name}.nm: {(out / f'{name}.nm').stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description="Exports effects and generators.")
    parser.add_argument("--out", type=Path, required=True, help="where the files go")
    parser.add_argument("--rave", type=Path, help="a streaming RAVE at 48000 Hz, to be wrapped too")
    options = parser.parse_args()
    (options.out / "generators").mkdir(parents=True, exist_ok=True)
    for effect in effects.EFFECTS:
        export(effect, effects.inner(effect), options.out)
    for generator in generators.GENERATORS:
        export(generator, generators.inner(), options.out / "generators")
    if options.rave:
        export(effects.Rave, torch.jit.load(str(options.rave)).eval(), options.out)


if __name__ == "__main__":
    main()
