"""Asks the API of `attest serve` as scripts do: docs/api.md is the contract.
TAP on standard output.

usage: test_api.py ATTEST EXAMPLES
"""
import csv
import http.client
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

from tap import run_tests

attest, examples = map(os.path.abspath, sys.argv[1:3])
tests = []

NASTY = "<script>alert(1)</script> & \"Ana\""
STORY = f"""Title: {NASTY}
Date: 2019-05-06
Publisher: A/B <b>Radio</b>

🕊🕊 مرحبا. The Free Radio said on Monday that soldiers had arrested Ana Ruiz and beaten her in Port Selm. \
The ministry denied it. =HYPERLINK("x") was written on the wall. Somebody arrested </script><img src=x> Omar Deen in Port Selm.
"""


def test(function):
    tests.append(function)
    return function


class Server:
    """A server of a case, and a session with it."""

    def __init__(self, *paths):
        self.dir = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.case = self.dir / "case.attest"
        self.attest("read", *paths)
        self.attest("index")
        self.process = subprocess.Popen(
            [attest, "serve", "--no-browser", "--read-only", "--port", "0", "--case", self.case],
            stdout=subprocess.PIPE, env=environment)
        link = re.search(r"http://([^/]+)(/\S*)", self.process.stdout.readline().decode())
        self.host, path = link.groups()
        status, headers, _ = self.fetch(path, {})
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def attest(self, command, *args):
        subprocess.run([attest, command, "--case", self.case, *args], check=True,
                       capture_output=True, env=environment, timeout=200)

    def fetch(self, path, headers):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def ask(self, path, status=200, **terms):
        """The answer's JSON; terms are the query's."""
        got, _, body = self.fetch(self.address(path, terms), {"Cookie": self.cookie})
        assert got == status, (path, terms, got, body[:300])
        return json.loads(body)

    def load(self, path, **terms):
        """A file's bytes."""
        got, headers, body = self.fetch(self.address(path, terms), {"Cookie": self.cookie})
        assert got == 200 and "attachment" in headers["Content-Disposition"], (path, got)
        return body.decode()

    @staticmethod
    def address(path, terms):
        return f"/api/v1/{path}" + (f"?{urllib.parse.urlencode(terms, doseq=True)}" if terms else "")

    def refused(self, path, status, **terms):
        error = self.ask(path, status, **terms)["error"]
        assert error["code"] and error["message"], error
        return error

    def end(self):
        self.process.terminate()
        self.process.wait(20)


def has(thing, *names):
    missing = [name for name in names if name not in thing]
    assert not missing, (missing, thing)


def pages_agree(path, **terms):
    """The list by pages is the list."""
    whole = ex.ask(path, limit=200, **terms)
    assert whole["offset"] == 0 and len(whole["items"]) == min(200, whole["total"])
    parts = []
    while len(parts) < len(whole["items"]):
        part = ex.ask(path, limit=7, offset=len(parts), **terms)
        assert part["total"] == whole["total"] and part["items"], (path, len(parts))
        parts += part["items"]
    assert parts[:len(whole["items"])] == whole["items"], path
    beyond = ex.ask(path, offset=2 ** 40, **terms)
    assert beyond["items"] == [] and beyond["total"] == whole["total"]
    ex.refused(path, 400, limit=0, **terms)
    ex.refused(path, 400, limit=201, **terms)
    ex.refused(path, 400, offset=-1, **terms)
    ex.refused(path, 400, offset="x", **terms)
    return whole["items"]


def cut(text, spans):
    return [text[a:b] for a, b in spans]


def party(words, kind=""):
    return ex.ask("parties", find=words, kind=kind)["items"][0]


# --- documents --------------------------------------------------------------

@test
def documents_are_listed():
    items = pages_agree("documents")
    assert len(items) == 15
    for one in items:
        has(one, "id", "name", "title", "date", "publisher", "language", "claims", "open",
            "copy_of", "notes")
        assert isinstance(one["notes"], list) and one["open"] <= one["claims"]
    assert [d["name"] for d in items] == sorted(d["name"] for d in items)
    dates = [d["date"] for d in ex.ask("documents", sort="-date")["items"] if d["date"]]
    assert dates == sorted(dates, reverse=True)
    claims = [d["claims"] for d in ex.ask("documents", sort="-claims")["items"]]
    assert claims == sorted(claims, reverse=True)
    assert all("press/" in d["name"] for d in ex.ask("documents", find="PRESS/")["items"])
    assert len([d for d in items if d["copy_of"]]) == 3
    ex.refused("documents", 400, sort="size")


