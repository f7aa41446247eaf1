"""Saved sites, tables and feeds: files that hold many documents, made here,
whole and damaged and made to do harm.  TAP on standard output.

usage: test_web.py ATTEST
"""
import gzip
import io
import json
import zipfile
import zlib

from reading import SAID, Case, refused
from tap import run_tests

tests = []
test = tests.append

PAGE = "<html><head><title>%s</title></head><body><p>%s</p></body></html>"


def names(case):
    return [json.loads(line)["name"] for line in case.run("documents", "--format", "jsonl")[1].splitlines()]


# --- saved sites -------------------------------------------------------------------


def record(kind, block, *heads, uri="https://selm.example/a", date="2012-02-21T08:00:00Z", length=None):
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {uri}", f"WARC-Date: {date}", *heads,
             f"Content-Length: {len(block) if length is None else length}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(body, *heads, status="200 OK", kind="text/html", **more):
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *heads]).encode()
    return record("response", head + b"\r\n\r\n" + body, "Content-Type: application/http; msgtype=response", **more)


def page(words, title="The arrest"):
    return (PAGE % (title, words)).encode()


def chunked(body, size=17):
    pieces = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


SITE = [
    record("warcinfo", b"software: none\r\n", uri=""),
    response(page(SAID)),
    record("request", b"GET / HTTP/1.1\r\n\r\n"),
    response(b"\x89PNG\r\n\x1a\n" + bytes(50), kind="image/png", uri="https://selm.example/a.png"),
    response(page("Gone."), status="404 Not Found"),
    response(chunked(gzip.compress(page(SAID.replace("Juan", "Eva")))), "Transfer-Encoding: chunked",
             "Content-Encoding: gzip", uri="<https://selm.example/b>"),
    record("revisit", b"HTTP/1.1 200 OK\r\n\r\n"),
    record("resource", SAID.replace("Juan", "Ivo").encode(), "Content-Type: text/plain",
           uri="https://selm.example/c"),
    record("resource", b"log", "Content-Type: text/plain", uri="metadata://wget/log"),
]


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


run_tests(tests)
