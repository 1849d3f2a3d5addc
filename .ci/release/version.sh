#!/usr/bin/env bash
# Prints the version, after it has seen that the tag (v1.2.3, the only word), Cargo.toml and CHANGELOG.md agree. Without a tag
# it prints what Cargo.toml says.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

version=$(version)
[ -n "$version" ] || fail "no version under [workspace.package] in Cargo.toml"
tag=${words[0]-}
if [ -n "$tag" ]; then
    [ "$tag" = "v$version" ] || fail "the tag is $tag, and Cargo.toml says $version: the tag has to be v$version"
    bash .ci/release/notes.sh "$version" >/dev/null
fi
echo "$version"
