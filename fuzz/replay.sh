#!/bin/sh
# usage: replay.sh ATTEST EXAMPLES PROGRAM FOLDER
#
# Makes a small case and runs PROGRAM on every file of the folder.
set -eu
attest=$1 examples=$2 program=$3 folder=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export ATTEST_FUZZ_CASE="$scratch/small.attest" TMPDIR="$scratch"
"$attest" read --case "$ATTEST_FUZZ_CASE" "$examples/testimony" "$examples/letters" 2>"$scratch/errors" ||
    { cat "$scratch/errors"; exit 1; }
"$attest" index --case "$ATTEST_FUZZ_CASE" 2>"$scratch/errors" || { cat "$scratch/errors"; exit 1; }
"$program" "$folder"
