"""What the tests of the API's answers share: a served copy of a case, sessions
with it, and a runner that prints TAP."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

import tap

tests = []


def test(function):
    tests.append(function)
    return function


class Session:
    """A reviewer in a browser, or a script."""

    def __init__(self, served, token, reviewer):
        self.host = served.host
        _, headers, _ = self.send("GET", f"/?token={token}", {})
        self.cookie = headers["Set-Cookie"].split(";")[0]
        if reviewer:
            self.post("session", reviewer=reviewer)

    def send(self, method, path, headers, body=None):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content

    def load(self, path, status=200, **terms):
        query = f"?{urllib.parse.urlencode(terms, doseq=True)}" if terms else ""
        got, _, body = self.send("GET", f"/api/v1/{path}{query}", {"Cookie": self.cookie})
        assert got == status, (path, terms, got, body[:300])
        return body.decode()

    def get(self, path, status=200, **terms):
        """The answer's JSON; terms are the query's."""
        body = self.load(path, status, **terms)
        return json.loads(body) if body else None

    def list(self, path, **terms):
        return self.get(path, limit=200, **terms)["items"]

    def post(self, path, status=200, **body):
        headers = {"Cookie": self.cookie, "Content-Type": "application/json"}
        got, _, answer = self.send("POST", f"/api/v1/{path}", headers, json.dumps(body))
        assert got == status, (path, body, got, answer[:300])
        return json.loads(answer)

    def refused(self, path, status, code, **body):
        """A change that is refused; the answer."""
        answer = self.post(path, status, **body)
        assert answer["error"]["code"] == code and answer["error"]["message"], answer
        return answer

    def decide(self, claim, verdict, status=200, **rest):
        return self.post(f"claims/{claim}/decision", status, verdict=verdict, **rest)

    def wait_for(self, job):
        """Until the case is prepared and the job has ended."""
        end = time.monotonic() + 200
        while time.monotonic() < end:
            [state] = [j["state"] for j in self.get("jobs")["items"] if j["id"] == job["id"]]
            if state not in ("waiting", "running"):
                assert state == "done", state
                return
            time.sleep(0.1)
        raise AssertionError("the job does not end")

    def prepare(self):
        """The case counted anew."""
        self.wait_for(self.post("jobs", kind="prepare"))


class Served(Session):
    """A server of a case, and the first session with it."""

    def __init__(self, case, *options, reviewer="Ana Ruiz"):
        self.case = case
        self.process = subprocess.Popen(
            [attest, "serve", "--no-browser", "--port", "0", "--case", case, *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        link = self.process.stdout.readline().decode()
        self.host, token = re.match(r"http://([^/]+)/\?token=(\S+)", link).groups()
        super().__init__(self, token, reviewer)

    def join(self, reviewer):
        """Another session."""
        token = self.post("session/links")["url"].split("token=")[1]
        return Session(self, token, reviewer)

    def end(self):
        self.process.terminate()
        _, errors = self.process.communicate(timeout=60)
        assert self.process.returncode == 0 and not errors, (self.process.returncode, errors[-3000:])


def run(command, case, *args):
    subprocess.run([attest, command, "--case", case, *args], check=True, capture_output=True,
                   env=environment, timeout=300)


def make_case(name, *paths):
    """A case that is prepared."""
    case = scratch / f"{name}.attest"
    run("read", case, *paths)
    run("index", case)
    return case


def copy_case(case):
    to = pathlib.Path(tempfile.mkdtemp(dir=scratch)) / case.name
    shutil.copy(case, to)
    shutil.copy(f"{case}.index", f"{to}.index")
    return to


@contextlib.contextmanager
def serving(case, *options, **rest):
    served = Served(case, *options, **rest)
    try:
        yield served
    finally:
        served.end()


def has(thing, *names):
    missing = [name for name in names if name not in thing]
    assert not missing, (missing, thing)


def run_tests():
    try:
        tap.run_tests(tests)
    finally:
        shutil.rmtree(scratch)


attest, examples = map(os.path.abspath, sys.argv[1:3])
scratch = pathlib.Path(tempfile.mkdtemp())
environment = {**os.environ, "NO_COLOR": "1", "XDG_CACHE_HOME": str(scratch), "TMPDIR": str(scratch),
               "G_DEBUG": "fatal-criticals"}
