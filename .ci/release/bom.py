"""Joins the bills of materials of crates that go to users with the libraries that packages hold, as one CycloneDX file.

Usage: bom.py VERSION OUT --crates BILL... --packages ARCHIVE...

BILL is what cargo-cyclonedx writes for one crate. Each library in an ARCHIVE is listed with its sha256; a library that is
neither the project's own nor in bundled.json is an error, so nothing is passed on unnamed.
"""

import argparse
import fnmatch
import hashlib
import json
import pathlib
import re
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
OWN_LICENCE = "MIT OR Apache-2.0"
# Libraries of torch's wheels lie there; all others are built here.
FOREIGN = "/libtorch/lib/"
# Intel's library, linked into libtorch where this is found.
MKL = b"oneMKL FATAL ERROR"
CODE = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


def licences(text):
    """As CycloneDX has it: an expression of SPDX, or else the name of a licence."""
    if re.fullmatch(r"[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*", text):
        return [{"expression": text}]
    return [{"license": {"name": text}}]


def reference(purl):
    """Names a crate without the folder that it was built in."""
    return purl.split("?")[0]


def crates(bills):
    """All crates of all bills, each once, and what each depends on."""
    found, wanted = {}, {}
    for bill in bills:
        listed = [bill["metadata"]["component"], *bill.get("components", [])]
        by_ref = {part["bom-ref"]: reference(part["purl"]) for part in listed}
        for part in listed:
            kept = {key: value for key, value in part.items() if key not in ("components", "bom-ref", "purl")}
            ref = reference(part["purl"])
            found[ref] = {"type": part["type"], "bom-ref": ref, "purl": ref, **kept}
        for entry in bill.get("dependencies", []):
            into = wanted.setdefault(by_ref[entry["ref"]], set())
            into.update(by_ref[ref] for ref in entry.get("dependsOn", []))
    return found, wanted


def wheel(name):
    """A wheel of which libraries are taken, with the version that the pins name."""
    for pins in sorted((ROOT / "install/pins").glob("*.txt")):
        found = re.search(rf"^{re.escape(name)}==(\S+)", pins.read_text(), re.MULTILINE)
        if found:
            return f"pkg:pypi/{name}@{found.group(1)}"
    raise SystemExit(f"bom.py: no pin of {name} in install/pins")


def library(name, data, rows):
    """One file with code in an archive."""
    file = pathlib.PurePosixPath(name).name
    entry = {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}]}
    if FOREIGN not in name:
        return {**entry, "licenses": licences(OWN_LICENCE)}
    row = next((row for row in rows if any(fnmatch.fnmatchcase(file, known) for known in row["files"])), None)
    if row is None:
        raise SystemExit(f"bom.py: {name} is in no row of bundled.json: add its name and licence there")
    entry.update(description=row["name"], licenses=licences(row["licence"]))
    if "wheel" in row:
        entry["properties"] = [{"name": "taken from", "value": wheel(row["wheel"])}]
    if MKL in data:
        inside = {"type": "library", "name": "oneMKL", "licenses": licences("Intel Simplified Software License")}
        entry["components"] = [inside]
    return entry


def package(path, rows):
    """One archive that users download: its sha256, and its libraries and programs."""
    parts, texts = [], set()
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            data = archive.read(name)
            if data[:4] in CODE or data[:2] in CODE:
                parts.append(library(name, data, rows))
            inner = re.search(r"/libtorch/licenses/third_party/([^/]+)/", name)
            if inner:
                texts.add(inner.group(1))
    if not parts:
        raise SystemExit(f"bom.py: {path} holds no library")
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return {
        "type": "application",
        "bom-ref": path.name,
        "name": path.name,
        "hashes": [{"alg": "SHA-256", "content": content}],
        "components": parts,
        "properties": [{"name": "libtorch's parts with licence texts inside", "value": ", ".join(sorted(texts))}],
    }


def bill(version, bills, archives):
    """The whole bill."""
    rows = json.loads(pathlib.Path(__file__).with_name("bundled.json").read_text())
    found, wanted = crates(bills)
    packages = [package(path, rows) for path in sorted(archives)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "nn~", "version": version, "licenses": licences(OWN_LICENCE)},
            "tools": bills[0]["metadata"]["tools"],
        },
        "components": packages + [found[ref] for ref in sorted(found)],
        "dependencies": [{"ref": ref, "dependsOn": sorted(wanted[ref])} for ref in sorted(wanted)],
    }


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("version")
    words.add_argument("out", type=pathlib.Path)
    words.add_argument("--crates", nargs="+", type=pathlib.Path, required=True)
    words.add_argument("--packages", nargs="+", type=pathlib.Path, required=True)
    words = words.parse_args()
    bills = [json.loads(path.read_text()) for path in words.crates]
    text = json.dumps(bill(words.version, bills, words.packages), indent=1, ensure_ascii=False)
    if "file:/" in text:
        raise SystemExit("bom.py: the bill names folders of the machine that built it")
    words.out.write_text(text + "\n")
    print(f"{words.out}: {len(bills)} crates of the project, {len(words.packages)} packages")


if __name__ == "__main__":
    sys.exit(main())
