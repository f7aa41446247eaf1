#!/usr/bin/env python3
"""Scores events: which claims are about one happening, and who says so.

usage: events.py documents CLUSTERS EVENTS
       events.py mentions FOLDER EVENTS CLAIMS [--errors]
       events.py train FOLDER CLAIMS PAIRS

EVENTS is `attest events --format jsonl`, CLAIMS `attest export --format
claims`, PAIRS the output of BUILD/bench/event_pairs, each of one case.

documents: CLUSTERS (doc, topic, event_cluster, ...) as in ECB+.  All documents
are clustered together: a document's main event is, of the events that it
tells, the one that most documents tell; B3 (Bagga and Baldwin 1998).

mentions: FOLDER is like tests/data/events.  Claims whose trigger meets a marked
mention count; pairwise and B3 F1; look-alikes that were merged, with how sure;
counts of support, and whether what is contested is known to be.

train: fits the weights of lexicon/event-weights.tsv to the pairs whose claims
are both marked (logistic regression), and prints them.
"""
import collections
import itertools
import json
import math
import random
import re
import sys


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def table(path):
    """-> rows as dictionaries; comments begin with #"""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file
                if line.strip() and line[0] != "#"]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def share(part, whole):
    return part / whole if whole else 0.0


def f1(precision, recall):
    return share(2 * precision * recall, precision + recall)


def b_cubed(gold, system):
    """Of two partitions of the same things -> precision, recall"""
    sets = [collections.defaultdict(set), collections.defaultdict(set)]
    for thing in gold:
        sets[0][gold[thing]].add(thing)
        sets[1][system[thing]].add(thing)
    both = [len(sets[0][gold[t]] & sets[1][system[t]]) for t in gold]
    count = len(gold)
    precision = sum(share(n, len(sets[1][system[t]]))
                    for n, t in zip(both, gold))
    recall = sum(share(n, len(sets[0][gold[t]])) for n, t in zip(both, gold))
    return share(precision, count), share(recall, count)


def pairs_of(partition):
    sets = collections.defaultdict(list)
    for thing in partition:
        sets[partition[thing]].append(thing)
    return {pair for one in sets.values()
            for pair in itertools.combinations(sorted(one), 2)}


def tell(what, precision, recall):
    print(f"{what}: P {100 * precision:.1f} R {100 * recall:.1f} "
          f"F1 {100 * f1(precision, recall):.1f}")


# --- documents --------------------------------------------------------------

def main_events(events):
    """-> of each document the event it tells that most documents tell"""
    best = {}
    for event in events:
        rank = (len({c["doc"] for c in event["claims"]}), len(event["claims"]),
                event["id"])
        for claim in event["claims"]:
            best[claim["doc"]] = max(best.get(claim["doc"], rank), rank)
    return {doc: rank[2] for doc, rank in best.items()}


def score_documents(clusters, events):
    gold = {row["doc"]: row["event_cluster"] for row in table(clusters)}
    main = main_events(lines(events))
    system = {doc: main.get(doc, doc) for doc in gold}
    tell(f"B3 of {len(gold)} documents by main event", *b_cubed(gold, system))


# --- mentions ---------------------------------------------------------------

def mention_spans(folder):
    """-> {doc: [(from, to, event)]}"""
    texts = {d["id"]: d["text"] for d in lines(folder + "/documents.jsonl")}
    found = collections.defaultdict(list)
    for row in table(folder + "/mentions.tsv"):
        words = re.escape(row["words"])
        places = [m.start() for m in
                  re.finditer(rf"(?<!\w){words}(?!\w)", texts[row["doc"]])]
        start = places[int(row["nth"]) - 1]
        found[row["doc"]].append(
            (start, start + len(row["words"]), row["event"]))
    return found


def marked_claims(folder, claims):
    """-> {claim: gold event}, how many mentions no claim tells"""
    spans, gold, missed = mention_spans(folder), {}, 0
    for doc in lines(claims):
        here = spans.pop(doc["doc"], [])
        told = set()
        for claim in doc["claims"]:
            for start, end, event in here:
                if any(start < b and a < end for a, b in claim["trigger"]):
                    gold[claim["id"]] = event
                    told.add((start, end))
        missed += len(here) - len(told)
    return gold, missed


