"""Measures `attest read`: documents/s, tokens/s, peak memory, case size.

usage: read.py ATTEST PATH...

Reads PATH... into a fresh case with one job and with two, several times in
turn, and prints the median of each with the ratio; then, if Debian's
link-parser (package link-grammar) is there, the words/s at which that parser
reads a sample of the same text, as a peer in the same run.
"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 3
PEER_SENTENCES = 200


def run(command, **options):
    """-> seconds, peak resident MB"""
    start = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command[0]} failed")
    return seconds, usage.ru_maxrss / 1024


def totals(attest, case):
    """-> what the case holds, from the program itself"""
    out = subprocess.run([attest, "documents", "--case", case, "--totals", "--format", "jsonl"],
                         capture_output=True, check=True, text=True).stdout
    return json.loads(out)


def read(attest, paths, jobs, folder):
    case = os.path.join(folder, f"bench-{jobs}.attest")
    for suffix in ("", "-wal", "-shm"):
        pathlib.Path(case + suffix).unlink(missing_ok=True)
    seconds, memory = run([attest, "read", "--jobs", str(jobs), "--case", case, *paths], stdout=subprocess.DEVNULL)
    return seconds, memory, case


def peer(paths):
    """-> words/s of link-parser on sentences of the first paths"""
    if not shutil.which("link-parser"):
        return None
    text = ""
    for path in sorted(p for root in paths for p in pathlib.Path(root).rglob("*.txt")):
        text += path.read_text(errors="replace")
        if text.count(". ") > 2 * PEER_SENTENCES:
            break
    sentences = [s.replace("\n", " ") + "." for s in text.split(". ") if 4 < len(s.split()) < 40][:PEER_SENTENCES]
    given = "\n".join(sentences) + "\n"
    start = time.monotonic()
    subprocess.run(["link-parser", "en", "-batch", "-verbosity=0"], input=given, text=True, capture_output=True)
    return sum(len(s.split()) for s in sentences) / (time.monotonic() - start)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    attest, paths = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        seconds = {1: [], 2: []}
        for _ in range(ROUNDS):
            for jobs in seconds:
                spent, memory, case = read(attest, paths, jobs, folder)
                seconds[jobs].append(spent)
                print(f"  jobs {jobs}: {spent:.2f} s, peak {memory:.0f} MB", flush=True)
        case_size = os.path.getsize(case)
        sums = totals(attest, case)
        one, two = (statistics.median(seconds[j]) for j in (1, 2))
        print(f"documents              {sums['documents']}")
        print(f"tokens                 {sums['tokens']}")
        print(f"documents/s, one job   {sums['documents'] / one:.0f}")
        print(f"tokens/s, one job      {sums['tokens'] / one:.0f}")
        print(f"two jobs over one      {one / two:.2f}")
        print(f"peak memory            {memory:.0f} MB")
        print(f"case over text         {case_size / max(sums['text_bytes'], 1):.2f}")
        words = peer(paths)
        if words:
            print(f"link-parser words/s    {words:.0f}; attest reads {sums['tokens'] / one / words:.0f} times as fast")
        else:
            print("link-parser is not installed (Debian package link-grammar): no peer measured")


main()
