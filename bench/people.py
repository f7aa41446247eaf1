"""Makes a case with a million mentions of people, groups and places whose names
are drawn with variants, asks it who is who, and prints seconds of processor time
and peak memory.

usage: people.py ATTEST [MENTIONS]
"""
import json
import os
import pathlib
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile

attest = os.path.abspath(sys.argv[1])
MENTIONS = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
PER_DOCUMENT, NAMED = 20, 8  # mentions in a document, and who they are of
DOCUMENTS = MENTIONS // PER_DOCUMENT
draw = random.Random(20261127)

ONSETS = "b br d dr f g gr h j k kh l m n p r s sh t tr v y z".split()
NUCLEI = "a e i o u aa ou ei".split()
CODAS = ["", "", "n", "r", "l", "s", "m", "k", "d", "sh"]
COMMON = ["Mohammed", "Ahmed", "Ali", "Hassan", "Maria", "Ivan", "Anna", "John", "Omar", "Fatima"]
SWAPS = [("ou", "u"), ("aa", "a"), ("ei", "ay"), ("kh", "h"), ("sh", "ch"), ("k", "q"), ("i", "y"),
         ("Mohammed", "Muhammad"), ("Ahmed", "Ahmad"), ("Hassan", "Hasan"), ("v", "w"), ("s", "ss")]


def word(syllables):
    return "".join(draw.choice(ONSETS) + draw.choice(NUCLEI) for _ in range(syllables)).capitalize() + draw.choice(CODAS)


def zipf(many):
    """A number below `many`, the low ones more often."""
    return min(int(many ** draw.random()) - 1, many - 1)


def variant(name):
    if draw.random() < 0.7:
        return name
    words = name.split()
    if draw.random() < 0.15 and len(words) > 1:
        return words[-1]
    old, new = draw.choice(SWAPS)
    return name.replace(old, new, 1)


GIVEN = COMMON + [word(2) for _ in range(1500)]
FAMILY = [word(draw.choice((2, 2, 3))) for _ in range(20000)]
PEOPLE = [f"{GIVEN[zipf(len(GIVEN))]} {draw.choice(FAMILY)}" for _ in range(MENTIONS // 12)]
GROUPS = [f"{draw.choice(('Front', 'Union', 'Army', 'Party', 'Committee'))} of {word(3)}" for _ in range(MENTIONS // 200)]
PLACES = [word(2) for _ in range(MENTIONS // 100)]
WORLDS = 400  # documents of one world share people
KINDS = [("person", PEOPLE, 0.6), ("group", GROUPS, 0.2), ("place", PLACES, 0.2)]


def key_of(name):
    return name.lower()


def fill(path):
    db = sqlite3.connect(path)
    (run,) = db.execute("SELECT max(id) FROM run").fetchone()
    act = 1
    db.execute("INSERT OR IGNORE INTO act (id, code) VALUES (1, 'liberty.detain')")
    base = db.execute("SELECT * FROM document WHERE id = 1").fetchone()
    columns = [c[1] for c in db.execute("PRAGMA table_info(document)")]
    entities, referent, claim, sentence = {}, 1000, 1000, 1000
    for number in range(DOCUMENTS):
        document = 10 + number
        world = draw.randrange(WORLDS)
        text, mentions, referents = [], [], []
        for _ in range(NAMED):
            kind, names, _ = draw.choices(KINDS, [k[2] for k in KINDS])[0]
            share = len(names) // WORLDS
            name = variant(names[(world * share + zipf(share)) % len(names)] if draw.random() < 0.9 else draw.choice(names))
            if (kind, name) not in [r[1] for r in referents]:
                referents.append((referent, (kind, name)))
                referent += 1
        at = 0
        for k in range(PER_DOCUMENT):
            own = draw.choice(referents)
            words = own[1][1] if k < len(referents) or draw.random() < 0.5 else draw.choice(("he", "she", "it"))
            mentions.append((document, k, own[0], at, at + len(words.encode()), words == own[1][1]))
            text.append(words)
            at += len(words.encode()) + 1
        text = " ".join(text)
        row = dict(zip(columns, base))
        row.update(id=document, name=f"d{number}", sha256=f"{number:064x}", first_referent=referents[0][0],
                   referents=len(referents), mentions=len(mentions), first_claim=claim, claims=2,
                   first_sentence=sentence, sentences=1, text_size=len(text.encode()), first_attribution=1, attributions=0,
                   roles=4, labels=0, body_start=0, body_stop=len(text.encode()))
        db.execute(f"INSERT INTO document ({','.join(row)}) VALUES ({','.join('?' * len(row))})", list(row.values()))
        db.execute("INSERT INTO document_text VALUES (?, ?)", (document, text))
        db.execute("INSERT INTO sentence VALUES (?, ?, 0, 0, ?)", (sentence, document, len(text.encode())))
        for id_, (kind, name) in referents:
            key = (kind, key_of(name))
            if key not in entities:
                entities[key] = len(entities) + 1000
                db.execute("INSERT INTO entity VALUES (?, ?, ?, ?)", (entities[key], *key, name))
            db.execute("INSERT INTO referent VALUES (?, ?, ?, ?, NULL)", (id_, document, entities[key], name))
        db.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)", mentions)
        for _ in range(2):
            db.execute("INSERT INTO claim VALUES (?, ?, ?, ?, NULL, ?, '0-1', 0, 0, NULL, 900)",
                       (claim, document, sentence, run, act))
            for part in range(2):
                db.execute("INSERT INTO role VALUES (?, ?, '0-1', ?, NULL)", (claim, part, draw.choice(referents)[0]))
            claim += 1
        sentence += 1
    db.commit()
    return len(entities), referent - 1000


def measure(*args):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run([attest, *args], check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024, out


with tempfile.TemporaryDirectory() as folder:
    case = pathlib.Path(folder, "case.attest")
    first = pathlib.Path(folder, "first.txt")
    first.write_text("The guards detained Ana Ruiz in Port Selm.\n")
    subprocess.run([attest, "read", "--case", case, first], check=True, capture_output=True)
    entities, sightings = fill(case)
    print(f"{MENTIONS:,} mentions in {DOCUMENTS:,} documents: {sightings:,} sightings under {entities:,} names; "
          f"{case.stat().st_size / 1e6:.0f} MB")
    for command in (("people", "--limit", "1"), ("same", "--limit", "1")):
        seconds, peak, _ = measure(*command, "--case", str(case), "--format", "jsonl")
        print(f"attest {' '.join(command):18} {seconds:6.1f} s of processor time, peak {peak:,.0f} MiB")
    seconds, peak, out = measure("people", "--case", str(case), "--format", "tsv")
    print(f"attest people: {len(out.splitlines()) - 1:,} rows {seconds:6.1f} s of processor time, peak {peak:,.0f} MiB")
