-- Version 2: what reviewers hold of people, groups and places.

-- That two referents are one, or are not; `open` takes back what was held.  The
-- newest row of two referents holds, whichever of them stands first.
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    one INTEGER NOT NULL REFERENCES referent,
    other INTEGER NOT NULL REFERENCES referent,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'apart', 'open')),
    why TEXT NOT NULL
) STRICT;

CREATE TRIGGER ruling_stays BEFORE UPDATE ON ruling
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER ruling_remains BEFORE DELETE ON ruling
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
