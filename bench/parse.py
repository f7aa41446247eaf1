"""Measures `attest parse`: words/s of given tokens, and what long sentences cost.

usage: parse.py ATTEST PATH...

Reads PATH... once for tokens, then tags and parses these tokens with one job
and with two, and last a text of sentences of 20 words against one of sentences
of 5,000 words (which are cut, see docs/formats.md).
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROUNDS = 3
LONG_WORDS = 200_000
CLAUSE = "the guards of the northern camp took seven men from the old school to the river that night and then "


def words_of(conllu):
    return sum(line.split("\t", 1)[0].isdigit() for line in conllu.splitlines())


def seconds(command):
    best = None
    for _ in range(ROUNDS):
        start = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        spent = time.monotonic() - start
        best = spent if best is None else min(best, spent)
    return best


def text_of(sentence_words):
    words = (CLAUSE * (sentence_words // 20 + 1)).split()[:sentence_words]
    return (" ".join(words) + ".\n\n") * (LONG_WORDS // sentence_words)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    attest, paths = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        given = pathlib.Path(folder, "given.conllu")
        files = [str(p) for root in paths for p in ([root] if os.path.isfile(root) else pathlib.Path(root).rglob("*.txt"))]
        out = subprocess.run([attest, "parse", *files], check=True, capture_output=True, text=True).stdout
        given.write_text(out)
        words = words_of(out)
        nothing = pathlib.Path(folder, "nothing.txt")
        nothing.write_text("")
        idle = seconds([attest, "parse", nothing])
        for jobs in (1, 2):
            spent = seconds([attest, "parse", "--jobs", str(jobs), "--input", "conllu", given]) - idle
            print(f"given tokens, {jobs} job(s): {words / spent:.0f} words/s (reading and writing CoNLL-U included)")
        each = []
        for length in (20, 5000):
            path = pathlib.Path(folder, f"{length}.txt")
            path.write_text(text_of(length))
            each.append((seconds([attest, "parse", path]) - idle) / LONG_WORDS)
            print(f"sentences of {length} words: {1 / each[-1]:.0f} words/s")
        print(f"a word of the long ones takes {each[1] / each[0]:.2f} times as long")
        print(f"starting takes {idle * 1000:.0f} ms")


main()
