"""Names that Debian's packages know, as a feature of the words in them.

Places are GeoNames' cities (libgeonames-common) and ISO's countries and their
parts (iso-codes), given and family names those of python3-fake-factory,
people, groups and more places WordNet's (wordnet-base).
"""
import gettext
import importlib
import json
import os
import re

CITY, COUNTRY, GIVEN, FAMILY, PERSON, GROUP, PLACE = (1 << i for i in range(7))
LONGEST = 4  # words of a name; longer ones are left out
WORDNET = {"14": GROUP, "15": PLACE, "17": PLACE, "18": PERSON}
LATIN = re.compile(r"[A-Za-zÀ-ſ][A-Za-zÀ-ſ.'’ -]+")


def cities():
    path = "/usr/share/locale/en/LC_MESSAGES/geonames.mo"
    with open(path, "rb") as file:
        told = gettext.GNUTranslations(file)._catalog
    # Keys are GeoNames' numbers, and "geo" with the codes of regions.
    for key, name in told.items():
        if key:
            yield name, CITY if str(key).isdigit() else PLACE


def countries():
    folder = "/usr/share/iso-codes/json/"
    with open(folder + "iso_3166-1.json", encoding="utf-8") as file:
        for entry in json.load(file)["3166-1"]:
            for key in ("name", "common_name", "official_name"):
                if key in entry:
                    yield entry[key].split(",")[0], COUNTRY
    with open(folder + "iso_3166-2.json", encoding="utf-8") as file:
        for entry in json.load(file)["3166-2"]:
            yield re.split(r" \[|\(|,", entry["name"])[0].strip(), PLACE


def first_and_last_names():
    import faker.providers.person as people
    folder = people.__path__[0]
    for place in sorted(os.listdir(folder)):
        if place.startswith("_") or "." in place:
            continue
        names = importlib.import_module(
            "faker.providers.person." + place).Provider
        for kind in dir(names):
            bit = GIVEN if kind.startswith("first_name") else \
                FAMILY if kind.startswith("last_name") else 0
            values = getattr(names, kind)
            if bit and isinstance(values, (list, tuple, dict)):
                for name in values:
                    if isinstance(name, str):
                        yield name, bit


def wordnet():
    with open("/usr/share/wordnet/data.noun", encoding="utf-8") as file:
        for line in file:
            cells = line.split(" ", 4)
            if len(cells) < 5 or cells[1] not in WORDNET or not cells[0]:
                continue
            fields = line.split(" ")
            instance = " @i " in line or cells[1] == "14"
            for k in range(int(fields[3], 16)):
                name = fields[4 + 2 * k].replace("_", " ")
                if instance and name[:1].isupper():
                    yield name, WORDNET[cells[1]]


def words_of(name):
    """As the treebanks cut: hyphens apart, "'s" apart."""
    name = name.lower().replace("-", " - ")
    return re.sub(r"(['’]s)\b", r" \1", name).split()


def read():
    """{words: bits}, words in small letters with one space between them"""
    found = {}
    for source in (cities, countries, first_and_last_names, wordnet):
        for name, bit in source():
            words = words_of(name)
            if LATIN.fullmatch(name) and len(words) <= LONGEST and \
                    len(name) > 2:
                key = " ".join(words)
                found[key] = found.get(key, 0) | bit
    return found


class Lists:
    def __init__(self, found):
        self.found = found
        self.begin = {k.split(" ")[0] for k in found if " " in k}

    def marks(self, forms):
        """For each word (bits of it alone, bits of longer names it is in)."""
        low = [f.lower() for f in forms]
        alone = [self.found.get(w, 0) for w in low]
        longer = [0] * len(low)
        for i, w in enumerate(low):
            if w not in self.begin:
                continue
            for n in range(2, min(LONGEST, len(low) - i) + 1):
                bits = self.found.get(" ".join(low[i:i + n]), 0)
                for k in range(i, i + n) if bits else ():
                    longer[k] |= bits
        return list(zip(alone, longer))
