"""Drives the program as its users do.  TAP on standard output.

usage: test_cli.py ATTEST EXAMPLES
"""
import csv
import io
import json
import os
import pathlib
import pty
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from older import take_back_to_four
from tap import run_tests

attest, examples = map(os.path.abspath, sys.argv[1:3])
lexicon = pathlib.Path(__file__).resolve().parent.parent / "lexicon"
tests = []


def test(function):
    tests.append(function)
    return function


def run(*args, given=None, cwd=None, env=None, **options):
    """-> exit status, standard output, standard error"""
    done = subprocess.run(
        [attest, *map(str, args)], input=given, capture_output=True, cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **(env or {})}, timeout=240, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def ok(*args, **options):
    """Standard output of a run that must succeed without a word of complaint."""
    status, out, err = run(*args, **options)
    assert status == 0 and not err, (args, status, err)
    return out


class Case:
    """A folder with a case in it."""

    def __init__(self, *paths, **options):
        self.dir = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.path = self.dir / "case.attest"
        if paths:
            self.read(*paths, **options)

    def read(self, *paths, status=0):
        got, out, err = run("read", "--case", self.path, *paths)
        assert got == status, (got, out, err)
        return out, err

    def ask(self, command, *args):
        return ok(command, "--case", self.path, *args)

    def rows(self, command, *args):
        return [json.loads(line) for line in
                self.ask(command, "--format", "jsonl", *args).splitlines()]

    def file(self, name, content):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


STORY = """Title: Two were taken
Date: 2019-05-06
Publisher: The Lantern

The Free Radio said on Monday that soldiers had arrested Ana Ruiz and beaten her in Port Selm. \
The ministry denied it.
"""


def story_case():
    case = Case()
    case.read(case.file("story.txt", STORY))
    return case


# --- reading --------------------------------------------------------------

@test
def examples_are_read_whole():
    case = Case()
    out, err = case.read(examples)
    assert out.startswith("15 documents read, "), out
    assert not err, err
    totals = json.loads(case.ask("documents", "--totals"))
    assert totals["documents"] == 15 and totals["copies"] == 3 and totals["unread"] == 0, totals
    assert totals["claims"] > 100, totals
    assert case.ask("check") == f"{case.path}: sound\n"


@test
def reading_again_changes_nothing():
    case = Case(examples)
    before = case.ask("export", "--format", "claims")
    out, _ = case.read(examples)
    assert "0 documents read" in out and "15 documents in the case already" in out, out
    assert case.ask("export", "--format", "claims") == before


@test
def a_changed_document_is_a_new_version():
    case = story_case()
    path = case.dir / "story.txt"
    path.write_text(STORY.replace("Ana Ruiz", "Eva Ruiz"))
    out, _ = case.read(path)
    assert "1 of them new version" in out, out
    [row] = case.rows("documents")
    assert row["version"] == 2
    assert "Eva" in case.ask("claims") and "Ana" not in case.ask("claims")


@test
def any_number_of_jobs_gives_the_same_case():
    one, many = Case(), Case()
    for case, jobs in ((one, 1), (many, 5)):
        case.read("--jobs", jobs, examples)
    for form in ("claims", "attributions"):
        assert one.ask("export", "--format", form) == many.ask("export", "--format", form)


@test
def metadata_comes_from_head_options_and_records():
    case = story_case()
    case.read("--publisher", "P. Option", "--date", "2020-02-29", case.file("bare.txt", "A man was shot."))
    case.read(case.file("two.jsonl", "\n".join([
        json.dumps({"id": "r1", "text": "Police arrested him.", "date": "2001-01-31", "publisher": "R"}),
        "", json.dumps({"id": 7, "text": "She fled.", "title": "T"})]) + "\n"))
    rows = {r["name"]: r for r in case.rows("documents")}
    names = {pathlib.Path(n).name: r for n, r in rows.items()}
    assert names["story.txt"]["title"] == "Two were taken"
    assert names["story.txt"]["date"] == "2019-05-06"
    assert names["bare.txt"]["publisher"] == "P. Option"
    assert names["bare.txt"]["date"] == "2020-02-29"
    assert names["r1"]["date"] == "2001-01-31" and names["7"]["title"] == "T"


@test
def standard_input_is_a_document_or_records():
    case = Case()
    assert ok("read", "--case", case.path, "-", given=b"Guards beat the prisoner.").startswith("1 document read")
    ok("read", "--case", case.path, "-", given=b'{"id": "x", "text": "Guards beat her."}\n')
    assert [r["name"] for r in case.rows("documents")] == ["-", "x"]


@test
def names_count_from_the_folder_given():
    case = Case()
    case.file("in/a/x.txt", "A guard beat him.")
    case.file("in/b.txt", "A guard shot him.")
    case.read(case.dir / "in")
    assert [r["name"] for r in case.rows("documents")] == ["a/x.txt", "b.txt"]


@test
def the_default_case_is_in_the_folder():
    case = Case()
    case.file("in.txt", "A guard beat him.")
    ok("read", "in.txt", cwd=case.dir)
    assert (case.dir / "case.attest").exists()
    assert "beat" in ok("claims", cwd=case.dir)


def decide(case, claim, verdict):
    with sqlite3.connect(case.path) as db:
        run_id = db.execute("INSERT INTO run (at, program, who) VALUES ('2026-01-31T09:05:00Z', 'test', 'ana')").lastrowid
        db.execute("INSERT INTO decision (claim, run, verdict) VALUES (?, ?, ?)", (claim, run_id, verdict))
    db.close()


@test
def decisions_outlive_reading_again():
    case = story_case()
    claims = {row["act"]: int(row["id"][1:]) for row in case.rows("claims")}
    decide(case, claims["liberty.arrest"], "rejected")
    decide(case, claims["violence.beat"], "confirmed")
    out = case.ask("read", "--again")
    assert "1 document read again: 0 came out otherwise" in out, out
    own = case.dir / "own"
    shutil.copytree(lexicon, own)
    verbs = own / "verbs.tsv"
    verbs.write_text("".join(line.replace("violence.beat", "violence.torture") if line.startswith("beat\t") else line
                             for line in verbs.read_text().splitlines(True)))
    out = case.ask("read", "--again", "--lexicon", own)
    assert "1 came out otherwise" in out, out
    acts = {row["act"] for row in case.rows("claims")}
    assert "violence.beat" in acts and "violence.torture" not in acts, acts  # as it was confirmed
    events = case.ask("events")
    assert "arrest" not in events and "beat" in events, events  # rejected claims are in no event
    totals = json.loads(case.ask("documents", "--totals"))
    assert totals["documents"] == 1 and totals["versions"] == 2, totals
    assert case.ask("check") == f"{case.path}: sound\n"
    for args in ["x.txt"], ["--date", "2020-01-01"]:
        status, _, err = run("read", "--again", "--case", case.path, *args)
        assert status == 2 and "--again" in err, (args, err)


