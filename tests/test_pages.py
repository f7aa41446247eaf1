"""The main text of web pages, and days and publishers that documents tell.
TAP on standard output.

usage: test_pages.py ATTEST
"""
import contextlib
import json
import pathlib
import sqlite3

from pages import is_held_out, mean, score
from reading import Case, attest
from tap import run_tests

tests = []
test = tests.append

DATA = pathlib.Path(__file__).parent / "data"
PAGES_LEAST = 0.95
SAID = "<p>Soldiers arrested Juan Reyes in Port Selm on Monday, as three of his neighbours told us in their kitchen.</p>"


def told(case, name):
    """Day and where it was read, publisher and where."""
    with contextlib.closing(sqlite3.connect(case.path)) as db:
        row = db.execute("SELECT date, date_from, publisher, publisher_from FROM document WHERE name = ?", [name])
        return list(row.fetchone())


def read_page(content, head=""):
    case = Case()
    status, _, err = case.read(a__html=f"<html><head>{head}</head><body>{content}</body></html>".encode())
    assert status == 0, err
    return case


def linked(content):
    return f'<script type="application/ld+json">{json.dumps(content)}</script>'


@test
def the_main_text_of_pages_is_found():
    rows = score(attest, DATA / "pages")
    assert len(rows) >= 48
    for held in (False, True):
        value = mean(row[1] for row in rows if is_held_out(row[0]) == held)
        assert value >= PAGES_LEAST, (held, value)


@test
def lines_tell_days_and_publishers_of_texts():
    case, wanted = Case(), {}
    lines = [line for line in (DATA / "bylines.tsv").read_text().splitlines() if not line.startswith("#")]
    for i, line in enumerate(lines):
        text, *values = line.split("\t")
        wanted[f"{i:02}.txt"] = text, [None if v == "-" else v for v in values]
    files = {name.replace(".", "__"): text.replace(" | ", "\n").encode() + b"\n"
             for name, (text, _) in wanted.items()}
    case.read(**files)
    faults = [(text, told(case, name), values) for name, (text, values) in wanted.items()
              if told(case, name) != values]
    assert not faults, "\n".join(map(str, faults))


@test
def json_ld_is_read_in_its_shapes():
    article = {"@type": "NewsArticle", "headline": "The arrest", "datePublished": "2012-02-21",
               "publisher": [{"@type": "Organization", "name": "Selm Post"}]}
    for content in (article, [{"@type": "WebSite"}, article], {"@graph": [{"@type": "WebPage"}, article]},
                    {"@type": "WebPage", "mainEntity": article}):
        case = read_page(SAID, linked(content))
        assert told(case, "a.html") == ["2012-02-21", "JSON-LD", "Selm Post", "JSON-LD"], told(case, "a.html")


@test
def the_last_change_is_the_last_resort():
    change = linked({"headline": "x", "dateModified": "2013-05-06"})
    assert told(read_page(SAID, change), "a.html")[:2] == ["2013-05-06", "date of the last change"]
    case = read_page(f"<h1>The arrest</h1><div>Posted on 21 February 2012</div>{SAID}", change)
    assert told(case, "a.html")[:2] == ["2012-02-21", "line of its publication"], told(case, "a.html")


@test
def microdata_is_read():
    case = read_page('<div itemscope><span itemprop="datePublished" content="2012-02-21">long ago</span>'
                     '<div itemprop="publisher" itemscope><b>by</b><span itemprop="name">Selm Post</span></div>'
                     f"{SAID}</div>")
    assert told(case, "a.html") == ["2012-02-21", "microdata", "Selm Post", "microdata"], told(case, "a.html")


@test
def words_are_whole_however_the_parser_tells_them():
    """In pieces of a thousand bytes, and around each reference."""
    long = "Ж" * 1501
    case = read_page(SAID + f"<p>Juan&#160;Reyes of S&amp;P &lt;Selm&gt; was at caf&eacute;s, {long}, pre<b>fixes</b> and un&shy;known &nonsense;.")
    assert case.text("a.html").split("\n\n")[1:] == [
        f"Juan\u00a0Reyes of S&P <Selm> was at cafés, {long}, prefixes and un\u00adknown &nonsense;."], case.text("a.html")


@test
def the_head_of_a_page_is_kept_where_its_headline_is_in_it():
    menu = "<a href=/>Home</a> <p>All that happens in Selm and around it, by those who saw it happen.</p>"
    for header, is_kept in ((menu, False), (menu + "<h1>The arrest</h1>", True)):
        text = read_page(f"<header>{header}</header>{SAID}").text("a.html")
        assert ("All that happens" in text) == is_kept, (header, text)
        assert "Soldiers arrested" in text, text


@test
def a_head_in_what_is_no_text_takes_nothing_along():
    more = "<p>They fled to the river at night, and nobody has seen them since, said his mother.</p>"
    for box in ("nav", "aside", "footer"):
        text = read_page(f"<{box}><header>Menu</header></{box}><div>{SAID}</div>{more}").text("a.html")
        assert "Soldiers arrested" in text and "They fled" in text, (box, text)


@test
def a_page_that_is_all_links_is_kept_whole():
    case = read_page("<a href=1>One</a><p><a href=2>Two</a></p>")
    assert case.text("a.html").split() == ["One", "Two"], case.text("a.html")
    assert "no main text could be told" in case.run("documents")[1]


@test
def lines_of_a_transcript_stay_lines():
    case = read_page("<pre>Q. Where were you on the morning of the seventh of May?\nA. In the school.\n\nQ. Who else?</pre>")
    assert case.text("a.html").strip().split("\n") == [
        "Q. Where were you on the morning of the seventh of May?", "A. In the school.", "", "Q. Who else?"]


@test
def odd_pages_cost_little():
    box = "<div class='related share'><h3>Related</h3><p>x</p></div>"
    deep = "<div>" * 400
    case = Case()
    status, _, err = case.read(
        boxes__html=(f"<body>{SAID}" + box * 5000).encode(),
        heads__html=(f"<body>{SAID}" + "<h3>Related</h3>" * 20000).encode(),
        deep__html=(f"<body>{deep}" + "<p>Related</p>" * 10000 + SAID).encode(),
        words__html=f"<body class='{'a-' * 400}'><div class='{'ad ' * 100000}'>{SAID}</div>".encode(),
        byline__html=f"<h1>x</h1><p>By {', ' * 10000}</p>{SAID}".encode(),
        dates__txt=b"AAA, " + b"1 " * 3000 + b"- x\n" + b"published " * 3000)
    assert status == 0, err
    for name in ("boxes", "heads", "deep", "words", "byline"):
        assert "Juan Reyes" in case.text(f"{name}.html"), name


run_tests(tests)
