"""What people say documents are holds over what attest read of them, everywhere; and
where a claim stands, and where its document was found.  TAP on standard output.

usage: test_describe.py ATTEST EXAMPLES
"""
import contextlib
import csv
import hashlib
import io
import json
import pathlib
import sqlite3
import subprocess
import tempfile

import stranger
from served import attest, environment, make_case, run_tests, scratch, serving, test

LETTER = """Title: A letter
Date: 2012-02-21
Publisher: The Courier

Guards beat Ana Ruiz on Monday in Port Selm.
"""


class Case:
    def __init__(self, **files):
        self.dir = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.path = self.dir / "case.attest"
        (self.dir / "in").mkdir()
        for name, content in files.items():
            (self.dir / "in" / f"{name}.txt").write_text(content)
        self.ask("read", self.dir / "in")

    def run(self, *args, program=attest):
        done = subprocess.run([program, *map(str, args), "--case", self.path], capture_output=True,
                              env=environment, timeout=120)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def ask(self, *args, **rest):
        status, out, err = self.run(*args, **rest)
        assert status == 0 and not err, (args, status, out, err)
        return out

    def describe(self, *args, by="Ana Ruiz"):
        return self.ask("describe", *args, "--by", by)

    def rows(self, *args, **rest):
        return [json.loads(line) for line in self.ask(*args, "--format", "jsonl", **rest).splitlines()]

    def row(self, name="letter.txt"):
        return next(r for r in self.rows("documents") if r["name"] == name)

    def query(self, sql):
        with contextlib.closing(sqlite3.connect(self.path)) as db:
            return db.execute(sql).fetchall()


def refused(case, *args):
    before = case.query("SELECT count(*) FROM entry")
    status, out, err = case.run("describe", *args)
    assert status == 2 and not out and err, (args, status, out, err)
    assert case.query("SELECT count(*) FROM entry") == before, args
    return err


# --- what holds ---------------------------------------------------------------------

@test
def what_somebody_says_holds_over_what_was_read():
    case = Case(letter=LETTER)
    out = case.describe("letter.txt", "--date", "2012-03-01", "--publisher", "Selm Gazette", "--why", "the stamp")
    assert out.startswith("1 document described: date 2012-03-01, publisher Selm Gazette\n"), out
    row = case.row()
    assert (row["title"], row["date"], row["publisher"]) == ("A letter", "2012-03-01", "Selm Gazette"), row
    assert row["date from"] == row["publisher from"] == "described by Ana Ruiz", row
    assert case.query("SELECT date, date_from, publisher FROM document") == [
        ("2012-02-21", "head of the text", "The Courier")]
    assert case.query("SELECT title, date, date_from, publisher, publisher_from FROM current_document") == [
        ("A letter", "2012-03-01", "described by Ana Ruiz", "Selm Gazette", "described by Ana Ruiz")]


@test
def all_that_asks_for_documents_sees_it():
    case = Case(letter=LETTER)
    case.describe("letter.txt", "--date", "2012-03-01", "--publisher", "Selm Gazette", "--title", "The second letter")
    shown = case.ask("show", "c1")
    assert "2012-03-01 (from: described by Ana Ruiz)" in shown and "The Courier" not in shown, shown
    assert "Selm Gazette, the publisher" in shown and "The second letter" in shown, shown
    [exported] = [json.loads(line) for line in case.ask("export", "--format", "claims").splitlines()]
    assert (exported["date"], exported["publisher"]) == ("2012-03-01", "Selm Gazette"), exported
    [row] = csv.DictReader(io.StringIO(case.ask("export", "--format", "csv"), newline=""))
    assert (row["date"], row["publisher"]) == ("2012-03-01", "Selm Gazette"), row
    [event] = [json.loads(line) for line in case.ask("export", "--format", "plover").splitlines()]
    cited = event["cite_info"]
    assert (cited["date"], cited["publisher"], cited["title"]) == (
        "2012-03-01", "Selm Gazette", "The second letter"), cited
    assert "Selm Gazette" in case.ask("sources") and "Selm Gazette" in case.ask("brief")
    assert "Selm Gazette, 2012-03-01" in case.ask("show", "e1")
    assert len(case.rows("claims", "--source", "Selm Gazette")) == 1
    assert not case.rows("claims", "--source", "Courier")
    assert "2012-03-01" in case.ask("search", "guards", "--format", "jsonl")
    [totals] = case.rows("documents", "--totals")
    assert totals["first_date"] == totals["last_date"] == "2012-03-01", totals
    for out in (case.ask("documents"), case.ask("sources"), case.ask("brief"), case.ask("events")):
        assert "Courier" not in out, out


