"""File against script: `python models/check.py [--only NAME]`.

Exports every model anew, compares each archive entry with the committed file, then loads the committed file and checks
that it does what its script promises. The weights of `codec.ts` come from training, so its export takes them from the
committed file; everything else in it comes from the script. One line per model; the exit status is 1 when any failed.
"""

import argparse
import itertools
import re
import sys
import tempfile
import traceback
from pathlib import Path

import torch

import archive
import behaviours
import codec_behaviours
import export
import failing_behaviours
import neutone_behaviours
import neutone_hostile_behaviours
import printing_behaviours
import sized_behaviours


CHECKS = {
    **behaviours.CHECKS,
    **codec_behaviours.CHECKS,
    **failing_behaviours.CHECKS,
    **neutone_behaviours.CHECKS,
    **neutone_hostile_behaviours.CHECKS,
    **printing_behaviours.CHECKS,
    **sized_behaviours.CHECKS,
}


def steady(entries: dict) -> dict:
    """The entries of an archive, the constants of each class in order: torch writes them in that of a set, which is
    another one in each process."""
    is_constant = re.compile(rb"^  \w+ : Final\[").match
    steadied = {}
    for key, content in entries.items():
        groups = itertools.groupby(content.split(b"\n"), lambda line: bool(is_constant(line)))
        lines = [sorted(group) if constant else list(group) for constant, group in groups]
        steadied[key] = b"\n".join(itertools.chain(*lines)) if key.endswith(".py") else content
    return steadied


def differences(committed: Path, fresh: Path) -> list:
    """In words, what differs between two archives."""
    if not committed.exists():
        return ["the file is missing"]
    old, new = steady(archive.entries(committed)), steady(archive.entries(fresh))
    found = [f"{key} is only in the file" for key in old if key not in new]
    found += [f"{key} is only in the script's export" for key in new if key not in old]
    found += [f"{key} differs" for key in old if key in new and old[key] != new[key]]
    return found


def compare(name: str) -> list:
    """In words, what is wrong with the committed file of model `name`; empty when all is well."""
    committed = export.place(name)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / committed.name
        export.write(name, fresh)
        found = differences(committed, fresh)
    if found:
        return found
    try:
        with torch.no_grad():
            CHECKS[name](lambda: torch.jit.load(str(committed)).eval())
    except Exception:
        return traceback.format_exc().strip().splitlines()[-1:]
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description="Compares the committed files with their scripts.")
    parser.add_argument("--only", choices=sorted(export.BUILDERS), help="check this one only")
    options = parser.parse_args()
    names = [options.only] if options.only else list(export.BUILDERS)
    failed = 0
    for name in names:
        found = compare(name)
        failed += bool(found)
        print(f"{name}: {'; '.join(found) if found else 'ok'}", flush=True)
    passed = len(names) - failed
    if not options.only:
        files = [*export.FOLDER.rglob("*.ts"), *export.FOLDER.rglob("*.nm")]
        for stray in sorted({path.stem for path in files} - set(names)):
            failed += 1
            print(f"{stray}: no script makes this file")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
