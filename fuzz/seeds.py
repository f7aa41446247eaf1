"""Makes what fuzzers begin with: a small file of each format.

usage: seeds.py FOLDER
"""
import pathlib
import re
import struct
import sys

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent / "tests"))
from made import ALL, HOLDERS, SERIES  # noqa: E402

PARSERS = ["rtf", "vtt", "srt", "html", "html", "jsonl", "md", "txt"]  # as parsers.c counts them
TAGS = re.findall(r"TAG_(\w+)", (here.parent / "src/cage/message.h").read_text().split("enum tag")[1])


def names():
    """Those of formats.c, in its order."""
    table = (here / "formats.c").read_text().split("names[] = {")[1].split("}")[0]
    return re.findall(r'"a\.?([\w.]*)"', table)


def message(**parts):
    return b"".join(struct.pack("=BI", TAGS.index(tag), len(part)) + part for tag, part in parts.items())


def seeds():
    """Fuzzer, name, bytes."""
    listed = names()
    for ending, content in (ALL | HOLDERS | SERIES).items():
        number = len(listed) if ending == "jsonl" else listed.index(ending) if ending in listed else 0
        yield "formats", ending, bytes([number]) + content
        yield "formats", ending + "-nameless", bytes([0]) + content
    for number, ending in enumerate(PARSERS):
        yield "parsers", f"{number}-{ending}", bytes([number]) + ALL[ending]
    yield "answers", "fault", message(FAULT=b"Iit is empty")
    yield "answers", "document", message(
        MEDIA_TYPE=b"text/html", ENCODING=b"UTF-8", TITLE=b"A", DATE=b"2012-02-21", DATE_FROM=b"head", NOTE=b"a note",
        BODY=struct.pack("=II", 0, 4), MILESTONE_PLACES=struct.pack("=II", 0, 2), MILESTONE_NAMES=b"page 1\npage 2\n",
        TEXT=b"Text")
    yield "answers", "member", message(NAME=b"/a.txt", MEDIA_TYPE=b"text/plain", TITLE=b"A", BYTES=b"Text")
    yield "answers", "end", message(END=b"")


for fuzzer, name, content in seeds():
    folder = pathlib.Path(sys.argv[1]) / fuzzer
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
