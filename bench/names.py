#!/usr/bin/env python3
"""Scores names: span F1 of people, groups and places, kind and borders right.

usage: names.py GOLD SYSTEM [--errors]

GOLD is a treebank with GUM's entities (CoNLL-U) or a file of names in UNER's
columns (.iob2); SYSTEM is what `attest parse` prints for the same sentences.
Of GUM's mentions the proper part round a proper head counts, as training
sees it (train/corpus.py).
"""
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "train"))
import corpus  # noqa: E402


def read_system(path):
    for rows in corpus.blocks(path):
        named = [[m[5:] for m in r[9].split("|") if m.startswith("Name=")]
                 for r in rows]
        kinds = {"person": "PER", "group": "ORG", "place": "LOC"}
        yield [r[1] for r in rows], [
            n[0][:2] + kinds[n[0][2:]] if n else "O" for n in named]


def read_wanted(path):
    if path.endswith(".iob2"):
        return corpus.read_uner(path)
    return [(s.forms, s.bio) for s in corpus.read_gold(path, True)]


def compare(forms, want, have, errors):
    """-> spans of both that agree; notes those that do not"""
    text = lambda s: " ".join(forms[s[0]:s[1]]) + "/" + s[2]
    for a in sorted(want - have):
        near = [b for b in have if b[0] < a[1] and a[0] < b[1]]
        how = "missed" if not near else \
            "kind" if near[0][:2] == a[:2] else "borders"
        errors.append((how, text(a), " ".join(map(text, near))))
    for b in sorted(have - want):
        if not any(b[0] < a[1] and a[0] < b[1] for a in want):
            errors.append(("extra", "", text(b)))
    return len(want & have)


def main():
    wanted = {tuple(f): b for f, b in read_wanted(sys.argv[1])}
    count, errors = collections.Counter(), []
    for forms, bio in read_system(sys.argv[2]):
        gold = wanted.get(tuple(forms))
        if gold is None:
            continue
        want, have = corpus.spans(gold), corpus.spans(bio)
        count["both"] += compare(forms, want, have, errors)
        count["want"] += len(want)
        count["have"] += len(have)
    precision = count["both"] / max(1, count["have"])
    recall = count["both"] / max(1, count["want"])
    print("names F1 %.2f  precision %.2f  recall %.2f  of %d" % (
        200 * count["both"] / max(1, count["have"] + count["want"]),
        100 * precision, 100 * recall, count["want"]))
    if "--errors" in sys.argv:
        for how, n in collections.Counter(e[0] for e in errors).items():
            print(how, n)
        for e in errors:
            print("\t".join(e))


if __name__ == "__main__":
    main()
