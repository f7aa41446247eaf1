"""Reading PDF in the cage beside pdftotext, on documents that it writes.

usage: pdf.py BUILD

Both open the same file, in turn, several times; processor time, the least of
all.  attest's converter opens it ten times, so that a tenth of its start is in
the figure; pdftotext starts each time.
"""
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root / "tests"))
from pdfs import Pdf, column  # noqa: E402

PAGES, ROUNDS = 300, 5
WORDS = ("the of in to and was were had been that said soldier officer witness village commission report river night "
         "arrested beaten prison guard road ministry denied people group market teacher mother released").split()


def prose(chance, width, lines):
    """Lines of about so many letters; now and then one ends a paragraph."""
    for i in range(lines):
        line = chance.choice(WORDS).capitalize() if i % 7 == 0 else chance.choice(WORDS)
        while len(line) < width * (0.5 if i % 7 == 6 else 1):
            line += " " + chance.choice(WORDS)
        yield line + "." * (i % 7 == 6)


def write(path, columns):
    chance, pdf = random.Random(7), Pdf()
    for page in range(PAGES):
        lines = [(72, 810, 9, "Commission of Port Selm"), (290, 30, 9, str(page + 1))]
        for i in range(columns):
            lines += column(list(prose(chance, 90 // columns - 4, 52)), x=60 + 260 * i, y=780, size=10, leading=13)
        pdf.text_page(lines)
    path.write_bytes(pdf.bytes())


def time_attest(build, path):
    """Milliseconds in the cage, as bench/cage tells them."""
    done = subprocess.run([build / "bench" / "cage", build / "src" / "cli" / "attest-intake", root / "lexicon", "10", path],
                          capture_output=True, check=True)
    return float(done.stdout.decode().splitlines()[-1].split("\t")[2])


def time_pdftotext(path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["pdftotext", path, "-"], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    subprocess.run(["ninja", "-C", build, "--quiet", "bench/cage"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        for columns, name in ((1, "one column"), (2, "two columns")):
            path = pathlib.Path(folder) / "a.pdf"
            write(path, columns)
            pairs = [(time_attest(build, path), time_pdftotext(path)) for _ in range(ROUNDS)]
            ours, theirs = (min(times) for times in zip(*pairs))
            print(f"{name}, {PAGES} pages: attest {ours:.0f} ms, pdftotext {theirs:.0f} ms, ratio {ours / theirs:.2f}")


main()
