#!/usr/bin/env python3
"""Trains the reader's network; train/reader.sh is the command to use."""
import argparse
import collections
import json
import os
import random
import time

import torch
from torch.nn import functional as F

import corpus
import features
import lemmas
import model

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT " \
    "SCONJ SYM VERB X".split()
LEAST_CLASS = {"xpos": 2, "feats": 2, "rels": 4, "lemma": 3}


def classes(sentences, words):
    """The classes of each head and the feature rows, by what was seen."""
    count = {k: collections.Counter() for k in LEAST_CLASS}
    keys = collections.Counter()
    for s in sentences:
        for row in words.keys(s.forms):
            for slot, key in enumerate(row):
                keys[slot, key] += 1
        if s.silver:
            continue
        count["xpos"].update(s.xpos)
        count["feats"].update(s.feats)
        count["rels"].update(s.rels)
        count["lemma"].update(map(lemmas.script, s.forms, s.lemmas))
    names = {k: sorted(c for c, n in v.items() if n >= LEAST_CLASS[k])
             for k, v in count.items()}
    names["upos"], names["names"] = UPOS, corpus.BIO
    rows, often = {}, [0] * features.SLOTS
    for (slot, key), n in sorted(keys.items()):
        if n >= features.LEAST[slot] and key not in rows:
            rows[key] = len(often)
            often.append(n)
    return names, rows, often


class Coder:
    """Sentences -> tensors of feature rows and of gold classes."""

    def __init__(self, names, rows, words):
        self.rows, self.words = rows, words
        self.index = {k: {c: i for i, c in enumerate(v)}
                      for k, v in names.items()}

    def features(self, forms):
        rows = self.rows
        return torch.tensor(
            [[rows.get(key, slot) for slot, key in enumerate(row)]
             for row in self.words.keys(forms)], dtype=torch.int32)

    def column(self, kind, values, n):
        if values is None:
            return [-1] * n
        index = self.index[kind]
        return [index.get(v, -1) if v is not None else -1 for v in values]

    def rel(self, r):
        if r is None or r in self.index["rels"]:
            return r
        return r.split(":")[0]

    def gold(self, s):
        n = len(s.forms)
        scripts = [lemmas.script(f, l) if l is not None else None
                   for f, l in zip(s.forms, s.lemmas)]
        cols = [self.column("upos", s.upos, n), self.column("xpos", s.xpos, n),
                self.column("feats", s.feats, n),
                self.column("lemma", scripts, n),
                self.column("names", s.bio, n), s.heads,
                self.column("rels", [self.rel(r) for r in s.rels], n)]
        return torch.tensor(cols, dtype=torch.int32).t().contiguous()


TASKS = ("upos", "xpos", "feats", "lemma", "names")


def batches(lengths, size, rng):
    order = sorted(range(len(lengths)),
                   key=lambda i: lengths[i] + rng.uniform(-2, 2))
    out, batch, longest = [], [], 0
    for i in order:
        longest = max(longest, lengths[i])
        if batch and (len(batch) + 1) * longest > size:
            out.append(batch)
            batch, longest = [], lengths[i]
        batch.append(i)
    out.append(batch)
    rng.shuffle(out)
    return out


def pad(items):
    return torch.nn.utils.rnn.pad_sequence(items)


class Set:
    """Coded sentences, and the same in other capitals."""

    def __init__(self, sentences, coder):
        self.sentences, self.coder = sentences, coder
        self.rows = [coder.features(s.forms) for s in sentences]
        self.gold = [coder.gold(s) for s in sentences]
        self.lengths = [len(s.forms) for s in sentences]

    def altered(self, i, how):
        s = self.sentences[i]
        forms = [how(f) for f in s.forms]
        gold = self.gold[i].clone()
        for t, (a, b) in enumerate(zip(forms, s.forms)):
            if a != b and (s.lemmas[t] is None or
                           s.lemmas[t] != s.lemmas[t].lower()):
                gold[t, 3] = -1
        return self.coder.features(forms), gold


