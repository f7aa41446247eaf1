"""Asks the API of `attest serve` for claims in every way: docs/api.md is the
contract.  TAP on standard output.

usage: test_api_claims.py ATTEST EXAMPLES
"""
import json

from served import Served, examples, has, make_case, run_tests, scratch, test

WORLD = """Date: 2019-05-06
Publisher: The Lantern

🕊 مرحبا 🕊. Soldiers arrested Ana Ruiz in Homs, Syria, on 3 May 2019. Police beat Omar Deen in Nairobi, Kenya, on Sunday. \
The army shelled Aleppo in Syria. Ana Ruiz told reporters that guards had beaten her in Homs. Somebody beat Omar Deen in Port Selm.
"""

folder = scratch / "world"
folder.mkdir()
(folder / "world.txt").write_text(WORLD)
ex = Served(make_case("tamarind", examples), "--read-only", reviewer=None)
world = Served(make_case("world", folder), "--read-only", reviewer=None)
every = ex.list("claims")


def ids(claims):
    return [c["id"] for c in claims]


def mentions(party):
    """How much is spoken of it."""
    return sum(party[k] for k in ("documents", "acting", "suffering", "happening"))


def days(claim):
    """When it is said to have happened; else the day of the document."""
    time = claim["time"] or {}
    first = time.get("from") or time.get("to") or claim["document"]["date"]
    return first, time.get("to") or first


# --- lists and filters --------------------------------------------------------

@test
def claims_are_listed():
    assert ex.get("claims")["total"] == len(every) == ex.get("session")["case"]["claims"]
    for c in every:
        has(c, "id", "act", "label", "family", "actor", "target", "place", "time", "modality", "negative", "source",
            "publisher", "document", "event", "support", "deniers", "contests", "confidence", "verdict", "marks",
            "sentence")
        assert c["act"].startswith(c["family"]) and 0 <= c["confidence"] <= 1
    pages = [c for at in range(0, len(every), 17) for c in ex.get("claims", offset=at, limit=17)["items"]]
    assert pages == every
    assert ex.get("claims", offset=2 ** 40)["items"] == []


@test
def claims_are_sorted():
    up = [days(c)[0] for c in ex.list("claims", sort="time")]
    down = [days(c)[0] for c in ex.list("claims", sort="-time")]
    dated = [d for d in up if d]
    assert dated == sorted(dated) and len(dated) > 100
    assert [d for d in down if d] == dated[::-1]
    assert up[len(dated):] == down[len(dated):] == [None] * (len(up) - len(dated))
    sure = [c["confidence"] for c in ex.list("claims", sort="confidence")]
    assert sure == sorted(sure)
    assert [c["confidence"] for c in ex.list("claims", sort="-confidence")] == sure[::-1]
    support = [c["support"] for c in ex.list("claims", sort="support")]
    assert support == sorted(support, reverse=True)
    ex.get("claims", 400, sort="size")


@test
def filters_take_what_fits():
    brask = ex.list("parties", find="Teodor Brask")[0]["id"]
    event = max(every, key=lambda c: c["support"])["event"]
    place = next(c["place"]["party"] for c in every if c["place"] and c["place"]["party"])

    def party(c, *roles):
        return [(c[r] or {}).get("party") for r in roles]

    sieves = {
        ("act", "liberty"): lambda c: c["family"] == "liberty",
        ("act", "violence.beat"): lambda c: c["act"] == "violence.beat",
        ("actor", brask): lambda c: brask in party(c, "actor"),
        ("target", brask): lambda c: brask in party(c, "target"),
        ("party", brask): lambda c: brask in party(c, "actor", "target"),
        ("source", brask): lambda c: c["source"]["id"] == brask,
        ("source", "n:"): lambda c: c["source"]["id"] == "n:",
        ("publisher", "Velmara News Agency"): lambda c: c["publisher"] == "Velmara News Agency",
        ("document", every[0]["document"]["id"]): lambda c: c["document"] == every[0]["document"],
        ("event", event): lambda c: c["event"] == event,
        ("modality", "possible"): lambda c: c["modality"] == "possible",
        ("verdict", "open"): lambda c: True,
        ("verdict", "confirmed"): lambda c: False,
        ("support", "single"): lambda c: c["event"] and c["support"] + c["deniers"] == 1 and not c["contests"],
        ("support", "several"): lambda c: c["support"] > 1,
        ("support", "contested"): lambda c: c["contests"],
        ("support", "denied"): lambda c: c["deniers"] > 0,
        ("mark", "bulk"): lambda c: False,
        ("text", "camp"): lambda c: "camp" in c["sentence"].lower(),
        ("confidence", "0.3-0.6"): lambda c: 0.2995 <= c["confidence"] < 0.6005,
    }
    for (name, value), fits in sieves.items():
        taken = ids(ex.list("claims", **{name: value}))
        assert taken == [c["id"] for c in every if fits(c)], (name, value, len(taken))
        some = ids(ex.list("claims", **{name: value, "act": "violence"}))
        if name != "act":
            assert some == [c["id"] for c in every if fits(c) and c["family"] == "violence"], (name, value)
    assert set(ids(c for c in every if place in party(c, "place"))) <= set(ids(ex.list("claims", place=place)))
    either = ids(ex.list("claims", act=["liberty", "violence"]))
    assert either == [c["id"] for c in every if c["family"] in ("liberty", "violence")]
    since = ex.list("claims", since="2019-05-01", until="2019-05-31")
    assert 0 < len(since) < len(every)
    for c in since:
        first, last = days(c)
        assert first <= "2019-05-31" and last >= "2019-05-01", c


