"""Drives `attest estimate` and `attest duplicates`.  TAP on standard output.

usage: test_lists.py ATTEST EXAMPLES DATA
"""
import csv
import io
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from tap import run_tests

attest, examples, data = map(os.path.abspath, sys.argv[1:4])
tests = []


def test(function):
    tests.append(function)
    return function


def run(*args, given=None, **options):
    """-> exit status, standard output, standard error"""
    done = subprocess.run([attest, *map(str, args)], input=given, capture_output=True, timeout=240,
                          env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def ok(*args, **options):
    status, out, err = run(*args, **options)
    assert status == 0 and not err, (args, status, err)
    return out


def estimate(text, *args):
    """-> rows by what they are"""
    out = ok("estimate", "--format", "jsonl", *args, given=text.encode())
    rows = {}
    for row in map(json.loads, out.splitlines()):
        rows.setdefault(row["what"], []).append(row)
    return rows


def flat(words):
    return " ".join(words.split())


SPINA = """birth,death,rehab,count
1,0,0,247
0,1,0,49
1,1,0,142
0,0,1,60
1,0,1,112
0,1,1,4
1,1,1,12
"""
# ten on both, five and eight on one alone
PAIR = "name,list\n" + "".join(
    f"P{i},{name}\n" for i in range(23) for name in ("A", "B") if i < 10 or (i < 15) == (name == "A"))


# --- estimate -------------------------------------------------------------

@test
def two_lists_give_chapmans_estimate():
    rows = estimate(PAIR)
    [total] = rows["estimate"]
    assert total["people"] == 23 and abs(total["total"] - (16 * 19 / 11 - 1)) < .01, total
    assert "Chapman" in total["words"]
    assert 23 <= total["low"] < total["total"] < total["high"]
    assert {r["lists"]: r["people"] for r in rows["history"]} == {"A": 5, "B": 8, "A; B": 10}


@test
def three_lists_give_published_models():
    rows = estimate(SPINA)
    models = {r["words"]: r for r in rows["model"]}
    # Madigan and York 1997 name 731 and 756 to 760 for the first two
    assert round(models["death + rehab"]["total"]) == 731
    assert round(models["birth + death; death + rehab"]["total"]) == 758
    assert len(models) == 9
    assert sum(r["weight"] for r in models.values()) - 1 < .01
    assert any("death and rehab seem to depend" in r["words"] for r in rows["warning"])


@test
def the_page_needs_no_statistics():
    page = flat(ok("estimate", given=SPINA.encode()))
    assert page.startswith("626 people are on at least one of 3 lists."), page
    assert "about 733 in all, most likely from 696 to 787 (95 % confidence)" in page, page
    assert page.index("Before you use this number") < page.index("Models") < page.index("Two by two")


@test
def tables_come_in_several_forms():
    wide = "id;in_A;in_B;sex\n" + "".join(
        f"{i};{int(i < 15)};{int(i < 10 or i >= 15)};{i % 2}\n" for i in range(23))
    tabs = PAIR.replace(",", "\t").replace("\n", "\r\n")
    other = PAIR.replace("name,list", '"Victim","Source"').replace("P1,", '"p1",')
    unknown = PAIR.replace("name,list", "who,where")
    expected = estimate(PAIR)["estimate"]
    for text in (wide, tabs, other, unknown, "\ufeff" + PAIR, PAIR + "\n\n" + PAIR.split("\n", 1)[1]):
        assert estimate(text)["estimate"] == expected, text[:40]


@test
def spelling_joins_people_but_lists_are_told_apart():
    rows = estimate("name,list\nJosé  Ruiz,A\njose ruiz,B\nRUIZ,A\n,A\nX,\n")
    assert {r["lists"]: r["people"] for r in rows["history"]} == {"A": 1, "B": 0, "A; B": 1}
    page = flat(ok("estimate", given="name,list\na,A\na,A\na,B\n,B\n".encode()))
    assert "4 lines read; 1 say again what another says, 1 put nobody on a list." in page, page


@test
def lists_are_chosen_and_small_ones_pooled():
    random.seed(3)
    many = "name,list\n" + "".join(
        f"p{i},L{k}\n" for i in range(300) for k in range(10) if random.random() < .1 + .03 * k)
    rows = estimate(many)
    histories = {name for r in rows["history"] for name in r["lists"].split("; ")}
    assert histories == {"L6", "L7", "L8", "L9", "the 6 others"}, histories
    rows = estimate(many, "--list", "L9", "--list", "L2")
    assert len(rows["history"]) == 3 and "model" not in rows
    status, out, err = run("estimate", "--list", "L77", given=many.encode())
    assert status == 2 and "no list 'L77'" in err


@test
def what_cannot_be_estimated_is_said():
    for text, words in (
            ("", "is empty"), ("name,list\n", "nobody on any list"),
            ("name,list\na,A\nb,A\n", "one list only, 'A'"),
            ("foo,bar,baz\n7,2,3\n", "no columns"), ("a\0b", "no text"),
            ("name,list\n" + "".join(f"p{i},L{i % 3}\n" for i in range(30)), "no model can be fitted")):
        status, out, err = run("estimate", given=text.encode())
        assert status in (1, 2) and not out and words in err, (text, status, out, err)
    status, _, err = run("estimate", "/nonexistent/file.csv")
    assert status == 2 and "No such file" in err
    for args in (["a", "b"], ["--by", "x", "--act", "life"], ["--since", "2019-01-01", "x"], ["--act", "life", "x"],
                 ["--format", "xml", "-"]):
        status, _, err = run("estimate", *args, given=PAIR.encode())
        assert status == 2 and err, args


@test
def doubtful_lists_are_called_so():
    for text, words in (
            ("name,list\n" + "".join(f"a{i},A\nb{i},B\n" for i in range(9)), "Nobody is both on A and on B"),
            ("name,list\n" + "".join(f"a{i},A\na{i},B\n" for i in range(9)), "hold the same people (9)"),
            ("name,list\n" + "".join(f"a{i},A\n" for i in range(9)) + "a1,B\na2,B\n", "Everybody on B (2) is on A too"),
            ("name,list\n" + "".join(f"a{i},A\nb{i},B\n" for i in range(50)) + "a1,B\n", "few names in common (1)")):
        assert any(words in r["words"] for r in estimate(text)["warning"]), words
        assert words in flat(ok("estimate", given=text.encode()))


@test
def a_hundred_thousand_names_take_no_time():
    random.seed(1)
    text = "name,list\n" + "".join(
        f"p{i},L{k}\n" for i in range(100000) for k in range(5) if random.random() < .3)
    start = time.monotonic()
    [total] = estimate(text)["estimate"]
    assert time.monotonic() - start < 20
    assert total["low"] < 100000 < total["high"], total


@test
def a_case_gives_lists_by_who_says_so():  # but for copies
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder) / "case.attest"
        people = ["Ana Ruiz", "Tomas Brenn", "Eva Solan", "Petra Lund", "Marek Holt", "Jana Field"]
        docs = []
        for publisher, those, words in (
                ("The Lantern", people[:4], "Soldiers killed {} in Port Selm on Monday."),
                ("The Courier", people[2:], "Last week the army killed {}, a neighbour of ours."),
                ("The Copyist", people[:4], "Soldiers killed {} in Port Selm on Monday.")):
            docs += [{"id": f"{publisher}-{p}", "publisher": publisher, "date": "2019-05-06",
                      "text": words.format(p)} for p in those]
        docs.append({"id": "no", "publisher": "The Courier", "text": "Soldiers did not kill Otto Kern."})
        (pathlib.Path(folder) / "in.jsonl").write_text("\n".join(map(json.dumps, docs)))
        run("read", "--case", case, pathlib.Path(folder) / "in.jsonl")
        rows = list(map(json.loads, ok(
            "estimate", "--case", case, "--act", "life.kill", "--by", "publisher", "--format", "jsonl").splitlines()))
        assert {r["lists"]: r["people"] for r in rows if r["what"] == "history"} == {
            "The Lantern": 2, "The Courier": 2, "The Courier; The Lantern": 2}, rows
        assert "6 people are on at least one of 2 lists" in ok("estimate", "--case", case, "--act", "life")
        status, _, err = run("estimate", "--case", case, "--act", "liberty")
        assert status == 1 and "by name" in err, err


