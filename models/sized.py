"""Models that work with some buffers only: the reasons for which real exports do."""

import torch

from contract import INT, Model, expect_channels


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


MODELS = {"announced": Announced, "chunked": Chunked, "windowed": Windowed}
