"""Reads the treebanks: sentences with gold tags, trees, lemmas and names."""
import collections
import gzip
import json
import re

NAME_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
SILVER_NAMES = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}
BIO = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
# What may stand inside a name between its proper nouns.
LINKS = {"of", "the", "and", "&", "-", "'s", "for", "de", "in", "on", "al", "to", ".", "’s"}

Sentence = collections.namedtuple(
    "Sentence", "forms lemmas upos xpos feats heads rels bio silver said")

# What a word is part of in an attribution, as bits: PolNeAR's three parts.
SAID = ("source", "cue", "content")


def named_blocks(path):
    """-> (sent_id or None, rows) of each sentence"""
    opened = gzip.open if str(path).endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as file:
        name, rows = None, []
        for line in file:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield name, rows
                name, rows = None, []
            elif line.startswith("# sent_id = "):
                name = line[12:]
            elif line[0] != "#":
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
        if rows:
            yield name, rows


def blocks(path):
    return (rows for _, rows in named_blocks(path))


def mentions(rows, still_open):
    """Spans (from, to, type, first row) of the mentions that end here."""
    found = []
    for i, row in enumerate(rows):
        entity = [m[7:] for m in row[9].split("|") if m.startswith("Entity=")]
        if not entity:
            continue
        for piece in re.findall(r"\([^()]*\)?|[^()]*\)", entity[0]):
            fields = piece.strip("()").split("-")
            if piece[0] == "(":
                kind = fields[1] if len(fields) > 1 else ""
                if piece[-1] == ")":
                    found.append((i, i + 1, kind))
                else:
                    still_open.setdefault(fields[0], []).append((i, kind))
            elif still_open.get(fields[0]):
                start, kind = still_open[fields[0]].pop()
                found.append((start, i + 1, kind))
    return found


def proper_part(rows, start, end):
    """The run of proper nouns round the head of a mention, or None."""
    inside = [i for i in range(start, end)
              if not start < int(rows[i][6]) <= end]
    if not inside or rows[inside[0]][3] != "PROPN":
        return None
    first, last = inside[0], inside[0] + 1
    named = lambda i: rows[i][3] == "PROPN" or (
        rows[i][1][:1].isupper() and rows[i][3] in ("ADJ", "NOUN", "NUM", "X"))
    while first > start and named(first - 1):
        first -= 1
    i = last
    while i < end:
        if named(i) or (rows[i][3] == "NUM" and rows[i][1].isdigit()):
            last = i + 1
        elif rows[i][1].lower() not in LINKS:
            break
        i += 1
    # "Bank of X" where the head is the first word; "X and Y" counts apart.
    return first, last


def flat_names(rows, still_open):
    bio = ["O"] * len(rows)
    for start, end, kind in sorted(
            mentions(rows, still_open), key=lambda m: (m[0] - m[1], m[0])):
        if kind not in NAME_TYPES:
            continue
        part = proper_part(rows, start, end)
        if part and all(bio[i] == "O" for i in range(*part)):
            for i in range(*part):
                bio[i] = ("I-" if i > part[0] else "B-") + NAME_TYPES[kind]
    return bio


def read_gold(path, with_names):
    for rows in blocks(path):
        bio = flat_names(rows, {}) if with_names else None
        yield Sentence(
            [r[1] for r in rows], [r[2] for r in rows], [r[3] for r in rows],
            [r[4] for r in rows], [r[5] for r in rows],
            [int(r[6]) for r in rows], [r[7] for r in rows], bio, False,
            None)


def silver_names(rows):
    bio, before = [], None
    for row in rows:
        ner = [m[4:] for m in row[9].split("|") if m.startswith("NER=")]
        kind = SILVER_NAMES.get(ner[0]) if ner else None
        bio.append("O" if not kind else
                   ("I-" if kind == before else "B-") + kind)
        before = kind
    return bio


def silver_mask(rows):
    """Where CoreNLP's trees differ from UD v2 by design, nothing is learnt."""
    n = len(rows)
    proper = [False] * n
    for i, r in enumerate(rows):
        if r[7] == "compound" and r[3] == "_" and r[4].startswith("NNP"):
            head = int(r[6]) - 1
            if head >= 0 and rows[head][4].startswith("NNP"):
                proper[i] = proper[head] = True
    heads, rels = [], []
    for i, r in enumerate(rows):
        head = int(r[6])
        skip = r[7] in ("cc", "punct", "dep", "cc:preconj") or proper[i] or \
            (head > 0 and proper[head - 1])
        heads.append(-1 if skip else head)
        rels.append(None if skip or r[7] in (
            "nmod", "obl", "obl:tmod", "obl:npmod", "aux", "compound",
            "parataxis", "fixed", "discourse") else r[7])
    return heads, rels


def said_of_letters(doc):
    """What each letter of a PolNeAR document is part of, as bits."""
    bits = bytearray(len(doc["text"]))
    for attribution in doc["attributions"]:
        for bit, part in enumerate(SAID):
            for start, end in attribution[part]:
                for i in range(start, end):
                    bits[i] |= 1 << bit
    return bits


class Said:
    """Attributions on the words of sentences that come in text order.

    Of five documents three teach, so that attribution.py, which learns from
    all, sees what the network says of documents that are new to it.
    """

    def __init__(self, path, most=3):
        """`most` of five documents"""
        with open(path, encoding="utf-8") as file:
            docs = [json.loads(line) for line in file]
        docs.sort(key=lambda d: d["doc"])
        self.docs = {d["doc"]: d for i, d in enumerate(docs) if i % 5 < most}
        self.name = None

    def of(self, sent_id, forms):
        """-> bits of each word, or None"""
        name = sent_id.rsplit("-", 1)[0]
        if name not in self.docs:
            return None
        doc = self.docs[name]
        if name != self.name:
            self.name, self.at = name, 0
            self.bits = said_of_letters(doc)
        found = []
        for form in forms:
            at = doc["text"].find(form, self.at, self.at + 200)
            if at >= 0:
                self.at = at + len(form)
            found.append(self.bits[at] if at >= 0 else -1)
        return found


def read_silver(path, said=None):
    for name, rows in named_blocks(path):
        forms = [r[1] for r in rows]
        bits = said.of(name, forms) if said else None
        if not 3 <= len(rows) <= 80:
            continue
        heads, rels = silver_mask(rows)
        lemmas = [r[2] if r[4][:1] in "NVJ" and r[4][:3] != "NNP" else None
                  for r in rows]
        yield Sentence(
            forms, lemmas, None, [r[4] for r in rows], None, heads, rels,
            silver_names(rows), True, bits)


def read_uner(path):
    """[(forms, bio)] of a file of names on EWT's sentences."""
    sentences, forms, bio = [], [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 3 and cells[0].isdigit():
                forms.append(cells[1])
                bio.append(cells[2] if cells[2] in BIO else "O")
            elif not line.strip() and forms:
                sentences.append((forms, bio))
                forms, bio = [], []
    if forms:
        sentences.append((forms, bio))
    return sentences


def spans(bio):
    """Named spans of a BIO sequence."""
    found, start, kind = set(), None, None
    for i, tag in enumerate(list(bio) + ["O"]):
        if start is not None and (tag[0] != "I" or tag[2:] != kind):
            found.add((start, i, kind))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start, kind = i, tag[2:]
    return found
