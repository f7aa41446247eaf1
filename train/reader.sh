#!/bin/sh
# Trains the reader and writes models/en.model: train/reader.sh DATA WORK
# DATA holds ud/, silver/ and uner/ (see train/README.md), WORK takes the
# checkpoint.  More options go to train.py.
set -eu
cd "$(dirname "$0")"
data=$1 work=$2
shift 2
python=/usr/bin/python3 # Debian's, which has python3-torch
$python train.py --ud "$data/ud" --silver "$data/silver" \
    --uner "$data/uner/en_ewt-dev.iob2" --out "$work/reader.pt" "$@"
$python export.py "$work/reader.pt" --ud "$data/ud" \
    --silver "$data/silver" --out ../models/en.model
