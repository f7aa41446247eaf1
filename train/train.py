#!/usr/bin/env python3
"""Trains the reader's network; train/reader.sh is the command to use."""
import argparse
import collections
import json
import os
import random
import time

import numpy
import torch
from torch.nn import functional as F

import corpus
import features
import fused
import lemmas
import model

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT " \
    "SCONJ SYM VERB X".split()
LEAST_CLASS = {"xpos": 2, "feats": 2, "rels": 4, "lemma": 3}
TASKS = ("upos", "xpos", "feats", "lemma", "names")
# What is told of a word: the tasks, head, relation, attribution.
COLUMNS = len(TASKS) + 3


def classes(sentences):
    """The classes of each head, by what was seen."""
    count = {k: collections.Counter() for k in LEAST_CLASS}
    for s in sentences:
        if not s.silver:
            count["xpos"].update(s.xpos)
            count["feats"].update(s.feats)
            count["rels"].update(s.rels)
            count["lemma"].update(map(lemmas.script, s.forms, s.lemmas))
    names = {k: sorted(c for c, n in v.items() if n >= LEAST_CLASS[k])
             for k, v in count.items()}
    names["upos"], names["names"] = UPOS, corpus.BIO
    return names


class Coder:
    """What is to be learnt of a sentence, as numbers (-1: not told)."""

    def __init__(self, names):
        self.index = {k: {c: i for i, c in enumerate(v)}
                      for k, v in names.items()}

    def column(self, kind, values, n):
        if values is None:
            return [-1] * n
        index = self.index[kind]
        return [index.get(v, -1) if v is not None else -1 for v in values]

    def rel(self, r):
        if r is None or r in self.index["rels"]:
            return r
        return r.split(":")[0]

    def columns(self, s):
        n = len(s.forms)
        scripts = [lemmas.script(f, l) if l is not None else None
                   for f, l in zip(s.forms, s.lemmas)]
        return numpy.array(
            [self.column("upos", s.upos, n), self.column("xpos", s.xpos, n),
             self.column("feats", s.feats, n),
             self.column("lemma", scripts, n),
             self.column("names", s.bio, n), s.heads,
             self.column("rels", [self.rel(r) for r in s.rels], n),
             s.said or [-1] * n],
            dtype=numpy.int16).T


class Trees:
    """Sentences with all that is to be learnt of them."""

    def __init__(self, forms, sentences, columns, names=None):
        """`sentences` are lists of words, `names` their BIO tags or None."""
        self.ids = [forms.ids(words) for words in sentences]
        self.marks = [forms.marks(words) for words in sentences]
        self.columns, self.names = columns, names
        self.lengths = [len(i) for i in self.ids]

    def batch(self, picked, alter):
        """ids, marks [T, B], gold [T, B, COLUMNS] (-1: not told), mask [T, B]"""
        longest = max(self.lengths[i] for i in picked)
        ids = numpy.zeros((longest, len(picked)), dtype=numpy.int32)
        marks = numpy.zeros_like(ids)
        gold = numpy.full((longest, len(picked), COLUMNS), -1)
        for b, i in enumerate(picked):
            n = self.lengths[i]
            own, marks[:n, b] = alter(self.ids[i], self.marks[i])
            ids[:n, b], gold[:n, b] = own, self.columns[i]
            # Lemmas with capitals cannot be told once the capitals are gone.
            gold[:n, b, 3][own != self.ids[i]] = -1
        return ids, marks, torch.from_numpy(gold), torch.from_numpy(
            (ids > 0).astype(numpy.float32))


def read_trees(forms, coder, sentences):
    return Trees(forms, [s.forms for s in sentences],
                 [coder.columns(s) for s in sentences],
                 [s.bio for s in sentences])


def read_taught(forms, path, names):
    """What train/label.py wrote."""
    if not path:
        return Trees(forms, [], [])
    saved = torch.load(path)
    assert saved["names"] == names, "taught with other classes"
    return Trees(forms, saved["forms"], saved["columns"])


