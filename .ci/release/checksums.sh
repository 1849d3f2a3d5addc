#!/usr/bin/env bash
# Writes target/release-files/SHA256SUMS, of all other files there.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

# macOS has no sha256sum.
if command -v sha256sum >/dev/null; then sum=(sha256sum); else sum=(shasum -a 256); fi
[ -d "$release_files" ] || fail "no $release_files"
cd "$release_files"
rm -f SHA256SUMS
for file in *; do
    [ -e "$file" ] || fail "no files in $release_files"
    # Checksums are of use only under the name that users download.
    [ "$file" = "$(asset_name "$file")" ] || fail "$file would have another name in a release of GitHub"
done
sums=$("${sum[@]}" -- *)
printf '%s\n' "$sums" | tee SHA256SUMS
