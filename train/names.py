#!/usr/bin/python3
"""Learns how names compare (src/identity/likeness.h).

usage: names.py weights TOOL LEXICON MODELS OFAC_SDN.csv.xz PLACES.tsv
       names.py sounds  TOOL LEXICON MODELS PAIRS.tsv PLACES.tsv
       names.py scores  TOOL LEXICON MODELS PAIRS.tsv PLACES.tsv
       names.py check   TOOL LEXICON MODELS PAIRS.tsv PLACES.tsv OUT.tsv

TOOL is build/train/name-figures.  The first three write name-weights.tsv,
sounds.tsv and names.tsv into MODELS, in this order; `check` learns the last
two five times over without a fifth of the pairs, and writes PAIRS with the
score that each pair gets from what was learnt without it.  Needs NumPy.
"""
import collections
import csv
import lzma
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata

import numpy as np

FOLDS = 5
ALPHABET = "-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
SCRIPTS = ["latin", "semitic", "cyrillic"]
KINDS = ["person", "group", "place"]


# --- the tool ---------------------------------------------------------------

def run_tool(mode, tool, lexicon, models, pairs):
    """pairs: (kind, name, name) -> lines"""
    text = "".join("\t".join(p) + "\n" for p in pairs)
    done = subprocess.run([tool, mode, lexicon, models], input=text.encode(),
                          stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().split("\n")[:-1]


Word = collections.namedtuple("Word", "sounds script weight spelling")


def words_of(cell):
    found = []
    for word in cell.split(" "):
        if word:
            sounds, script, weight, spelling = word.split("/")
            found.append(Word(sounds, int(script), int(weight), spelling))
    return found


def read_words(tool, lexicon, models, pairs):
    for line in run_tool("words", tool, lexicon, models, pairs):
        _, left, right = line.split("\t")
        yield words_of(left), words_of(right)


# --- the pairs --------------------------------------------------------------

Pair = collections.namedtuple("Pair", "kind left right match origin group")


def clean(name):
    return " ".join(name.split())


def read_pairs(path):
    """Pairs whose names are the same name, or share one, are in one group."""
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    head, rows = rows[0], rows[1:]
    root = {}

    def find(x):
        while root.setdefault(x, x) != x:
            root[x] = root[root[x]]
            x = root[x]
        return x

    for r in rows:
        if r[3] == "1":
            root[find(r[0].lower())] = find(r[1].lower())
    kinds = {"person": "person", "org": "group"}
    return head, rows, [
        Pair(kinds[r[2]], clean(r[0]), clean(r[1]), r[3] == "1", r[4],
             find(r[0].lower())) for r in rows]


def fold_of(group):
    return random.Random("names" + group).randrange(FOLDS)


def is_known(pair):
    """Alias and acronym need knowledge, not likeness."""
    return "alias" in pair.origin or "acronym" in pair.origin


def read_places(path):
    with open(path, encoding="utf-8") as lines:
        next(lines)
        return [(clean(r[1]), clean(r[2]), r[3]) for r in
                (line.rstrip("\n").split("\t") for line in lines)]


def place_pairs(path):
    """Each place with its own name in the other language, with that of the
    next in the alphabet, of one whose name ends alike, and of any."""
    by_language = collections.defaultdict(list)
    for english, other, language in read_places(path):
        by_language[language].append((english, other))
    chance, pairs = random.Random(2), []
    for language, places in sorted(by_language.items()):
        places.sort()
        alike = collections.defaultdict(list)
        for place in places:
            alike[place[0].split(" ")[-1]].append(place)
        for i, (english, other) in enumerate(places):
            near, far = places[(i + 1) % len(places)], chance.choice(places)
            end = chance.choice(alike[english.split(" ")[-1]])
            for wrong in (near, end, far):
                if wrong[0] != english and wrong[1] != other:
                    pairs.append(Pair("place", english, wrong[1], False, language, english))
            pairs.append(Pair("place", english, other, True, language, english))
    return pairs


# --- rarity -----------------------------------------------------------------

def list_names(path):
    kinds = {"individual": "person", "-0-": "group"}
    with lzma.open(path, "rt", encoding="latin-1") as lines:
        for row in csv.reader(lines):
            if len(row) > 2 and row[2].strip() in kinds:
                yield kinds[row[2].strip()], clean(row[1])


def surface_words(name):
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower())
                    if not unicodedata.combining(c) and c not in "'’‘`")
    return ["".join(g) for g in "".join(
        c if c.isalnum() else " " for c in plain).split()]