@test
def bad_values_are_refused():
    for path in ("claims", "facets", "timeline", "map", "events", "queue", "claims.csv", "claims.json"):
        for name, value in (("act", "sing"), ("actor", "p9999"), ("party", "p0"), ("source", "p9999"),
                            ("document", "12"), ("event", "e99999"), ("modality", "sure"), ("verdict", "maybe"),
                            ("support", "none"), ("mark", "negative"), ("since", "2019"), ("until", "2019-02-30"),
                            ("confidence", "0.5"), ("confidence", "2-3")):
            error = ex.get(path, 400, **{name: value})["error"]
            assert name in error["message"], (path, name, error)


# --- a claim in full ----------------------------------------------------------

@test
def a_claim_is_told_in_full():
    texts = {}
    for s, claims in ((ex, every), (world, world.list("claims"))):
        for short in claims:
            c = s.get(f"claims/{short['id']}")
            assert {k: c[k] for k in ("id", "act", "verdict", "event", "source", "sentence")} == \
                {k: short[k] for k in ("id", "act", "verdict", "event", "source", "sentence")}
            has(c, "version", "count", "chain_words", "labels", "readers", "second_asked_by", "notes", "replaces")
            key = (s.host, c["document"]["id"])
            texts.setdefault(key, s.get(f"documents/{c['document']['id']}")["text"])
            text = texts[key]
            assert " ... ".join(text[a:b] for a, b in c["trigger"]["spans"]) == c["trigger"]["text"]
            for role in filter(None, c["roles"].values()):
                assert " ... ".join(text[a:b] for a, b in role["spans"]) == role["text"], (role, c["id"])
            for link in c["chain"]:
                if link["spans"]:
                    assert text[link["spans"][0][0]:link["spans"][0][1]] in link["text"]
                assert all(text[a:b].strip() for a, b in link["cue_spans"])
            a, b = c["sentence_span"]
            assert text[a:b] == c["sentence"]
            assert text[c["passage"]["from"]:].startswith(c["passage"]["text"])
            assert c["reasons"] and all(r["words"] for r in c["reasons"])


@test
def claims_of_a_document_follow_each_other():
    at, seen = every[0]["id"], []
    while at:
        c = ex.get(f"claims/{at}")
        assert c["previous"] == (seen[-1] if seen else None)
        seen.append(at)
        at = c["following"]
    assert seen == [c["id"] for c in every if c["document"] == every[0]["document"]]
    for bad in ("c99999", "c0", "c", "d1", "cx", "c1x"):
        ex.get(f"claims/{bad}", 404)
    assert ex.get(f"claims/{every[0]['id']}/history")["items"][0]["what"] == "reading"


# --- facets, time, places -----------------------------------------------------

@test
def facets_count_what_filters_take():
    told = ex.get("facets", act="violence")
    assert told["total"] == len([c for c in every if c["family"] == "violence"])
    for name, values in told["facets"].items():
        filter = "act" if name == "family" else name
        for v in values[:5]:
            own = {} if filter == "act" else {"act": "violence"}
            assert ex.get("claims", limit=1, **{filter: v["value"] or "", **own})["total"] == v["count"] or not v["value"], \
                (name, v)
    assert [v["value"] for v in told["facets"]["family"] if v["chosen"]] == ["violence"]
    [one] = ex.get("facets", facet="target", limit=100, find="BRASK")["facets"].items()
    assert one[0] == "target" and all("Bras" in v["label"] for v in one[1]) and one[1]
    assert len(ex.get("facets", facet="actor", limit=3)["facets"]["actor"]) == 3
    ex.get("facets", 400, facet="size")
    ex.get("facets", 400, limit=0)