class Alter:
    """Some sentences come all in small letters, or all in capitals."""

    def __init__(self, forms, trees, share, rng):
        self.share, self.rng = share, rng
        used = numpy.unique(numpy.concatenate(trees.ids))
        how = (str.lower, str.upper)
        self.map = []
        for change in how:
            other = numpy.arange(len(forms.forms) * 3)
            other[used] = forms.ids([change(forms.forms[i]) for i in used])
            self.map.append(other)

    def __call__(self, ids, marks):
        how = self.rng.random()
        if how < self.share:
            return self.map[0][ids], marks & ~features.CAPITAL
        if how < 2 * self.share:
            return self.map[1][ids], marks | features.CAPITAL
        return ids, marks


def batches(lengths, picked, size, rng):
    """Sentences of like length; at most `size` words with the padding."""
    order = sorted(picked, key=lambda i: lengths[i] + rng.uniform(-2, 2))
    out, batch, longest = [], [], 0
    for i in order:
        longest = max(longest, lengths[i])
        if batch and (len(batch) + 1) * longest > size:
            out.append(batch)
            batch, longest = [], lengths[i]
        batch.append(i)
    if batch:
        out.append(batch)
    return out


def unknown(rows, chance, everywhere):
    """Replaces features, the rarer the likelier, by their slot's unknown."""
    slots = numpy.broadcast_to(
        numpy.arange(rows.shape[2], dtype=numpy.int32), rows.shape)
    draw = torch.rand(rows.shape).numpy()
    lost = draw < chance[rows]
    # The whole word at once, so that its affixes have to speak.
    word = torch.rand(rows.shape[:2]).numpy() < \
        chance[rows[..., 0]] * everywhere
    lost[..., 0] |= word
    lost[..., 1] |= word
    return numpy.where(lost, slots, rows)


def names_loss(moves, logits, gold, mask, weight):
    told = gold[0] >= 0  # all of a sentence has names, or none
    if not told.any():
        return 0.0
    loss = moves.loss(
        logits[:, told], gold[:, told].clamp(min=0), mask[:, told])
    return (loss * weight[told]).sum() / mask.sum()


def said_loss(logits, gold, mask):
    told = (gold >= 0).unsqueeze(2).float()
    bits = torch.stack([gold.clamp(min=0) >> b & 1
                        for b in range(len(corpus.SAID))], 2).float()
    raw = F.binary_cross_entropy_with_logits(logits, bits, reduction="none")
    return (raw * told).sum() / mask.sum()


def trees_loss(net, x, gold, mask, weight, silver, o):
    """Sum of the tasks' losses a word; `weight` is each sentence's, [B]."""
    out = net(x, mask)
    each = weight.expand(gold.shape[:2]).flatten()

    def loss(logits, target, smooth=o.smooth):
        raw = F.cross_entropy(
            logits.flatten(0, 1), target.flatten(), reduction="none",
            ignore_index=-1, label_smoothing=smooth)
        return (raw * each).sum() / mask.sum()

    total = 0.0
    for k, name in enumerate(TASKS[:-1]):
        total = total + 0.5 * loss(out[name], gold[..., k])
    moves, names = (net.silver_moves, "silver_names") if silver else \
        (net.moves, "names")
    total = total + o.names_weight * names_loss(
        moves, out[names], gold[..., 4], mask,
        torch.full_like(weight, o.news_weight) if silver else weight)
    total = total + o.said_weight * said_loss(out["said"], gold[..., 7], mask)
    heads = gold[..., 5]
    total = total + loss(out["arcs"].transpose(0, 1), heads, 0)
    rels = torch.where(heads >= 0, gold[..., 6], -1)
    return total + loss(net.label(out, heads), rels)


# Shares of the machine-read news in names that are tried.
NEWS_SHARES = (0.0, 0.3, 0.5, 1.0)


def found_names(net, out, mask, share):
    """-> the names of each sentence"""
    tags = model.best_tags(*model.mixed_names(net, out, share), mask)
    return [corpus.spans([corpus.BIO[t] for t in row[:int(n)]])
            for row, n in zip(tags.t().tolist(), mask.sum(0))]


