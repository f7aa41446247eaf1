"""Saved sites, tables and feeds: files that hold many documents, made here,
whole and damaged and made to do harm.  TAP on standard output.

usage: test_web.py ATTEST
"""
import gzip
import json
import zlib

from made import ATOM, PAGE, RDF, SITE, TABLE, brotli, chunked, items, page, record, response, rss, table, wacz
from reading import SAID, Case, refused
from tap import run_tests

tests = []
test = tests.append


def names(case):
    return [json.loads(line)["name"] for line in case.run("documents", "--format", "jsonl")[1].splitlines()]


# --- saved sites -------------------------------------------------------------------


@test
def pages_of_a_saved_site_are_documents():
    case = Case()
    status, _, err = case.read(a__warc=b"".join(SITE), b__warc__gz=b"".join(map(gzip.compress, SITE)),
                               c__warc__gz=gzip.compress(b"".join(SITE)))
    assert status == 0, err
    for name in ("a.warc", "b.warc.gz", "c.warc.gz"):
        assert [n for n in names(case) if n.startswith(name)] == [f"{name}:2", f"{name}:6", f"{name}:8"], names(case)
        assert case.text(f"{name}:2").strip() == SAID
        assert case.text(f"{name}:6").strip() == SAID.replace("Juan", "Eva")
        assert case.text(f"{name}:8").strip() == SAID.replace("Juan", "Ivo")
        assert case.fields(f"{name}:2") == ("The arrest", "2012-02-21", None), case.fields(f"{name}:2")



@test
def a_wacz_is_its_saved_sites_by_what_is_in_it():
    case = Case()
    status, _, err = case.read(a__wacz=wacz(SITE), noname=wacz(SITE))
    assert status == 0, err
    assert names(case) == [f"{file}/archive/data.warc.gz:{n}" for file in ("a.wacz", "noname") for n in (2, 6, 8)]


@test
def the_server_tells_media_type_and_encoding_and_is_asked_after_the_page():
    said = "Soldiers arrested José Muñoz in Port Selm."
    dated = page(said).replace(b"<title>", b'<meta property="article:published_time" content="2011-03-04"><title>')
    plain = ("Date: 2010-01-02\n\n" + said).encode("utf-16-le")
    case = Case()
    status, _, err = case.read(a__warc=b"".join([
        response((PAGE % ("x", said)).encode("cp1252"), kind="Text/HTML; Charset=windows-1252"),
        response(dated), response(plain, kind="text/plain; charset=utf-16le"),
        response((PAGE % ("x", said)).encode(), kind="application/octet-stream")]))
    assert status == 0, err
    for n in range(1, 5):
        assert case.text(f"a.warc:{n}").strip().endswith(said), (n, case.text(f"a.warc:{n}"))
    assert [case.fields(f"a.warc:{n}")[1] for n in range(1, 5)] == ["2012-02-21", "2011-03-04", "2010-01-02",
                                                                    "2012-02-21"]
    case = Case()
    case.read(a__warc=response(page(said)))
    case.run("read", case.dir / "in", "--date", "1999-01-01")
    assert case.fields("a.warc:1")[1] == "2012-02-21"


@test
def bodies_are_read_as_they_were_before_they_were_sent():
    raw = zlib.compressobj(wbits=-15)
    bodies = [
        (zlib.compress(page(SAID)), "Content-Encoding: deflate"),
        (raw.compress(page(SAID)) + raw.flush(), "Content-Encoding: deflate"),
        (gzip.compress(gzip.compress(page(SAID))), "content-encoding: GZIP , x-gzip"),
        (brotli(page(SAID)), "Content-Encoding: br"),
        (page(SAID), "Content-Encoding: gzip"),       # undone by who saved it, ...
        (page(SAID), "Transfer-Encoding: chunked"),   # ... and so here
        (chunked(page(SAID), 1), "Transfer-Encoding: chunked"),
        (chunked(page(SAID))[:-5], "Transfer-Encoding: chunked"),
    ]
    case = Case()
    status, _, err = case.read(a__warc=b"".join(response(body, head) for body, head in bodies))
    for n, (body, head) in enumerate(bodies, 1):
        assert case.text(f"a.warc:{n}").strip() == SAID, (n, head, err)