@test
def time_adds_up():
    for terms in ({}, {"act": "liberty"}, {"since": "2019-05-01", "until": "2019-05-20"}, {"text": "zzzz"}):
        t = ex.get("timeline", **terms)
        assert sum(b["count"] for b in t["buckets"]) + t["undated"] == ex.get("claims", **terms)["total"], terms
        assert len(t["buckets"]) <= 400 and t["unit"] in ("day", "month", "year")
        if t["buckets"]:
            assert t["buckets"][0]["from"] <= t["first"] and t["buckets"][-1]["to"] >= t["last"]
    assert ex.get("timeline", text="zzzz")["first"] is None


@test
def places_are_where_they_are():
    told = world.get("map")
    places = {p["name"]: p for p in told["items"]}
    if not places:
        return  # built without GeoNames
    for name, latitude, longitude in (("Homs", 34.7, 36.7), ("Nairobi", -1.3, 36.8)):
        p = places[name]
        assert abs(p["latitude"] - latitude) < 0.5 and abs(p["longitude"] - longitude) < 0.5, p
        assert p["precision"] == "town" and world.get(f"parties/{p['id']}")["name"] == name
        assert world.get("claims", place=p["id"])["total"] == p["count"]
    unplaced = [c for c in world.list("claims") if not c["place"] or c["place"]["name"] not in places]
    assert told["unplaced"] <= len(unplaced)


# --- the queue ------------------------------------------------------------------

@test
def the_queue_has_everything_once():
    for order in ("confidence", "document", "act", "party"):
        seen, after = [], None
        while c := ex.get("queue", 204 if len(seen) == len(every) else 200, order=order,
                          **({"after": after} if after else {})):
            assert c["remaining"] == len(every) - len(seen)
            seen.append(c["id"])
            after = c["id"]
        assert sorted(seen) == sorted(ids(every)), order
        if order == "document":
            assert seen == ids(every)
    ex.get("queue", 400, order="size")
    ex.get("queue", 404, after="c99999")
    ex.get("queue", 204, verdict="confirmed")


# --- the first view -------------------------------------------------------------

@test
def the_overview_agrees_with_lists():
    o = ex.get("overview")
    assert o["case"]["documents"] == ex.get("documents")["total"] and o["case"]["claims"] == len(every)
    assert o["case"]["events"] == ex.get("events")["total"] and o["case"]["unread"] == 0
    for kind, name in (("person", "people"), ("group", "groups"), ("place", "places")):
        assert o["case"][name] == ex.get("parties", kind=kind)["total"], name
        listed = ex.list("parties", kind=kind)
        assert all(p in listed for p in o[name])
        assert list(map(mentions, o[name])) == sorted(map(mentions, listed), reverse=True)[:8]
    assert o["sources"] == ex.list("sources")[:8]
    assert sum(f["count"] for f in o["acts"]) == len(every)
    assert all(sum(a["count"] for a in f["acts"]) == f["count"] for f in o["acts"])
    assert o["map"] == ex.get("map") and o["claims_over_time"] == ex.get("timeline")
    assert o["single"]["count"] == ex.get("events", support="single")["total"]
    assert o["contested"]["count"] == ex.get("events", support="contested")["total"]
    assert len(o["contested"]["items"]) == min(5, o["contested"]["count"])
    assert o["review"]["open"] == len(every) and o["review"]["proposals"] == ex.get("proposals")["total"]
    assert ids(o["review"]["least_certain"]) == ids(ex.list("claims", sort="confidence"))[:len(o["review"]["least_certain"])]


@test
def an_event_is_told_in_full():
    for short in ex.list("events", sort="claims")[:8] + ex.list("events", support="contested")[:8]:
        e = ex.get(f"events/{short['id']}")
        assert {k: e[k] for k in short} == short
        claims = [c["id"] for v in e["voices"] for c in v["claims"]]
        assert sorted(claims) == sorted(ids(ex.list("claims", event=e["id"])))
        assert len([v for v in e["voices"] if not v["denies"]]) >= e["support"]
        has(e, "figures", "differences", "rulings")
    ex.get("events/e99999", 404)


try:
    run_tests()
finally:
    ex.end()
    world.end()