@test
def a_document_is_told_in_full():
    for short in ex.ask("documents")["items"]:
        d = ex.ask(f"documents/{short['id']}")
        text = d["text"]
        assert len(d["claims"]) == short["claims"]
        assert d["versions"][-1]["id"] == d["id"] and len(d["sha256"]) == 64
        for a, b in d["sentences"]:
            assert 0 <= a < b <= len(text)
        for c in d["claims"]:
            full = next(iter(cut(text, c["trigger"])))
            assert full.strip() == full and full, c
            assert set(c["roles"]) == {"actor", "target", "place", "origin", "destination"}
            assert c["from"] <= c["trigger"][0][0] < c["to"]
        for m in d["mentions"]:
            assert m["kind"] in ("person", "group", "place") and all(cut(text, m["spans"]))
            ex.ask(f"parties/{m['party']}")
        for a in d["attributions"]:
            has(a, "source", "cue", "content")
    for id in ("d999", "p1", "d", "dx", "d1x", "d0", "d99999999999999999999"):
        ex.refused(f"documents/{id}", 404)


@test
def positions_count_code_points():
    [d] = story.ask("documents")["items"]
    d = story.ask(f"documents/{d['id']}")
    assert d["text"] == STORY.rstrip("\n") or d["text"] == STORY, d["text"]
    beat = [c for c in d["claims"] if c["act"] == "violence.beat"]
    assert cut(d["text"], beat[0]["trigger"]) == ["beaten"], beat
    assert any(cut(d["text"], m["spans"])[0] == "Ana Ruiz" for m in d["mentions"]), d["mentions"]
    [hit] = story.ask("search", words="beaten")["items"]
    a, b = hit["words"][0]
    assert hit["sentence"][a:b] == "beaten"
    assert d["text"][hit["from"]:].startswith(hit["sentence"])
    assert beat[0]["id"] in hit["claims"]


@test
def markup_stays_as_it_is():
    [d] = story.ask("documents")["items"]
    assert d["title"] == NASTY and d["publisher"] == "A/B <b>Radio</b>"
    assert "</script><img src=x>" in story.ask(f"documents/{d['id']}")["text"]
    sources = story.ask("sources")["items"]
    assert any(s["id"] == "n:A/B <b>Radio</b>" for s in sources), sources


@test
def an_old_version_leads_to_the_newest():
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    (folder / "a.txt").write_text("Soldiers arrested Ana Ruiz.\n")
    server = Server(folder)
    server.end()
    old = server
    (folder / "a.txt").write_text("Soldiers beat Ana Ruiz.\n")
    subprocess.run([attest, "read", "--case", old.case, folder], check=True,
                   capture_output=True, env=environment)
    again = Server.__new__(Server)
    again.case = old.case
    again.attest("index")
    again.process = subprocess.Popen(
        [attest, "serve", "--no-browser", "--read-only", "--port", "0", "--case", old.case],
        stdout=subprocess.PIPE, env=environment)
    again.host, path = re.search(
        r"http://([^/]+)(/\S*)", again.process.stdout.readline().decode()).groups()
    again.cookie = again.fetch(path, {})[1]["Set-Cookie"].split(";")[0]
    try:
        d = again.ask("documents/d1")
        assert d["id"] == "d2" and [v["id"] for v in d["versions"]] == ["d1", "d2"], d["versions"]
    finally:
        again.end()


# --- parties ------------------------------------------------------------------

@test
def parties_are_listed():
    items = pages_agree("parties")
    for one in items:
        has(one, "id", "kind", "name", "names", "documents", "acting", "suffering", "saying",
            "happening", "first_year", "last_year", "place")
    documents = [p["documents"] for p in items]
    assert documents == sorted(documents, reverse=True)
    for kind in ("person", "group", "place"):
        assert all(p["kind"] == kind for p in pages_agree("parties", kind=kind))
    names = [p["name"].lower() for p in pages_agree("parties", sort="name")]
    assert names == sorted(names)
    for key in ("acting", "suffering", "saying"):
        counts = [p[key] for p in ex.ask("parties", sort=f"-{key}")["items"]]
        assert counts == sorted(counts, reverse=True)
    assert party("TEODOR")["name"] == "Teodor Brask"
    ex.refused("parties", 400, kind="animal")
    ex.refused("parties", 400, sort="x")


@test
def a_party_is_told_in_full():
    id = party("Teodor Brask")["id"]
    p = ex.ask(f"parties/{id}")
    has(p, "genders", "latitude", "longitude", "where", "may_be", "labels", "timeline",
        "claims_by", "claims_on", "claims_of", "claims", "support", "contested", "perhaps",
        "rulings", "mentions")
    assert {n["name"] for n in p["names"]} == {"Teodor Brask", "Theodor Brasc"}
    for n in p["names"]:
        assert n["documents"] and n["mentions"] and n["users"]
    assert len(p["claims"]["by"]) == min(10, p["claims_by"])
    assert all(c["actor"]["party"] == id for c in p["claims"]["by"])
    assert all(c["target"]["party"] == id for c in p["claims"]["on"])
    assert all(c["source"]["id"] == id for c in p["claims"]["of"])
    assert set(p["support"]) == {"single", "several", "contested", "denied"}
    assert len(p["contested"]) == min(5, p["support"]["contested"])
    for m in p["mentions"]:
        assert ex.ask(f"parties/{m['id']}")["id"] == id
    for bad in ("p9999", "c1", "p", "p-1"):
        ex.refused(f"parties/{bad}", 404)


