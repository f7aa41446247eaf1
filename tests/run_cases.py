"""Runs the case files of tests/cases through the program.  TAP on output.

usage: run_cases.py ATTEST FOLDER [--update]

A file holds cases:

    == title                  (: todo below it marks one that must fail)
    -- in 2012-02-21          (the document's date may follow)
    text ...
    -- VIEW
    the exact print of that view

Views: parse (form, tag, head, relation), attributions, claims, plover,
incidents, brief.  With
--update the blocks are rewritten with what the program prints: review the
difference like code.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def load(path):
    """-> [{title, todo, date, blocks: [(name, text)]}], text before the first"""
    head, *parts = re.split(r"^== ", path.read_text(), flags=re.M)
    cases = []
    for part in parts:
        title, *blocks = re.split(r"^-- ", part, flags=re.M)
        lines = title.strip().split("\n")
        case = {"title": lines[0], "todo": ": todo" in lines[1:], "date": None, "blocks": []}
        for block in blocks:
            name, text = block.split("\n", 1)
            name, _, date = name.partition(" ")
            if name == "in":
                case["date"] = date or None
            case["blocks"].append((name, text.strip("\n")))
        cases.append(case)
    return head, cases


def save(path, head, cases):
    out = [head]
    for case in cases:
        out.append(f"== {case['title']}\n" + (": todo\n" if case["todo"] else ""))
        for name, text in case["blocks"]:
            date = f" {case['date']}" if name == "in" and case["date"] else ""
            out.append(f"-- {name}{date}\n{text}\n")
        out.append("\n")
    path.write_text("".join(out).rstrip("\n") + "\n")


def run(*command, given=None):
    done = subprocess.run(command, input=given, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


def words(text, spans):
    return " ... ".join(" ".join(text[b:e].split()) for b, e in spans) or "-"


def party(role):
    if not role:
        return "-"
    name = role.get("name")
    return role["text"] + (f" = {name}" if name and name != role["text"] else "")


def show_claim(c):
    chain = " > ".join(party(s) for s in c["sources"]) or "-"
    cells = [c["act"], c["trigger_text"], party(c["actor"]), party(c["target"]), chain,
             f"{c['polarity']} {c['modality']}"]
    for role in ("place", "origin", "destination"):
        if c[role]:
            cells.append(f"{role}: {c[role]['text']}")
    if c["time"]:
        cells.append(f"time: {c['time']['text']} = {c['time']['from']}..{c['time']['to']}")
    if c["count"]:
        cells.append(f"count: {c['count']['text']}")
    cells += [f"label: {x['text']}" for x in c["labels"]]
    return " | ".join(cells)


def show_event(e):
    def parties(side):
        return ", ".join(" ".join(filter(None, [x["entity_text"], "=", x["code"] or "?", *x["sector"]]))
                         for x in e[side]) or "-"
    cells = [" ".join(e["event"] + e["mode"]), parties("actor"), parties("recipient"), e["date"]]
    if e["context"]:
        cells.append("context: " + ", ".join(e["context"]))
    if e["event_loc"]:
        cells.append("place: %s = %s" % (e["event_loc"]["extracted_place"], e["event_loc"]["country_code"] or "?"))
    return " | ".join(str(c) for c in cells)


def show_incident(x):
    if not x:
        return "null"
    day = "-".join(str(x[k] or "?") for k in ("year", "month", "day"))
    place = " / ".join(x[k] or "?" for k in ("country", "region", "city"))
    victims = [f"victim: {v['name'] or 'several'} = {' + '.join(v['types'])}, {v['sex']}, {v['age']}" for v in x["victims"]]
    cells = [x["perpetrator_type"] or "nobody told", ", ".join(x["violation_types"]), place, day, *victims]
    return " | ".join(cells) + (" | no claims" if not x["claims"] else "")


def show_parse(conllu):
    rows = []
    for line in conllu.split("\n"):
        cells = line.split("\t")
        if cells[0].isdigit():
            rows.append(" ".join((cells[0], cells[1], cells[3], cells[6], cells[7])))
    return "\n".join(rows)


def views(attest, folder, case):
    """-> {view: print} of what the program makes of the case"""
    text = dict(case["blocks"])["in"]
    record = {"id": "case", "text": text} | ({"date": case["date"]} if case["date"] else {})
    file = pathlib.Path(folder, "in.jsonl")
    file.write_text(json.dumps(record) + "\n")
    kase = str(pathlib.Path(folder, "case.attest"))
    for old in pathlib.Path(folder).glob("case.attest*"):
        old.unlink()
    run(attest, "read", "--case", kase, str(file))
    export = lambda form: json.loads(run(attest, "export", "--case", kase, "--format", form))
    claims = export("claims")["claims"]
    events = lambda: map(json.loads, run(attest, "export", "--case", kase, "--format", "plover").splitlines())
    for c in claims:
        c["trigger_text"] = words(text, c["trigger"])
    return {
        "in": lambda: text,
        "parse": lambda: show_parse(run(attest, "parse", given=text)),
        "attributions": lambda: "\n".join(
            " | ".join(words(text, a[k]) for k in ("source", "cue", "content"))
            for a in export("attributions")["attributions"]) or "none",
        "claims": lambda: "\n".join(map(show_claim, claims)) or "none",
        "plover": lambda: "\n".join(map(show_event, events())) or "none",
        "incidents": lambda: show_incident(export("incidents")["incident"]),
        "brief": lambda: run(attest, "brief", "--case", kase).strip("\n"),
    }


def main():
    arguments = [a for a in sys.argv[1:] if a != "--update"]
    update = "--update" in sys.argv
    attest, number = arguments[0], 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(pathlib.Path(arguments[1]).glob("*.case")):
            head, cases = load(path)
            for case in cases:
                number += 1
                made = views(attest, folder, case)
                seen = [(name, made[name]()) for name, _ in case["blocks"]]
                good = seen == case["blocks"]
                print("ok" if good != case["todo"] else "not ok", number, path.stem, case["title"])
                if good and case["todo"]:
                    print("# passes now: take its todo away")
                if not good and not case["todo"]:
                    for (name, got), (_, wanted) in zip(seen, case["blocks"]):
                        if got != wanted:
                            print(f"# {name}, wanted:\n" + re.sub("^", "#   ", wanted, flags=re.M))
                            print("# got:\n" + re.sub("^", "#   ", got, flags=re.M))
                if update and not case["todo"]:
                    case["blocks"] = seen
            if update:
                save(path, head, cases)
    print(f"1..{number}")


main()