@test
def the_newest_word_on_each_field_counts():
    case = Case(letter=LETTER)
    case.describe("letter.txt", "--date", "2012-03-01", "--title", "One")
    case.describe("d1", "--date", "2012-04-01", by="Eva Brask")
    row = case.row()
    assert (row["date"], row["date from"], row["title"]) == ("2012-04-01", "described by Eva Brask", "One"), row
    case.describe("letter.txt", "--date", "2012-02-21")
    assert case.row()["date"] == "2012-02-21"


@test
def what_is_cleared_is_not_known():
    case = Case(letter=LETTER)
    case.describe("letter.txt", "--clear", "date", "--clear", "publisher")
    row = case.row()
    assert row["date"] is None and row["publisher"] is None and row["title"] == "A letter", row
    assert "not known (from: described by Ana Ruiz)" in case.ask("show", "c1")
    assert "according to letter.txt" in case.ask("brief")


@test
def several_documents_are_described_at_once():
    case = Case(letter=LETTER, other=LETTER.replace("beat", "arrested"), note="Nothing happened.\n")
    case.describe("letter.txt", "o*.txt", "--publisher", "Selm Gazette")
    assert [r["publisher"] for r in case.rows("documents")] == ["Selm Gazette", None, "Selm Gazette"]
    assert case.query("SELECT count(*), count(DISTINCT run) FROM description") == [(2, 1)]


@test
def wrong_values_change_nothing():
    case = Case(letter=LETTER)
    for args in (("--date", "2012-02-30"), ("--date", "yesterday"), ("--language", "English"), ("--url", "not there"),
                 ("--title", ""), ("--title", "a\nb"), ("--title", "a\x1b[1m"), ("--publisher", "x" * 2001),
                 ("--clear", "name"), ("--clear", "date", "--date", "2012-03-01"), ()):
        refused(case, "letter.txt", *args)
    refused(case, "letter.txt", "--title", "good", "--date", "bad")
    assert "absent.txt" in refused(case, "absent.txt", "--title", "x")
    refused(case, "letter.txt", "absent*", "--title", "x")
    refused(case, "d99", "--title", "x")
    assert "which document" in refused(case, "--title", "x")
    assert case.row()["title"] == "A letter" and "sound" in case.ask("check")


@test
def what_is_said_may_hold_anything_that_is_text():
    case = Case(letter=LETTER)
    words = "'; DROP TABLE description; -- ünï \U0001F30A"
    case.describe("letter.txt", "--title", words, "--url", "https://example.org/a?b=c", "--language", "fa",
                  "--why", words, by=words)
    assert case.row()["title"] == words
    assert f'{words} described it: title {words}: "{words}"' in case.ask("history", "letter.txt")
    case.ask("verify")


# --- its life -----------------------------------------------------------------------

@test
def days_are_counted_anew_from_the_day_described():
    case = Case(letter=LETTER)
    assert case.rows("claims")[0]["time"]["from"] == "2012-02-20"
    out = case.describe("letter.txt", "--date", "2012-03-01")
    assert "counted from this day:\n  attest read --again --case " in out, out
    assert "read --again" not in case.describe("letter.txt", "--publisher", "Selm Gazette")
    case.ask("read", "--again")
    [claim] = case.rows("claims")
    assert claim["time"]["from"] == "2012-02-27", claim
    assert (case.row()["date"], case.row()["version"]) == ("2012-03-01", 2)
    assert "counted from the document's date, 2012-03-01" in case.ask("explain", claim["id"])
    assert case.query("SELECT DISTINCT date, date_from FROM document") == [("2012-02-21", "head of the text")]


