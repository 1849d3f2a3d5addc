"""What a `.ts` file promises to its host, as a base class for the models of this folder.

A method `M` is announced by an integer buffer `M_params` = `[in_channels, in_ratio, out_channels, out_ratio]`, an
attribute `A` by `A_params`, one type code per value. A method takes and gives float32 `[batch, channels, frames]`,
where `frames` is the block divided by the ratio of that side.
"""

from typing import List, Optional, Sequence

import torch
from torch import nn

# Type codes of attribute values.
BOOL, INT, FLOAT, STR, TENSOR, BUFFER = range(6)

# State buffers hold this many lanes; lane k of a batch is the same stream for ever.
MAX_BATCH = 8


class Model(nn.Module):
    """A module that lists its methods and attributes. Subclasses mark every method with `torch.jit.export`."""

    def __init__(self) -> None:
        super().__init__()
        # `Attribute` keeps the type of a list that may stay empty.
        self.method_names = torch.jit.Attribute([], List[str])
        self.attribute_names = torch.jit.Attribute([], List[str])

    def declare_method(
        self,
        name: str,
        params: Sequence[int],
        inputs: Optional[List[str]] = None,
        outputs: Optional[List[str]] = None,
    ) -> None:
        """Announces method `name`; `params` = [in_channels, in_ratio, out_channels, out_ratio]; labels are optional."""
        in_channels, _, out_channels, _ = params
        self.register_buffer(f"{name}_params", torch.tensor(list(params), dtype=torch.int64))
        for side, labels, channels in (("input", inputs, in_channels), ("output", outputs, out_channels)):
            if labels is not None:
                if len(labels) != channels:
                    raise ValueError(f"{name}: {len(labels)} {side} labels for {channels} channels")
                setattr(self, f"{name}_{side}_labels", torch.jit.Attribute(labels, List[str]))
        self.method_names.value.append(name)

    def declare_attribute(self, name: str, kinds: Sequence[int]) -> None:
        """Announces attribute `name` with one type code per value; `set_name` and `get_name` must be exported."""
        self.register_buffer(f"{name}_params", torch.tensor(list(kinds), dtype=torch.int64))
        self.attribute_names.value.append(name)

    @torch.jit.export
    def get_methods(self) -> List[str]:
        return self.method_names

    @torch.jit.export
    def get_attributes(self) -> List[str]:
        return self.attribute_names


def expect_channels(x: torch.Tensor, channels: int) -> None:
    """Raises unless `x` is `[batch, channels, frames]`; called from scripted methods."""
    if x.dim() != 3 or x.size(1) != channels:
        raise ValueError(f"input must be [batch, {channels}, frames], got {x.size()}")


def expect_batch(x: torch.Tensor, lanes: int) -> None:
    """Raises when `x` has more lanes than the model keeps state for; called from scripted methods."""
    if x.size(0) > lanes:
        raise ValueError(f"this model keeps state for {lanes} lanes, got a batch of {x.size(0)}")
