#!/bin/sh
# Lays the corpora of ../shared/data/texts out as files: bench/texts.sh DIR
# (about 98 MB of text in some 9,000 files). Without them it says so.
set -eu
texts=$(dirname "$0")/../../shared/data/texts
[ -d "$texts" ] || { echo "bench: there is no $texts" >&2; exit 1; }
mkdir -p "$1"
for archive in "$texts"/*/*.tar.xz; do
    folder=$1/$(basename "$(dirname "$archive")")
    [ -d "$folder" ] && continue
    mkdir -p "$folder.part"
    tar -xJf "$archive" -C "$folder.part"
    mv "$folder.part" "$folder"
done
[ -d "$1/relevant" ] || cp -r "$texts/relevant" "$1/relevant"
