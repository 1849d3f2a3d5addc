#!/usr/bin/env bash
# Tests of these scripts, in seconds, without a network: versions, notes, names, checksums, the bill of materials, and that each
# script's dry run ends where docs/RELEASING.md says.
set -euo pipefail
cd "$(dirname "$0")/../.."

place=$(mktemp -d target/release-tests.XXXXXX)
trap 'rm -rf "$place"' EXIT
export NN_RELEASE_PLACE=$place PYTHONDONTWRITEBYTECODE=1
passed=0

wrong() {
    echo "FAILED: $*" >&2
    exit 1
}

# expect TEXT COMMAND...: it succeeds, and what it prints contains the text.
expect() {
    local text=$1 said
    shift
    said=$("$@" 2>&1) || wrong "$* fails: $said"
    case "$said" in *"$text"*) ;; *) wrong "$* does not say \"$text\" but: $said" ;; esac
    passed=$((passed + 1))
}

# refuse TEXT COMMAND...: it fails, and says the text.
refuse() {
    local text=$1 said
    shift
    if said=$("$@" 2>&1); then wrong "$* succeeds: $said"; fi
    case "$said" in *"$text"*) ;; *) wrong "$* does not say \"$text\" but: $said" ;; esac
    passed=$((passed + 1))
}

release() {
    local name=$1
    shift
    bash ".ci/release/$name.sh" "$@"
}

version=$(release version)
export NN_RELEASE_CHANGELOG=$place/CHANGELOG.md
printf '%s\n' "# Changes" "" "## [$version] - 2026-12-01" "" "### Added" "- One ([tools](docs/TOOLS.md#nn)," \
    "  told twice)." "- Two [far](https://example.org)." "" "## 0.0.1" "- Old." >"$NN_RELEASE_CHANGELOG"

# Tag, Cargo.toml and the list of changes.
expect "$version" release version "v$version"
refuse "the tag has to be v$version" release version v99.0.0
refuse 'nothing below "## 0.0.2"' release notes 0.0.2
sed -i "s/^## \[$version\].*/## Unreleased/" "$NN_RELEASE_CHANGELOG"
refuse "nothing below \"## $version\"" release version "v$version"
sed -i "s/^## Unreleased/## $version/" "$NN_RELEASE_CHANGELOG"
expect "$version" release version "v$version"

# Notes: the section alone, one line for each point, links that work outside of the repository.
export GITHUB_REPOSITORY=someone/nn
expect "- One ([tools](https://github.com/someone/nn/blob/v$version/docs/TOOLS.md#nn), told twice)." release notes "$version"
expect "- Two [far](https://example.org)." release notes "$version"
expect "gh attestation verify FILE --repo someone/nn" release notes "$version"
case "$(release notes "$version")" in *Old* | *Changes*) wrong "the notes are more than one section" ;; esac

# Names.
within() { bash -c 'call=("$@"); set --; . .ci/release/common.sh; "${call[@]}"' common.sh "$@"; }
expect "nn.v$version.Linux-amd64-32.dek" within asset_name "nn~[v$version](Linux-amd64-32).dek"
expect "nn-max-$version.zip" within asset_name "nn-max-$version.zip"
expect "" within is_deken_name macos-aarch64 "nn~[v$version](Darwin-arm64-32).dek"
expect "" within is_deken_name windows-x86_64 "nn~[v$version](Windows-amd64-32)(Windows-amd64-64).dek"
refuse "" within is_deken_name linux-aarch64 "nn~[v$version](Linux-amd64-32).dek"
refuse "" within is_deken_name linux-aarch64 "nn~[v0.0.1](Linux-arm64-32).dek"

# The line that installs on a Raspberry Pi takes the package by its own name and by that which a release gives it.
pattern=$(sed -n "s/.*unzip -o '\([^']*\)'.*/\1/p" docs/RASPBERRY_PI.md)
for name in "nn~[v$version](Linux-arm64-32)(Linux-arm64-64).dek" "$(within asset_name "nn~[v$version](Linux-arm64-32)(Linux-arm64-64).dek")"; do
    # shellcheck disable=SC2254 # A pattern, as the shell of a Pi takes it.
    case "$name" in $pattern) expect "" true ;; *) wrong "docs/RASPBERRY_PI.md: $pattern does not take $name" ;; esac
