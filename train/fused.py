"""layer.c for PyTorch: compiled when first asked for, called by address."""
import ctypes
import os
import subprocess
import tempfile

import torch


def compiled():
    here = os.path.dirname(os.path.abspath(__file__))
    out = os.path.join(tempfile.mkdtemp(), "layer.so")
    subprocess.run(
        ["cc", "-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared",
         "-fPIC", "-o", out, os.path.join(here, "layer.c")], check=True)
    return ctypes.CDLL(out)


LIB = compiled()


def call(name, *values):
    """Tensors go as addresses (they must lie in one piece), floats as float."""
    args = []
    for v in values:
        if isinstance(v, torch.Tensor):
            assert v.is_contiguous()
            args.append(ctypes.c_void_p(v.data_ptr()))
        else:
            args.append(ctypes.c_float(v) if isinstance(v, float) else v)
    getattr(LIB, name)(*args)


class Gated(torch.autograd.Function):
    """A layer: x [T, B, inputs] bfloat16 -> [T, B, 2 * hidden] bfloat16."""

    @staticmethod
    def forward(ctx, x, weight, bias, mask, drop, hidden):
        weight = weight.bfloat16()
        parts = torch.nn.functional.linear(x, weight, bias.bfloat16())
        steps, batch, wide = parts.shape
        states = parts.new_empty(steps, batch, 2 * hidden)
        out = torch.empty_like(states)
        ctx.shape = steps, batch, hidden, wide // (2 * hidden)
        call("layer_forward", *ctx.shape, parts, x, mask, drop, states, out)
        ctx.save_for_backward(x, weight, parts, mask, drop, states)
        return out

    @staticmethod
    def backward(ctx, grad):
        x, weight, parts, mask, drop, states = ctx.saved_tensors
        dparts, dx = torch.empty_like(parts), torch.empty_like(x)
        call("layer_backward", *ctx.shape, parts, x, mask, drop, states,
             grad.contiguous(), dparts, dx)
        flat = dparts.flatten(0, 1)
        through = (flat @ weight).view_as(x)
        if ctx.shape[3] == 4:
            dx = through
        else:
            dx += through
        ones = flat.new_ones(1, len(flat))
        return (dx, (flat.t() @ x.flatten(0, 1)).float(),
                (ones @ flat).float().squeeze(0), None, None, None)


class Drop:
    """Dropout by counting: the n-th mask of a seed is always the same."""

    def __init__(self, seed):
        self.seed = seed << 32

    def scales(self, p, *shape):
        out = torch.empty(shape, dtype=torch.bfloat16)
        if p:
            self.seed += 1
            call("drop_scales", ctypes.c_uint64(self.seed), float(p),
                 ctypes.c_int64(out.numel()), out)
        else:
            out.fill_(1)
        return out


class Rows:
    """The table of feature rows, with Adam for those that a batch touches."""

    def __init__(self, table):
        self.table, self.step = table, 0
        self.sums, self.mean, self.square = (
            torch.zeros_like(table) for _ in range(3))

    def look_up(self, rows):
        """rows [T, B, slots] int32 -> their sums [T, B, width] bfloat16"""
        steps, batch, slots = rows.shape
        width = self.table.shape[1]
        out = torch.empty(steps, batch, width, dtype=torch.bfloat16)
        call("rows_forward", steps * batch, slots, width, rows, self.table,
             out)
        return out

    def update(self, rows, grad, rate):
        self.step += 1
        scale = (1 - 0.95 ** self.step) ** 0.5 / (1 - 0.9 ** self.step)
        call("rows_step", rows.shape[0] * rows.shape[1], rows.shape[2],
             self.table.shape[1], rows, grad.contiguous(),
             float(rate * scale), self.sums, self.mean, self.square,
             self.table)
