"""Asks `attest serve` as browsers, scripts and strangers do.  TAP on standard
output.

usage: test_serve.py ATTEST EXAMPLES
"""
import contextlib
import gzip
import http.client
import json
import os
import pathlib
import pty
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from tap import run_tests

attest, examples = map(os.path.abspath, sys.argv[1:3])
tests = []


def test(function):
    tests.append(function)
    return function


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.bytes = response.read()
        if self.headers.get("Content-Encoding") == "gzip":
            self.bytes = gzip.decompress(self.bytes)

    def json(self):
        return json.loads(self.bytes)

    def code(self):
        """The refusal's status and code; its message is a sentence for people."""
        error = self.json()["error"]
        assert error["message"] and not error["message"].endswith("."), error
        return self.status, error["code"]


class Server:
    """A served copy of a case."""

    def __init__(self, *options, case=None, port="0", stdin=subprocess.DEVNULL, env=None):
        self.dir = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.case = case or self.dir / "tamarind.attest"
        if not case:
            for end in ("", ".index"):
                shutil.copy(f"{made}{end}", f"{self.case}{end}")
        self.tmp = self.dir / "tmp"
        self.tmp.mkdir()
        self.process = subprocess.Popen(
            [attest, "serve", "--no-browser", "--port", port, "--case", self.case, *options],
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(self.tmp), "G_SLICE": "always-malloc",
                 "G_DEBUG": "fatal-criticals", **(env or {})})
        self.link = self.process.stdout.readline().decode().strip()
        assert re.fullmatch(r"http://(127\.0\.0\.1|\[::1\]):\d+/\?token=[0-9a-f]{64}", self.link), \
            (self.link, self.process.stderr.read() if self.process.poll() is not None else "")
        self.host, self.token = self.link[len("http://"):].split("/?token=")
        self.port = int(self.host.rsplit(":", 1)[1])
        self.cookie = None

    def ask(self, path, body=None, method=None, cookie=True, **headers):
        """What is answered; `body` is sent as JSON, or as bytes as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie and self.cookie:
            headers.setdefault("Cookie", self.cookie if cookie is True else cookie)
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
        headers = {name: value for name, value in headers.items() if value is not None}
        connection.request(method or ("GET" if body is None else "POST"), path, body, headers)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def api(self, path, body=None, **rest):
        return self.ask("/api/v1/" + path, body, **rest)

    def enter(self, token=None):
        """Opens the link; the cookie it gives."""
        answer = self.ask(f"/?token={token or self.token}", cookie=False)
        assert answer.status == 303 and answer.headers["Location"] == "/", answer.status
        return answer.headers["Set-Cookie"].split(";")[0]

    def upload(self, name, content, terms=""):
        return self.api(f"documents?name={name}{terms}", content, Content_Type="application/octet-stream")

    def jobs_done(self):
        """All jobs, when none is open any more; the oldest first."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            jobs = self.api("jobs").json()["items"][::-1]
            if all(job["state"] not in ("waiting", "running") for job in jobs):
                return jobs
            time.sleep(0.05)
        raise AssertionError("jobs do not end")

    def raw(self, content, timeout=60):
        """What is answered to these bytes on a connection of their own."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            with contextlib.suppress(OSError):
                s.sendall(content)
                s.shutdown(socket.SHUT_WR)
            answer = b""
            with contextlib.suppress(ConnectionError, TimeoutError):
                while piece := s.recv(65536):
                    answer += piece
        return answer

    def is_well(self):
        return self.process.poll() is None and self.api("pulse").status == 200

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, err.decode()


@contextlib.contextmanager
def serve(*options, enter=True, reviewer="Ana Ruiz", quiet=True, **rest):
    server = Server(*options, **rest)
    try:
        if enter:
            server.cookie = server.enter()
            if reviewer:
                assert server.api("session", {"reviewer": reviewer}).status == 200
        yield server
        if server.process.poll() is None:
            assert server.is_well() or not enter
    finally:
        status, err = server.end() if server.process.poll() is None else (0, "")
    assert status == 0 and (not quiet or not err), (status, err)
    assert not list(server.tmp.iterdir()), list(server.tmp.iterdir())


# --- getting in -----------------------------------------------------------

@test
def a_link_works_once_and_leaves_the_address():
    with serve(enter=False) as s:
        answer = s.ask(f"/?token={s.token}")
        assert answer.status == 303 and answer.headers["Location"] == "/" and not answer.bytes
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        again = s.ask(f"/?token={s.token}")
        assert again.status == 401 and "Set-Cookie" not in again.headers
        # Who is in already may open a link again, and stays in.
        s.cookie = answer.headers["Set-Cookie"].split(";")[0]
        assert s.ask(f"/?token={s.token}").status == 303
        assert s.api("session").status == 200


@test
def a_cookie_is_for_this_site_and_no_script():
    with serve(enter=False) as s:
        value, *flags = s.ask(f"/?token={s.token}").headers["Set-Cookie"].split("; ")
        assert re.fullmatch("attest-session=[0-9a-f]{64}", value), value
        assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=Strict"], flags


@test
def guesses_open_nothing():
    with serve(enter=False) as s:
        wrong = ["", "0" * 64, s.token[:-1], s.token + "0", s.token.upper() + "0", "%00" + s.token, s.token[::-1]]
        for token in wrong:
            answer = s.ask(f"/?token={token}")
            assert answer.status in (400, 401) and "Set-Cookie" not in answer.headers, token
        for key in wrong:
            assert s.api("session", cookie=f"attest-session={key.replace('%00', '')}").code() == (401, "no-session")
        assert s.ask(f"/?token={s.token}", method="HEAD").status == 401  # a look at the link uses nothing up
        s.enter()


@test
def without_a_session_nothing_of_the_case_is_told():
    with serve(enter=False) as s:
        for path in ("session", "pulse", "overview", "claims", "documents/d1", "nothing"):
            assert s.api(path).code() == (401, "no-session"), path
        assert s.api("session", {"reviewer": "x"}).code() == (401, "no-session")
        for path in ("/", "/claims?act=liberty", "/index.html", "/closed.html"):
            answer = s.ask(path)
            assert answer.status == 401 and b"closed to this browser" in answer.bytes, path
            assert b"tamarind" not in answer.bytes and b"<script" not in answer.bytes
            assert answer.headers["Cache-Control"] == "no-store"


@test
def a_link_from_elsewhere_finds_its_session():
    """A browser sends no cookie with what another page links to: the closed
    page asks again by itself, once."""
    with serve() as s:
        first = s.ask("/claims", cookie=False, Sec_Fetch_Site="cross-site")
        assert first.status == 401 and first.headers["Refresh"] == "0"
        second = s.ask("/claims", cookie=False, Sec_Fetch_Site="same-origin")
        assert second.status == 401 and "Refresh" not in second.headers
        assert s.ask("/claims", Sec_Fetch_Site="cross-site").status == 200


@test
def two_people_have_two_sessions():
    with serve() as s:
        link = s.api("session/links", {}).json()["url"]
        assert link.startswith(f"http://{s.host}/?token=")
        other = s.enter(link.split("token=")[1])
        assert other != s.cookie
        assert s.api("session", cookie=other).json()["reviewer"] is None
        assert s.api("jobs", {"kind": "prepare"}, cookie=other).code() == (403, "no-reviewer")
        assert s.api("session", {"reviewer": " Eva "}, cookie=other).json()["reviewer"] == "Eva"
        assert s.api("session").json()["reviewer"] == "Ana Ruiz"
        assert s.api("session/end", {}, cookie=other).json() == {}
        assert s.api("session", cookie=other).code() == (401, "no-session")
        assert s.api("session").status == 200


@test
def cases_served_side_by_side_share_a_browser():
    """Browsers keep one cookie for all ports of a machine."""
    with serve() as one, serve(enter=False) as two:
        answer = two.ask(f"/?token={two.token}", cookie=one.cookie, Cookie=one.cookie)
        both = answer.headers["Set-Cookie"].split(";")[0]
        assert one.cookie.split("=")[1] in both
        for s in (one, two):
            s.cookie = both
            assert s.api("session").status == 200
        junk = "attest-session=" + ".".join(["x" * 64, "<b>", "0" * 64] * 9)
        value = one.ask(f"/?token={one.api('session/links', {}).json()['url'].split('token=')[1]}",
                        Cookie=junk).headers["Set-Cookie"].split(";")[0]
        assert "x" not in value.split("=")[1] and len(value.split(".")) <= 8, value


@test
def the_name_may_come_with_the_start():
    with serve("--as", "Ana Ruiz", reviewer=None) as s:
        assert s.api("session").json()["reviewer"] == "Ana Ruiz"
        for name in ("", "  ", None, 7, "x" * 1000):
            assert s.api("session", {"reviewer": name}).code() == (400, "bad-request"), name
        assert s.api("session").json()["reviewer"] == "Ana Ruiz"


@test
def sessions_are_limited_in_number():
    with serve() as s:
        first = s.cookie
        for _ in range(70):
            s.cookie = s.enter(s.api("session/links", {}).json()["url"].split("token=")[1])
        assert s.api("session", cookie=first).status == 401


# --- who asks -------------------------------------------------------------

@test
def only_the_address_served_is_answered():
    with serve() as s:
        for host in ("evil.example", f"evil.example:{s.port}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.2:{s.port}",
                     f"localhost.evil.example:{s.port}", f"127.0.0.1:{s.port}.evil.example", "", f"[::1]:{s.port}",
                     f"127.0.0.1:{s.port}, evil.example"):
            assert s.api("session", Host=host).status in (400, 403), host
            assert s.ask("/", Host=host).status in (400, 403), host
        for host in (f"127.0.0.1:{s.port}", f"localhost:{s.port}", f"LOCALHOST:{s.port}"):
            assert s.api("session", Host=host).status == 200, host
        plain = f"GET /api/v1/session HTTP/1.1\r\nCookie: {s.cookie}\r\nConnection: close\r\n"
        assert s.raw(f"{plain}\r\n".encode()).split()[1] in (b"400", b"403")
        for hosts in (["evil.example", s.host], [s.host, "evil.example"]):
            lines = "".join(f"Host: {host}\r\n" for host in hosts)
            assert s.raw(f"{plain}{lines}\r\n".encode()).split()[1] in (b"400", b"403"), hosts


@test
def other_pages_are_refused():
    with serve() as s:
        body = {"reviewer": "Eva"}
        for origin in ("http://evil.example", "null", f"https://{s.host}", f"http://{s.host}.evil.example",
                       "http://127.0.0.1", "http://127.0.0.1:1", f"http://{s.host}/"):
            assert s.api("session", body, Origin=origin).code() == (403, "forbidden"), origin
        for site in ("cross-site", "same-site", "x"):
            assert s.api("session", body, Sec_Fetch_Site=site).code() == (403, "forbidden"), site
            assert s.api("session", Sec_Fetch_Site=site).code() == (403, "forbidden"), site
        assert s.api("session", Sec_Fetch_Site="none").status == 200
        assert s.api("session").json()["reviewer"] == "Ana Ruiz"
        assert s.api("session", body, Origin=f"http://{s.host}", Sec_Fetch_Site="same-origin").status == 200
        assert s.api("session", body, Origin=f"http://localhost:{s.port}", Host=f"localhost:{s.port}").status == 200
        assert s.api("session", body, Origin=f"http://localhost:{s.port}").status == 403


@test
def forms_of_other_pages_have_no_media_type_of_ours():
    with serve() as s:
        for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None,
                      "application/jsonp", "application/octet-stream", "text/json", ","):
            assert s.api("session", '{"reviewer": "x"}', Content_Type=media).code() == (415, "media-type"), media
        for media in ("application/json", "application/json; charset=utf-8", "Application/JSON"):
            assert s.api("session", '{"reviewer": "x"}', Content_Type=media).status == 200, media
        assert s.api("documents?name=a.txt", b"x", Content_Type="application/json").code() == (415, "media-type")


@test
def methods_are_those_of_the_table():
    with serve() as s:
        assert s.api("pulse", {}).code() == (405, "method")
        assert s.api("session/end").code() == (405, "method")
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"):
            assert s.api("session", method=method).status in (400, 405), method
            assert s.ask("/", method=method).status in (400, 405), method
        head = s.api("session", method="HEAD")
        assert head.status == 200 and not head.bytes and int(head.headers["Content-Length"]) > 1000
        for path in ("", "nothing", "session/", "session//", "/session", "session/links/x", "jobs/j1", "%00", "%ff",
                     "jobs//stop", "jobs/:/stop", "a/" * 5000):
            assert s.api(path).code()[0] in (404, 405), path
        assert s.ask("/api/v2/session").status == 200  # a place in the page, not of this API


@test
def every_answer_is_guarded():
    with serve() as s:
        answers = [s.ask("/"), s.ask("/", cookie=False), s.ask("/nothing.js"), s.api("session"), s.api("nothing"),
                   s.api("session", cookie=False), s.api("session", "x", Content_Type="application/json"),
                   s.api("session", Host="evil.example"), s.ask("/", method="DELETE")]
        for a in answers:
            policy = a.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; script-src 'self'; ") and "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
            for name, value in (("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
                                ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
                                ("Cross-Origin-Resource-Policy", "same-origin")):
                assert a.headers[name] == value, (name, a.status)
            assert "geolocation=()" in a.headers["Permissions-Policy"]
            assert "Server" not in a.headers and "Access-Control-Allow-Origin" not in a.headers
            if a.headers["Content-Type"].startswith("application/json"):
                assert a.headers["Cache-Control"] == "no-store"


# --- what is asked --------------------------------------------------------

@test
def the_session_tells_of_the_case():
    with serve() as s:
        it = s.api("session").json()
        assert it["case"]["name"] == "tamarind" and it["case"]["path"] == str(s.case)
        assert it["case"]["documents"] == 15 and it["case"]["claims"] > 100
        assert it["read_only"] is False and it["version"]
        [act] = [a for a in it["acts"] if a["code"] == "liberty.detain"]
        assert act == {"code": "liberty.detain", "label": "detain", "family": "liberty", "covers": act["covers"]}


@test
def answers_are_packed_for_who_can_unpack():
    with serve() as s:
        plain = s.api("session")
        assert "Content-Encoding" not in plain.headers
        packed = s.api("session", Accept_Encoding="deflate, gzip;q=0.5")
        assert packed.headers["Content-Encoding"] == "gzip" and packed.json() == plain.json()
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert int(packed.headers["Content-Length"]) < len(plain.bytes) / 2
        assert "Content-Encoding" not in s.api("session", Accept_Encoding="gzip;q=0, br").headers
        assert "Content-Encoding" not in s.api("pulse", Accept_Encoding="gzip").headers


@test
def the_page_is_in_the_program():
    with serve() as s:
        page = s.ask("/")
        assert page.status == 200 and page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert page.headers["Cache-Control"] == "private, no-cache"
        for place in ("/claims?act=liberty", "/documents/d1", "/index.html", "/%D8%A7?x=%00"):
            assert s.ask(place).status in (200, 400), place
        for place in ("/documents/d1", "/sources/n:letter.txt", "/sources/n:x.js"):  # called as documents call them
            assert s.ask(place).bytes == page.bytes, place
        again = s.ask("/", If_None_Match=page.headers["ETag"])
        assert again.status == 304 and not again.bytes
        assert b"<script>" not in page.bytes and b"style=" not in page.bytes and b"onload" not in page.bytes
        files = re.findall(rb'(?:src|href)="(/[^"]+)"', page.bytes)
        assert files, page.bytes
        for file in map(bytes.decode, files):
            plain, packed = s.ask(file), s.ask(file, Accept_Encoding="gzip")
            assert plain.status == 200 and plain.bytes == packed.bytes, file
            assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
            if file.startswith("/assets/"):
                assert "immutable" in plain.headers["Cache-Control"]
        assert s.ask("/assets/nothing.js").code() == (404, "not-found")


@test
def no_path_leads_out():
    with serve() as s:
        for path in ("/../../etc/passwd", "/..%2f..%2fetc/passwd", "/assets/../../../etc/passwd.css",
                     "/%2e%2e/%2e%2e/etc/hosts.txt", "/assets/%2e%2e/index.html", "//etc/passwd.txt",
                     "/assets/..\\..\\x.css", "/attest/page/index.html", "/./index.html", "/tamarind.attest",
                     "file:///etc/passwd.txt", "http://evil.example/etc/passwd.txt"):
            answer = s.ask(path)
            assert answer.status in (200, 400, 403, 404) and b"root:" not in answer.bytes, path
            if answer.status == 200:
                assert answer.bytes == s.ask("/").bytes, path


# --- bodies ---------------------------------------------------------------

@test
def broken_bodies_are_told():
    with serve() as s:
        for body in ("", "x", "[]", '"x"', "null", "7", "{", '{"reviewer": "x"', '{"reviewer": "x"} x', "\xff", "\0",
                     '{"reviewer": "\xed\xa0\x80"}', "[" * 900_000, '{"a":' * 200_000, '{"reviewer": ["x"]}',
                     '{"reviewer": {"a": 1}}', "{}", '{"reviewer": 1e999}'):
            sent = body.encode("latin-1")
            answer = s.api("session", sent, Content_Type="application/json")
            assert answer.code() == (400, "bad-request"), (body[:40], answer.bytes[:200])
        assert s.api("session").json()["reviewer"] == "Ana Ruiz"


@test
def names_keep_what_was_typed():
    with serve() as s:
        for name in ("<img src=x onerror=alert(1)>", "سليم كارون", "a\"b\\c", "x\u202ey", "🕊"):
            assert s.api("session", {"reviewer": name}).json()["reviewer"] == name


@test
def too_much_is_refused():
    with serve() as s:
        most = 1 << 20
        assert s.api("session", b" " * (most + 1), Content_Type="application/json").code() == (413, "too-large")
        chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
        head = f"POST /api/v1/session HTTP/1.1\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\n" \
               "Content-Type: application/json\r\nConnection: close\r\n"
        answer = s.raw((head + "Transfer-Encoding: chunked\r\n\r\n").encode() + chunk * 17 + b"0\r\n\r\n")
        assert b" 413 " in answer[:20] and b"too-large" in answer, answer[:200]
        answer = s.raw((head + "Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n").encode())
        assert b" 413 " in answer[:20], answer[:200]
        large = b"x" * ((64 << 20) + 1)
        assert s.upload("large.txt", large).code() == (413, "too-large")
        answer = s.raw(f"GET /{'x' * 200_000} HTTP/1.1\r\nHost: {s.host}\r\n\r\n".encode())
        assert not answer or answer.split()[1] >= b"400", answer[:200]
        answer = s.raw(f"GET / HTTP/1.1\r\nHost: {s.host}\r\nRange: bytes=0-,1-,2-\r\n\r\n".encode())
        assert b" 401 " in answer[:20] and b"multipart" not in answer, answer[:200]


# --- long jobs ------------------------------------------------------------

GOOD = b"Soldiers beat Ana Ruiz in Port Selm on 6 May 2019, the Free Radio said."


@test
def an_upload_is_read_and_its_failures_are_kept():
    with serve() as s:
        before = s.api("pulse").json()
        first = s.upload("good.txt", GOOD, "&batch=b1")
        assert first.json() == {"batch": "b1", "files": 1}, first.bytes
        job = s.upload("empty.txt", b"", "&batch=b1&last=1").json()
        assert job["kind"] == "read" and job["state"] in ("waiting", "running") and job["ended"] is None, job
        read, prepare = s.jobs_done()
        assert read["id"] == job["id"] and read["state"] == "done", read
        assert len(read["failures"]) == 1 and read["failures"][0].startswith("empty.txt: "), read
        assert read["done"] == read["total"] > 0 and read["words"].startswith("1 documents, "), read
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", read["started"]) and read["ended"] >= read["started"]
        assert prepare["kind"] == "prepare"
        after = s.api("pulse").json()
        assert after["revision"] > before["revision"] and after["jobs"][0]["id"] == prepare["id"]
        assert s.api("session").json()["case"]["documents"] == 16
        assert not [p for p in s.tmp.rglob("*") if p.name in ("good.txt", "empty.txt")]
        assert stat_mode(next(s.tmp.iterdir())) == 0o700


def stat_mode(path):
    return path.stat().st_mode & 0o777


@test
def names_of_uploads_are_harmless():
    with serve() as s:
        given = ["../../evil.txt", "/etc/evil.txt", ".hidden.txt", "-rf.txt", "a\\b.txt", "new\nline.txt", "x.txt",
                 "x.txt", "n" * 300 + ".txt", "كلام.txt", ".", "..", ""]
        for name in given:
            quoted = "".join(f"%{byte:02x}" for byte in name.encode())
            answer = s.upload(quoted, GOOD + name.encode(), "&batch=b")
            assert answer.status == 200, (name, answer.bytes)
        s.upload("last.txt", GOOD, "&batch=b&last=1")
        read = s.jobs_done()[0]
        assert read["state"] == "done" and not read["failures"], read
        rows = subprocess.run([attest, "documents", "--case", s.case, "--format", "jsonl"], capture_output=True)
        names = [json.loads(line)["name"] for line in rows.stdout.splitlines()]
        assert len(names) == 15 + len(given) + 1, names
        new = [n for n in names if not (pathlib.Path(examples) / n).exists()]
        assert "x.txt" in new and "x (2).txt" in new, new
        assert not any("/" in n or "\\" in n or n[0] in ".-" or len(n.encode()) > 210 for n in new), new
        assert s.api("documents", b"x", Content_Type="application/octet-stream").code() == (400, "bad-request")


@test
def one_file_is_a_batch_and_sessions_do_not_mix():
    with serve() as s:
        assert s.upload("a.txt", GOOD).json()["kind"] == "read"
        other = s.enter(s.api("session/links", {}).json()["url"].split("token=")[1])
        s.api("session", {"reviewer": "Eva"}, cookie=other)
        assert s.upload("b.txt", GOOD, "&batch=b").json()["files"] == 1
        theirs = s.api("documents?name=c.txt&batch=b", GOOD, cookie=other, Content_Type="application/octet-stream")
        assert theirs.json()["files"] == 1
        s.jobs_done()


@test
def a_job_can_be_stopped_and_others_wait():
    with serve() as s:
        many = b"".join(json.dumps({"id": str(i), "text": (GOOD.decode() + " ") * 10}).encode() + b"\n"
                        for i in range(600))
        first = s.upload("many.jsonl", many).json()
        second = s.upload("a.txt", GOOD).json()
        assert first["state"] == "running" and second["state"] == "waiting", (first, second)
        assert s.api(f"jobs/{second['id']}/stop", {}).json()["state"] == "stopped"
        end = time.monotonic() + 60
        while time.monotonic() < end and not s.api("jobs").json()["items"][-1]["done"]:
            time.sleep(0.05)
        begun = time.monotonic()
        assert s.api("pulse").status == 200 and time.monotonic() - begun < 2  # jobs stop nobody
        s.api(f"jobs/{first['id']}/stop", {})
        states = {job["id"]: job["state"] for job in s.jobs_done()}
        assert states[first["id"]] == "stopped", states
        for job in ("j99", "x1", "j", "j-1", "j1x", "j99999999999999999999"):
            assert s.api(f"jobs/{job}/stop", {}).code() == (404, "not-found"), job
        for kind in ("read", "x", None, 7):
            assert s.api("jobs", {"kind": kind}).code() == (400, "bad-request"), kind


@test
def an_upload_that_breaks_off_leaves_nothing():
    with serve() as s:
        with socket.create_connection(("127.0.0.1", s.port)) as c:
            c.sendall(f"POST /api/v1/documents?name=a.txt HTTP/1.1\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\n"
                      "Content-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n".encode() + b"x" * 9999)
            end = time.monotonic() + 10
            while time.monotonic() < end and not list(s.tmp.rglob("coming-*")):
                time.sleep(0.02)
            assert list(s.tmp.rglob("coming-*"))
        while time.monotonic() < end and list(s.tmp.rglob("coming-*")):
            time.sleep(0.02)
        assert not list(s.tmp.rglob("coming-*")) and not s.api("jobs").json()["items"]


@test
def a_session_that_ends_meanwhile_adds_nothing():
    with serve() as s, socket.create_connection(("127.0.0.1", s.port), timeout=60) as c:
        other = s.enter(s.api("session/links", {}).json()["url"].split("token=")[1])
        s.api("session", {"reviewer": "Eva"}, cookie=other)
        c.sendall(f"POST /api/v1/documents?name=a.txt HTTP/1.1\r\nHost: {s.host}\r\nCookie: {other}\r\n"
                  "Content-Type: application/octet-stream\r\nContent-Length: 10\r\n\r\n12345".encode())
        assert s.api("pulse").status == 200  # the first half has come
        s.api("session/end", {}, cookie=other)
        c.sendall(b"67890")
        assert b" 401 " in c.recv(65536)[:20]
        assert not s.api("jobs").json()["items"]


@test
def curl_asks_before_it_sends():
    """Expect: 100-continue, as curl does with large files."""
    with serve() as s, socket.create_connection(("127.0.0.1", s.port), timeout=60) as c:
        c.sendall(f"POST /api/v1/documents?name=a.txt HTTP/1.1\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\n"
                  "Content-Type: application/octet-stream\r\nExpect: 100-continue\r\n"
                  f"Content-Length: {len(GOOD)}\r\n\r\n".encode())
        assert c.recv(65536).startswith(b"HTTP/1.1 100 ")
        c.sendall(GOOD)
        assert b" 200 " in c.recv(65536)[:20]
        assert s.jobs_done()[0]["state"] == "done"


@test
def read_only_changes_nothing():
    with serve("--read-only") as s:  # the name is given: that is no change
        assert s.api("session").json()["read_only"] is True
        assert s.upload("a.txt", GOOD).code() == (403, "read-only")
        assert s.api("jobs", {"kind": "reread"}).code() == (403, "read-only")
        assert s.api("session/links", {}).status == 200
        before = s.case.read_bytes()
    assert s.case.read_bytes() == before


@test
def what_others_add_is_seen():
    with serve() as s:
        before = s.api("pulse").json()["revision"]
        assert s.api("pulse").json()["revision"] == before
        path = s.dir / "new.txt"
        path.write_bytes(GOOD)
        subprocess.run([attest, "read", "--case", s.case, path], check=True, capture_output=True)
        assert s.api("pulse").json()["revision"] > before
        s.jobs_done()
        assert s.api("session").json()["case"]["documents"] == 16


# --- its life -------------------------------------------------------------

@test
def half_open_connections_stop_nobody():
    with serve() as s, contextlib.ExitStack() as stack:
        heads = [b"", b"G", b"GET / HTTP/1.1\r\nHost:", b"POST /api/v1/session HTTP/1.1\r\nContent-Length: 9\r\n",
                 f"POST /api/v1/session HTTP/1.1\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\n"
                 "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{".encode()]
        for i in range(600):
            c = stack.enter_context(socket.create_connection(("127.0.0.1", s.port), timeout=60))
            with contextlib.suppress(ConnectionError):
                c.sendall(heads[i % 4])
        assert s.is_well()
        for i in range(100):
            c = stack.enter_context(socket.create_connection(("127.0.0.1", s.port), timeout=60))
            c.sendall(heads[4])
        assert s.is_well()
        files = len(os.listdir(f"/proc/{s.process.pid}/fd"))
        assert files < 300, files


@test
def malformed_requests_break_nothing():
    """Random damage to good requests, the same on each run."""
    chance = random.Random(6)
    # libsoup 3.2 itself loses the path of a request line that it refuses.
    with serve(env={"ASAN_OPTIONS": "detect_leaks=0"}) as s:
        good = [f"GET /api/v1/session?act=%41&act=b HTTP/1.1\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\n\r\n".encode(),
                f"POST /api/v1/session HTTP/1.1\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\nContent-Type: "
                "application/json\r\nContent-Length: 20\r\n\r\n{\"reviewer\": \"Ana R\"}".encode(),
                f"POST /api/v1/documents?name=a.txt&batch=z HTTP/1.1\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\n"
                "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5\r\nhello\r\n0\r\n\r\n".encode()]
        bits = [b"\0", b"\r\n", b"\n", b" ", b"%", b"%00", b":", b"\xff", b"HTTP/9.9", b"-1", b"99999999999999999999",
                b"Transfer-Encoding: chunked\r\n", b"Content-Length: 5\r\n", b"Content-Length: -5\r\n", b"A" * 5000,
                b"Expect: 100-continue\r\n", b"Upgrade: websocket\r\nConnection: Upgrade\r\n", b"Range: bytes=0-1\r\n",
                b"Cookie: attest-session=\r\n", b";" * 300, b"../", b"[" * 500]
        for _ in range(400):
            request = bytearray(chance.choice(good))
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(request))
                kind = chance.randrange(3)
                if kind == 0:
                    request[at] = chance.randrange(256)
                elif kind == 1:
                    request[at:at] = chance.choice(bits)
                else:
                    del request[at:at + chance.randint(1, 40)]
                request = request or bytearray(b"x")
            s.raw(bytes(request), timeout=0.2)
            assert s.process.poll() is None, bytes(request)
        assert s.is_well()


@test
def it_ends_cleanly():
    for number in (signal.SIGTERM, signal.SIGINT):
        s = Server()
        assert s.end(number) == (0, "")
        assert not list(s.tmp.iterdir())
        assert not s.case.with_name("tamarind.attest-wal").exists()


@test
def its_end_waits_for_a_job():
    s = Server()
    s.cookie = s.enter()
    s.api("session", {"reviewer": "Ana"})
    many = b"".join(json.dumps({"id": str(i), "text": (GOOD.decode() + " ") * 10}).encode() + b"\n" for i in range(900))
    assert s.upload("many.jsonl", many).json()["state"] == "running"
    end = time.monotonic() + 60
    while time.monotonic() < end and not s.api("jobs").json()["items"][-1]["done"]:
        time.sleep(0.05)
    assert s.end() == (0, "")
    assert not list(s.tmp.iterdir())
    check = subprocess.run([attest, "check", "--case", s.case], capture_output=True)
    assert check.stdout.endswith(b"sound\n"), check
    totals = subprocess.run([attest, "documents", "--totals", "--case", s.case], capture_output=True).stdout
    assert 15 < json.loads(totals)["documents"] <= 915


@test
def enter_shows_another_link():
    ours, theirs = pty.openpty()
    with serve(stdin=theirs) as s:
        os.write(ours, b"\n")
        link = s.process.stdout.readline().decode().strip()
        assert link.startswith(f"http://{s.host}/?token=") and link != s.link
        s.enter(link.split("token=")[1])
    os.close(ours)
    os.close(theirs)


@test
def a_browser_is_given_a_file_not_the_token():
    """What stands in a command line other users of the machine can read."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    opener = folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" >{folder}/given\ncat "$1" >{folder}/page\n'
                      f'stat -c %a "$1" >{folder}/mode\n')
    opener.chmod(0o755)
    s = subprocess.Popen([attest, "serve", "--port", "0", "--case", made], stdout=subprocess.PIPE,
                         env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "DISPLAY": ":9"})
    link = s.stdout.readline().decode().strip()
    end = time.monotonic() + 30
    while time.monotonic() < end and not ((folder / "mode").exists() and (folder / "mode").read_text()):
        time.sleep(0.05)
    s.terminate()
    assert s.wait(60) == 0
    assert "token" not in (folder / "given").read_text()
    assert f"url={link}" in (folder / "page").read_text()
    assert (folder / "mode").read_text().strip() == "600"