def compare_names(net, out, mask, gold, both):
    """Counts what is right; `gold` are BIO tags or None, by sentence."""
    for share in NEWS_SHARES:
        for mine, bio in zip(found_names(net, out, mask, share), gold):
            if bio is not None:
                want = corpus.spans(bio)
                both[share] += 2 * len(mine & want)
                both[share, "all"] += len(mine) + len(want)


@torch.no_grad()
def evaluate(net, dev, table, names, size=4000):
    net.eval()
    right, both = collections.Counter(), collections.Counter()
    base = [r.split(":")[0] for r in names["rels"]]
    kind = torch.tensor([base.index(b) for b in base])
    for batch in batches(dev.lengths, range(len(dev.ids)), size,
                         random.Random(1)):
        ids, marks, gold, mask = dev.batch(batch, lambda *same: same)
        out = net(net.table.look_up(torch.from_numpy(
            table.sentences(ids, marks))), mask)
        heads = out["arcs"].argmax(2).t()
        rels = net.label(out, heads).argmax(2)
        real = mask > 0
        uas = heads == gold[..., 5]
        las = uas & (kind[rels] == kind[gold[..., 6].clamp(min=0)])
        right["n"] += real.sum().item()
        right["UAS"] += (uas & real).sum().item()
        right["LAS"] += (las & real).sum().item()
        for k, name in enumerate(TASKS[:-1]):
            best = out[name].argmax(2)
            right[name] += ((best == gold[..., k]) & real).sum().item()
        compare_names(net, out, mask, [dev.names[i] for i in batch], both)
    n = right.pop("n")
    scores = {k: round(100 * v / n, 2) for k, v in right.items()}
    for share in NEWS_SHARES:
        scores["names %.1f" % share] = round(
            100 * both[share] / max(both[share, "all"], 1), 2)
    net.train()
    return scores


@torch.no_grad()
def evaluate_said(net, dev, table, size=4000):
    """F1 of the words of sources, cues and contents."""
    net.eval()
    right, both = torch.zeros(2, len(corpus.SAID))
    for batch in batches(
            dev.lengths, range(len(dev.ids)), size, random.Random(1)):
        ids, marks, gold, mask = dev.batch(batch, lambda *same: same)
        out = net(net.table.look_up(torch.from_numpy(
            table.sentences(ids, marks))), mask)
        told = gold[..., 7] >= 0
        mine = (out["said"] > 0)[told]
        want = torch.stack([gold[..., 7][told] >> b & 1
                            for b in range(len(corpus.SAID))], 1) > 0
        right += (mine & want).sum(0)
        both += mine.sum(0) + want.sum(0)
    net.train()
    return {name: round(200 * float(r / b), 2)
            for name, r, b in zip(corpus.SAID, right, both)}


def read_dev(o):
    ewt = list(corpus.read_gold(o.ud + "/en_ewt-dev.conllu", False))
    if o.uner:
        named = {tuple(f): b for f, b in corpus.read_uner(o.uner)}
        ewt = [s._replace(bio=named.get(tuple(s.forms))) for s in ewt]
    gum = list(corpus.read_gold(o.ud + "/en_gumopen-dev.conllu", True))
    return {"ewt": ewt, "gum": gum}


