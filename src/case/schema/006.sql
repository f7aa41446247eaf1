-- Version 6: what people know of a document better than attest read it.

-- The newest row on a field holds for all documents of that name, older and
-- newer versions among them.  A `value` of NULL: it is not known.  What was
-- read stays in `document`.
CREATE TABLE description (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document,
    run INTEGER NOT NULL REFERENCES run,
    field TEXT NOT NULL
        CHECK (field IN ('title', 'date', 'publisher', 'url', 'language')),
    value TEXT,
    why TEXT
) STRICT;
CREATE INDEX description_document ON description (document, field);

DROP VIEW current_document;
CREATE VIEW current_document AS
SELECT d.id, d.name, d.version, d.replaces, d.run, d.sha256, d.text_sha256,
    d.container, d.media_type, d.encoding,
    iif(t.id IS NULL, d.title, t.value) AS title,
    iif(y.id IS NULL, d.date, y.value) AS date,
    iif(y.id IS NULL, d.date_from,
        'described by ' || (SELECT who FROM run WHERE id = y.run))
        AS date_from,
    iif(p.id IS NULL, d.publisher, p.value) AS publisher,
    iif(p.id IS NULL, d.publisher_from,
        'described by ' || (SELECT who FROM run WHERE id = p.run))
        AS publisher_from,
    iif(u.id IS NULL, d.url, u.value) AS url,
    iif(l.id IS NULL, d.language, l.value) AS language,
    d.notes, d.size, d.text_size, d.body_start, d.body_stop, d.tokens,
    d.sentences, d.referents, d.mentions, d.attributions, d.claims, d.roles,
    d.labels, d.first_sentence, d.first_referent, d.first_attribution,
    d.first_claim, d.sketch
FROM document d
LEFT JOIN description t ON t.id = (SELECT max(x.id) FROM document o CROSS JOIN
    description x ON x.document = o.id AND x.field = 'title'
    WHERE o.name = d.name)
LEFT JOIN description y ON y.id = (SELECT max(x.id) FROM document o CROSS JOIN
    description x ON x.document = o.id AND x.field = 'date'
    WHERE o.name = d.name)
LEFT JOIN description p ON p.id = (SELECT max(x.id) FROM document o CROSS JOIN
    description x ON x.document = o.id AND x.field = 'publisher'
    WHERE o.name = d.name)
LEFT JOIN description u ON u.id = (SELECT max(x.id) FROM document o CROSS JOIN
    description x ON x.document = o.id AND x.field = 'url'
    WHERE o.name = d.name)
LEFT JOIN description l ON l.id = (SELECT max(x.id) FROM document o CROSS JOIN
    description x ON x.document = o.id AND x.field = 'language'
    WHERE o.name = d.name)
WHERE NOT EXISTS (SELECT 1 FROM document n WHERE n.replaces = d.id);

CREATE TRIGGER description_stays BEFORE UPDATE ON description
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
CREATE TRIGGER description_remains BEFORE DELETE ON description
BEGIN SELECT RAISE(ABORT, 'a case is only added to'); END;