def count_words(names):
    counts, totals = collections.defaultdict(collections.Counter), collections.Counter()
    for kind, name in set(names):
        totals[kind] += 1
        for word in set(surface_words(name)):
            if len(word) > 1 and not word.isdigit() and word.isascii():
                counts[word][kind] += 1
    return counts, totals


def rarity(count, total):
    return max(20, round(255 * math.log((total + 1) / (count + 1)) / math.log(total + 1)))


def learn_weights(tool, lexicon, models, sdn, places):
    least = 4
    names = list(list_names(sdn)) + [("place", a) for a, _, _ in read_places(places)]
    counts, totals = count_words(names)
    words = sorted(w for w in counts)
    shapes = read_words(tool, lexicon, models, [("person", w, w) for w in words])
    same = collections.defaultdict(list)
    for word, (left, _) in zip(words, shapes):
        if len(left) == 1:
            same[left[0].spelling if left[0].spelling != "0" else left[0].sounds].append(word)
    rows = []
    for group in same.values():
        sums = [sum(counts[w][k] for w in group) for k in KINDS]
        if max(sums) >= least:
            rows += [(w, [rarity(s, totals[k]) for s, k in zip(sums, KINDS)])
                     for w in group if max(counts[w].values()) > 1]
    with open(os.path.join(models, "name-weights.tsv"), "w", encoding="utf-8") as out:
        out.write(
            "# How much a word tells in names of people, groups and places: 255 where\n"
            "# it is rare.  Counted in OFAC's list of sanctions (public domain) and in\n"
            "# GeoNames (CC BY 4.0) by train/names.py; words not here are rare.\n"
            "word\tperson\tgroup\tplace\n")
        for word, weights in sorted(rows):
            out.write("%s\t%d\t%d\t%d\n" % (word, *weights))
    print(len(rows), "words", dict(totals))


# --- sounds -----------------------------------------------------------------

def codes(word):
    return [ALPHABET.index(c) for c in word]


def flat_costs():
    cost = np.full((63, 63), -4.0)
    for i in range(1, 63):
        cost[i, i] = 3
    for v in "aeiouywWYAE":
        cost[ALPHABET.index(v), 0] = cost[0, ALPHABET.index(v)] = -.7
        for w in "aeiouywWYAE":
            if v != w:
                cost[ALPHABET.index(v), ALPHABET.index(w)] = .5
    return cost


def align(a, b, cost):
    """-> score, operations (x, y)"""
    n, m = len(a), len(b)
    score = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        score[i][0] = score[i - 1][0] + cost[a[i - 1]][0]
    for k in range(1, m + 1):
        score[0][k] = score[0][k - 1] + cost[0][b[k - 1]]
    for i in range(1, n + 1):
        row, above, costs = score[i], score[i - 1], cost[a[i - 1]]
        for k in range(1, m + 1):
            row[k] = max(above[k - 1] + costs[b[k - 1]], above[k] + costs[0],
                         row[k - 1] + cost[0][b[k - 1]])
    steps, i, k = [], n, m
    while i or k:
        if i and k and score[i][k] == score[i - 1][k - 1] + cost[a[i - 1]][b[k - 1]]:
            i, k = i - 1, k - 1
            steps.append((a[i], b[k]))
        elif i and score[i][k] == score[i - 1][k] + cost[a[i - 1]][0]:
            i -= 1
            steps.append((a[i], 0))
        else:
            k -= 1
            steps.append((0, b[k]))
    return score[n][m], steps


