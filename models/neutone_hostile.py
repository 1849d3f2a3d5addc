"""Effects in the format of Neutone that fail, lie or never come back: the files `hostile/effect_*.nm`.

Each is an effect like the others of this folder, mono at any rate and in any buffer, but for what its name says.
"""

from typing import List, Optional

import torch
from torch import nn

from neutone_contract import Effect
from neutone_metadata import About


def about(name: str, **more) -> About:
    return About(name, "For tests", "For tests", **more)


class Raises(Effect):
    """`forward` raises from its fourth call on."""

    def __init__(self) -> None:
        super().__init__(about("raises"))
        self.calls: int = 0

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        if self.calls >= 4:
            raise RuntimeError("this effect fails at its fourth call")
        return x


class RaisesRate(Effect):
    """Raises when it is told its rate and buffer."""

    def __init__(self) -> None:
        super().__init__(about("raises at its rate"))

    @torch.jit.export
    def reset(self) -> None:
        # Told its rate, each of these effects begins anew.
        if self.frames > 0:
            raise RuntimeError("this effect takes no rate")


class RaisesReset(Effect):
    """Raises when it is to begin anew, but for the first time."""

    def __init__(self) -> None:
        super().__init__(about("raises at reset"))
        self.resets: int = 0

    def reset_model(self) -> None:
        self.resets += 1
        if self.resets > 1:
            raise RuntimeError("this effect cannot begin anew")


class RaisesDelay(Effect):
    """Raises when it is asked for its delay."""

    def __init__(self) -> None:
        super().__init__(about("raises at its delay"))

    @torch.jit.export
    def calc_model_delay_samples(self) -> int:
        if self.delay >= 0:
            raise RuntimeError("this effect does not know its delay")
        return 0


class LongDelay(Effect):
    """Declares a delay of 2**62 samples."""

    def __init__(self) -> None:
        super().__init__(about("long delay", delay=1 << 62))


class NegativeDelay(Effect):
    """Declares a delay of -500 samples."""

    def __init__(self) -> None:
        super().__init__(about("negative delay", delay=-500))


class NotANumber(Effect):
    """Answers NaN."""

    def __init__(self) -> None:
        super().__init__(about("nan"))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        return x * float("nan")


class Short(Effect):
    """Answers one frame less than it got."""

    def __init__(self) -> None:
        super().__init__(about("short"))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        return x[:, 1:]


class Long(Effect):
    """Answers twice as many frames as it got."""

    def __init__(self) -> None:
        super().__init__(about("long"))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        return torch.cat([x, x], 1)


class Empty(Effect):
    """Answers no frames."""

    def __init__(self) -> None:
        super().__init__(about("empty"))

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        return x[:, :0]


class Hangs(Effect):
    """`forward` never comes back from its fourth call."""

    def __init__(self) -> None:
        super().__init__(about("hangs"))
        self.calls: int = 0

    def effect(self, x: torch.Tensor, params: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        while self.calls >= 4:
            x = x * 1.0
        return x


class HangsRate(Effect):
    """Never comes back from being told its rate."""

    def __init__(self) -> None:
        super().__init__(about("hangs at its rate"))

    def reset_model(self) -> None:
        steps = 0
        while steps >= 0:
            steps = (steps + 1) % 1000


class HangsMono(Effect):
    """Never comes back from the question whether its input is mono."""

    def __init__(self) -> None:
        super().__init__(about("hangs when asked"))

    @torch.jit.export
    def is_input_mono(self) -> bool:
        steps = 0
        while steps >= 0:
            steps = (steps + 1) % 1000
        return True


class Shape(nn.Module):
    """An effect of its own making, whose answers are of another type; it answers `forward_bt` as it should not."""

    @torch.jit.export
    def forward_bt(self, x: torch.Tensor, params: Optional[torch.Tensor] = None) -> int:
        return 0

    @torch.jit.export
    def set_daw_sample_rate_and_buffer_size(
        self, daw_sr: int, daw_bs: int, model_sr: Optional[int] = None, model_bs: Optional[int] = None
    ) -> str:
        return "soon"

    @torch.jit.export
    def reset(self) -> List[int]:
        return [1, 2, 3]

    @torch.jit.export
    def is_input_mono(self) -> str:
        return "perhaps"

    @torch.jit.export
    def calc_model_delay_samples(self) -> float:
        return 0.5

    def extra_files(self) -> dict:
        return {}


class Words(Shape):
    """Answers words in the place of sound, and of everything else."""

    def forward(self, x: torch.Tensor, params: Optional[torch.Tensor] = None) -> str:
        return "not a tensor"


class Three(Shape):
    """Answers three channels."""

    def forward(self, x: torch.Tensor, params: Optional[torch.Tensor] = None) -> torch.Tensor:
        return torch.zeros(3, x.size(1))


class Nothing(Shape):
    """Answers nothing, as an effect that waits for more sound does."""

    def forward(self, x: torch.Tensor, params: Optional[torch.Tensor] = None) -> Optional[torch.Tensor]:
        return None


class Arguments(Shape):
    """`forward` takes two numbers, no sound."""

    def forward(self, x: int, params: int) -> int:
        return x + params


class Speechless(nn.Module):
    """Can be told its rate and has `forward_bt`, but no `forward`."""

    @torch.jit.export
    def forward_bt(self, x: torch.Tensor, params: Optional[torch.Tensor] = None) -> Optional[torch.Tensor]:
        return x

    @torch.jit.export
    def set_daw_sample_rate_and_buffer_size(self, daw_sr: int, daw_bs: int) -> int:
        return 0

    def extra_files(self) -> dict:
        return {}


CLASSES = {
    "raises": Raises,
    "raises_rate": RaisesRate,
    "raises_reset": RaisesReset,
    "raises_delay": RaisesDelay,
    "long_delay": LongDelay,
    "negative_delay": NegativeDelay,
    "nan": NotANumber,
    "short": Short,
    "long": Long,
    "empty": Empty,
    "hangs": Hangs,
    "hangs_rate": HangsRate,
    "hangs_mono": HangsMono,
    "words": Words,
    "three": Three,
    "nothing": Nothing,
    "arguments": Arguments,
    "speechless": Speechless,
}
MODELS = {f"effect_{name}": made for name, made in CLASSES.items()}
