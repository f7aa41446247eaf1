"""The chain of custody: whatever is changed, dropped or put elsewhere in a case is
found by `attest verify`; receipts hold without the case.  TAP on standard output.

usage: test_custody.py ATTEST EXAMPLES CHECK_RECEIPT
"""
import contextlib
import hashlib
import json
import pathlib
import shutil
import sqlite3
import stat
import struct
import subprocess
import sys
import tempfile
import time

import stranger
from older import take_back_to_four
from served import attest, environment, examples, run_tests, scratch, serving, test

checker = sys.argv[3]
environment["XDG_CONFIG_HOME"] = str(scratch / "config")
letters = pathlib.Path(examples, "letters")


def call(command, case, *args, program=attest):
    """-> exit status, standard output, standard error"""
    done = subprocess.run([program, command, "--case", case, *args], capture_output=True,
                          env=environment, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def ask(command, case, *args, **rest):
    status, out, err = call(command, case, *args, **rest)
    assert status == 0 and not err, (command, args, status, out, err)
    return out


def head_of(case):
    return ask("verify", case).split()[-1]


def make_full():
    """A case with rows in every table."""
    case = scratch / "full.attest"
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    story = folder / "story.txt"
    story.write_text("About 40 soldiers arrested Ana Ruiz, a 'terrorist', in Port Selm on 3 May 2019, "
                     "the Ministry of Justice (MJ) said.\n")
    ask("read", case, letters, pathlib.Path(examples, "press"), story)
    with serving(case) as s:
        s.prepare()
        claims = [c["id"] for c in s.list("claims", verdict="open")]
        s.decide(claims[0], "confirmed", why="as it stands there")
        s.decide(claims[0], "rejected", why="no")
        s.post("undo")
        new = s.post(f"claims/{claims[1]}/correction", negative=True, why="denied")["id"]
        s.post("undo")
        s.post(f"claims/{claims[2]}/correction", negative=True, why="denied")
        s.post(f"claims/{claims[3]}/note", text="ask again")
        s.post(f"claims/{claims[3]}/second", asked=True)
        s.post("claims/bulk", filter="act=liberty", most=1000, verdict="confirmed")
        one, other, *_ = [e["id"] for e in s.list("events")]
        s.post("events/merge", one=one, other=other, why="one raid")
        s.post("parties/merge", one=s.list("parties")[0]["id"], other=s.list("parties")[1]["id"],
               why="one letter")
        assert new
    (folder / "boxed").write_text(stranger.ARCHIVE)
    ask("read", case, folder / "boxed", program=stranger.make_stranger(attest, folder / "bin"))
    ask("describe", case, story, "--date", "2019-05-09", "--clear", "url", "--why", "the stamp", "--by", "Ana Ruiz")
    story.write_text(story.read_text() + "\nHe left.\n")
    ask("read", case, story)
    ask("export", case, "--format", "csv")
    return case


full = make_full()


def copy_of(case):
    to = pathlib.Path(tempfile.mkdtemp(dir=scratch)) / case.name
    shutil.copy(case, to)
    return to


@contextlib.contextmanager
def forging(case):
    """A copy of it as one sees it who can write to the file."""
    to = copy_of(case)
    db = sqlite3.connect(to)
    db.execute("PRAGMA ignore_check_constraints = ON")
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    yield to, db
    db.commit()
    db.close()


def tables_of(case):
    """name -> (columns, how many of them are the key)"""
    with contextlib.closing(sqlite3.connect(case)) as db:
        names = [n for n, in db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND "
                                        "type = 'table' AND name NOT LIKE 'sqlite%'")]
        return {name: db.execute(f"SELECT name, type, pk FROM pragma_table_info('{name}')").fetchall()
                for name in sorted(names)}


def flipped(value, kind, is_key):
    if value is None:
        return {"TEXT": "x", "INTEGER": 1, "REAL": 1.0, "BLOB": b"x"}[kind]
    if isinstance(value, int):
        return value + 1000000 if is_key else value ^ 1
    if isinstance(value, float):
        [bits] = struct.unpack("<q", struct.pack("<d", value))
        return struct.unpack("<d", struct.pack("<q", bits ^ 1))[0]
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"


