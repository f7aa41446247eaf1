#!/bin/sh
# Measures the page on a large case: bench/page.sh BUILD [DOCUMENTS CLAIMS]
# The case is invented (bench/make_case.c), made once and kept in BUILD.
set -eu
cd "$(dirname "$0")/.."
build=$1
documents=${2:-100000}
claims=${3:-1000000}
ninja -C "$build" --quiet bench/make_case src/cli/attest
case=$build/made-$documents-$claims.attest
if [ ! -f "$case" ]; then
    rm -f "$case".new*
    "$build/bench/make_case" models lexicon "$case.new" "$documents" "$claims" 2>/dev/null
    mv "$case.new" "$case"
fi
python3 bench/serve.py "$build/src/cli/attest" "$case"
