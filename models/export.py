"""Writes the models of this folder: `python models/export.py [--out DIR] [--only NAME]`."""

import argparse
import warnings
from pathlib import Path
from typing import Callable, Dict

import torch

import archive
import gain
import hostile
import multi
import oscillators
import plain
import rates

FOLDER = Path(__file__).resolve().parent

BUILDERS: Dict[str, Callable[[], torch.nn.Module]] = {}
for room in (plain, gain, multi, rates, oscillators, hostile):
    BUILDERS.update(room.MODELS)


def script(name: str) -> torch.jit.ScriptModule:
    """The scripted model `name`; the same on every call."""
    torch.manual_seed(0)
    model = BUILDERS[name]().eval()
    with warnings.catch_warnings():
        # torch announces the end of scripting from Python; loading in C++ stays.
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.script(model)


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the .ts models of this folder.")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the files go (default: beside this script)")
    parser.add_argument("--only", choices=sorted(BUILDERS), help="write this one only")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name in [options.only] if options.only else BUILDERS:
        path = options.out / f"{name}.ts"
        archive.write(script(name), path)
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
