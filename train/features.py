"""What the network sees of a word; src/language/encode.c does the same.

Every feature is a slot and some bytes, hashed to 32 bits.  The model file
holds the hashes seen often enough in training and a row for each.
"""
SLOTS = 16
(WORD, FORM, PREFIX2, PREFIX3, PREFIX4, SUFFIX1, SUFFIX2, SUFFIX3, SUFFIX4,
 SHAPE, BEFORE, AFTER, BEFORE_SUFFIX, AFTER_SUFFIX, BEFORE_SHAPE,
 AFTER_SHAPE) = range(SLOTS)
LEAST = [3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 10, 10, 10, 10, 10, 10]
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


class Word:
    """The hashes of one form, kept for every use of it."""
    __slots__ = ("own", "first_shape", "before", "after")

    def __init__(self, form):
        low = form.lower().encode()
        shape = shape_of(form)
        self.own = [fnv(WORD, low), fnv(FORM, form.encode())] + \
            [fnv(PREFIX2 + i, low[:i + 2]) for i in range(3)] + \
            [fnv(SUFFIX1 + i, low[-i - 1:]) for i in range(4)] + \
            [fnv(SHAPE, shape)]
        self.first_shape = fnv(SHAPE, b"^" + shape)
        self.before = (fnv(BEFORE, low), fnv(BEFORE_SUFFIX, low[-3:]),
                       fnv(BEFORE_SHAPE, shape))
        self.after = (fnv(AFTER, low), fnv(AFTER_SUFFIX, low[-3:]),
                      fnv(AFTER_SHAPE, shape))


class Words:
    def __init__(self):
        self.seen = {}
        self.edge_before = tuple(
            fnv(s, EDGE) for s in (BEFORE, BEFORE_SUFFIX, BEFORE_SHAPE))
        self.edge_after = tuple(
            fnv(s, EDGE) for s in (AFTER, AFTER_SUFFIX, AFTER_SHAPE))

    def word(self, form):
        found = self.seen.get(form)
        if found is None:
            found = self.seen[form] = Word(form)
        return found

    def keys(self, forms):
        """SLOTS hashes a token."""
        words = [self.word(f) for f in forms]
        out = []
        for i, w in enumerate(words):
            b = words[i - 1].before if i else self.edge_before
            a = words[i + 1].after if i + 1 < len(words) else self.edge_after
            own = w.own if i else w.own[:-1] + [w.first_shape]
            out.append(own + [b[0], a[0], b[1], a[1], b[2], a[2]])
        return out
