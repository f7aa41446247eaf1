"""PDF and pictures, read through the program and so in the cage: documents made
here, whole and damaged and made to do harm.  TAP on standard output.

usage: test_pdf.py ATTEST
"""
import pathlib
import subprocess
import tempfile
import zlib

from pdfs import Pdf, column, lock, show, stream
from reading import SAID, Case, refused
from tap import run_tests

tests = []
test = tests.append

# Lines as a page has them, wrapped at about the same width.
PROSE = ["The commission heard three witnesses in Port Selm during",
         "the first week of March. Each of them had seen the offi-",
         "cers who came to the market on Monday.",
         "",
         "Soldiers arrested Juan Reyes near the bridge, as his bro-",
         "ther told the commission. Nobody has seen him since, and",
         "the ministry denied that he was held."]
TEXT = ("The commission heard three witnesses in Port Selm during the first week of March. Each of them had seen the "
        "officers who came to the market on Monday.\n\nSoldiers arrested Juan Reyes near the bridge, as his brother told "
        "the commission. Nobody has seen him since, and the ministry denied that he was held.")


def text_of(content, name="a.pdf"):
    case = Case()
    status, _, err = case.read(**{name.replace(".", "__"): content})
    assert status == 0, err
    return case.text(name)


def read_by_ocr(**files):
    case = Case()
    (case.dir / "in").mkdir()
    for name, content in files.items():
        (case.dir / "in" / name.replace("__", ".")).write_bytes(content)
    return case, case.run("read", "--ocr", case.dir / "in")


def notes(case):
    return case.run("documents", "--format", "jsonl")[1]


@test
def lines_become_paragraphs():
    assert text_of(Pdf().text_page(column(PROSE)).bytes()) == TEXT
    assert text_of(Pdf().text_page(column(PROSE)).packed_bytes()) == TEXT


@test
def a_paragraph_begins_where_a_line_stands_further_in():
    lines = [(72, 700, 11, "The guards were named by all of the witnesses who spoke, and"),
             (72, 686, 11, "the names are known to the commission of Port Selm."),
             (90, 672, 11, "Ana Ruiz was released in May, after a court had ordered so,"),
             (72, 658, 11, "but her house had been searched by the soldiers of the post.")]
    assert text_of(Pdf().text_page(lines).bytes()) == (
        "The guards were named by all of the witnesses who spoke, and the names are known to the commission of Port "
        "Selm.\n\nAna Ruiz was released in May, after a court had ordered so, but her house had been searched by the "
        "soldiers of the post.")


@test
def headings_lists_and_addresses_keep_their_lines():
    lines = [(72, 780, 18, "Report on the arrests")] + column(
        ["To the Office of Records", "Mill Street 4", "Port Selm", "",
         "These people were arrested by soldiers of the post near the mill:", "1. Ana Ruiz.", "2. Juan Reyes."], y=750)
    assert text_of(Pdf().text_page(lines).bytes()) == (
        "Report on the arrests\n\nTo the Office of Records\nMill Street 4\nPort Selm\n\n"
        "These people were arrested by soldiers of the post near the mill:\n\n1. Ana Ruiz.\n\n2. Juan Reyes.")


@test
def two_columns_stay_two():
    left = ["The commission heard three wit-", "nesses in Port Selm, and each of", "them had seen the officers who", "came to the market that day with"]
    right = ["lists of names. Soldiers arrested", "Juan Reyes near the old bridge,", "his brother told the commission."]
    page = Pdf().text_page(column(left, x=60) + column(right, x=320))
    assert text_of(page.bytes()) == (
        "The commission heard three witnesses in Port Selm, and each of them had seen the officers who came to the "
        "market that day with lists of names. Soldiers arrested Juan Reyes near the old bridge, his brother told the "
        "commission.")


@test
def a_hyphen_that_is_a_words_own_stays():
    lines = ["The letter was signed by the North-", "Western Command, and it names the well-known officers of it."]
    assert "North-Western Command" in text_of(Pdf().text_page(column(lines)).bytes())


def numbered(count, foot):
    pdf = Pdf()
    for i in range(count):
        pdf.text_page([(72, 800, 9, "Commission of Port Selm")]
                      + column([f"Witness {i + 1} saw that soldiers arrested Juan Reyes near the old mill", "and that the"])
                      + [(280, 30, 9, foot(i))])
    return pdf.bytes()


