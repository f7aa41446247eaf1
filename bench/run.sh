#!/bin/sh
# Measures speed and size: bench/run.sh BUILD [PATH...]
# Without paths: a sample of the corpora beside this project, else examples/.
set -eu
cd "$(dirname "$0")/.."
build=$1
shift
ninja -C "$build" --quiet bench/stages
if [ $# = 0 ]; then
    if [ -d ../shared/data/texts ]; then
        bench/texts.sh "$build/texts"
        rm -rf "$build/sample" && mkdir "$build/sample"
        find "$build/texts/ungdc" -name '*.txt' | sort | awk 'NR % 16 == 0' |
            xargs cp -t "$build/sample"
        set -- "$build/sample"
    else
        set -- examples
    fi
fi
echo "== stages, one thread"
"$build/bench/stages" models lexicon "$@"
echo "== attest parse"
python3 bench/parse.py "$build/src/cli/attest" "$@"
echo "== attest read"
python3 bench/read.py "$build/src/cli/attest" "$@"
echo "== PDF beside pdftotext"
python3 bench/pdf.py "$build"
