#!/usr/bin/env python3
"""Measures how copies are found.  bench/copies.py ATTEST SET...

Each SET is DOCUMENTS.jsonl:PAIRS.tsv.  Pairs are those of tests/data/events/copies.tsv (columns root,
copy, kind) or of a table of reuse (doc_a, doc_b, containment): there pairs of which half stands in the
other are to be found, and pairs with less are neither right nor wrong where they have three tenths.

Two documents are called copies where `attest duplicates` puts them into one group.  Also measured: how
many of the pairs root, copy have their root told rightly, where it is to be had (copies.tsv only).
"""
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

COPIES = {"copy", "excerpt", "siblings"}


def load_pairs(path):
    """-> {frozenset of two names: True, False or None where either will do}, {copy: (root, told)}"""
    lines = [l for l in path.read_text().splitlines() if l and not l.startswith("#")]
    columns = lines[0].split("\t")
    pairs, roots = {}, {}
    for line in lines[1:]:
        row = dict(zip(columns, line.split("\t")))
        if "kind" in row:
            pairs[frozenset((row["root"], row["copy"]))] = row["kind"] in COPIES
            if row["kind"] in ("copy", "excerpt"):
                roots[row["copy"]] = (row["root"], row["told"])
        else:
            share = float(row["containment"])
            pairs[frozenset((row["doc_a"], row["doc_b"]))] = True if share >= .5 else None if share >= .3 else False
    return pairs, roots


def find_groups(attest, documents, folder):
    """-> [[rows of a group, its root first]]"""
    case = pathlib.Path(folder) / "case.attest"
    subprocess.run([attest, "read", "--case", case, documents], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    out = subprocess.run([attest, "duplicates", "--case", case, "--format", "jsonl"], check=True,
                         capture_output=True, text=True).stdout
    groups = {}
    for row in map(json.loads, out.splitlines()):
        groups.setdefault(row["group"], []).append(row)
    return list(groups.values())


def measure(attest, documents, pairs_path):
    gold, roots = load_pairs(pathlib.Path(pairs_path))
    with tempfile.TemporaryDirectory() as folder:
        groups = find_groups(attest, documents, folder)
    name = lambda row: row["document"].split("#")[-1]
    found = {frozenset(p) for g in groups for p in itertools.combinations(map(name, g), 2)}
    wanted = {p for p, is_copy in gold.items() if is_copy}
    right = found & wanted
    wrong = {p for p in found - wanted if gold.get(p, False) is not None}
    missed = wanted - found
    precision = len(right) / max(len(right) + len(wrong), 1)
    recall = len(right) / max(len(wanted), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{pathlib.Path(pairs_path).name}: pairs F1 {100 * f1:.1f}, precision {100 * precision:.1f}, "
          f"recall {100 * recall:.1f} ({len(right)} found, {len(missed)} missed, {len(wrong)} wrong)")
    for what, those in (("missed", missed), ("wrong", wrong)):
        for p in sorted(map(sorted, those)):
            print(f"  {what}: {' '.join(p)}")
    if roots:
        told = {name(row): row["root"].split("#")[-1] for g in groups for row in g}
        for kind in ("yes", "no"):
            these = {c: r for c, (r, t) in roots.items() if t == kind and c in told}
            good = sum(told[c] == r for c, r in these.items())
            print(f"  root right where the text tells it ({kind}): {good} of {len(these)}")
            for c, r in these.items():
                if told[c] != r:
                    print(f"    {c}: {told[c]} instead of {r}")


attest, *sets = sys.argv[1:]
for one in sets:
    measure(attest, *one.split(":"))
