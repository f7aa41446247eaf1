"""Decides by the API of `attest serve` as reviewers do: docs/api.md is the
contract.  TAP on standard output.

usage: test_api_review.py ATTEST EXAMPLES
"""
import csv
import io
import json

from served import copy_case, examples, has, make_case, run_tests, serving, test

made = make_case("tamarind", examples)


def fresh(*options, **rest):
    return serving(copy_case(made), *options, **rest)


def open_claims(s, **terms):
    return [c["id"] for c in s.list("claims", verdict="open", **terms)]


# --- decisions --------------------------------------------------------------

@test
def a_decision_is_kept_and_told():
    with fresh() as s:
        first, second, *_ = open_claims(s)
        before = s.get(f"claims/{first}")
        revision = s.get("pulse")["revision"]
        after = s.decide(first, "confirmed", version=before["version"])
        assert after["verdict"] == "confirmed" and after["version"] == before["version"] + 1
        assert [(r["name"], r["verdict"], r["bulk"]) for r in after["readers"]] == [("Ana Ruiz", "confirmed", False)]
        assert s.get("pulse")["revision"] > revision
        s.refused(f"claims/{second}/decision", 400, "bad-request", verdict="rejected")
        s.refused(f"claims/{second}/decision", 400, "bad-request", verdict="rejected", why="")
        gone = s.decide(second, "rejected", why="'guards' is not said")
        assert gone["verdict"] == "rejected" and gone["readers"][0]["why"] == "'guards' is not said"
        assert s.decide(second, "open")["verdict"] == "open"
        told = s.get(f"claims/{second}/history")["items"]
        assert [r["verdict"] for r in told if r["what"] == "decision"] == ["rejected", "open"]
        assert all(r["who"] == "Ana Ruiz" for r in told if r["what"] == "decision")
        for bad in ({}, {"verdict": "maybe"}, {"verdict": 7}, {"verdict": "rejected", "why": "x" * 5000}):
            s.refused(f"claims/{first}/decision", 400, "bad-request", **bad)
        s.refused("claims/c99999/decision", 404, "not-found", verdict="confirmed")


@test
def who_saw_an_older_version_is_told():
    with fresh() as s:
        eva = s.join("Eva Lind")
        id = open_claims(s)[0]
        seen = s.get(f"claims/{id}")["version"]
        s.decide(id, "confirmed", version=seen)
        answer = eva.decide(id, "rejected", 409, version=seen, why="no")
        assert answer["error"]["code"] == "conflict" and answer["current"]["verdict"] == "confirmed"
        again = eva.decide(id, "rejected", version=answer["current"]["version"], why="no")
        assert again["verdict"] == "rejected"
        assert {r["name"]: r["verdict"] for r in again["readers"]} == {"Ana Ruiz": "confirmed", "Eva Lind": "rejected"}


@test
def two_servers_lose_nothing():
    case = copy_case(made)
    with serving(case) as one, serving(case, reviewer="Eva Lind") as two:
        a, b, *_ = open_claims(one)
        seen = two.get(f"claims/{a}")["version"]
        one.decide(a, "confirmed", version=seen)
        assert two.get(f"claims/{a}")["verdict"] == "confirmed"
        answer = two.decide(a, "rejected", 409, version=seen, why="no")
        assert answer["current"]["readers"][0]["name"] == "Ana Ruiz"
        two.decide(b, "rejected", why="no")
        assert one.get(f"claims/{b}")["verdict"] == "rejected"
        new = two.post(f"claims/{a}/correction", negative=True)
        assert one.get(f"claims/{a}")["id"] == new["id"]
        answer = one.decide(a, "rejected", 409, why="no")
        assert answer["current"]["id"] == new["id"] and answer["current"]["verdict"] == "confirmed"


# --- corrections ------------------------------------------------------------

