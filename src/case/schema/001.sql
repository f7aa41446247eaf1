-- The case, version 1.  docs/case.md explains it to whoever asks with sqlite3.
--
-- Rows are only ever added: what is corrected stays, and the new row names it
-- in `replaces`.  Positions are byte offsets into document_text.text, end
-- exclusive; several spans stand in one column as '12-19 30-41', in text
-- order.  CAST(spans AS INTEGER) is where the first one starts.
--
-- What was read from one document stands in rows that follow each other: from
-- document.first_sentence on there are document.sentences of it, and likewise
-- for the rest.  That takes the place of an index for each.

-- One row for each time that something was added: when, by which program and,
-- where a person decided it, by whom.
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    program TEXT NOT NULL,
    who TEXT
) STRICT;

CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    what TEXT NOT NULL,
    particulars TEXT
) STRICT;

-- The counts tell what was added with the document, so that a missing row
-- shows; first_* is the row of the first, where there is one.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    replaces INTEGER REFERENCES document,
    run INTEGER NOT NULL REFERENCES run,
    sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    media_type TEXT,
    encoding TEXT,
    title TEXT,
    date TEXT,
    date_from TEXT,
    publisher TEXT,
    publisher_from TEXT,
    url TEXT,
    language TEXT,
    notes TEXT,
    size INTEGER NOT NULL,
    text_size INTEGER NOT NULL,
    body_start INTEGER NOT NULL,
    body_stop INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    referents INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    attributions INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    roles INTEGER NOT NULL,
    labels INTEGER NOT NULL,
    first_sentence INTEGER NOT NULL,
    first_referent INTEGER NOT NULL,
    first_attribution INTEGER NOT NULL,
    first_claim INTEGER NOT NULL,
    sketch BLOB NOT NULL,
    UNIQUE (name, version)
) STRICT;
CREATE INDEX document_replaced ON document (replaces)
    WHERE replaces IS NOT NULL;

-- Apart from document, so that listing documents reads no texts.
CREATE TABLE document_text (
    document INTEGER PRIMARY KEY REFERENCES document,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE sentence (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    paragraph INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
) STRICT;

-- Row N holds the words of sentence N, not its text.
CREATE VIRTUAL TABLE search USING fts5 (
    text, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- A person, group or place, across documents; without a key it is known in
-- one document only.
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'group', 'place')),
    key TEXT,
    name TEXT NOT NULL,
    UNIQUE (kind, key)
) STRICT;

-- An entity in one document, by the fullest name it has there.
CREATE TABLE referent (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    entity INTEGER NOT NULL REFERENCES entity,
    name TEXT NOT NULL,
    abbreviation TEXT
) STRICT;

