#!/bin/sh
# Trains the choice among a cue's readings and writes models/attribution.bin:
# train/attribution.sh BUILD DATA WORK
# DATA holds polnear/ (see train/README.md).  Train the reader first.
set -eu
cd "$(dirname "$0")/.."
build=$1 data=$2 work=$3
python=/usr/bin/python3 # Debian's, which has python3-torch
ninja -C "$build" train/attribution-features
for part in train dev; do
    $python -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    d = json.loads(line)
    print(json.dumps({"id": d["doc"], "text": d["text"]}))
' "$data/polnear/polnear-$part.jsonl" >"$work/$part.jsonl"
    "$build/train/attribution-features" models lexicon "$work/$part.jsonl" \
        >"$work/$part.features"
done
$python train/attribution.py "$data/polnear/polnear-train.jsonl" \
    "$work/train.features" models/attribution.bin \
    --dev "$data/polnear/polnear-dev.jsonl" "$work/dev.features"