@test
def an_own_lexicon_is_used():
    case = Case()
    own = case.dir / "lexicon"
    shutil.copytree(pathlib.Path(examples).parent / "lexicon", own)
    verbs = own / "verbs.tsv"
    verbs.write_text(verbs.read_text() + "broken row\n")
    status, _, err = run("read", "--lexicon", own, "--case", case.path, case.file("a.txt", "He fled."))
    assert status == 2 and "verbs.tsv" in err, err


# --- asking ---------------------------------------------------------------

@test
def claims_can_be_filtered():
    case = Case(examples)
    everything = case.rows("claims")
    assert all(c["act"].startswith("liberty.") for c in case.rows("claims", "--act", "liberty"))
    some = case.rows("claims", "--act", "violence.beat", "--act", "life.die")
    assert {c["act"] for c in some} == {"violence.beat", "life.die"}
    brask = case.rows("claims", "--target", "BRASK")
    assert brask and all("Bras" in (c["target"]["text"] + str(c["target"]["name"])) for c in brask)
    assert all(c["doc"].startswith("law/") for c in case.rows("claims", "--document", "law/"))
    denied = case.rows("claims", "--modality", "denied")
    assert denied and all(c["modality"] == "denied" for c in denied)
    assert len(case.rows("claims", "--limit", "3")) == 3
    old = case.rows("claims", "--until", "2010-12-31")
    assert 0 < len(old) < len(everything)
    assert case.rows("claims", "--text", "no such words at all") == []
    assert case.rows("claims", "--source", "vnam") == [] and case.rows("claims", "--source", "Open Window")
    assert case.rows("claims", "--place", "Meridian") or True
    assert all(any("terrorist" in x["text"] for x in c["labels"]) for c in case.rows("claims", "--label", "terrorist"))


# --- people, groups and places --------------------------------------------------

LETTERS = {
    "one": "Guards of the Steel Union arrested Teodor Brask in Port Selm. Sara Ilvik of the Steel Union denied that "
           "Teodor Brask was beaten in Camp Meridian. He was freed by Marta Olvane.\n",
    "two": "Sara Ilvik said that the Steel Union had beaten Theodor Brasc in Camp Meridian near Port Selm. Marta Olvane "
           "said that he was ill.\n",
    "three": "Gita Morrow met Emil Zander in Harrow Bay. Emil Zander praised Gita Morrow.\n",
}


def letters_case():
    case = Case()
    case.read(*(case.file(f"{name}.txt", text) for name, text in LETTERS.items()))
    return case


def person(case, name):
    """The one who has that name, shown or not."""
    _, out, _ = run("people", "--case", case.path, "--format", "jsonl")
    rows = [r for r in map(json.loads, out.splitlines()) if name in [r["name"], *r["also"].split(", ")]]
    assert len(rows) == 1, (name, rows)
    return rows[0]


def rule(case, *args, status=0):
    got, out, err = run(args[0], "--case", case.path, *args[1:])
    assert got == status, (args, got, out, err)
    return out + err


@test
def people_are_listed_under_all_their_names():
    case = Case(examples)
    rows = case.rows("people")
    brask = person(case, "Teodor Brask")
    assert "Theodor Brasc" in brask["also"] and brask["documents"] == 7
    assert brask == person(case, "Theodor Brasc")
    assert [r["documents"] for r in rows] == sorted((r["documents"] for r in rows), reverse=True)
    assert case.rows("people", "--name", "brask") == [brask]
    assert len(case.rows("people", "--limit", "2")) == 2
    assert all("law/" in case.ask("show", r["id"]) or True for r in case.rows("people", "--document", "law/"))
    groups = case.rows("groups")
    assert any(r["name"] == "Union of the Steadfast" and "UOS" in r["also"] for r in groups)
    assert "Camp Meridian" in case.ask("groups", "--format", "table")
    claims = {c["id"] for c in case.rows("claims", "--actor", brask["id"])}
    assert claims == {c["id"] for c in case.rows("claims", "--actor", "Theodor Brasc")}
    assert len(claims) == brask["actor"]


@test
def reviewers_merge_and_split():
    case = letters_case()
    one, two = person(case, "Emil Zander"), person(case, "Sara Ilvik")
    assert one["id"] != two["id"]
    out = rule(case, "merge", one["id"], two["id"], "one", "passport", "--by", "ana")
    assert "one, named in 3 documents" in out
    merged = person(case, "Emil Zander")
    assert merged == person(case, "Sara Ilvik")
    shown = case.ask("show", one["id"])
    assert shown == case.ask("show", two["id"]) and "by ana" in shown and "one passport" in shown
    # What is read later changes nothing of it, nor does another version of the document.
    case.read(case.file("four.txt", "Emil Zander arrested Ivo Lind in Tarn.\n"))
    case.read(case.file("three.txt", LETTERS["three"] + "It rained.\n"))
    assert person(case, "Emil Zander") == person(case, "Sara Ilvik")
    assert "merged" in case.ask("same", "Emil Zander", "Sara Ilvik")
    rule(case, "split", "Emil Zander", "from", "Sara Ilvik", "another", "passport")
    assert person(case, "Emil Zander") != person(case, "Sara Ilvik")
    assert "another passport" in case.ask("show", "Emil Zander")
    rule(case, "merge", "Emil Zander", "Sara Ilvik", "no, one")
    assert person(case, "Emil Zander") == person(case, "Sara Ilvik")
    rule(case, "merge", "--undo", one["id"], two["id"])
    assert case.ask("check").strip().endswith("sound")
    assert sqlite3.connect(case.path).execute("SELECT count(*) FROM ruling").fetchone()[0] >= 4


@test
def contradictory_rulings_keep_apart_and_are_told():
    case = letters_case()
    zander, ilvik, morrow = (person(case, n)["id"] for n in ("Emil Zander", "Sara Ilvik", "Gita Morrow"))
    rule(case, "merge", zander, ilvik, "a")
    rule(case, "merge", ilvik, morrow, "b")
    assert person(case, "Emil Zander") == person(case, "Gita Morrow")
    told = rule(case, "split", zander, "from", morrow, "c")
    assert "kept apart" in told and '"c"' in told
    assert person(case, "Emil Zander") != person(case, "Gita Morrow")
    assert person(case, "Sara Ilvik") == person(case, "Gita Morrow")  # the newer merge holds
    status, _, err = run("people", "--case", case.path)
    assert status == 0 and "kept apart" in err
    rule(case, "split", "--undo", zander, "from", morrow)
    assert person(case, "Emil Zander") == person(case, "Gita Morrow")


