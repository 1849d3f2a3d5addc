#!/usr/bin/env bash
# Signs all code for macOS in the folders that the words name, in place.
#
# With a Developer ID in MACOS_CERTIFICATE (base64 of the .p12, its password in MACOS_CERTIFICATE_PASSWORD) it signs with that;
# with MACOS_NOTARY_KEY (base64 of App Store Connect's .p8), MACOS_NOTARY_KEY_ID and MACOS_NOTARY_ISSUER it has Apple look at
# the result. Without a certificate the signatures are ad hoc, which Apple's processors ask for and Gatekeeper does not accept.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

[ ${#words[@]} -gt 0 ] || fail "say which folders"
work=$PWD/$place/sign
identity=-

# What macOS calls code: bundles as a whole, and libraries and programs outside of them.
code() {
    find "$@" -type d -name '*.mxo' -print
    find "$@" -type d -name '*.mxo' -prune -o -type f -print | while IFS= read -r file; do
        case "$(od -An -tx1 -N4 "$file" | tr -d ' ')" in
            cffaedfe | cafebabe) printf '%s\n' "$file" ;;
        esac
    done
}

# Puts the certificate into a keychain of its own, and sets `identity`.
take_certificate() {
    local keychain=$work/release.keychain-db password
    password=$(openssl rand -hex 24)
    printf '%s' "$MACOS_CERTIFICATE" | openssl base64 -d -A -out "$work/certificate.p12"
    security create-keychain -p "$password" "$keychain"
    security set-keychain-settings -lut 21600 "$keychain"
    security unlock-keychain -p "$password" "$keychain"
    security import "$work/certificate.p12" -k "$keychain" -P "${MACOS_CERTIFICATE_PASSWORD-}" -T /usr/bin/codesign
    rm "$work/certificate.p12"
    security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
    security list-keychains -d user -s "$keychain" login.keychain-db
    identity=$(security find-identity -v -p codesigning "$keychain" | awk '/Developer ID Application/ { print $2; exit }')
    [ -n "$identity" ] || fail "MACOS_CERTIFICATE holds no \"Developer ID Application\""
}

sign() {
    if [ "$identity" = - ]; then
        codesign --force --sign - "$1"
    else
        codesign --force --sign "$identity" --timestamp --options runtime "$1"
    fi
    codesign --verify --strict "$1"
}

# Apple's notary takes one archive of everything, and answers in minutes.
notarise() {
    printf '%s' "$MACOS_NOTARY_KEY" | openssl base64 -d -A -out "$work/notary.p8"
    local folder at=0
    for folder in "${words[@]}"; do
        at=$((at + 1))
        ditto -c -k --keepParent "$folder" "$work/$at.zip"
        xcrun notarytool submit "$work/$at.zip" --wait --timeout 30m \
            --key "$work/notary.p8" --key-id "$MACOS_NOTARY_KEY_ID" --issuer "$MACOS_NOTARY_ISSUER" | tee "$work/$at.txt"
        # notarytool succeeds when Apple has answered, whatever the answer.
        grep -q 'status: Accepted' "$work/$at.txt" || fail "Apple does not accept $folder"
    done
    # Only bundles can carry the answer with them; for single libraries macOS asks Apple.
    find "${words[@]}" -type d -name '*.mxo' -print | while IFS= read -r bundle; do xcrun stapler staple "$bundle"; done
}

code "${words[@]}"
platform_only "codesign of the files above"
rm -rf "$work"
mkdir -p "$work"
trap 'security delete-keychain "$work/release.keychain-db" 2>/dev/null || true; rm -rf "$work"' EXIT
if [ -n "${MACOS_CERTIFICATE-}" ]; then take_certificate; fi
code "${words[@]}" | while IFS= read -r file; do sign "$file"; done
if [ "$identity" = - ]; then
    echo "::notice::ad hoc signatures: there is no MACOS_CERTIFICATE"
elif [ -n "${MACOS_NOTARY_KEY-}" ]; then
    notarise
else
    echo "::warning::signed, and not notarised: there is no MACOS_NOTARY_KEY"
fi