@test
def a_description_alone_makes_no_new_version():
    case = Case(letter=LETTER)
    case.describe("letter.txt", "--publisher", "Selm Gazette", "--title", "Another")
    case.ask("read", "--again")
    assert case.row()["version"] == 1


@test
def a_description_outlives_new_versions():
    case = Case(letter=LETTER)
    case.describe("letter.txt", "--date", "2012-03-01", "--clear", "publisher")
    (case.dir / "in" / "letter.txt").write_text(LETTER + "\nShe left on Tuesday for Brask.\n")
    case.ask("read", case.dir / "in")
    row = case.row()
    assert (row["version"], row["date"], row["publisher"]) == (2, "2012-03-01", None), row
    assert "2012-02-27" in [c["time"]["from"] for c in case.rows("claims") if c["time"]]
    case.describe("d1", "--date", "2012-05-01")
    assert case.row()["date"] == "2012-05-01"


@test
def history_tells_it_in_the_order_of_time():
    case = Case(letter=LETTER)
    case.describe("letter.txt", "--date", "2012-03-01", "--why", "the stamp")
    case.ask("read", "--again")
    case.describe("letter.txt", "--clear", "publisher", by="Eva Brask")
    lines = [line for line in case.ask("history", "d1").splitlines() if "sha256" not in line]
    assert len(lines) == 4 and "version 1" in lines[0] and "version 2" in lines[2], lines
    assert lines[1].endswith('  Ana Ruiz described it: date 2012-03-01: "the stamp"'), lines
    assert lines[3].endswith("  Eva Brask described it: publisher is not known"), lines


@test
def it_is_an_entry_of_the_log():
    case = Case(letter=LETTER)
    case.describe("letter.txt", "--date", "2012-03-01", "--title", "x")
    [(statement,)] = case.query("SELECT statement FROM entry ORDER BY id DESC LIMIT 1")
    assert "\nwhat description of d1\n" in statement and "description 2" in statement, statement
    case.ask("verify")


# --- the page -----------------------------------------------------------------------

@test
def the_page_describes_and_sees_it():
    case = Case(letter=LETTER)
    case.ask("index")
    with serving(case.path) as s:
        before = s.get("documents/d1")
        assert before["description_version"] == 1 and before["descriptions"] == []
        after = s.post("documents/d1/description", version=1, date="2012-03-01", publisher="Selm Gazette",
                       title=None, why="the stamp")
        assert (after["date"], after["date_from"]) == ("2012-03-01", "described by Ana Ruiz"), after
        assert (after["publisher"], after["title"], after["description_version"]) == ("Selm Gazette", None, 4)
        assert [(d["field"], d["value"], d["who"], d["why"]) for d in after["descriptions"]] == [
            ("title", None, "Ana Ruiz", "the stamp"), ("date", "2012-03-01", "Ana Ruiz", "the stamp"),
            ("publisher", "Selm Gazette", "Ana Ruiz", "the stamp")], after["descriptions"]
        s.prepare()
        assert s.get("facets")["facets"]["publisher"][0]["value"] == "Selm Gazette"
        assert s.list("claims", publisher="Selm Gazette") and not s.list("claims", publisher="The Courier")
        assert s.list("documents", find="gazette")[0]["date"] == "2012-03-01"
        assert s.list("sources")[0]["name"] == "Selm Gazette"
    assert case.row()["publisher"] == "Selm Gazette"


@test
def the_second_of_two_is_told():
    case = Case(letter=LETTER)
    case.ask("index")
    with serving(case.path) as ana:
        eva = ana.join("Eva Brask")
        ana.post("documents/d1/description", version=1, title="One")
        answer = eva.refused("documents/d1/description", 409, "conflict", version=1, title="Two")
        assert answer["current"]["title"] == "One", answer
        assert eva.post("documents/d1/description", version=2, title="Two")["title"] == "Two"
        for bad in {"date": "soon"}, {"title": 4}, {"url": "x y"}, {"language": "English"}:
            eva.refused("documents/d1/description", 400, "bad-request", **bad)
        eva.refused("documents/d9/description", 404, "not-found", title="x")


