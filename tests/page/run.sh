#!/bin/sh
# Drives the page in Debian's Chromium: TAP on standard output.  The packages
# that this takes are put into WORK, not beside the sources.
# usage: tests/page/run.sh ATTEST EXAMPLES WORK [WORDS OF A TEST'S NAME]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
attest=$1 examples=$2 work=$(realpath -m "$3")
shift 3
for program in chromium node npm; do
    if ! command -v $program >/dev/null; then
        echo "1..0 # SKIP $program is missing (on Debian: chromium nodejs npm)"
        exit 0
    fi
done
mkdir -p "$work"
if ! cmp -s "$here/package-lock.json" "$work/installed/package-lock.json"; then
    rm -rf "$work/installed"
    cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$work"
    (cd "$work" && npm ci --ignore-scripts --prefer-offline) >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        echo "Bail out! The tests' packages could not be had from the npm registry."
        exit 1
    }
    mkdir "$work/installed"
    cp "$here/package-lock.json" "$work/installed"
fi
exec node "$here/run.mjs" "$attest" "$examples" "$work" "$@"