@test
def what_stands_on_every_page_is_read_once():
    for foot in (lambda i: str(i + 5), lambda i: f"Page {i + 1} of 6", lambda i: f"- {i + 1} -"):
        text = text_of(numbered(6, foot))
        assert text.count("Commission of Port Selm") == 1, text
        assert all(f"Witness {i + 1} saw" in text for i in range(6)), text
        assert foot(3) not in text, text


@test
def numbers_that_are_none_of_pages_stay():
    text = text_of(numbered(6, lambda i: f"Statement {i + 1}"))
    assert all(f"Statement {i + 1}" in text for i in range(6)), text
    text = text_of(numbered(6, lambda i: str(i * i + 3)))
    assert all(str(i * i + 3) in text for i in range(6)), text
    assert text_of(numbered(2, str)).count("Commission of Port Selm") == 2


@test
def a_file_tells_its_title_author_and_day():
    pdf = Pdf().text_page(column(PROSE))
    pdf.info = (b"/Title (\xfe\xff\0T\0h\0e\0 \0a\0r\0r\0e\0s\0t) /Author (A. Clerk) "
                b"/CreationDate (D:20120221233000-05'00') /ModDate (D:20150101000000Z)")
    case = Case()
    case.read(a__pdf=pdf.bytes())
    assert case.fields("a.pdf") == ("The arrest", "2012-02-21", "A. Clerk"), case.fields("a.pdf")
    pdf = Pdf().text_page(column(PROSE))
    pdf.info = b"/CreationDate (nonsense) /ModDate (D:20150101000000Z)"
    case = Case()
    case.read(a__pdf=pdf.bytes())
    assert case.fields("a.pdf") == (None, "2015-01-01", None), case.fields("a.pdf")


@test
def ligatures_are_letters_and_odd_signs_harmless():
    pdf = Pdf()
    names = b"/Differences [1 /fi /uniD800 /uni0007 /uni0000 /ffi]"
    pdf.objects[2] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << %s >> >>" % names
    text = text_of(pdf.page(b"BT /F 12 Tf 72 700 Td (The of\\001cer) Tj 0 -14 Td (left\\002\\003\\004 his o\\005ce.) Tj ET").bytes())
    assert "The officer" in text and "office" in text, text


@test
def a_locked_file_is_refused():
    pdf = Pdf()
    encrypt = lock(pdf, b"secret")
    content = show(column(PROSE))
    pdf.page(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), encrypt(len(pdf.objects) + 1, content)))
    err = refused(pdf.bytes(), "a.pdf")
    assert "locked with a password" in err and "print it into a new PDF" in err, err


@test
def a_file_that_is_locked_against_copying_only_is_read():
    pdf = Pdf()
    encrypt = lock(pdf, b"")
    content = show(column(PROSE))
    pdf.page(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), encrypt(len(pdf.objects) + 1, content)))
    assert text_of(pdf.bytes()) == TEXT


# --- pages that are pictures ---


def form():
    pdf = Pdf()
    story = b"Soldiers came at dawn.\\nThey took Juan Reyes to Camp Orlan."
    fields = [
        pdf.field(b"Tx", 170, 757, 150, 16, b"/V (Juan Reyes)"),
        pdf.field(b"Tx", 400, 757, 100, 16, b"/V (34)"),
        pdf.field(b"Tx", 170, 737, 150, 16, b"/V (Port Selm)"),
        pdf.field(b"Ch", 170, 717, 150, 16, b"/Ff 131072 /Opt [(Army) (Border police)] /V (Border police) /I [1]"),
        pdf.field(b"Btn", 72, 697, 12, 12, b"/V /Yes /AS /Yes /AP << /N << /Yes 3 0 R /Off 3 0 R >> >>"),
        pdf.field(b"Btn", 172, 697, 12, 12, b"/V /Off /AS /Off /AP << /N << /Yes 3 0 R /Off 3 0 R >> >>"),
        pdf.field(b"Tx", 72, 560, 400, 100, b"/Ff 4096 /V (" + story + b")"),
        pdf.field(b"Tx", 72, 520, 150, 16, b"/V ()"),
        pdf.field(b"Tx", 72, 500, 150, 16, b"/Ff 8192 /V (secret)"),
        pdf.add(b"<< /Type /Annot /Subtype /FreeText /Rect [72 60 300 80] /DA (/F 11 Tf) /Contents (Copied\\tby \\001the clerk.) >>")]
    lines = [(72, 800, 11, "Record of an arrest"), (72, 760, 11, "Name of the person:"), (350, 760, 11, "Age:"),
             (72, 740, 11, "Place of arrest:"), (72, 720, 11, "Arrested by:"), (90, 698, 11, "beaten"), (190, 698, 11, "robbed"),
             (72, 670, 11, "What happened, in the words of who saw it:"), (72, 480, 11, "End of the record")]
    return pdf.page(show(lines), more=b"/Annots [%s]" % b" ".join(b"%d 0 R" % f for f in fields)).bytes()