done

# What jobs hand over is complete before anything is joined or signed.
mkdir "$place/packages"
refuse "no $place/packages/max-windows-x86_64.tar" release join
refuse "holds no nn~[v$version](Linux-amd64-32).dek" release assemble --dry-run
for name in Linux-amd64 Linux-arm64 Darwin-arm64 Windows-amd64; do touch "$place/packages/nn~[v$version]($name-32).dek"; done
refuse "holds no nn-supercollider-$version-Linux-x86_64.zip" release assemble --dry-run
for name in Linux-x86_64 Linux-aarch64 macOS-aarch64 Windows-x86_64; do
    touch "$place/packages/nn-supercollider-$version-$name.zip"
done
touch "$place/packages/max-windows-x86_64.tar"

# What is for macOS is signed and packed again, all else is passed on as it is. Without a Mac, signing leaves a mark.
mkdir -p "$place/programs" "$place/package/max/nn~/support"
cat >"$place/programs/codesign" <<'END'
#!/bin/sh
for file in "$@"; do :; done
[ "$1" = --verify ] || echo "$3 signed" >>"$file"
END
cat >"$place/programs/security" <<'END'
#!/bin/sh
[ "$1" != find-identity ] || echo '  1) ABCDEF "Developer ID Application: Somebody (TEAM)"'
END
printf '#!/bin/sh\n' >"$place/programs/ditto"
cat >"$place/programs/xcrun" <<'END'
#!/bin/sh
echo "  status: $ANSWER"
END
chmod +x "$place/programs"/*
printf '\xcf\xfa\xed\xfe' >"$place/package/max/nn~/support/libnn_max.dylib"
python3 - "$place/packages" <<'END'
import pathlib, sys, zipfile
for path in pathlib.Path(sys.argv[1]).iterdir():
    if path.suffix in (".dek", ".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            program = zipfile.ZipInfo("nn~/nn" if path.suffix == ".dek" else "nn/support/nn")
            program.external_attr = 0o100755 << 16
            archive.writestr(program, b"\xcf\xfa\xed\xfe")
END
assembled() { PATH="$PWD/$place/programs:$PATH" release assemble; }
expect "nn-max-$version.zip" assembled
unpacked() { unzip -p "$place/release-files/$1" "$2" | tail -c 7; }
expect signed unpacked "nn.v$version.Darwin-arm64-32.dek" "nn~/nn"
expect signed unpacked "nn-supercollider-$version-macOS-aarch64.zip" nn/support/nn
expect signed unpacked "nn-max-$version.zip" "nn~/support/libnn_max.dylib"
case "$(unpacked "nn.v$version.Linux-arm64-32.dek" "nn~/nn")" in *signed*) wrong "Linux' package is signed" ;; esac
expect "-rwxr-xr-x" unzip -Z "$place/release-files/nn.v$version.Darwin-arm64-32.dek"
expect "OK" bash -c "cd '$place/deken-files' && sha256sum --check 'nn~[v$version](Darwin-arm64-32).dek.sha256'"
[ "$(find "$place/release-files" -type f | wc -l)" -eq 9 ] || wrong "not 9 files: $(ls "$place/release-files")"
rm -r "$place/release-files"

# With a certificate that is used, and Apple is asked.
certified() {
    PATH="$PWD/$place/programs:$PATH" MACOS_CERTIFICATE=$(echo certificate | base64) "$@"
}
expect "signed, and not notarised" certified bash .ci/release/sign.sh "$place/package/max"
expect "ABCDEF signed" tail -n 1 "$place/package/max/nn~/support/libnn_max.dylib"
export MACOS_NOTARY_KEY=a2V5Cg== MACOS_NOTARY_KEY_ID=1 MACOS_NOTARY_ISSUER=2
expect "Accepted" certified env ANSWER=Accepted bash .ci/release/sign.sh "$place/package/max"
refuse "Apple does not accept $place/package/max" certified env ANSWER=Invalid bash .ci/release/sign.sh "$place/package/max"
unset MACOS_NOTARY_KEY MACOS_NOTARY_KEY_ID MACOS_NOTARY_ISSUER
[ ! -e "$place/sign" ] || wrong "keys are left behind"

# The bill of materials.
expect "OK" python3 .ci/release/bom_tests.py

# Checksums, and what a draft needs.
refuse "no $place/release-files" release checksums
mkdir "$place/release-files"
echo one >"$place/release-files/nn~.dek"
refuse "would have another name" release checksums
mv "$place/release-files/nn~.dek" "$place/release-files/nn.dek"
expect "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806  nn.dek" release checksums
refuse "no nn-max-$version.zip" release draft "v$version" --dry-run
touch "$place/release-files/nn-max-$version.zip" "$place/release-files/nn-$version.cdx.json"
expect "nn-max" release checksums
expect "ends before: gh release create v$version" release draft "v$version" --dry-run
echo two >"$place/release-files/nn.dek"
refuse "FAILED" release draft "v$version" --dry-run

# Code for macOS is found by what it begins with.
mkdir -p "$place/code/nn~.mxo/Contents/MacOS"
printf '\xcf\xfa\xed\xfe' | tee "$place/code/nn~.mxo/Contents/MacOS/nn~" "$place/code/libnn.nn" >"$place/code/nn"
echo text >"$place/code/README.txt"
mac() { release "$@" --dry-run --system macos-aarch64; }
expect "$place/code/libnn.nn" mac sign "$place/code"
case "$(mac sign "$place/code")" in *README* | *Contents*) wrong "more than code would be signed" ;; esac

# The self-test's report decides, and one that fails again and again is a fault.
cat >"$place/programs/pd" <<'END'
#!/bin/sh
tries=$(cat "$HOME/tries" 2>/dev/null || echo 0)
echo $((tries + 1)) >"$HOME/tries"
[ "$tries" -lt "$FAILS" ] && failed=", FAILED: nn~" || failed=
[ -n "$SILENT" ] || printf 'Report\n\nresult: 9 of 9 checks pass%s\n' "$failed" >"$HOME/nn-selftest-report.txt"
END
chmod +x "$place/programs/pd"
self_test() {
    rm -rf "${place:?}/home"
    mkdir "$place/home"
    env PATH="$PWD/$place/programs:$PATH" HOME="$PWD/$place/home" NN_RELEASE_PATIENCE_S=3 SILENT= "$@" bash .ci/release/hosts.sh pd
}
expect "checks pass, in try 1" self_test FAILS=0
expect "checks pass, in try 2" self_test FAILS=1
refuse "checks of the self-test fail in pd" self_test FAILS=9
refuse "no report" self_test FAILS=0 SILENT=yes

# Where dry runs end.
refuse "there are linux-x86_64" release install --dry-run --system amiga
refuse "--system is for dry runs" release install --system windows-x86_64
for system in linux-x86_64 linux-aarch64; do
    if command -v apt-cache >/dev/null; then
        expect "ends before: sudo apt-get install" release install --dry-run --system $system
    fi
done
expect "ends before: brew install" mac install
expect "ends before: rustup toolchain install" mac install --rust
expect "ends before: choco install" release install --dry-run --system windows-x86_64
for script in package test; do expect "ends before: cargo xtask" mac "$script"; done
expect "ends before: cargo xtask package max --with" mac join
expect "ends before: codesign" mac assemble
expect "ends before: codesign" mac sign "$place/code"
for system in linux-aarch64 macos-aarch64 windows-x86_64; do
    if [ "$system" != "$(within this_system)" ]; then
        expect "ends before: this system's Pure Data" release hosts pd --dry-run --system $system
    fi
done
expect "ends before: brew install --cask" mac hosts plugdata
expect "ends before: brew install --cask" mac hosts max
expect "ends before: docker run" release gate --dry-run

echo "scripts of a release: $passed tests passed"