# --- duplicates -------------------------------------------------------------

def read_case(folder, *paths):
    case = pathlib.Path(folder) / "case.attest"
    status, _, err = run("read", "--case", case, *paths)
    assert status == 0, err
    return case


@test
def copies_of_the_examples_are_shown():
    with tempfile.TemporaryDirectory() as folder:
        case = read_case(folder, examples)
        page = ok("duplicates", "--case", case)
        assert page.startswith("Group 1: 4 documents\n\n  root  press/vna-2019-05-06.txt"), page
        assert "[-ORHEM (VNA) --] The {+terrorist+} Union of the Steadfast" in page, page
        assert "(77 words)" in page and "(77 words)" not in ok("duplicates", "--whole", "--case", case)
        assert "\x1b" not in page
        rows = list(csv.DictReader(io.StringIO(ok("duplicates", "--format", "tsv", "--case", case)), delimiter="\t"))
        assert [r["is"] for r in rows] == ["root", "copy", "copy", "copy"]
        assert {r["root"] for r in rows} == {"press/vna-2019-05-06.txt"}
        assert ok("duplicates", "--case", case, "gazette") == page
        assert ok("duplicates", "--case", case, "letters") == "no document copies another\n"


@test
def excerpts_are_found_and_told_from_their_source():
    words = [f"word{i}" for i in range(3000)]
    random.seed(5)
    random.shuffle(words)
    excerpt = " ".join(words[1400:1520])
    docs = [{"id": "report", "text": " ".join(words), "publisher": "Office of Counting Things"},
            {"id": "excerpt", "text": f"As the OCT tells: {excerpt}.", "date": "2019-01-02", "publisher": "Post"},
            {"id": "other", "text": " ".join(words[::-1])}]
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "in.jsonl").write_text("\n".join(map(json.dumps, docs)))
        case = read_case(folder, pathlib.Path(folder) / "in.jsonl")
        report, excerpt = map(json.loads, ok("duplicates", "--format", "jsonl", "--case", case).splitlines())
        assert report["document"] == "report" and report["is"] == "root", report
        assert excerpt["is"] == "excerpt" and excerpt["in_root"] > 90 and excerpt["of_root"] == 4, excerpt
        assert excerpt["names_root"] == 1, excerpt