@test
def what_was_filled_into_a_form_is_read_beside_its_label():
    words = " ".join(text_of(form()).split())
    assert words == ("Record of an arrest Name of the person: Juan Reyes Age: 34 Place of arrest: Port Selm Arrested by: Border police "
                     "[x] beaten [ ] robbed What happened, in the words of who saw it: Soldiers came at dawn. They took Juan Reyes to "
                     "Camp Orlan. End of the record Copied by the clerk."), words


def scan(pdf, dots=150, *options):
    """A picture of its first page: width, height, grey; or a file of a kind."""
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dots), *(options or ["-gray"]), folder / "a.pdf", folder / "a"], check=True)
    (made,) = folder.glob("a-*")
    content = made.read_bytes()
    if options:
        return content
    _, size, _, grey = content.split(b"\n", 3)
    return (*map(int, size.split()), grey)


PRINTED = Pdf().text_page(column(PROSE, size=13, leading=18)).bytes()
SCANNED = scan(PRINTED)


@test
def scanned_pages_are_told():
    blank = Pdf().text_page([])
    assert "there is no text in it" in refused(blank.bytes(), "a.pdf")
    err = refused(Pdf().picture_page(*SCANNED).bytes(), "a.pdf")
    assert "pictures without text" in err and "attest read --ocr" in err, err
    pdf = Pdf().text_page(column(PROSE))
    for i in range(3):
        pdf.picture_page(*SCANNED, lines=[(500, 20, 8, f"00{i}")])
    pdf.text_page(column(PROSE)).picture_page(*SCANNED)
    case = Case()
    status, _, err = case.read(a__pdf=pdf.bytes())
    assert status == 0, err
    assert "pages 2-4, 6 are pictures without text; 'attest read --ocr' reads them" in notes(case), notes(case)


@test
def a_page_with_a_picture_and_text_is_no_scan():
    case = Case()
    case.read(a__pdf=Pdf().picture_page(9, 9, bytes(81), column(PROSE)).bytes())
    assert case.text("a.pdf") == TEXT and "picture" not in notes(case), notes(case)


@test
def scanned_pages_are_read_by_ocr():
    pdf = Pdf().text_page(column(["Nobody was released."])).picture_page(*SCANNED, lines=[(500, 20, 8, "0003")])
    case, (status, _, err) = read_by_ocr(a__pdf=pdf.bytes(), b__pdf=PRINTED)
    assert status == 0, err
    text = case.text("a.pdf")
    assert text.startswith("Nobody was released.\n\n") and TEXT in text, text
    assert case.text("b.pdf") == TEXT
    assert "page 2 was read by OCR, of whose words Tesseract is sure by 9" in notes(case), notes(case)
    assert notes(case).count("OCR") == 1, notes(case)


@test
def pictures_are_read_by_ocr():
    kinds = {"png": "-png", "jpg": "-jpeg", "tif": "-tiff"}
    files = {f"a__{kind}": scan(PRINTED, 150, option) for kind, option in kinds.items()}
    for kind in kinds:
        err = refused(files[f"a__{kind}"], f"a.{kind}")
        assert "it is a picture; 'attest read --ocr'" in err, err
    case, (status, _, err) = read_by_ocr(**files, noname=files["a__png"])
    assert status == 0, err
    for name in ("a.png", "a.jpg", "a.tif", "noname"):
        assert case.text(name) == TEXT, (name, case.text(name))
    assert notes(case).count("the picture was read by OCR") == 4, notes(case)


def png(width, height, rows=b""):
    def chunk(kind, content):
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@test
def odd_pictures_cost_themselves_only():
    whole = {kind: scan(PRINTED, 40, option) for kind, option in
             (("png", "-png"), ("jpg", "-jpeg"), ("tif", "-tiff"))}
    files = {"huge__png": png(60000, 60000), "thin__png": png(1, 100, bytes(200)), "none__png": png(0, 0)}
    for kind, content in whole.items():
        for i in range(1, 8):
            at = len(content) * i // 8
            files[f"cut{i}__{kind}"] = content[:at]
            files[f"byte{i}__{kind}"] = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1:]
    case, (status, out, err) = read_by_ocr(good__txt=SAID.encode(), **files)
    assert status == 1 and "read" in out, (out, err)
    assert "60000 times 60000 pixels" in err and "make it smaller" in err, err
    assert "crashed" not in err and "stopped" not in err and "believe" not in err, err
    assert SAID in case.text("good.txt")


