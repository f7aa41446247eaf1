#!/usr/bin/env python3
"""Is the confidence of claims what it says?  Prints a reliability table.

usage: calibration.py SCORER GOLD.jsonl SYSTEM.jsonl

SCORER is the folder of score_claims.py, whose matching of claims is used.  A
claim is right if its act and its actor and target are; one that is not in the
gold is wrong.  The last line is the mean distance between what the confidence
says and what is right, over the bins (expected calibration error, Naeini et
al. 2015).
"""
import sys

EDGES = (0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def judged(scorer, gold, system):
    """-> (confidence, right) of each claim"""
    for doc, g in gold.items():
        claims = system.get(doc, {}).get("claims", [])
        agreed = {j: a for _, j, a in scorer.pair(g["text"], g["claims"], claims)}
        for j, c in enumerate(claims):
            a = agreed.get(j)
            yield c["confidence"], bool(
                a and a["act"] and a["actor"] and a["target"])


def main():
    sys.path.insert(0, sys.argv[1])
    import score_claims as scorer
    all_ = list(judged(scorer, *map(scorer.load, sys.argv[2:4])))
    error = 0
    print("confidence  claims  mean   right")
    for low, high in zip(EDGES, EDGES[1:]):
        of = [x for x in all_ if low <= x[0] < high]
        if of:
            mean = sum(c for c, _ in of) / len(of)
            right = sum(r for _, r in of) / len(of)
            error += abs(mean - right) * len(of) / len(all_)
            print("%.1f to %.1f  %6d  %.2f   %3.0f %%"
                  % (low, min(high, 1), len(of), mean, 100 * right))
    print("mean distance %.3f" % error)


if __name__ == "__main__":
    main()
