"""Asks the API of `attest serve` for what it must refuse, and serves cases that a
stranger made.  TAP on standard output.

usage: test_api_hostile.py ATTEST EXAMPLES
"""
import contextlib
import json
import resource
import shutil
import sqlite3
import subprocess
import time

from served import attest, copy_case, environment, examples, make_case, run_tests, serving, test

made = make_case("tamarind", examples)


def fresh(*options, **rest):
    return serving(copy_case(made), *options, **rest)


# --- answers ----------------------------------------------------------------

@test
def every_letter_comes_back_as_json():
    letters = "".join(map(chr, [*range(1, 32), 34, 92, 127, 0x2028, 0x1f600]))
    with fresh() as s:
        id = s.list("claims")[0]["id"]
        kept = s.decide(id, "confirmed", why=f"x{letters}x")
        assert kept["readers"][0]["why"] == f"x{letters}x"
        s.post(f"claims/{id}/note", text="\x1f")
        assert s.get(f"claims/{id}")["notes"][0]["text"] == "\x1f"
        assert len(s.get("claims.json")) == len(s.list("claims"))


# --- bodies -----------------------------------------------------------------

@test
def members_of_another_kind_are_refused():
    with fresh() as s:
        id = s.list("claims")[0]["id"]
        for bad in ([1], {}, "1", 1.5, True):
            s.refused(f"claims/{id}/decision", 400, "bad-request", verdict="confirmed", version=bad)
            s.refused("claims/bulk", 400, "bad-request", verdict="confirmed", most=bad)
            s.refused("rulings/undo", 400, "bad-request", ruling=bad)
        for bad in (["2012-01-01"], {}, 5, False):
            s.refused(f"claims/{id}/correction", 400, "bad-request", time={"from": bad})
            s.refused(f"claims/{id}/correction", 400, "bad-request", time={"from": "2012-01-01", "to": bad})
        assert s.get(f"claims/{id}")["verdict"] == "open"


@test
def nobody_keeps_a_book_in_a_remark():
    book = "x" * 5000
    with fresh() as s:
        id = s.list("claims")[0]["id"]
        one, other = [p["id"] for p in s.list("parties", kind="person")[:2]]
        s.refused(f"claims/{id}/note", 400, "bad-request", text=book)
        s.refused("claims/bulk", 400, "bad-request", verdict="rejected", most=1000, why=book)
        s.refused("parties/merge", 400, "bad-request", one=one, other=other, why=book)
        s.refused("parties/split", 400, "bad-request", party=one, mentions=[one], why=book)


# --- questions --------------------------------------------------------------

@test
def a_question_of_thousands_is_refused():
    with fresh() as s:
        for path, terms in (("search", {"words": "a " * 10000}), ("search", {"words": f"\"{'a ' * 10000}\""}),
                            ("claims", {"text": "a-" * 10000}), ("claims", {"text": ["the"] * 100}),
                            ("claims", {"actor": ["the"] * 5000}), ("facets", {"event": ["e1"] * 500})):
            started = time.monotonic()
            assert s.get(path, 400, **terms)["error"]["code"] == "bad-request"
            assert time.monotonic() - started < 2, (path, terms)
        started = time.monotonic()
        s.refused("claims/bulk", 400, "bad-request", verdict="confirmed", most=1, filter="text=" + "a+" * 400000)
        assert time.monotonic() - started < 5
        assert s.get("search", words="the " * 64)["total"] == s.get("search", words="the")["total"] > 0
        assert s.get("claims", act=["violence"] * 200)["total"] == s.get("claims", act="violence")["total"] > 0


# --- what fails --------------------------------------------------------------

@test
def what_could_not_be_written_leaves_nothing():
    with fresh() as s:
        pid, limit = s.process.pid, resource.RLIMIT_FSIZE
        id = s.list("claims")[0]["id"]
        one, other = [p["id"] for p in s.list("parties", kind="person")[:2]]
        s.decide(id, "confirmed")
        before = resource.prlimit(pid, limit)
        resource.prlimit(pid, limit, (0, before[1]))
        s.refused("parties/merge", 500, "broken", one=one, other=other, why="x")
        s.refused(f"claims/{id}/decision", 500, "broken", verdict="rejected", why="x")
        s.refused(f"claims/{id}/note", 500, "broken", text="x")
        resource.prlimit(pid, limit, before)
        assert s.post("undo")["claim"]["verdict"] == "open"
        s.refused("undo", 404, "not-found")
        assert s.decide(id, "rejected", why="x")["verdict"] == "rejected"


