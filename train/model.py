"""The network of the reader, in the very functions that the C code computes.

Squashing is x / sqrt(1 + x * x): exact under IEEE rules, so that the trained
network and src/language/kernels.c mean the same thing on every machine.
Activations and products are bfloat16, weights float.
"""
import torch
from torch import nn
from torch.nn import functional as F

import corpus
import fused

# How much the machine-read news has a say in names, chosen on dev.
NEWS_SHARE = 0.15


def squash(x):
    return x * torch.rsqrt(1 + x * x)


def linear(x, layer):
    bias = None if layer.bias is None else layer.bias.bfloat16()
    return F.linear(x, layer.weight.bfloat16(), bias)


class Layer(nn.Module):
    """Two gated averages, left to right and right to left, and a highway."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.hidden = hidden
        parts = 8 if inputs != 2 * hidden else 6  # the highway's own matrix
        self.linear = nn.Linear(inputs, parts * hidden)
        nn.init.xavier_uniform_(self.linear.weight, 1.5)
        nn.init.zeros_(self.linear.bias)
        with torch.no_grad():  # the highway is open at first
            self.linear.bias[4 * hidden:6 * hidden] = -1

    def forward(self, x, mask, drop):
        return fused.Gated.apply(
            x, self.linear.weight, self.linear.bias, mask, drop, self.hidden)


def follows(tag, before):
    """May the name tag (O, then B and I of each kind) stand after `before`?"""
    return tag == 0 or tag % 2 == 1 or before in (tag, tag - 1)


class Moves(nn.Module):
    """A chain over the name tags (Lafferty et al. 2001)."""

    def __init__(self, tags):
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(tags, tags))
        self.register_buffer("never", torch.tensor(
            [[0. if follows(t, b) else -1e4 for t in range(tags)]
             for b in range(tags)]))

    def scores(self):
        """[before, tag]; a sentence begins as after O."""
        return self.moves + self.never

    def loss(self, logits, gold, mask):
        """-log p(gold) of each sentence; [T, B, tags], [T, B], [T, B]"""
        moves = self.scores()
        on = mask > 0
        before = F.pad(gold[:-1], (0, 0, 1, 0))
        right = logits.gather(2, gold.unsqueeze(2)).squeeze(2) + \
            moves[before, gold]
        total = logits[0] + moves[0]
        for t in range(1, len(logits)):
            ahead = torch.logsumexp(
                total.unsqueeze(2) + moves, 1) + logits[t]
            total = torch.where(on[t].unsqueeze(1), ahead, total)
        return torch.logsumexp(total, 1) - (right * mask).sum(0)


def best_tags(moves, logits, mask):
    """The best tags of each sentence, [T, B, tags] -> [T, B] (Viterbi)"""
    back, total = [], logits[0] + moves[0]
    same = torch.arange(len(moves)).expand(total.shape)
    for row, on in zip(logits[1:], mask[1:].unsqueeze(2) > 0):
        ahead, best = (total.unsqueeze(2) + moves).max(1)
        total = torch.where(on, ahead + row, total)
        back.append(torch.where(on, best, same))
    tags = [total.argmax(1)]
    for best in reversed(back):
        tags.append(best.gather(1, tags[-1].unsqueeze(1)).squeeze(1))
    return torch.stack(tags[::-1])


def mixed_names(net, out, share=NEWS_SHARE):
    """-> moves, logits of names, as the treebank and the news mark them"""
    return torch.lerp(net.moves.scores(), net.silver_moves.scores(), share), \
        torch.lerp(out["names"], out["silver_names"], share)


class Reader(nn.Module):
    def __init__(self, row_count, sizes, options, seed):
        super().__init__()
        o = self.options = options
        # Not a parameter: only the rows that a batch holds are trained.
        self.register_buffer("rows", torch.randn(row_count, o["embed"]) * 0.15)
        self.drop = fused.Drop(seed)
        wide = 2 * o["hidden"]
        self.layers = nn.ModuleList(
            Layer(wide if i else o["embed"], o["hidden"])
            for i in range(o["layers"]))
        self.tag = nn.Linear(wide, o["tag"])
        self.upos = nn.Linear(o["tag"], sizes["upos"])
        self.xpos = nn.Linear(o["tag"], sizes["xpos"])
        self.feats = nn.Linear(o["tag"], sizes["feats"])
        self.lemma = nn.Linear(o["tag"], sizes["lemma"])
        # Names as the treebank marks them, and as the machine-read news does.
        self.names = nn.Linear(o["tag"], sizes["names"])
        self.moves = Moves(sizes["names"])
        self.silver_names = nn.Linear(o["tag"], sizes["names"])
        self.silver_moves = Moves(sizes["names"])
        self.said_hidden = nn.Linear(wide, o["said"])
        self.said = nn.Linear(o["said"], len(corpus.SAID))
        self.arc_dep = nn.Linear(wide, o["arc"])
        self.arc_head = nn.Linear(wide, o["arc"])
        self.arc_score = nn.Linear(o["arc"], o["arc"] + 1)
        self.arc_root = nn.Parameter(torch.zeros(o["arc"] + 1))
        self.rel_dep = nn.Linear(wide, o["label"])
        self.rel_head = nn.Linear(wide, o["label"], bias=False)
        self.rel_root = nn.Parameter(torch.zeros(o["label"]))
        self.rel = nn.Linear(o["label"], sizes["rels"])

    def dropped(self, x, kind):
        if not self.training:
            return x
        return x * self.drop.scales(self.options[kind], *x.shape)

    def encode(self, x, mask):
        """Sums of feature rows [T, B, embed], mask [T, B] -> [T, B, wide]"""
        x = self.dropped(x, "drop_in")
        for i, layer in enumerate(self.layers):
            between = self.training and i + 1 < len(self.layers)
            x = layer(x, mask, self.drop.scales(
                self.options["drop"] if between else 0,
                x.shape[1], 2 * layer.hidden).float())
        return self.dropped(x, "drop")

    def forward(self, x, mask):
        x = self.encode(x, mask)
        head = lambda v: self.dropped(v, "drop_head")
        t = head(squash(linear(x, self.tag)))
        out = {name: linear(t, getattr(self, name)).float()
               for name in ("upos", "xpos", "feats", "lemma", "names",
                            "silver_names")}
        out["said"] = linear(
            head(squash(linear(x, self.said_hidden))), self.said).float()
        dep = head(squash(linear(x, self.arc_dep)))
        score = linear(head(squash(linear(x, self.arc_head))), self.arc_score)
        vector, bias = score[..., :-1], score[..., -1].float()
        arcs = torch.bmm(dep.transpose(0, 1).float(),
                         vector.permute(1, 2, 0).float())
        arcs = arcs + bias.t().unsqueeze(1)
        root = dep.float() @ self.arc_root[:-1] + self.arc_root[-1]
        out["arcs"] = torch.cat((root.t().unsqueeze(2), arcs), 2).masked_fill(
            F.pad(mask.t() == 0, (1, 0)).unsqueeze(1), -1e4)
        out["rel_dep"] = linear(x, self.rel_dep)
        out["rel_head"] = linear(x, self.rel_head)
        return out

    def label(self, out, heads):
        """heads [T, B], 0 the root -> logits [T, B, relations]"""
        wide = out["rel_head"].shape[-1]
        source = torch.cat((self.rel_root.bfloat16().expand(
            1, heads.shape[1], wide), out["rel_head"]))
        index = heads.clamp(min=0).unsqueeze(2).expand(-1, -1, wide)
        hidden = F.relu(out["rel_dep"] + source.gather(0, index))
        return linear(self.dropped(hidden, "drop_head"), self.rel).float()
