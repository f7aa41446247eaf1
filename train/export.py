#!/usr/bin/env python3
"""Writes a checkpoint as the file that src/language/model.c maps."""
import argparse
import array
import collections
import struct

import torch

import corpus
import features

BLOCK, MOST = 32, 4095
STEPS_LAYER, STEPS_SQUASHED, STEPS_HEAD = 512, 2048, 256


class File:
    def __init__(self):
        self.sections = []

    def add(self, name, content):
        self.sections.append((name, bytes(content)))

    def numbers(self, name, code, values):
        self.add(name, array.array(code, values).tobytes())

    def strings(self, name, values):
        self.add(name, b"".join(v.encode() + b"\0" for v in values))

    def matrix(self, name, weight, bias, step):
        """16-bit rows, each scaled so that no sum can leave 32 bits."""
        rows, inputs = weight.shape
        idle = -rows % BLOCK
        weight = torch.cat((weight, weight.new_zeros(idle, inputs))).double()
        bias = torch.cat((bias, bias.new_zeros(idle)))
        total = weight.abs().sum(1).clamp(min=1e-9)
        most = weight.abs().amax(1).clamp(min=1e-9)
        factor = torch.minimum(500000 / total, 16000 / most)
        whole = (weight * factor.unsqueeze(1)).round().int()
        blocks = whole.view(-1, BLOCK, inputs // 2, 2).permute(0, 2, 1, 3)
        self.numbers(name + ".w", "h", blocks.reshape(-1).tolist())
        self.numbers(name + ".s", "f", (step / factor).tolist())
        self.numbers(name + ".b", "f", bias.tolist())

    def write(self, path):
        index = 16 + 32 * len(self.sections)
        at = index + -index % 64
        head, body = struct.pack("<8sII", b"ATTREAD\0", 1,
                                 len(self.sections)), b""
        parts = []
        for name, content in self.sections:
            head += struct.pack("<16sQQ", name.encode(), at, len(content))
            content += b"\0" * (-len(content) % 64)
            parts.append(content)
            at += len(content)
        head += b"\0" * (-len(head) % 64)
        with open(path, "wb") as file:
            file.write(head + b"".join(parts))


def hash_table(rows):
    size = 1
    while size < 2 * len(rows):
        size *= 2
    table = [0] * (2 * size)
    for key, row in sorted(rows.items(), key=lambda x: x[1]):
        at = key & (size - 1)
        while table[2 * at]:
            at = (at + 1) & (size - 1)
        table[2 * at], table[2 * at + 1] = key, row
    return table


def word_lemmas(gold, silver):
    """"form tag lemma" of the words that nearly always have one lemma.

    What training saw is known better from a list than from edits: on dev it
    corrects a third of the edits' errors.  Verbs and nouns that the treebanks
    hold five times at most count those of the machine-read news.
    """
    seen = {}
    for s in gold:
        for form, lemma, tag in zip(s.forms, s.lemmas, s.xpos):
            seen.setdefault((form.lower(), tag), collections.Counter())[
                lemma] += 1
    told = {key for key, count in seen.items() if sum(count.values()) > 5}
    for s in silver:
        for form, lemma, tag in zip(s.forms, s.lemmas, s.xpos):
            key = form.lower(), tag
            if key not in told and lemma and tag[:2] in ("VB", "NN"):
                seen.setdefault(key, collections.Counter())[lemma] += 1
    out = []
    for (form, tag), count in sorted(seen.items()):
        lemma, n = max(count.items(), key=lambda x: (x[1], x[0]))
        if 4 * n >= 3 * sum(count.values()) and \
                not set("\t \0") & set(form + lemma):
            out.append("%s\t%s\t%s" % (form, tag, lemma))
    return out


def add_weights(file, net, o):
    """Every matrix with the step of the activations that it reads."""
    table = net["rows"]
    step = table.abs().flatten().kthvalue(
        int(0.99998 * table.numel())).values.item() / 127
    whole = (table / step).round().clamp(-127, 127).to(torch.int8)
    file.numbers("rows", "b", whole.flatten().tolist())
    zeros = lambda n: torch.zeros(n)
    for i in range(o["layers"]):
        p = "layers.%d.linear." % i
        file.matrix("layer%d" % i, net[p + "weight"], net[p + "bias"],
                    1 / STEPS_LAYER if i else step)
    file.matrix("tag", net["tag.weight"], net["tag.bias"], 1 / STEPS_LAYER)
    for name in ("upos", "xpos", "feats", "lemma", "names"):
        file.matrix(name, net[name + ".weight"], net[name + ".bias"],
                    1 / STEPS_SQUASHED)
    both = lambda a, b, end: torch.cat((net[a + end], net[b + end]))
    file.matrix("arcs", both("arc_dep", "arc_head", ".weight"),
                both("arc_dep", "arc_head", ".bias"), 1 / STEPS_LAYER)
    file.matrix("arc_score", net["arc_score.weight"], net["arc_score.bias"],
                1 / STEPS_SQUASHED)
    file.matrix("rels", both("rel_dep", "rel_head", ".weight"), torch.cat(
        (net["rel_dep.bias"], zeros(o["label"]))), 1 / STEPS_LAYER)
    file.matrix("rel", net["rel.weight"], net["rel.bias"], 1 / STEPS_LAYER)
    file.numbers("name_moves", "f", (
        net["moves.moves"] + net["moves.never"]).flatten().tolist())
    file.numbers("arc_root", "f", net["arc_root"].tolist())
    file.numbers("rel_root", "f", net["rel_root"].tolist())
    return step


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint")
    p.add_argument("--ud", required=True)
    p.add_argument("--silver", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    saved = torch.load(a.checkpoint)
    o, names, net = saved["options"], saved["names"], saved["net"]
    file = File()
    step = add_weights(file, net, o)
    table = hash_table(saved["rows"])
    file.numbers("hash", "I", table)
    file.numbers("sizes", "I", [
        len(net["rows"]), o["embed"], len(table) // 2, o["layers"],
        o["hidden"], o["tag"], o["arc"], o["label"], features.SLOTS])
    file.numbers("row_step", "f", [step])
    file.strings("xpos_names", names["xpos"])
    file.strings("feats_names", names["feats"])
    file.strings("rel_names", names["rels"])
    file.strings("lemma_names", names["lemma"])
    train = [s for part, named in (("ewt", False), ("gumopen", False))
             for s in corpus.read_gold(
                 "%s/en_%s-train.conllu" % (a.ud, part), named)]
    file.strings("word_lemmas", word_lemmas(train, corpus.read_silver(
        a.silver + "/polnear-corenlp-train.conllu.gz")))
    file.write(a.out)


if __name__ == "__main__":
    main()
