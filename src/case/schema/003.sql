-- Version 3: what reviewing needs.  Who decided, and when, stands in `run`; a
-- row that repeats another carries over to a newer version of a document what
-- was held of an older one, and counts as said by whom, and when, that was.

-- `bulk`: decided with others, without being looked at by itself.  `undoes` is
-- the decision that this one takes back; its verdict is what holds without it.
ALTER TABLE decision ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0
    CHECK (bulk IN (0, 1));
ALTER TABLE decision ADD COLUMN undoes INTEGER REFERENCES decision;
ALTER TABLE decision ADD COLUMN repeats INTEGER REFERENCES decision;
CREATE INDEX decision_run ON decision (run);
CREATE INDEX decision_undone ON decision (undoes) WHERE undoes IS NOT NULL;

-- Notes and requests belong to a claim whatever it is corrected to.
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim,
    run INTEGER NOT NULL REFERENCES run,
    words TEXT NOT NULL,
    repeats INTEGER REFERENCES note
) STRICT;
CREATE INDEX note_claim ON note (claim);

-- That a second reader is asked for, or no longer; the newest row holds.
CREATE TABLE second (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim,
    run INTEGER NOT NULL REFERENCES run,
    asked INTEGER NOT NULL CHECK (asked IN (0, 1)),
    why TEXT,
    repeats INTEGER REFERENCES second
) STRICT;
CREATE INDEX second_claim ON second (claim);

-- Why a claim replaces another.  `undoes` is the correction that it takes back.
CREATE TABLE correction (
    claim INTEGER PRIMARY KEY REFERENCES claim,
    why TEXT,
    undoes INTEGER REFERENCES correction,
    repeats INTEGER REFERENCES correction
) STRICT;

-- That two claims are about one event, or are not; `open` takes back what was
-- held.  The newest row of two claims holds, whichever of them stands first.
CREATE TABLE event_ruling (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    one INTEGER NOT NULL REFERENCES claim,
    other INTEGER NOT NULL REFERENCES claim,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'apart', 'open')),
    why TEXT,
    repeats INTEGER REFERENCES event_ruling
) STRICT;
CREATE INDEX event_ruling_one ON event_ruling (one);
CREATE INDEX event_ruling_other ON event_ruling (other);

CREATE TRIGGER note_stays BEFORE UPDATE ON note
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER note_remains BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER second_stays BEFORE UPDATE ON second
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER second_remains BEFORE DELETE ON second
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER correction_stays BEFORE UPDATE ON correction
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER correction_remains BEFORE DELETE ON correction
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER event_ruling_stays BEFORE UPDATE ON event_ruling
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER event_ruling_remains BEFORE DELETE ON event_ruling
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
