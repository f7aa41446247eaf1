"""Bad input of every kind, read through the program: it costs itself only, what
is wrong is told beside its name, and what can be read of it is read.  TAP on
standard output.

usage: test_bad_input.py ATTEST
"""
import json
import os
import pty
import socket
import subprocess

from made import ALL, HOLDERS, ODF, docx, epub, odt, package
from reading import SAID, Case, attest
from tap import run_tests

tests = []
test = tests.append

# What the cage says of a document that did something to its converter.
HARM = ("crashed", "stopped", "ended over", "believe", "converter")
RUSSIAN = ("Солдаты задержали его в порту в понедельник, сказала мать. Он не вернулся домой, и никто не знает, "
           "куда его увезли после допроса в городском управлении.")
ARABIC = "اعتقل الجنود الصحفي في الميناء يوم الاثنين وقالت والدته إنه لم يعد إلى البيت ولا أحد يعرف أين هو الآن."
JAPANESE = "兵士たちは月曜日に港で記者を逮捕したと母親は言った。彼は家に帰らず、どこに連れて行かれたのか誰も知らない。"
LEGACY = (("windows-1251", RUSSIAN), ("koi8-r", RUSSIAN), ("windows-1256", ARABIC), ("shift_jis", JAPANESE))


def read(files):
    """A case of these files (by name) and a good one, and what was complained of each by name."""
    case = Case()
    case.read(good__txt=SAID.encode(), **{name.replace(".", "__"): content for name, content in files.items()})
    return case, complaints(case.said)


def complaints(err):
    pairs = (line.strip().split(": ", 1) for line in err.splitlines() if line.startswith("  ") and ": " in line)
    return {pair[0].rsplit("/", 1)[-1]: pair[1] for pair in pairs}


def harmless(case, errors):
    """Nothing was done to a converter, and the good document is read."""
    harmed = {name: why for name, why in errors.items() if any(word in why for word in HARM)}
    assert not harmed, harmed
    assert case.text("good.txt") == SAID
    status, out, _ = case.run("check")
    assert status == 0 and out.endswith("sound\n"), out


