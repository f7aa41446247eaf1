-- Version 5: where a document came from, and how its readers count.

-- SHA-256 of the file on disk in which it was found with others; NULL where it
-- is a file of its own.
ALTER TABLE document ADD COLUMN container TEXT;

-- Where in a text something begins that its readers count by: page 3, minute
-- 00:02:10.  `at` is a byte offset.
CREATE TABLE milestone (
    document INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    unit TEXT NOT NULL,
    n TEXT NOT NULL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER milestone_stays BEFORE UPDATE ON milestone
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER milestone_remains BEFORE DELETE ON milestone
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
