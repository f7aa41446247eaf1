"""Lemmas as edits of the form: "l|2|y" is lower case, cut two, add y."""


def script(form, lemma):
    best = None
    for op, base in (("l", form.lower()), ("k", form),
                     ("c", form[:1].upper() + form[1:].lower())):
        same = 0
        while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
            same += 1
        cost = len(base) - same + len(lemma) - same
        if best is None or cost < best[0]:
            best = (cost, "%s|%d|%s" % (op, len(base) - same, lemma[same:]))
    return best[1]


def apply(form, edit):
    op, cut, add = edit.split("|", 2)
    base = form.lower() if op == "l" else form if op == "k" else \
        form[:1].upper() + form[1:].lower()
    cut = int(cut)
    if cut > len(base):
        return base
    return (base[:-cut] if cut else base) + add