def must_be_found(case, what):
    status, out, err = call("verify", case)
    assert status == 1 and not err, (what, status, out, err)
    return out


# --- what is changed ----------------------------------------------------------

@test
def a_case_holds_that_nobody_touched():
    out = ask("verify", full)
    with contextlib.closing(sqlite3.connect(full)) as db:
        [(entries,)] = db.execute("SELECT count(*) FROM entry").fetchall()
        for name in tables_of(full):
            assert db.execute(f"SELECT 1 FROM {name}").fetchone(), f"nothing to test in {name}"
    assert f"entries  {entries}\n" in out
    assert "sound" in ask("check", full)


@test
def a_flip_in_any_column_is_found():
    tried = 0
    for table, columns in tables_of(full).items():
        for column, kind, pk in columns:
            with forging(full) as (case, db):
                row = db.execute(f"SELECT rowid, {column} FROM {table} ORDER BY {column} IS NULL LIMIT 1"
                                 if "rowid" in how_keyed(db, table) else
                                 f"SELECT {how_keyed(db, table)}, {column} FROM {table} "
                                 f"ORDER BY {column} IS NULL LIMIT 1").fetchone()
                where = " AND ".join(f"{k} = ?" for k in how_keyed(db, table).split(", "))
                db.execute(f"UPDATE {table} SET {column} = ? WHERE {where}",
                           (flipped(row[-1], kind, pk), *row[:-1]))
                assert db.total_changes == 1, (table, column)
            must_be_found(case, (table, column))
            tried += 1
    assert tried > 145, tried


