"""Archives, mailboxes, what is attached to mail, and saved pages: made here, read
through the program and so in the cage, whole and damaged and made to do harm.
TAP on standard output.

usage: test_archives.py ATTEST
"""
import base64
import bz2
import contextlib
import ctypes
import gzip
import io
import json
import lzma
import random
import sqlite3
import struct
import tarfile
import time
import zipfile
import zlib
from email.message import EmailMessage

from reading import SAID, Case
from tap import run_tests

tests = []
test = tests.append

MB = 1 << 20


# --- what is made here ---------------------------------------------------------

def sentence(place):
    return SAID.replace("Port Selm", place)


def zipped(files, method=zipfile.ZIP_DEFLATED):
    """Pairs of path and bytes; a path may stand twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for path, content in files:
            info = zipfile.ZipInfo(path)
            info.compress_type = method
            info.external_attr = 0o644 << 16
            z.writestr(info, content)
    return out.getvalue()


def tarred(files, mode="w", form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form, encoding="utf-8", errors="surrogateescape") as t:
        for path, content in files:
            info = tarfile.TarInfo(path)
            info.size = len(content)
            t.addfile(info, io.BytesIO(content))
    return out.getvalue()


def by_libarchive(files, form, filters=()):
    """What Python cannot write: 7z, and Zstandard."""
    lib = ctypes.CDLL("libarchive.so.13")
    for name in ("archive_write_new", "archive_entry_new"):
        getattr(lib, name).restype = ctypes.c_void_p
    archive = ctypes.c_void_p(lib.archive_write_new())
    out, used = ctypes.create_string_buffer(sum(len(c) + 4096 for _, c in files) + MB), ctypes.c_size_t()
    for name in (f"set_format_{form}", *(f"add_filter_{f}" for f in filters)):
        assert getattr(lib, f"archive_write_{name}")(archive) == 0, name
    assert lib.archive_write_open_memory(archive, out, ctypes.c_size_t(len(out)), ctypes.byref(used)) == 0
    for path, content in files:
        entry = ctypes.c_void_p(lib.archive_entry_new())
        lib.archive_entry_set_pathname(entry, path.encode())
        lib.archive_entry_set_size(entry, ctypes.c_int64(len(content)))
        lib.archive_entry_set_filetype(entry, 0o100000)
        lib.archive_entry_set_perm(entry, 0o644)
        assert lib.archive_write_header(archive, entry) == 0
        lib.archive_write_data(archive, content, ctypes.c_size_t(len(content)))
        lib.archive_entry_free(entry)
    assert lib.archive_write_close(archive) == 0
    lib.archive_write_free(archive)
    return out.raw[:used.value]


def locked_7z():
    """One whose list of files is enciphered: no name can be told."""
    size = 16
    cipher = bytes.fromhex("06f10701")
    header = (b"\x17" b"\x06\x00\x01\x09" + bytes([size]) + b"\x00"  # packed: one stream
              b"\x07\x0b\x01\x00" b"\x01" + bytes([0x24]) + cipher + b"\x02\x00\x00"  # one coder: AES
              b"\x0c" + bytes([size]) + b"\x00\x00")
    start = struct.pack("<QQI", size, len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start)) + start + bytes(range(size)) + header


def mail(text=SAID, attached=(), subject="The arrest", day="Tue, 21 Feb 2012 23:30:00 -0500"):
    """Attached: name, type, bytes."""
    m = EmailMessage()
    m["From"] = "A. Clerk <clerk@example.org>"
    m["Subject"] = subject
    m["Date"] = day
    m.set_content(text + "\n")
    for name, kind, content in attached:
        main, sub = kind.split("/")
        m.add_attachment(content, maintype=main, subtype=sub, **({"filename": name} if name else {}))
    return bytes(m)


SEPARATOR = b"From clerk@example.org Tue Feb 21 09:30:00 2012\n"


# --- what came of it --------------------------------------------------------------

def read(**files):
    """The case, and what was said of what could not be read; nothing went wrong
    beyond that."""
    case = Case()
    _, _, err = case.read(**files)
    for word in ("crashed", "stopped", "believe", "ended over"):
        assert word not in err, err
    return case, err


def documents(case):
    return [json.loads(line) for line in case.run("documents", "--format", "jsonl")[1].splitlines()]


def names(case):
    return sorted(d["name"] for d in documents(case))


def text(case, name):
    """Of the one of that very name."""
    out = case.run("export", "--format", "text")[1]
    if len(names(case)) == 1:
        return out.strip()
    return next(d["text"] for d in map(json.loads, out.splitlines()) if d["doc"] == name).strip()


def told(case, name):
    """The address, and where the date was read."""
    with contextlib.closing(sqlite3.connect(case.path)) as db:
        return db.execute("SELECT url, date_from FROM document WHERE name = ?", (name,)).fetchone()


FILES = [("a.txt", sentence("Port Selm").encode()), ("list/b.html", b"<p>" + sentence("Orlan").encode()),
         ("list/c.md", sentence("Tarn").encode())]
EXPECTED = ["a.txt", "list/b.html", "list/c.md"]


@test
def what_archives_hold_is_read():
    made = {
        "a__zip": zipped(FILES), "b__zip": zipped(FILES, zipfile.ZIP_STORED), "c__tar": tarred(FILES),
        "d__tar__gz": tarred(FILES, "w:gz"), "e__tgz": tarred(FILES, "w:gz"), "f__tar__bz2": tarred(FILES, "w:bz2"),
        "g__tar__xz": tarred(FILES, "w:xz"), "h__7z": by_libarchive(FILES, "7zip"),
        "i__tar__zst": by_libarchive(FILES, "pax_restricted", ["zstd"]), "j": zipped(FILES),
        "k__tar": tarred(FILES, form=tarfile.GNU_FORMAT), "l__zip": zipped(FILES, zipfile.ZIP_LZMA)}
    case, err = read(**made)
    expected = sorted(f"{name.replace('__', '.')}/{path}" for name in made for path in EXPECTED)
    assert names(case) == expected, (err, names(case))
    for name in made:
        got = text(case, f"{name.replace('__', '.')}/list/b.html")
        assert got == sentence("Orlan"), (name, got)


@test
def a_file_that_is_compressed_alone_is_read_without_that_ending():
    page = b"<html><head><title>News</title></head><body><p>" + SAID.encode() + b"</p></body></html>"
    case, err = read(a__html__gz=gzip.compress(page), b__txt__bz2=bz2.compress(SAID.encode()),
                     c__md__xz=lzma.compress(SAID.encode()), d=gzip.compress(page),
                     e__eml__gz=gzip.compress(mail(attached=[("n.txt", "text/plain", SAID.encode())])),
                     f__zip__gz=gzip.compress(zipped([("n.txt", SAID.encode())])))
    assert names(case) == ["a.html.gz/a.html", "b.txt.bz2/b.txt", "c.md.xz/c.md", "d/d", "e.eml.gz/e.eml",
                           "e.eml.gz/e.eml/n.txt", "f.zip.gz/f.zip/n.txt"], (err, names(case))
    assert text(case, "a.html.gz/a.html") == SAID
    assert case.fields("d/d")[0] == "News", case.fields("d/d")


@test
def archives_within_archives_are_taken_apart():
    nested = zipped([("note.txt", SAID.encode())])
    for level in range(6):
        nested = tarred([(f"{level}.zip", nested)], "w:gz") if level % 2 else zipped([(f"{level}.zip", nested)])
    case, err = read(a__zip=nested)
    assert len(names(case)) == 1 and names(case)[0].endswith("/note.txt"), (err, names(case))


@test
def a_document_that_is_a_zip_file_is_no_folder_of_files():
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    docx = zipped([("docProps/app.xml", b"<a/>"), ("[Content_Types].xml", b"<Types/>"),
                   ("word/document.xml", f"<w:document {word}><w:body><w:p><w:r><w:t>{SAID}</w:t></w:r></w:p></w:body>"
                    "</w:document>".encode())])
    sheet = zipped([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"),
                    ("xl/notes.txt", SAID.encode())])
    case, err = read(a__docx=docx, b=docx, c__zip=zipped([("in/d.docx", docx)]), e__xlsx=sheet)
    assert names(case) == ["a.docx", "b", "c.zip/in/d.docx"], (err, names(case))
    assert "e.xlsx" in err and "does not read yet" in err, err


@test
def hidden_files_are_passed_over_and_links_refused():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, kind in (("folder", tarfile.DIRTYPE), ("soft.txt", tarfile.SYMTYPE), ("hard.txt", tarfile.LNKTYPE),
                           ("device", tarfile.CHRTYPE), ("pipe", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            t.addfile(info)
        info = tarfile.TarInfo("good.txt")
        info.size = len(SAID)
        t.addfile(info, io.BytesIO(SAID.encode()))
    hidden = [(p, SAID.encode()) for p in (".DS_Store", "__MACOSX/._a.txt", ".git/note.txt", "x/.y/z.txt", "x/a.txt")]
    case, err = read(a__tar=out.getvalue(), b__zip=zipped(hidden), c__zip=zipped([(".DS_Store", b"x")]),
                     d__zip=zipped([]))
    assert names(case) == ["a.tar/good.txt", "b.zip/x/a.txt"], names(case)
    for name in ("soft.txt", "hard.txt"):
        assert f"a.tar/{name}: a link, which is not followed" in err, err
    for name in ("device", "pipe"):
        assert f"a.tar/{name}: it is no ordinary file" in err, err
    for name in ("c.zip", "d.zip"):
        assert f"{name}: there are no files in it" in err, err
    assert "DS_Store" not in err and "folder" not in err, err


@test
def names_are_harmless_and_stay_apart():
    odd = ["../../etc/a.txt", "/etc/a.txt", "etc\\a.txt", "./etc/./a.txt", "c\x01\x1b[31m\n.txt", "same.txt", "same.txt",
           "same (2).txt", "...txt/..", "é.txt"]
    zip_names = zipped([(p, sentence(f"Camp {i}").encode()) for i, p in enumerate(odd)])
    tar_names = tarred([(p, sentence(f"Camp {i}").encode()) for i, p in enumerate(
        ["caf\udce9.txt", "caf\udcea.txt", "é.txt", "/" + "x" * 3000 + ".txt"])], form=tarfile.GNU_FORMAT)
    case, err = read(a__zip=zip_names, b__tar=tar_names)
    got = names(case)
    assert "a.zip/etc/a.txt" in got and "a.zip/etc/a (2).txt" in got and "a.zip/etc/a (4).txt" in got, got
    assert {"a.zip/same.txt", "a.zip/same (2).txt", "a.zip/same (2) (2).txt"} <= set(got), got
    assert "a.zip/c%01%1B[31m%0A.txt" in got and "a.zip/é.txt" in got, got
    assert {"b.tar/caf%E9.txt", "b.tar/caf%EA.txt", "b.tar/é.txt"} <= set(got), got
    assert not any(".." in n.split("/") or "\\" in n or len(n.encode()) > 1000 for n in got), got
    assert len(got) == len(odd) - 1 + 4, (len(got), got, err)


def set_flags(content, marks):
    """Bit 0 of the flags of all files: locked."""
    out = bytearray(content)
    for mark, offset in marks:
        at = -1
        while (at := out.find(mark, at + 1)) >= 0:
            out[at + offset] |= 1
    return bytes(out)


@test
def what_is_locked_is_refused():
    case, err = read(a__zip=set_flags(zipped(FILES), [(b"PK\1\2", 8), (b"PK\3\4", 6)]), b__7z=locked_7z(),
                     c__txt=SAID.encode())
    assert names(case) == ["c.txt"], names(case)
    for path in EXPECTED:
        assert f"a.zip/{path}: locked with a password" in err, err
    assert "b.7z: locked with a password" in err, err


@test
def a_member_that_is_too_big_is_refused_and_the_next_is_read():
    big = b"x" * (40 * MB)
    files = [("a.txt", SAID.encode()), ("big.txt", big), ("b.txt", SAID.encode())]
    case, err = read(a__zip=zipped(files), b__tar=tarred(files), c__tgz=tarred(files, "w:gz"),
                     d__7z=by_libarchive(files, "7zip"), e__txt__gz=gzip.compress(big))
    assert names(case) == [f"{n}/{m}.txt" for n in ("a.zip", "b.tar", "c.tgz", "d.7z") for m in "ab"], (names(case), err)
    for name in ("a.zip", "b.tar", "c.tgz", "d.7z"):
        assert f"{name}/big.txt: it is larger than one document may be" in err, err
    assert "e.txt.gz/e.txt: it unpacks to more than" in err, err


def bomb_gz(count):
    """A gzip file of so many times 64 MB."""
    pack = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join([*(pack.compress(b"x" * (64 * MB)) for _ in range(count)), pack.flush()])


@test
def bombs_cost_little():
    head = tarfile.TarInfo("big")
    head.size = 1 << 40
    tar = SAID.encode().ljust(512, b"\0")
    small = tarfile.TarInfo("a.txt")
    small.size = len(SAID)
    start = small.tobuf(tarfile.GNU_FORMAT) + tar
    pack = zlib.compressobj(1, zlib.DEFLATED, 31)
    long_tar = b"".join([pack.compress(start + head.tobuf(tarfile.GNU_FORMAT)),
                         *(pack.compress(bytes(64 * MB)) for _ in range(2)), pack.flush()])
    hole = tarfile.TarInfo("hole")
    hole.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "hole",
                        "GNU.sparse.realsize": str(1 << 43)}
    hole.size = 512
    sparse = start + hole.tobuf(tarfile.PAX_FORMAT) + b"0\n".ljust(512, b"\0") + bytes(1024)
    files = {"a__gz": bomb_gz(8), "b__tar__gz": long_tar, "c__tar": sparse,
             "good__txt": SAID.encode()}
    files["f__gz"] = files["a__gz"]
    for _ in range(8):
        files["f__gz"] = gzip.compress(files["f__gz"])
    began = time.monotonic()
    case, err = read(**files)
    took = time.monotonic() - began
    assert took < 60, took
    assert "good.txt" in names(case) and "b.tar.gz/a.txt" in names(case) and "c.tar/a.txt" in names(case), names(case)
    assert "a.gz/a: it unpacks to more than" in err and "f.gz/f: it unpacks to more than" in err, err[:3000]
    assert "b.tar.gz: what comes after this is not read: the file grows too much" in err, err[:3000]
    assert "c.tar/hole: it is larger than one document may be" in err, err[:3000]


def overlapping(data, size, count):
    """A ZIP file all of whose members are one and the same."""
    crc = zlib.crc32(b" " * size)
    body = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(data), size, 5, 0) + b"a.txt" + data
    listed = b"".join(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(data), size, 5, 0, 0,
                                  0, 0, 0, 0) + b"a.txt" for _ in range(count))
    return body + listed + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(listed), len(body), 0)


@test
def many_names_for_one_member_are_one():
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    case, err = read(a__zip=overlapping(pack.compress(b" " * (15 * MB)) + pack.flush(), 15 * MB, 5000), b__txt=SAID.encode())
    assert names(case) == ["b.txt"] and err.count("a.zip") == 1, (names(case), err)


@test
def archives_that_branch_without_end_are_left():
    nested = zipped([("0.txt", b"x" * (30 * MB))])
    for level in range(1, 7):
        nested = zipped([(f"{i}.zip", nested) for i in range(16)])
    began = time.monotonic()
    case, err = read(d__zip=nested, e__txt=SAID.encode())
    assert time.monotonic() - began < 200
    assert names(case) == ["e.txt"] and "more" in err, (names(case), err[-300:])


@test
def a_7z_file_that_asks_for_much_memory_costs_itself_only():
    whole = bytearray(by_libarchive(FILES, "7zip"))
    case, err = read(a__7z=bytes(whole), **{
        f"b{i}__7z": bytes(whole[:32]) + bytes([255 - i]) * (len(whole) - 32) for i in range(5)})
    assert names(case) == [f"a.7z/{p}" for p in EXPECTED], (names(case), err)


@test
def damaged_archives_give_what_can_be_had():
    """Cut anywhere, or with a byte that is another."""
    noise = random.Random(1).randbytes(60000)
    files = [("a.txt", SAID.encode())] + [(f"{i}.bin", noise) for i in range(3)] + [("z.txt", SAID.encode())]
    wholes = {"zip": zipped(files), "tar": tarred(files), "tgz": tarred(files, "w:gz"), "7z": by_libarchive(files, "7zip"),
              "tbz": tarred(files, "w:bz2"), "txz": tarred(files, "w:xz"),
              "tzst": by_libarchive(files, "pax_restricted", ["zstd"])}
    made = {}
    for name, whole in wholes.items():
        for i in range(1, 41):
            at = len(whole) * i // 41
            made[f"cut{i}__{name}"] = whole[:at]
            made[f"byte{i}__{name}"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
    case, err = read(good__txt=SAID.encode(), **made)
    got = names(case)
    assert "good.txt" in got
    for name in ("zip", "tar", "tgz"):
        assert f"cut30.{name}/a.txt" in got and f"cut30.{name}/z.txt" not in got, name
        assert f"cut30.{name}: it is damaged" in err, err[:2000]
    assert "cut30.7z: it is damaged" in err, err[:2000]


@test
def what_only_looks_like_an_archive_costs_itself_only():
    whole = tarred(FILES, form=tarfile.GNU_FORMAT)
    case, err = read(a__tar=whole[:160] + whole[280:], good__txt=SAID.encode())  # zeros left out: its sum is right
    assert names(case) == ["good.txt"] and "a.tar: it is damaged: it cannot be unpacked" in err, (names(case), err)


# --- mail -----------------------------------------------------------------------------

@test
def what_is_attached_to_mail_is_read():
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "B. Clerk <b@example.org>", "Fwd"
    inner.set_content(sentence("Tarn") + "\n")
    inner.add_attachment(sentence("Orlan").encode(), maintype="text", subtype="plain", filename="deep.txt")
    m = EmailMessage()
    m["From"], m["Subject"], m["Date"] = "A. Clerk <clerk@example.org>", "The arrest", "Tue, 21 Feb 2012 10:00:00 +0000"
    m.set_content(SAID + "\n")
    m.add_attachment(SAID.encode(), maintype="text", subtype="markdown", filename="Liste é.md")
    m.add_attachment(SAID.encode(), maintype="text", subtype="html")
    m.add_attachment(zipped(FILES), maintype="application", subtype="zip", filename="../all.zip")
    m.add_attachment(inner, filename="Fwd: the letter")
    m.add_attachment(SAID.encode(), maintype="text", subtype="plain", filename="Liste é.md")
    case, err = read(a__eml=bytes(m), b=b"X-Odd: 1\r\n" + bytes(m))
    for name in ("a.eml", "b"):
        expected = [name, f"{name}/Fwd: the letter.eml", f"{name}/Fwd: the letter.eml/deep.txt", f"{name}/Liste é (2).md",
                    f"{name}/Liste é.md", *(f"{name}/all.zip/{p}" for p in EXPECTED), f"{name}/attachment-2.html"]
        assert [n for n in names(case) if n.split("/")[0] == name] == sorted(expected), (names(case), err)
        assert text(case, name) == SAID and case.fields(name) == ("The arrest", "2012-02-21", "A. Clerk")
    assert text(case, "a.eml/Fwd: the letter.eml") == sentence("Tarn")
    assert text(case, "b/Fwd: the letter.eml/deep.txt") == sentence("Orlan")
    assert "not read" not in case.run("documents")[1]


def part(head, body=b"x"):
    return b"--b\n" + head.encode() + b"\n\n" + body + b"\n"


MULTIPART = b"From: a@example.org\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"


@test
def adornments_of_mail_are_passed_over():
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(64))
    apple = (b"Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\n" + SAID.encode() +
             b"\n--c\nContent-Type: multipart/mixed; boundary=d\n\n--d\nContent-Type: text/html\n\n<p>Same.\n--d\n"
             b"Content-Type: text/plain; name=kept.txt\nContent-Disposition: inline; filename=kept.txt\n\n" + SAID.encode() +
             b"\n--d--\n--c\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--c--\n")
    content = (MULTIPART + b"--b\n" + apple
               + part("Content-Type: image/png\nContent-ID: <logo>\nContent-Transfer-Encoding: base64", picture)
               + part("Content-Type: application/pgp-signature; name=signature.asc") + b"--b--\n")
    case, err = read(a__eml=content, b__eml=mail())
    assert names(case) == ["a.eml", "a.eml/kept.txt", "b.eml"] and not err.strip(), (names(case), err)


@test
def broken_mail_costs_itself_only():
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(30000)) + b"\nEnd.\n"
    dolls = b"From: a@example.org\nSubject: s\n" + b"Content-Type: message/rfc822\n\n" * 100000 + b"End.\n"
    wide = MULTIPART + part("Content-Disposition: attachment; filename=x.txt", SAID.encode()) * 3000 + b"--b--\n"
    whole = mail(attached=[("list.txt", "text/plain", SAID.encode()), (None, "application/zip", zipped(FILES))])
    files = {"deep__eml": deep, "dolls__eml": dolls, "wide__eml": wide, "empty__eml": b"\n",
             "open__eml": MULTIPART + part("", SAID.encode()) + part("Content-Disposition: attachment; filename=o.txt",
                                                                     SAID.encode()),
             "base64__eml": MULTIPART + part("Content-Disposition: attachment; filename=x.txt\n"
                                             "Content-Transfer-Encoding: base64", b"!!" + base64.b64encode(SAID.encode())),
             "eight__eml": "From: José Muñoz <j@example.org>\nSubject: Détenus\n\n".encode() + SAID.encode(),
             "latin__eml": "From: José Muñoz <j@example.org>\nSubject: Détenus\n\n".encode("latin-1") + SAID.encode()}
    for i in range(1, 41):
        at = len(whole) * i // 41
        files[f"cut{i}__eml"] = whole[:at]
        files[f"byte{i}__eml"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
    case, err = read(good__txt=SAID.encode(), **files)
    got = names(case)
    assert {"good.txt", "open.eml", "open.eml/o.txt"} <= set(got), got
    assert sum(n.startswith("wide.eml/") for n in got) == 999, len(got)
    assert "only the first 1000 parts" in err, err[-2000:]
    for name in ("eight.eml", "latin.eml"):
        assert case.fields(name) == ("Détenus", None, "José Muñoz"), case.fields(name)


# --- mailboxes ---------------------------------------------------------------------------

@test
def a_mailbox_is_its_messages():
    quoted = mail("He said:\n\nFrom the hills they came.\n>From Monday on, nothing.\n")
    quoted = quoted.replace(b"\nFrom the", b"\n>From the").replace(b"\n>From Mon", b"\n>>From Mon")
    box = b"".join(SEPARATOR + m + b"\n" for m in (
        mail(subject="one"), mail(subject="two", attached=[("n.txt", "text/plain", sentence("Orlan").encode())]), quoted,
        b"no head at all\n", mail("From here Tue we went on.", subject="five")))
    case, err = read(a__mbox=box, Inbox=box.replace(b"\n", b"\r\n"))
    for name in ("a.mbox", "Inbox"):
        got = [n for n in names(case) if n.startswith(name)]
        assert got == [f"{name}:1", f"{name}:2", f"{name}:2/n.txt", f"{name}:3", f"{name}:4", f"{name}:5"], (got, err)
        assert case.fields(f"{name}:1")[0] == "one" and case.fields(f"{name}:5")[0] == "five"
        assert text(case, f"{name}:3") == "He said:\n\nFrom the hills they came.\n>From Monday on, nothing."
        assert text(case, f"{name}:2/n.txt") == sentence("Orlan")


@test
def a_length_in_the_head_is_believed_where_it_is_right():
    body = SEPARATOR + b"From: b@example.org\nSubject: inner\n\n" + SAID.encode() + b"\n"
    head = b"From: a@example.org\nSubject: outer\nContent-Length: %d\n\n"
    right = SEPARATOR + head % len(body) + body + b"\n" + SEPARATOR + mail(subject="last")
    wrong = SEPARATOR + head % (len(body) - 7) + body + b"\n" + SEPARATOR + head % (1 << 62) + SAID.encode() + b"\n"
    case, err = read(a__mbox=right, b__mbox=wrong)
    assert names(case) == ["a.mbox:1", "a.mbox:2", "b.mbox:2", "b.mbox:3"], (names(case), err)
    assert SAID in text(case, "a.mbox:1") and case.fields("a.mbox:2")[0] == "last"
    assert case.fields("b.mbox:2")[0] == "inner" and SAID in text(case, "b.mbox:3"), (names(case), err)


@test
def a_mail_after_one_such_line_is_a_mail_if_its_name_says_so():
    case, err = read(a__eml=SEPARATOR + mail(), b=SEPARATOR + mail(), c=b"From the hills they came. " + SAID.encode())
    assert names(case) == ["a.eml", "b:1", "c"], (names(case), err)
    assert case.fields("a.eml") == ("The arrest", "2012-02-21", "A. Clerk"), case.fields("a.eml")
    assert text(case, "a.eml") == SAID


@test
def a_large_mailbox_is_read_message_by_message():
    long = mail("word " * (4 * MB), subject="long")
    box = b"".join(SEPARATOR + mail(subject=str(i)) + b"\n" for i in range(200))
    case, err = read(a__mbox=box + SEPARATOR + long + b"\n" + SEPARATOR + mail(subject="after"))
    assert len(names(case)) == 201 and case.fields("a.mbox:202")[0] == "after", (len(names(case)), err)
    assert "a.mbox:201: it is larger than one document may be" in err, err


@test
def damaged_mailboxes_give_what_can_be_had():
    whole = b"".join(SEPARATOR + mail(subject=str(i)) + b"\n" for i in range(5))
    made = {}
    for i in range(1, 41):
        at = len(whole) * i // 41
        made[f"cut{i}__mbox"] = whole[:at]
        made[f"byte{i}__mbox"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
    case, err = read(**made)
    assert {"cut40.mbox:1", "cut40.mbox:5", "byte20.mbox:1"} <= set(names(case)), names(case)


# --- saved pages ----------------------------------------------------------------------------

def saved(page=None, head="", root_head="", before=""):
    page = page or f"<html><head><title>News of Selm</title></head><body><p>{SAID}</p></body></html>"
    return (f"From: <Saved by Browser>\nSubject: =?utf-8?Q?Caf=C3=A9?=\nDate: Tue, 21 Feb 2012 10:00:00 -0000\n{head}"
            f"MIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"{root_head}\n\n{before}"
            "--b\nContent-Type: text/html\nContent-ID: <root@example.org>\nContent-Transfer-Encoding: quoted-printable\n"
            f"Content-Location: https://news.example.org/selm\n\n{page.replace('=', '=3D')}\n"
            "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: https://x.example.org/a.png"
            "\n\niVBORw0KGgo=\n--b--\n").encode()


URL = "Snapshot-Content-Location: https://news.example.org/selm\n"
FRAME = ("--b\nContent-Type: text/html\nContent-Location: https://ads.example.org/\n\n<p>Buy boots.\n")


@test
def a_saved_page_is_read_as_a_page():
    raw = saved(head=URL).replace(b"base64", b"binary").replace(b"iVBORw0KGgo=", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400)
    made = {"a__mhtml": saved(head=URL), "b__mht": saved(), "c": saved(head=URL, before=FRAME),
            "d__mht": saved(before=FRAME, root_head="; start=\"<root@example.org>\""),
            "e__mhtml": saved("<p>" + SAID, head=URL), "f__mht": b"Content-Type: text/html\n\n<p>" + SAID.encode(),
            "g__mhtml": raw, "h": raw}
    case, err = read(**made)
    assert len(names(case)) == len(made), (names(case), err)
    for name in names(case):
        assert text(case, name) == SAID, (name, text(case, name))
    assert case.fields("a.mhtml")[:2] == ("News of Selm", "2012-02-21"), case.fields("a.mhtml")
    assert case.fields("e.mhtml")[0] == "Café", case.fields("e.mhtml")
    url, date_from = told(case, "a.mhtml")
    assert url == "https://news.example.org/selm" and "when the page was saved" in date_from, (url, date_from)


@test
def damaged_saved_pages_cost_themselves_only():
    whole = saved(head=URL)
    made = {"none__mht": b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n"}
    for i in range(1, 41):
        at = len(whole) * i // 41
        made[f"cut{i}__mht"] = whole[:at]
        made[f"byte{i}__mht"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
    case, err = read(good__txt=SAID.encode(), **made)
    assert "good.txt" in names(case) and "cut40.mht" in names(case), names(case)
    assert "none.mht: no page can be found in it" in err, err


run_tests(tests)
