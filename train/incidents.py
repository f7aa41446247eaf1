"""Learns the choices of an incident and writes models/incidents.tsv.

usage: incidents.py GOLD.jsonl TRAITS OUT.tsv [--without K]

TRAITS is what train/incident-traits prints.  With --without K every fifth document, from the K-th on, is left out.
Logistic regression on traits that are there or not; what each choice is among, and what keeps its weights small, stands in main().
"""
import argparse
import collections
import json
import re

import numpy as np

BREACHES = ["arbitrary detention", "enforced disappearance", "kidnapping", "killing", "other", "torture", "unknown"]
PERPETRATORS = ["state actor", "other actors without permissions", "other non-state actors", "other state actors",
                "other actors with permissions", "insufficient info", "regional orgs", "none"]
TYPES = ["journalist", "human rights defender", "trade unionist"]
COUNTRIES = {"united states of america": "united states", "usa": "united states", "people's republic of china": "china",
             "england": "united kingdom", "scotland": "united kingdom", "wales": "united kingdom"}
# Sums above which a choice is made, found by cross-validation on the train part.
THRESHOLDS = {"victim": -1.4, "breach": -0.7, "perpetrator none": 0.8, "type": 0.0, "region": 3.0, "city": 1.0}
SMALL = 0.03  # weights below are left out


def fold(text):
    text = re.sub(r"^the ", "", " ".join(str(text or "").lower().replace("’", "'").split()))
    return COUNTRIES.get(text, text)


class Candidate:
    def __init__(self, name, traits):
        self.name, self.traits = name, traits


def load(gold, traits, without):
    """-> [(incident, {choice: [Candidate]})]"""
    incidents = {d["doc"]: d["incident"] for d in map(json.loads, open(gold, encoding="utf-8"))}
    documents = []
    for line in open(traits, encoding="utf-8"):
        choice, name, *rest = line.rstrip("\n").split("\t")
        if choice == "document":
            documents.append((incidents[name], collections.defaultdict(list)))
        else:
            documents[-1][1][choice].append(Candidate(name, rest))
    return [d for i, d in enumerate(documents) if without is None or i % 5 != without]


class Traits:
    """The traits that at least `least` candidates have, as columns; the last column is 1."""
    def __init__(self, candidates, least):
        counts = collections.Counter(t for c in candidates for t in c.traits)
        self.names = sorted(t for t in counts if counts[t] >= least)
        self.columns = {t: i for i, t in enumerate(self.names)}

    def matrix(self, candidates):
        x = np.zeros((len(candidates), len(self.names) + 1))
        x[:, -1] = 1
        for row, c in zip(x, candidates):
            row[[self.columns[t] for t in c.traits if t in self.columns]] = 1
        return x

    def weights(self, w):
        return dict(zip(self.names + ["always"], w))


def learn_yes_or_no(x, y, ridge):
    """Newton's method; the constant is free."""
    w, keep = np.zeros(x.shape[1]), np.full(x.shape[1], float(ridge))
    keep[-1] = 1e-3
    for _ in range(8):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        h = (x * (p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(keep)
        w -= np.linalg.solve(h, x.T @ (p - y) + keep * w)
    return w


def descend(slope, shape, steps, rate):
    """Adam, with a smaller rate in the last third."""
    w, m, v = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for t in range(1, steps + 1):
        g = slope(w)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        w -= rate * (0.4 if t > 2 * steps / 3 else 1) * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.99 ** t)) + 1e-8)
    return w


def learn_one_of(groups, ridge):
    """Of the candidates of a document one is right; several may be, each as much as `y` says."""
    def slope(w):
        g = ridge * w
        for x, y in groups:
            p = np.exp(x @ w - (x @ w).max())
            p /= p.sum()
            g = g + x.T @ (p - p * y / (p @ y))
        return g
    return descend(slope, groups[0][0].shape[1], 200, 0.1)