@test
def wrong_use_says_what_to_do():
    with serve() as s:
        for args, words in ((["--port", str(s.port)], ["in use", "--port"]), (["--port", "70000"], ["65535"]),
                            (["--case", "/nowhere/x.attest"], ["attest read"]), (["--listen", "evil"], ["192.168"]),
                            (["--listen", "203.0.113.7"], ["203.0.113.7"]), (["x"], ["'x'"]), (["--as", " "], ["name"])):
            case = [] if "--case" in args else ["--case", s.case]
            done = subprocess.run([attest, "serve", "--no-browser", "--port", "0", *case, *args],
                                  capture_output=True, timeout=60)
            err = done.stderr.decode()
            assert done.returncode == 2 and all(word in err for word in words), (args, done)


@test
def other_machines_come_in_by_address_only():
    with serve("--listen", "0.0.0.0", quiet=False) as s:
        assert s.api("session", Host=f"192.0.2.9:{s.port}").status == 200
        for host in (f"evil.example:{s.port}", "192.0.2.9", f"192.0.2.9.evil.example:{s.port}"):
            assert s.api("session", Host=host).status == 403, host


@test
def the_usual_port_is_kept_where_it_is_free():
    one = Server(port="-1")
    two = Server(port="-1")
    assert one.port != two.port and 7171 in (one.port, two.port) or 7171 not in (one.port, two.port)
    assert one.end()[0] == 0 and two.end()[0] == 0


with tempfile.TemporaryDirectory() as scratch:
    made = pathlib.Path(scratch) / "made.attest"
    for words in (["read", "--case", made, examples], ["index", "--case", made]):
        subprocess.run([attest, *words], check=True, capture_output=True)
    run_tests(tests)
