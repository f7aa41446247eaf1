"""Measures `attest serve` as docs/api.md lets a page ask it.

usage: serve.py ATTEST CASE [SEED]

Serves a copy of the case, waits until it is counted, and asks some 400 things,
drawn by the seed: over one connection, then over four at once; then decides on
claims of the queue.  Prints milliseconds by kind, the time until the overview,
memory, how heavy the page is, and, as a peer in the same run, how long SQLite
takes by itself to count the same claims.
"""
import contextlib
import gzip
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import quote, urlencode

CONNECTIONS = 4
DECISIONS = 40
PEER_ASKED = 6
PATIENCE = 1800  # seconds for counting a case that is new to the page


class Refused(Exception):
    pass


# --- the server -----------------------------------------------------------------

class Connection:
    """One that stays open, with the cookie; what it is sent stands in `weight`."""

    def __init__(self, port, cookie):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self.cookie, self.weight = cookie, 0

    def raw(self, path, body=None):
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip"}
        if body is not None:
            body, headers["Content-Type"] = json.dumps(body), "application/json"
        self.http.request("GET" if body is None else "POST", path, body, headers)
        answer = self.http.getresponse()
        content = answer.read()
        self.weight = len(content)
        if answer.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return answer.status, content

    def ask(self, path, body=None):
        """The answer, or None where nothing is left."""
        status, content = self.raw("/api/v1/" + path, body)
        if status not in (200, 204):
            raise Refused(f"{status} to {path}: {content[:300].decode(errors='replace')}")
        return json.loads(content) if content else None