@test
def a_correction_takes_the_place():
    with fresh() as s:
        id = open_claims(s, act="violence")[0]
        old = s.get(f"claims/{id}")
        text = s.get(f"documents/{old['document']['id']}")["text"]
        a, b = old["sentence_span"]
        word = a + text[a:b].index(" ") + 1
        end = word + len(text[word:b].split()[0])
        new = s.post(f"claims/{id}/correction", version=old["version"], act="liberty.detain", modality="possible",
                     negative=not old["negative"], why="a slip", time={"from": "2018-01-02", "to": "2018-02-03"},
                     roles={"target": {"spans": [[word, end]]}, "place": None})
        assert new["id"] != id and new["verdict"] == "confirmed" and new["replaces"] == id
        assert (new["act"], new["modality"], new["negative"]) == ("liberty.detain", "possible", not old["negative"])
        assert new["roles"]["target"]["spans"] == [[word, end]] and new["roles"]["place"] is None
        assert new["roles"]["target"]["text"] == text[word:end]
        assert (new["time"]["from"], new["time"]["to"]) == ("2018-01-02", "2018-02-03")
        assert new["roles"]["actor"] == old["roles"]["actor"] and "corrected" in new["marks"]
        assert s.get(f"claims/{id}")["id"] == new["id"]
        assert new["id"] in [c["id"] for c in s.list("claims", act="liberty.detain", mark="corrected")]
        assert s.post("undo")["claim"]["act"] == old["act"]
        back = s.get(f"claims/{id}")
        assert back["id"] not in (id, new["id"]) and back["verdict"] == "open" and back["marks"] == old["marks"]
        assert back["roles"] == old["roles"] and back["time"] == old["time"]


@test
def bad_corrections_change_nothing():
    with fresh() as s:
        id = open_claims(s)[0]
        old = s.get(f"claims/{id}")
        end = len(s.get(f"documents/{old['document']['id']}")["text"])
        spans = ([], [[5, 5]], [[7, 3]], [[-1, 4]], [[0, end + 1]], [[3, 9], [5, 12]], [[0]], [[0, 1, 2]], "x", 7,
                 [["a", "b"]], [[0.5, 1.5]], [{}], [[2 ** 40, 2 ** 41]], [[0, 1]] * 17, [[0, 1e30]], [[None, None]])
        for bad in spans:
            s.refused(f"claims/{id}/correction", 400, "bad-request", roles={"actor": {"spans": bad}})
        for bad in ({"act": "violence.sing"}, {"act": 7}, {"modality": "sure"}, {"negative": "yes"}, {"roles": []},
                    {"roles": {"actor": 7}}, {"roles": {"actor": {}}}, {"time": {"from": "2018"}}, {"time": {}},
                    {"time": {"from": 7}}, {"time": 7}, {"time": {"from": "2018-02-30", "to": "2018-03-01"}},
                    {"time": {"from": "2018-03-01", "to": "2018-01-01"}}, {"version": 99}):
            status = 409 if "version" in bad else 400
            s.post(f"claims/{id}/correction", status, **bad)
        assert s.get(f"claims/{id}") == old


@test
def a_time_can_be_taken_away():
    with fresh() as s:
        id = next(c["id"] for c in s.list("claims") if c["time"] and c["time"]["from"])
        new = s.post(f"claims/{id}/correction", time=None)
        assert not new["time"] or not new["time"]["from"], new["time"]


# --- notes, second readers --------------------------------------------------

@test
def notes_and_second_readers():
    with fresh() as s:
        id = open_claims(s)[0]
        s.refused(f"claims/{id}/note", 400, "bad-request")
        s.refused(f"claims/{id}/note", 400, "bad-request", text=" ")
        noted = s.post(f"claims/{id}/note", text="see <b>page 4</b> 🕊")
        assert [(n["text"], n["who"]) for n in noted["notes"]] == [("see <b>page 4</b> 🕊", "Ana Ruiz")]
        s.refused(f"claims/{id}/second", 400, "bad-request", asked="yes")
        asked = s.post(f"claims/{id}/second", asked=True)
        assert sorted(asked["marks"]) == ["noted", "second"] and asked["second_asked_by"] == "Ana Ruiz"
        assert [c["id"] for c in s.list("claims", mark="second")] == [id]
        assert s.get("overview")["review"]["second"] == 1 and s.get("agreement")["asked"] == 1
        s.prepare()
        assert sorted(s.get(f"claims/{id}")["marks"]) == ["noted", "second"]
        assert s.post(f"claims/{id}/second", asked=False)["second_asked_by"] is None


# --- many at once -----------------------------------------------------------