def unknown(rows, chance, everywhere):
    """Replaces features, the rarer the likelier, by their slot's unknown."""
    slots = torch.arange(rows.shape[2]).expand_as(rows)
    lost = torch.rand(rows.shape) < chance[rows]
    # The whole word at once, so that its affixes have to speak.
    word = torch.rand(rows.shape[:2]) < chance[rows[..., 0]] * everywhere
    lost[..., 0] |= word
    lost[..., 1] |= word
    return torch.where(lost, slots, rows)


def names_loss(net, logits, gold, mask, weight):
    told = gold[0] >= 0  # all of a sentence has names, or none
    if not told.any():
        return 0.0
    loss = net.moves.loss(
        logits[:, told], gold[:, told].clamp(min=0), mask[:, told])
    return (loss * weight[told]).sum() / mask.sum()


def loss_of(net, out, gold, mask, weight, o):
    """Sum of the tasks' losses; `weight` is each sentence's, [B]."""
    total = 0.0
    each = weight.expand(gold.shape[:2])

    def add(logits, target, factor):
        nonlocal total
        keep = target >= 0
        if keep.any():
            raw = F.cross_entropy(logits[keep], target[keep], reduction="none",
                                  label_smoothing=o.smooth)
            total = total + factor * (raw * each[keep]).sum() / keep.numel()

    for k, name in enumerate(TASKS[:-1]):
        add(out[name], gold[..., k].long(), 0.5)
    total = total + o.names_weight * names_loss(
        net, out["names"], gold[..., 4].long(), mask, weight)
    heads = gold[..., 5].long()
    add(out["arcs"].transpose(0, 1), heads, 1.0)
    rels = torch.where(heads >= 0, gold[..., 6].long(), -1)
    add(net.label(out, heads), rels, 1.0)
    return total


@torch.no_grad()
def evaluate(net, dev, names):
    net.eval()
    right = collections.Counter()
    gold_spans = found_spans = both = 0
    for batch in batches(dev.lengths, 6000, random.Random(0)):
        rows = pad([dev.rows[i] for i in batch]).long()
        gold = pad([dev.gold[i] for i in batch])
        real = pad([torch.ones(dev.lengths[i], 1) for i in batch])
        out = net(rows, real)
        heads = out["arcs"].argmax(2).t()
        rels = net.label(out, heads).argmax(2)
        best = {k: out[k].argmax(2) for k in TASKS}
        uas = heads == gold[..., 5]
        base = [r.split(":")[0] for r in names["rels"]]
        ids = torch.tensor([base.index(b) for b in base])
        las = uas & (ids[rels] == ids[gold[..., 6].clamp(min=0).long()])
        real = real.squeeze(2) > 0
        right["n"] += real.sum().item()
        right["UAS"] += (uas & real).sum().item()
        right["LAS"] += (las & real).sum().item()
        for k, name in enumerate(TASKS):
            right[name] += ((best[name] == gold[..., k]) & real).sum().item()
        for b, i in enumerate(batch):
            bio = dev.sentences[i].bio
            if bio is None:
                continue
            mine = corpus.spans([corpus.BIO[c] for c in net.moves.best(
                out["names"][:len(bio), b])])
            want = corpus.spans(bio)
            gold_spans += len(want)
            found_spans += len(mine)
            both += len(mine & want)
    n = right.pop("n")
    scores = {k: round(100 * v / n, 2) for k, v in right.items()}
    scores["names"] = round(200 * both / max(gold_spans + found_spans, 1), 2)
    return scores


def read_dev(o):
    ewt = list(corpus.read_gold(o.ud + "/en_ewt-dev.conllu", False))
    if o.uner:
        named = {tuple(f): b for f, b in corpus.read_uner(o.uner)}
        ewt = [s._replace(bio=named.get(tuple(s.forms))) for s in ewt]
    gum = list(corpus.read_gold(o.ud + "/en_gumopen-dev.conllu", True))
    return {"ewt": ewt, "gum": gum}


