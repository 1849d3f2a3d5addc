"""One convolution per method, in the shapes that models have: shows where the project's kernels are worth their while.

    python models/layers.py layers.ts
    NN_BENCH_MODELS=layers.ts cargo xtask bench kernels
"""

import sys
import tempfile
from importlib import util
from pathlib import Path

import torch
from torch import nn

# name: [in channels, in ratio, out channels, out ratio], layer
LAYERS = {
    "bank_64": ([1, 1, 1, 1], nn.Conv1d(1, 1, 64, padding="same")),
    "to_one": ([32, 1, 1, 1], nn.Conv1d(32, 1, 7, padding=3)),
    "from_one": ([1, 1, 32, 1], nn.Conv1d(1, 32, 7, padding=3)),
    "to_two": ([16, 1, 2, 1], nn.Conv1d(16, 2, 3, padding=1)),
    "eight": ([8, 1, 8, 1], nn.Conv1d(8, 8, 3, padding=1)),
    "wide_32": ([32, 1, 32, 1], nn.Conv1d(32, 32, 3, padding=1)),
    "wide_64": ([64, 1, 64, 1], nn.Conv1d(64, 64, 3, padding=1)),
    "dilated": ([16, 1, 16, 1], nn.Conv1d(16, 16, 13, padding=6 * 128, dilation=128)),
    "frames_64": ([128, 64, 128, 64], nn.Conv1d(128, 128, 7, padding=3)),
    "frames_16": ([256, 16, 256, 16], nn.Conv1d(256, 256, 3, padding=1)),
    "each": ([32, 1, 32, 1], nn.Conv1d(32, 32, 7, padding=3, groups=32)),
    "groups_4": ([32, 1, 32, 1], nn.Conv1d(32, 32, 7, padding=3, groups=4)),
    "down_16": ([1, 1, 16, 16], nn.Conv1d(1, 16, 32, stride=16, padding=8)),
    "up_512": ([64, 512, 1, 1], nn.ConvTranspose1d(64, 1, 512, stride=512)),
    "up_8": ([64, 8, 1, 1], nn.ConvTranspose1d(64, 1, 16, stride=8, padding=4)),
    "up_4": ([64, 16, 32, 4], nn.ConvTranspose1d(64, 32, 8, stride=4, padding=2)),
    "mix": ([64, 16, 256, 16], nn.Conv1d(64, 256, 1)),
    "mix_wide": ([256, 16, 256, 16], nn.Conv1d(256, 256, 1)),
    "wide_128": ([128, 1, 128, 1], nn.Conv1d(128, 128, 3, padding=1)),
}


class Layers(nn.Module):
    def __init__(self):
        super().__init__()
        for name, (params, layer) in LAYERS.items():
            setattr(self, f"{name}_layer", layer)
            self.register_buffer(f"{name}_params", torch.tensor(params))
        self.names = list(LAYERS)

    @torch.jit.export
    def get_methods(self):
        return self.names


def with_methods():
    """TorchScript reads methods from a source file: one is written for it."""
    lines = ["import torch", "from layers import Layers", "", "class All(Layers):"]
    for name in LAYERS:
        lines += [
            "    @torch.jit.export",
            f"    def {name}(self, x: torch.Tensor) -> torch.Tensor:",
            f"        return self.{name}_layer(x)",
        ]
    folder = Path(tempfile.mkdtemp())
    path = folder / "all_layers.py"
    path.write_text("\n".join(lines) + "\n")
    spec = util.spec_from_file_location("all_layers", path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.All


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    torch.manual_seed(1)
    torch.jit.script(with_methods()().eval()).save(sys.argv[1])
