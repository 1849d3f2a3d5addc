#!/usr/bin/env bash
# Tests what package.sh has built, in the Pure Data of this system too. With --after-gate it leaves out what the gate runs on
# another machine of this kind.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

case "${words[0]-}" in
    "") after_gate=false ;;
    --after-gate) after_gate=true ;;
    *) fail "unknown: ${words[0]}" ;;
esac
[ "$system" = "$(this_system)" ] || platform_only "cargo xtask test, cargo xtask demo"

# `cargo xtask test` as a whole but for what the gate runs for all systems alike: check, macos, models.
linux() {
    if [ "$after_gate" = true ]; then
        cargo build -p pd-host
        cargo test --test package --test supercollider_package
        cargo xtask demo --host supercollider
    else
        cargo xtask test setup package sanitizer tests gpu
    fi
}

# Most tests of boxes play in test hosts that are for Linux. What is left: nn-core without libtorch and with it, and the crates
# below it.
elsewhere() {
    cargo xtask test sanitizer
    cargo build -p nn-torch
    cargo test -p nn-core -p nn-model -p nn-archive -p nn-engine -p nn-process -p nn-dylib -p nn-catalog -p nn-torch-client \
        -p nn-kernels -p nn-install
}

case "$system" in
    linux-*) linux ;;
    *) elsewhere ;;
esac
# Sound through a model in this system's Pd, measured; then the package as users have it.
cargo xtask demo
bash .ci/release/hosts.sh pd