def step_rate(step, steps, o):
    warm = min(1.0, (step + 1) / 100)
    left = 1 - step / steps
    return o.rate * warm * (0.02 + 0.98 * left)


class RowAdam:
    """Adam for the feature rows that a batch touches, the others at rest."""

    def __init__(self, table):
        self.table, self.step = table, 0
        self.mean = torch.zeros_like(table)
        self.square = torch.zeros_like(table)

    def take(self, rows):
        self.used, where = torch.unique(rows, return_inverse=True)
        self.part = self.table[self.used].requires_grad_()
        return where, self.part

    @torch.no_grad()
    def update(self, rate):
        self.step += 1
        grad = self.part.grad
        mean = self.mean[self.used].lerp_(grad, 0.1)
        square = self.square[self.used].mul_(0.95).addcmul_(
            grad, grad, value=0.05)
        self.mean[self.used], self.square[self.used] = mean, square
        scale = (1 - 0.95 ** self.step) ** 0.5 / (1 - 0.9 ** self.step)
        self.part -= rate * scale * mean / (square.sqrt() + 1e-8)
        self.table[self.used] = self.part.detach()


def follow(average, net, keep, with_rows):
    """Moves the average of the weights towards them."""
    with torch.no_grad():
        for a, p in zip(average.parameters(), net.parameters()):
            a.lerp_(p, 1 - keep)
        if with_rows:
            average.rows.lerp_(net.rows, 1 - keep ** 5)


def train_epoch(net, average, optimisers, data, order, chance, state, o):
    rng, tic = state["rng"], time.time()
    optimiser, row_adam = optimisers
    net.train()
    total = words = 0
    for batch in order:
        rows, gold, weight = [], [], []
        for part, i in batch:
            d, w = data[part]
            how = rng.random()
            alter = str.lower if how < o.alter else \
                str.upper if how > 1 - o.alter else None
            r, g = d.altered(i, alter) if alter else (d.rows[i], d.gold[i])
            rows.append(r)
            gold.append(g)
            weight.append(w)
        mask = pad([torch.ones(len(r), 1) for r in rows])
        rows = unknown(pad(rows).long(), chance, o.word_drop)
        gold = torch.nn.utils.rnn.pad_sequence(gold, padding_value=-1)
        rate = step_rate(state["step"], state["steps"], o)
        for group in optimiser.param_groups:
            group["lr"] = rate
        where, part = row_adam.take(rows)
        loss = loss_of(net, net(where, mask, part), gold, mask.squeeze(2),
                       torch.tensor(weight), o)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        row_adam.update(rate)
        state["step"] += 1
        if state["step"] % 10 == 0:
            keep = min(o.keep, state["step"] / (state["step"] + 200))
            follow(average, net, keep, state["step"] % 50 == 0)
        total += loss.item()
        words += int(mask.sum())
    return total / len(order), words / (time.time() - tic)


def save(net, names, rows, sizes, o, path):
    torch.save({"net": net.state_dict(), "names": names, "rows": rows,
                "options": net.options}, path + ".new")
    os.replace(path + ".new", path)


def plan_epoch(data, share, rng, size):
    """Which sentences of which set make the batches of an epoch."""
    picked = []
    for part, (d, _) in data.items():
        ids = range(len(d.lengths))
        if part == "silver":
            ids = rng.sample(ids, int(share * len(d.lengths)))
        picked += [(part, i) for i in ids]
    lengths = [data[part][0].lengths[i] for part, i in picked]
    return [[picked[k] for k in b] for b in batches(lengths, size, rng)]