@test
def rulings_need_two_and_a_reason():
    case = letters_case()
    zander, ilvik = person(case, "Emil Zander")["id"], person(case, "Sara Ilvik")["id"]
    group = case.rows("groups")[0]["id"]
    for args, words in (
            (("merge", zander), "which two"), (("merge", zander, ilvik), "why?"), (("split",), "which two"),
            (("merge", zander, zander, "x"), "one and the same"), (("merge", zander, "p99999", "x"), "p99999"),
            (("merge", zander, group, "x"), "not of one kind"), (("merge", zander, "Nobody Such", "x"), "Nobody Such"),
            (("same", zander), "which two")):
        assert words in rule(case, *args, status=2), args
    assert run("claims", "--case", case.path, "--actor", "p99999")[0] == 2


@test
def what_may_be_the_same_is_listed_with_reasons():
    case = Case(examples)
    rows = case.rows("same")
    scores = [float(r["score"]) for r in rows]
    assert rows and scores == sorted(scores, reverse=True) and all(0.5 <= s <= 1 for s in scores)
    first = rows[0]
    assert first["why"] and first["one"] != first["other"]
    out = case.ask("same", first["one"], first["other"])
    assert "shown as two" in out and "attest's own view" in out and re.search(r"[+-]\d\.\d the names", out)
    rule(case, "split", first["one"], "from", first["other"], "two charters")
    assert (first["one"], first["other"]) not in [(r["one"], r["other"]) for r in case.rows("same")]


@test
def one_is_shown_with_all_that_is_said():
    case = Case(examples)
    out = case.ask("show", "Teodor Brask")
    assert "Theodor Brasc in 1 document: The Open Window" in out and "taken as one" in out
    assert "liberty.detain: guards → Teodor Brask" in out and "2019-04-16" in out
    assert out == case.ask("show", person(case, "Teodor Brask")["id"])
    out = case.ask("show", "Union of the Steadfast")
    assert "led by Marta Olvane" in out and "(UOS)" in out
    status, _, err = run("show", "--case", case.path, "Orhem")
    assert status == 2 and "are called 'Orhem'" in err


@test
def places_are_found_on_earth():
    if not any(pathlib.Path("/usr/lib").glob("*/libgeonames.so.0")):
        return
    case = Case()
    case.read(case.file("a.txt", "Syrian forces shelled Aleppo and Idlib on Monday. Soldiers arrested Omar Haddad in Kafr "
                                 "Tinta, a village near Saraqib. He was taken to Damascus.\n"))
    case.read(case.file("b.txt", "Police arrested Ana Ruiz in Tripoli, Lebanon. She was taken to Meridian.\n"))
    case.read(case.file("c.txt", "Libyan police arrested Salem Farag in Tripoli.\n"))
    places = {}
    for r in case.rows("places"):
        places.setdefault(r["name"], []).append(r)
    assert places["Aleppo"][0]["country"] == "SY" and abs(float(places["Aleppo"][0]["latitude"]) - 36.2) < 0.1
    assert places["Kafr Tinta"][0]["country"] is None and "near" in places["Kafr Tinta"][0]["beside"]
    assert sorted(r["country"] for r in places["Tripoli"]) == ["LB", "LY"]
    assert "GeoNames" in case.ask("show", places["Aleppo"][0]["id"])
    assert all(r["country"] is None for r in places.get("Meridian", []))


