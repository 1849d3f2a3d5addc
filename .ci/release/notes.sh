#!/usr/bin/env bash
# Prints a release's notes: the section of CHANGELOG.md that the only word names (1.2.3 or Unreleased), and how to check what
# was downloaded. Links to files lead to the tag's, where GITHUB_REPOSITORY says whose.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

wanted=${words[0]?say which version}
section=$(awk -v wanted="$wanted" '
    /^## / { name = $2; gsub(/[][]/, "", name); inside = name == wanted; next }
    inside' "$changelog")
[ -n "${section//[[:space:]]/}" ] || fail "$changelog says nothing below \"## $wanted\""

base=
if [ -n "${GITHUB_REPOSITORY-}" ]; then base=https://github.com/$GITHUB_REPOSITORY/blob/v$wanted/; fi
# Releases show each line break: what is wrapped becomes one line.
unwrapped() {
    awk '/^  [^ -]/ { sub(/^ +/, ""); line = line " " $0; next } NR > 1 { print line } { line = $0 } END { print line }'
}

linked() {
    if [ -n "$base" ]; then sed -E "s#\]\(([A-Za-z][A-Za-z0-9_./-]*(\#[^)]*)?)\)#](${base}\1)#g"; else cat; fi
}

{
    printf '%s\n' "$section" | sed -e '/./,$!d' | unwrapped
    echo
    echo "### Files"
    echo "Which file is for which host and system, and where it goes: [installing](docs/INSTALL.md#from-a-release). If macOS refuses" \
        "to open the files: [two commands](docs/INSTALL.md#macos). \`SHA256SUMS\` has the checksums," \
        "\`nn-$wanted.cdx.json\` says what is in the packages and under which licences (CycloneDX). Where and from what a" \
        "file was built: \`gh attestation verify FILE --repo ${GITHUB_REPOSITORY-OWNER/NAME}\`."
} | linked