@test
def ties_lead_to_nodes():
    id = party("Teodor Brask")["id"]
    ties = ex.ask(f"parties/{id}/ties")
    nodes = {n["id"] for n in ties["nodes"]}
    assert ties["nodes"][0]["id"] == id and len(nodes) > 1
    for link in ties["links"]:
        assert link["from"] in nodes and link["to"] in nodes and link["from"] != link["to"]
        assert sum(a["count"] for a in link["acts"]) <= link["count"]
    ex.refused("parties/p9999/ties", 404)


@test
def two_are_compared():
    for one in pages_agree("proposals")[:3]:
        both = ex.ask(f"parties/{one['one']['id']}/compare", **{"with": one["other"]["id"]})
        assert both["one"]["id"] == one["one"]["id"] and both["other"]["id"] == one["other"]["id"]
        assert both["score"] == one["score"] and both["reasons"] == one["reasons"]
        assert all(r["words"] and isinstance(r["weight"], (int, float)) for r in both["reasons"])
        has(both["shared"], "parties", "documents")
    ex.refused("parties/p1/compare", 400)
    ex.refused("parties/p1/compare", 404, **{"with": "p9999"})


@test
def proposals_are_listed():
    items = pages_agree("proposals")
    scores = [p["score"] for p in items]
    assert items and scores == sorted(scores, reverse=True)
    assert all(p["one"]["id"] != p["other"]["id"] for p in items)
    ex.refused("proposals", 400, kind="x")


# --- sources ------------------------------------------------------------------

@test
def sources_are_listed():
    items = pages_agree("sources")
    claims = [s["claims"] for s in items]
    assert claims == sorted(claims, reverse=True)
    for s in items:
        has(s, "id", "name", "kind", "claims", "documents", "publishers", "about")
        assert s["kind"] in ("person", "group", "publisher", "document", "described", "unnamed")
        assert s["documents"] <= s["claims"] and s["publishers"] <= s["documents"]
    assert sum(claims) == len(json.loads(ex.load("claims.json")))
    assert any(s["name"] == "Teodor Brask" for s in ex.ask("sources", find="brask")["items"])


@test
def a_source_is_told_in_full():
    for short in ex.ask("sources")["items"]:
        s = ex.ask("sources/" + urllib.parse.quote(short["id"], safe=""))
        assert {k: s[k] for k in short} == short
        assert sum(a["count"] for a in s["acts"]) == s["claims"]
        assert sum(h["count"] for h in s["heard_in"]) == s["claims"]
        has(s, "labels", "timeline")
    assert ex.ask("sources/n:")["kind"] == "unnamed"
    ex.refused("sources/n:nobody", 404)
    ex.refused("sources/p9999", 404)
    ex.refused("sources/Teodor", 404)


@test
def a_name_with_a_slash_is_found():
    name = "n:A/B <b>Radio</b>"
    assert story.ask("sources/" + urllib.parse.quote(name, safe=""))["id"] == name


# --- search -------------------------------------------------------------------

@test
def search_finds_sentences():
    items = pages_agree("search", words="camp")
    for hit in items:
        has(hit, "document", "from", "sentence", "words", "claims")
        assert {w.lower() for w in cut(hit["sentence"], hit["words"])} == {"camp"}, hit
    assert ex.ask("search", words="zzzz")["total"] == 0
    assert ex.ask("search", words='"camp" OR * NEAR(')["total"] == 0
    ex.refused("search", 400)
    ex.refused("search", 400, words="")


# --- downloads ----------------------------------------------------------------

@test
def downloads_have_all_that_fits():
    whole = json.loads(ex.load("claims.json"))
    rows = list(csv.DictReader(io.StringIO(ex.load("claims.csv"))))
    assert [r["id"] for r in rows] == [c["id"] for c in whole] and len(rows) > 150
    assert [r["verdict"] for r in rows] == [c["verdict"] for c in whole]
    some = json.loads(ex.load("claims.json", act="liberty"))
    assert {c["id"] for c in some} == {c["id"] for c in whole if c["family"] == "liberty"}
    assert json.loads(ex.load("claims.json", text="zzzz")) == []
    events = json.loads(ex.load("events.json"))
    rows = list(csv.DictReader(io.StringIO(ex.load("events.csv"))))
    assert [r["id"] for r in rows] == [e["id"] for e in events] and events
    assert {e["id"] for e in events} == {c["event"] for c in whole if c["event"]}
    for path in ("claims.csv", "claims.json", "events.csv", "events.json"):
        ex.refused(path, 400, verdict="maybe")


@test
def spreadsheets_run_nothing():
    rows = csv.reader(io.StringIO(story.load("claims.csv")))
    for row in rows:
        assert not any(re.match(r"[=+@\t\r]", cell) for cell in row), row


# ------------------------------------------------------------------------------

with tempfile.TemporaryDirectory() as scratch:
    environment = {**os.environ, "NO_COLOR": "1", "XDG_CACHE_HOME": scratch}
    told = pathlib.Path(scratch) / "story.txt"
    told.write_text(STORY)
    ex = Server(examples)
    story = Server(told)
    try:
        run_tests(tests)
    finally:
        ex.end()
        story.end()