@test
def files_that_are_cut_off_or_changed_cost_themselves_only():
    files = {}
    for ending, whole in (ALL | HOLDERS).items():
        for i in range(1, 41):
            at = len(whole) * i // 41
            files[f"cut{i}.{ending}"] = whole[:at]
            files[f"byte{i}.{ending}"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
            files[f"more{i}.{ending}"] = whole[:at] + b"\xff\xc0\x80\xed\xa0\x80\0" + whole[at:]
    case, errors = read(files)
    harmless(case, errors)
    unread = {name for name in errors if name.startswith(("cut", "byte", "more")) and
              name.endswith((".txt", ".md", ".html", ".rtf", ".srt", ".vtt")) and not name.startswith("cut")}
    assert not unread, {name: errors[name] for name in unread}


@test
def empty_files_and_zeros_are_told():
    files = {f"empty.{ending}": b"" for ending in [*ALL, "none"]}
    files |= {f"zeros.{ending}": bytes(5000) for ending in ALL}
    case, errors = read(files)
    harmless(case, errors)
    read_all = {name for name in files if name not in errors} - {"empty.jsonl", "zeros.jsonl"}
    assert not read_all, read_all
    assert all("it is empty" in errors[f"empty.{ending}"] for ending in ALL if ending != "jsonl"), errors


@test
def zeros_between_letters_are_passed_over():
    files = {f"a.{ending}": ALL[ending].replace(b"Port", b"\0\0Po\0rt") for ending in ("txt", "md", "html", "srt", "vtt")}
    files["a.rtf"] = ALL["rtf"].replace(b"Port", b"\0\0Po\0rt")
    case, errors = read(files)
    harmless(case, errors)
    assert not errors, errors
    for name in files:
        assert "arrested José Muñoz in" in case.text(name) and "\0" not in case.text(name), case.text(name)


@test
def wide_text_is_read_with_its_mark_and_without():
    files = {}
    for ending in ("txt", "md", "html", "srt", "vtt"):
        text = ALL[ending].decode().replace('<meta charset="utf-8">', "")
        files[f"mark.{ending}"] = text.encode("utf-16")
        files[f"be.{ending}"] = b"\xfe\xff" + text.encode("utf-16-be")
        files[f"none.{ending}"] = text.encode("utf-16-le")
        files[f"long.{ending}"] = text.encode("utf-32")
        files[f"odd.{ending}"] = text.encode("utf-16") + b"\0"
        files[f"half.{ending}"] = (text.encode("utf-16").replace("P".encode("utf-16-le"), b"\x00\xd8P\0", 1) + b"\x00\xdc")
    case, errors = read(files)
    harmless(case, errors)
    assert not errors, errors
    for name in files:
        assert "arrested José Muñoz in" in case.text(name) and "\0" not in case.text(name), (name, case.text(name))


@test
def halves_of_letters_are_replaced():
    case, errors = read({
        "a.txt": SAID.encode() + b" \xed\xa0\xbd\xed\xb8\x80 \xed\xa0\x80.", "a.md": SAID.encode() + b" \xf4\x90\x80\x80.",
        "a.html": f"<html><p>{SAID} &#xD800;&#0;&#x110000;&#99999999999;</p>".encode(),
        "a.rtf": rb"{\rtf1 " + SAID.encode() + rb" \u-10179?\u56832? \u56832?\u55357?}",
        "a.jsonl": b'{"text": "' + SAID.encode() + b' \\ud83d\\ude00 \\ud800 \\udc00"}\n',
        "a.docx": docx(f"<w:p><w:t>{SAID}</w:t></w:p><w:p><w:t>&#xD800;</w:t></w:p>")})
    harmless(case, errors)
    assert set(errors) <= {"a.docx", "a.jsonl:1"}, errors  # their parsers take none
    for name in ("a.txt", "a.md", "a.html", "a.rtf"):
        assert case.text(name).startswith(SAID), (name, case.text(name))
    assert "😀" in case.text("a.rtf"), case.text("a.rtf")


@test
def encodings_that_are_declared_are_heeded():
    files, meant = {}, {}
    for name, text in LEGACY:
        page = f'<html><head><meta charset="{name}"></head><body><p>{text}</p></body></html>'.encode(name)
        letter = f"Subject: x\nContent-Type: text/plain; charset={name}\nContent-Transfer-Encoding: 8bit\n\n".encode()
        number = {"windows-1251": 1251, "windows-1256": 1256, "shift_jis": 932}.get(name)
        files |= {f"{name}.html": page, f"{name}.eml": letter + text.encode(name)}
        if number:
            written = "".join(f"\\'{byte:02x}" for byte in text.encode(name))
            files[f"{name}.rtf"] = f"{{\\rtf1\\ansi\\ansicpg{number} {written}}}".encode()
        meant |= {file: text for file in files if file.startswith(name)}
    case, errors = read(files)
    harmless(case, errors)
    for name, text in meant.items():
        assert case.text(name).strip() == text, (name, case.text(name))


@test
def encodings_that_are_not_declared_are_guessed():
    files = {f"{name}.txt": text.encode(name) for name, text in LEGACY}
    case, errors = read(files)
    harmless(case, errors)
    for name, text in LEGACY:
        assert case.text(name + ".txt").strip() == text, (name, case.text(name + ".txt"))


@test
def encodings_that_nobody_knows_do_no_harm():
    names = ["nonsense", "../../etc/passwd", "UTF-7", "UTF-16", "utf-32", "hz", "x" * 2000, "", "ibm-1", "replacement",
             "BOCU-1", "SCSU", "IMAP-mailbox-name", "LMBCS-1", "ebcdic-xml-us", "VISCII"]
    files = {}
    for i, name in enumerate(names):
        said = SAID.encode() + b" \xff\xfe\xe9"
        files[f"a{i}.html"] = f'<html><head><meta charset="{name}"></head><body><p>'.encode() + said + b"</p>"
        files[f"a{i}.eml"] = (f"Subject: =?{name or 'x'}?q?a=FF?=\nContent-Type: text/plain; charset=\"{name}\"\n\n".encode() + said)
        files[f"a{i}.rtf"] = f"{{\\rtf1\\ansicpg{i * 7919}{{\\fonttbl{{\\f1\\cpg{i}}}}}\\f1 ".encode() + said + b"}"
    case, errors = read(files)
    harmless(case, errors)


@test
def mail_in_an_encoding_that_was_not_made_ready_costs_itself_only():
    case, errors = read({"a.eml": b"Subject: =?TSCII?q?a=FF?=\n\n" + SAID.encode(), "b.eml": ALL["eml"]})
    assert set(errors) <= {"a.eml", "Liste é.pdf"} and case.text("good.txt") == SAID, errors
    assert "arrested" in case.text("b.eml")


@test
def entities_are_not_resolved():
    laughs = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    files, secret = {}, "root:"
    for i, declared in enumerate((
            f'<!ENTITY e0 "ha">{laughs}', '<!ENTITY e11 SYSTEM "file:///etc/passwd">',
            '<!ENTITY e11 SYSTEM "http://127.0.0.1/x">', '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;',
            '<!ENTITY % p "<!ENTITY e11 SYSTEM \'file:///etc/passwd\'>"> %p;')):
        head, said = f"<!DOCTYPE x [{declared}]>", f"{SAID} &e11;"
        files[f"a{i}.docx"] = docx(f"<w:p><w:t>{SAID}</w:t></w:p><w:p><w:t>&e11;</w:t></w:p>", head)
        files[f"b{i}.docx"] = docx(f"<w:p><w:t>{SAID}</w:t></w:p>", **{
            "docProps/core.xml": f'{head}<c xmlns:dc="d"><dc:title>&e11;</dc:title></c>'})
        files[f"a{i}.odt"] = package({
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{head}<o {ODF}><text:p>{SAID}</text:p><text:p>&e11;</text:p></o>"})
        files[f"a{i}.epub"] = epub({"a": said}, ["a"])
        files[f"b{i}.epub"] = package({
            "META-INF/container.xml": f'{head}<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
            "b.opf": f'{head}<package xmlns:dc="d"><metadata><dc:title>&e11;</dc:title></metadata><manifest>'
            '<item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f"{head}<html><body><p>{said}</p></body></html>"})
        files[f"a{i}.html"] = f"{head}<html><body><p>{said}</p></body></html>".encode()
    case, errors = read(files)
    harmless(case, errors)
    for name in files:
        text = case.text(name)
        assert secret not in text and "haha" not in text and (SAID in text or name in errors), (name, text[:500])


@test
def nesting_without_end_is_no_harm():
    many = 10**5
    deep, closed = "<w:p>" * many, "</w:p>" * many
    files = {
        "deep.html": f"<html><body>{'<div>' * many}<p>{SAID}</p>".encode(),
        "lists.html": f"<html><body>{'<ul><li>' * many}{SAID}".encode(),
        "tables.html": f"<html><body>{'<table><tr><td>' * 20000}{SAID}".encode(),
        "attributes.html": f"<html><body><p {' '.join(f'a{i}={i}' for i in range(many))}>{SAID}</p>".encode(),
        "quotes.html": f"<html><body><p>{SAID}</p><p a={chr(34) * many}>".encode(),
        "comments.html": f"<html><body><p>{SAID}</p>{'<!--' * many}".encode(),
        "deep.docx": docx(f"<w:p><w:t>{SAID}</w:t></w:p>{deep}{closed}"),
        "deep.odt": odt(f"<text:p>{SAID}</text:p>{'<text:span>' * many}"),
        "wide.docx": docx(f"<w:p><w:t {' '.join(f'w:a{i}={chr(34)}1{chr(34)}' for i in range(20000))}>{SAID}</w:t></w:p>"),
        "deep.epub": epub({"a": "<div>" * many + SAID}, ["a"]),
        "deep.md": (">" * many + SAID + "\n" + "[" * many + "\n" + "*" * many + "\n" + "![" * many).encode(),
        "deep.jsonl": b'{"text": ' * many + b"\n" + json.dumps({"id": "a", "text": SAID}).encode() + b"\n",
        "deep.rtf": b"{\\rtf1 " + SAID.encode() + b"{" * many,
        "deep.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + SAID.encode() + b"<i>" * many,
    }
    case, errors = read(files)
    harmless(case, errors)
    assert set(errors) <= {"deep.jsonl:1", "deep.odt", "deep.docx", "wide.docx", "deep.epub"}, errors
    for name in ("deep.html", "lists.html", "tables.html", "attributes.html", "quotes.html", "comments.html", "deep.md",
                 "deep.rtf", "deep.vtt"):
        assert SAID in case.text(name), (name, case.text(name)[:300])


@test
def lines_of_a_gigabyte_are_refused():
    case = Case()
    (case.dir / "in").mkdir()
    for ending in ("txt", "html", "rtf", "eml", "srt", "docx"):
        with open(case.dir / "in" / f"big.{ending}", "wb") as file:
            file.truncate(1 << 30)
    with open(case.dir / "in" / "big.jsonl", "wb") as file:
        file.truncate(300 << 20)
        file.seek(0, 2)
        file.write(b"\n" + json.dumps({"id": "after", "text": SAID}).encode())
    case.read(good__txt=SAID.encode())
    errors = complaints(case.said)
    harmless(case, errors)
    assert "a line of more than 256 MB" in errors["big.jsonl:1"], errors
    for ending in ("txt", "html", "rtf", "eml", "srt", "docx"):
        assert "--max-size" in errors[f"big.{ending}"], errors
    assert case.text("after") == SAID


@test
def what_is_no_file_in_a_folder_is_told():
    case = Case()
    folder = case.dir / "in"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "null.jsonl").symlink_to("/dev/null")
    (folder / "one").symlink_to("two")
    (folder / "two").symlink_to("one")
    (folder / "gone.txt").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.docx"))
        case.read(good__txt=SAID.encode())
    errors = complaints(case.said)
    harmless(case, errors)
    for name in ("pipe.txt", "pipe.jsonl", "zero.txt", "null.jsonl", "socket.docx"):
        assert "it is no ordinary file" in errors[name], errors
    assert {"one", "two", "gone.txt"} <= set(errors), errors


@test
def what_vanishes_or_changes_meanwhile_is_told():
    case = Case()
    for name in ("gone.txt", "pipe.txt", "folder.txt", "good.txt"):
        (case.dir / name).write_text(SAID)
    names = ["-", *(str(case.dir / name) for name in ("gone.txt", "pipe.txt", "folder.txt", "good.txt"))]
    reader = subprocess.Popen([attest, "read", "--case", case.path, *names], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for name in ("gone.txt", "pipe.txt", "folder.txt"):
        (case.dir / name).unlink()
    os.mkfifo(case.dir / "pipe.txt")
    (case.dir / "folder.txt").mkdir()
    _, err = reader.communicate(SAID.encode(), timeout=60)
    assert reader.returncode == 1, err
    errors = complaints(err.decode())
    assert "no such file" in errors["gone.txt"] and "no ordinary file" in errors["pipe.txt"], err
    assert case.text("good.txt") == SAID


@test
def what_names_hold_is_harmless_on_a_terminal():
    case = Case()
    folder = case.dir / "in"
    folder.mkdir()
    names = [b"new\nline.txt", b"\x1b]0;evil\x07.txt", b"\x1b[2Jclear.rtf", b"not\xff\xfeutf8.txt", "turn\u202etxt.exe".encode(),
             b"bell\x07.html", b"tab\t.txt", b"c1\xc2\x9b31m.txt"]
    for name in names:
        for content, before in ((SAID.encode(), b""), (b"", b"empty ")):
            with open(os.path.join(os.fsencode(folder), before + name), "wb") as file:
                file.write(content)
    for args in (["read", folder], ["documents"], ["claims"], ["check"], ["sources"]):
        shown = on_terminal(args[0], "--case", case.path, *args[1:])
        for bad in (b"\x1b]", b"\x1b[2J", b"\x07", b"\xff", "\u202e".encode(), b"\xc2\x9b", b"new\r\nline", b"new\nline"):
            assert bad not in shown, (args[0], bad, shown)
    rows = [json.loads(line) for line in case.run("documents", "--format", "jsonl")[1].splitlines()]
    assert len(rows) == len(names) - 1 or len(rows) == len(names), rows


def on_terminal(*args):
    """What a terminal would be sent."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([attest, *map(str, args)], stdin=theirs, stdout=theirs, stderr=theirs) as program:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 1 << 16):
                shown += part
        except OSError:  # nobody holds its other end any more
            pass
        program.wait(60)
    os.close(ours)
    return shown


run_tests(tests)
