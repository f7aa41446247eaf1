#!/bin/sh
# Prints the accuracy figures of bench/README.md: bench/scores.sh BUILD
# Needs the scorers and corpora in ../shared.
set -eu
cd "$(dirname "$0")/.."
attest=$1/src/cli/attest
shared=../shared
[ -d $shared/eval ] || { echo "there is no $shared/eval: accuracy is not measured" >&2; exit 0; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

export_case() { # format
    "$attest" export --case "$dir/c.attest" --format "$1"
}
read_case() { # paths...
    rm -f "$dir"/c.attest*
    "$attest" read --case "$dir/c.attest" "$@" >/dev/null 2>&1 || true
}

for bank in en_ewt en_gumopen; do
    gold=$shared/data/ud/$bank-dev.conllu
    echo "== $bank dev, gold tokens"
    "$attest" parse --input conllu "$gold" >"$dir/out.conllu"
    $shared/eval/score_ud.py "$gold" "$dir/out.conllu"
    case $bank in
    en_ewt) named=$shared/data/uner/en_ewt-dev.iob2 ;;
    *) named=$gold ;;
    esac
    bench/names.py "$named" "$dir/out.conllu"
    echo "== $bank dev, raw text"
    $shared/eval/ud_raw.py "$gold" >"$dir/raw.txt"
    "$attest" parse "$dir/raw.txt" >"$dir/out.conllu"
    $shared/eval/score_ud.py "$gold" "$dir/out.conllu"
done

echo "== en_gumopen dev: who is meant"
ninja -C "$1" --quiet bench/mentions
bench/coref.py "$1/bench/mentions" models lexicon $shared/data/ud/en_gumopen-dev.conllu

echo "== who copies whom"
bench/copies.py "$attest" tests/data/events/documents.jsonl:tests/data/events/copies.tsv \
    $shared/data/events/ecbplus-dev-docs.jsonl:$shared/data/events/text-reuse-dev.tsv
echo "== how many there were: do the intervals hold the truth?"
ninja -C "$1" --quiet bench/intervals
"$1/bench/intervals"

jsonl() { # gold: the documents alone, as records
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    d = json.loads(line)
    print(json.dumps({"id": d["doc"], **{k: d[k] for k in ("text", "date", "publisher", "title") if d.get(k)}}))
' "$1" >"$dir/in.jsonl"
}

echo "== Recognizers-Text dev: times and numbers"
python3 bench/times.py "$attest" $shared/data/times/recognizers-dev.tsv

echo "== PolNeAR dev"
gold=$shared/data/polnear/polnear-dev.jsonl
jsonl $gold
read_case "$dir/in.jsonl"
export_case attributions >"$dir/out.jsonl"
$shared/eval/score_polnear.py $gold "$dir/out.jsonl"

echo "== claims dev"
gold=$shared/eval/claims-dev.jsonl
jsonl $gold
read_case "$dir/in.jsonl"
export_case claims >"$dir/out.jsonl"
$shared/eval/score_claims.py $gold "$dir/out.jsonl" --per-doc
echo "== texts of our own, fiction"
tests/gold.py tests/data/texts/*-*.txt >"$dir/gold.jsonl"
tests/gold.py --records tests/data/texts/*-*.txt >"$dir/in.jsonl"
read_case "$dir/in.jsonl"
export_case claims >"$dir/own.jsonl"
$shared/eval/score_claims.py "$dir/gold.jsonl" "$dir/own.jsonl"
echo "== claims dev: what confidence is worth"
bench/calibration.py $shared/eval $gold "$dir/out.jsonl"

echo "== incidents dev"
gold=$shared/data/hrdsattack/hrds-dev.jsonl
jsonl $gold
read_case "$dir/in.jsonl"
export_case incidents >"$dir/out.jsonl"
$shared/eval/score_incidents.py $gold "$dir/out.jsonl"
