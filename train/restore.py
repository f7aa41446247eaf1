#!/usr/bin/env python3
"""Turns models/en.model back into a checkpoint, to teach or to go on from.

The weights come back as rounded as they are; names as the treebank and the
news mark them come back as the mixture that the file holds.
"""
import argparse
import struct

import numpy
import torch

import corpus
import export
import features
import lemmas
import model
import train

ROW_SIZE = 0.15  # of the numbers in feature rows, as training begins


class Mapped:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        magic, _, count = struct.unpack_from("<8sII", self.bytes)
        assert magic == b"ATTREAD\0", "not a model"
        self.index = {}
        for i in range(count):
            name, at, size = struct.unpack_from(
                "<16sQQ", self.bytes, 16 + 32 * i)
            self.index[name.rstrip(b"\0").decode()] = at, size

    def numbers(self, name, kind):
        at, size = self.index[name]
        return numpy.frombuffer(
            self.bytes, kind, size // numpy.dtype(kind).itemsize, at)

    def floats(self, name):
        return torch.from_numpy(self.numbers(name, "<f4").copy())

    def strings(self, name):
        at, size = self.index[name]
        return self.bytes[at:at + size].decode().split("\0")[:-1]

    def matrix(self, name, rows, steps):
        """-> weight, bias; undoes export.File.matrix"""
        scale, bias = self.floats(name + ".s"), self.floats(name + ".b")
        whole = torch.from_numpy(self.numbers(name + ".w", "i1").copy())
        block = export.BLOCK
        inputs = len(whole) // len(scale)
        whole = whole.view(-1, inputs // 4, block, 4).permute(
            0, 2, 1, 3).reshape(-1, inputs).float()
        bias = bias + export.ZERO * scale * whole.sum(1)
        return (whole * (scale * steps).unsqueeze(1))[:rows], bias[:rows]


def options_of(sizes):
    keys = "layers hidden tag arc label said".split()
    o = dict(zip(keys, sizes[-len(keys):]))
    # What training alone uses is as train.py says unless told otherwise.
    return dict(o, embed=int(sizes[1]), drop_in=0.2, drop=0.35, drop_head=0.33)


def weights(file, o, names):
    net, count = {}, {k: len(v) for k, v in names.items()}
    rows = torch.from_numpy(file.numbers("rows", "i1").copy()).float().view(
        -1, o["embed"]) * file.floats("row_steps")
    steps = float(rows.pow(2).mean().sqrt() / ROW_SIZE)
    net["rows"] = rows / steps

    def put(name, own, size, per_unit):
        net[name + ".weight"], net[name + ".bias"] = file.matrix(
            own, size, per_unit)

    for i in range(o["layers"]):
        wide = 2 * o["hidden"]
        inputs = wide if i else o["embed"]
        put("layers.%d.linear" % i, "layer%d" % i,
            (8 if inputs != wide else 6) * o["hidden"],
            export.STEPS_LAYER if i else steps)
    put("tag", "tag", o["tag"], export.STEPS_LAYER)
    for name in ("upos", "xpos", "feats", "lemma"):
        put(name, name, count[name], export.STEPS_SQUASHED)
    moves = file.floats("name_moves").view(len(corpus.BIO), -1)
    never = model.Moves(len(corpus.BIO)).never
    for name, chain in (("names", "moves"), ("silver_names", "silver_moves")):
        put(name, "names", count["names"], export.STEPS_SQUASHED)
        net[chain + ".moves"] = torch.where(never < 0, 0., moves)
        net[chain + ".never"] = never
    for name, own, size, per_unit in (
            ("arc_score", "arc_score", o["arc"] + 1, export.STEPS_SQUASHED),
            ("rel", "rel", count["rels"], export.STEPS_JOINED),
            ("said_hidden", "said_hidden", o["said"], export.STEPS_LAYER),
            ("said", "said", len(corpus.SAID), export.STEPS_SQUASHED)):
        put(name, own, size, per_unit)
    for name, own, size in (("arc", "arcs", o["arc"]),
                            ("rel", "rels", o["label"])):
        weight, bias = file.matrix(own, 2 * size, export.STEPS_LAYER)
        for part, half in (("_dep", slice(0, size)), ("_head", slice(size, None))):
            net[name + part + ".weight"] = weight[half].clone()
            net[name + part + ".bias"] = bias[half].clone()
    del net["rel_head.bias"]
    for name in ("arc_root", "rel_root"):
        net[name] = file.floats(name)
    return net


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("model")
    p.add_argument("checkpoint")
    a = p.parse_args()
    file = Mapped(a.model)
    names = {k: file.strings(k + "_names")
             for k in ("xpos", "feats", "rels", "lemma")}
    names["upos"], names["names"] = train.UPOS, corpus.BIO
    o = options_of([int(n) for n in file.numbers("sizes", "<u4")])
    keys = file.numbers("features", "<u4").reshape(-1, 2)
    rows = {int(k): int(v) for k, v in keys if k}
    torch.save({"net": weights(file, o, names), "names": names, "rows": rows,
                "options": o}, a.checkpoint)


if __name__ == "__main__":
    main()