def system_events(events):
    """-> {claim: event}, {claim: confidence}"""
    event, sure = {}, {}
    for e in events:
        for claim in e["claims"]:
            event[claim["id"]] = e["id"]
            sure[claim["id"]] = claim["confidence"]
    return event, sure


def score_lookalikes(folder, gold, wrong, sure, show):
    rows = table(folder + "/lookalikes.tsv")
    alike = {frozenset((r["event"], r["other"])) for r in rows}
    bad = [p for p in wrong if frozenset(gold[c] for c in p) in alike]
    merged = {frozenset(gold[c] for c in p) for p in bad}
    firm = [p for p in bad if min(sure[c] for c in p) > 0.5]
    firmly = {frozenset(gold[c] for c in p) for p in firm}
    print(f"look-alikes: {len(alike)} pairs, merged somewhere: {len(merged)}, "
          f"with confidence above 0.5: {len(firmly)}")
    for pair in firm if show else []:
        print("   ", *pair, *(gold[c] for c in pair),
              *(f"{sure[c]:.2f}" for c in pair))


def score_support(folder, gold, events, show):
    """Of the system's event that holds most of each main event"""
    held = collections.defaultdict(collections.Counter)
    by_id = {e["id"]: e for e in events}
    for e in events:
        for claim in e["claims"]:
            if claim["id"] in gold:
                held[gold[claim["id"]]][e["id"]] += 1
    right = near = contested = 0
    rows = table(folder + "/support.tsv")
    for row in rows:
        if not held[row["event"]]:
            continue
        e = by_id[held[row["event"]].most_common(1)[0][0]]
        low, high = int(row["sources"]), int(row["voices"])
        right += low <= e["sources"] <= high
        near += low - 1 <= e["sources"] <= high + 1
        contested += bool(e["contested"]) == (row["contested"] == "yes")
        if show:
            print("   ", row["event"], "documents", row["documents"],
                  e["documents"], "sources", low, high, e["sources"],
                  "contested", row["contested"], e["contested"])
    print(f"support of {len(rows)} main events: sources right {right}, within "
          f"one {near}; contested or not right {contested}")


def score_mentions(folder, events, claims, show):
    gold, missed = marked_claims(folder, claims)
    events = lines(events)
    event, sure = system_events(events)
    gold = {c: e for c, e in gold.items() if c in event}
    system = {c: event[c] for c in gold}
    right, found = pairs_of(gold), pairs_of(system)
    both = len(right & found)
    print(f"{len(gold)} claims of marked mentions; {missed} mentions without")
    tell("pairwise", share(both, len(found)), share(both, len(right)))
    tell("B3", *b_cubed(gold, system))
    score_lookalikes(folder, gold, found - right, sure, show)
    score_support(folder, gold, events, show)


# --- training ---------------------------------------------------------------

def fit(rows, count, rounds=8):
    weights = [0.0] * count
    order = random.Random(1)
    for step in range(rounds):
        order.shuffle(rows)
        rate = 0.1 / (1 + step)
        for features, label in rows:
            total = sum(w * x for w, x in zip(weights, features))
            error = label - 1 / (1 + math.exp(-max(-30, min(30, total))))
            for i, x in enumerate(features):
                if x:
                    weights[i] += rate * error * x
    return weights


def train(folder, claims, pairs):
    gold, _ = marked_claims(folder, claims)
    rows = []
    with open(pairs, encoding="utf-8") as file:
        names = next(file).rstrip("\n").split("\t")[3:]
        for line in file:
            a, b, _, *cells = line.rstrip("\n").split("\t")
            if a in gold and b in gold:
                rows.append(([float(c) for c in cells], gold[a] == gold[b]))
    print(f"{len(rows)} pairs, {sum(r[1] for r in rows)} of one event")
    for name, weight in zip(names, fit(rows, len(names))):
        print(f"{name}\t{weight:.2f}")


def main():
    arguments = [a for a in sys.argv[1:] if a != "--errors"]
    what = {"documents": 3, "mentions": 4, "train": 4}
    if not arguments or what.get(arguments[0]) != len(arguments):
        sys.exit(__doc__)
    if arguments[0] == "documents":
        score_documents(*arguments[1:])
    elif arguments[0] == "mentions":
        score_mentions(*arguments[1:], "--errors" in sys.argv)
    else:
        train(*arguments[1:])


if __name__ == "__main__":
    main()
