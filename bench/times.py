"""Scores times and numbers against cases in the form of Recognizers-Text.

usage: times.py ATTEST CASES.tsv [--misses MODEL]

A row of CASES.tsv is right if attest finds what it names at the same place and
with the same value; a row that names nothing is right if attest finds nothing
of that model's kind. Days are compared, hours are not; an article in front of a
time makes no difference. For numbers the place is where they begin (behind words
that compare, where the row leaves these out): CoNLL-U does not tell where they
end, but the value does. Telephone numbers, dimensions and temperatures are left
out. --misses prints the rows of the models whose name holds MODEL that were not
right, with what was found.
"""
import collections
import csv
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile

LEFT_OUT = ("Phone", "Dimension", "Temperature")
NUMBER = re.compile(
    r"(<=|>=|[<>~=])?(?:(-?\d[\d.]*(?:e[+-]?\d+)?)(?:-(-?\d[\d.]*(?:e[+-]?\d+)?))?)?(.*)")
LEXICON = pathlib.Path(__file__).resolve().parent.parent / "lexicon"
DAY = datetime.timedelta(days=1)


def words_before():
    """The words that compare, which some models leave out of the place."""
    lines = (LEXICON / "numbers.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in lines if line and line[0] != "#"]
    words = [row[0] for row in rows if row[1] in ("compare", "aged")]
    return sorted(words, key=len, reverse=True)


BEFORE = words_before()


class Found:
    def __init__(self, start, end, field):
        self.start, self.end, self.field = start, end, field

    def __repr__(self):
        return f"{self.start}:{self.end}:{self.field}"


def tokens_of(conllu, text):
    """Each word of CoNLL-U with its place in the text and its MISC column."""
    at = 0
    for line in conllu.splitlines():
        cells = line.split("\t")
        if len(cells) == 10 and cells[0].isdigit():
            start = text.find(cells[1], at)
            if start >= 0:
                at = start + len(cells[1])
                yield start, at, cells[9]
            else:
                yield at, at, cells[9]


def read_found(conllu, text):
    """The times and the numbers of one text."""
    tokens = list(tokens_of(conllu, text))
    times, numbers = [], []
    for i, (start, _, misc) in enumerate(tokens):
        for field in misc.split("|"):
            if field.startswith("Time="):
                kind, count, days = field[5:].split(":")
                end = tokens[min(i + int(count), len(tokens)) - 1][1]
                times.append(Found(start, end, (kind, *days.split("/"))))
            elif field.startswith("Number="):
                compare, low, high, unit = NUMBER.fullmatch(field[7:]).groups()
                low = float(low) if low else None
                high = float(high) if high else low
                numbers.append(Found(start, None, (compare, low, high, unit)))
    return times, numbers


def parse_all(attest, rows):
    """Reads every text once, those of one date in one run."""
    texts = collections.defaultdict(list)
    for row in rows:
        if row["input"] not in texts[row["reference"][:10]]:
            texts[row["reference"][:10]].append(row["input"])
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for date, inputs in texts.items():
            paths = []
            for i, text in enumerate(inputs):
                paths.append(pathlib.Path(folder, f"{i}.txt"))
                paths[-1].write_text(text)
            command = [attest, "parse", "-j", "1", *paths]
            if date:
                command += ["--date", date]
            out = subprocess.run(
                command, check=True, capture_output=True, text=True).stdout
            parts = out.split("# newpar\n# sent_id = 1\n")[1:]
            assert len(parts) == len(inputs)
            for text, part in zip(inputs, parts):
                found[date, text] = read_found(part, text)
    return found


# --- the values --------------------------------------------------------------

def same(a, b):
    return a is not None and b is not None and abs(a - b) <= 1e-6 * max(1, abs(b))


def day_of(text):
    return text[:10] if re.match(r"\d{4}-\d\d-\d\d", text or "") else None


def day_before(day):
    return str(datetime.date.fromisoformat(day) - DAY) if day > "0001-01-01" else day


def last_days(end):
    """The end is the day after; of two named days, months or years it is where
    the second begins, and attest counts that in."""
    year, month, day = map(int, end.split("-"))
    days = [end, day_before(end)]
    if day == 1:
        days.append(day_before(f"{year + month // 12}-{month % 12 + 1:02}-01"))
    if day == month == 1:
        days.append(f"{year}-12-31")
    return days


def time_is(value, field):
    """Is this one of a row's values, within a day?"""
    kind, first, last = field
    what = value.get("type", "")
    if what in ("duration", "set"):
        return kind.lower() == what
    if kind != "Date":
        return False
    if what in ("time", "timerange") or value.get("value") == "not resolved":
        return True
    if what in ("date", "datetime"):
        return first == last == day_of(value.get("value"))
    start, end = day_of(value.get("start")), day_of(value.get("end"))
    if end and what == "daterange":
        return (not start or start == first) and last in last_days(end)
    return (not start or start == first) and (not end or end == last)


def time_right(row, times):
    if row["type"] == "duration":
        values = [{"type": "duration"}]
    else:
        values = json.loads(row["resolution"])["values"] or [{"value": "not resolved"}]
    for found in times:
        if same_place(row, found):
            return any(time_is(v, found.field) for v in values)
    return False


def range_is(text, field):
    low, high = (float(x) if x.strip() else None for x in text[1:-1].split(","))
    compare, value, most, _ = field
    if low is not None and high is not None:
        return same(value, low) and same(most, high)
    if low is not None:
        return compare in ((">=",) if text[0] == "[" else (">",)) and same(value, low)
    return compare in (("<=",) if text[-1] == "]" else ("<",)) and same(value, high)


def number_value(row):
    values = json.loads(row["resolution"])
    return values, str(values.get("value", ""))


def number_is(row, field):
    values, text = number_value(row)
    _, low, high, unit = field
    if row["type"] == "numberrange":
        return range_is(text, field)
    value = float(text.rstrip("%")) if re.match(r"-?[\d.]", text) else None
    if row["type"] == "percentage":
        return unit == "%" and same(low, value)
    if row["type"].startswith("ordinal"):
        return unit == "th" and same(low, value)
    if row["type"] == "age":
        want = values["unit"].lower()
        return unit.endswith(" old") and same(low, value) and \
            unit.startswith({"age": "year"}.get(want, want))
    if row["type"] == "currency":
        iso = values.get("isoCurrency")
        if values.get("unit") in ("Cent", "Pence", "Penny"):
            value = value and value / 100
        return len(unit) == 3 and same(low, value) and (not iso or iso == unit)
    return same(low, value) or same(high, value)


def place(row):
    start = int(row["start"])
    return start, start + len(row["text"])


def same_place(row, found):
    """An article in front makes no difference: the rows are of two minds."""
    start, end = place(row)
    text = row["input"].lower()
    starts = {start, start + 4 * (text[start:start + 4] == "the ")}
    if text[max(start - 4, 0):start] == "the ":
        starts.add(start - 4)
    return found.start in starts and found.end == end


def begins(row, found):
    """Where a number begins, with and without words that compare."""
    start = place(row)[0]
    rest = row["input"][found.start:start].lower()
    while rest.strip() and found.start < start:
        word = next((w for w in BEFORE if rest.lstrip().startswith(w)), None)
        if not word:
            return False
        rest = rest.lstrip()[len(word):]
    return found.start <= start


def number_right(row, numbers):
    for found in numbers:
        second = found.field[2] != found.field[1] and row["type"] == "number"
        if (begins(row, found) or second and found.start < place(row)[0]) and \
                number_is(row, found.field):
            return True
    return False


def none_right(row, times, numbers):
    if row["spec"].startswith("DateTime"):
        return not times
    kinds = {"Ordinal": lambda u: u == "th", "Percent": lambda u: u == "%",
             "Currency": lambda u: len(u) == 3}
    for name, is_kind in kinds.items():
        if name in row["spec"] and not row["spec"].startswith("Number-NumberModel"):
            return not any(is_kind(n.field[3]) for n in numbers)
    if "Range" in row["spec"]:
        return not any(n.field[0] or n.field[1] != n.field[2] for n in numbers)
    return not numbers


def is_right(row, times, numbers):
    if not row["text"]:
        return none_right(row, times, numbers)
    if row["spec"].startswith("DateTime"):
        return time_right(row, times)
    return number_right(row, numbers)


# --- the table ---------------------------------------------------------------

def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        row["input"] = row["input"].replace("\\n", "\n").replace("\\t", "\t")
    return [r for r in rows if not any(x in r["spec"] for x in LEFT_OUT)]


def main():
    if len(sys.argv) not in (3, 5):
        sys.exit(__doc__)
    rows = read_rows(sys.argv[2])
    misses = sys.argv[4] if len(sys.argv) == 5 else None
    found = parse_all(sys.argv[1], rows)
    right, count = collections.Counter(), collections.Counter()
    for row in rows:
        times, numbers = found[row["reference"][:10], row["input"]]
        good = is_right(row, times, numbers)
        groups = {row["spec"], row["spec"].split("-")[0] + " (all)"}
        for group in groups:
            count[group] += 1
            right[group] += good
        if misses and misses in row["spec"] and not good:
            items = times if row["spec"].startswith("DateTime") else numbers
            print(f"{row['case']}\t{row['reference'][:10]}\t{row['input']}\t"
                  f"{row['text'] or '(none)'}\t{row['start']}\t{row['resolution'][:200]}\t{items}")
    for group in sorted(count):
        print(f"{group:45}{right[group]:5} of {count[group]:4}  {right[group] / count[group]:6.1%}")


if __name__ == "__main__":
    main()
