-- Version 4: the chain of custody.  docs/custody.md explains it.

-- The bytes of documents as they were received, compressed (Zstandard), each
-- once.
CREATE TABLE original (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;

-- What was done, in order.  `statement` names the entry before by its hash and
-- the rows that were added by theirs; `hash` is the statement's, as a leaf of
-- a Merkle tree.  `document` is the one that the statement names, if it names
-- one.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    document INTEGER REFERENCES document,
    statement TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX entry_document ON entry (document) WHERE document IS NOT NULL;

CREATE TRIGGER original_stays BEFORE UPDATE ON original
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER original_remains BEFORE DELETE ON original
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
