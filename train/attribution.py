#!/usr/bin/python3
"""Trains the choice among the readings of a cue (src/claims/scorer.c).

usage: attribution.py GOLD.jsonl FEATURES OUT [--dev GOLD FEATURES]

GOLD      attributions in PolNeAR's shape, a document a line
FEATURES  what `attribution-features` prints for the same documents
OUT       the weights: models/attribution.bin

A reading's score is the sum of its features' weights; "this is no cue" has
the score 0.  Training is softmax over the readings of each possible cue,
with the reading nearest to the gold content as the right one.  Weights are
rounded to bytes, so that scoring is in integers.  Needs PyTorch and NumPy.
"""
import argparse
import json
import re

import numpy as np
import torch

BITS = 20
SCALE = 24
TOKEN = re.compile(r"\w+(?:[’'.,\-]\w+)*|[^\w\s]", re.UNICODE)
AUX = set(
    "has have had having is are was were be been being am 's ’s do does did "
    "done will would can could may might must shall should to not n't n’t "
    "never also already later then now earlier previously once further even "
    "just only still recently repeatedly often always sometimes publicly "
    "privately openly strongly quickly again first up out in on at for of "
    "with by from as that it he she they i we you his her their a an the and "
    "or but has hasn't hasn’t hadn't hadn’t didn't didn’t doesn't doesn’t "
    "don't don’t isn't isn’t wasn't wasn’t won't won’t wouldn't wouldn’t "
    "couldn't couldn’t can't can’t".split())


class Text:
    """A document's tokens, found by byte offset."""

    def __init__(self, text):
        self.text = text
        self.byte = [0]
        for ch in text:
            self.byte.append(self.byte[-1] + len(ch.encode()))
        self.spans = []
        self.words = []
        for m in TOKEN.finditer(text):
            self.spans.append((self.byte[m.start()], self.byte[m.end()]))
            self.words.append(m.group())
        self.starts = np.array([b for b, _ in self.spans] or [0])

    def tokens(self, spans):
        found = []
        for b, e in spans:
            i = max(0, int(np.searchsorted(self.starts, b, "right")) - 1)
            while i < len(self.spans) and self.spans[i][0] < e:
                if self.spans[i][1] > b:
                    found.append(i)
                i += 1
        return found

    def content(self, spans):
        return {i for i in self.tokens(spans)
                if any(c.isalnum() for c in self.words[i])}

    def in_bytes(self, spans):
        return [(self.byte[b], self.byte[e]) for b, e in spans]

    def cue_head(self, spans):
        every = sorted(self.tokens(spans))
        words = [i for i in every
                 if any(c.isalnum() for c in self.words[i])] or every
        for i in words:
            if self.words[i].lower() not in AUX:
                return i
        return words[0] if words else None


def dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def read_gold(path):
    gold = {}
    for line in open(path, encoding="utf-8"):
        doc = json.loads(line)
        text = Text(doc["text"])
        by_head = {}
        for at in doc["attributions"]:
            head = text.cue_head(text.in_bytes(at["cue"]))
            if head is not None:
                by_head.setdefault(head, []).append(
                    text.content(text.in_bytes(at["content"])))
        gold[doc["doc"]] = (text, by_head)
    return gold


def spans_of(word):
    return [tuple(map(int, p.split("-"))) for p in word.split(",")]


class Samples:
    """Readings flat, cue by cue; `right` is a reading's place or -1."""

    def __init__(self, gold_path, features_path):
        gold = read_gold(gold_path)
        self.features, self.sizes, self.right, self.dice = [], [], [], []
        cue = None
        for line in open(features_path, encoding="utf-8"):
            kind, _, rest = line.rstrip("\n").partition(" ")
            if kind == "D":
                self.close(cue)
                cue = None
                text, by_head = gold[rest]
            elif kind == "C":
                self.close(cue)
                cue = (text, self.contents(text, by_head, rest), [])
            elif kind == "O":
                spans, *features = rest.split(" ")
                cue[2].append((spans_of(spans), features))
        self.close(cue)

    @staticmethod
    def contents(text, by_head, rest):
        for i in text.tokens([tuple(map(int, rest.split()))]):
            if i in by_head:
                return by_head[i]
        return []

    def close(self, cue):
        if not cue or not cue[2]:
            return
        text, contents, readings = cue
        near = [max([dice(text.content(spans), c) for c in contents] or [0])
                for spans, _ in readings]
        best = int(np.argmax(near))
        self.right.append(best if near[best] > 0.2 else -1)
        self.dice.append(near)
        self.sizes.append(len(readings))
        for _, features in readings:
            self.features.append(np.array(features, dtype=np.int64))


