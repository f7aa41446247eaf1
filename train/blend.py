#!/usr/bin/env python3
"""Averages the weights of checkpoints of one network: blend.py OUT A:0.35 B:0.65

Weights of which one was taught on from the other lie close enough together
that their mean reads better than either (Wortsman et al. 2022).
"""
import sys

import torch


def main():
    out, total = None, {}
    for part in sys.argv[2:]:
        path, share = part.rsplit(":", 1)
        saved = torch.load(path)
        out = out or saved
        assert saved["rows"] == out["rows"] and \
            saved["names"] == out["names"], "other rows or classes"
        for name, weights in saved["net"].items():
            total[name] = total.get(name, 0) + float(share) * weights.double()
    out["net"] = {name: weights.to(out["net"][name].dtype)
                  for name, weights in total.items()}
    torch.save(out, sys.argv[1])


if __name__ == "__main__":
    main()