@test
def what_others_describe_meanwhile_is_counted():
    case = Case(letter=LETTER)
    case.ask("index")
    with serving(case.path) as s:
        case.describe("letter.txt", "--publisher", "Selm Gazette")
        s.get("pulse")
        s.wait_for(s.get("jobs")["items"][0])
        assert s.list("documents")[0]["publisher"] == "Selm Gazette"


@test
def nothing_is_described_where_nothing_may_be_changed():
    case = Case(letter=LETTER)
    case.ask("index")
    with serving(case.path, "--read-only", reviewer=None) as s:
        s.refused("documents/d1/description", 403, "read-only", title="x")
    with serving(case.path, reviewer=None) as s:
        s.refused("documents/d1/description", 403, "no-reviewer", title="x")


# --- where it stands, where it was found ------------------------------------------------

def boxed():
    case = Case(letter=LETTER)
    box = case.dir / "in" / "box"
    box.write_text(stranger.ARCHIVE)
    program = stranger.make_stranger(attest, case.dir / "bin")
    case.ask("read", box, program=program)
    return case, hashlib.sha256(box.read_bytes()).hexdigest()


def pages_of(case):
    return {c["id"]: (c["act"], c["milestones"]["page"]) for c in case.rows("claims") if "milestones" in c}


@test
def claims_tell_on_which_page_they_stand():
    case, _ = boxed()
    pages = pages_of(case)
    assert sorted(pages.values()) == [("liberty.arrest", "2"), ("liberty.release", "3"), ("violence.beat", "2")], pages
    [claim] = [c for c, page in pages.items() if page[1] == "3"]
    assert "stands at    page 3" in case.ask("show", claim) and "page 3" in case.ask("explain", claim)
    rows = {r["id"]: r for r in csv.DictReader(io.StringIO(case.ask("export", "--format", "csv"), newline=""))}
    assert rows[claim]["milestone"] == "page 3" and rows["c1"]["milestone"] == "", rows[claim]
    case.ask("index")
    with serving(case.path) as s:
        full = s.get(f"claims/{claim}")
        assert [(m["unit"], m["n"]) for m in full["milestones"]] == [("page", "3")], full["milestones"]
        document = s.get(f"documents/{full['document']['id']}")
        starts = [m["at"] for m in document["milestones"]]
        assert [document["text"][at:at + 6] for at in starts] == ["hostil", "Guards", "They r"], document


@test
def pages_outlive_another_reading():
    case, _ = boxed()
    before = pages_of(case)
    name = case.query("SELECT name FROM document WHERE container IS NOT NULL AND name LIKE '%minutes'")[0][0]
    case.describe(name, "--date", "2012-03-01")
    case.ask("read", "--again")
    assert sorted(pages_of(case).values()) == sorted(before.values())
    assert case.query("SELECT version, container IS NOT NULL FROM current_document WHERE name LIKE '%minutes'") == [
        (2, 1)]


@test
def a_document_tells_in_which_file_it_was_found():
    case, sha256 = boxed()
    found = {r["name"].rsplit("/")[-1]: r["container"] for r in case.rows("documents")}
    assert found == {"minutes": sha256, "note": sha256, "letter.txt": None}, found
    [name] = [r["name"] for r in case.rows("documents") if r["name"].endswith("minutes")]
    assert f"found in a file with sha256 {sha256}" in case.ask("history", name)
    [claim] = [c["id"] for c in case.rows("claims") if c.get("milestones", {}).get("page") == "3"]
    assert sha256 in case.ask("show", claim)
    [(statement,)] = case.query("SELECT e.statement FROM entry e JOIN document d ON d.id = e.document "
                                "WHERE d.name LIKE '%minutes'")
    assert f"\ncontainer {sha256}\n" in statement, statement
    case.ask("verify")


run_tests()
