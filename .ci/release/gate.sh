#!/usr/bin/env bash
# The project's own gate, .ci/run, on a runner: in Debian 12, which it is written for.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

# The compiler of install.sh.
image=rust:1.95.0-bookworm

platform_only "docker run $image"
# What runners come with and nobody here uses; the gate's builds take tens of gigabytes.
sudo rm -rf /usr/share/dotnet /usr/local/lib/android /opt/ghc /opt/hostedtoolcache/CodeQL
# ThreadSanitizer does not know the addresses that newer kernels deal out.
sudo sysctl vm.mmap_rnd_bits=28
docker run --rm --init --shm-size 1g --cap-add SYS_NICE --cap-add SYS_PTRACE --security-opt seccomp=unconfined \
    --ulimit rtprio=95 --ulimit memlock=-1 --env CI=true --volume "$PWD:/project" --workdir /project "$image" \
    bash -c 'git config --global --add safe.directory /project &&
        rustup component add clippy rustfmt &&
        apt-get update && apt-get install --yes --no-install-recommends nodejs npm &&
        bash .ci/run'
