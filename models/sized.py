"""Models that work with some buffers, inputs or attributes only, or that end at the borders of buffers: as real exports do."""

from typing import List, Tuple

import torch
from torch import nn

from contract import BUFFER, INT, Model, expect_channels


class Announced(Model):
    """`forward`: the input, if its length in frames (ratio 1024) is a multiple of 4.

    It lists `dummy_method` with ratio 4096 and has no code for it: buffers are to be that large.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1024, 1, 1024])
        self.declare_method("dummy_method", [1, 4096, 1, 4096])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        expect_channels(x, 1)
        return x.reshape(x.size(0), 1, -1, 4).reshape(x.size(0), 1, -1)


class Chunked(Model):
    """`forward`: the input, 4096 samples at a time and nothing else; `free`: the input; `answers`: always 2048 samples.

    A traced model is like that: its export has written the size into the code.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("free", [1, 1, 1, 1])
        self.declare_method("answers", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.reshape(1, 1, 16, 256).flip([-1]).flip([-1]).reshape(1, 1, 4096)

    @torch.jit.export
    def free(self, x: torch.Tensor) -> torch.Tensor:
        return x

    @torch.jit.export
    def answers(self, x: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.pad(x, [0, 2048])[:, :, :2048]


class Windowed(Model):
    """`encode`: means of 256 samples, of buffers of at least 1536 (`min_buffer_size`); `short`: the input, of at most 512
    samples; `silent`: the input, of at least 1024 samples, without a word in what it raises.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("encode", [1, 1, 1, 256])
        self.declare_method("short", [1, 1, 1, 1])
        self.declare_method("silent", [1, 1, 1, 1])
        self.declare_attribute("min_buffer_size", [INT])
        self.min_buffer_size: int = 1536

    @torch.jit.export
    def encode(self, x: torch.Tensor) -> torch.Tensor:
        if x.size(2) < self.min_buffer_size:
            raise ValueError(f"window {self.min_buffer_size} larger than input {x.size(2)}")
        return x.reshape(x.size(0), 1, -1, 256).mean(-1)

    @torch.jit.export
    def short(self, x: torch.Tensor) -> torch.Tensor:
        if x.size(2) > 512:
            raise ValueError("too long")
        return x

    @torch.jit.export
    def silent(self, x: torch.Tensor) -> torch.Tensor:
        assert x.size(2) >= 1024
        return x

    @torch.jit.export
    def get_min_buffer_size(self) -> int:
        return self.min_buffer_size


class Conv1d(nn.Module):
    """A mean of 65 samples with zeros beyond the ends of its input."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("kernel", torch.full((1, 1, 65), 1.0 / 65))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.conv1d(torch.nn.functional.pad(x, [32, 32]), self.kernel)


# By this name exports without streaming are known.
Conv1d.__module__ = "cached_conv.convs"


class Unstreamed(Model):
    """`forward`: the mean of 65 samples, by a convolution that begins anew with every buffer; `flags`: the input. Both write
    something that is no sound: how often they were called, and a flag.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("flags", [1, 1, 1, 1])
        self.convolution = Conv1d()
        self.register_buffer("calls", torch.zeros(1))
        self.reset: Tuple[bool] = (True,)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls.add_(1)
        self.reset = (False,)
        return self.convolution(x)

    @torch.jit.export
    def flags(self, x: torch.Tensor) -> torch.Tensor:
        self.reset = (False,)
        return x


class Masked(Model):
    """`forward`: the mean of 65 samples, by a convolution that begins anew with every buffer, in noise that hides that."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.convolution = Conv1d()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.convolution(x) * 0.01 + torch.rand_like(x)


class Overlapping(Model):
    """`forward`: the input. A window of 2048 samples has to fit into a buffer and what is kept of the one before, which is
    its last 1536 samples: silence at first, so that a buffer of 512 is enough once. `min_buffer_size` is declared with a
    value that its setter does not take.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_attribute("min_buffer_size", [INT])
        self.register_buffer("kept", torch.zeros(1, 1, 1536))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        assert torch.cat([self.kept, x], -1).size(2) >= 2048
        self.kept = x[:, :, -1536:]
        return x

    @torch.jit.export
    def get_min_buffer_size(self) -> int:
        return 2048

    @torch.jit.export
    def set_min_buffer_size(self) -> int:
        return -1


class Needing(Model):
    """`forward`: the first 2048 samples of the array `buf`, in buffers of 2048; `classes`: one of four numbers for the class
    at the second input; `tokens`: the same for whole numbers, without a label.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("classes", [2, 1, 1, 1], ["audio", "class (0-3)"])
        self.declare_method("tokens", [1, 1, 1, 1])
        self.declare_attribute("buf", [BUFFER])
        self.register_buffer("sound", torch.zeros(0))
        self.register_buffer("numbers", torch.tensor([0.1, 0.2, 0.3, 0.4]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.sound.numel() == 0:
            raise RuntimeError("there is nothing to play")
        return self.sound[:2048].reshape(1, 1, 2048) + x * 0.0

    @torch.jit.export
    def classes(self, x: torch.Tensor) -> torch.Tensor:
        number = x[:, 1:]
        if bool((number != number.round()).any()) or bool((number < 0).any()):
            raise ValueError("no class")
        return self.numbers[number.long()]

    @torch.jit.export
    def tokens(self, x: torch.Tensor) -> torch.Tensor:
        if bool((x != x.round()).any()) or bool((x < 0).any()):
            raise ValueError("no token")
        return self.numbers[x.long()]

    @torch.jit.export
    def set_buf(self, name: str) -> int:
        return 0

    @torch.jit.export
    def get_buf(self) -> str:
        return str(self.sound.numel())

    @torch.jit.export
    def get_buffer_attributes(self) -> List[str]:
        return ["buf#0"]

    @torch.jit.export
    def set_buffer_attribute(self, name: str, data: torch.Tensor, sample_rate: int) -> int:
        self.sound = data[0]
        return 0

    @torch.jit.export
    def clear_buffer_attribute(self, name: str) -> int:
        self.sound = torch.zeros(0)
        return 0


MODELS = {
    "announced": Announced,
    "chunked": Chunked,
    "windowed": Windowed,
    "unstreamed": Unstreamed,
    "masked": Masked,
    "overlapping": Overlapping,
    "needing": Needing,
}
