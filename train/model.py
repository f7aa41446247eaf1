"""The network of the reader, in the very functions that the C code runs.

Squashing is x / sqrt(1 + x * x): exact under IEEE rules, so that the trained
network and src/language/kernels.c mean the same thing on every machine.
"""
import torch
from torch import nn
from torch.nn import functional as F


def squash(x):
    return x * torch.rsqrt(1 + x * x)


def gate(x):
    return 0.5 + 0.5 * squash(0.5 * x)


class Scan(torch.autograd.Function):
    """c[t] = c[t-1] + z[t] * (h[t] - c[t-1]) along the first axis."""

    @staticmethod
    def forward(ctx, z, h):
        c = torch.empty_like(h)
        before = torch.zeros_like(h[0])
        for t in range(len(h)):
            torch.lerp(before, h[t], z[t], out=c[t])
            before = c[t]
        ctx.save_for_backward(z, h, c)
        return c

    @staticmethod
    def backward(ctx, grad):
        z, h, c = ctx.saved_tensors
        carry = torch.zeros_like(h[0])
        dz, dh = torch.empty_like(z), torch.empty_like(h)
        keep = 1 - z
        for t in range(len(h) - 1, -1, -1):
            carry += grad[t]
            torch.mul(carry, z[t], out=dh[t])
            dz[t] = h[t]
            if t:
                dz[t] -= c[t - 1]
            dz[t] *= carry
            carry *= keep[t]
        return dz, dh


class Layer(nn.Module):
    """Two gated averages, left to right and right to left, and a highway."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.hidden = hidden
        self.carry = inputs != 2 * hidden  # the highway needs its own matrix
        self.linear = nn.Linear(inputs, (8 if self.carry else 6) * hidden)
        nn.init.xavier_uniform_(self.linear.weight, 1.5)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x, mask):
        wide = 2 * self.hidden
        parts = self.linear(x).split(wide, dim=-1)
        z, h, g = gate(parts[0]) * mask, squash(parts[1]), gate(parts[2])
        skip = parts[3] if self.carry else x
        flip = lambda v: torch.cat(
            (v[..., :self.hidden], v[..., self.hidden:].flip(0)), -1)
        c = flip(Scan.apply(flip(z), flip(h)))
        return skip + g * (c - skip)


def drop_shared(x, p, training):
    """Dropout with one mask for all words of a sentence."""
    if not training or not p:
        return x
    return x * torch.empty_like(x[:1]).bernoulli_(1 - p).div_(1 - p)


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
        each = logits.gather(2, gold.unsqueeze(2)).squeeze(2)
        right = each[0] + moves[0, gold[0]]
        total = logits[0] + moves[0]
        for t in range(1, len(logits)):
            on = mask[t] > 0
            step = each[t] + moves[gold[t - 1], gold[t]]
            right = right + torch.where(on, step, torch.zeros_like(step))
            ahead = torch.logsumexp(
                total.unsqueeze(2) + moves, 1) + logits[t]
            total = torch.where(on.unsqueeze(1), ahead, total)
        return torch.logsumexp(total, 1) - right

    @torch.no_grad()
    def best(self, logits):
        """The best tags of one sentence, [T, tags] -> list (Viterbi)"""
        moves, back = self.scores(), []
        total = logits[0] + moves[0]
        for row in logits[1:]:
            total, best = (total.unsqueeze(1) + moves).max(0)
            total = total + row
            back.append(best)
        tags = [int(total.argmax())]
        for best in reversed(back):
            tags.append(int(best[tags[-1]]))
        return tags[::-1]


class Reader(nn.Module):
    def __init__(self, rows, slots, sizes, options):
        super().__init__()
        o = self.options = options
        self.slots = slots
        # Not a parameter: only the rows that a batch holds are trained.
        self.register_buffer("rows", torch.randn(rows, o["embed"]) * 0.15)
        wide = 2 * o["hidden"]
        self.layers = nn.ModuleList(
            Layer(wide if i else o["embed"], o["hidden"])
            for i in range(o["layers"]))
        self.tag = nn.Linear(wide, o["tag"])
        self.upos = nn.Linear(o["tag"], sizes["upos"])
        self.xpos = nn.Linear(o["tag"], sizes["xpos"])
        self.feats = nn.Linear(o["tag"], sizes["feats"])
        self.lemma = nn.Linear(o["tag"], sizes["lemma"])
        self.names = nn.Linear(o["tag"], sizes["names"])
        self.moves = Moves(sizes["names"])
        self.arc_dep = nn.Linear(wide, o["arc"])
        self.arc_head = nn.Linear(wide, o["arc"])
        self.arc_score = nn.Linear(o["arc"], o["arc"] + 1)
        self.arc_root = nn.Parameter(torch.zeros(o["arc"] + 1))
        self.rel_dep = nn.Linear(wide, o["label"])
        self.rel_head = nn.Linear(wide, o["label"], bias=False)
        self.rel_root = nn.Parameter(torch.zeros(o["label"]))
        self.rel = nn.Linear(o["label"], sizes["rels"])

    def encode(self, rows, mask, table):
        """rows [T, B, slots] -> [T, B, 2 * hidden]"""
        o = self.options
        steps, batch, slots = rows.shape
        x = F.embedding_bag(rows.reshape(-1, slots), table, mode="sum")
        x = x.view(steps, batch, -1)
        x = F.dropout(x, o["drop_in"], self.training)
        for i, layer in enumerate(self.layers):
            if i:
                x = drop_shared(x, o["drop"], self.training)
            x = layer(x, mask)
        return x

    def forward(self, rows, mask, table=None):
        o = self.options
        x = self.encode(rows, mask, self.rows if table is None else table)
        x = F.dropout(x, o["drop"], self.training)
        drop = lambda v: F.dropout(v, o["drop_head"], self.training)
        t = drop(squash(self.tag(x)))
        out = {name: getattr(self, name)(t)
               for name in ("upos", "xpos", "feats", "lemma", "names")}
        dep = drop(squash(self.arc_dep(x)))
        head = self.arc_score(drop(squash(self.arc_head(x))))
        vector, bias = head[..., :-1], head[..., -1]
        arcs = torch.einsum("ibd,jbd->bij", dep, vector) + \
            bias.t().unsqueeze(1)
        root = dep @ self.arc_root[:-1] + self.arc_root[-1]
        out["arcs"] = torch.cat((root.t().unsqueeze(2), arcs), 2)
        out["arcs"].masked_fill_(
            F.pad(mask.squeeze(2).t() == 0, (1, 0)).unsqueeze(1), -1e4)
        out["rel_dep"], out["rel_head"] = self.rel_dep(x), self.rel_head(x)
        return out

    def label(self, out, heads):
        """heads [T, B], 0 the root -> logits [T, B, relations]"""
        wide = out["rel_head"].shape[-1]
        source = torch.cat((self.rel_root.expand(
            1, heads.shape[1], wide), out["rel_head"]))
        index = heads.clamp(min=0).unsqueeze(2).expand(-1, -1, wide)
        hidden = F.relu(out["rel_dep"] + source.gather(0, index))
        return self.rel(F.dropout(
            hidden, self.options["drop_head"], self.training))
