#!/usr/bin/env bash
# Opens the self-test of this system's package, nn-selftest-auto, in a host (pd, plugdata, max), and reads the report that it
# writes into the home folder.
#
# Pure Data is installed by install.sh, and has to pass. plugdata and Max are attempts: one that cannot be installed, or writes no
# report while nobody is there, is a warning; a report with a check that failed is a failure.
# Each host's function is called by its name.
# shellcheck disable=SC2317
# shellcheck source=.ci/release/common.sh
. "$(dirname "$0")/common.sh"

host=${words[0]?say in which host: pd, plugdata or max}
# Of Max for Windows, which no package manager there has; for macOS it is the newest.
max_for_windows=https://downloads.cdn.cycling74.com/max9/Max915_260728.zip
# What is downloaded, and what the host prints.
stand=$PWD/$place/hosts/$host
documents=$HOME/Documents
report=$HOME/nn-selftest-report.txt
# The patch gives up after 300 s, and the host starts before that.
patience_s=${NN_RELEASE_PATIENCE_S-400}
started=
# What runs the host with the patch.
run=()

give_up() {
    echo "::warning::$host: $*"
    exit 0
}

# Waits for the report.
wrote() {
    local left=$patience_s
    while ! grep -q '^result:' "$report" 2>/dev/null; do
        left=$((left - 1))
        [ $left -gt 0 ] || return 1
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

bring_pd() {
    local program=pd
    [ "$system" = "$(this_system)" ] || platform_only "this system's Pure Data"
    if [ "$system" = macos-aarch64 ]; then
        # An application, which puts nothing on PATH.
        program=$(echo /Applications/Pd-*.app/Contents/Resources/bin/pd)
    fi
    run=("$program" -nogui -noprefs -noaudio -nomidi -nrt -stderr "target/package/pd/nn~/nn-selftest-auto.pd")
}

bring_plugdata() {
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
    local patch="$documents/plugdata/Externals/nn~/nn-selftest-auto.pd"
    case "$system" in
        linux-*) run=(xvfb-run --auto-servernum "$program" "$patch") ;;
        macos-*) run=("$program" "$patch") ;;
        windows-*) run=("$program" "$(cygpath -w "$patch")") ;;
    esac
}

bring_max() {
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
            ;;
        *) fail "there is no Max for Linux" ;;
    esac
    put target/package/max/nn~ "$documents/Max 9/Packages"
    local patch="$documents/Max 9/Packages/nn~/patchers/nn-selftest-auto.maxpat"
    case "$system" in
        macos-*) run=(open -W -a Max "$patch") ;;
        *) run=("/c/Program Files/Cycling '74/Max 9/Max.exe" "$(cygpath -w "$patch")") ;;
    esac
}

case "$host" in
    pd | plugdata | max) ;;
    *) fail "no host \"$host\": there are pd, plugdata and max" ;;
esac
rm -rf "$stand"
mkdir -p "$stand"
trap ended EXIT
"bring_$host"
# Late buffers count as failures, and a runner may be busy with others: a second and a third try tell that from a fault.
for try in 1 2 3; do
    rm -f "$report"
    "${run[@]}" >"$stand/log.txt" 2>&1 &
    started=$!
    if ! wrote; then
        [ "$host" != pd ] || fail "no report"
        give_up "no report while nobody is there"
    fi
    cat "$report"
    if [ "$host" != pd ] && grep -q "the host's audio did not run" "$report"; then
        give_up "its audio does not run on this machine"
    fi
    if ! grep -q '^result:.*FAILED' "$report"; then
        echo "$host: $(grep '^result:' "$report"), in try $try"
        exit 0
    fi
    kill "$started" 2>/dev/null || true
    wait "$started" 2>/dev/null || true
done
fail "checks of the self-test fail in $host"