@test
def many_are_decided_as_one():
    with fresh() as s:
        first = open_claims(s, act="liberty")[0]
        s.decide(first, "rejected", why="no")
        some = open_claims(s, act="liberty")
        answer = s.refused("claims/bulk", 409, "conflict", filter="act=liberty", most=len(some) - 1, verdict="confirmed")
        assert answer["current"] == len(some)
        for bad in ({"most": 0}, {"most": -1}, {"filter": "act=sing"}, {"filter": 7}, {"verdict": "x"},
                    {"verdict": "rejected"}):
            s.refused("claims/bulk", 400, "bad-request",
                      **{"filter": "act=liberty", "most": 500, "verdict": "confirmed", **bad})
        assert s.post("claims/bulk", filter="act=liberty", most=len(some), verdict="confirmed") == {"decided": len(some)}
        assert [c["id"] for c in s.list("claims", mark="bulk")] == some
        assert s.get(f"claims/{first}")["verdict"] == "rejected"
        assert s.get(f"claims/{some[0]}")["readers"][0]["bulk"] is True
        s.decide(some[0], "rejected", why="no")
        s.post("undo")
        assert s.get(f"claims/{some[0]}")["marks"] == ["bulk"]
        s.prepare()
        assert [c["id"] for c in s.list("claims", mark="bulk")] == some
        assert s.get("overview")["review"]["bulk"] == len(some)
        s.post("undo")
        assert open_claims(s, act="liberty") == some and not s.list("claims", mark="bulk")
        assert s.get(f"claims/{first}")["verdict"] == "rejected"


# --- undoing ----------------------------------------------------------------

@test
def what_was_done_last_is_undone_first():
    with fresh() as s:
        eva = s.join("Eva Lind")
        a, b, c, *_ = open_claims(s)
        s.decide(a, "confirmed")
        s.post(f"claims/{b}/correction", negative=True)
        two = s.list("proposals")[0]
        one, other = two["one"]["id"], two["other"]["id"]
        s.post("parties/merge", one=one, other=other, why="one letter")
        eva.decide(c, "confirmed")
        assert s.post("undo")["undone"]["what"] == "ruling"
        assert s.get(f"parties/{one}")["id"] != s.get(f"parties/{other}")["id"]
        assert s.post("undo")["undone"]["what"] == "correction"
        assert s.post("undo")["claim"]["verdict"] == "open"
        s.refused("undo", 404, "not-found")
        assert s.get(f"claims/{c}")["verdict"] == "confirmed"
        assert eva.post("undo")["claim"]["id"] == c
        s.decide(a, "confirmed")
        new = eva.post(f"claims/{a}/correction", negative=True)
        answer = s.post("undo", 409)
        assert answer["error"]["code"] == "conflict" and s.get(f"claims/{a}")["id"] == new["id"]


# --- agreement --------------------------------------------------------------

@test
def agreement_is_cohens_kappa():
    with fresh() as s:
        eva = s.join("Eva Lind")
        claims = open_claims(s)[:10]
        held = ["cc"] * 4 + ["cr"] * 2 + ["rr"] * 3 + ["c-"]
        for claim, (one, other) in zip(claims, held):
            for reader, verdict in ((s, one), (eva, other)):
                if verdict != "-":
                    reader.decide(claim, {"c": "confirmed", "r": "rejected"}[verdict], why="so")
        told = s.get("agreement")
        assert {r["name"]: (r["decided"], r["confirmed"], r["rejected"]) for r in told["readers"]} == \
            {"Ana Ruiz": (10, 7, 3), "Eva Lind": (9, 4, 5)}
        [pair] = told["pairs"]
        # 7 of 9 alike; by chance 6/9 * 4/9 + 3/9 * 5/9 = 39/81.
        assert (pair["both"], pair["agreed"]) == (9, 7)
        assert abs(pair["kappa"] - (7 / 9 - 39 / 81) / (1 - 39 / 81)) < 1e-9, pair
        assert sorted(c["id"] for c in told["disputed"]) == sorted(claims[4:6])
        s.decide(claims[9], "open")
        new = eva.post(f"claims/{claims[8]}/correction", negative=True)
        told = s.get("agreement")
        [pair] = told["pairs"]
        # One holds a claim for wrong that the other corrects: they differ.
        chance = 6 / 9 * 4 / 9 + 3 / 9 * 4 / 9
        assert (pair["both"], pair["agreed"]) == (9, 6), pair
        assert abs(pair["kappa"] - (6 / 9 - chance) / (1 - chance)) < 1e-9, pair
        assert new["id"] in [c["id"] for c in told["disputed"]]


# --- parties ----------------------------------------------------------------

