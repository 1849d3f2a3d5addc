#!/usr/bin/env bash
# Makes the draft of a release for the tag that the only word names, of what lies in target/release-files. Only its owner can
# publish it. A draft of an earlier try is replaced, a published release never.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

tag=${words[0]?say which tag}
version=$(bash .ci/release/version.sh "$tag")
notes=$place/release-notes.md
bash .ci/release/notes.sh "$version" >"$notes"
(cd "$release_files" && sha256sum --check --quiet SHA256SUMS)
for needed in "nn-max-$version.zip" "nn-$version.cdx.json"; do
    [ -e "$release_files/$needed" ] || fail "no $needed in $release_files"
done

options=(--draft --verify-tag --title "nn~ $version" --notes-file "$notes")
case "$version" in *-*) options+=(--prerelease) ;; esac
ls -l "$release_files"
platform_only "gh release create $tag ${options[*]} with the files above"

if draft=$(gh release view "$tag" --json isDraft --jq .isDraft 2>/dev/null); then
    [ "$draft" = true ] || fail "$tag is published already"
    gh release delete "$tag" --yes
fi
gh release create "$tag" "${options[@]}" "$release_files"/*
