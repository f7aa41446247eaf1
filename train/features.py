"""What the network sees of a word; src/language/encode.c does the same.

Every feature is a slot and some bytes, hashed to 32 bits.  The model file
holds the hashes seen often enough in training and a row for each.
"""
import collections

import numpy

import lists

SLOTS = 17
(WORD, FORM, PREFIX2, PREFIX3, PREFIX4, SUFFIX1, SUFFIX2, SUFFIX3, SUFFIX4,
 SHAPE, BEFORE, AFTER, BEFORE_SUFFIX, AFTER_SUFFIX, BEFORE_SHAPE,
 AFTER_SHAPE, LISTED) = range(SLOTS)
OWN = 10  # the first slots are of the word itself
# How often a feature must be told in treebanks, or seen in all texts.
LEAST = [3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 10, 10, 10, 10, 10, 10, 4]
LEAST_ALL = [12, 40, 30, 30, 30, 30, 30, 30, 30, 30] + 6 * [80] + [4]
EDGE = b"\x01"


def fnv(slot, text):
    h = 2166136261 ^ (slot + 1) * 0x9E3779B1 & 0xFFFFFFFF
    for byte in text:
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    h ^= h >> 15
    return h or 1


def shape_of(form):
    out, run = [], 0
    for c in form:
        s = "X" if c.isupper() else "x" if c.islower() else \
            "d" if c.isdecimal() else c
        run = run + 1 if out and out[-1] == s else 1
        if run <= 2:
            out.append(s)
        if len(out) == 10:
            break
    return "".join(out).encode()


def own_keys(form):
    low = form.lower().encode()
    return [fnv(WORD, low), fnv(FORM, form.encode())] + \
        [fnv(PREFIX2 + i, low[:i + 2]) for i in range(3)] + \
        [fnv(SUFFIX1 + i, low[-i - 1:]) for i in range(4)] + \
        [fnv(SHAPE, shape_of(form))]


def sight_keys(slot, form):
    """As the neighbour after (slot BEFORE) or before (AFTER) sees the word."""
    low, shape = (form.lower().encode(), shape_of(form)) if form else \
        (EDGE, EDGE)
    return [fnv(slot, low), fnv(slot + 2, low[-3:]), fnv(slot + 4, shape)]


# A word's marks: what lists say of it alone (7 bits), of longer names that it
# stands in (7 bits), and whether it begins with a capital.
LONGER, CAPITAL, MARKS = 7, 1 << 14, 1 << 15


def listed_key(mark):
    return fnv(LISTED, bytes((mark >> 14, mark & 127, mark >> LONGER & 127)))


class Forms:
    """Every form that is met, numbered; 0 is the edge of a sentence."""

    def __init__(self):
        self.number, self.forms = {"": 0}, [""]
        self.lists = lists.Lists(lists.read())

    def marks(self, forms):
        return numpy.array([
            alone | longer << LONGER | (CAPITAL if f[:1].isupper() else 0)
            for f, (alone, longer) in zip(forms, self.lists.marks(forms))],
            dtype=numpy.int32)

    def ids(self, forms):
        out = []
        for f in forms:
            n = self.number.get(f)
            if n is None:
                n = self.number[f] = len(self.forms)
                self.forms.append(f)
            out.append(n)
        return numpy.array(out, dtype=numpy.int32)


def keys_of(form):
    """(slot, key) of all that a form shows, itself and to its neighbours."""
    b, a = sight_keys(BEFORE, form), sight_keys(AFTER, form)
    around = [(BEFORE + 2 * i, k) for i, k in enumerate(b)] + \
        [(AFTER + 2 * i, k) for i, k in enumerate(a)]
    return (list(enumerate(own_keys(form))) if form else []) + around


def count_rows(forms, told, every, first, marks):
    """How often each (slot, key) was told in the treebanks, and seen at all.

    Counts are by form number: in the treebanks, in all texts, as the first
    word of a sentence of the treebanks; `marks` by marks.
    """
    seen = collections.Counter(), collections.Counter()
    for mark, n in enumerate(marks):
        seen[0][LISTED, listed_key(mark)] += int(n)
    for i, form in enumerate(forms.forms):
        for pair in keys_of(form):
            seen[0][pair] += int(told[i])
            seen[1][pair] += int(every[i])
        seen[0][SHAPE, fnv(SHAPE, b"^" + shape_of(form))] += int(first[i])
    return seen


def choose_rows(seen, rows=None):
    """{key: row} of what is seen often enough, and how often each was told.

    `rows`: a choice made before, of which only the second is wanted.
    """
    if rows is None:
        rows = {}
        for slot, key in sorted(set(seen[0]) | set(seen[1])):
            if key not in rows and (
                    seen[0][slot, key] >= LEAST[slot] or
                    seen[1][slot, key] >= LEAST_ALL[slot]):
                rows[key] = SLOTS + len(rows)
    often = [0] * SLOTS + [1] * len(rows)
    for (slot, key), n in seen[0].items():
        if key in rows:
            often[rows[key]] = max(often[rows[key]], n + 1)
    return rows, often


class Table:
    """The rows of every form, from which those of a sentence are taken."""

    def __init__(self, forms, rows):
        self.forms, self.rows = forms, rows
        find = lambda slot, keys, step: [
            rows.get(k, slot + step * i) for i, k in enumerate(keys)]
        self.own = numpy.array([
            find(0, own_keys(f), 1) if f else [0] * OWN
            for f in forms.forms], dtype=numpy.int32)
        self.first = numpy.array([
            rows.get(fnv(SHAPE, b"^" + shape_of(f)), SHAPE)
            for f in forms.forms], dtype=numpy.int32)
        self.before = numpy.array([
            find(BEFORE, sight_keys(BEFORE, f), 2) for f in forms.forms],
            dtype=numpy.int32)
        self.after = numpy.array([
            find(AFTER, sight_keys(AFTER, f), 2) for f in forms.forms],
            dtype=numpy.int32)
        self.listed = numpy.array([
            rows.get(listed_key(m), LISTED) for m in range(MARKS)],
            dtype=numpy.int32)

    def sentences(self, ids, marks):
        """ids and marks [T, B], padded with 0 -> rows [T, B, SLOTS]"""
        out = numpy.empty(ids.shape + (SLOTS,), dtype=numpy.int32)
        edge = numpy.zeros_like(ids[:1])
        out[..., :OWN] = self.own[ids]
        out[0, :, SHAPE] = self.first[ids[0]]
        out[..., BEFORE:LISTED:2] = self.before[
            numpy.concatenate((edge, ids[:-1]))]
        out[..., AFTER:LISTED:2] = self.after[
            numpy.concatenate((ids[1:], edge))]
        out[..., LISTED] = self.listed[marks]
        return out
