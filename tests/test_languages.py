"""What documents are written in, and those in languages that attest does not
read: kept, searchable, without claims.  TAP on standard output.

usage: test_languages.py ATTEST LANGUAGES.TSV
"""
import json
import pathlib
import sqlite3
import sys

from reading import Case
from tap import run_tests

tests = []
test = tests.append

LINES = [line.split("\t") for line in pathlib.Path(sys.argv[2]).read_text().splitlines() if not line.startswith("#")][1:]
TEXTS = {}
for code, sentence in LINES:
    TEXTS[code] = TEXTS.get(code, "") + sentence + "\n"
FOREIGN = [code for code in TEXTS if code != "en"]


def documents(case):
    return {row["name"]: row for row in map(json.loads, case.run("documents", "--format", "jsonl")[1].splitlines())}


def totals(case):
    return json.loads(case.run("documents", "--totals")[1])


def found(case, words):
    rows = map(json.loads, case.run("search", "--format", "jsonl", words)[1].splitlines())
    return sorted({row["document"] for row in rows})


def records(case, sentences):
    """Each a document by itself, named by its number."""
    lines = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(sentences))
    assert case.read(all__jsonl=lines.encode())[0] == 0
    return [documents(case)[str(i)]["language"] for i in range(len(sentences))]


def all_of_them():
    case = Case()
    said = case.read(**{f"{code}__txt": text.encode() for code, text in TEXTS.items()})
    return case, said


@test
def documents_tell_what_they_are_written_in():
    case, (status, _, err) = all_of_them()
    assert status == 0, err
    for code in TEXTS:
        assert documents(case)[f"{code}.txt"]["language"] == code, (code, documents(case)[f"{code}.txt"])


@test
def a_sentence_is_mostly_enough_and_seldom_taken_for_another_language():
    told = records(Case(), [sentence for _, sentence in LINES])
    wrong = [(code, one) for (code, _), one in zip(LINES, told) if one not in (code, None)]
    right = sum(code == one for (code, _), one in zip(LINES, told))
    assert not [one for one in wrong if "en" in one] and len(wrong) <= 2, wrong
    assert right >= 0.9 * len(LINES), (right, len(LINES))


@test
def only_english_claims_something():
    case, (_, out, _) = all_of_them()
    rows = documents(case)
    assert rows["en.txt"]["claims"] > 0 and not rows["en.txt"]["notes"], rows["en.txt"]
    for code in FOREIGN:
        row = rows[f"{code}.txt"]
        assert row["claims"] == 0 and row["sentences"] > 0, row
        assert f"({code}), which attest does not read: kept and searchable" in row["notes"], row
    assert "it is in French (fr)" in rows["fr.txt"]["notes"]
    assert f"{len(FOREIGN)} documents not in English: kept and searchable, without claims" in out, out
    assert "mended" not in out, out
    assert totals(case)["unread"] == len(FOREIGN)
    assert "French (fr)" in case.run("documents", "fr.txt")[1]
    assert case.run("verify")[0] == 0, case.run("verify")


@test
def what_is_kept_is_found_and_shown():
    case, _ = all_of_them()
    for code in FOREIGN:
        assert case.text(f"{code}.txt").strip() == TEXTS[code].strip(), code
    for code, words in (("ru", "охранники"), ("uk", "охоронці"), ("ar", "الوزارة"), ("fa", "وزارتخانه"), ("hi", "मंत्रालय"),
                        ("he", "המשרד"), ("tr", "gardiyanlarının"), ("ku", "girtiyên"), ("fr", "gardiens"), ("sw", "wafungwa"),
                        ("zh", "囚犯"), ("zh", "士兵"), ("zh", '"家门口逮捕"')):
        assert found(case, words) == [f"{code}.txt"], (code, words, found(case, words))
    assert found(case, "犯囚") == [], "letters of a word are found in any order"


@test
def words_without_spaces_between_them_are_found_beside_others():
    case = Case()
    case.read(a__txt="Soldiers beat 伊沃·伦克 in Port Selm, ทหารจับกุมชายคนหนึ่ง on 3 May 2019.\n".encode(),
              b__txt="Soldiers beat Ivo Lenk in Port Selm.\n".encode())
    assert found(case, "伦克") == ["a.txt"] and found(case, "จับกุม") == ["a.txt"]
    assert found(case, "Selm") == ["a.txt", "b.txt"]
    assert case.run("verify")[0] == 0, case.run("verify")


@test
def a_letter_with_its_translation_is_read_in_english():
    case = Case()
    case.read(letter__txt=(TEXTS["es"] + "\n" + TEXTS["en"]).encode())
    row = documents(case)["letter.txt"]
    assert row["language"] == "en" and row["claims"] > 0, row
    assert "part of it is in Spanish (es), which attest does not read" in row["notes"], row


@test
def a_word_of_english_in_a_long_letter_does_not_make_it_english():
    case = Case()
    case.read(letter__txt=(TEXTS["es"] * 3 + "\nSoldiers arrested Ivo Lenk in Port Selm on Monday.\n").encode())
    row = documents(case)["letter.txt"]
    assert row["language"] == "es" and row["claims"] == 0, row


@test
def what_is_too_short_to_tell_is_read_as_english():
    case = Case()
    case.read(a__txt=b"Guards beat Ana Ruiz.\n", b__txt=b"12/3, 14/5; 77\n")
    rows = documents(case)
    assert [rows[name]["language"] for name in ("a.txt", "b.txt")] == [None, None], rows
    assert rows["a.txt"]["claims"] == 1, rows


@test
def odd_texts_have_some_language_or_none():
    case = Case()
    odd = {"repeated": "la " * 200000, "one": "x" * 500000, "marks": "\u0301" * 50000, "tags": "<script>" * 20000,
           "entities": "&#x41;" * 20000, "all": "".join(chr(c) for c in range(0x100, 0xD7FF)), "high": "\U00010330" * 5000,
           "spaces": "a" + " " * 500000 + "b", "han": "犯" * 200000}
    status, _, err = case.read(**{f"{name}__txt": text.encode() for name, text in odd.items()})
    assert status == 0, err
    assert len(documents(case)) == len(odd)
    assert case.run("verify")[0] == 0, case.run("verify")


def as_older_programs_left_it(case, name, language, notes):
    db = sqlite3.connect(case.path)
    for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'document'").fetchall():
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute("UPDATE document SET language = ?, notes = ? WHERE name = ?", (language, notes, name))
    db.commit()
    db.close()


@test
def reading_again_finds_out_anew():
    case = Case()
    case.read(a__txt=TEXTS["fr"].encode(), b__txt=TEXTS["en"].encode(), c__txt=TEXTS["de"].encode())
    as_older_programs_left_it(case, "a.txt", None, "3 invalid bytes replaced")
    as_older_programs_left_it(case, "b.txt", "pt", None)
    status, out, err = case.run("read", "--again")
    assert status == 0 and "3 documents read again: 2 came out otherwise" in out, (out, err)
    rows = documents(case)
    assert rows["a.txt"]["language"] == "fr" and rows["a.txt"]["version"] == 2, rows
    assert rows["a.txt"]["notes"].startswith("3 invalid bytes replaced; it is in French (fr)"), rows
    assert rows["b.txt"]["language"] == "en" and rows["b.txt"]["claims"] > 0, rows
    assert rows["c.txt"]["version"] == 1
    status, out, _ = case.run("read", "--again")
    assert "3 documents read again: 0 came out otherwise" in out, out
    assert documents(case)["a.txt"]["notes"].count("French") == 1


run_tests(tests)