CREATE TABLE mention (
    document INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    referent INTEGER NOT NULL REFERENCES referent,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    is_name INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- A source, the cue that makes it one, and what it says.  `parent` is the
-- attribution in whose content this one stands.  Confidences count
-- thousandths.
CREATE TABLE attribution (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    sentence INTEGER REFERENCES sentence,
    parent INTEGER REFERENCES attribution DEFERRABLE INITIALLY DEFERRED,
    source TEXT,
    referent INTEGER REFERENCES referent,
    name TEXT,
    cue TEXT,
    content TEXT,
    confidence INTEGER NOT NULL
) STRICT;

CREATE TABLE act (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE modality (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL
) STRICT;
INSERT INTO modality VALUES
    (0, 'asserted'), (1, 'denied'), (2, 'possible'), (3, 'planned'),
    (4, 'ordered'), (5, 'demanded'), (6, 'threatened'), (7, 'conditional');

-- `words` is the trigger; `attribution` the innermost that holds it.  A
-- corrected claim is a row outside the document's own.
CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    sentence INTEGER NOT NULL REFERENCES sentence,
    run INTEGER NOT NULL REFERENCES run,
    replaces INTEGER REFERENCES claim,
    act INTEGER NOT NULL REFERENCES act,
    words TEXT NOT NULL,
    modality INTEGER NOT NULL REFERENCES modality,
    negative INTEGER NOT NULL,
    attribution INTEGER REFERENCES attribution,
    confidence INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_replaced ON claim (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX claim_corrected ON claim (document) WHERE replaces IS NOT NULL;

-- When the act is said to happen: the words, and the days they stand for.
CREATE TABLE moment (
    claim INTEGER PRIMARY KEY REFERENCES claim,
    words TEXT NOT NULL,
    first TEXT,
    last TEXT
) STRICT;

-- A figure tied to the act; `population` is whom it counts.
CREATE TABLE figure (
    claim INTEGER PRIMARY KEY REFERENCES claim,
    words TEXT NOT NULL,
    value REAL,
    unit TEXT,
    compare TEXT,
    population TEXT
) STRICT;

CREATE TABLE part (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL
) STRICT;
INSERT INTO part VALUES
    (0, 'actor'), (1, 'target'), (2, 'place'), (3, 'origin'),
    (4, 'destination');

-- `name` is set only where it is not the referent's.
CREATE TABLE role (
    claim INTEGER NOT NULL REFERENCES claim,
    part INTEGER NOT NULL REFERENCES part,
    spans TEXT NOT NULL,
    referent INTEGER REFERENCES referent,
    name TEXT,
    PRIMARY KEY (claim, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE label (
    claim INTEGER NOT NULL REFERENCES claim,
    number INTEGER NOT NULL,
    spans TEXT,
    words TEXT NOT NULL,
    of_spans TEXT,
    referent INTEGER REFERENCES referent,
    name TEXT,
    PRIMARY KEY (claim, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim,
    run INTEGER NOT NULL REFERENCES run,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected', 'open')),
    why TEXT
) STRICT;
CREATE INDEX decision_claim ON decision (claim);

-- What holds: the newest versions, and claims that no other row replaces.
CREATE VIEW current_document AS
SELECT d.* FROM document d
WHERE NOT EXISTS (SELECT 1 FROM document n WHERE n.replaces = d.id);

CREATE VIEW current_claim AS
SELECT c.id, c.document, c.sentence, c.replaces, a.code AS act, c.words,
    m.word AS modality, c.negative, c.attribution,
    c.confidence / 1000.0 AS confidence, t.first, t.last, f.value AS figure,
    f.unit, f.compare,
    coalesce((SELECT verdict FROM decision WHERE claim = c.id
              ORDER BY id DESC LIMIT 1), 'open') AS verdict
FROM claim c JOIN act a ON a.id = c.act JOIN modality m ON m.id = c.modality
LEFT JOIN moment t ON t.claim = c.id LEFT JOIN figure f ON f.claim = c.id
WHERE NOT EXISTS (SELECT 1 FROM claim n WHERE n.replaces = c.id)
    AND NOT EXISTS (SELECT 1 FROM document n WHERE n.replaces = c.document);

-- Who plays which part, by the fullest name known and across documents.
CREATE VIEW claim_role AS
SELECT r.claim, p.word AS part, r.spans, coalesce(r.name, f.name) AS name,
    f.entity
FROM role r JOIN part p ON p.id = r.part
LEFT JOIN referent f ON f.id = r.referent;

-- A sentence with its words; SQLite counts characters in TEXT and bytes in
-- BLOB.
CREATE VIEW sentence_text AS
SELECT s.id, s.document,
    CAST(substr(CAST(t.text AS BLOB), s.start + 1, s.stop - s.start) AS TEXT)
        AS text
FROM sentence s JOIN document_text t ON t.document = s.document;

CREATE TRIGGER run_stays BEFORE UPDATE ON run
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER run_remains BEFORE DELETE ON run
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER log_stays BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER log_remains BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER document_stays BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER document_remains BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER document_text_stays BEFORE UPDATE ON document_text
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER document_text_remains BEFORE DELETE ON document_text
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER sentence_stays BEFORE UPDATE ON sentence
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER sentence_remains BEFORE DELETE ON sentence
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER entity_stays BEFORE UPDATE ON entity
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER entity_remains BEFORE DELETE ON entity
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER referent_stays BEFORE UPDATE ON referent
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER referent_remains BEFORE DELETE ON referent
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER mention_stays BEFORE UPDATE ON mention
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER mention_remains BEFORE DELETE ON mention
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER attribution_stays BEFORE UPDATE ON attribution
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER attribution_remains BEFORE DELETE ON attribution
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER act_stays BEFORE UPDATE ON act
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER act_remains BEFORE DELETE ON act
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER modality_stays BEFORE UPDATE ON modality
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER modality_remains BEFORE DELETE ON modality
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER claim_stays BEFORE UPDATE ON claim
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER claim_remains BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER moment_stays BEFORE UPDATE ON moment
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER moment_remains BEFORE DELETE ON moment
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER figure_stays BEFORE UPDATE ON figure
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER figure_remains BEFORE DELETE ON figure
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER part_stays BEFORE UPDATE ON part
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER part_remains BEFORE DELETE ON part
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER role_stays BEFORE UPDATE ON role
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER role_remains BEFORE DELETE ON role
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER label_stays BEFORE UPDATE ON label
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER label_remains BEFORE DELETE ON label
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;

CREATE TRIGGER decision_stays BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER decision_remains BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
