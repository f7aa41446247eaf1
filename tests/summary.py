"""Counts the test cases that Meson ran: the last line is "N passed, N failed".

usage: summary.py BUILD... (each holds meson-logs/testlog.json and .junit.xml)

A program that ended before it could report its cases counts as one failure.
"""
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

passed = failed = skipped = 0
for build in sys.argv[1:]:
    log = pathlib.Path(build, "meson-logs", "testlog.junit.xml")
    if not log.exists():
        print(f"{build}: was not built or ran no test")
        failed += 1
        continue
    told = set()
    for suite in xml.parse(log).iter("testsuite"):
        for case in suite.iter("testcase"):
            bad = case.find("failure") is not None or case.find("error") is not None
            if bad:
                told.add(suite.get("name").split(".")[-1])
                print(f"failed: {build} {suite.get('name')} {case.get('name')}")
            failed += bad
            skip = case.find("skipped") is not None
            skipped += skip
            passed += not bad and not skip
    for line in log.with_name("testlog.json").read_text().splitlines():
        run = json.loads(line)
        name = run["name"].split(":")[-1].strip()
        if run["result"] not in ("OK", "SKIP") and name not in told:
            print(f"failed: {build} {name}: {run['result']}")
            failed += 1
if skipped:
    print(f"{skipped} skipped")
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0 or passed == 0)
