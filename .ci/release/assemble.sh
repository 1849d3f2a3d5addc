#!/usr/bin/env bash
# Makes what users get from the packages of all systems in target/packages and the joined one for Max (join.sh): signs what is
# for macOS, and packs it again. The result is in target/release-files, and for Pd's package manager in target/deken-files.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

version=$(version)
work=$place/assemble
max=$place/package/max/nn~

# Packs a folder so that it unpacks under its own name.
pack() {
    local folder=$1 archive=$PWD/$2
    rm -f "$archive"
    (cd "$(dirname "$folder")" && zip --quiet --recurse-paths --symlinks -X "$archive" "$(basename "$folder")")
}

for one in $systems; do
    pd_package "$one"
    supercollider_package "$one"
done
platform_only "codesign of what is for macOS"
rm -rf "$work" "$release_files" "$deken_files"
mkdir -p "$work/pd" "$work/supercollider" "$release_files" "$deken_files"

mac=macos-aarch64
unzip -q "$packages/$(pd_package $mac)" -d "$work/pd"
unzip -q "$packages/$(supercollider_package $mac)" -d "$work/supercollider"
bash .ci/release/sign.sh "$work/pd/nn~" "$work/supercollider/nn" "$max"
pack "$work/pd/nn~" "$packages/$(pd_package $mac)"
pack "$work/supercollider/nn" "$packages/$(supercollider_package $mac)"
pack "$max" "$release_files/nn-max-$version.zip"

for one in $systems; do
    name=$(pd_package "$one")
    cp "$packages/$(supercollider_package "$one")" "$release_files"
    cp "$packages/$name" "$release_files/$(asset_name "$name")"
    cp "$packages/$name" "$deken_files"
    (cd "$deken_files" && shasum -a 256 "$name" >"$name.sha256")
done
ls -l "$release_files" "$deken_files"