def how_keyed(db, table):
    [(sql,)] = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchall()
    if "WITHOUT ROWID" not in sql:
        return "rowid"
    return ", ".join(n for n, in db.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0"))


@test
def a_missing_row_is_found():
    for table in tables_of(full):
        for order in "", "DESC":
            with forging(full) as (case, db):
                keys = how_keyed(db, table)
                db.execute(f"DELETE FROM {table} WHERE ({keys}) IN (SELECT {keys} FROM {table} ORDER BY "
                           + ", ".join(f"{k} {order}" for k in keys.split(", ")) + " LIMIT 1)")
                assert db.total_changes == 1
            must_be_found(case, (table, order))


@test
def a_row_too_many_is_found():
    for table in tables_of(full):
        with forging(full) as (case, db):
            [first, *rest] = [name for name, _, _ in tables_of(full)[table]]
            unique = {"sha256", "name", "key", "code"} & set(rest)
            values = ", ".join(f"{c} || 'x'" if c in unique else c for c in rest)
            db.execute(f"INSERT INTO {table} SELECT (SELECT max({first}) + 1 FROM {table}), {values} "
                       f"FROM {table} LIMIT 1")
        must_be_found(case, table)


@test
def rows_that_change_places_are_found():
    for table, columns in tables_of(full).items():
        with forging(full) as (case, db):
            if how_keyed(db, table) != "rowid":
                continue
            first = columns[0][0]
            keys = [k for k, in db.execute(f"SELECT {first} FROM {table} ORDER BY 1 LIMIT 2")]
            if len(keys) < 2:
                continue
            for old, new in (keys[0], 10 ** 9), (keys[1], keys[0]), (10 ** 9, keys[1]):
                db.execute(f"UPDATE {table} SET {first} = ? WHERE {first} = ?", (new, old))
        must_be_found(case, table)


@test
def the_first_that_does_not_hold_is_named():
    with forging(full) as (case, db):
        [(entry, claim, document)] = db.execute(
            "SELECT e.id, c.id, d.name FROM entry e JOIN document d ON d.id = e.document JOIN claim c ON "
            "c.id = d.first_claim + 1 ORDER BY e.id LIMIT 1 OFFSET 2").fetchall()
        db.execute("UPDATE claim SET negative = 1 - negative WHERE id = ?", (claim,))
        db.execute("UPDATE note SET words = 'x'")
    out = must_be_found(case, "a claim")
    assert f"entry {entry} " in out and document in out and "claims c" in out, out
    with forging(full) as (case, db):
        [(entry, claim)] = db.execute("SELECT e.id, n.claim FROM entry e, note n WHERE e.statement LIKE "
                                      "'%what note on c' || n.claim || '%'").fetchall()
        db.execute("UPDATE note SET words = 'x'")
    out = must_be_found(case, "a note")
    assert f"entry {entry} (note on c{claim}, " in out, out


@test
def bytes_after_a_statement_are_found():
    with forging(full) as (case, db):
        db.execute("UPDATE entry SET statement = statement || char(0) || 'x' WHERE id = 2")
    assert "entry 2 " in must_be_found(case, "NUL")


# --- the log --------------------------------------------------------------------

@test
def a_log_that_is_cut_short_is_found():
    for dropped in 1, 3:
        with forging(full) as (case, db):
            db.execute("DELETE FROM entry WHERE id > (SELECT max(id) FROM entry) - ?", (dropped,))
        assert "ends too early" in must_be_found(case, dropped)


@test
def a_log_rewritten_whole_differs_from_its_head():
    """Also rows and entries that are dropped together: only who knows the head sees that."""
    case = copy_of(full)
    before = head_of(case)
    assert call("verify", case, "--head", before)[0] == 0
    ask("export", case, "--format", "text")
    after = head_of(case)
    assert call("verify", case, "--head", before)[0] == 0, "the log may grow"
    with forging(case) as (cut, db):
        db.execute("DELETE FROM log WHERE id = (SELECT max(id) FROM log)")
        db.execute("DELETE FROM run WHERE id = (SELECT max(id) FROM run)")
        db.execute("DELETE FROM entry WHERE id = (SELECT max(id) FROM entry)")
    assert head_of(cut) == before
    status, out, _ = call("verify", cut, "--head", after)
    assert status == 1 and "it had" in out, out
    size, root = before.split(":")
    status, out, _ = call("verify", case, "--head", f"{size}:{'0' * 64}")
    assert status == 1 and "rewritten" in out
    for bad in "x", "12", f"{size}:", f"{size}:{root}0", f":{root}":
        assert call("verify", case, "--head", bad)[0] == 2, bad


@test
def a_case_without_a_log_does_not_hold():
    with forging(full) as (case, db):
        db.execute("DELETE FROM entry")
    assert "ends too early" in must_be_found(case, "no entries")


@test
def each_deed_is_an_entry():
    with contextlib.closing(sqlite3.connect(full)) as db:
        said = "\n".join(s for s, in db.execute("SELECT statement FROM entry"))
    for what in ("beginning of the case", "reading of d1\n", "decision on c", "correction of c", "note on c",
                 "second reader for c", "ruling on p", "ruling on the events of c", "description of d", "export\n", "read\n"):
        assert f"what {what}" in said, what


@test
def what_cannot_be_written_to_is_handed_out():
    case = copy_of(full)
    case.chmod(0o444)
    case.parent.chmod(0o555)
    status, out, err = call("export", case, "--format", "csv")
    case.parent.chmod(0o755)
    assert status == 0 and out
    assert not err or "not in the case's log" in err, err  # root may write all the same


@test
def downloads_are_entries():
    case = copy_of(full)
    ask("index", case)
    for options in (), ("--read-only",):
        with serving(case, *options, reviewer=None) as s:
            s.load("claims.csv", act="liberty")
    with contextlib.closing(sqlite3.connect(case)) as db:
        told = [json.loads(p) for p, in db.execute("SELECT particulars FROM log WHERE what = 'export'")]
    assert [t["file"] for t in told if "file" in t] == ["claims.csv"] and told[-1]["rows"] > 0, told
    ask("verify", case)


# --- originals --------------------------------------------------------------------

@test
def bytes_are_kept_as_received():
    with contextlib.closing(sqlite3.connect(full)) as db:
        for name, sha256, kept, size in db.execute(
                "SELECT d.name, d.sha256, o.sha256, o.size FROM document d LEFT JOIN original o USING (sha256)"):
            assert sha256 == kept, name
            path = pathlib.Path(name)
            if path.name != "story.txt" and path.exists():
                content = path.read_bytes()
                assert hashlib.sha256(content).hexdigest() == sha256 and len(content) == size


@test
def bytes_are_left_where_they_are_if_asked():
    case = scratch / "bare.attest"
    ask("read", case, "--no-originals", letters)
    with contextlib.closing(sqlite3.connect(case)) as db:
        assert db.execute("SELECT count(*) FROM original").fetchone() == (0,)
    ask("verify", case)
    assert "not in the case" in ask("history", case, "d1")


# --- receipts ---------------------------------------------------------------------

def check(receipt, *args):
    path = scratch / "receipt.json"
    path.write_text(receipt)
    done = subprocess.run([sys.executable, checker, path, *args], capture_output=True, timeout=60)
    return done.returncode == 0


@test
def receipts_hold_without_the_case():
    with contextlib.closing(sqlite3.connect(full)) as db:
        documents = db.execute("SELECT id, name FROM document ORDER BY id").fetchall()
    for id, name in documents:
        receipt = ask("receipt", full, f"d{id}")
        assert check(receipt), id
        if name.endswith("/boxed/minutes"):
            boxed = pathlib.Path(name).parent
            assert f"\ncontainer {hashlib.sha256(boxed.read_bytes()).hexdigest()}\n" in json.loads(receipt)["statement"]
        if pathlib.Path(name).parent == letters:
            assert check(receipt, name) and check(ask("receipt", full, name), name)
            assert not check(receipt, __file__)
    head = json.loads(receipt)["head"]
    size, root = head_of(full).split(":")
    assert f"size {size}\nroot {root}\n" in head


@test
def a_forged_receipt_does_not_hold():
    receipt = json.loads(ask("receipt", full, "d2"))
    path = receipt["path"]
    forged = {
        "statement": [receipt["statement"].replace("d2", "d3"), receipt["statement"] + "x"],
        "index": [0, receipt["index"] + 1, -1, 10 ** 6],
        "path": [path[1:], path[:-1], path[::-1], path + path[:1], []],
        "head": [receipt["head"].replace("size ", "size 1"), receipt["head"].replace("signed 2", "signed 1")],
        "signature": ["00" * 64, receipt["signature"][::-1]],
        "key": ["11" * 32],
    }
    assert check(json.dumps(receipt)) and check(json.dumps(receipt), letters / "absent") is False
    for name, values in forged.items():
        for value in values:
            assert not check(json.dumps({**receipt, name: value})), (name, value)


@test
def no_receipt_is_given_of_a_changed_log():
    for change in ("UPDATE entry SET statement = replace(statement, 'sha256 ', 'sha256 0')",
                   "UPDATE entry SET hash = x'00'", "DELETE FROM entry WHERE id = 1"):
        with forging(full) as (case, db):
            db.execute(change)
        status, out, err = call("receipt", case, "d1")
        assert status == 2 and not out and "attest verify" in err, (change, err)


@test
def the_key_is_the_owners_only():
    key = scratch / "config" / "attest" / "custody.key"
    ask("receipt", full, "d1")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [p.name for p in key.parent.iterdir()] == [key.name]
    public = json.loads(ask("receipt", full, "d1"))["key"]
    assert public == json.loads(ask("receipt", full, "d2"))["key"]
    key.chmod(0o644)
    status, out, err = call("receipt", full, "d1")
    assert status == 2 and not out and "chmod 600" in err, err
    key.chmod(0o600)
    whole = key.read_text()
    for bad in "", whole[:-1], whole + "00", "x" * 64:
        key.write_text(bad)
        status, out, err = call("receipt", full, "d1")
        assert status == 2 and not out and "no key" in err, (bad, err)
    key.write_text(whole + "\n")
    assert json.loads(ask("receipt", full, "d1"))["key"] == public
    assert call("receipt", full, "d99999")[0] == 1 and call("receipt", full, "absent.txt")[0] == 1


# --- older cases ------------------------------------------------------------------

@test
def a_log_goes_on_in_a_newer_schema():
    case = scratch / "grown.attest"
    ask("read", case, letters)
    head = head_of(case)
    with forging(case) as (old, db):
        take_back_to_four(db)
    status, out, err = call("verify", old)
    assert status == 2 and "brings it up to date" in err, err
    ask("describe", old, "d1", "--title", "A letter")
    size, _ = head.split(":")
    assert ask("verify", old, "--head", head).split()[-1].startswith(f"{int(size) + 1}:")
    with contextlib.closing(sqlite3.connect(old)) as db:
        assert db.execute("SELECT title FROM current_document WHERE id = 1").fetchall() == [("A letter",)]


@test
def older_cases_say_since_when():
    with forging(full) as (case, db):
        take_back_to_four(db)
        db.execute("DROP TABLE entry")
        db.execute("DROP TABLE original")
        db.execute("PRAGMA user_version = 3")
    story = case.parent / "new.txt"
    story.write_text("Guards beat Emil Zander.\n")
    ask("read", case, story)
    with contextlib.closing(sqlite3.connect(case)) as db:
        [(first,)] = db.execute("SELECT statement FROM entry WHERE id = 1").fetchall()
        [(since,)] = db.execute("SELECT at FROM run ORDER BY id DESC LIMIT 1").fetchall()
    assert "what taking over of a case that kept no log\n" in first
    assert f"since {since[:15]}" in ask("verify", case)
    assert check(ask("receipt", case, "d1")) and check(ask("receipt", case, str(story)), story)
    for change in ("UPDATE claim SET negative = 1 - negative WHERE id = 1",
                   "UPDATE document SET name = 'x' WHERE id = 2", "UPDATE run SET at = 'x' WHERE id = 1"):
        with forging(case) as (copy, db):
            db.execute(change)
        assert "entry 1 " in must_be_found(copy, change)


# --- lives ------------------------------------------------------------------------

@test
def a_life_is_told_in_words():
    with contextlib.closing(sqlite3.connect(full)) as db:
        [(noted,)] = db.execute("SELECT claim FROM note").fetchall()
        [(old, new)] = db.execute("SELECT c.replaces, c.id FROM claim c JOIN correction x ON x.claim = c.id "
                                  "WHERE x.undoes IS NULL AND NOT EXISTS "
                                  "(SELECT 1 FROM correction u WHERE u.undoes = c.id)").fetchall()
    out = ask("history", full, f"c{noted}")
    assert "attest read" in out and f'Ana Ruiz noted on c{noted}: "ask again"' in out, out
    assert "asked for a second reader" in out
    out = ask("history", full, f"c{old}")
    assert f"corrected c{old}: it is c{new} now" in out and out == ask("history", full, f"c{new}"), out
    with contextlib.closing(sqlite3.connect(full)) as db:
        [(name,)] = db.execute("SELECT name FROM document WHERE version = 2").fetchall()
    out = ask("history", full, name)
    assert "version 1 of" in out and "version 2 of" in out and "entry 2 " not in out.split("\n")[-1], out
    for absent in "c99999", "d99999", "absent.txt":
        status, out, err = call("history", full, absent)
        assert status == 1 and not out and absent in err, (status, out, err)


# --- speed ------------------------------------------------------------------------

@test
def a_decision_stays_fast():
    with serving(copy_of(full)) as s:
        s.prepare()
        claims = [c["id"] for c in s.list("claims")][:40]
        took = []
        for claim in claims:
            began = time.monotonic()
            s.post(f"claims/{claim}/note", text="x")
            took.append(time.monotonic() - began)
        assert sorted(took)[len(took) // 2] < 0.5, sorted(took)


run_tests()
