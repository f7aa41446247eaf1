"""Scores the claims of whole texts against tests/data/texts, and fails if a
figure has fallen.  TAP on output.

usage: texts.py ATTEST FOLDER [--update] [--missed]

FOLDER holds the texts, and scoreboard.tsv: the figures that were reached when
it was last written, and how far each may fall before the test fails.  A claim
counts as found if its trigger shares a word with one of the gold's; its roles
and source are right if they share a word with the gold's or have its name.
--update writes the scoreboard anew; --missed lists claims that were not found.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import gold  # noqa: E402
from lexicon import read  # noqa: E402

SLACK = 0.5
SMALL = set("the a an of in on at to for and or by with from its his her their".split())


def words(text, spans):
    """The places of the words of spans, but for small ones."""
    return {b + m for b, e in spans for m, word in places(text[b:e])
            if word.lower() not in SMALL}


def places(text):
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at, word.strip(".,;:\"'()")
        at += len(word)


def same(text, a, b):
    """Do two phrases, or None, stand for the same?"""
    if not a or not b:
        return not a and not b
    if a.get("name") and a.get("name") == b.get("name"):
        return True
    if not a["spans"] or not b["spans"]:
        return a["text"] == b["text"]
    return bool(words(text, a["spans"]) & words(text, b["spans"]))


def last(claim):
    return claim["sources"][-1] if claim["sources"] else None


def compare(text, want, have):
    """-> what of a claim is right"""
    right = {"act": want["act"] == have["act"],
             "source": same(text, last(want), last(have))}
    for key in ("actor", "target"):
        right[key] = same(text, want[key], have[key])
    for key in ("polarity", "modality"):
        right[key] = want[key] == have[key]
    right["whole"] = all(right.values())
    if want["time"] and want["time"]["from"]:
        time = have["time"] or {"from": None, "to": None}
        right["time"] = all(want["time"][k] == time[k] for k in ("from", "to"))
    return right


def pairs(doc, claims):
    """Gold and own claims one to one, the best agreement first."""
    fit = []
    for i, want in enumerate(doc["claims"]):
        for k, have in enumerate(claims):
            if words(doc["text"], want["trigger"]) & words(doc["text"], have["trigger"]):
                right = compare(doc["text"], want, have)
                fit.append((-sum(right.values()) - 9 * right["whole"], i, k, right))
    taken, own = set(), set()
    for _, i, k, right in sorted(fit, key=lambda f: f[:3]):
        if i not in taken and k not in own:
            taken.add(i)
            own.add(k)
            yield i, right


def f1(right, want, have):
    return 200.0 * right / max(1, want + have)


def score(docs, claims, missed):
    want = sum(len(d["claims"]) for d in docs)
    have = sum(len(claims.get(d["doc"], [])) for d in docs)
    rights = []
    for doc in docs:
        found = dict(pairs(doc, claims.get(doc["doc"], [])))
        rights += found.values()
        missed += ["%s: %s %r" % (doc["doc"], c["act"], gold.words_of(doc["text"], c["trigger"]))
                   for i, c in enumerate(doc["claims"]) if i not in found]
    figures = {"found": f1(len(rights), want, have)}
    for key in ("act", "whole"):
        figures[key] = f1(sum(r[key] for r in rights), want, have)
    for key in ("actor", "target", "source", "polarity", "modality", "time"):
        told = [r[key] for r in rights if key in r]
        figures[key] = 100.0 * sum(told) / max(1, len(told))
    return figures


def main():
    attest, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    docs = [gold.read(path) for path in sorted(folder.glob("*.txt"))]
    records = [{"id": d["doc"], **{k: d[k] for k in ("text", "date", "publisher", "title") if d[k]}}
               for d in docs]
    missed = []
    figures = score(docs, read(attest, records), missed)
    board = folder / "scoreboard.tsv"
    if "--update" in sys.argv:
        board.write_text("figure\treached\n" + "".join(
            "%s\t%.1f\n" % f for f in figures.items()))
    reached = dict(line.split("\t") for line in board.read_text().splitlines()[1:])
    print("TAP version 13\n1..%d" % len(figures))
    for number, (key, value) in enumerate(figures.items(), 1):
        fallen = value < float(reached.get(key, 0)) - SLACK
        print("%sok %d %s %.1f, %s before" % ("not " * fallen, number, key, value, reached.get(key)))
    if "--missed" in sys.argv:
        print("\n".join("# " + m for m in missed))


if __name__ == "__main__":
    main()
