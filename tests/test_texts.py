"""RTF and subtitles, read through the program and so in the cage.  TAP on
standard output.

usage: test_texts.py ATTEST
"""
from reading import SAID, Case
from tap import run_tests

tests = []
test = tests.append

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}"


def rtf(body, head=HEAD):
    return (head + body + "}").encode("latin-1")


def texts(**files):
    """The texts of files by their names, and what is noted of any."""
    case = Case()
    status, _, err = case.read(**files)
    assert status == 0, err
    return {name: case.text(name.replace("__", ".")).strip() for name in files}, case.run("documents")[1]


def text_of(content, name="a__rtf"):
    return texts(**{name: content})[0][name]


def srt(*cues):
    return "\n".join(f"{i}\n{time}\n{words}\n" for i, (time, words) in enumerate(cues, 1)).encode()


@test
def rtf_is_read_by_name_or_without():
    case = Case()
    file = rtf(r"{\info{\title The arrest}{\author A. Clerk}{\creatim\yr2001\mo1\dy1}"
               r"{\revtim\yr2012\mo2\dy21\hr8}}" + SAID + r"\par They\line fled.\par")
    case.read(a__rtf=file, noname=file)
    for name in ("a.rtf", "noname"):
        assert case.text(name).strip() == SAID + "\n\nThey\nfled.", case.text(name)
        assert case.fields(name) == ("The arrest", "2012-02-21", "A. Clerk"), case.fields(name)


@test
def rtf_without_a_day_of_saving_has_that_of_making():
    case = Case()
    case.read(a__rtf=rtf(r"{\info{\creatim\yr2001\mo1\dy3}}" + SAID))
    assert case.fields("a.rtf")[1] == "2001-01-03", case.fields("a.rtf")


@test
def bytes_of_rtf_are_letters_of_their_font():
    head = (r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fnil Arial;}{\f1\fcharset0 A;}{\f2\fcharset128 M;}"
            r"{\f3\fcharset178 B;}{\f4\fcharset2 Symbol;}}")
    shown = text_of(rtf(r"\'cf\'f0 {\f1 Jos\'e9} \f2\'83e\'83X\'83g \f3\'c7\'e1 \f4\'b7a\plain  \'cf", head))
    assert shown == "Пр José テスト ال a П", shown
    shown = text_of(rtf(r"\'8e x", r"{\rtf1\mac "))
    assert shown == "é x", shown


@test
def letters_of_rtf_stand_for_their_stand_ins():
    files, meanings = {}, []
    for written, meant in ((r"Jos\u233?.", "José."), (r"\u8217\'92s", "’s"), (r"\uc2\u20320\'c4\'e3 a", "你 a"),
                           (r"\uc0\u233 a", "éa"), (r"{\uc0 b}\u233?a", "béa"), (r"\u-10179?\u-8694?", "😊"),
                           (r"\u55357?a", "a"), (r"\u233\bin3 }}}a", "éa"), (r"{\u233}a", "éa"), (r"\u-3913?a", "a")):
        meanings.append(meant)
        files[f"a{len(meanings)}__rtf"] = rtf("x " + written)
    shown = list(texts(**files)[0].values())
    assert shown == ["x " + meant for meant in meanings], shown


@test
def signs_of_rtf_are_read():
    shown = text_of(rtf(r"\ldblquote a\rdblquote\~\lquote b\rquote  \emdash c\endash d\tab e\_f\-g \{h\}\\"))
    assert shown == "“a”\u00a0‘b’ —c–d e\u2011fg {h}\\", shown
    shown = text_of(rtf("\\trowd one\\cell two\\cell\\row\nthree\\\nfour\\nosuchword5 .\n"))
    assert shown == "one\n\ntwo\n\nthree\n\nfour.", shown


@test
def what_is_not_seen_in_rtf_is_passed_over():
    shown = text_of(rtf(
        r"{\colortbl;\red0\green0;}{\stylesheet{\s0 Normal;}}{\*\generator None 1;}{\header head}{\footerf foot}"
        r"One {\v hidden}{\deleted gone }two{\pict\pngblip 89504e47}{\*\shppict{\pict ff}}{\pict\bin5 }}}{{}."
        r"{\field{\*\fldinst HYPERLINK \"http://example.org\"}{\fldrslt{ Three}}}{\object{\*\objdata 00}{\result 3}}"
        r"{\*\unknown no}{\xe entry}{\v\v0 .}"))
    assert shown == "One two. Three3.", shown


@test
def notes_of_rtf_stand_at_its_end_and_boxes_in_it():
    shown = text_of(rtf(r"One{\super\chftn}{\footnote \chftn A note.} two.{\footnote Another.}\par "
                        r"{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv 1}}{\shptxt In a box.\par}}{\shprslt{\pict 00}}}"))
    assert shown == "One two.\n\nIn a box.\n\nA note.\n\nAnother.", shown


@test
def rtf_that_is_cut_off_is_read_as_far_as_it_goes():
    shown, notes = texts(a__rtf=rtf(SAID)[:-1])
    assert shown["a__rtf"] == SAID and "the file is cut off" in notes, (shown, notes)


