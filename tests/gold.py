#!/usr/bin/env python3
"""Writes texts with marked claims as gold claims: gold.py FILE... >GOLD.jsonl

The notation is explained in tests/data/texts/README.md.  --records writes
what `attest read` takes instead: the documents without their claims.
"""
import json
import os
import re
import sys

ROLES = ("actor", "target", "place", "origin", "destination")
MODALITIES = ("denied", "possible", "planned", "ordered", "demanded",
              "threatened", "conditional")


class Mistake(Exception):
    pass


def logical_lines(lines):
    """-> (number, kind, words): kind is meta, text, claim or end."""
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\n")
        if line.startswith(": "):
            yield number, "meta", line[2:]
        elif line.startswith("        "):
            yield number, "more", line.strip()
        elif line.startswith("    "):
            yield number, "claim", line.strip()
        elif not line.strip():
            yield number, "end", ""
        elif line[0] == " ":
            raise Mistake("%d: claims begin with four spaces" % number)
        else:
            yield number, "text", line


class Text:
    """The text so far, and where its last sentence began."""

    def __init__(self):
        self.text, self.sentence, self.glue = "", 0, ""

    def add(self, line):
        keep = line.endswith("\\")
        self.text += self.glue if self.text else ""
        self.sentence = len(self.text)
        self.text += line[:-1].rstrip() if keep else line
        self.glue = "\n" if keep else " "

    def end(self):
        self.glue = "\n\n"

    def find(self, words):
        """-> [begin, end] of words, `#2` for the second place"""
        words = words.strip()
        wanted = re.fullmatch(r"(.*)#(\d+)", words)
        words, nth = (wanted[1], int(wanted[2])) if wanted else (words, 1)
        whole = re.compile(r"(?<!\w)%s(?!\w)" % re.escape(words)
                           if words[:1].isalnum() and words[-1:].isalnum()
                           else re.escape(words))
        here = list(whole.finditer(self.text, self.sentence))
        if len(here) >= nth:
            return list(here[nth - 1].span())
        before = list(whole.finditer(self.text, 0, self.sentence))
        if nth > 1 or not before:
            raise Mistake("%r does not stand there" % words)
        return list(before[-1].span())

    def spans(self, words):
        return [self.find(part) for part in words.split(" + ")]


def words_of(text, spans):
    return " ".join(text[b:e] for b, e in spans)


def phrase(text, cell):
    words, _, name = cell.partition(" = ")
    spans = text.spans(words)
    return {"spans": spans, "text": words_of(text.text, spans),
            "name": name.strip() or None}


def source(text, cell):
    words, _, cue = cell.partition(" / ")
    if words.strip() == "unnamed":
        made = {"spans": [], "text": "unnamed", "name": None}
    else:
        made = phrase(text, words)
    made["cue"] = text.spans(cue) if cue else []
    return made


def time(text, cell):
    made = phrase(text, cell)
    first, _, last = (made.pop("name") or "").partition("..")
    return dict(made, **{"from": first or None, "to": last or first or None})


def count(text, cell):
    words, _, whom = cell.partition(" of ")
    value = re.search(r"\s*\[([\d.]+)?\s*([^\]]*)\]$", words)
    if value:
        words = words[:value.start()]
    spans = text.spans(words)
    return {"spans": spans, "text": words_of(text.text, spans),
            "value": float(value[1]) if value and value[1] else None,
            "unit": value[2] or None if value else None,
            "of": words_of(text.text, text.spans(whom)) if whom else None}


def label(text, cell):
    words, _, whom = cell.partition(" of ")
    return {"spans": text.spans(words), "text": words, "of": whom}


def claim(text, words):
    cells = [c.strip() for c in words.split(" | ")]
    act, _, trigger = cells[0].partition(": ")
    made = {"act": act, "trigger": text.spans(trigger)}
    made.update(dict.fromkeys(ROLES))
    made.update(time=None, count=None, polarity="positive",
                modality="asserted", sources=[], labels=[])
    for cell in cells[1:]:
        key, _, value = cell.partition(": ")
        if key in ROLES:
            made[key] = phrase(text, value)
        elif key in ("time", "count"):
            made[key] = {"time": time, "count": count}[key](text, value)
        elif key == "source":
            made["sources"] = [source(text, s) for s in value.split(" > ")]
        elif key == "label":
            made["labels"].append(label(text, value))
        elif key == "negative":
            made["polarity"] = key
        elif key in MODALITIES:
            made["modality"] = key
        else:
            raise Mistake("unknown part %r" % cell)
    return made


def read(path):
    meta, text, open_claim = {}, Text(), None
    claims = []

    def close():
        nonlocal open_claim
        if open_claim:
            number, words = open_claim
            open_claim = None
            try:
                claims.append(claim(text, words))
            except Mistake as x:
                raise Mistake("%d: %s" % (number, x))

    with open(path, encoding="utf-8") as file:
        for number, kind, words in logical_lines(file):
            if kind == "more" and open_claim:
                open_claim = open_claim[0], open_claim[1] + " " + words
                continue
            close()
            if kind == "meta":
                key, _, meta[key] = words.partition(" ")
            elif kind == "claim":
                open_claim = number, words
            elif kind == "end":
                text.end()
            else:
                text.add(words)
        close()
    name = os.path.basename(path)
    return {"doc": name, "text": text.text, "date": meta.get("date"),
            "publisher": meta.get("publisher"), "title": meta.get("title"),
            "language": "en", "claims": claims}


def main():
    paths = [a for a in sys.argv[1:] if a != "--records"]
    for path in paths:
        try:
            doc = read(path)
        except Mistake as x:
            sys.exit("%s:%s" % (path, x))
        if "--records" in sys.argv:
            doc = {"id": doc["doc"], **{
                k: doc[k] for k in ("text", "date", "publisher", "title")
                if doc[k]}}
        print(json.dumps(doc, ensure_ascii=False))


if __name__ == "__main__":
    main()
