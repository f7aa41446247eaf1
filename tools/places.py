"""Makes the table of places that attest knows, out of Debian's packages
libgeonames0 (towns of the world: GeoNames, CC BY 4.0) and libgeonames-common
(their names in other languages).  Where these are not installed the table is
empty, and places stay as documents write them.

usage: places.py TABLE STAMP

TABLE: a line for each spot (kind, GeoNames' id, name, region, country,
latitude, longitude, population), a blank line, then a line for each name in
letters only, sorted by bytes, with the lines of the spots that bear it.
STAMP: a C header that changes with the table.
"""
import collections
import gettext
import glob
import hashlib
import pathlib
import struct
import subprocess
import sys
import unicodedata

RESOURCE = "/com/lomiri/geonames/cities.compiled"
REGION_WORDS = {"governorate", "province", "region", "oblast", "state", "district", "county", "department",
                "muhafazat", "wilaya", "prefecture", "canton", "emirate", "division", "territory", "krai", "republic"}


def fold(name):
    """As place_fold in src/identity/gazetteer.c."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(c for c in apart if c.isalnum())


def read_towns(library):
    """-> (id, name, region, code, country, population, latitude, longitude): a GVariant a(sssssssudd)"""
    bytes_ = subprocess.run(["gresource", "extract", library, RESOURCE], check=True, capture_output=True).stdout
    (end,) = struct.unpack_from("<I", bytes_, len(bytes_) - 4)  # of the last town; offsets begin there
    at = 0
    (first,) = struct.unpack_from("<I", bytes_, end)
    while at < end:
        texts = []
        for _ in range(7):
            stop = bytes_.index(b"\0", at)
            texts.append(bytes_[at:stop].decode())
            at = stop + 1
        at = (at + 3) // 4 * 4
        (population,) = struct.unpack_from("<I", bytes_, at)
        at = (at + 4 + 7) // 8 * 8
        latitude, longitude = struct.unpack_from("<dd", bytes_, at)
        at += 16
        at = (at + 7 + 7) // 8 * 8  # the offsets of the strings, a byte each
        yield int(texts[0]), texts[1], texts[3], texts[4], texts[5], population, latitude, longitude


def read_names():
    """-> {id: names in other languages}"""
    names = collections.defaultdict(set)
    for path in sorted(glob.glob("/usr/share/locale/*/LC_MESSAGES/geonames.mo")):
        with open(path, "rb") as file:
            catalog = gettext.GNUTranslations(file)._catalog
        for id_, name in catalog.items():
            if id_ and id_.isdigit():
                names[int(id_)].add(name)
    return names


def centre(towns):
    """Of towns, by population."""
    whole = sum(t[5] + 1 for t in towns)
    return [sum(t[i] * (t[5] + 1) for t in towns) / whole for i in (6, 7)]


def stripped(region):
    words = region.split()
    return " ".join(w for w in words if w.lower() not in REGION_WORDS) if len(words) > 1 else region


def table(towns, names):
    spots, keys = [], collections.defaultdict(set)

    def add(kind, id_, name, region, code, latitude, longitude, population, known):
        spots.append("\t".join((kind, str(id_), name, region, code, f"{latitude:.4f}", f"{longitude:.4f}", str(population))))
        for words in known:
            if 2 <= len(fold(words)) <= 60:
                keys[fold(words)].add(len(spots) - 1)

    regions, countries = collections.defaultdict(list), collections.defaultdict(list)
    for town in towns:
        id_, name, region, code, country, population, latitude, longitude = town
        add("t", id_, name, region, code, latitude, longitude, population, {name} | names[id_])
        countries[code, country].append(town)
        if region:
            regions[region, code].append(town)
    for (region, code), inside in sorted(regions.items()):
        add("r", 0, region, region, code, *centre(inside), sum(t[5] for t in inside), {region, stripped(region)})
    for (code, country), inside in sorted(countries.items()):
        add("c", 0, country, "", code, *centre(inside), sum(t[5] for t in inside), {country})
    lines = sorted(f"{key}\t{','.join(map(str, sorted(rows)))}".encode() for key, rows in keys.items())
    return "\n".join(spots).encode() + b"\n\n" + b"\n".join(lines) + b"\n"


def main():
    libraries = sorted(glob.glob("/usr/lib/*/libgeonames.so.0"))
    made = b"\n"
    if libraries:
        made = table(sorted(read_towns(libraries[0])), read_names())
    else:
        print("libgeonames0 is not installed: places will stay as documents write them")
    pathlib.Path(sys.argv[1]).write_bytes(made)
    pathlib.Path(sys.argv[2]).write_text(f"/* {hashlib.sha256(made).hexdigest()} */\n")


main()