@test
def older_cases_are_brought_up_to_date():
    case = letters_case()
    with sqlite3.connect(case.path) as db:
        take_back_to_four(db)
        for table in ("ruling", "note", "second", "correction", "event_ruling",
                      "entry", "original"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DROP INDEX decision_run")
        db.execute("DROP INDEX decision_undone")
        for column in "repeats", "undoes", "bulk":
            db.execute(f"ALTER TABLE decision DROP COLUMN {column}")
        db.execute("PRAGMA user_version = 1")
    db.close()
    status, _, err = run("people", "--case", case.path)
    assert status == 2 and "attest read" in err
    case.read(case.file("five.txt", "Ivo Lind met Ana Ruiz.\n"))
    assert case.ask("check").strip().endswith("sound")
    assert person(case, "Emil Zander")


@test
def lists_have_four_formats():
    case = story_case()
    tsv = case.ask("claims").splitlines()
    assert tsv[0].split("\t")[:4] == ["id", "act", "actor", "target"]
    rows = json.loads(case.ask("claims", "--format", "json"))
    assert len(rows) == len(tsv) - 1 == len(case.rows("claims"))
    table = case.ask("claims", "--format", "table").splitlines()
    assert table[0].startswith("id") and len(table) == len(tsv)
    status, _, err = run("claims", "--case", case.path, "--format", "xml")
    assert status == 2 and "xml" in err


@test
def show_leads_to_the_sentence():
    case = story_case()
    arrest = [c for c in case.rows("claims") if c["act"] == "liberty.arrest"][0]
    out = case.ask("show", arrest["id"])
    assert "[act: arrested]" in out and "[actor: soldiers]" in out, out
    assert "by the word of The Free Radio" in out and "The Lantern, the publisher" in out, out
    assert "Two were taken" in out and "sha256" in out
    status, _, err = run("show", "--case", case.path, "c99999")
    assert status == 1 and "no claim c99999" in err
    assert run("show", "--case", case.path, "x")[0] == 2
    two = case.ask("show", *(c["id"] for c in case.rows("claims")[:2]))
    assert two.count("confidence") == 2


@test
def events_count_independent_sources():
    case = Case(examples)
    rows = case.rows("events")
    assert all(r["publishers"] <= r["documents"] for r in rows)
    # One agency's story in four papers, on the word of one man.
    [beaten] = [r for r in rows if r["act"] == "violence.beat" and r["target"] == "Teodor Brask"]
    assert beaten["documents"] == 4 and beaten["sources"] == 1, beaten
    contested = case.rows("events", "--contested")
    assert contested and all(r["contested"] for r in contested)
    [prison] = [r for r in contested if r["act"] == "liberty.detain"]
    assert prison["deniers"] == 1 and prison["contested"] == ["denied"], prison
    assert all(r["sources"] + r["deniers"] == 1 for r in case.rows("events", "--single"))
    few = case.rows("events", "--target", "Brask", "--act", "violence")
    assert beaten in few and len(few) < len(rows)
    assert len(case.rows("events", "--limit", "3")) == 3
    assert run("events", "--case", case.path, "--since", "May")[0] == 2
    head, *lines = case.ask("events").splitlines()
    assert head.split("\t")[0] == "id" and len(lines) == len(rows)
    assert [line.split("\t")[-1] for line in lines if line.startswith(beaten["id"] + "\t")] == ["single source"]


@test
def an_event_unfolds_into_what_was_counted():
    case = Case(examples)
    event = [json.loads(line) for line in case.ask("events", "--format", "jsonl", "--contested").splitlines()
             if "liberty.detain" in line][0]
    sure = [c for c in event["claims"] if c["confidence"] >= 0.5]
    said = [c for c in sure if c["stance"] == "said"]
    assert len({c["root"] for c in said}) == event["sources"]
    assert len({c["doc"] for c in sure}) == event["documents"]
    assert len({c["publisher"] for c in said}) == event["publishers"]
    out = case.ask("show", event["id"])
    assert "DENIED by Union of the Steadfast" in out and "the same text as" in out, out
    for c in event["claims"]:
        assert c["id"] + " " in out and c["doc"] in out, (c, out)
    assert case.ask("show", "e" + event["claims"][-1]["id"][1:]) == out
    both = case.ask("show", event["id"], event["claims"][0]["id"])
    assert both.startswith(out) and "sha256" in both
    assert run("show", "--case", case.path, "e99999")[0] == 1
    assert run("show", "--case", case.path, "ex")[0] == 2  # somebody of that name?
    exported = case.ask("export", "--format", "events").splitlines()
    assert sorted(exported) == sorted(case.ask("events", "--format", "jsonl").splitlines())


@test
def figures_are_ranges_and_tallies_stand_beside_names():
    case = Case()
    case.file("one.txt", "Date: 2021-06-12\n\nPublisher: The Lantern\n\nA bomb killed 39 people in the market of "
              "Port Selm on 10 June 2021, the mayor said.")
    case.file("two.txt", "Date: 2021-06-13\n\nPublisher: The Courier\n\nA bomb killed 41 people in the market of "
              "Port Selm on 10 June 2021, Ana Ruiz said.")
    case.file("three.txt", "Date: 2021-06-20\n\nKarel Omm fled from the Union of Selm on 9 June 2021. Lena Hoff is safe. "
              "She is the ninth member to flee the Union of Selm this year.")
    case.read(case.dir)
    blast = [r for r in case.rows("events") if r["act"] == "life.kill"]
    assert len(blast) == 1 and blast[0]["contested"] == ["figure"], blast
    out = " ".join(case.ask("show", blast[0]["id"]).split())
    assert "39 to 41; best supported: 41" in out, out
    fled = [c["id"] for c in case.rows("claims", "--act", "movement.flee") if "ninth" in (c["actor"] or {}).get("text", "")]
    out = " ".join(case.ask("show", "e" + fled[0][1:]).split())
    assert "tally" in out and "the case itself names" in out and "Karel Omm" in out, out


@test
def designations_are_a_history():
    case = Case(examples)
    rows = case.rows("events", "--designations")
    assert any(r["who"] == "Union of the Steadfast" and "2016" in r["to"] for r in rows), rows


@test
def explain_tells_why():
    case = Case()
    case.read(case.file("denial.txt", "Date: 2012-02-21\n\nThe ministry denied that its guards had beaten "
                        "Ana Ruiz. Karel Omm fled on 3 May 2011 and may return. He was not arrested."))
    ids = {c["act"]: c["id"] for c in case.rows("claims")}
    beaten, fled, back = ids["violence.beat"], ids["movement.flee"], ids["movement.travel"]
    out = case.ask("explain", beaten)
    assert '"beaten": lexicon/verbs.tsv, line ' in out and "beaten -nsubj-> guards" in out, out
    assert 'governed by  "denied": lexicon/governors.tsv' in out, out
    assert "says who     The ministry: the clause below the cue" in out, out
    assert "confidence   0." in out and "denied                                   VERB  root" in out, out
    assert "3 May 2011 = 2011-05-03: as the text itself says" in " ".join(case.ask("explain", fled).split())
    out = case.ask("explain", back)
    assert 'because of   "may": lexicon/auxiliaries.tsv' in out, out
    assert "the document: the act is in nobody's words" in out, out
    assert 'negated by   "not": ' in case.ask("explain", ids["liberty.arrest"])
    assert run("explain", "--case", case.path, "c99999")[0] == 1
    assert run("explain", "--case", case.path)[0] == 2


@test
def explain_counts_from_the_date():
    case = Case()
    case.read("--date", "2012-02-21", case.file("day.txt", "Soldiers arrested Ana Ruiz on Monday."))
    out = " ".join(case.ask("explain", "c1").split())
    assert "Monday = 2012-02-20: counted from the document's date, 2012-02-21 (from: option" in out, out


@test
def explain_says_when_tables_have_changed():
    case = story_case()
    arrest = [c for c in case.rows("claims") if c["act"] == "liberty.arrest"][0]
    tables = case.dir / "tables"
    shutil.copytree(pathlib.Path(__file__).parent.parent / "lexicon", tables)
    verbs = tables / "verbs.tsv"
    verbs.write_text("".join(line for line in verbs.read_text().splitlines(True) if "liberty.arrest" not in line))
    out = case.ask("explain", "--lexicon", str(tables), arrest["id"])
    assert "have changed since" in out and "root" not in out, out


@test
def show_cuts_what_is_long():
    case = Case()
    case.read(case.file("long.txt", "A guard beat the man and " * 2000 + "fled."))
    out = case.ask("show", case.rows("claims", "--limit", "1")[0]["id"])
    assert "[act: beat]" in out and "…" in out and len(out) < 8000, len(out)
    assert len(case.ask("search", "fled")) < 1500


@test
def search_finds_words_and_phrases():
    case = Case(examples)
    assert "[steel] [container]" in case.ask("search", '"steel container"')
    assert case.ask("search", '"container steel"') == "nothing found\n"
    assert len(case.rows("search", "--limit", "0", "brask")) > 5
    for odd in ('"', "a AND", "NEAR(", "*", "col:x", "'", "--", "^", "(", ""):
        assert run("search", "--case", case.path, "--", odd)[0] in (0, 2), odd


@test
def sources_tell_who_says_how_much():
    rows = Case(examples).rows("sources")
    assert any(r["is"] == "publisher" and r["source"] == "The Open Window" for r in rows)
    assert any(r["is"] == "source" and "Brask" in r["source"] for r in rows)


@test
def brief_is_a_page():
    out = Case(examples).ask("brief")
    for part in ("What 15 documents claim", "Liberty", "About whom", "Figures claimed",
                 "Where accounts differ", "What rests on one voice alone"):
        assert part in out, part


@test
def the_brief_sets_differing_accounts_side_by_side():
    def brief(*sentences):
        case = Case()
        case.read(case.file("in.jsonl", "".join(
            json.dumps({"id": str(i), "publisher": f"Paper {i}", "text": sentence}) + "\n"
            for i, sentence in enumerate(sentences))))
        return case.ask("brief")

    out = brief("The police arrested 40 students on 3 May 2019.", "The police arrested Ana Ruiz on 3 May 2019.")
    assert "Where accounts differ" not in out, out
    out = brief("The guards beat Ana Ruiz on 3 May 2019.", "The guards beat Ana Ruiz on 4 May 2019.")
    assert "the days differ" in out and "Paper 0: 2019-05-03" in out and "Paper 1: 2019-05-04" in out, out
    out = brief("The guards beat Ana Ruiz.", "The Union denied that the guards beat Ana Ruiz.")
    assert "one says so, one denies it" in out, out
    # A plan contradicts nothing.
    out = brief("The guards beat Ana Ruiz.", "The guards planned to beat Ana Ruiz.")
    assert "Where accounts differ" not in out, out


# --- handing out -----------------------------------------------------------

@test
def exported_positions_count_code_points():
    case = Case()
    text = "Zoë’s friend – a nurse – said that naïve soldiers arrested José 😀 in Łódź."
    case.read(case.file("in.jsonl", json.dumps({"id": "u", "text": text}) + "\n"))
    assert case.ask("export", "--format", "text") == text
    [line] = case.ask("export", "--format", "claims").splitlines()
    document = json.loads(line)
    assert document["doc"] == "u" and len(document["sha256"]) == 64
    for c in document["claims"]:
        spans = [(c["trigger"], None)]
        for role in ("actor", "target", "place", "origin", "destination", "time", "count"):
            if c[role]:
                spans.append((c[role]["spans"], c[role]["text"]))
        for where, words in spans:
            cut = " ... ".join(text[b:e] for b, e in where)
            assert cut and cut == cut.strip() and (words is None or cut == words), (cut, words)
    [line] = case.ask("export", "--format", "attributions").splitlines()
    for a in json.loads(line)["attributions"]:
        assert set(a) == {"source", "cue", "content"}


@test
def csv_is_safe_in_a_spreadsheet():
    case = Case()
    case.read(case.file("in.jsonl", json.dumps(
        {"id": "=cmd|' /C calc'!A0", "publisher": "@sum", "text": 'The guards beat "Ana Ruiz", and she fled.'}) + "\n"))
    case.read(case.file("wide.jsonl", json.dumps(
        {"id": "\uff1dSUM(A1)", "publisher": "+1", "text": "The guards beat her."}) + "\n"))
    rows = list(csv.reader(io.StringIO(case.ask("export", "--format", "csv"), newline="")))
    assert len(rows) > 1 and len({len(r) for r in rows}) == 1
    for row in rows[1:]:
        assert not any(cell[:1] in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20" and cell for cell in row), row


@test
def texts_of_several_documents_are_records():
    rows = [json.loads(x) for x in Case(examples).ask("export", "--format", "text").splitlines()]
    assert len(rows) == 15 and all(set(r) == {"doc", "text"} for r in rows)


@test
def parse_prints_conllu():
    out = ok("parse", "--date", "2012-02-21", given=b"Ana Ruiz didn't flee on Monday.")
    rows = [line.split("\t") for line in out.splitlines() if line and line[0] != "#"]
    assert all(len(r) == 10 for r in rows)
    assert [r[1] for r in rows if r[0].isdigit()] == ["Ana", "Ruiz", "did", "n't", "flee", "on", "Monday", "."]
    assert "# text = Ana Ruiz didn't flee on Monday." in out
    assert "Time=Date:1:2012-02-20/2012-02-20" in out and "Name=B-person" in out
    again = ok("parse", "--input", "conllu", given=out.encode())
    forms = [line.split("\t")[1] for line in again.splitlines() if line and line[0] != "#"]
    assert forms == [r[1] for r in rows]
    status, _, err = run("parse", "--input", "conllu", given=b"no conllu\n")
    assert status == 1 and "line 1" in err


@test
def parse_is_the_same_in_any_number_of_threads():
    story = [str(p) for p in sorted(pathlib.Path(examples).rglob("*.txt"))]
    one = ok("parse", "--jobs", "1", *story)
    assert one.count("# text = ") > 40
    for jobs in ("2", "3", "7"):
        assert ok("parse", "--jobs", jobs, *story) == one
    status, _, err = run("parse", "--jobs", "1000")
    assert status == 2 and "--jobs" in err


@test
def trees_are_the_same_on_every_processor():
    emulator = shutil.which("qemu-x86_64")
    program = pathlib.Path(attest).read_bytes()
    if not emulator or os.uname().machine != "x86_64" or b"__asan_init" in program:
        return
    story = str(next(p for p in sorted(pathlib.Path(examples).rglob("*.txt"))))
    here = ok("parse", story)
    for processor in ("Nehalem", "Haswell"):  # without AVX2, and with it
        done = subprocess.run([emulator, "-cpu", processor, attest, "parse", story], capture_output=True, text=True)
        assert done.stdout == here, processor


@test
def sentences_beyond_the_limit_are_cut():
    out = ok("parse", given=("the guard and " * 2000 + "fled.").encode())
    lengths = [sum(line[:1].isdigit() for line in block.splitlines()) for block in out.split("\n\n")]
    assert max(lengths) <= 512 and sum(lengths) == 6002


@test
def tables_fit_the_screen():
    case = Case(examples)
    for columns in ("60", "80", "120"):
        for command in ("claims", "documents", "sources"):
            out = ok(command, "--case", case.path, "--format", "table", env={"COLUMNS": columns})
            widest = max(len(line) for line in out.splitlines())
            assert widest <= int(columns), (command, columns, widest)
    out = ok("brief", "--case", case.path, env={"COLUMNS": "60"})
    assert max(len(line) for line in out.splitlines()) <= 100


def on_terminal(*args, env=None):
    """What the program prints on a terminal."""
    pid, fd = pty.fork()
    if not pid:
        os.environ.pop("NO_COLOR", None)
        os.environ.update({"TERM": "xterm", "COLUMNS": "100", **(env or {})})
        os.execv(attest, [attest, *map(str, args)])
    out = b""
    while True:
        try:
            part = os.read(fd, 65536)
        except OSError:
            break
        if not part:
            break
        out += part
    os.close(fd)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), out.decode()


@test
def colours_are_for_terminals():
    case = story_case()
    for args in (["claims"], ["brief"], ["show", "c1"], ["explain", "c1"], ["search", "arrested"]):
        args += ["--case", case.path]
        status, out = on_terminal(*args)
        assert status == 0 and "\x1b[" in out, (args, out)
        assert "\x1b[" not in on_terminal(*args, env={"NO_COLOR": "1"})[1], args
        assert "\x1b[" not in on_terminal(*args, env={"TERM": "dumb"})[1], args
        assert "\x1b[" not in run(*args, env={"NO_COLOR": ""})[1], args


@test
def reading_shows_how_far_it_is():
    case = Case()
    case.file("in.jsonl", "".join(
        json.dumps({"id": str(i), "text": f"{GOOD} It was number {i}. " * 20}) + "\n" for i in range(400)))
    status, out = on_terminal("read", "--case", case.path, "--jobs", "1", case.dir / "in.jsonl")
    assert status == 0 and "400 documents read" in out, out
    assert re.search(r"\d+ documents, \d+ claims, [\d.]+ MB/s", out), out[:400]
    assert "attest brief" in out


@test
def interrupted_reading_keeps_what_was_read():
    case = Case()
    path = case.file("in.jsonl", "".join(
        json.dumps({"id": str(i), "text": f"{GOOD} It was number {i}. " * 40}) + "\n" for i in range(4000)))
    process = subprocess.Popen([attest, "read", "--jobs", "1", "--case", case.path, path],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while not case.path.exists() and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    read = int(out.split()[0])
    assert process.returncode == 1 and b"stopped" in err, (process.returncode, out, err)
    assert 0 < read < 4000, read
    assert json.loads(case.ask("documents", "--totals"))["documents"] == read
    assert case.ask("check").endswith("sound\n")


# --- a program like others --------------------------------------------------

@test
def help_teaches():
    for args in (["help"], ["--help"]):
        assert "A first look" in ok(*args)
    for command in ("read claims events show explain search documents sources people groups places same merge split brief export "
                    "parse check").split():
        assert "--help" in ok(command, "--help") and ok("help", command)
    assert ok("--version").startswith("attest ")
    for command in "claims events sources export brief check".split():
        more = ["--format", "csv"] if command == "export" else []
        status, _, err = run(command, *more, "surplus")
        assert status == 2 and "surplus" in err, (command, err)
    assert run()[0] == 2 and run("nonsense")[0] == 2 and run("claims", "--nonsense")[0] == 2


@test
def a_closed_pipe_is_no_fault():
    case = Case(examples)
    shell = f"'{attest}' export --case '{case.path}' --format claims | head -c 10"
    done = subprocess.run(shell, shell=True, capture_output=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, done.stderr


@test
def documents_do_nothing_to_the_terminal():
    case = Case()
    case.read(case.file("in.jsonl", json.dumps(
        {"id": "evil\x1b[31m", "title": "\x1b[2J",
         "text": "The guards beat \u202eAna\u202c Ruiz in the camp \x1b]0;x\x07 of Port Selm."}) + "\n"))
    for command in (["documents"], ["claims"], ["claims", "--format", "table"], ["search", "camp"], ["brief"],
                    ["events"], ["show", "e1"], ["show", "c1"], ["explain", "c1"]):
        _, shown = on_terminal(*command, "--case", case.path, env={"NO_COLOR": "1"})
        assert "\x1b" not in shown and "\x07" not in shown and "\u202e" not in shown, command
    for command in (["export", "--format", "text"], ["export", "--format", "csv"], ["claims", "--format", "json"]):
        _, shown = on_terminal(*command, "--case", case.path, env={"NO_COLOR": "1"})
        assert "\x1b" not in shown and "\u202e" not in shown and "guards" in shown, command
    for command in (["documents"], ["claims"], ["claims", "--format", "table"], ["search", "camp"], ["brief"],
                    ["events"], ["show", "e1"], ["show", "c1"], ["explain", "c1"]):
        out = case.ask(*command)
        assert "\x1b" not in out and "\x07" not in out and "\u202e" not in out, command


@test
def words_are_understood_in_any_locale():
    case = Case()
    case.read(case.file("in.txt", "Soldiers arrested José Muñoz in Port Selm."))
    for locale in ("C", "POSIX", "C.UTF-8"):
        out = ok("claims", "--case", case.path, "--target", "José", env={"LC_ALL": locale})
        assert "José" in out, (locale, out)


@test
def an_installed_tree_can_be_moved():
    case = Case()
    (case.dir / "bin").mkdir()
    program = shutil.copy(attest, case.dir / "bin" / "attest")
    share = case.dir / "share" / "attest"
    for name in ("lexicon", "models"):
        shutil.copytree(pathlib.Path(examples).parent / name, share / name)
    (share / "lexicon" / "verbs.tsv").write_text("broken\n")
    done = subprocess.run([program, "read", "--case", case.path, case.file("a.txt", GOOD)], capture_output=True)
    assert done.returncode == 2 and b"verbs.tsv" in done.stderr, done
    shutil.copy(pathlib.Path(examples).parent / "lexicon" / "verbs.tsv", share / "lexicon")
    done = subprocess.run([program, "read", "--case", case.path, case.dir / "a.txt"], capture_output=True)
    assert done.returncode == 0, done
    status, _, err = run("read", "--case", case.path, case.dir / "a.txt", env={"ATTEST_DATA": "/nowhere"})
    assert status == 2 and "/nowhere" in err, err


@test
def a_full_output_is_a_fault():
    case = Case(examples)
    for args in (["export", "--format", "claims"], ["claims"], ["brief"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([attest, *args, "--case", case.path], stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 2 and b"cannot write" in done.stderr, (args, done)


# --- bad input ----------------------------------------------------------------

GOOD = "Soldiers arrested Ana Ruiz in Port Selm."


def read_beside_good(case, *bad, reason):
    """The good document is read, each bad one named with its reason."""
    good = case.file("good.txt", GOOD)
    out, err = case.read(good, *bad, status=1)
    assert out.startswith("1 document read"), out
    for path in bad:
        assert str(path) in err and reason in err, (reason, err)
    assert case.ask("check").endswith("sound\n")


@test
def what_cannot_be_read_is_told():
    read_beside_good(Case(), "/no/such/path", reason="there is no such file or folder")
    case = Case()
    read_beside_good(case, case.file("empty.txt", ""), reason="empty")
    case = Case()
    read_beside_good(case, case.file("blank.txt", " \n\n"), reason="no text")
    case = Case()
    read_beside_good(case, case.file("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8), reason="binary")
    case = Case()
    read_beside_good(case, case.file("bad.jsonl", '{"id": "1", "text": 5}\n'), reason="not a string")
    case = Case()
    fifo = case.dir / "pipe"
    os.mkfifo(fifo)
    read_beside_good(case, fifo, reason="no ordinary file")
    if os.getuid():
        case = Case()
        locked = case.file("locked.txt", GOOD)
        locked.chmod(0)
        read_beside_good(case, locked, reason="ermission")


def bin_of(case, *converter):
    """A folder with attest in it, and beside it this attest-intake."""
    folder = case.dir / "bin"
    folder.mkdir()
    shutil.copy(attest, folder / "attest")
    for program in converter:
        shutil.copy(program, folder / "attest-intake")
    return folder / "attest"


def run_program(program, *args):
    data = {"ATTEST_DATA": str(pathlib.Path(examples).parent)}
    done = subprocess.run([program, *map(str, args)], capture_output=True, timeout=240, env={**os.environ, **data})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@test
def a_hostile_document_costs_itself_only():
    case = Case()
    program = bin_of(case, pathlib.Path(attest).parents[2] / "tests" / "hostile-intake")
    for word in ("socket", "remove", "fork", "memory", "flood", "crash"):
        case.file(f"in/{word}", f"hostile {word}")
    case.file("in/good", GOOD)
    case.file("in/good.html", f"<html><body><p>{GOOD}</p></body></html>")
    case.file("in/plain.txt", GOOD)
    status, out, err = run_program(program, "read", "--case", case.path, case.dir / "in")
    assert status == 1 and out.startswith("3 documents read"), (status, out, err)
    for line in ("socket: opening it was stopped: it made the converter try what no document may do",
                 "fork: opening it was stopped: it made", "remove: opening it was stopped: it made",
                 "flood: opening it was stopped: it grows to", "crash: the converter crashed over it"):
        assert f"  {line}" in err, (line, err)
    assert "  memory: " in err, err
    assert case.ask("check").endswith("sound\n")


@test
def the_doctor_looks_at_the_cage():
    out = ok("doctor")
    for door in ("privileges", "limits", "open files", "system calls"):
        assert f"  yes  {door}" in out, out
    assert "in a cage that holds" in out, out
    assert run("doctor", "now")[0] == 2


@test
def without_a_converter_only_plain_text_is_read():
    case = Case()
    program = bin_of(case)
    status, out, _ = run_program(program, "doctor")
    assert status == 1 and "cannot be opened: the converter cannot be started" in out, out
    case.file("in/page.html", f"<html><body><p>{GOOD}</p></body></html>")
    case.file("in/plain.txt", GOOD)
    status, out, err = run_program(program, "read", "--case", case.path, case.dir / "in")
    assert status == 1 and out.startswith("1 document read"), (out, err)
    assert "page.html: the converter cannot be started" in err, err


@test
def a_converter_finds_tables_that_are_named_from_here():
    case = Case()
    shutil.copytree(pathlib.Path(examples).parent / "lexicon", case.dir / "tables")
    case.file("page.html", f"<html><body><p>{GOOD}</p></body></html>")
    ok("read", "--case", "case.attest", "--lexicon", "tables", "page.html", cwd=case.dir)


@test
def a_folder_inside_itself_ends():
    case = Case()
    case.file("in/a.txt", GOOD)
    (case.dir / "in" / "loop").symlink_to(case.dir / "in")
    out, err = case.read(case.dir / "in", status=1)
    assert out.startswith("1 document read") and "inside itself" in err, (out, err)


@test
def broken_encodings_are_mended_and_noted():
    case = Case()
    case.file("in/latin.txt", "Soldiers arrested Jos\xe9 Mu\xf1oz in the caf\xe9 near the se\xf1or.".encode("latin-1"))
    case.file("in/invalid.txt", "Zoë said that soldiers arrested Łukasz.".encode() + b"\xff" + " They naïvely fled.".encode())
    case.file("in/zeros.txt", b"Soldiers arrested\0 Ana in the town of Port Selm, she said.")
    case.file("in/wide.txt", "Soldiers arrested Zoë.".encode("utf-16"))
    case.read(case.dir / "in")
    notes = {r["name"]: r["notes"] or "" for r in case.rows("documents")}
    assert "decoded from" in notes["latin.txt"], notes
    assert "invalid" in notes["invalid.txt"], notes
    assert "zero" in notes["zeros.txt"], notes
    assert "Zoë" in case.ask("export", "--format", "text", "--document", "wide")


@test
def long_lines_and_sentences_are_read():
    case = Case()
    case.read(case.file("long.txt", "the guard and " * 25000 + "fled."))
    case.read("--max-size", "4", case.file("huge.txt", b"a b c d " * 1000000), status=1)
    assert case.ask("check").endswith("sound\n")


@test
def wrong_use_is_told():
    case = story_case()
    for args, words in (
            (["read", "--date", "2012-02-30", "x"], "2012-02-30"), (["read"], "what shall be read"),
            (["claims", "--since", "yesterday"], "yesterday"), (["claims", "--modality", "maybe"], "maybe"),
            (["export"], "--format"), (["export", "--format", "pdf"], "--format"), (["search"], "which words")):
        status, _, err = run(args[0], "--case", case.path, *args[1:])
        assert status == 2 and words in err, (args, status, err)


@test
def files_that_are_no_case_are_refused():
    case = Case()
    path = case.file("in.txt", GOOD)
    text = case.file("text.attest", "not a case at all, but long enough to be looked at" * 100)
    stranger = case.dir / "stranger.attest"
    with sqlite3.connect(stranger) as db:
        db.execute("CREATE TABLE t (x)")
    for bad in (text, stranger):
        before = bad.read_bytes()
        for args in (["read", path], ["claims"], ["check"]):
            status, _, err = run(args[0], "--case", bad, *args[1:])
            assert status == 2 and "not an attest case" in err, (bad, args, err)
        assert bad.read_bytes() == before
    assert run("claims", "--case", case.dir / "none.attest")[0] == 2
    assert run("claims", "--case", case.dir)[0] == 2


@test
def a_newer_schema_is_refused():
    case = story_case()
    db = sqlite3.connect(case.path)
    db.execute("PRAGMA user_version = 999")
    db.commit()
    db.close()
    for args in (["claims"], ["read", case.dir / "story.txt"]):
        status, _, err = run(args[0], "--case", case.path, *args[1:])
        assert status == 2 and "newer attest" in err, err


@test
def check_finds_faults():
    case = story_case()
    db = sqlite3.connect(case.path)
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("UPDATE document_text SET text = replace(text, 'Ana', 'Eve')")
    db.execute("UPDATE claim SET words = '5-900000'")
    db.execute("DELETE FROM role")
    db.commit()
    db.close()
    status, out, _ = run("check", "--case", case.path)
    assert status == 1, out
    for words in ("not the one that was added", "5-900000", "roles"):
        assert words in out, out


@test
def a_case_is_only_added_to():
    case = story_case()
    db = sqlite3.connect(case.path)
    for sql in ("UPDATE claim SET negative = 1", "DELETE FROM document", "UPDATE document_text SET text = ''"):
        try:
            db.execute(sql)
        except sqlite3.DatabaseError as error:
            assert "only added to" in str(error)
        else:
            assert False, sql
    db.close()


@test
def a_damaged_case_is_told():
    case = Case(examples)
    data = bytearray(case.path.read_bytes())
    for at in range(8192, len(data) - 100, 4096):
        data[at:at + 64] = b"\xa5" * 64
    case.path.write_bytes(bytes(data))
    for command in ("claims", "brief", "check", "documents", "sources", "export"):
        args = ["--format", "claims"] if command == "export" else []
        status, _, _ = run(command, "--case", case.path, *args)
        assert status in (0, 1, 2), (command, status)


@test
def a_full_disk_loses_nothing():
    case = story_case()
    many = case.file("many.jsonl", "".join(
        json.dumps({"id": str(i), "text": f"{GOOD} It was number {i}. " * 40}) + "\n" for i in range(200)))
    limit = 400 * 1024

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    status, _, err = run("read", "--case", case.path, many, preexec_fn=small)
    assert status == 2 and err, (status, err)
    assert case.ask("check").endswith("sound\n")
    assert len(case.rows("documents")) >= 1


@test
def a_folder_that_cannot_be_written_is_told():
    case = Case()
    path = case.file("in.txt", GOOD)
    status, _, err = run("read", "--case", "/proc/case.attest", path)
    assert status == 2 and "/proc/case.attest" in err, err


@test
def two_readers_share_a_case():
    case = Case()
    for part in ("a", "b"):
        case.file(f"{part}.jsonl", "".join(
            json.dumps({"id": f"{part}{i}", "text": GOOD}) + "\n" for i in range(250)))
    both = [subprocess.Popen([attest, "read", "--case", case.path, case.dir / f"{part}.jsonl"],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE) for part in ("a", "b")]
    for process in both:
        out, err = process.communicate(timeout=200)
        assert process.returncode == 0, (out, err)
    assert json.loads(case.ask("documents", "--totals"))["documents"] == 500
    assert case.ask("check").endswith("sound\n")


@test
def a_killed_reader_leaves_whole_documents():
    case = Case()
    path = case.file("many.jsonl", "".join(
        json.dumps({"id": str(i), "text": f"{GOOD} " * 20}) + "\n" for i in range(1000)))
    process = subprocess.Popen([attest, "read", "--case", case.path, path],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        time.sleep(0.2)
        if case.path.exists() and case.path.stat().st_size > 200000 or \
                os.path.exists(str(case.path) + "-wal") and os.path.getsize(str(case.path) + "-wal") > 200000:
            break
    process.kill()
    process.wait()
    assert case.ask("check").endswith("sound\n")
    texts = {r["text"] for r in map(json.loads, case.ask("export", "--format", "text").splitlines()) if "text" in r} \
        if json.loads(case.ask("documents", "--totals"))["documents"] > 1 else set()
    assert texts <= {f"{GOOD} " * 20}
    case.read(path)
    assert json.loads(case.ask("documents", "--totals"))["documents"] == 1000


PAIRS = b"left\tright\tkind\tid\nSelim Karun\tSaleem Karoun\tperson\t1\nOrvel Ltd\tTarvin Ltd\torg\t2\n"


@test
def match_scores_pairs():
    head, near, far = ok("match", given=PAIRS).splitlines()
    assert head == "left\tright\tkind\tid\tscore", head
    assert near.startswith("Selim Karun\tSaleem Karoun\tperson\t1\t") and float(near.split("\t")[4]) > .5, near
    assert float(far.split("\t")[4]) < .5, far
    assert ok("match", given=b"Selim Karun\tSelim Karun\r\n") == "Selim Karun\tSelim Karun\t1.00000\n"
    assert ok("match", given=b"") == ""


@test
def examples_of_names_hold():
    """Each "A = B" in the tables of letters and of words in names."""
    kinds = {"legal": "group", "number": "group", "word": "group", "site": "place"}
    pairs = []
    for table in ("letters.tsv", "name-variants.tsv"):
        for line in (lexicon / table).read_text().splitlines():
            cells = line.split("\t")
            if not line.startswith("#") and " = " in cells[-1]:
                names = cells[-1].split(" = ")
                pairs += [(a, b, kinds.get(cells[1], "person")) for a, b in zip(names, names[1:])]
    assert len(pairs) > 200, len(pairs)
    rows = "left\tright\tkind\n" + "".join("\t".join(p) + "\n" for p in pairs)
    scores = ok("match", given=rows.encode()).splitlines()[1:]
    far = [row for row in scores if float(row.split("\t")[3]) < .5]
    assert not far, far


@test
def match_leaves_out_what_is_below_the_threshold():
    lines = ok("match", "--threshold", ".5", given=PAIRS).splitlines()
    assert len(lines) == 2 and lines[1].startswith("Selim"), lines


@test
def match_takes_columns_by_number_and_name():
    rows = b"id\tname\talias\n1\tSelim Karun\tSelim Karun\n"
    assert ok("match", "--columns", "name,alias", given=rows).splitlines()[1].endswith("\t1.00000")
    assert ok("match", "--columns", "2,3", given=rows).splitlines()[1].endswith("\t1.00000")
    status, _, err = run("match", "--columns", "name,nickname", given=rows)
    assert status == 2 and "standard input:1" in err and "nickname" in err, err


@test
def match_explains():
    out = ok("match", "--explain", given=PAIRS)
    assert "selim ~ salim" in out and "rarity left over" in out, out


@test
def match_names_lines_that_are_no_pair():
    case = Case()
    path = case.file("pairs.tsv", "left\tright\tkind\nSelim\nSelim\tSalim\tship\n")
    status, out, err = run("match", path)
    assert status == 1 and f"{path}:2: " in err and f"{path}:3: " in err, err
    assert out == "left\tright\tkind\tscore\nSelim\t\nSelim\tSalim\tship\t\n", out
    assert len(ok("match", "--kind", "person", given=b"Selim\tSalim\tship\n").split("\t")) == 4


@test
def match_bears_hostile_lines():
    lines = [b"Selim\0Karun\tSel\xffim", b"A" * 1_000_000 + b"\tSelim", b"Selim\t" + b"x y " * 10_000,
             b"\t", b"\t" * 5_000, "\u202eSelim\tSelim".encode()]
    begun = time.monotonic()
    out = subprocess.run([attest, "match"], input=b"\n".join(lines), capture_output=True).stdout
    assert time.monotonic() - begun < 20
    for line, row in zip(lines, out.split(b"\n")):
        assert row.startswith(line + b"\t") and 0 <= float(row[len(line) + 1:]) <= 1, row[:80]


@test
def match_tells_wrong_use():
    for args, word in ([["--kind", "ship"], "ship"], [["--threshold", "3"], "0 to 1"],
                       [["nothing.tsv"], "nothing.tsv"], [["a", "b"], "'b'"],
                       [["--models", "/nowhere"], "nowhere"]):
        status, _, err = run("match", *args, given=b"")
        assert status == 2 and word in err, (args, err)


with tempfile.TemporaryDirectory() as scratch:
    run_tests(tests)