def word_pairs(names, costs):
    """Words of one name in two spellings, nearest first: (script, left, right),
    the Semitic or Cyrillic word to the right."""
    for left, right in names:
        left = [w for w in left if w.weight and w.sounds]
        right = [w for w in right if w.weight and w.sounds]
        near = []
        for i, x in enumerate(left):
            for k, y in enumerate(right):
                script = 0 if x.script == y.script else 1 if 1 in (x.script, y.script) else 2
                a, b = codes(x.sounds), codes(y.sounds)
                if script and x.script == script:
                    a, b = b, a
                if len(left) == len(right) == 1 or \
                        2 * min(len(a), len(b)) >= max(len(a), len(b)):
                    near.append((align(a, b, costs[script])[0] / (len(a) + len(b)),
                                 i, k, script, a, b))
        used = set()
        for score, i, k, script, a, b in sorted(near, key=lambda n: -n[0]):
            if score > .25 and ("l", i) not in used and ("r", k) not in used:
                used |= {("l", i), ("r", k)}
                yield script, a, b


def log_odds(counts, symmetric):
    smooth, floor = .15, -5.0
    if symmetric:
        counts = (counts + counts.T) / 2
    counts = counts.copy()
    seen_left = counts.sum(1) > 0
    seen_right = counts.sum(0) > 0
    counts[np.ix_(seen_left, seen_right)] += smooth
    counts[0, 0] = 0
    joint = counts / counts.sum()
    left, right = joint[1:].sum(1), joint[:, 1:].sum(0)
    left, right = left / left.sum(), right / right.sum()
    cost = np.full(joint.shape, floor)
    with np.errstate(divide="ignore", invalid="ignore"):
        cost[1:, 1:] = np.log(joint[1:, 1:] / np.outer(left, right))
        cost[1:, 0] = np.log(joint[1:, 0] / left)
        cost[0, 1:] = np.log(joint[0, 1:] / right)
    cost[~np.isfinite(cost)] = floor
    cost = np.clip(cost, floor, 6)
    with np.errstate(invalid="ignore"):
        usual = [(joint * cost).sum(1) / joint.sum(1), (joint * cost).sum(0) / joint.sum(0)]
    return cost, [np.nan_to_num(np.maximum(u, 0)) for u in usual]


def learn_sounds(names, rounds=4):
    costs, usual = [flat_costs().tolist() for _ in SCRIPTS], None
    for turn in range(rounds):
        counts = [np.zeros((63, 63)) for _ in SCRIPTS]
        total = collections.Counter()
        for script, a, b in word_pairs(names, costs):
            total[script] += 1
            for x, y in align(a, b, costs[script])[1]:
                counts[script][x, y] += 1
        learnt = [log_odds(c, i == 0) for i, c in enumerate(counts)]
        costs, usual = [c.tolist() for c, _ in learnt], [u for _, u in learnt]
    print("pairs of words:", dict(total), file=sys.stderr)
    return costs, usual


def write_sounds(models, learnt):
    floor = -5.0
    with open(os.path.join(models, "sounds.tsv"), "w", encoding="utf-8") as out:
        out.write(
            "# What it tells when one sound (lexicon/letters.tsv) answers another in two\n"
            "# spellings of a name: the logarithm of how much more often than by chance.\n"
            "# Learnt by train/names.py.  - for none, * for all that is not listed, = for\n"
            "# what the sound scores on average where the name is the same; of\n"
            "# semitic and cyrillic, `other` is the sound of the Arabic, Hebrew or Cyrillic\n"
            "# word.\n"
            "scripts\tsound\tother\tscore\n")
        for script, cost, usual in zip(SCRIPTS, *learnt):
            out.write("%s\t*\t*\t%.1f\n" % (script, floor))
            for x in range(63):
                for y in range(63):
                    if cost[x][y] > floor + .05:
                        out.write("%s\t%s\t%s\t%.1f\n" % (
                            script, ALPHABET[x], ALPHABET[y], cost[x][y]))
            for x in range(1, 63):
                for side, cells in enumerate([(ALPHABET[x], "="), ("=", ALPHABET[x])]):
                    if usual[side][x]:
                        out.write("%s\t%s\t%s\t%.2f\n" % (script, *cells, usual[side][x]))