@test
def parties_are_merged_and_split():
    with fresh() as s:
        two = next(p for p in s.list("proposals", kind="person"))
        one, other = two["one"]["id"], two["other"]["id"]
        documents = {m["document"] for p in (one, other) for m in s.get(f"parties/{p}")["mentions"]}
        for bad in ({"other": other, "why": "x"}, {"one": one, "other": other}, {"one": one, "other": one, "why": "x"},
                    {"one": one, "other": s.list("parties", kind="place")[0]["id"], "why": "x"}):
            s.refused("parties/merge", 400, "bad-request", **bad)
        s.refused("parties/merge", 404, "not-found", one=one, other="p99999", why="x")
        whole = s.post("parties/merge", one=one, other=other, why="one letter")
        assert {m["document"] for m in whole["mentions"]} == documents
        assert [r["who"] for r in whole["rulings"]] == ["Ana Ruiz"]
        assert s.get(f"parties/{other}")["id"] == s.get(f"parties/{one}")["id"] == whole["id"]
        assert other not in [p["other"]["id"] for p in s.list("proposals") if p["one"]["id"] == one]
        s.prepare()
        assert s.get(f"parties/{other}")["id"] == s.get(f"parties/{one}")["id"]
        ruling = s.get(f"parties/{one}")["rulings"][0]["id"]
        assert s.post("rulings/undo", ruling=ruling) == {"undone": ruling}
        s.refused("rulings/undo", 409, "conflict", ruling=ruling)
        s.refused("rulings/undo", 400, "bad-request", ruling=ruling, what="claims")
        s.refused("rulings/undo", 404, "not-found", ruling=99999)
        s.refused("rulings/undo", 404, "not-found")
        s.prepare()
        assert s.get(f"parties/{other}")["id"] != s.get(f"parties/{one}")["id"]


@test
def a_split_party_is_two():
    with fresh() as s:
        whole = next(p for p in (s.get(f"parties/{q['id']}") for q in s.list("parties", kind="person"))
                     if len(p["mentions"]) > 2)
        away = whole["mentions"][1]["id"]
        for bad in ({"mentions": [away]}, {"mentions": [], "why": "x"}, {"mentions": away, "why": "x"},
                    {"mentions": [m["id"] for m in whole["mentions"]], "why": "x"}, {"mentions": [7], "why": "x"}):
            answer = s.post("parties/split", 404 if bad.get("mentions") == [7] else 400, party=whole["id"], **bad)
            assert answer["error"]["message"], bad
        parts = s.post("parties/split", party=whole["id"], mentions=[away], why="another of that name")
        assert parts["one"]["id"] != parts["other"]["id"]
        assert s.get(f"parties/{away}")["id"] == parts["other"]["id"]
        s.post("undo")
        assert s.get(f"parties/{away}")["id"] == s.get(f"parties/{whole['id']}")["id"]


@test
def an_undone_split_leaves_the_merge_before_it():
    with fresh() as s:
        two = next(p for p in s.list("proposals", kind="person"))
        one, other = two["one"]["id"], two["other"]["id"]
        s.post("parties/merge", one=one, other=other, why="one letter")
        s.post("parties/split", party=one, mentions=[other], why="no")
        assert s.get(f"parties/{other}")["id"] != s.get(f"parties/{one}")["id"]
        s.post("undo")
        assert s.get(f"parties/{other}")["id"] == s.get(f"parties/{one}")["id"]
        s.post("undo")
        assert s.get(f"parties/{other}")["id"] != s.get(f"parties/{one}")["id"]


# --- events -----------------------------------------------------------------

@test
def events_are_merged_and_split():
    with fresh() as s:
        one, other = [e for e in s.list("events", sort="claims") if e["claims"] > 1][:2]
        s.refused("events/merge", 400, "bad-request", one=one["id"], other=other["id"])
        s.refused("events/merge", 400, "bad-request", one=one["id"], other=one["id"], why="x")
        s.refused("events/merge", 404, "not-found", one=one["id"], other="e99999", why="x")
        whole = s.post("events/merge", one=one["id"], other=other["id"], why="one raid")
        assert whole["claims"] == one["claims"] + other["claims"]
        assert s.get(f"events/{other['id']}")["id"] == whole["id"] and whole["rulings"][0]["words"]
        s.prepare()
        assert s.get(f"events/{other['id']}")["claims"] == whole["claims"]
        ruling = whole["rulings"][0]["id"]
        assert s.post("rulings/undo", what="events", ruling=ruling) == {"undone": ruling}
        s.refused("rulings/undo", 409, "conflict", what="events", ruling=ruling)
        s.refused("rulings/undo", 404, "not-found", what="events", ruling=99999)
        s.prepare()
        assert s.get(f"events/{one['id']}")["claims"] == one["claims"]
        claims = [c["id"] for c in s.list("claims", event=one["id"])]
        s.refused("events/split", 400, "bad-request", event=one["id"], claims=claims, why="x")
        s.refused("events/split", 400, "bad-request", event=one["id"], claims=claims[1:])
        s.refused("events/split", 400, "bad-request", event=other["id"], claims=claims[1:], why="x")
        parts = s.post("events/split", event=one["id"], claims=claims[1:], why="two days")
        assert parts["one"]["claims"] == 1 and parts["other"]["claims"] == len(claims) - 1
        assert s.get(f"events/{claims[1].replace('c', 'e')}")["id"] == parts["other"]["id"]
        assert s.post("undo")["undone"]["what"] == "ruling"
        assert s.get(f"events/{one['id']}")["claims"] == one["claims"]


