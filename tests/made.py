"""Small files of every format, made here."""
import csv
import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage

from pdfs import Pdf, column
from reading import SAID

SENTENCE = "Soldiers arrested José Muñoz in Port Selm."
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
       'xmlns:dc="http://purl.org/dc/elements/1.1/"')


def package(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for path, text in files.items():
            z.writestr(path, text)
    return out.getvalue()


def docx(body, head="", **more):
    return package({
        "[Content_Types].xml": "<Types/>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="t"><dc:title>The arrest</dc:title><dc:creator>A. Clerk</dc:creator>'
        "<dcterms:created>2001-01-01T00:00:00Z</dcterms:created>"
        "<dcterms:modified>2012-02-21T08:00:00Z</dcterms:modified></cp:coreProperties>",
        "word/document.xml": f"{head}<w:document {WORD}><w:body>{body}</w:body></w:document>", **more})


def odt(body):
    return package({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {ODF}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>",
        "meta.xml": f"<office:document-meta {ODF}><office:meta><dc:title>The arrest</dc:title>"
        "<meta:initial-creator>A. Clerk</meta:initial-creator><dc:date>2012-02-21T08:00:00</dc:date>"
        "</office:meta></office:document-meta>"})


def epub(pages, spine):
    items = "".join(f'<item id="{name}" href="{name}%20page.xhtml"/>' for name in pages)
    refs = "".join(f'<itemref idref="{name}"/>' for name in spine)
    return package({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The arrest</dc:title>'
        "<dc:creator>A. Clerk</dc:creator><dc:publisher>The Press</dc:publisher><dc:date>2012-02-21</dc:date>"
        f"</metadata><manifest>{items}</manifest><spine>{refs}</spine></package>",
        **{f"OPS/{name} page.xhtml": f"<html><head><title>x</title></head><body><p>{text}</p></body></html>"
           for name, text in pages.items()}})


DOCX = docx(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p><w:p><w:r><w:t>They fled.</w:t></w:r></w:p>")
ODT = odt(f"<text:h>{SENTENCE}</text:h><text:p>They<text:s/>fled.</text:p>")
EPUB = epub({"b": "They fled.", "a": SENTENCE}, ["a", "b"])


def mail():
    m = EmailMessage()
    m["From"] = "A. Clerk <clerk@example.org>"
    m["Subject"] = "The arrest"
    m["Date"] = "Tue, 21 Feb 2012 23:30:00 -0500"
    m.set_content(SENTENCE + "\n", charset="iso-8859-1")
    m.add_alternative("<html><body><p>The same in colours.</p></body></html>", subtype="html")
    m.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Liste é.pdf")
    return bytes(m)


MAIL = mail()
RTF = (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset128 M;}}"
       r"{\info{\title The arrest}{\author A. Clerk}{\revtim\yr2012\mo2\dy21}}"
       r"Soldiers arrested Jos\'e9 Mu\u241?oz in Port Selm.\par They\~fled.\line {\v hidden}{\*\none x}"
       r"{\f1\'83\'65}{\footnote A note.}{\pict\bin3 }}}}\cell\row}").encode()
SRT = (f"1\n00:00:01,000 --> 00:00:02,500\n<i>{SENTENCE}</i>\n\n"
       "2\n00:00:09,000 --> 00:00:10,000\n- They {\\an8}fled.\n- They did.\n").encode()
VTT = (f"WEBVTT - The arrest\n\nNOTE an aside\n\ncue\n00:01.000 --> 00:02.500 align:start\n<v Ana Ruiz>{SENTENCE}\n\n"
       "00:02.500 --> 00:04.000\nThey &amp; he<00:00:03.000><c> fled.</c>\n").encode()
HTML = (f'<!DOCTYPE html><html><head><title>The arrest</title><meta charset="utf-8"><meta name="date" '
        f'content="2012-02-21"></head><body><nav>x</nav><article><h1>The arrest</h1><p>{SENTENCE}</p><p>They fled.'
        "</p></article></body></html>").encode()
TEXT = f"Title: The arrest\nDate: 2012-02-21\n\n{SENTENCE}\nThey fled.\n".encode()
MARKDOWN = f"---\ntitle: The arrest\n---\n\n# The arrest\n\n- {SENTENCE}\n- [They](http://example.org) *fled*.\n".encode()
RECORD = json.dumps({"id": "a", "title": "The arrest", "date": "2012-02-21", "text": SENTENCE}).encode() + b"\n"

# One of each, by the end of its name.
ALL = {"txt": TEXT, "md": MARKDOWN, "html": HTML, "jsonl": RECORD, "rtf": RTF, "srt": SRT, "vtt": VTT, "eml": MAIL,
       "docx": DOCX, "odt": ODT, "epub": EPUB}