class Corpora:
    """All that is learnt from, and the numbers of everything in it."""

    def __init__(self, o):
        gold = list(corpus.read_gold(o.ud + "/en_ewt-train.conllu", False)) + \
            list(corpus.read_gold(o.ud + "/en_gumopen-train.conllu", True))
        silver, said = (corpus.read_silver(
            "%s/polnear-corenlp-%s.conllu.gz" % (o.silver, part),
            corpus.Said("%s/polnear-%s.jsonl" % (o.polnear, part), most))
            for part, most in (("train", 3), ("dev", 5)))
        before = torch.load(o.resume) if o.resume else {}
        self.names = before.get("names") or classes(gold)
        coder, forms = Coder(self.names), features.Forms()
        self.gold = read_trees(forms, coder, gold)
        self.silver = read_trees(forms, coder, list(silver))
        self.taught = read_taught(forms, o.taught, self.names)
        self.alter = Alter(forms, self.gold, o.alter, random.Random(o.seed))
        told = self.gold.ids + self.silver.ids
        self.rows, often = features.choose_rows(features.count_rows(
            forms, self.count(forms, told),
            self.count(forms, told + self.taught.ids),
            self.count(forms, [i[:1] for i in told]),
            numpy.bincount(numpy.concatenate(
                self.gold.marks + self.silver.marks))), before.get("rows"))
        self.dev = {k: read_trees(forms, coder, v)
                    for k, v in read_dev(o).items()}
        self.said = read_trees(forms, coder, list(said))
        self.table = features.Table(forms, self.rows)
        often = numpy.array(often, dtype=numpy.float32)
        self.chance = numpy.where(
            often > 0, o.feature_drop / (o.feature_drop + often), 0)
        self.row_count = len(often)

    @staticmethod
    def count(forms, sentences):
        """How often each form is met."""
        return numpy.bincount(
            numpy.concatenate(sentences), minlength=len(forms.forms))


def plan_epoch(c, epoch, o):
    """The batches of an epoch: [(set, sentences)]"""
    rng, late = random.Random(o.seed * 1000 + epoch), \
        epoch >= o.epochs * o.until
    share = {
        "gold": 1.0, "silver": o.silver_late if late else o.silver_share,
        "taught": (o.taught_late if late else o.taught_words) /
                  max(1, sum(c.taught.lengths))}
    out = []
    for part, much in share.items():
        lengths = getattr(c, part).lengths
        picked = rng.sample(
            range(len(lengths)), int(min(1, much) * len(lengths)))
        out += [(part, b) for b in batches(lengths, picked, o.batch, rng)]
    rng.shuffle(out)
    return out


class Training:
    def __init__(self, c, o):
        self.c, self.o, self.step = c, o, 0
        sizes = {k: len(v) for k, v in c.names.items()}
        keys = ("embed", "hidden", "layers", "tag", "arc", "label",
                "said", "drop_in", "drop", "drop_head")
        options = {k: getattr(o, k) for k in keys}
        make = lambda: model.Reader(c.row_count, sizes, options, o.seed)
        self.net, self.average = make(), make()
        self.average.load_state_dict(self.net.state_dict())
        for net in (self.net, self.average):
            net.table = fused.Rows(net.rows)
        self.adam = torch.optim.Adam(
            self.net.parameters(), lr=o.rate, betas=(0.9, 0.95))
        self.steps = sum(len(plan_epoch(c, e, o)) for e in range(o.epochs))
        self.words = 0

    def resume(self, path):
        """Goes on from a checkpoint, with its rows and classes."""
        saved = torch.load(path)
        for net in (self.net, self.average):
            net.load_state_dict(saved["net"])

    def rate(self):
        warm = min(1.0, (self.step + 1) / 200)
        return self.o.rate * warm * (0.02 + 0.98 * (1 - self.step / self.steps))

    def loss(self, part, picked):
        """-> feature rows, their sums, the loss"""
        c, o = self.c, self.o
        ids, marks, gold, mask = getattr(c, part).batch(picked, c.alter)
        rows = torch.from_numpy(unknown(
            c.table.sentences(ids, marks), c.chance, o.word_drop))
        x = self.net.table.look_up(rows).requires_grad_()
        self.words += int(mask.sum())
        weight = torch.full((len(picked),), {
            "gold": 1.0, "silver": o.silver_weight,
            "taught": o.taught_weight}[part])
        return rows, x, trees_loss(
            self.net, x, gold, mask, weight, part == "silver", o)

    def learn(self, part, picked):
        rate = self.rate()
        for group in self.adam.param_groups:
            group["lr"] = rate
        rows, x, loss = self.loss(part, picked)
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.adam.step()
        self.net.table.update(rows, x.grad, rate)
        self.step += 1
        if self.step % 10 == 0:
            self.follow()
        return loss.item()

    @torch.no_grad()
    def follow(self):
        """Moves the average of the weights towards them."""
        keep = min(self.o.keep, self.step / (self.step + 200))
        for a, p in zip(self.average.parameters(), self.net.parameters()):
            a.lerp_(p, 1 - keep)
        if self.step % 100 == 0:
            self.average.rows.lerp_(self.net.rows, 1 - keep ** 10)

    def epoch(self, number):
        self.net.train()
        self.words, tic = 0, time.time()
        losses = collections.defaultdict(list)
        for part, picked in plan_epoch(self.c, number, self.o):
            losses[part].append(self.learn(part, picked))
        print(time.strftime("%H:%M:%S"), "epoch", number, " ".join(
            "%s %.3f" % (k, sum(v) / len(v)) for k, v in losses.items()),
            "%d words/s" % (self.words / (time.time() - tic)), flush=True)

    def save(self, path):
        torch.save({"net": self.average.state_dict(), "names": self.c.names,
                    "rows": self.c.rows, "options": self.net.options},
                   path + ".new")
        os.replace(path + ".new", path)