def parse_options():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--ud", required=True, help="folder of the treebanks")
    p.add_argument("--silver", help="folder of the machine-read news")
    p.add_argument("--uner", help="names on EWT dev, for scoring only")
    p.add_argument("--out", required=True, help="checkpoint to write")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--epochs", type=int, default=30)
    p.add_argument("--silver-share", type=float, default=0.35)
    p.add_argument("--silver-until", type=float, default=0.6,
                   help="share of the epochs that see full silver")
    p.add_argument("--silver-late", type=float, default=0.05)
    p.add_argument("--silver-weight", type=float, default=0.5)
    p.add_argument("--embed", type=int, default=192)
    p.add_argument("--hidden", type=int, default=128)
    p.add_argument("--layers", type=int, default=3)
    p.add_argument("--tag", type=int, default=128)
    p.add_argument("--arc", type=int, default=128)
    p.add_argument("--label", type=int, default=128)
    p.add_argument("--drop-in", type=float, default=0.2)
    p.add_argument("--drop", type=float, default=0.3)
    p.add_argument("--drop-head", type=float, default=0.3)
    p.add_argument("--word-drop", type=float, default=1.0)
    p.add_argument("--feature-drop", type=float, default=0.5)
    p.add_argument("--smooth", type=float, default=0.03)
    p.add_argument("--names-weight", type=float, default=1.0)
    p.add_argument("--alter", type=float, default=0.03)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--keep", type=float, default=0.95)
    p.add_argument("--batch", type=int, default=2500)
    p.add_argument("--threads", type=int, default=2)
    return p.parse_args()


def main():
    o = parse_options()
    torch.manual_seed(o.seed)
    torch.set_num_threads(o.threads)
    rng = random.Random(o.seed)
    gold = list(corpus.read_gold(o.ud + "/en_ewt-train.conllu", False)) + \
        list(corpus.read_gold(o.ud + "/en_gumopen-train.conllu", True))
    silver = list(corpus.read_silver(
        o.silver + "/polnear-corenlp-train.conllu.gz")) if o.silver else []
    words = features.Words()
    names, rows, often = classes(gold + silver, words)
    coder = Coder(names, rows, words)
    data = {"gold": (Set(gold, coder), 1.0)}
    if silver:
        data["silver"] = (Set(silver, coder), o.silver_weight)
    dev = {k: Set(v, coder) for k, v in read_dev(o).items()}
    chance = torch.tensor([o.feature_drop / (o.feature_drop + n) if n else 0.0
                           for n in often])
    sizes = {k: len(v) for k, v in names.items()}
    keys = ("embed", "hidden", "layers", "tag", "arc", "label", "drop_in",
            "drop", "drop_head")
    options = {k: getattr(o, k) for k in keys}
    make = lambda: model.Reader(len(often), features.SLOTS, sizes, options)
    net, average = make(), make()
    average.load_state_dict(net.state_dict())
    print(json.dumps(vars(o)), len(often), "rows", sizes, flush=True)
    optimisers = torch.optim.Adam(
        net.parameters(), lr=o.rate, betas=(0.9, 0.95)), RowAdam(net.rows)
    shares = [o.silver_share if e < o.epochs * o.silver_until else
              o.silver_late for e in range(o.epochs)]
    plans = lambda e: plan_epoch(data, shares[e], random.Random(
        o.seed * 1000 + e), o.batch)
    state = {"rng": rng, "step": 0,
             "steps": sum(len(plans(e)) for e in range(o.epochs))}
    for epoch in range(o.epochs):
        loss, speed = train_epoch(net, average, optimisers, data, plans(epoch),
                                  chance, state, o)
        print(time.strftime("%H:%M:%S"), "epoch", epoch, "loss %.3f" % loss,
              "%d words/s" % speed, flush=True)
        save(average, names, rows, sizes, o, o.out)
        if epoch % 2 == 1 or epoch + 1 == o.epochs:
            for part, d in dev.items():
                print("  ", part, evaluate(average, d, names), flush=True)


if __name__ == "__main__":
    main()
