"""Files for bench/cage, made of tests/data/pages: plain text, text in another
encoding, a news page of usual size (a third of it scripts and styles), a small
one, a huge one.

usage: intake.py FOLDER
"""
import pathlib
import re
import sys

PAGES = pathlib.Path(__file__).parent.parent / "tests" / "data" / "pages"
SCRIPT = "<script>" + "window.q=window.q||[];q.push({slot:'top',size:[300,250]});" * 300 + "</script>"
STYLE = "<style>" + ".teaser{margin:0 0 8px;color:#333}.teaser a:hover{color:#00c}" * 300 + "</style>"
TEASER = ('<div class="teaser teaser--small"><a class="teaser__link" href="/news/2019/03/04/story-{0}">'
          '<img src="/i/{0}.jpg" alt=""><span class="teaser__kicker">News</span> Harbour ferry to stop, part {0}</a></div>')


def news_page(paragraphs, teasers):
    page = (PAGES / "01-cookies.html").read_text()
    texts = re.findall(r"<p>.*?</p>", page, re.S)[2:6]
    body = "\n".join(texts[i % len(texts)] for i in range(paragraphs))
    more = "\n".join(TEASER.format(i) for i in range(teasers))
    return page.replace("</head>", SCRIPT + STYLE + "</head>").replace("</article>", f"{body}</article>{more}")


def main():
    out = pathlib.Path(sys.argv[1])
    text = "".join((p.read_text() for p in sorted(PAGES.glob("*.txt")) if p.stem[:2] not in ("26", "27")))
    (out / "text.txt").write_text(text * 200)
    (out / "latin").write_bytes((text * 200).encode("windows-1252", "replace"))
    (out / "small.html").write_bytes((PAGES / "01-cookies.html").read_bytes())
    (out / "news.html").write_text(news_page(40, 150))
    (out / "huge.html").write_text(news_page(60000, 10000))


main()