def name_words(tool, lexicon, models, pairs, most=9000):
    """The words of names that match; of places `most` of one word each."""
    match = [p for p in pairs if p.match and not is_known(p)]
    places = [p for p in match if p.kind == "place" and " " not in p.left + p.right]
    random.Random(1).shuffle(places)
    return list(read_words(tool, lexicon, models, [
        (p.kind, p.left, p.right) for p in
        [p for p in match if p.kind != "place"] + places[:most]]))


# --- scores -----------------------------------------------------------------

def read_figures(tool, lexicon, models, pairs):
    lines = run_tool("figures", tool, lexicon, models,
                     [(p.kind, p.left, p.right) for p in pairs])
    return lines[0].split("\t")[:-1], np.array(
        [[float(c) for c in line.split("\t")] for line in lines[1:]])


STEPS = 12
RIDGE = 3.0


def steps_of(column):
    """Where a figure's steps begin: at quantiles of what was seen."""
    values = np.unique(column)
    if len(values) > STEPS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, STEPS + 1)[:-1]))
    return values


def as_steps(figures, steps):
    """-> which step each figure reaches, one-hot cumulative"""
    parts = []
    for i, s in enumerate(steps):
        parts.append((figures[:, i:i + 1] >= s[None, 1:] - 1e-6).astype(float))
    return np.concatenate(parts, axis=1)


