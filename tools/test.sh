#!/bin/sh
# Builds with warnings as errors and runs every test, then both again under
# the address and undefined-behaviour sanitizers. Ends with a line
# "N passed, N failed".
set -u
cd "$(dirname "$0")/.."

failed=0
run() { # folder, meson options...
    dir=$1
    shift
    if [ ! -f "$dir/build.ninja" ]; then
        meson setup "$dir" -Dwerror=true "$@" || return 1
    fi
    ninja -C "$dir" || return 1
    meson test -C "$dir" --no-rebuild --print-errorlogs --num-processes 2 ||
        failed=1
}

export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
run build-test || failed=1
run build-asan -Db_sanitize=address,undefined -Darena_malloc=true \
    -Doptimization=1 || failed=1
python3 tests/summary.py build-test build-asan || failed=1
exit $failed
