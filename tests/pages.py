"""How well the main text of web pages is found: F1 of words (lower case, with
their counts) against NAME.txt beside each NAME.html, and that of all words
between tags, for comparison.

usage: pages.py ATTEST FOLDER
"""
import collections
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def bag(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(found, wanted):
    found, wanted = bag(found), bag(wanted)
    both = sum((found & wanted).values())
    return 2 * both / max(1, sum(found.values()) + sum(wanted.values()))


def stripped(page):
    text = page.read_bytes().decode("utf-8", "replace")
    return html.unescape(re.sub(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>", " ", text))


def texts_of(attest, folder):
    """Document -> text, as the program reads it."""
    with tempfile.TemporaryDirectory() as scratch:
        case = f"{scratch}/case.attest"
        pages = [str(p) for p in sorted(folder.glob("*.html"))]
        subprocess.run([attest, "read", *pages, "--case", case], check=True, capture_output=True)
        told = subprocess.run([attest, "export", "--format", "text", "--case", case], check=True, capture_output=True)
    rows = [json.loads(line) for line in told.stdout.decode().splitlines()]
    return {pathlib.Path(row["doc"]).stem: row["text"] for row in rows}


def is_held_out(name):
    return int(name[:2]) % 2 == 1


def score(attest, folder):
    """(name, F1, F1 of all words) of each page."""
    texts = texts_of(attest, folder)
    rows = []
    for page in sorted(folder.glob("*.html")):
        wanted = page.with_suffix(".txt").read_text()
        rows.append((page.stem, f1(texts.get(page.stem, ""), wanted), f1(stripped(page), wanted)))
    return rows


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def main():
    rows = score(sys.argv[1], pathlib.Path(sys.argv[2]))
    for part, held in (("dev", False), ("held out", True)):
        some = [row for row in rows if is_held_out(row[0]) == held]
        print(f"{part}: F1 {mean(r[1] for r in some):.3f}, all words {mean(r[2] for r in some):.3f}, {len(some)} pages")
        for name, value, plain in sorted(some, key=lambda row: row[1])[:5]:
            print(f"  {value:.3f} (all words {plain:.3f}) {name}")


if __name__ == "__main__":
    main()
