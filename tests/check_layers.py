"""Checks that each room includes only what tools/layers.txt allows, and of
another room only its public header.  TAP on standard output."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
allowed = {}
for line in (root / "tools" / "layers.txt").read_text().splitlines():
    if line and not line.startswith("#"):
        room, uses = line.split(":")
        allowed[room] = uses.split()

BANNED = r"\b(strcpy|strcat|sprintf|gets|strtok|system|popen|mktemp|tmpnam)\s*\("
rooms = sorted(p.name for p in (root / "src").iterdir() if p.is_dir())
print(f"1..{len(rooms)}")
for number, room in enumerate(rooms, 1):
    faults = [] if room in allowed else [f"{room} is not in tools/layers.txt"]
    for path in sorted(p for p in (root / "src" / room).rglob("*") if p.suffix in (".c", ".cc", ".h")):
        text = path.read_text()
        where = path.relative_to(root)
        for used, header in re.findall(r'^#include "(\w+)/([\w/]+)\.h"', text, re.M):
            if used == room:
                continue
            if used not in allowed.get(room, []):
                faults.append(f"{where}: {room} may not use {used}")
            elif header != used:
                faults.append(f"{where}: {used}/{header}.h is private to {used}")
        faults += [f"{where}: {m}() is banned" for m in re.findall(BANNED, text)]
        if len(text.splitlines()) > 800:
            faults.append(f"{where}: above 800 lines")
    print("not ok" if faults else "ok", number, room)
    for fault in faults:
        print("#", fault)
sys.exit(0)
