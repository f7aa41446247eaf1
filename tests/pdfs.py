"""A small writer of PDF: text in standard fonts, pictures, whatever objects a
test wants, sound or not."""
import hashlib
import zlib

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
WIDE, HIGH = 595, 842


def escape(words):
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def show(lines):
    """Content of a page: (x, y from the foot, size, words) for each line."""
    return b"BT\n" + b"".join(
        b"/F %d Tf 1 0 0 1 %d %d Tm (%s) Tj\n" % (size, x, y, escape(words)) for x, y, size, words in lines) + b"ET\n"


def column(words, x=72, y=760, size=11, leading=14):
    """Lines below each other; an empty one leaves a gap."""
    return [(x, y - i * leading, size, line) for i, line in enumerate(words) if line]


def stream(content, entries=b"", packed=True):
    if packed:
        content, entries = zlib.compress(content), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def picture(width, height, grey):
    """A picture as an object; grey: a byte for each dot."""
    return stream(grey, b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
                  b"/BitsPerComponent 8" % (width, height))


class Pdf:
    """Objects 1 and 2 are the catalogue and the pages, 3 the font."""

    def __init__(self):
        self.objects = [b"", b"", FONT]
        self.pages = []
        self.fields = []
        self.catalog = b""
        self.info = b""
        self.trailer = b""

    def add(self, content):
        self.objects.append(content)
        return len(self.objects)

    def page(self, content, resources=b"", more=b""):
        text = self.add(content if content.startswith(b"<<") else stream(content))
        self.pages.append(self.add(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> %s >> %s >>" % (WIDE, HIGH, text, resources, more)))
        return self

    def text_page(self, lines):
        return self.page(show(lines))

    def picture_page(self, width, height, grey, lines=()):
        image = self.add(picture(width, height, grey))
        return self.page(b"q %d 0 0 %d 0 0 cm /I Do Q\n" % (WIDE, HIGH) + show(lines),
                         b"/XObject << /I %d 0 R >>" % image)

    def field(self, kind, x, y, width, high, more):
        """A field of a form, for the next page to be made; its words are in no page's content."""
        number = self.add(b"<< /Type /Annot /Subtype /Widget /FT /%s /T (f%d) /Rect [%d %d %d %d] /F 4 /DA (/F 11 Tf) %s >>" % (
            kind, len(self.fields), x, y, x + width, y + high, more))
        self.fields.append(number)
        return number

    def finish(self):
        kids = b" ".join(b"%d 0 R" % page for page in self.pages)
        if self.fields:
            self.catalog += b" /AcroForm << /Fields [%s] /DA (/F 11 Tf) >>" % b" ".join(b"%d 0 R" % f for f in self.fields)
        self.objects[0] = self.objects[0] or b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalog
        self.objects[1] = self.objects[1] or b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self.pages), kids)
        if self.info:
            self.trailer += b" /Info %d 0 R" % self.add(b"<< %s >>" % self.info)

    def bytes(self):
        self.finish()
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, content in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(places) + 1, self.trailer)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)

    def packed_bytes(self):
        """Likewise, with all objects but streams in an object stream."""
        self.finish()
        inner = {n: o for n, o in enumerate(self.objects, 1) if b"stream" not in o}
        head, body = b"", b""
        for number, content in inner.items():
            head += b"%d %d " % (number, len(body))
            body += content + b"\n"
        holder = self.add(stream(head + body, b"/Type /ObjStm /N %d /First %d" % (len(inner), len(head))))
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        rows = [b"\0\0\0\0\0\xff\xff"]
        for number, content in enumerate(self.objects, 1):
            if number in inner:
                rows.append(b"\2" + holder.to_bytes(4, "big") + list(inner).index(number).to_bytes(2, "big"))
            else:
                rows.append(b"\1" + len(out).to_bytes(4, "big") + b"\0\0")
                out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start, number = len(out), len(self.objects) + 1
        rows.append(b"\1" + start.to_bytes(4, "big") + b"\0\0")
        table = stream(b"".join(rows), b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R %s" % (len(rows), self.trailer))
        return bytes(out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, table, start))


# --- locked with a password: RC4 of 40 bits, as PDF 1.1 has it ---

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
OWNER, IDENTITY, RIGHTS = bytes(range(32)), b"0123456789abcdef", -4


def rc4(key, content):
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def lock(pdf, password):
    """Locks what pages will be added after it; returns what encrypts a stream of an object."""
    key = hashlib.md5((password + PADDING)[:32] + OWNER + (RIGHTS & 0xFFFFFFFF).to_bytes(4, "little")
                      + IDENTITY).digest()[:5]
    dictionary = pdf.add(b"<< /Filter /Standard /V 1 /R 2 /P %d /O <%s> /U <%s> >>" % (
        RIGHTS, OWNER.hex().encode(), rc4(key, PADDING).hex().encode()))
    pdf.trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (
        dictionary, IDENTITY.hex().encode(), IDENTITY.hex().encode())

    def encrypt(number, content):
        return rc4(hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], content)
    return encrypt