@test
def copies_of_the_events_are_found():
    """tests/data/events/copies.tsv: pairwise F1 of 95 at least"""
    lines = [l.split("\t") for l in (pathlib.Path(data) / "copies.tsv").read_text().splitlines()
             if l and not l.startswith("#")][1:]
    wanted = {frozenset(l[:2]) for l in lines if l[2] in ("copy", "excerpt", "siblings")}
    with tempfile.TemporaryDirectory() as folder:
        case = read_case(folder, pathlib.Path(data) / "documents.jsonl")
        rows = list(map(json.loads, ok("duplicates", "--format", "jsonl", "--case", case).splitlines()))
    groups = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row["document"].split("#")[-1])
    found = {frozenset(p) for g in groups.values() for p in itertools.combinations(g, 2)}
    f1 = 2 * len(found & wanted) / (len(found) + len(wanted))
    assert f1 >= .95, (f1, found ^ wanted)
    roots = {r["document"].split("#")[-1]: r["root"].split("#")[-1] for r in rows}
    wrong = [l for l in lines if l[2] in ("copy", "excerpt") and roots.get(l[1]) != l[0]]
    assert len(wrong) <= 1, wrong


@test
def many_reprints_take_no_time():
    random.seed(2)
    story = [f"w{random.randrange(5000)}" for _ in range(150)]
    docs = []
    for i in range(400):
        own = list(story)
        own[random.randrange(150)] = f"x{i}"
        docs.append(json.dumps({"id": f"d{i}", "text": " ".join(own), "publisher": f"Paper {i}"}))
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "in.jsonl").write_text("\n".join(docs))
        case = read_case(folder, pathlib.Path(folder) / "in.jsonl")
        start = time.monotonic()
        rows = ok("duplicates", "--format", "jsonl", "--case", case).splitlines()
        assert time.monotonic() - start < 30
        assert len(rows) == 400 and {json.loads(r)["group"] for r in rows} == {1}


run_tests(tests)
