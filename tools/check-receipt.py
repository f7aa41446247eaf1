#!/usr/bin/env python3
"""Checks a receipt of attest without the case: check-receipt.py RECEIPT [FILE [KEY]]
FILE: the document; KEY: the public key that the giver is known by, else the receipt's."""
import hashlib, json, subprocess, sys, tempfile

def sha256(content):
    return hashlib.sha256(content).digest()

def need(holds, otherwise):
    if not holds:
        sys.exit(f"It does not hold: {otherwise}.")

def root_of(node, index, last, path):  # RFC 9162, section 2.1.3.2
    need(0 <= index <= last, "there is no such entry")
    for other in path:
        need(last, "the path is too long")
        is_right = index % 2 or index == last
        node = sha256(b"\1" + (other + node if is_right else node + other))
        while is_right and index and not index % 2:
            index, last = index // 2, last // 2
        index, last = index // 2, last // 2
    need(not last, "the path is too short")
    return node

receipt = json.load(open(sys.argv[1], encoding="utf-8"))
statement, head = receipt["statement"], receipt["head"]
signed = dict(line.split(" ", 1) for line in head.split("\n") if line)
root = root_of(sha256(b"\0" + statement.encode()), receipt["index"], int(signed["size"]) - 1,
               [bytes.fromhex(node) for node in receipt["path"]])
need(root.hex() == signed["root"], "the entry is not in the log that was signed")
key = sys.argv[3] if len(sys.argv) > 3 else receipt["key"]
with tempfile.TemporaryDirectory() as folder:
    for name, content in ("key", "302a300506032b6570032100" + key), ("head", head.encode().hex()), \
            ("signature", receipt["signature"]):
        open(f"{folder}/{name}", "wb").write(bytes.fromhex(content))
    openssl = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in head -sigfile signature"
    checked = subprocess.run(openssl.split(), cwd=folder, capture_output=True)
need(checked.returncode == 0, "the signature is not of this key")
document = next((x for x in statement.split("\n") if x.startswith("document ")), "")
need(len(sys.argv) < 3 or sha256(open(sys.argv[2], "rb").read()).hex() in document.split(" ")[5:6],
     "that is another file")
print(f"It holds. Signed {signed['signed']} by {key}:\n\n{statement}")
