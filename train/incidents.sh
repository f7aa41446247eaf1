#!/bin/sh
# Learns the choices of an incident and writes models/incidents.tsv:
# train/incidents.sh BUILD SHARED WORK
# SHARED holds data/hrdsattack and eval (see train/README.md).  Prints the
# figures of five-fold cross-validation on the train part, each document chosen
# by weights that never saw it.
set -eu
cd "$(dirname "$0")/.."
build=$1 gold=$2/data/hrdsattack/hrds-train.jsonl scorer=$2/eval/score_incidents.py work=$3
python=/usr/bin/python3 # Debian's, which has python3-numpy
attest=$build/src/cli/attest
ninja -C "$build" --quiet train/incident-traits src/cli/attest
$python -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    d = json.loads(line)
    print(json.dumps({"id": d["doc"], **{k: d[k] for k in ("text", "date", "title") if d.get(k)}}))
' "$gold" >"$work/train.in.jsonl"
rm -f "$work"/train.attest*
"$attest" read --case "$work/train.attest" "$work/train.in.jsonl" >/dev/null 2>&1
"$build/train/incident-traits" lexicon "$work/train.attest" >"$work/train.traits"
for k in 0 1 2 3 4; do
    mkdir -p "$work/fold$k"
    $python train/incidents.py "$gold" "$work/train.traits" \
        "$work/fold$k/incidents.tsv" --without $k
    "$attest" export --case "$work/train.attest" --format incidents \
        --models "$work/fold$k" | awk -v k=$k '(NR - 1) % 5 == k'
done >"$work/folds.jsonl"
"$scorer" "$gold" "$work/folds.jsonl"
$python train/incidents.py "$gold" "$work/train.traits" models/incidents.tsv
