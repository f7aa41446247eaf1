"""Runs tests that are functions, and says how each went in TAP."""
import sys


def run_tests(tests):
    """Calls each in its order; its name is the test's.  Ends the program: with 1
    if one failed."""
    failed = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        try:
            test()
            print(f"ok {number} - {name}", flush=True)
        except Exception as error:  # one failure must not hide the others
            failed += 1
            print(f"not ok {number} - {name}")
            print("# " + f"{type(error).__name__}: {error}"[:1500].replace("\n", "\n# "),
                  flush=True)
    sys.exit(failed > 0)