@test
def nothing_is_kept_in_a_case_that_is_not_there():
    case = copy_case(made)
    aside = case.with_name("aside")
    with serving(case) as s:
        id = s.list("claims")[0]["id"]
        s.decide(id, "confirmed")
        case.rename(aside)
        s.refused(f"claims/{id}/decision", 500, "broken", verdict="rejected", why="x")
        shutil.copy(made, case)
        s.refused(f"claims/{id}/decision", 500, "broken", verdict="rejected", why="x")
        s.refused("undo", 500, "broken")
        assert s.get(f"claims/{id}")["verdict"] == "confirmed"
        aside.replace(case)
        assert s.decide(id, "rejected", why="x")["verdict"] == "rejected"


# --- a stranger's case -------------------------------------------------------

def change(case, *statements):
    """Does to a case what its triggers refuse."""
    with contextlib.closing(sqlite3.connect(case)) as c, c:
        triggers = c.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            c.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert c.execute(statement).rowcount, statement
        for _, sql in triggers:
            c.execute(sql)


@test
def a_body_outside_of_its_text_is_damage():
    case = copy_case(made)
    change(case, "UPDATE document SET body_stop = 4000000000 WHERE id = 1")
    with serving(case) as s:
        assert "damaged" in s.get("documents/d1", 500)["error"]["message"]
        assert s.get("documents/d2")["id"] == "d2"


@test
def rows_beyond_an_index_are_told():
    last = "(SELECT max(id) FROM document)"
    for table, by in (("claim", 5000000000), ("claim", -100000), ("referent", 2 ** 32), ("sentence", 2 ** 40)):
        case = copy_case(made)
        change(case, f"UPDATE document SET first_{table} = first_{table} + {by} WHERE id = {last}",
               f"UPDATE {table} SET id = id + {by} WHERE document = {last}",
               *([f"UPDATE claim SET sentence = sentence + {by} WHERE document = {last}"] * (table == "sentence")))
        counted = subprocess.run([attest, "index", "--case", case], capture_output=True, env=environment)
        assert counted.returncode and b"than an index can hold" in counted.stderr, (table, by, counted)


@test
def damage_is_told_wherever_it_is():
    asked = ["overview", "claims", "events", "queue", "claims/c1", "events/e1", "documents/d1", "parties/p1",
             "parties/p1/compare?with=p2", "search?words=the"]
    for statement in ("UPDATE document_text SET text = 'x'", "UPDATE claim SET words = 'x'",
                      "UPDATE sentence SET stop = 4000000000", "UPDATE figure SET value = 9e999",
                      "UPDATE claim SET confidence = 1000000000000"):
        case = copy_case(made)
        change(case, statement)
        with serving(case) as s:
            for path in asked:
                status, _, body = s.send("GET", f"/api/v1/{path}", {"Cookie": s.cookie})
                assert status == (500 if "error" in json.loads(body) else 200), (statement, path, status)
            status, headers, body = s.send(
                "POST", "/api/v1/parties/split", {"Cookie": s.cookie, "Content-Type": "application/json"},
                json.dumps({"party": "p1", "mentions": ["p1"], "why": "x"}))
            assert status in (200, 500) and json.loads(body), (statement, status)


@test
def claims_that_replace_each_other_end():
    case = copy_case(made)
    with serving(case) as s:
        id = s.list("claims")[0]["id"]
        new = s.post(f"claims/{id}/correction", negative=True)["id"]
        s.post(f"claims/{new}/note", text="x")
    change(case, f"UPDATE claim SET replaces = {new[1:]} WHERE id = {id[1:]}",
           f"INSERT INTO correction (claim, why) VALUES ({id[1:]}, 'x')")
    counted = subprocess.run([attest, "index", "--case", case], capture_output=True, env=environment, timeout=60)
    assert counted.returncode == 0, counted
    with serving(case) as s:
        s.get("claims/c2/history")


run_tests()
