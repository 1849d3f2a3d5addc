#!/usr/bin/env bash
# Makes Max's package for all systems that Max is for: this machine's, joined with the one in target/packages.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

work=target/max-of-others
other=$packages/max-windows-x86_64.tar
[ -e "$other" ] || fail "no $other"
platform_only "cargo xtask package max --with, which builds for macOS"
rm -rf "$work"
mkdir -p "$work"
tar -xf "$other" -C "$work"
cargo xtask setup
cargo xtask package max --with "$work"