def parse_options():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--ud", required=True, help="folder of the treebanks")
    p.add_argument("--silver", required=True,
                   help="folder of the machine-read news")
    p.add_argument("--taught", help="what train/label.py made")
    p.add_argument("--polnear", required=True, help="folder of the attributions")
    p.add_argument("--uner", help="names on EWT dev, for scoring only")
    p.add_argument("--out", required=True, help="checkpoint to write")
    p.add_argument("--resume", help="checkpoint to go on from")
    p.add_argument("--seed", type=int, default=13)
    p.add_argument("--epochs", type=int, default=28)
    p.add_argument("--until", type=float, default=0.7,
                   help="share of the epochs before the late ones")
    p.add_argument("--silver-share", type=float, default=0.35)
    p.add_argument("--silver-late", type=float, default=0.1)
    p.add_argument("--silver-weight", type=float, default=0.5)
    p.add_argument("--taught-words", type=float, default=1e6,
                   help="taught words of an epoch")
    p.add_argument("--taught-late", type=float, default=4e5)
    p.add_argument("--taught-weight", type=float, default=0.7)
    p.add_argument("--embed", type=int, default=256)
    p.add_argument("--hidden", type=int, default=256)
    p.add_argument("--layers", type=int, default=3)
    p.add_argument("--tag", type=int, default=192)
    p.add_argument("--arc", type=int, default=192)
    p.add_argument("--label", type=int, default=192)
    p.add_argument("--said", type=int, default=64)
    p.add_argument("--drop-in", type=float, default=0.2)
    p.add_argument("--drop", type=float, default=0.35)
    p.add_argument("--drop-head", type=float, default=0.33)
    p.add_argument("--word-drop", type=float, default=1.0)
    p.add_argument("--feature-drop", type=float, default=0.5)
    p.add_argument("--smooth", type=float, default=0.03)
    p.add_argument("--names-weight", type=float, default=1.0)
    p.add_argument("--news-weight", type=float, default=0.5,
                   help="of names in silver sentences")
    p.add_argument("--said-weight", type=float, default=0.5)
    p.add_argument("--alter", type=float, default=0.03)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--keep", type=float, default=0.95)
    p.add_argument("--batch", type=int, default=2500)
    p.add_argument("--threads", type=int, default=1)
    return p.parse_args()


def main():
    o = parse_options()
    torch.manual_seed(o.seed)
    torch.set_num_threads(o.threads)
    c = Corpora(o)
    training = Training(c, o)
    if o.resume:
        training.resume(o.resume)
    print(json.dumps(vars(o)), c.row_count, "rows",
          {k: len(v) for k, v in c.names.items()},
          training.steps, "steps", flush=True)
    for epoch in range(o.epochs):
        training.epoch(epoch)
        training.save(o.out)
        if epoch % 2 == 1 or epoch + 1 == o.epochs:
            for part, d in c.dev.items():
                print("  ", part, evaluate(
                    training.average, d, c.table, c.names))
            print("   said", evaluate_said(
                training.average, c.said, c.table), flush=True)


if __name__ == "__main__":
    main()
