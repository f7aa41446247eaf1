#!/usr/bin/env python3
"""Several networks together read plain text, for another to learn from.

An average of networks reads better than each of them; one network that learns
from what they agree on keeps most of that (Kuncoro et al. 2016).
"""
import argparse
import random
import time

import numpy
import torch

import features
import fused
import model
import train


def is_prose(words, most=80):
    """No heading, list or table."""
    small = sum(w.isalpha() and w.islower() for w in words)
    return 4 <= len(words) <= most and 2 * small >= len(words)


def read_some(path, most, seen, rng):
    """Sentences of a file that were not seen, at most `most` words of them."""
    with open(path, encoding="utf-8") as file:
        lines = sorted(set(file) - seen)
    seen.update(lines)
    rng.shuffle(lines)
    some, words = [], 0
    for line in map(str.split, lines):
        if words < most and is_prose(line):
            some.append(line)
            words += len(line)
    return some


def read_plain(forms, paths, most, rng):
    """Sentences of plain text, at most `most` words of each file."""
    seen, sentences = set(), []
    for path in paths:
        sentences += read_some(path, most, seen, rng)
    nothing = [numpy.full((len(s), train.COLUMNS), -1, numpy.int16)
               for s in sentences]
    return train.Trees(forms, sentences, nothing), sentences


class Teacher:
    def __init__(self, path, forms):
        saved = torch.load(path)
        self.names = saved["names"]
        sizes = {k: len(v) for k, v in self.names.items()}
        self.net = model.Reader(
            len(saved["net"]["rows"]), sizes, saved["options"], 1)
        self.net.load_state_dict(saved["net"])
        self.net.eval()
        self.rows = fused.Rows(self.net.rows)
        self.table = features.Table(forms, saved["rows"])

    def read(self, ids, marks, mask):
        rows = torch.from_numpy(self.table.sentences(ids, marks))
        return self.net(self.rows.look_up(rows), mask)


def average(outs, name):
    return sum(o[name].softmax(-1) for o in outs) / len(outs)


@torch.no_grad()
def read_batch(teachers, ids, marks, mask, least):
    """-> columns [T, B, COLUMNS] as Trees has them, -1 where nothing is sure"""
    outs = [t.read(ids, marks, mask) for t in teachers]
    gold = torch.full(tuple(ids.shape) + (train.COLUMNS,), -1)
    for k, name in enumerate(train.TASKS[:-1]):
        likely, best = average(outs, name).max(-1)
        gold[..., k] = torch.where(likely >= least, best, -1)
    arcs, heads = average(outs, "arcs").transpose(0, 1).max(-1)
    labels = sum(t.net.label(o, heads).softmax(-1)
                 for t, o in zip(teachers, outs)) / len(teachers)
    likely, best = labels.max(-1)
    gold[..., 5] = torch.where(arcs >= least, heads, -1)
    gold[..., 6] = torch.where(likely >= least, best, -1)
    gold[..., 4] = named(teachers, outs, mask)
    return gold


def named(teachers, outs, mask):
    """Names by all teachers, [T, B]"""
    moves, logits = zip(*(model.mixed_names(t.net, o)
                          for t, o in zip(teachers, outs)))
    return model.best_tags(
        sum(moves) / len(moves), sum(logits) / len(logits), mask)


def is_tree(heads):
    """One root, and no word above itself; -1 where nothing is told."""
    up = numpy.concatenate(([0], numpy.maximum(heads, 0)))
    for _ in range(len(up).bit_length()):
        up = up[up]
    return (heads == 0).sum() == 1 and not up.any()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--teachers", nargs="+", required=True)
    p.add_argument("--plain", nargs="+", required=True,
                   help="plain text, a sentence a line (train/sentences.c)")
    p.add_argument("--out", required=True)
    p.add_argument("--words", type=float, default=4e6,
                   help="of each file, at most")
    p.add_argument("--least", type=float, default=0.5,
                   help="probability below which nothing is told")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    o = p.parse_args()
    torch.set_num_threads(o.threads)
    forms, rng = features.Forms(), random.Random(o.seed)
    plain, words_of = read_plain(forms, o.plain, o.words, rng)
    teachers = [Teacher(path, forms) for path in o.teachers]
    assert all(t.names == teachers[0].names for t in teachers)
    sentences, columns, tic, words = [], [], time.time(), 0
    for batch in train.batches(
            plain.lengths, range(len(plain.ids)), 8000, rng):
        ids, marks, _, mask = plain.batch(batch, lambda *same: same)
        gold = read_batch(teachers, ids, marks, mask, o.least).numpy()
        for b, i in enumerate(batch):
            own = gold[:plain.lengths[i], b].astype(numpy.int16)
            words += len(own)
            if is_tree(own[:, 5]):
                sentences.append(words_of[i])
                columns.append(own)
    print("%d words, %d words/s" % (words, words / (time.time() - tic)))
    torch.save({"names": teachers[0].names, "forms": sentences,
                "columns": columns}, o.out)


if __name__ == "__main__":
    main()