@test
def odd_rtf_costs_little():
    deep = b"{" * 10**6
    shown, _ = texts(
        deep__rtf=HEAD.encode() + deep + b"\\v0 Deep. " + b"}" * 10**6 + SAID.encode() + b"}",
        never__rtf=HEAD.encode() + SAID.encode() + deep,
        fonts__rtf=rtf("{\\fonttbl" + "".join(f"{{\\f{i}\\fcharset{i % 256}\\cpg{i} x;}}" for i in range(-9, 40000)) +
                       "}" + "".join(f"\\f{i}\\'e9" for i in range(40000)) + "\\par " + SAID),
        pars__rtf=rtf("\\par" * 500000 + " " + SAID),
        numbers__rtf=rtf(SAID + "\\u99999999999999999999 a\\bin-5 \\uc-7\\u1114112 b\\f-1\\fcharset-1 \\u0 \\'00\\'zz"),
        bin__rtf=rtf(SAID + "\\bin2147483647 x"))
    assert all(SAID in text for text in shown.values()), {k: v[-80:] for k, v in shown.items()}
    assert shown["deep__rtf"] == "Deep. " + SAID, shown["deep__rtf"][:80]


@test
def subtitles_are_running_text():
    shown = text_of(srt(("00:00:01,000 --> 00:00:02,500", "<i>Soldiers</i> arrested\nJuan Reyes"),
                        ("00:00:02,600 --> 00:00:04,000 X1:0 X2:5", "in {\\an8}<font color=red>Port</font> Selm."),
                        ("00:00:09,000 --> 00:00:10,000", "They fled.")), "a__srt")
    assert shown == SAID + "\n\nThey fled.", shown


@test
def who_speaks_in_subtitles_begins_a_paragraph():
    shown = text_of(srt(("00:00:01,000 --> 00:00:02,500", "- Who saw it?\n- Ana did."),
                        ("00:00:02,600 --> 00:00:04,000", "– And you?")), "a__srt")
    assert shown == "Who saw it?\n\nAna did.\n\nAnd you?", shown
    shown = text_of("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Ruiz>Soldiers\n\n00:02.000 --> 00:03.000\n"
                    "<v.loud Ana Ruiz>came.</v>\n\n00:03.000 --> 00:04.000\n<v Guard>No.</v> <v Ana Ruiz>Yes.\n\n"
                    "00:04.000 --> 00:05.000\nSilence.\n".encode(), "a__vtt")
    assert shown == "Ana Ruiz: Soldiers came.\n\nGuard: No.\n\nAna Ruiz: Yes.\n\nSilence.", shown


@test
def what_webvtt_says_beside_its_cues_is_passed_over():
    shown = text_of("\ufeffWEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\nan aside\n\n"
                    "cue 1\n01:00:01.000 --> 01:00:02.000 align:start\n<c.x>Tom &amp; Jo</c> had 1 < 2&lrm; &gt; 0.\n\n"
                    "NOTE the end\n".encode(), "a__vtt")
    assert shown == "Tom & Jo had 1 < 2 > 0.", shown


@test
def captions_that_roll_are_read_once():
    shown = text_of(
        "WEBVTT\n\n00:00.000 --> 00:02.000\n \nsoldiers<00:00:00.500><c> arrested</c>\n\n"
        "00:02.000 --> 00:02.010\nsoldiers arrested\n \n\n00:02.010 --> 00:04.000\nsoldiers arrested\n"
        "Juan<00:00:03.000><c> Reyes</c>\n\n00:04.000 --> 00:04.010\nJuan Reyes\n \n".encode(), "a__vtt")
    assert shown == "soldiers arrested Juan Reyes", shown
    shown = text_of(srt(("00:00:01,000 --> 00:00:02,000", "No."), ("00:00:03,000 --> 00:00:04,000", "No.")), "a__srt")
    assert shown == "No. No.", shown


@test
def subtitles_are_told_by_what_they_are():
    cues = srt(("00:00:01,000 --> 00:00:02,000", SAID))
    arrow = b"One --> two.\n\n00:00:01,000 --> 00:00:02,000\nstands in a text.\n"
    shown, _ = texts(noname=cues, wide__srt=cues.decode().encode("utf-16"), lines__srt=cues.replace(b"\n", b"\r\n"),
                     old__srt=srt(("00:00:01,000 --> 00:00:02,000", "Солдаты задержали его в порту Селм.")).decode()
                     .encode("windows-1251"),
                     head__srt=b"Made by nobody\n\n" + cues, arrow__note=arrow, arrow__txt=arrow, none__srt=b"One --> two.\n")
    for name in ("noname", "wide__srt", "lines__srt", "head__srt"):
        assert shown[name] == SAID, (name, shown[name])
    assert shown["old__srt"] == "Солдаты задержали его в порту Селм.", shown["old__srt"]
    assert shown["arrow__note"] == shown["arrow__txt"] == arrow.decode().strip(), shown
    assert shown["none__srt"] == "One --> two.", shown


@test
def odd_subtitles_cost_little():
    shown, _ = texts(
        tags__vtt=b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"{\\x}" * 10**5 + b"<" * 10**4 + b"{\\" * 10**4 + SAID.encode() + b"<v " * 10**4,
        cues__srt=srt(*(("00:00:01,000 --> 00:00:02,000", "") for i in range(100000))) + SAID.encode(),
        times__srt=b"1\n9999:59:59,999 --> 0:0,0\n" + SAID.encode() + b"\n2\n99999:00:00,000 --> 1\n",
        numbers__srt=b"1\n00:00:01,000 --> 00:00:02,000\n" + b"7\n" * 10000 + SAID.encode())
    assert all(SAID in text for text in shown.values()), {k: v[-80:] for k, v in shown.items()}


run_tests(tests)
