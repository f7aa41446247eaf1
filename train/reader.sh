#!/bin/sh
# Trains the reader and writes models/en.model: train/reader.sh BUILD DATA WORK
# BUILD is a build of attest, DATA holds the corpora (see train/README.md),
# WORK takes what is made on the way.  Three teachers learn from the treebanks,
# together they read plain text, and a pupil learns from both; it then teaches
# beside two of them, and the reader learns from these.  It learns on for a while
# at a low rate, and is averaged with what it was.
set -eu
cd "$(dirname "$0")"
build=$1 data=$2 work=$3
python=/usr/bin/python3 # Debian's, which has python3-torch

train() { # name, options
    name=$1
    shift
    $python train.py --ud "$data/ud" --silver "$data/silver" \
        --polnear "$data/polnear" --uner "$data/uner/en_ewt-dev.iob2" \
        --out "$work/$name.pt" "$@" >"$work/$name.log"
}
plain() { # name, paths of documents
    name=$1
    shift
    "$build/train/sentences" ../models ../lexicon "$@" >"$work/$name.txt"
}

ninja -C "$build" train/sentences
train teacher-1 --seed 13 &
train teacher-2 --seed 14
wait
train teacher-3 --seed 15 --hidden 320 --drop 0.4 &
../bench/texts.sh "$work/texts"
plain news "$data/polnear/polnear-train.jsonl" \
    "$data/hrdsattack/hrds-train.jsonl" "$data/events/ecbplus-dev-docs.jsonl"
plain reports "$work/texts/congressional-hearings" \
    "$work/texts/congressional-record" "$work/texts/frus-history" \
    "$work/texts/us-public-reports" "$work/texts/wikipedia-current-events"
plain speeches "$work/texts/ungdc"
wait
label() { # name, words of each file, names of teachers
    name=$1 words=$2
    shift 2
    for teacher; do
        shift
        set -- "$@" "$work/$teacher.pt"
    done
    $python label.py --teachers "$@" --words "$words" --out "$work/$name.pt" \
        --plain "$work/news.txt" "$work/reports.txt" "$work/speeches.txt"
}
learn() { # name, what was labelled, options
    name=$1 taught=$2
    shift 2
    train "$name" --taught "$work/$taught.pt" --silver-share 0.35 \
        --silver-late 0.15 --silver-weight 0.1 --taught-words 1.1e6 \
        --taught-late 4e5 --threads 2 "$@"
}

label taught 4e6 teacher-1 teacher-2 teacher-3
learn pupil taught --seed 16 --epochs 36
label retaught 3.4e6 pupil teacher-1 teacher-3
learn reader retaught --seed 17 --epochs 30 --hidden 320
label self 1.7e6 reader
train further --resume "$work/reader.pt" --taught "$work/self.pt" --seed 41 \
    --epochs 5 --rate 1e-3 --hidden 320 --silver-share 0.1 --silver-late 0.05 \
    --silver-weight 0.1 --taught-words 4e5 --taught-late 2e5 --threads 2
$python blend.py "$work/blend.pt" "$work/reader.pt:0.35" "$work/further.pt:0.65"
$python export.py "$work/blend.pt" --ud "$data/ud" \
    --silver "$data/silver" --out ../models/en.model