@test
def what_grows_too_big_is_refused_and_what_comes_after_it_is_read():
    zeros = b"<p>" + b" " * (1 << 20)
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(zeros) for _ in range(2000)) + packer.flush()  # two gigabytes
    site = [response(bomb, "Content-Encoding: gzip"), response(gzip.compress(bomb), "Content-Encoding: gzip, gzip"),
            response(bytes(17 << 20)), response(page(SAID))]
    case = Case()
    status, out, err = case.read(a__warc=b"".join(site), b__warc__gz=b"".join(map(gzip.compress, site)))
    assert status == 1 and out.startswith("2 documents read"), (out, err)
    for name in ("a.warc", "b.warc.gz"):
        assert f"{name}:1: it unpacks to more than the 16 MB" in err, err
        assert f"{name}:2: it unpacks to more than the 16 MB" in err, err
        assert f"{name}:3: it is larger than one document may be" in err, err
        assert case.text(f"{name}:4").strip() == SAID


@test
def a_file_of_zeros_that_is_a_small_gzip_ends():
    packer = zlib.compressobj(wbits=31)
    bomb = packer.compress(b"WARC/1.0\r\n" + bytes(1 << 20))
    bomb += b"".join(packer.compress(bytes(1 << 20)) for _ in range(2000)) + packer.flush()
    err = refused(bomb, "a.warc.gz")
    assert "cut off, or damaged" in err, err


@test
def lengths_that_lie_cost_what_they_lie_about():
    body = page(SAID)
    whole = response(body)
    for lie in (10, 10 ** 6, 10 ** 18, "x", -1, 10 ** 30, ""):
        lying = whole.replace(f"Content-Length: {len(whole.split(b'Content-Length: ')[1].split(b'WARC')[0])}".encode(),
                              b"")
        start, rest = lying.split(b"Content-Length: ", 1)
        lying = start + f"Content-Length: {lie}\r\n".encode() + rest.split(b"\r\n", 1)[1]
        case = Case()
        status, out, err = case.read(a__warc=whole + lying + whole, b__warc__gz=b"".join(map(gzip.compress, (
            whole, lying, whole))), good__txt=SAID.encode())
        assert "documents read" in out and "crashed" not in err and "stopped" not in err, (lie, out, err)
        assert case.text("a.warc:1").strip() == SAID and case.text("b.warc.gz:1").strip() == SAID, (lie, err)