def fit(x, y, weight, signs, ridge):
    """Logistic regression whose weights have the signs given (0: either); the
    last weight is the bias.  Newton's steps, each solved by coordinates."""
    x = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-6
    low = np.where(np.append(signs, 0) > 0, 0, -np.inf)
    high = np.where(np.append(signs, 0) < 0, 0, np.inf)
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + penalty * w
        hessian = (x * (weight * p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(penalty)
        new = w.copy()
        for _ in range(100):
            largest = 0
            for i in range(len(w)):
                slope = gradient[i] + hessian[i] @ (new - w)
                to = min(max(new[i] - slope / hessian[i, i], low[i]), high[i])
                largest = max(largest, abs(to - new[i]))
                new[i] = to
            if largest < 1e-4:
                break
        moved = np.abs(new - w).max()
        w = new
        if moved < 1e-3:
            break
    return w


# Which figures can only speak for two names being one (+) or against it (-).
SIGNS = dict(short_covered=1, long_covered=1, both_left=-1, one_left=-1, evidence=1,
             rarest=1, worst=1, mean=1, letters=1, order=1, numbers=-1, legal=-1,
             acronym=1, same_end=1, same_start=1, more_words=-1, initials=0)


class Model:
    def __init__(self, names, figures, match, weight, ridge=RIDGE):
        self.steps = [steps_of(figures[:, i]) for i in range(figures.shape[1])]
        signs = np.concatenate([np.full(len(s) - 1, SIGNS.get(n, 0))
                                for n, s in zip(names, self.steps)])
        self.w = fit(as_steps(figures, self.steps), match, weight, signs, ridge)

    def score(self, figures):
        return as_steps(figures, self.steps) @ self.w[:-1] + self.w[-1]

    def shapes(self):
        at = 0
        for s in self.steps:
            yield s, np.concatenate([[0], np.cumsum(self.w[at:at + len(s) - 1])])
            at += len(s) - 1


def learn_scores(tool, lexicon, models, pairs):
    """-> kind -> Model; writes nothing"""
    names, figures = read_figures(tool, lexicon, models, pairs)
    learnt, acronym = {}, names.index("acronym")
    for kind in KINDS:
        rows = [i for i, p in enumerate(pairs) if p.kind == kind and
                not (p.match and is_known(p) and not figures[i, acronym])]
        if rows:
            match = np.array([pairs[i].match for i in rows], float)
            weight = np.where(match == 1, len(match) / 2 / max(1, match.sum()),
                              len(match) / 2 / max(1, (1 - match).sum()))
            learnt[kind] = Model(names, figures[rows], match, weight)
    return names, learnt


def report_places(pairs, scores):
    """What score_names.py tells of names, for places and by language."""
    wrong = sorted(s for p, s in zip(pairs, scores) if not p.match)
    for language in ["all"] + sorted({p.origin for p in pairs}):
        right = [s for p, s in zip(pairs, scores)
                 if p.match and language in ("all", p.origin)]
        recall = [100 * np.mean(np.array(right) > wrong[int(len(wrong) * c)])
                  for c in (.99, .95)]
        below = np.searchsorted(wrong, right, "left") + np.searchsorted(wrong, right, "right")
        print("places %-4s %6d pairs  recall at 1 %%: %5.1f  at 5 %%: %5.1f  AUC %.3f" % (
            language, len(right), *recall, below.mean() / 2 / len(wrong)))


def write_scores(models, names, learnt):
    with open(os.path.join(models, "names.tsv"), "w", encoding="utf-8") as out:
        out.write(
            "# What each figure of two names adds to their likeness, in units of log\n"
            "# odds: the weight of the last step that it reaches.  Learnt by train/names.py.\n"
            "kind\tfigure\tfrom\tweight\n")
        for kind, model in learnt.items():
            out.write("%s\tbias\t-\t%.3f\n" % (kind, model.w[-1]))
            for name, (steps, weights) in zip(names, model.shapes()):
                rises = np.abs(np.diff(weights)) > 1e-3
                for step, weight in zip(steps[1:][rises], weights[1:][rises]):
                    out.write("%s\t%s\t%.4f\t%.3f\n" % (
                        kind, name, step - 1e-4, weight))


def make_models(models):
    """A folder with copies of the tables to learn into."""
    made = tempfile.mkdtemp()
    for name in ("sounds.tsv", "names.tsv", "name-weights.tsv"):
        shutil.copy(os.path.join(models, name), made)
    return made


def score_held(tool, lexicon, models, kept, held):
    _, learnt = learn_scores(tool, lexicon, models, kept)
    _, figures = read_figures(tool, lexicon, models, held)
    return [learnt[p.kind].score(f[None])[0] for p, f in zip(held, figures)]


def check(tool, lexicon, models, pairs_path, places_path, out_path):
    head, rows, pairs = read_pairs(pairs_path)
    places = place_pairs(places_path)
    every = pairs + places
    folds = np.array([fold_of(p.group) for p in every])
    scores = np.zeros(len(every))
    for fold in range(FOLDS):
        kept = [p for p, f in zip(every, folds) if f != fold]
        made = make_models(models)
        write_sounds(made, learn_sounds(name_words(tool, lexicon, models, kept)))
        scores[folds == fold] = score_held(
            tool, lexicon, made, kept, [p for p, f in zip(every, folds) if f == fold])
        shutil.rmtree(made)
    with open(out_path, "w", encoding="utf-8") as out:
        out.write("\t".join(head + ["score"]) + "\n")
        for row, score in zip(rows, scores):
            out.write("\t".join(row + ["%.4f" % score]) + "\n")
    report_places(places, scores[len(pairs):])


def main():
    mode, tool, lexicon, models = sys.argv[1:5]
    if mode == "weights":
        learn_weights(tool, lexicon, models, *sys.argv[5:])
    elif mode == "check":
        check(tool, lexicon, models, *sys.argv[5:])
    elif mode in ("sounds", "scores"):
        pairs = read_pairs(sys.argv[5])[2] + place_pairs(sys.argv[6])
        if mode == "sounds":
            write_sounds(models, learn_sounds(name_words(tool, lexicon, models, pairs)))
        else:
            write_scores(models, *learn_scores(tool, lexicon, models, pairs))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
