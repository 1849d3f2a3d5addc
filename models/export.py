"""Writes the models of this folder: `python models/export.py [--out DIR] [--only NAME]`."""

import argparse
import warnings
from pathlib import Path
from typing import Callable, Dict

import torch

import archive
import codec
import convolutions
import failing
import gain
import hostile
import keys
import multi
import neutone
import neutone_generators
import neutone_hostile
import oscillators
import plain
import printing
import rates
import recurrent
import sized

FOLDER = Path(__file__).resolve().parent

BUILDERS: Dict[str, Callable[[], torch.nn.Module]] = {}
NEUTONE = {**neutone.MODELS, **neutone_generators.MODELS, **neutone_hostile.MODELS}
for room in (plain, gain, multi, rates, oscillators, keys, convolutions, recurrent, hostile, failing, printing, sized):
    BUILDERS.update(room.MODELS)
BUILDERS.update(NEUTONE)


def place(name: str, folder: Path = FOLDER) -> Path:
    """Where the file of model `name` lies. Those that no host may trust, and those that not every buffer suits, are kept
    apart from the others."""
    if name in sized.MODELS:
        return folder / "sized" / f"{name}.ts"
    untrusted = {**failing.MODELS, **printing.MODELS, **neutone_hostile.MODELS}
    return folder / ("hostile" if name in untrusted else "") / f"{name}.{'nm' if name in NEUTONE else 'ts'}"


def trained_codec() -> torch.nn.Module:
    """The codec with the weights of the committed file, the only part of it that the scripts cannot make anew."""
    path = FOLDER / "codec.ts"
    if not path.exists():
        raise FileNotFoundError(f"{path.name} is missing: train it with train_codec.py")
    model = codec.Codec()
    weights = dict(torch.jit.load(str(path)).named_parameters())
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(weights[name])
    return model


BUILDERS.update(codec=trained_codec, codec_untrained=codec.Codec)


def scripted(model: torch.nn.Module) -> torch.jit.ScriptModule:
    """`model` as TorchScript."""
    with warnings.catch_warnings():
        # torch announces the end of scripting from Python; loading in C++ stays.
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.script(model)


def write(name: str, path: Path) -> None:
    """Writes the model `name` to `path`; the same on every call."""
    torch.manual_seed(0)
    model = BUILDERS[name]().eval()
    archive.write(scripted(model), path, model.extra_files() if name in NEUTONE else {})


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the models of this folder.")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the files go (default: beside this script)")
    parser.add_argument("--only", choices=sorted(BUILDERS), help="write this one only")
    options = parser.parse_args()
    for name in [options.only] if options.only else BUILDERS:
        path = place(name, options.out)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(name, path)
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
