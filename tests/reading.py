"""Cases made of files that a test writes, read through the program and so in the
cage.  The program is the test's first argument."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

attest = os.path.abspath(sys.argv[1])
scratch = pathlib.Path(tempfile.mkdtemp())
SAID = "Soldiers arrested Juan Reyes in Port Selm."


class Case:
    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.path = self.dir / "case.attest"

    def run(self, *args):
        done = subprocess.run([attest, *map(str, args), "--case", self.path], capture_output=True, timeout=240)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def read(self, **files):
        """Files by name, "__" for the dot; what read said."""
        (self.dir / "in").mkdir(exist_ok=True)
        for name, content in files.items():
            (self.dir / "in" / name.replace("__", ".")).write_bytes(content)
        status, out, self.said = self.run("read", self.dir / "in")
        return status, out, self.said

    def text(self, name):
        return self.run("export", "--format", "text", "--document", name)[1]

    def fields(self, name):
        rows = [json.loads(line) for line in self.run("documents", "--format", "jsonl")[1].splitlines()]
        row = next(r for r in rows if r["name"] == name)
        return row["title"], row["date"], row["publisher"]


def refused(content, name="a.docx"):
    """Why a document is not read; a good one beside it is."""
    case = Case()
    status, out, err = case.read(**{name.replace(".", "__"): content, "good__txt": SAID.encode()})
    assert status == 1 and out.startswith("1 document read"), (status, out, err)
    return err