@test
def what_is_rejected_speaks_for_nothing():
    with fresh() as s:
        event = next(e for e in s.list("events", sort="claims") if e["claims"] > 2)
        first = event["id"].replace("e", "c")
        s.decide(first, "rejected", why="no")
        less = s.get(f"events/{event['id']}")
        assert less["claims"] == event["claims"] - 1 and less["id"] != event["id"]
        assert first not in [c["id"] for c in s.list("claims", event=less["id"])]
        s.post("undo")
        assert s.get(f"events/{event['id']}")["id"] == event["id"]


# --- and beside it ----------------------------------------------------------

@test
def read_only_refuses_each():
    with fresh("--read-only", reviewer=None) as s:
        for path in ("claims/c1/decision", "claims/c1/correction", "claims/c1/note", "claims/c1/second", "claims/bulk",
                     "undo", "parties/merge", "parties/split", "rulings/undo", "events/merge", "events/split", "jobs"):
            s.refused(path, 403, "read-only", verdict="confirmed")
        assert s.get("overview")["review"]["confirmed"] == 0


@test
def decisions_are_made_while_documents_are_read():
    with fresh() as s:
        claims = open_claims(s)[:40]
        job = s.post("jobs", kind="reread")
        for claim in claims:
            s.decide(claim, "confirmed")
        s.wait_for(job)
        s.prepare()
        assert s.get("overview")["review"]["confirmed"] == len(claims)
        assert [c["id"] for c in s.list("claims", verdict="confirmed")] == sorted(claims, key=claims.index)


@test
def decisions_outlive_counting_anew():
    with fresh() as s:
        a, b, c, d, *_ = open_claims(s)
        s.decide(a, "confirmed")
        s.decide(b, "rejected", why="no")
        new = s.post(f"claims/{c}/correction", act="liberty.detain")["id"]
        s.post(f"claims/{d}/note", text="see")
        before = s.get("claims", limit=200)
        revision = s.get("pulse")["revision"]
        s.prepare()
        assert s.get("pulse")["revision"] > revision
        after = s.get("claims", limit=200)
        assert [(x["id"], x["verdict"], x["marks"], x["act"]) for x in after["items"]] == \
            [(x["id"], x["verdict"], x["marks"], x["act"]) for x in before["items"]]
        assert s.get(f"claims/{c}")["id"] == new
        s.decide(new, "rejected", why="no")
        assert s.post("undo")["claim"]["id"] == new


@test
def downloads_tell_what_was_decided():
    with fresh() as s:
        a, b, c, *_ = open_claims(s)
        s.decide(a, "confirmed")
        s.decide(b, "rejected", why="no")
        new = s.post(f"claims/{c}/correction", act="liberty.detain")["id"]
        listed = {x["id"]: x for x in json.loads(s.load("claims.json"))}
        assert listed[a]["verdict"] == "confirmed" and listed[b]["verdict"] == "rejected" and c not in listed
        assert listed[new]["act"] == "liberty.detain" and "corrected" in listed[new]["marks"]
        rows = {x["id"]: x for x in csv.DictReader(io.StringIO(s.load("claims.csv")))}
        assert {id: x["verdict"] for id, x in rows.items()} == {id: x["verdict"] for id, x in listed.items()}
        assert not rows[b]["event"] and rows[new]["act"] == "liberty.detain"
        events = json.loads(s.load("events.json"))
        assert sum(e["claims"] for e in events) == len(listed) - 1


@test
def the_queue_goes_on():
    with fresh() as s:
        first = s.get("queue")
        has(first, "remaining", "next", "version", "chain", "reasons")
        after = s.get("queue", after=first["id"])
        assert after["id"] == first["next"] and after["confidence"] >= first["confidence"]
        s.decide(first["id"], "confirmed")
        assert s.get("queue", after=first["id"])["id"] == after["id"]
        assert s.get("queue")["id"] == after["id"]
        s.post(f"claims/{after['id']}/correction", negative=True)
        third = s.get("queue", after=after["id"])
        assert third["id"] == after["next"] and third["remaining"] == first["remaining"] - 2
        s.get("queue", 204, verdict="rejected")
        s.post("claims/bulk", filter="", most=1000, verdict="confirmed")
        assert s.get("queue", 204) is None


run_tests()