class Server:
    def __init__(self, attest, case):
        self.start = time.monotonic()
        self.process = subprocess.Popen([attest, "serve", "--no-browser", "--port", "0", "--case", case],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        link = self.process.stdout.readline().strip()
        if not link:
            sys.exit("attest serve gave no link")
        self.port = int(re.search(r":(\d+)/", link)[1])
        enter = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        enter.request("GET", link[link.index("/?"):])
        self.cookie = enter.getresponse().headers["Set-Cookie"].split(";")[0]

    def connect(self):
        return Connection(self.port, self.cookie)

    def peak(self):
        """The most memory that it had, in MB."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024

    def end(self):
        self.process.terminate()
        self.process.wait()


@contextlib.contextmanager
def serve(attest, case):
    server = Server(attest, case)
    try:
        yield server
    finally:
        server.end()


def wait_for_overview(server):
    """Seconds from the start until the overview is answered."""
    connection = server.connect()
    while True:
        status, content = connection.raw("/api/v1/overview")
        if status == 200:
            return time.monotonic() - server.start
        if status != 503 or time.monotonic() - server.start > PATIENCE:
            sys.exit(f"no overview: {status} {content[:300].decode(errors='replace')}")
        time.sleep(0.005)


# --- what is asked ----------------------------------------------------------------

class Material:
    """What the case has that can be asked about."""

    def __init__(self, ask, draw):
        self.ask, self.draw = ask, draw
        self.parties = {kind: self.ends(f"parties?kind={kind}") for kind in ("person", "group", "place")}
        self.documents = self.ends("documents?sort=-claims")
        self.events = self.ends("events?sort=claims")
        self.sources = self.ends("sources")
        # Of a case without names each list may be empty; nothing is asked then.
        self.filters = {name: [item["value"] for item in ask(f"facets?facet={name}&limit=100")["facets"][name]]
                        for name in ("act", "actor", "target", "source", "place", "publisher", "modality",
                                     "verdict", "support")}
        self.filters["family"] = sorted({act.split(".")[0] for act in self.filters["act"]})
        self.filters["since"] = [f"{year}-01-01" for year in range(2008, 2027, 3)]
        self.filters["confidence"] = ["0.2-0.4", "0.5-0.6"]
        self.filters["text"] = ["hospital", "protesters", "armed men"]
        self.claims = [item["id"] for offset in (0, 4000) for item in
                       ask(f"claims?limit=50&offset={offset}")["items"]]

    def ends(self, path):
        """Ids of the first and the last of a list."""
        join = "&" if "?" in path else "?"
        first = self.ask(f"{path}{join}limit=50")
        last = self.ask(f"{path}{join}limit=50&offset={max(first['total'] - 50, 0)}")
        return [item["id"] for item in first["items"]] + [item["id"] for item in last["items"]]

    def one(self, name):
        """A filter as a query."""
        return urlencode({"act" if name == "family" else name: self.draw.choice(self.filters[name])})

    def some(self, count):
        """So many filters of different names."""
        names = [name for name in self.filters if self.filters[name]]
        chosen = self.draw.sample(names, count)
        if {"act", "family"} <= set(chosen):
            chosen.remove("family")
        return "&".join(map(self.one, chosen))

    def party(self):
        return self.draw.choice(self.draw.choice(list(self.parties.values())))


WORDS = {"search of rare words": ["celebrated poet", "criminal cult", "defendants harassed", '"bread and fuel"'],
         "search of common words": ["said", "arrested", "protesters", "the", "killed civilians"]}


def make_requests(m, draw):
    """Pairs of a kind and a path, in an order of their own."""
    pick = draw.choice
    singles = [name for name in m.filters if m.filters[name]]
    made = [("overview", "overview")] * 10
    made += [("claims", f"claims?offset={pick((0, 50, 1000, 20000))}&sort={pick(('document', 'time', '-time', 'confidence', '-confidence', 'support'))}")
             for _ in range(20)]
    for name in singles:
        made += [("claims, one filter", f"claims?{m.one(name)}&sort={pick(('document', '-time', 'confidence'))}") for _ in range(5)]
        made += [("facets, one filter", f"facets?{m.one(name)}") for _ in range(2)]
    made += [("claims, two filters", f"claims?{m.some(2)}") for _ in range(40)]
    made += [("facets", "facets")] * 5
    made += [("facets, two filters", f"facets?{m.some(2)}") for _ in range(25)]
    made += [("facet, by words", f"facets?facet={pick(('actor', 'target', 'source', 'place'))}&limit=100&find={pick(('ka', 'mir', 'the', 'port'))}")
             for _ in range(10)]
    for kind in ("timeline", "map", "queue"):
        made += [(kind, kind)] * 5 + [(f"{kind}, filters", f"{kind}?{m.some(pick((1, 2)))}") for _ in range(10)]
    made += [("parties", f"parties?kind={pick(('person', 'group', 'place'))}&sort={pick(('-documents', 'name', '-acting'))}&offset={pick((0, 200))}")
             for _ in range(12)]
    made += [("parties, by words", f"parties?find={pick(('karim', 'front', 'port', 'za'))}") for _ in range(6)]
    made += [("party, most named", f"parties/{pick(m.parties[kind][:10])}") for kind in m.parties for _ in range(4)]
    made += [("party, least named", f"parties/{pick(m.parties[kind][-10:])}") for kind in m.parties for _ in range(4)]
    made += [("ties", f"parties/{m.party()}/ties") for _ in range(12)]
    made += [("events", f"events?sort={pick(('support', 'time', '-time', 'claims'))}") for _ in range(8)]
    made += [("events, filters", f"events?{m.some(pick((1, 2)))}") for _ in range(12)]
    made += [("event", f"events/{pick(m.events)}") for _ in range(16)]
    made += [("sources", f"sources?offset={pick((0, 50))}") for _ in range(5)]
    made += [("source", f"sources/{quote(pick(m.sources), safe='')}") for _ in range(12)]
    made += [("documents", f"documents?sort={pick(('name', 'date', '-date', '-claims'))}&offset={pick((0, 500))}") for _ in range(12)]
    made += [("document, longest", f"documents/{pick(m.documents[:10])}") for _ in range(8)]
    made += [("document", f"documents/{pick(m.documents)}") for _ in range(12)]
    for kind, words in WORDS.items():
        made += [(kind, f"search?{urlencode({'words': pick(words)})}") for _ in range(8)]
    made += [("claim", f"claims/{pick(m.claims)}") for _ in range(16)]
    made += [("claim's history", f"claims/{pick(m.claims)}/history") for _ in range(6)]
    made += [("proposals", "proposals?kind=person")] * 3 + [("agreement", "agreement")] * 3
    draw.shuffle(made)
    return made


# --- measuring -------------------------------------------------------------------------

class Times:
    """Milliseconds by kind."""

    def __init__(self):
        self.kinds, self.refused = {}, []

    def take(self, kind, work):
        start = time.monotonic()
        try:
            answer = work()
        except Refused as refused:
            self.refused.append(str(refused))
            return None
        self.kinds.setdefault(kind, []).append((time.monotonic() - start) * 1000)
        return answer

    def figures(self, kind=None):
        """Median, 95th percentile, maximum; of all where no kind is given."""
        spent = sorted(self.kinds.get(kind, []) if kind else [t for all in self.kinds.values() for t in all])
        if not spent:
            return (float("nan"),) * 3
        return statistics.median(spent), spent[min(len(spent) * 95 // 100, len(spent) - 1)], spent[-1]


def ask_alone(server, requests):
    times, connection = Times(), server.connect()
    for kind, path in requests:
        times.take(kind, lambda: connection.ask(path))
    return times


def ask_at_once(server, requests):
    times, waiting = Times(), iter(requests)
    lock = threading.Lock()

    def work():
        connection = server.connect()
        while True:
            with lock:
                kind, path = next(waiting, (None, None))
            if not kind:
                return
            times.take(kind, lambda: connection.ask(path))

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def decide(server):
    """From sending a decision until the next claim is there."""
    times, connection = Times(), server.connect()
    connection.ask("session", {"reviewer": "Clerk"})
    claim = connection.ask("queue")
    for number in range(DECISIONS):
        if not claim:
            break
        verdict = {"verdict": "confirmed"} if number % 3 else {"verdict": "rejected", "why": "not said"}

        def step():
            connection.ask(f"claims/{claim['id']}/decision", {"version": claim["version"], **verdict})
            return connection.ask(f"queue?after={claim['id']}")
        claim = times.take("decision and next claim", step)
    return times


def count_beside(server, case, m):
    """Milliseconds of attest and of SQLite, each counting claims of an act and an actor."""
    connection = server.connect()
    spent = {"attest": [], "sqlite3": []}
    with contextlib.closing(sqlite3.connect(f"file:{case}?mode=ro", uri=True)) as db:
        for act, actor in zip(m.filters["act"][:PEER_ASKED], m.filters["actor"][:PEER_ASKED]):
            names = connection.ask(f"parties/{actor}")["names"]
            start = time.monotonic()
            counted = connection.ask(f"claims?{urlencode({'act': act, 'actor': actor})}&limit=1")["total"]
            spent["attest"].append(time.monotonic() - start)
            start = time.monotonic()
            found, = db.execute(
                "SELECT count(*) FROM current_claim c JOIN claim_role r ON r.claim = c.id "
                "JOIN entity e ON e.id = r.entity WHERE c.act = ? AND r.part = 'actor' "
                f"AND e.name IN ({','.join('?' * len(names))})", [act] + [name["name"] for name in names]).fetchone()
            spent["sqlite3"].append(time.monotonic() - start)
            print(f"  {act} by {names[0]['name']}: attest {counted}, sqlite3 by its names {found}")
    return {name: statistics.median(all) * 1000 for name, all in spent.items()}


def weigh_page(server):
    """Bytes sent, as compressed, for the first view and for all views."""
    connection, seen = server.connect(), {}

    def load(path):
        if path not in seen:
            status, content = connection.raw(path)
            if status == 200:
                seen[path] = connection.weight
                return content.decode(errors="replace")
        return ""

    waiting = [load("/")]
    waiting = [load(path) for path in re.findall(r'(?:src|href)="(/[^"]+)"', waiting[0])]
    first = sum(seen.values())
    while waiting:
        text = waiting.pop()
        for path in re.findall(r"assets/[\w.-]+\.(?:js|css|json|svg|woff2)", text):
            waiting.append(load("/" + path))
    return first / 1000, sum(seen.values()) / 1000


# --- telling -----------------------------------------------------------------------------

def tell(alone, at_once, decisions):
    print(f"{'milliseconds':28s} {'asks':>5s} {'median':>8s} {'p95':>8s} {'max':>8s}   "
          f"{CONNECTIONS} at once: {'median':>6s} {'p95':>8s} {'max':>8s}")
    for kind in sorted(alone.kinds):
        one, four = alone.figures(kind), at_once.figures(kind)
        print(f"{kind:28s} {len(alone.kinds[kind]):5d} {one[0]:8.1f} {one[1]:8.1f} {one[2]:8.1f}   "
              f"{four[0]:17.1f} {four[1]:8.1f} {four[2]:8.1f}")
    one, four = alone.figures(), at_once.figures()
    asked = sum(map(len, alone.kinds.values()))
    print(f"{'all':28s} {asked:5d} {one[0]:8.1f} {one[1]:8.1f} {one[2]:8.1f}   {four[0]:17.1f} {four[1]:8.1f} {four[2]:8.1f}")
    for kind, spent in decisions.kinds.items():
        figures = decisions.figures(kind)
        print(f"{kind:28s} {len(spent):5d} {figures[0]:8.1f} {figures[1]:8.1f} {figures[2]:8.1f}")
    for refused in alone.refused + at_once.refused + decisions.refused:
        print("refused:", refused)


def copy_case(case, folder):
    copy = os.path.join(folder, "large.attest")
    for end in ("", ".index"):
        if os.path.exists(case + end):
            shutil.copy2(case + end, copy + end)
    return copy


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    attest, draw = sys.argv[1], random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(sys.argv[2]))) as folder:
        case = copy_case(sys.argv[2], folder)
        with serve(attest, case) as server:
            print(f"counted and overview answered {wait_for_overview(server):.2f} s after the start")
        with serve(attest, case) as server:
            first = wait_for_overview(server)
            print(f"started again: overview answered {first:.2f} s after the start (asked for: 1 s)")
            material = Material(server.connect().ask, draw)
            requests = make_requests(material, draw)
            tell(ask_alone(server, requests), ask_at_once(server, requests), decide(server))
            print("asked for: p95 of all below 200 ms, the next claim below 100 ms")
            connection, start = server.connect(), time.monotonic()
            connection.raw(f"/api/v1/claims.csv?{material.one('actor')}")
            print(f"claims.csv of an actor {(time.monotonic() - start) * 1000:.0f} ms, {connection.weight / 1000:.0f} kB")
            beside = count_beside(server, case, material)
            print(f"counting claims of an act and an actor: {beside['attest']:.1f} ms, sqlite3 {beside['sqlite3']:.0f} ms: "
                  f"{beside['sqlite3'] / beside['attest']:.0f} times as fast")
            page = weigh_page(server)
            print(f"page: first view {page[0]:.0f} kB, all views {page[1]:.0f} kB as sent (asked for: 400 kB)")
            print(f"peak memory {server.peak():.0f} MB (asked for: 300 MB)")


main()
