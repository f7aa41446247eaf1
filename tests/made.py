"""Small files of every format, made here."""
import io
import json
import zipfile
from email.message import EmailMessage

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
