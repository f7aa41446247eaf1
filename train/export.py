#!/usr/bin/env python3
"""Writes a checkpoint as the file that src/language/model.c maps."""
import argparse
import array
import collections
import struct

import torch

import corpus
import features
import lists
import model

# As in src/language/kernels.h and model.h.
BLOCK, WEIGHT_MOST, ZERO, ACTIVATION_MOST = 32, 64, 128, 127
STEPS_LAYER, STEPS_SQUASHED, STEPS_JOINED = 48, 127, 12


class File:
    def __init__(self):
        self.sections = []

    def add(self, name, content):
        self.sections.append((name, bytes(content)))

    def numbers(self, name, code, values):
        self.add(name, array.array(code, values).tobytes())

    def strings(self, name, values):
        self.add(name, b"".join(v.encode() + b"\0" for v in values))

    def matrix(self, name, weight, bias, steps):
        """7-bit rows for inputs of `steps` to the unit and zero at 128."""
        rows, inputs = weight.shape
        idle = -rows % BLOCK
        weight = torch.cat((weight, weight.new_zeros(idle, inputs))).double()
        bias = torch.cat((bias, bias.new_zeros(idle))).double()
        factor = WEIGHT_MOST / weight.abs().amax(1).clamp(min=1e-9)
        whole = (weight * factor.unsqueeze(1)).round().to(torch.int8)
        scale = 1 / (factor * steps)
        bias -= ZERO * scale * whole.sum(1)
        blocks = whole.view(-1, BLOCK, inputs // 4, 4).permute(0, 2, 1, 3)
        self.numbers(name + ".w", "b", blocks.reshape(-1).tolist())
        self.numbers(name + ".s", "f", scale.tolist())
        self.numbers(name + ".b", "f", bias.tolist())

    def write(self, path):
        index = 16 + 32 * len(self.sections)
        at = index + -index % 64
        head, body = struct.pack("<8sII", b"ATTREAD\0", 3,
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


def key_table(pairs):
    """{key: value} as open places, at most half of them taken"""
    size = 4
    while size < 2 * len(pairs):
        size *= 2
    table = [0] * (2 * size)
    for key, value in sorted(pairs.items(), key=lambda x: (x[1], x[0])):
        at = key & (size - 1)
        while table[2 * at]:
            at = (at + 1) & (size - 1)
        table[2 * at], table[2 * at + 1] = key, value
    return table


def listed():
    """{key: bits of kinds, and whether longer names begin so}"""
    known = lists.Lists(lists.read())
    names = {name: 0 for name in known.begin}
    names.update(known.found)
    return {features.fnv(features.SLOTS, name.encode()): bits | (
        1 << features.LONGER if name in known.begin else 0)
        for name, bits in names.items()}


def places(rows):
    """{key of a row's form and tag: the byte where the row begins}"""
    found, at = {}, 0
    for row in rows:
        key = row.rpartition("\t")[0].encode()
        found.setdefault(features.fnv(features.SLOTS + 1, key), at)
        at += len(row.encode()) + 1
    return found


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


def add_lemmas(file, gold, silver):
    """Writes the known lemmas -> the table of where each begins"""
    known = word_lemmas(gold, corpus.read_silver(
        silver + "/polnear-corenlp-train.conllu.gz"))
    file.strings("word_lemmas", known)
    return key_table(places(known))


def largest(x, share):
    """What all but that share of the absolute values stay below."""
    return x.abs().flatten().kthvalue(
        int((1 - share) * x.numel())).values.item()


def sums_of_rows(table, rows, gold):
    """What the first layer reads of some hundred sentences."""
    forms = features.Forms()
    ids = [forms.ids(s.forms) for s in gold]
    of = features.Table(forms, rows)
    return torch.cat([
        table[torch.from_numpy(of.sentences(
            i[:, None], forms.marks(s.forms)[:, None])).long()].sum(2)
        for s, i in zip(gold, ids)])


def add_weights(file, saved, gold):
    """Every matrix, for the steps of the activations that it reads."""
    net, o, table = saved["net"], saved["options"], saved["net"]["rows"]
    mixed = lambda own, other: torch.lerp(net[own], net[other], model.NEWS_SHARE)
    step = largest(table, 2e-5) / 127
    whole = (table / step).round().clamp(-127, 127).to(torch.int8)
    file.numbers("rows", "b", whole.flatten().tolist())
    steps = ACTIVATION_MOST / largest(
        sums_of_rows(table, saved["rows"], gold[:400]), 1e-4)
    file.numbers("row_steps", "f", [step * steps])
    zeros = lambda n: torch.zeros(n)
    for i in range(o["layers"]):
        p = "layers.%d.linear." % i
        file.matrix("layer%d" % i, net[p + "weight"], net[p + "bias"],
                    STEPS_LAYER if i else steps)
    file.matrix("tag", net["tag.weight"], net["tag.bias"], STEPS_LAYER)
    for name in ("upos", "xpos", "feats", "lemma"):
        file.matrix(name, net[name + ".weight"], net[name + ".bias"],
                    STEPS_SQUASHED)
    file.matrix("names", mixed("names.weight", "silver_names.weight"),
                mixed("names.bias", "silver_names.bias"), STEPS_SQUASHED)
    both = lambda a, b, end: torch.cat((net[a + end], net[b + end]))
    file.matrix("arcs", both("arc_dep", "arc_head", ".weight"),
                both("arc_dep", "arc_head", ".bias"), STEPS_LAYER)
    file.matrix("arc_score", net["arc_score.weight"], net["arc_score.bias"],
                STEPS_SQUASHED)
    file.matrix("rels", both("rel_dep", "rel_head", ".weight"), torch.cat(
        (net["rel_dep.bias"], zeros(o["label"]))), STEPS_LAYER)
    file.matrix("rel", net["rel.weight"], net["rel.bias"], STEPS_JOINED)
    file.matrix("said_hidden", net["said_hidden.weight"],
                net["said_hidden.bias"], STEPS_LAYER)
    file.matrix("said", net["said.weight"], net["said.bias"], STEPS_SQUASHED)
    file.numbers("name_moves", "f", (
        mixed("moves.moves", "silver_moves.moves") + net["moves.never"]
    ).flatten().tolist())
    file.numbers("arc_root", "f", net["arc_root"].tolist())
    file.numbers("rel_root", "f", net["rel_root"].tolist())


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint")
    p.add_argument("--ud", required=True)
    p.add_argument("--silver", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    saved = torch.load(a.checkpoint)
    o, names = saved["options"], saved["names"]
    file = File()
    gold = [s for part in ("ewt", "gumopen") for s in corpus.read_gold(
        "%s/en_%s-train.conllu" % (a.ud, part), False)]
    add_weights(file, saved, gold)
    tables = {"features": key_table(saved["rows"]),
              "lists": key_table(listed()),
              "lemma_keys": add_lemmas(file, gold, a.silver)}
    for name, table in tables.items():
        file.numbers(name, "I", table)
    file.numbers("sizes", "I", [len(saved["net"]["rows"]), o["embed"]] + [
        len(t) // 2 for t in tables.values()] + [
        o[k] for k in ("layers", "hidden", "tag", "arc", "label", "said")])
    for name in ("xpos", "feats", "rels", "lemma"):
        file.strings(name + "_names", names[name])
    file.write(a.out)


if __name__ == "__main__":
    main()
