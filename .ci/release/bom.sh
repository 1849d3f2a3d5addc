#!/usr/bin/env bash
# Writes the bill of materials: target/release-files/nn-VERSION.cdx.json, of the archives that lie there.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

tool=0.5.9
tools=target/tools/cyclonedx
# The crates that are built into what users get.
crates=(
    . frontend-pd frontend-pd/double frontend-pd/stub frontend-max frontend-max/stub frontend-supercollider
    frontend-supercollider/stub frontend-supercollider/stub/supernova nn-core/torch/library
)

archives=()
for archive in "$release_files"/*.dek "$release_files"/*.zip; do
    if [ -e "$archive" ]; then archives+=("$archive"); fi
done
[ ${#archives[@]} -gt 0 ] || fail "no packages in $release_files"

export PATH="$PWD/$tools/bin:$PATH"
if ! command -v cargo-cyclonedx >/dev/null; then
    platform_only "cargo install cargo-cyclonedx, which takes minutes"
    cargo install cargo-cyclonedx --version "$tool" --locked --root "$tools"
fi

# It writes beside the manifest of every crate, also of those that nobody gets.
trap 'find . -path ./target -prune -o -name nn-release-bill.json -exec rm {} +' EXIT
cargo cyclonedx --quiet --format json --spec-version 1.5 --target all --no-build-deps --override-filename nn-release-bill
bills=()
for crate in "${crates[@]}"; do bills+=("$crate/nn-release-bill.json"); done
python3 .ci/release/bom.py "$(version)" "$release_files/nn-$(version).cdx.json" \
    --crates "${bills[@]}" --packages "${archives[@]}"
