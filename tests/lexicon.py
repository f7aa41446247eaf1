"""Reads the example of every row of the tables that tell acts, and checks the
claim: the row's act, and who acts on whom.  TAP on output.

usage: lexicon.py ATTEST LEXICON ROLES.tsv [--update]

ROLES.tsv holds, for each row, the actor and the target that its example tells.
A row whose act is "-" must claim no act by its own words.  The reader is a
trained model and errs: a share of the rows, FAILING_MOST of each table, may
fail; all that do are printed.  --update writes ROLES.tsv anew from what the
program reads, but leaves the roles of rows that it misses: review the
difference like code.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

FAILING_MOST = 0.02
TABLES = ("verbs", "nouns", "adjectives", "supports")


def rows_of(path):
    """-> (line, cells) of each row"""
    head = None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.strip() and line[0] != "#":
            if head:
                yield number, dict(zip(head, line.split("\t")))
            head = head or line.split("\t")


def read(attest, records):
    """-> {id: claims}"""
    with tempfile.TemporaryDirectory() as folder:
        file, case = pathlib.Path(folder, "in.jsonl"), pathlib.Path(folder, "c.attest")
        file.write_text("".join(json.dumps(r) + "\n" for r in records))
        subprocess.run([attest, "read", "--case", case, file], check=True, capture_output=True)
        out = subprocess.run([attest, "export", "--case", case, "--format", "claims"], check=True,
                             capture_output=True, text=True).stdout
    return {d["doc"]: d["claims"] for d in map(json.loads, out.splitlines())}


def own_words(row):
    """The first letters of the row's own word."""
    return re.match(r"\w{3}|\w+", row["words"])[0]


def party(role):
    return role["text"] if role else "-"


def told(row, claims):
    """-> (actor, target) of the claim that the row tells, or None"""
    if row.get("act", "") == "-":
        wrong = any(c["act"] != "other.act" and any(
            row["example"][b:e].lower().startswith(own_words(row)) for b, e in c["trigger"]) for c in claims)
        return None if wrong else ("-", "-")
    fit = [c for c in claims if c["act"] == row.get("act", c["act"])]
    fit.sort(key=lambda c: not (c["actor"] or c["target"]))
    return (party(fit[0]["actor"]), party(fit[0]["target"])) if fit else None


def load_roles(path):
    return {tuple(line.split("\t")[:3]): tuple(line.split("\t")[3:])
            for line in path.read_text().splitlines()[1:]} if path.exists() else {}


def save_roles(path, roles):
    lines = ["table\twords\texample\tactor\ttarget"] + ["\t".join(k + v) for k, v in roles.items()]
    path.write_text("\n".join(lines) + "\n")


def main():
    attest, lexicon, roles_path = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    rows = {f"{table}.tsv:{line}": row for table in TABLES
            for line, row in rows_of(lexicon / f"{table}.tsv")}
    wanted, seen = load_roles(roles_path), {}
    print(f"1..{len(TABLES)}")
    claims = read(attest, ({"id": name, "text": row["example"]} for name, row in rows.items()))
    for number, table in enumerate(TABLES, 1):
        own = {n: r for n, r in rows.items() if n.startswith(table)}
        failed = 0
        for name, row in own.items():
            key = table, row["words"], row["example"]
            got = told(row, claims.get(name, []))
            seen[key] = got or wanted.get(key, ("?", "?"))
            if got and got == wanted.get(key):
                continue
            failed += 1
            found = "; ".join(" | ".join((c["act"], party(c["actor"]), party(c["target"])))
                              for c in claims.get(name, []))
            print(f"# {name} {row['words']} ({row.get('act', 'any')}): {row['example']} "
                  f"{' | '.join(wanted.get(key, ('no roles given',)))} -> {found or 'nothing'}")
        good = failed <= FAILING_MOST * len(own) and all(r["example"] != "-" for r in own.values())
        print("ok" if good else "not ok", number, f"{table}: {len(own)} rows, {failed} not told so")
    if "--update" in sys.argv:
        save_roles(roles_path, seen)


if __name__ == "__main__":
    main()
