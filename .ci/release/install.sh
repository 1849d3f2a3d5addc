#!/usr/bin/env bash
# Brings what building and testing need and a runner lacks: Rust, Pure Data, and on Linux SuperCollider. With --rust that alone.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

# The compiler that the project's own gate passes with.
rust=1.95.0

# libclang, headers and Chromium are left out: their tests say that they are skipped, and the gate runs them.
linux() {
    local packages=(
        g++ python3-pip python3-venv puredata-core
        supercollider-server supercollider-supernova supercollider-language jackd2
    )
    if [ "$dry" = true ]; then apt-cache show "${packages[@]}" | grep '^Package:' | sort -u; fi
    platform_only "sudo apt-get install ${packages[*]}"
    sudo apt-get update
    sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${packages[@]}"
}

macos() {
    platform_only "brew install --cask pd"
    brew install --cask pd
    # Nobody is there to confirm that it came from the internet.
    sudo xattr -dr com.apple.quarantine /Applications/Pd-*.app || true
}

windows() {
    platform_only "choco install puredata"
    choco install puredata --yes --no-progress
    local pd="C:\\Program Files\\Pd\\bin"
    [ -e "$pd\\pd.exe" ] || fail "no $pd\\pd.exe after Pure Data was installed"
    # For the steps that follow.
    echo "$pd" >>"$GITHUB_PATH"
}

case "${words[0]-}" in
    "") "${system%-*}" ;;
    --rust) platform_only "rustup toolchain install $rust" ;;
    *) fail "unknown: ${words[0]}" ;;
esac
rustup toolchain install "$rust" --profile minimal --component clippy --component rustfmt
rustup default "$rust"
