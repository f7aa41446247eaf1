"""Foreign formats, read through the program and so in the cage: documents made
here, whole and damaged and made to do harm.  TAP on standard output.

usage: test_formats.py ATTEST
"""
import zipfile

from made import DOCX, EPUB, MAIL, ODT, SENTENCE, WORD, docx, epub, odt, package
from reading import Case, refused
from tap import run_tests

tests = []
test = tests.append

@test
def documents_of_word_processors_and_books_are_read():
    case = Case()
    status, _, err = case.read(a__docx=DOCX, b__odt=ODT, c__epub=EPUB, noname=DOCX)
    assert status == 0, err
    for name in ("a.docx", "b.odt", "c.epub", "noname"):
        assert case.text(name).strip() == SENTENCE + "\n\nThey fled.", (name, case.text(name))
    for name in ("a.docx", "b.odt"):
        assert case.fields(name) == ("The arrest", "2012-02-21", "A. Clerk"), case.fields(name)
    assert case.fields("c.epub") == ("The arrest", "2012-02-21", "The Press"), case.fields("c.epub")


@test
def mail_is_read_and_what_is_attached_is_named():
    case = Case()
    status, _, err = case.read(a__eml=MAIL, noname=b"Return-Path: <clerk@example.org>\n" + MAIL)
    assert status == 0, err
    for name in ("a.eml", "noname"):
        assert case.text(name).strip() == SENTENCE, case.text(name)
        assert case.fields(name) == ("The arrest", "2012-02-21", "A. Clerk"), case.fields(name)
    assert "Liste é.pdf (application/pdf)" in case.run("documents")[1]


@test
def odd_mail_costs_itself_only():
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(50000)) + "\nEnd.\n"
    wide = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nEnd.\n" * 5000 + "--b--\n"
    files = {"deep__eml": deep.encode(), "wide__eml": wide.encode(), "empty__eml": b"\n", "none__eml": b"no mail",
             "zeros__eml": bytes(1000), "head__eml": b"Subject: " + b"=?utf-8?q?a?= " * 100000}
    for i in range(1, 40):
        at = len(MAIL) * i // 40
        files[f"cut{i}__eml"] = MAIL[:at]
        files[f"byte{i}__eml"] = MAIL[:at] + bytes([MAIL[at] ^ 0xFF]) + MAIL[at + 1:]
    case = Case()
    status, out, err = case.read(good__odt=ODT, **files)
    assert status == 1 and "documents read" in out, (out, err)
    assert "crashed" not in err and "stopped" not in err and "believe" not in err, err
    assert "only the first 1000 parts" in case.run("documents")[1]


@test
def what_was_deleted_or_stands_twice_is_passed_over():
    body = ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>One</w:t><w:tab/><w:t>two.</w:t><w:br/></w:r>"
            "<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t>Three.</w:t></w:r></w:ins>"
            '<mc:AlternateContent xmlns:mc="m"><mc:Choice><w:r><w:t> Four.</w:t></w:r></mc:Choice>'
            "<mc:Fallback><w:r><w:t>twice</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>")
    notes = f'<w:footnotes {WORD}><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    case = Case()
    case.read(a__docx=docx(body, **{"word/footnotes.xml": notes}), b__odt=odt(
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:p>One<office:annotation><text:p>aside</text:p></office:annotation> <text:span>two</text:span>.</text:p>"))
    assert case.text("a.docx").strip() == "One two.\nThree. Four.\n\nA note.", case.text("a.docx")
    assert case.text("b.odt").strip() == "One two.", case.text("b.odt")


@test
def a_page_of_a_book_is_read_once():
    case = Case()
    case.read(a__epub=epub({"a": SENTENCE}, ["a"] * 5000 + ["none"]))
    assert case.text("a.epub").strip() == SENTENCE, case.text("a.epub")


@test
def bombs_are_stopped():
    zeros = b"<w:p>" + b" " * (200 << 20)
    assert "unpacks to more than 64 MB" in refused(package({"word/document.xml": zeros}))
    many = package({f"{i}.bin": b"" for i in range(10001)}, zipfile.ZIP_STORED)
    assert "more than 10000 files" in refused(many)
    assert "no text in it" in refused(docx("<w:p>" * 100000))


@test
def entities_are_not_resolved():
    laughs = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    for declared in (f'<!ENTITY e0 "ha">{laughs}', '<!ENTITY e11 SYSTEM "file:///etc/passwd">',
                     '<!ENTITY e11 SYSTEM "http://127.0.0.1/x">', '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;'):
        case = Case()
        status, _, err = case.read(a__docx=docx(
            f"<w:p><w:r><w:t>{SENTENCE}</w:t><w:t>&e11;</w:t></w:r></w:p>", f"<!DOCTYPE x [{declared}]>"))
        assert "stopped" not in err and "crashed" not in err, err
        assert status == 0 or "no text" in err, (declared[:60], err)
        assert "root:" not in case.text("a.docx") and "haha" not in case.text("a.docx"), case.text("a.docx")


@test
def what_is_locked_or_none_of_these_is_refused():
    locked = bytearray(DOCX)
    at = 0
    while (at := locked.find(b"PK\1\2", at)) >= 0:  # the flag in the list of files
        locked[at + 8] |= 1
        at += 4
    at = 0
    while (at := locked.find(b"PK\3\4", at)) >= 0:
        locked[at + 6] |= 1
        at += 4
    assert "locked with a password" in refused(bytes(locked))
    assert "does not read yet" in refused(package({"a.xml": "<a/>"}), "a.zip")
    assert "does not read yet" in refused(package({"../../etc/passwd": "x", "/abs.xml": "<a/>"}), "b.zip")


@test
def damaged_files_cost_themselves_only():
    """Cut anywhere, or with a byte that is another."""
    files = {}
    for name, whole in (("docx", DOCX), ("odt", ODT), ("epub", EPUB)):
        for i in range(1, 40):
            at = len(whole) * i // 40
            files[f"cut{i}__{name}"] = whole[:at]
            files[f"byte{i}__{name}"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
    case = Case()
    status, out, err = case.read(good__odt=ODT, **files)
    assert status == 1 and "documents read" in out, (out, err)
    assert "crashed" not in err and "stopped" not in err and "believe" not in err, err
    assert case.text("good.odt").strip().startswith(SENTENCE)


run_tests(tests)