@test
def records_without_an_end_are_told_of():
    assert "damaged" in refused(b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X: y\r\n" * 100000, "a.warc")
    assert "damaged" in refused(b"WARC/1.0\r\n" + b"x" * (3 << 20), "a.warc")
    assert "damaged" in refused(b"WARC/1.0\r\n" * 1000, "a.warc")


@test
def a_site_without_pages_says_what_it_has():
    err = refused(b"".join(SITE[:1] + SITE[2:5]), "a.warc")
    assert "there is no page in it, only: pictures (1); answers that are no page" in err, err


@test
def damaged_sites_give_what_can_be_had():
    """Cut anywhere, or with a byte that is another."""
    plain, packed = b"".join(SITE), b"".join(map(gzip.compress, SITE))
    files = {}
    for kind, whole in (("warc", plain), ("warc__gz", packed)):
        for i in range(1, 41):
            at = len(whole) * i // 42
            files[f"cut{i}__{kind}"] = whole[:at]
            files[f"byte{i}__{kind}"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
    case = Case()
    status, out, err = case.read(good__txt=SAID.encode(), **files)
    assert status == 1 and "documents read" in out, (out, err)
    assert "crashed" not in err and "stopped" not in err and "believe" not in err, err
    given = names(case)
    assert "good.txt" in given and "cut40.warc:2" in given and "cut40.warc:6" in given, given
    assert "cut40.warc.gz:2" in given and "byte20.warc.gz:7" in given, given  # it goes on behind the damage


# --- tables ------------------------------------------------------------------------

@test
def rows_of_tables_are_documents_named_by_their_lines():
    case = Case()
    status, _, err = case.read(
        a__csv=table(TABLE), b__csv=table(TABLE, ";", "cp1252"), c__tsv=table(TABLE, "\t", "utf-16"),
        d__csv=table(TABLE, "|", "utf-8-sig"), e__csv=b"sep=;\r\n" + table(TABLE, ";"), f__csv=table(TABLE, end="\r"),
        g__csv=table(TABLE, end="\n\n"))
    assert status == 0, err
    lines = {"e.csv": (3, 6), "g.csv": (3, 8)}
    for name in ("a.csv", "b.csv", "c.tsv", "d.csv", "e.csv", "f.csv", "g.csv"):
        first, last = lines.get(name, (2, 5))
        assert [n for n in names(case) if n.startswith(name)] == [f"{name}:{first}", f"{name}:{last}"], names(case)
        assert case.text(f"{name}:{first}") == SAID + "\nThey \"fled\".", case.text(f"{name}:{first}")
        assert case.text(f"{name}:{last}") == "Police beat José Muñoz.", case.text(f"{name}:{last}")
        assert case.fields(f"{name}:{first}") == ("The arrest", "2012-02-21", "The Courier")
        assert case.fields(f"{name}:{last}") == ("José", "2012-02-23", "Wire")


@test
def a_table_of_one_row_is_one_document():
    case = Case()
    status, _, err = case.read(a__csv=table(TABLE[:2]))
    assert status == 0 and names(case) == ["a.csv"], (err, names(case))
    assert case.fields("a.csv") == ("The arrest", "2012-02-21", "The Courier")


@test
def columns_are_told():
    case = Case()
    (case.dir / "in").mkdir()
    (case.dir / "in" / "a.csv").write_bytes(table(
        [["A", "B", "C", "ref"], ["x", SAID, "They fled.", "r1"], ["2012-02-21", "", "Police beat Eva Ruiz.", "r1"]]))
    status, _, err = case.run("read", case.dir / "in")
    assert status == 1 and "a.csv: none of its columns is known to hold the text: A, B, C, ref." in err, err
    assert "--columns 'text=B'" in err, err
    status, _, err = case.run("read", case.dir / "in", "--columns", "text=b+C+none, date=a,id=Ref")
    assert status == 0 and names(case) == ["a.csv:r1", "a.csv:r1:3"], (err, names(case))
    assert json.dumps(SAID + "\n\nThey fled.") in case.text("a.csv:r1"), case.text("a.csv:r1")
    assert case.fields("a.csv:r1:3")[1] == "2012-02-21"
    for wrong in ("", "text", "words=B", "text=", "date=A+B", "text=B,,"):
        status, _, err = case.run("read", case.dir / "in", "--columns", wrong)
        assert status == 2 and "does not tell which columns are what" in err, (wrong, status, err)
    for nothing in (table(TABLE[:1]), table([TABLE[0], TABLE[2], TABLE[2]])):
        assert "there is no row" in refused(nothing, "b.csv") or "in none of its rows" in refused(nothing, "b.csv")


@test
def odd_tables_cost_themselves_only():
    wide = ["text"] + [f"column {i}" for i in range(100000)]
    case = Case()
    status, out, err = case.read(
        good__txt=SAID.encode(), wide__csv=table([wide, [SAID] + ["x"] * 100000, ["y", "Police beat Eva Ruiz."]]),
        unknown__csv=table([wide[1:], wide[1:], wide[1:]]), open__csv=b"text,b\nOne.,1\nTwo.,2\n\"" + b"x,\n" * (7 << 20),
        zeros__csv=b"text,b\nSoldiers arrested \0 Juan Reyes.,1\nPolice beat Eva Ruiz.,2\n",
        ragged__csv=b"text,b\nOne.\nTwo.,2,3,4,5\n,,,,\nThree.,\"\n4\"\n", quotes__csv=b'text\n"' * 10001,
        commas__csv=b"text\n" + b"," * (8 << 20) + b"\nx,", empty__csv=b"\n\n", long__csv=b"x" * (8 << 20))
    assert status == 1 and "crashed" not in err and "stopped" not in err and "believe" not in err, err
    assert "open.csv: the row that begins on line 4 has more than the 16 MB" in err, err
    assert "and 99,9" not in err and "unknown.csv: none of its columns is known" in err and len(err) < 3000, err
    given = names(case)
    for name in ("good.txt", "wide.csv:2", "open.csv:2", "open.csv:3", "zeros.csv:2", "ragged.csv:2", "ragged.csv:3",
                 "ragged.csv:5"):
        assert name in given, (name, given[:50], err)


# --- feeds -------------------------------------------------------------------------

@test
def items_of_feeds_are_documents():
    case = Case()
    status, _, err = case.read(a__xml=rss(*items()), b__atom=ATOM, c__rdf=RDF, noname=b"\n<!-- x -->" + ATOM)
    assert status == 0, err
    counts = {"a.xml": 3, "b.atom": 2, "c.rdf": 2, "noname": 2}
    assert names(case) == [f"{name}:{n + 1}" for name, count in counts.items() for n in range(count)], names(case)
    for name in counts:
        assert case.text(f"{name}:1").startswith(SAID), case.text(f"{name}:1")
        assert case.fields(f"{name}:1") == ("The arrest", "2012-02-21", "The Courier"), case.fields(f"{name}:1")
        assert case.text(f"{name}:2").endswith("Police beat Eva Ruiz."), case.text(f"{name}:2")
    assert case.text("a.xml:1") == SAID + "\n\nThey fled." == case.text("b.atom:1")
    assert case.fields("a.xml:2") == ("A & B", "2012-02-22", "Wire"), case.fields("a.xml:2")
    assert case.text("a.xml:3") == "Guards beat Ivo Ruiz."
    assert case.text("b.atom:2") == "3 < 4. Police beat Eva Ruiz."


@test
def feeds_of_other_encodings_and_saved_feeds_are_read():
    said = "Soldiers arrested José Karel in Port Selm."
    case = Case()
    status, _, err = case.read(
        a__xml=rss(*items(said), encoding="windows-1252"), b__xml=rss(*items(said), encoding="utf-16"),
        c__xml=rss(*items(said), encoding="cp1250"), one__xml=rss(items(said)[0]),
        d__warc=response(rss(*items(said)), kind="text/xml"))
    assert status == 0, err
    for name in ("a.xml:1", "b.xml:1", "c.xml:1", "d.warc:1:1", "one.xml"):
        assert case.text(name).startswith(said), (name, case.text(name))


@test
def feeds_that_are_none_are_refused():
    assert "a feed without items" in refused(rss(), "a.xml")
    assert "a feed that is damaged" in refused(rss("<title>x</title>")[:-40], "a.xml")
    assert "does not read yet" in refused(b"<?xml version='1.0'?><kml><item>x</item></kml>", "a.xml")


@test
def entities_of_feeds_are_not_resolved():
    laughs = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    for declared in (f'<!ENTITY e0 "haha">{laughs}', '<!ENTITY e11 SYSTEM "file:///etc/passwd">',
                     '<!ENTITY e11 SYSTEM "http://127.0.0.1/x">', '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;'):
        one = f"<title>x &e11;</title><description>{SAID} &e11;</description>"
        for count in (1, 2):
            case = Case()
            status, _, err = case.read(a__xml=rss(*[one] * count, head=f"<!DOCTYPE rss [{declared}]>"))
            assert "stopped" not in err and "crashed" not in err, err
            for name in names(case):
                assert "root:" not in case.text(name) and "haha" not in case.text(name), case.text(name)
                assert case.text(name).strip() == SAID, case.text(name)
    err = refused(rss('<title x="&e11;">x</title>', head=f'<!DOCTYPE rss [<!ENTITY e0 "haha">{laughs}]>'), "a.xml")
    assert "stopped" not in err and "crashed" not in err, err


@test
def damaged_tables_and_feeds_cost_themselves_only():
    files = {}
    for kind, whole in (("csv", table(TABLE)), ("xml", rss(*items() * 5)), ("atom", ATOM), ("rdf", RDF)):
        for i in range(1, 41):
            at = len(whole) * i // 42
            files[f"cut{i}__{kind}"] = whole[:at]
            files[f"byte{i}__{kind}"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
    deep = b"<rss><channel><item>" + b"<a>" * 100000
    names_many = b"<rss " + b" ".join(b'xmlns:a%d="b"' % i for i in range(20000)) + b"><channel><item><title>x</title></item></channel></rss>"
    case = Case()
    status, out, err = case.read(good__txt=SAID.encode(), deep__xml=deep, spaces__xml=names_many, **files)
    assert status == 1 and "documents read" in out, (out, err)
    assert "crashed" not in err and "stopped" not in err and "believe" not in err, err
    given = names(case)
    assert "good.txt" in given and "cut40.xml:1" in given and "cut40.csv:2" in given, given


run_tests(tests)
