"""Tests of bom.py: what is in packages is named with its licence, and nothing that has none is passed on."""

import pathlib
import re
import tempfile
import unittest
import zipfile

import bom

ELF = b"\x7fELF and more"


def crate(name, version="1.0.0", **more):
    origin = "registry+https://github.com/rust-lang/crates.io-index" if more.pop("public", True) else "path+file:///home"
    ref = f"{origin}#{name}@{version}"
    query = "" if origin.startswith("registry") else "?download_url=file://."
    return {"type": "library", "bom-ref": ref, "name": name, "version": version, "purl": f"pkg:cargo/{name}@{version}{query}"}


def listing(root, *others):
    return {
        "metadata": {"component": root, "tools": [{"name": "cargo-cyclonedx"}]},
        "components": list(others),
        "dependencies": [{"ref": root["bom-ref"], "dependsOn": [part["bom-ref"] for part in others]}],
    }


class Bom(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.archive = pathlib.Path(folder.name) / "nn.v1.Linux-amd64-32.dek"

    def packed(self, files):
        with zipfile.ZipFile(self.archive, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        bills = [
            listing(crate("nn", public=False), crate("libc")),
            listing(crate("nn-pd", public=False), crate("libc"), crate("nn-core", public=False)),
        ]
        return bom.bill("1.0.0", bills, [self.archive])

    def test_crates_are_there_once_and_no_folder_of_the_builder_is(self):
        bill = self.packed({"nn~/libnn_pd.so": ELF})
        refs = [part["bom-ref"] for part in bill["components"]]
        crates = ["pkg:cargo/libc@1.0.0", "pkg:cargo/nn-core@1.0.0", "pkg:cargo/nn-pd@1.0.0", "pkg:cargo/nn@1.0.0"]
        self.assertEqual(refs, [self.archive.name, *crates])
        self.assertEqual(bill["dependencies"][0], {"ref": crates[2], "dependsOn": crates[:2]})
        self.assertNotIn("file:", str(bill))

    def test_libraries_are_listed_with_licence_and_checksum(self):
        bill = self.packed(
            {
                "nn~/libnn_pd.so": ELF,
                "nn~/README.txt": b"text",
                "nn~/libtorch/lib/libgomp.so.1": ELF,
                "nn~/libtorch/lib/libtorch_cpu.so": ELF + bom.MKL,
                "nn~/libtorch/licenses/third_party/fmt/LICENSE": b"text",
            }
        )
        package = bill["components"][0]
        told = {part["name"]: part for part in package["components"]}
        self.assertEqual(len(told), 3)
        self.assertEqual(told["nn~/libnn_pd.so"]["licenses"], [{"expression": "MIT OR Apache-2.0"}])
        self.assertEqual(len(told["nn~/libnn_pd.so"]["hashes"][0]["content"]), 64)
        gomp = told["nn~/libtorch/lib/libgomp.so.1"]
        self.assertEqual(gomp["licenses"], [{"expression": "GPL-3.0-or-later WITH GCC-exception-3.1"}])
        self.assertRegex(gomp["properties"][0]["value"], r"^pkg:pypi/torch@\d")
        self.assertEqual(told["nn~/libtorch/lib/libtorch_cpu.so"]["components"][0]["name"], "oneMKL")
        self.assertEqual(package["properties"][0]["value"], "fmt")

    def test_every_library_that_a_platform_keeps_has_a_licence(self):
        text = (bom.ROOT / "install/src/platform.rs").read_text().split("#[cfg(test)]")[0]
        lists = re.findall(r"runtime_files: &\[(.*?)\]", text, re.DOTALL)
        kept = {name for names in lists for name in re.findall(r'"([^"]+)"', names)}
        kept.update(re.findall(r'(?:file: |&str = )"([^"]+\.so[^"]*)"', text))
        self.assertIn("libtorch_cpu.so", kept)
        self.assertIn("torch_cpu.dll", kept)
        self.assertIn("libcudart.so.13", kept)
        for name in kept:
            self.packed({f"nn~/libtorch/lib/{name}": ELF})

    def test_a_library_without_a_licence_is_refused(self):
        with self.assertRaisesRegex(SystemExit, "libsurprise.so is in no row"):
            self.packed({"nn~/libtorch/lib/libsurprise.so": ELF})

    def test_a_package_without_code_is_refused(self):
        with self.assertRaisesRegex(SystemExit, "holds no library"):
            self.packed({"nn~/README.txt": b"text"})


if __name__ == "__main__":
    unittest.main()