def learn_class(x, classes, count, ridge):
    y = np.eye(count)[classes]

    def slope(w):
        p = np.exp(x @ w - (x @ w).max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        g = x.T @ (p - y) + ridge * w
        g[-1] -= ridge * w[-1]
        return g
    return descend(slope, (x.shape[1], count), 300, 0.05)


# --- what is right ----------------------------------------------------------------------------------------------------

def names_victim(incident, c):
    """A name in part is that of a victim too: what is learnt is who, not how he is called."""
    name = fold(c.name)
    return any(name in fold(v["name"]) or fold(v["name"]) in name for v in incident["victims"] if v["name"])


def is_place(key):
    def right(incident, c):
        gold = fold(incident[key])
        return bool(gold) and fold(c.name.split("|")[-1]) in (gold, gold.replace(" state", ""))
    return right


def is_moment(incident, c):
    year, month, day = map(int, c.name.split("-"))
    right = 0
    for found, key, worth in ((year, "year", 1), (month, "month", 2), (day, "day", 3)):
        if incident[key] is None or found != incident[key]:
            break
        right += worth
    return right


# --- the choices ------------------------------------------------------------------------------------------------------

def yes_or_no(out, choice, pairs, least, ridge):
    """pairs: [(candidate, right)]"""
    t = Traits([c for c, _ in pairs], least)
    out[choice] = t.weights(learn_yes_or_no(t.matrix([c for c, _ in pairs]), np.array([float(r) for _, r in pairs]), ridge))


def one_of(out, choice, documents, kind, right, least, ridge):
    t = Traits([c for _, d in documents for c in d[kind]], least)
    groups = []
    for incident, d in documents:
        y = np.array([float(right(incident, c)) for c in d[kind]])
        if y.sum():
            groups.append((t.matrix(d[kind]), y))
    out[choice] = t.weights(learn_one_of(groups, ridge))


def some(c, tells):
    return Candidate(c.name, [t for t in c.traits if tells(t)])


def tells_breach(breach):
    """Its own words, and how the words of all violations share the document: more traits only fit the noise."""
    def tells(t):
        return "breach=" + breach in t or t.startswith(("most breach", "length")) or \
            "breach=" in t and t.endswith(("a fifth", "a tenth"))
    return tells


def tells_perpetrator(t):
    return any(w in t for w in ("actor=", "sector=", "harm=", "breach=", "victim="))


def learn(documents):
    out = {}
    reports = [d["report"][0] for _, d in documents]
    for b in BREACHES:
        tells = tells_breach("none" if b == "unknown" else b)
        pairs = [(some(c, tells), b in i["violation_types"]) for c, (i, _) in zip(reports, documents)]
        yes_or_no(out, "breach " + b, pairs, 10, 8)
    who = [some(c, tells_perpetrator) for c in reports]
    t = Traits(who, 10)
    classes = [PERPETRATORS.index(i["perpetrator_type"] or "none") for i, _ in documents]
    w = learn_class(t.matrix(who), classes, len(PERPETRATORS), 15)
    for k, p in enumerate(PERPETRATORS):
        out["perpetrator " + p] = t.weights(w[:, k])
    yes_or_no(out, "victim", [(c, names_victim(i, c)) for i, d in documents for c in d["victim"]], 10, 5)
    for kind in TYPES:
        pairs = [(c, kind in v["types"]) for i, d in documents for c in d["type"] for v in i["victims"]
                 if v["name"] and fold(v["name"]) == fold(c.name)]
        yes_or_no(out, "type " + kind, pairs, 3, 1)
    one_of(out, "country", documents, "country", is_place("country"), 6, 10)
    one_of(out, "city", documents, "site", is_place("city"), 8, 5)
    one_of(out, "region", documents, "site", is_place("region"), 8, 3)
    one_of(out, "moment", documents, "moment", is_moment, 8, 7)
    return out


def threshold(choice):
    return THRESHOLDS.get(choice, THRESHOLDS.get(choice.split()[0]))


def save(path, weights):
    with open(path, "w", encoding="utf-8") as f:
        f.write("# Made by train/incidents.py from HRDsAttack's train part (see README.md): what speaks for a choice.\n"
                "choice\ttrait\tweight\n")
        for choice, rows in weights.items():
            if threshold(choice) is not None:
                f.write(f"{choice}\tthreshold\t{threshold(choice)}\n")
            for trait, w in sorted(rows.items()):
                if abs(w) >= SMALL:
                    f.write(f"{choice}\t{trait}\t{w:.2f}\n")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("gold")
    a.add_argument("traits")
    a.add_argument("out")
    a.add_argument("--without", type=int)
    a = a.parse_args()
    save(a.out, learn(load(a.gold, a.traits, a.without)))


main()
