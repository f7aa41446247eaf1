/*
 * Did a document, read once more, come out as before?  Rows are held against
 * each other by their places among their document's own.
 */
#include "case/carry.h"

/* What two versions ?1 and ?2 of a document must share: rows of the one that
   the other has not are a difference.  Their numbers are the same. */
#define DIFFERENCE(rows)                                                       \
    "SELECT EXISTS (" rows("?1") " EXCEPT " rows("?2") ") OR EXISTS (" rows(   \
        "?2") " EXCEPT " rows("?1") ")"
#define OF(table, first, count)                                                \
    " FROM document d JOIN " table " x ON x.id >= d." first                    \
    " AND x.id < d." first " + d." count " "
#define IS(id) "WHERE d.id = " id
#define REFERENT "x.referent - d.first_referent, x.name"

#define DOCUMENT_ROWS(id)                                                      \
    "SELECT text_sha256, title, date, publisher, language, body_start, "       \
    "body_stop, tokens, sentences, referents, mentions, attributions, claims " \
    "FROM "                                                                    \
    "document d " IS(id)
#define SENTENCE_ROWS(id)                                                      \
    "SELECT x.id - d.first_sentence, x.start, x.stop, x.paragraph" OF(         \
        "sentence", "first_sentence", "sentences") IS(id)
#define REFERENT_ROWS(id)                                                      \
    "SELECT x.id - d.first_referent, e.kind, e.key, x.name, "                  \
    "x.abbreviation" OF(                                                       \
        "referent", "first_referent",                                          \
        "referents") "JOIN entity e ON e.id = x.entity " IS(id)
#define MENTION_ROWS(id)                                                       \
    "SELECT x.number, x.referent - d.first_referent, x.start, x.stop, "        \
    "x.is_name FROM document d JOIN mention x ON x.document = d.id " IS(id)
#define ATTRIBUTION_ROWS(id)                                                   \
    "SELECT x.id - d.first_attribution, x.sentence - d.first_sentence, "       \
    "x.parent - d.first_attribution, x.source, x.cue, x.content, "             \
    "x.confidence, " REFERENT OF(                                              \
        "attribution", "first_attribution", "attributions") IS(id)
#define CLAIM_ROWS(id)                                                         \
    "SELECT x.id - d.first_claim, x.sentence - d.first_sentence, x.act, "      \
    "x.words, x.modality, x.negative, x.attribution - d.first_attribution, "   \
    "x.confidence, m.words, m.first, m.last, f.words, f.value, f.unit, "       \
    "f.compare, f.population" OF(                                              \
        "claim", "first_claim",                                                \
        "claims") "LEFT JOIN moment m ON m.claim = x.id "                      \
                  "LEFT JOIN figure f ON f.claim = x.id " IS(id)
#define ROLE_ROWS(id)                                                          \
    "SELECT c.id - d.first_claim, x.part, x.spans, " REFERENT                  \
    " FROM document d JOIN claim c ON c.id >= d.first_claim AND "              \
    "c.id < d.first_claim + d.claims JOIN role x ON x.claim = c.id " IS(id)
#define LABEL_ROWS(id)                                                         \
    "SELECT c.id - d.first_claim, x.number, x.spans, x.words, "                \
    "x.of_spans, " REFERENT                                                    \
    " FROM document d JOIN claim c ON c.id >= d.first_claim AND "              \
    "c.id < d.first_claim + d.claims JOIN label x ON x.claim = c.id " IS(id)

static const char *const differences[] = {
    DIFFERENCE(DOCUMENT_ROWS),    DIFFERENCE(SENTENCE_ROWS),
    DIFFERENCE(REFERENT_ROWS),    DIFFERENCE(MENTION_ROWS),
    DIFFERENCE(ATTRIBUTION_ROWS), DIFFERENCE(CLAIM_ROWS),
    DIFFERENCE(ROLE_ROWS),        DIFFERENCE(LABEL_ROWS),
};

bool versions_compare(
    struct kase *k, int64_t older, int64_t newer, bool *are_alike,
    GError **error)
{
    int64_t differ = 0;

    for (size_t i = 0; !differ && i < G_N_ELEMENTS(differences); i++)
        if (!number_find(k, differences[i], &differ, error, "ii", older, newer))
            return false;
    *are_alike = !differ;
    return true;
}
