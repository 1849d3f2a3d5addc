# shellcheck shell=bash
# What the scripts of a release share; each begins with `. "$(dirname "$0")/common.sh"`.
#
# Words that all of them take:
#   --dry-run       does what any machine can, and ends with success before the first step that only the script's own system
#                   can do, which it names (docs/RELEASING.md lists these steps)
#   --system NAME   in a dry run: the system whose steps are meant, one of `$systems`; otherwise it is this machine's
# What is left of the words is in `words`. bash 3.2, which macOS has, is enough.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

systems="linux-x86_64 linux-aarch64 macos-aarch64 windows-x86_64"
script=${0##*/}
# The oldest macOS that libtorch's wheel runs on.
export MACOSX_DEPLOYMENT_TARGET=14.0
# What one job hands to the next; what users get; the same for Pd under the names that its package manager asks for.
# Tests have other places and another list of changes.
place=${NN_RELEASE_PLACE-target}
# shellcheck disable=SC2034
packages=$place/packages release_files=$place/release-files deken_files=$place/deken-files
# shellcheck disable=SC2034
changelog=${NN_RELEASE_CHANGELOG-CHANGELOG.md}

fail() {
    echo "$script: $*" >&2
    exit 1
}

this_system() {
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) echo linux-x86_64 ;;
        Linux-aarch64) echo linux-aarch64 ;;
        Darwin-arm64) echo macos-aarch64 ;;
        MINGW*-x86_64 | MSYS*-x86_64) echo windows-x86_64 ;;
        *) fail "no release is made on $(uname -s) $(uname -m)" ;;
    esac
}

dry=false
system=$(this_system)
words=()
while [ $# -gt 0 ]; do
    case "$1" in
        --dry-run) dry=true ;;
        --system)
            system=${2?--system: of which?}
            shift
            ;;
        *) words+=("$1") ;;
    esac
    shift
done
case " $systems " in
    *" $system "*) ;;
    *) fail "no system \"$system\": there are $systems" ;;
esac
if [ "$dry" = false ] && [ "$system" != "$(this_system)" ]; then
    fail "--system is for dry runs: this machine is $(this_system)"
fi

# The step that follows needs the script's own system, or a runner: a dry run ends here.
platform_only() {
    if [ "$dry" = true ]; then
        echo "$script: the dry run for $system ends before: $*"
        exit 0
    fi
}

# The release's version, as all crates have it.
version() {
    awk -F'"' '/^\[/ { inside = $0 == "[workspace.package]" } inside && $1 ~ /^version *= *$/ { print $2; exit }' Cargo.toml
}

# How Pd's package manager names a system.
deken_system() {
    case "$1" in
        linux-x86_64) echo Linux-amd64 ;;
        linux-aarch64) echo Linux-arm64 ;;
        macos-aarch64) echo Darwin-arm64 ;;
        windows-x86_64) echo Windows-amd64 ;;
    esac
}

# Whether a file name is that of Pd's package of this version for the system $1: for numbers of 32 bits, or of 64 too.
is_deken_name() {
    local system version
    system=$(deken_system "$1")
    version=$(version)
    case "$2" in
        "nn~[v$version]($system-32).dek" | "nn~[v$version]($system-32)($system-64).dek") return 0 ;;
        *) return 1 ;;
    esac
}

# The file name of Pd's package for the system $1, in target/packages.
pd_package() {
    local path
    for path in "$packages"/*.dek; do
        if is_deken_name "$1" "${path##*/}"; then
            echo "${path##*/}"
            return
        fi
    done
    fail "$packages holds no nn~[v$(version)]($(deken_system "$1")-32).dek"
}

# The same for SuperCollider.
supercollider_package() {
    local name
    case "$1" in
        linux-*) name=Linux ;;
        macos-*) name=macOS ;;
        windows-*) name=Windows ;;
    esac
    name=nn-supercollider-$(version)-$name-${1#*-}.zip
    [ -e "$packages/$name" ] || fail "$packages holds no $name"
    echo "$name"
}

# What GitHub makes of a file's name in a release, so that checksums name what users download.
asset_name() {
    printf '%s\n' "$1" | sed -e 's/[^A-Za-z0-9_.+-]/./g' -e 's/\.\.*/./g' -e 's/^\.//' -e 's/\.$//'
}
