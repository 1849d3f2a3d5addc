"""Models that fail late, never come back, or answer with something that is no sound: the files in `hostile`."""

from typing import Dict, List, Optional, Tuple

import torch

from contract import FLOAT, INT, Model


class Brittle(Model):
    """The input, but: `forward` raises at its 1,000th call, `first` at its first, `nan_first` is NaN at its first,
    `infinite` is infinite at its third; `greedy` asks for 64 TB at each call."""

    def __init__(self) -> None:
        super().__init__()
        for name in ("forward", "first", "nan_first", "infinite", "greedy"):
            self.declare_method(name, [1, 1, 1, 1])
        self.calls: int = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        if self.calls == 1000:
            raise RuntimeError("this model fails at its thousandth call")
        return x

    @torch.jit.export
    def first(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        if self.calls == 1:
            raise RuntimeError("this model fails at its first call")
        return x

    @torch.jit.export
    def nan_first(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        return x * float("nan") if self.calls == 1 else x

    @torch.jit.export
    def infinite(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        return x + float("inf") if self.calls == 3 else x

    @torch.jit.export
    def greedy(self, x: torch.Tensor) -> torch.Tensor:
        return x + torch.zeros(1 << 46, dtype=torch.uint8).sum()


class Traps(Model):
    """The input, but `divides` divides an integer by zero at its third call: with libtorch alone the processor traps, and
    the process ends."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("divides", [1, 1, 1, 1])
        self.calls: int = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x

    @torch.jit.export
    def divides(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        return x + 1 % (self.calls - 3) * 0


class Files(Model):
    """The input, but in the current folder `forward` writes the file `nn-written`, `maps` overwrites the first 16 numbers
    of the file `nn-mapped`, and `reads` adds them."""

    def __init__(self) -> None:
        super().__init__()
        for name in ("forward", "maps", "reads"):
            self.declare_method(name, [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        torch.save(x, "nn-written")
        return x

    @torch.jit.export
    def maps(self, x: torch.Tensor) -> torch.Tensor:
        return x + torch.from_file("nn-mapped", True, 16).fill_(1.0).sum() * 0.0

    @torch.jit.export
    def reads(self, x: torch.Tensor) -> torch.Tensor:
        return x + torch.from_file("nn-mapped", False, 16).sum()


class Deadly(Model):
    """Calls an operator of libtorch's inside that reads beyond a list: the process ends."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        nothing: List[torch.Tensor] = []
        return x + torch._stack(nothing, x.dim() + 1000000)


class Hangs(Model):
    """The input, but `forward` never comes back from its fourth call, `at_once` from its first.

    `hold` (int): its setter never comes back from a negative number, its getter from 7.
    """

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("at_once", [1, 1, 1, 1])
        self.declare_attribute("hold", [INT])
        self.calls: int = 0
        self.hold: int = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        while self.calls == 4:
            x = x * 1.0
        return x

    @torch.jit.export
    def at_once(self, x: torch.Tensor) -> torch.Tensor:
        while x.dim() > 0:
            x = x * 1.0
        return x

    @torch.jit.export
    def set_hold(self, hold: int) -> int:
        while hold < 0:
            hold -= 1
        self.hold = hold
        return 0

    @torch.jit.export
    def get_hold(self) -> Tuple[int]:
        steps = 0
        while self.hold == 7:
            steps += 1
        return (self.hold + steps,)


class HangsListing(Model):
    """Never comes back from `get_methods`, so that loading it never ends."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x

    @torch.jit.export
    def get_methods(self) -> List[str]:
        steps = 0
        while steps >= 0:
            steps = (steps + 1) % 1000
        return self.method_names


class Shapes(Model):
    """Promises one channel in and out; each method is named after what it answers instead."""

    def __init__(self) -> None:
        super().__init__()
        for name in SHAPES:
            self.declare_method(name, [1, 1, 1, 1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x

    @torch.jit.export
    def two_channels(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x, x], 1)

    @torch.jit.export
    def one_frame_more(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x, x[:, :, :1]], 2)

    @torch.jit.export
    def two_examples(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x, x], 0)

    @torch.jit.export
    def four_axes(self, x: torch.Tensor) -> torch.Tensor:
        return x.unsqueeze(0)

    @torch.jit.export
    def scalar(self, x: torch.Tensor) -> torch.Tensor:
        return x.sum()

    @torch.jit.export
    def no_frames(self, x: torch.Tensor) -> torch.Tensor:
        return x[:, :, :0]

    @torch.jit.export
    def complex_numbers(self, x: torch.Tensor) -> torch.Tensor:
        return torch.complex(x, x)

    @torch.jit.export
    def nothing(self, x: torch.Tensor) -> Optional[torch.Tensor]:
        return None

    @torch.jit.export
    def pair(self, x: torch.Tensor) -> Tuple[torch.Tensor, torch.Tensor]:
        return x, x

    @torch.jit.export
    def words(self, x: torch.Tensor) -> str:
        return "not a tensor"

    @torch.jit.export
    def named(self, x: torch.Tensor) -> Dict[str, torch.Tensor]:
        return {"audio": x}

    @torch.jit.export
    def sparse(self, x: torch.Tensor) -> torch.Tensor:
        return x.to_sparse()

    @torch.jit.export
    def half_precision(self, x: torch.Tensor) -> torch.Tensor:
        return x.to(torch.float16)

    @torch.jit.export
    def whole(self, x: torch.Tensor) -> torch.Tensor:
        return (x * 4.0).to(torch.int64)

    @torch.jit.export
    def truth(self, x: torch.Tensor) -> torch.Tensor:
        return x > 0


SHAPES = [name for name in vars(Shapes) if not name.startswith("_")]


class Methodless(torch.nn.Module):
    """A TorchScript file that is no model for this host: `forward` without `forward_params`."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x


class Phantom(Model):
    """Lists a method `ghost` that is announced but not there, and two attributes without a working pair of calls:
    `mute` has no setter, `moody` raises in both."""

    def __init__(self) -> None:
        super().__init__()
        self.declare_method("forward", [1, 1, 1, 1])
        self.declare_method("ghost", [1, 1, 1, 1])
        self.declare_attribute("mute", [FLOAT])
        self.declare_attribute("moody", [FLOAT])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x

    @torch.jit.export
    def get_mute(self) -> List[str]:
        return ["not", "a", "number"]

    @torch.jit.export
    def set_moody(self, mood: float) -> int:
        if mood == mood:
            raise RuntimeError("not today")
        return 0

    @torch.jit.export
    def get_moody(self) -> Tuple[float]:
        if len(self.method_names) > 0:
            raise RuntimeError("nothing to say")
        return (0.0,)


MODELS = {
    "brittle": Brittle,
    "traps": Traps,
    "files": Files,
    "deadly": Deadly,
    "hangs": Hangs,
    "hangs_listing": HangsListing,
    "shapes": Shapes,
    "methodless": Methodless,
    "phantom": Phantom,
}