def scores_of(weights, samples, cues, kept=None):
    """`kept` of the features count, drawn anew, if it is given."""
    flat, offsets, owner = samples.batch(cues)
    each = None if kept is None else (torch.rand(len(flat)) < kept).float()
    return torch.nn.functional.embedding_bag(
        flat, weights, offsets, mode="sum",
        per_sample_weights=each).squeeze(1), owner


def batch(self, cues):
    if not hasattr(self, "start"):
        self.start = np.concatenate([[0], np.cumsum(self.sizes)])
    rows = [r for c in cues for r in range(self.start[c], self.start[c + 1])]
    lens = [len(self.features[r]) for r in rows]
    flat = torch.from_numpy(np.concatenate([self.features[r] for r in rows]))
    offsets = torch.from_numpy(np.concatenate([[0], np.cumsum(lens)[:-1]]))
    owner = torch.from_numpy(np.repeat(
        np.arange(len(cues)), [self.sizes[c] for c in cues]))
    return flat, offsets, owner


Samples.batch = batch


def loss_of(weights, samples, cues, kept):
    scores, owner = scores_of(weights, samples, cues, kept)
    # log(1 + sum exp) a cue: the 1 is "no cue"
    total = torch.ones(len(cues)).index_add(0, owner, scores.exp())
    first = np.concatenate(
        [[0], np.cumsum([samples.sizes[c] for c in cues])[:-1]])
    chosen = [(i, first[i] + samples.right[c])
              for i, c in enumerate(cues) if samples.right[c] >= 0]
    right = scores[torch.tensor([r for _, r in chosen])].sum()
    return total.log().sum() - right


def measure(weights, samples, bias=0.0):
    cues = range(len(samples.sizes))
    with torch.no_grad():
        scores, _ = scores_of(weights, samples, cues)
    scores = scores.numpy()
    at = said = found = good = 0
    for c in cues:
        s = scores[at:at + samples.sizes[c]]
        at += samples.sizes[c]
        best = int(np.argmax(s))
        if s[best] > bias:
            said += 1
            found += samples.right[c] >= 0
            good += samples.dice[c][best] >= 0.5
    there = sum(r >= 0 for r in samples.right)
    f = lambda tp: 2 * tp / (said + there)
    return f(found), f(good), said, there


def train(samples, dev, epochs, rate, decay, kept, seed=1):
    """The mean of the weights after each step of all epochs but the first."""
    rng = np.random.RandomState(seed)
    torch.manual_seed(seed)
    weights = torch.zeros(1 << BITS, 1, requires_grad=True)
    adagrad = torch.optim.Adagrad([weights], lr=rate, eps=1e-6)
    mean, steps = torch.zeros(1 << BITS, 1), 0
    for epoch in range(epochs):
        order = rng.permutation(len(samples.sizes))
        total = 0.0
        for i in range(0, len(order), 500):
            cues = order[i:i + 500]
            loss = loss_of(weights, samples, cues, kept)
            used, _, _ = samples.batch(cues)
            total += float(loss)
            loss = loss + decay * (weights[used.unique()] ** 2).sum()
            adagrad.zero_grad()
            loss.backward()
            adagrad.step()
            if epoch or epochs == 1:
                steps += 1
                mean += (weights.detach() - mean) / steps
        print("epoch", epoch, "loss %.0f" % total, end=" ")
        if dev:
            print("dev cue %.4f, content %.4f, %d of %d" %
                  measure(mean if steps else weights, dev))
    return mean


def save(weights, path):
    rounded = torch.clamp((weights * SCALE).round(), -127, 127)
    with open(path, "wb") as out:
        out.write(b"attest attribution 1\n")
        out.write(rounded.to(torch.int8).numpy().tobytes())


def main():
    p = argparse.ArgumentParser()
    p.add_argument("gold")
    p.add_argument("features")
    p.add_argument("out")
    p.add_argument("--dev", nargs=2)
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument("--rate", type=float, default=0.15)
    p.add_argument("--decay", type=float, default=0.02)
    p.add_argument("--kept", type=float, default=0.7,
                   help="share of the features that a step sees")
    args = p.parse_args()
    samples = Samples(args.gold, args.features)
    dev = Samples(*args.dev) if args.dev else None
    print("%d cues, %d with a right reading" % (
        len(samples.sizes), sum(r >= 0 for r in samples.right)))
    weights = train(
        samples, dev, args.epochs, args.rate, args.decay, args.kept)
    save(weights, args.out)


if __name__ == "__main__":
    main()
