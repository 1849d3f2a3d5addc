"""Writes a TorchScript module as a `.ts` or `.nm` archive whose bytes depend on the model alone.

`torch.jit.save` adds two kinds of entries that differ from one machine to the next: `*.debug_pkl` (the paths of the
Python sources) and `.data/serialization_id` (a hash over all entries, so also over those). libtorch needs neither.
They are left out, the zip gets a fixed date, and every entry stays stored and 64-byte aligned, as libtorch writes it.
"""

import io
import zipfile
from pathlib import Path
from typing import Dict

import torch

_ALIGNMENT = 64
_LOCAL_HEADER_BYTES = 30
_EXTRA_HEADER_BYTES = 4
_DATE = (1980, 1, 1, 0, 0, 0)


def _is_kept(name: str) -> bool:
    return not name.endswith(".debug_pkl") and name != ".data/serialization_id"


def _padding(header_offset: int, name: str) -> bytes:
    """An extra field (id `FB`, as in libtorch's own archives) that puts the entry's data on the alignment."""
    start = header_offset + _LOCAL_HEADER_BYTES + len(name.encode()) + _EXTRA_HEADER_BYTES
    fill = -start % _ALIGNMENT
    return b"FB" + fill.to_bytes(2, "little") + b"Z" * fill


def entries(file) -> Dict[str, bytes]:
    """The entries of an archive (a path or an open file), without the name of the top folder, in stored order."""
    with zipfile.ZipFile(file) as source:
        return {info.filename.split("/", 1)[1]: source.read(info) for info in source.infolist()}


def pack(scripted: torch.jit.ScriptModule, name: str, extra: Dict[str, str] = {}) -> bytes:
    """The archive of `scripted` with `name` as its top folder; the texts of `extra` lie in it by their names."""
    raw = io.BytesIO()
    torch.jit.save(scripted, raw, _extra_files=dict(extra))
    kept = {key: data for key, data in entries(raw).items() if _is_kept(key)}
    for key, data in kept.items():
        # A mangled type name carries a counter of the process: the content would depend on what was exported before.
        if b"___torch_mangle_" in data:
            raise ValueError(f"{name}: {key} has a mangled type; give all modules of a class the same attributes")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for key, data in kept.items():
            info = zipfile.ZipInfo(f"{name}/{key}", _DATE)
            info.create_system = 0
            info.external_attr = 0
            info.extra = _padding(packed.tell(), info.filename)
            target.writestr(info, data)
    return packed.getvalue()


def write(scripted: torch.jit.ScriptModule, path: Path, extra: Dict[str, str] = {}) -> None:
    """Writes `scripted` to `path`; the file's stem becomes the top folder."""
    path.write_bytes(pack(scripted, path.stem, extra))
