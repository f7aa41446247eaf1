"""Counts the test cases that Meson ran: the last line is "N passed, N failed".

usage: summary.py BUILD... (each holds meson-logs/testlog.junit.xml)
"""
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
    for suite in xml.parse(log).iter("testsuite"):
        for case in suite.iter("testcase"):
            bad = case.find("failure") is not None or case.find("error") is not None
            if bad:
                print(f"failed: {build} {suite.get('name')} {case.get('name')}")
            failed += bad
            skip = case.find("skipped") is not None
            skipped += skip
            passed += not bad and not skip
if skipped:
    print(f"{skipped} skipped")
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0 or passed == 0)
