#!/usr/bin/env python3
"""Scores who is meant: CoNLL F1 on GUM's people, groups and places.

usage: coref.py MENTIONS MODELS LEXICON TREEBANK [--errors]

MENTIONS is BUILD/bench/mentions.  A document's entities of the types person,
organization and place are gold; mentions are told by their head words, and
those that no other mention shares an entity with count nothing, as in
CorefUD's score.  CoNLL F1 is the mean of MUC (Vilain et al. 1995), B3 (Bagga
and Baldwin 1998) and CEAF-e (Luo 2005).
"""
import collections
import re
import subprocess
import sys

KINDS = {"person": "person", "organization": "group", "place": "place"}


def documents(path):
    """-> the CoNLL-U of each document"""
    lines = []
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc") and lines:
            yield "".join(lines)
            lines = []
        lines.append(line)
    yield "".join(lines)


def words_of(document):
    """-> rows of the words of each sentence"""
    for block in document.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n")
                if line and line[0] != "#"]
        rows = [r for r in rows if r[0].isdigit()]
        if rows:
            yield rows


def head_of(rows, first, last):
    """The word of a span whose head lies outside of it."""
    inside = range(first, last + 1)
    return next((i for i in inside
                 if int(rows[i][6]) - 1 not in inside), first)


def gold_mentions(document):
    """-> {(sentence, head): entity}, the longest mention of a head"""
    found, kinds, open_ = {}, {}, collections.defaultdict(list)
    for s, rows in enumerate(words_of(document), 1):
        for i, row in enumerate(rows):
            cell = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
            for part in re.findall(r"\(?[^()]+\)?", cell[1]) if cell else ():
                fields = part.strip("()").split("-")
                if part[0] == "(":
                    kinds[fields[0]] = fields[1]
                    open_[fields[0]].append((s, i))
                if part[-1] == ")":
                    began = open_[fields[0]].pop()
                    if began[0] != s or kinds[fields[0]] not in KINDS:
                        continue
                    key = s, head_of(rows, began[1], i) + 1
                    size = i - began[1]
                    if key not in found or size > found[key][1]:
                        found[key] = fields[0], size
    return {key: entity for key, (entity, _) in found.items()}


def own_mentions(program, document):
    out = subprocess.run(program, input=document.encode(), check=True,
                         capture_output=True).stdout.decode()
    rows = (line.split("\t") for line in out.splitlines())
    return {(int(s), int(h)): e for s, h, e, _ in rows}


def chains(mentions):
    groups = collections.defaultdict(set)
    for mention, entity in mentions.items():
        groups[entity].add(mention)
    return [g for g in groups.values() if len(g) > 1]


def muc(a, b):
    """Recall's numerator and denominator of the links of `a` in `b`."""
    of = {m: k for k, group in enumerate(b) for m in group}
    parts = sum(len({of.get(m, ("alone", m)) for m in group}) for group in a)
    return sum(map(len, a)) - parts, sum(len(group) - 1 for group in a)


def b_cubed(a, b):
    of = {m: group for group in b for m in group}
    kept = sum(len(group & of.get(m, {m})) / len(group)
               for group in a for m in group if m in of)
    return kept, sum(map(len, a))


def ceaf(gold, own):
    """The sum of the best one-to-one matching, by phi4."""
    score = [[2 * len(g & o) / (len(g) + len(o)) for o in own] for g in gold]
    return best_matching(score)


def best_matching(score):
    """The Hungarian method, rows to columns, the largest sum."""
    if not score or not score[0]:
        return 0.0
    if len(score) > len(score[0]):
        score = [list(column) for column in zip(*score)]
    rows, columns = len(score), len(score[0])
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    match, way = [0] * (columns + 1), [0] * (columns + 1)
    for i in range(1, rows + 1):
        match[0], j = i, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            used[j], row, step, to = True, match[j], float("inf"), 0
            for k in range(1, columns + 1):
                if used[k]:
                    continue
                cost = -score[row - 1][k - 1] - u[row] - v[k]
                if cost < least[k]:
                    least[k], way[k] = cost, j
                if least[k] < step:
                    step, to = least[k], k
            for k in range(columns + 1):
                if used[k]:
                    u[match[k]] += step
                    v[k] -= step
                else:
                    least[k] -= step
            j = to
            if match[j] == 0:
                break
        while j:
            match[j], j = match[way[j]], way[j]
    return sum(score[match[k] - 1][k - 1]
               for k in range(1, columns + 1) if match[k])


class Sums:
    def __init__(self):
        self.sums = collections.Counter()

    def add(self, gold, own):
        for name, score in (("MUC", muc), ("B3", b_cubed)):
            for side, (kept, of) in (("R", score(gold, own)),
                                     ("P", score(own, gold))):
                self.sums[name, side] += kept
                self.sums[name, side, "of"] += of
        kept = ceaf(gold, own)
        for side, groups in (("R", gold), ("P", own)):
            self.sums["CEAFe", side] += kept
            self.sums["CEAFe", side, "of"] += len(groups)

    def print(self):
        f1s = []
        for name in ("MUC", "B3", "CEAFe"):
            r, p = (self.sums[name, side] / max(1e-9, self.sums[name, side, "of"])
                    for side in "RP")
            f1s.append(200 * p * r / (p + r) if p + r else 0)
            print("%-6s F1 %.2f  precision %.2f  recall %.2f"
                  % (name, f1s[-1], 100 * p, 100 * r))
        print("CoNLL  F1 %.2f" % (sum(f1s) / 3))


def describe(document, mentions, title):
    rows = list(words_of(document))
    for group in sorted(map(sorted, chains(mentions))):
        print(title, ", ".join("%d:%s" % (s, rows[s - 1][h - 1][1])
                               for s, h in group))


def main():
    sums = Sums()
    for document in documents(sys.argv[4]):
        gold = gold_mentions(document)
        own = own_mentions(sys.argv[1:4], document)
        if "--errors" in sys.argv:
            print("==", document.split("\n", 1)[0])
            describe(document, gold, "gold")
            describe(document, own, "own ")
        sums.add(chains(gold), chains(own))
    sums.print()


if __name__ == "__main__":
    main()
