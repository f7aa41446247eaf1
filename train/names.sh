#!/bin/sh
# Makes models/name-weights.tsv, sounds.tsv and names.tsv: train/names.sh BUILD DATA
# With a third word, check, only scores what is learnt without a fold on it.
set -eu
cd "$(dirname "$0")/.."
build=$1
names=$2/names
ninja -C "$build" --quiet train/name-figures
learn() { mode=$1; shift; /usr/bin/python3 train/names.py "$mode" "$build/train/name-figures" lexicon models "$@"; }
if [ "${3-}" = check ]; then
    learn check "$names/pairs-dev.tsv" "$names/place-pairs-dev.tsv" "$build/held-out.tsv"
    python3 ../shared/eval/score_names.py "$build/held-out.tsv"
    exit
fi
learn weights "$2/lists/ofac/sdn-2022-01-31.csv.xz" "$names/place-pairs-dev.tsv"
learn sounds "$names/pairs-dev.tsv" "$names/place-pairs-dev.tsv"
learn scores "$names/pairs-dev.tsv" "$names/place-pairs-dev.tsv"