def tar(files, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as t:
        for path, content in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(content)
            t.addfile(info, io.BytesIO(content))
    return out.getvalue()


# Files that hold others, likewise, and PDF, whose reader is slow.
SOME = {"a.txt": TEXT, "b/c.rtf": RTF, "b/d.html": HTML}
HOLDERS = {"zip": package(SOME), "tar": tar(SOME), "tgz": tar(SOME, "w:gz"), "tar.xz": tar(SOME, "w:xz"),
           "mbox": b"".join(b"From clerk@example.org Tue Feb 21 09:30:00 2012\n" + MAIL + b"\n" for _ in range(2)),
           "mht": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
           b"Content-Type: text/html\nContent-Location: http://example.org/\n\n" + HTML + b"\n--b--\n",
           "pdf": Pdf().text_page(column([SENTENCE, "", "They fled."])).bytes()}


# --- saved sites -------------------------------------------------------------------

PAGE = "<html><head><title>%s</title></head><body><p>%s</p></body></html>"


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


def brotli(body):
    """Stored, as one block (RFC 7932, 9.2)."""
    last = len(body) - 1
    return bytes([0x0B | (last & 1) << 7, last >> 1 & 0xFF, 0x80 | last >> 9]) + body + b"\x03"


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


def wacz(site):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
        z.writestr("archive/data.warc.gz", b"".join(map(gzip.compress, site)))
        z.writestr("pages/pages.jsonl", '{"text": "Guards beat nobody."}\n')
        z.writestr("indexes/index.cdx", "x" * 1000)
        z.writestr("datapackage.json", "{}")
    return out.getvalue()


# --- tables ------------------------------------------------------------------------

TABLE = [["Case", "Headline", "Narrative", "Date", "Outlet", "Link"],
         ["7", "The arrest", SAID + "\nThey \"fled\".", "21 Feb 2012", "The Courier", "https://selm.example/7"],
         ["8", "Nothing", " ", "2012-02-22", "", ""],
         ["9", "José", "Police beat José Muñoz.", "2012-02-23", "Wire", "https://selm.example/9"]]


def table(rows, delimiter=",", encoding="utf-8", end="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


# --- feeds -------------------------------------------------------------------------

SPACES = ('xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
          'xmlns:media="http://search.yahoo.com/mrss/"')


def rss(*items, head="", encoding="UTF-8"):
    text = (f'<?xml version="1.0" encoding="{encoding}"?>{head}<rss version="2.0" {SPACES}><channel>'
            "<title>The Courier</title><image><title>No</title></image>"
            + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>")
    return text.encode(encoding)


def items(said=SAID):
    return (f"<title>The arrest</title><link>https://selm.example/1</link><pubDate>Tue, 21 Feb 2012 08:00:00 GMT"
            "</pubDate><media:title>No</media:title><description>Short.</description><content:encoded><![CDATA["
            f"<p>{said}</p><p>They fled.</p>]]></content:encoded>",
            "<title>A &amp;amp; B</title><dc:date>2012-02-22</dc:date><dc:publisher>Wire</dc:publisher>"
            "<description>Police &lt;b&gt;beat&lt;/b&gt; Eva Ruiz.</description>",
            "<title>Guards beat Ivo Ruiz.</title>")


ATOM = (f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title><entry><title>The arrest</title>'
        '<link rel="edit" href="https://selm.example/e"/><link href="https://selm.example/1"/>'
        "<updated>2012-02-25T00:00:00Z</updated><published>2012-02-21T00:00:00Z</published>"
        f'<summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SAID}</p>'
        "<p>They fled.</p></div></content></entry><entry><title>Two</title><updated>2012-02-22T00:00:00Z</updated>"
        "<content>3 &lt; 4. Police beat Eva Ruiz.</content></entry></feed>").encode()
RDF = (f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>'
       "<channel><title>The Courier</title></channel><image><title>No</title></image>"
       f"<item><title>The arrest</title><dc:date>2012-02-21T08:00Z</dc:date><description>{SAID}</description></item>"
       "<item><title>Two</title><description>Police beat Eva Ruiz.</description></item></rdf:RDF>").encode()

# What is published or kept as many documents in one file.
SERIES = {"warc": b"".join(SITE), "warc.gz": b"".join(map(gzip.compress, SITE)), "wacz": wacz(SITE), "csv": table(TABLE),
          "tsv": table(TABLE, "\t"), "rss": rss(*items()), "xml": ATOM, "rdf": RDF}
