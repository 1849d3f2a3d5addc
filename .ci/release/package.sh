#!/usr/bin/env bash
# Builds, makes this system's packages, and collects them in target/packages. With --folders no archives are made, which takes
# seconds instead of minutes, and nothing is collected.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

folders=${words[0]-}
case "$folders" in
    "" | --folders) ;;
    *) fail "unknown: $folders" ;;
esac
[ "$system" = "$(this_system)" ] || platform_only "cargo xtask setup, cargo xtask package"

cargo xtask setup
rm -f target/package/pd/*.dek target/package/supercollider/*.zip
for host in pd supercollider; do
    cargo xtask package "$host" ${folders:+--folder}
done
# Stripping breaks the compiler's signatures, without which Apple's processors run nothing; the archive is signed later.
if [ "$system" = macos-aarch64 ]; then bash .ci/release/sign.sh "target/package/pd/nn~"; fi
# Max is not made for Linux: there its package serves the tests.
cargo xtask package max
if [ -n "$folders" ]; then exit 0; fi

rm -rf "$packages"
mkdir -p "$packages"
cp target/package/pd/*.dek target/package/supercollider/*.zip "$packages"
# Whether their names are what the jobs that follow, and Pd's package manager, look for.
pd_package "$system"
supercollider_package "$system"
if [ "$system" = windows-x86_64 ]; then
    # A tar, because what one job hands to another loses its permissions.
    tar -cf "$packages/max-$system.tar" -C target/package/max "nn~"
fi
ls -l "$packages"
