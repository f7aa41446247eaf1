#!/bin/sh
# Measures the likeness of names: bench/match.sh BUILD
# Pairs a second on one core with pairs from ../shared/data/names, or without it
# from tests/data; and how well matching pairs are told, beside Jaro-Winkler over
# sorted words (bench/jaro.c) in the same run.
set -eu
cd "$(dirname "$0")/.."
build=$1
attest=$build/src/cli/attest
ninja -C "$build" --quiet src/cli/attest bench/jaro
pairs=../shared/data/names/pairs-dev.tsv
many=$build/pairs.tsv
if [ ! -f $pairs ]; then
    pairs=$build/few.tsv
    { printf 'left\tright\tkind\tmatch\torigin\n'
      awk -F'\t' '!/^#/ { print $2 "\t" $3 "\t" $1 "\t" $4 "\t" "own" }' tests/data/names.tsv; } >"$pairs"
fi
head -1 "$pairs" >"$many"
for _ in $(seq 60); do tail -n +2 "$pairs"; done |
    awk 'BEGIN { srand(1) } { print rand() "\t" $0 }' | sort -n | cut -f2- >>"$many"

# Name, command that reads the pairs.
speed() {
    name=$1
    shift
    for _ in 1 2 3; do
        /usr/bin/env python3 - "$@" "$many" <<'END'
import resource, subprocess, sys
*command, path = sys.argv[1:]
subprocess.run(command, stdin=open(path), stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(sum(1 for _ in open(path)) / (used.ru_utime + used.ru_stime))
END
    done | sort -n | awk -v name="$name" 'NR == 2 { printf "%-14s %9d pairs/s of processor time\n", name, $1 }'
}

speed attest "$attest" match
speed Jaro-Winkler "$build/bench/jaro"
[ -f ../shared/eval/score_names.py ] || exit 0
score() { python3 ../shared/eval/score_names.py "$1" | head -"$2"; }
echo "== attest"
"$attest" match <"$pairs" >"$build/scored.tsv"
score "$build/scored.tsv" 40
echo "== Jaro-Winkler over sorted words"
"$build/bench/jaro" <"$pairs" >"$build/scored.tsv"
score "$build/scored.tsv" 40 | sed -n 1p