# --- damaged, and made to do harm ---


@test
def damaged_files_cost_themselves_only():
    files = {}
    for name, whole in (("old", numbered(3, str)), ("new", Pdf().text_page(column(PROSE)).packed_bytes())):
        for i in range(1, 40):
            at = len(whole) * i // 40
            files[f"cut{i}{name}__pdf"] = whole[:at]
            files[f"byte{i}{name}__pdf"] = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:]
    case = Case()
    status, out, err = case.read(good__txt=SAID.encode(), **files)
    assert status in (0, 1) and "documents read" in out, (out, err)
    assert "crashed" not in err and "stopped" not in err and "believe" not in err, err
    assert SAID in case.text("good.txt")


def tree(kids):
    """A document whose tree of pages is what `kids` makes of a writer."""
    pdf = Pdf().text_page(column(PROSE))
    pdf.objects[1] = kids(pdf)
    return pdf.bytes()


def deep_tree(pdf):
    node = pdf.pages[0]
    for _ in range(20000):
        node = pdf.add(b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % node)
    return b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % node


def wide_tree(pdf):
    node = pdf.pages[0]
    for _ in range(12):
        node = pdf.add(b"<< /Type /Pages /Count 1000000000 /Kids [%s] >>" % (b"%d 0 R " % node * 10))
    return b"<< /Type /Pages /Count 1000000000 /Kids [%d 0 R] >>" % node


BOMBS = {
    "loop of pages": lambda: tree(lambda pdf: b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"),
    "deep pages": lambda: tree(deep_tree),
    "wide pages": lambda: tree(wide_tree),
    "count": lambda: tree(lambda pdf: b"<< /Type /Pages /Count 2147483647 /Kids [%d 0 R] >>" % pdf.pages[0]),
    "negative count": lambda: tree(lambda pdf: b"<< /Type /Pages /Count -7 /Kids [%d 0 R] >>" % pdf.pages[0]),
    "xref size": lambda: Pdf().text_page(column(PROSE)).bytes().replace(b"xref\n0 6", b"xref\n0 2147483647"),
    "xref loop": lambda: (lambda whole: whole.replace(
        b"/Root 1", b"/Prev %d /Root 1" % whole.index(b"xref\n0")))(Pdf().text_page(column(PROSE)).bytes()),
    "startxref": lambda: Pdf().text_page(column(PROSE)).bytes().replace(b"startxref\n", b"startxref\n99999999999"),
    "nested arrays": lambda: Pdf().page(b"[" * 200000 + b"]" * 200000).bytes(),
    "nested forms": lambda: nested_form(),
    "stream of gigabytes": lambda: stream_bomb(b" " * (1 << 20), 4096),
    "letters of gigabytes": lambda: stream_bomb(show([(72, 700, 9, "Yes. " * 200000)]), 8),
    "filters on filters": lambda: Pdf().page(
        b"<< /Length 4 /Filter [%s] >>\nstream\nabcd\nendstream" % (b"/FlateDecode " * 5000)).bytes(),
    "nothing": lambda: b"%PDF-1.4\n",
    "zeros": lambda: b"%PDF-1.4\n" + bytes(1 << 20),
}


def stream_bomb(part, times):
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(part) for _ in range(times)) + packer.flush()
    return Pdf().page(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)).bytes()


def nested_form():
    pdf = Pdf()
    number = len(pdf.objects) + 1
    pdf.add(stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                   b"/Resources << /XObject << /X %d 0 R >> >>" % number))
    return pdf.page(b"/X Do", b"/XObject << /X %d 0 R >>" % number).bytes()


@test
def bombs_are_stopped():
    case = Case()
    files = {name.replace(" ", "-") + "__pdf": make() for name, make in BOMBS.items()}
    status, out, err = case.read(good__txt=SAID.encode(), **files)
    assert status == 1 and "documents read" in out, (out, err)
    assert SAID in case.text("good.txt")
    assert "crashed" not in err and "believe" not in err, err
    assert "stream-of-gigabytes.pdf: opening it was stopped: it took too long" in err, err


run_tests(tests)
