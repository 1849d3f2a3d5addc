#!/usr/bin/env bash
# Opens the self-test, hosts/self-test.*, in a host (pd, plugdata, max) with this system's package, and reads what it writes.
#
# Pure Data is installed by install.sh, and has to pass. plugdata and Max are attempts: one that cannot be installed, or does not
# open a patch while nobody is there, is a warning; one that opens it and says that models do not play is a failure.
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

host=${words[0]?say in which host: pd, plugdata or max}
# Of Max for Windows, which no package manager there has; for macOS it is the newest.
max_for_windows=https://downloads.cdn.cycling74.com/max9/Max915_260728.zip
# Where the patch is, and what it writes.
stand=$PWD/$place/hosts/$host
documents=$HOME/Documents
started=

give_up() {
    echo "::warning::$host: $*"
    exit 0
}

# Runs a program until the script ends, its output in a file.
start() {
    "$@" >"$stand/log.txt" 2>&1 &
    started=$!
}

# Waits for a file that the patch writes.
wrote() {
    local file=$1 seconds=$2
    while [ ! -s "$stand/$file" ]; do
        seconds=$((seconds - 1))
        [ $seconds -gt 0 ] || return 1
        sleep 1
    done
}

ended() {
    if [ -n "$started" ]; then kill "$started" 2>/dev/null || true; fi
    if [ -e "$stand/log.txt" ]; then tail -n 40 "$stand/log.txt"; fi
}

# Puts a package where the host looks for it.
put() {
    mkdir -p "$2"
    rm -rf "${2:?}/nn~"
    cp -R "$1" "$2/nn~"
}

open_in_pd() {
    local program=pd
    [ "$system" = "$(this_system)" ] || platform_only "this system's Pure Data"
    if [ "$system" = macos-aarch64 ]; then
        # An application, which puts nothing on PATH.
        program=$(echo /Applications/Pd-*.app/Contents/Resources/bin/pd)
    fi
    start "$program" -nogui -noprefs -noaudio -nomidi -nrt -stderr -path "$PWD/target/package/pd" "$stand/self-test.pd"
}

open_in_plugdata() {
    local name=plugdata program
    case "$system" in
        macos-*)
            platform_only "brew install --cask plugdata"
            brew install --cask plugdata || give_up "cannot be installed"
            program=/Applications/plugdata.app/Contents/MacOS/plugdata
            ;;
        windows-*)
            platform_only "gh release download of plugdata's installer"
            gh release download --repo plugdata-team/plugdata --pattern '*Win*64*.msi' --output "$stand/$name.msi" ||
                give_up "no installer"
            msiexec //i "$(cygpath -w "$stand/$name.msi")" //qn || give_up "cannot be installed"
            program="/c/Program Files/plugdata/plugdata.exe"
            ;;
        linux-*)
            platform_only "gh release download of plugdata's archive"
            gh release download --repo plugdata-team/plugdata --pattern '*Linux*x64*' --output "$stand/$name.tar" ||
                give_up "no archive"
            tar -xf "$stand/$name.tar" -C "$stand" || give_up "its archive cannot be unpacked"
            sudo apt-get install --yes --no-install-recommends xvfb libgl1 libfreetype6 libcurl4 libjack0 ||
                give_up "its libraries cannot be installed"
            program=$(find "$stand" -type f -name plugdata -print | head -n 1)
            ;;
    esac
    [ -x "$program" ] || give_up "no program after it was installed"
    put target/package/pd/nn~ "$documents/plugdata/Externals"
    case "$system" in
        linux-*) start xvfb-run --auto-servernum "$program" "$stand/self-test.pd" ;;
        *) start "$program" "$stand/self-test.pd" ;;
    esac
}

open_in_max() {
    local place=$stand
    case "$system" in
        macos-*)
            platform_only "brew install --cask cycling74-max"
            brew install --cask cycling74-max || give_up "cannot be installed"
            sudo xattr -dr com.apple.quarantine /Applications/Max.app || true
            ;;
        windows-*)
            platform_only "curl $max_for_windows"
            curl --fail --location --silent --show-error --output "$stand/max.zip" "$max_for_windows" || give_up "no installer"
            unzip -q "$stand/max.zip" -d "$stand/installer" || give_up "its installer cannot be unpacked"
            msiexec //i "$(cygpath -w "$(find "$stand/installer" -name '*.msi' -print | head -n 1)")" //qn ||
                give_up "cannot be installed"
            place=$(cygpath -m "$stand")
            ;;
        *) fail "there is no Max for Linux" ;;
    esac
    put target/package/max/nn~ "$documents/Max 9/Packages"
    sed "s#@PLACE@#$place#" .ci/release/hosts/self-test.maxpat >"$stand/self-test.maxpat"
    case "$system" in
        macos-*) start open -W -a Max "$stand/self-test.maxpat" ;;
        *) start "/c/Program Files/Cycling '74/Max 9/Max.exe" "$(cygpath -w "$stand/self-test.maxpat")" ;;
    esac
}

case "$host" in
    pd | plugdata | max) ;;
    *) fail "no host \"$host\": there are pd, plugdata and max" ;;
esac
rm -rf "$stand"
mkdir -p "$stand"
cp .ci/release/hosts/self-test.pd "$stand"
trap ended EXIT
"open_in_$host"
if ! wrote nn-opened.txt 180; then
    [ "$host" != pd ] || fail "pd does not open the self-test"
    give_up "does not open a patch while nobody is there"
fi
wrote nn-self-test.txt 180 || fail "$host opens the self-test, which does not end"
cat "$stand/nn-self-test.txt"
grep -q 'examined 1' "$stand/nn-self-test.txt" || fail "models do not play in $host"
echo "$host: models play"
