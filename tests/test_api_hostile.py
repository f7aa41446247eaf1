"""Asks the API of `attest serve` for what it must refuse, and serves cases that a
stranger made.  TAP on standard output.

usage: test_api_hostile.py ATTEST EXAMPLES
"""
from served import copy_case, examples, make_case, run_tests, serving, test

made = make_case("tamarind", examples)


def fresh(*options, **rest):
    return serving(copy_case(made), *options, **rest)


# --- answers ----------------------------------------------------------------

@test
def every_letter_comes_back_as_json():
    letters = "".join(map(chr, [*range(1, 32), 34, 92, 127, 0x2028, 0x1f600]))
    with fresh() as s:
        id = s.list("claims")[0]["id"]
        kept = s.decide(id, "confirmed", why=f"x{letters}x")
        assert kept["readers"][0]["why"] == f"x{letters}x"
        s.post(f"claims/{id}/note", text="\x1f")
        assert s.get(f"claims/{id}")["notes"][0]["text"] == "\x1f"
        assert len(s.get("claims.json")) == len(s.list("claims"))


run_tests()
