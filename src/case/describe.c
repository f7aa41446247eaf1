/* What people know of documents better than attest read it. */
#include "case/store.h"

#include <string.h>

/* More is no title, and no name. */
enum { VALUE_MOST = 2000 };

static const char *const described_words[] = {
#define X(name, word) word,
    DESCRIBED(X)
#undef X
};

const char *described_word(enum described f)
{
    return described_words[f];
}

bool described_find(const char *word, enum described *out)
{
    for (int i = 0; word && i < DESCRIBED_COUNT; i++)
        if (!strcmp(word, described_words[i])) {
            *out = (enum described)i;
            return true;
        }
    return false;
}

/* --- values --------------------------------------------------------------- */

static bool is_line(const char *value)
{
    if (!*value || strlen(value) > VALUE_MOST ||
        !g_utf8_validate(value, -1, NULL))
        return false;
    for (; *value; value = g_utf8_next_char(value))
        if (g_unichar_iscntrl(g_utf8_get_char(value)))
            return false;
    return true;
}

static bool is_language(const char *value)
{
    size_t length = strspn(value, "abcdefghijklmnopqrstuvwxyz");

    return !value[length] && (length == 2 || length == 3);
}

static bool is_address(const char *value)
{
    return g_uri_is_valid(value, G_URI_FLAGS_NONE, NULL);
}

static bool value_check(enum described f, const char *value, GError **error)
{
    static const struct {
        bool (*fits)(const char *value);
        const char *otherwise;
    } kinds[DESCRIBED_COUNT] = {
        [DESCRIBED_DATE] = {date_is, "is no day; write one like 2012-02-21"},
        [DESCRIBED_URL] =
            {is_address, "is no address; write one like https://example.org/a"},
        [DESCRIBED_LANGUAGE] =
            {is_language, "is no language; write its code, like en"},
    };
    const char *otherwise = NULL;

    if (!is_line(value))
        otherwise =
            "must be one line of text, not empty, of 2000 bytes at most";
    else if (kinds[f].fits && !kinds[f].fits(value))
        otherwise = kinds[f].otherwise;
    if (!otherwise)
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "%s: '%.60s' %s",
        described_words[f], g_utf8_validate(value, -1, NULL) ? value : "?",
        otherwise);
    return false;
}

/* --- describing ----------------------------------------------------------- */

bool case_find_description_version(
    struct kase *k, int64_t document, int64_t *out, GError **error)
{
    return number_find(
        k,
        "SELECT 1 + count(*) FROM document d JOIN document o ON "
        "o.name = d.name CROSS JOIN description x ON x.document = o.id "
        "WHERE d.id = ?",
        out, error, "i", document);
}

static bool document_check(
    struct kase *k, int64_t document, int64_t version, GError **error)
{
    int64_t there, found;

    if (!number_find(
            k, "SELECT count(*) FROM document WHERE id = ?", &there, error, "i",
            document) ||
        !case_find_description_version(k, document, &found, error))
        return false;
    if (there && (!version || version == found))
        return true;
    g_set_error(
        error, ATTEST_ERROR, there ? ATTEST_ERROR_CONFLICT : ATTEST_ERROR_INPUT,
        "%s: d%" G_GINT64_FORMAT " %s", k->path, document,
        there ? "was described by somebody since you saw it" : "is not there");
    return false;
}

static bool add_fields(
    struct kase *k, int64_t document, int64_t run,
    const struct description *said, GError **error)
{
    for (int i = 0; i < DESCRIBED_COUNT; i++)
        if (said->fields[i].how != AMEND_KEEP &&
            !row_add(
                k,
                "INSERT INTO description (document, run, field, value, why) "
                "VALUES (?, ?, ?, ?, ?)",
                error, "iittt", document, run, described_words[i],
                said->fields[i].value, said->why))
            return false;
    return true;
}

static bool fields_check(const struct description *said, GError **error)
{
    for (int i = 0; i < DESCRIBED_COUNT; i++)
        if (said->fields[i].how == AMEND_SET &&
            !value_check((enum described)i, said->fields[i].value, error))
            return false;
    return true;
}

bool case_describe(
    struct kase *k, const int64_t *documents, uint32_t count,
    const struct description *said, GError **error)
{
    int64_t run;
    bool good;

    if (!fields_check(said, error))
        return false;
    good = ruling_open(k, said->who, &run, error);
    for (uint32_t i = 0; good && i < count; i++)
        good = document_check(k, documents[i], said->version, error) &&
               add_fields(k, documents[i], run, said, error);
    return ruling_close(k, good, error);
}

/* --- what is said --------------------------------------------------------- */

static bool load_row(
    struct kase *k, struct arena *a, struct lease *l,
    struct description_row *out, GError **error)
{
    const char *field = (const char *)sqlite3_column_text(l->at, 1);

    *out = (struct description_row){
        .id = sqlite3_column_int64(l->at, 0),
        .value = column_text(a, l, 2),
        .why = column_text(a, l, 3),
        .who = column_text(a, l, 4),
        .at = column_text(a, l, 5),
        .run = sqlite3_column_int64(l->at, 6),
    };
    return (described_find(field, &out->field) && out->at) ||
           store_damaged(k, error, "description", out->id);
}

bool case_find_descriptions(
    struct kase *k, struct arena *a, const char *name,
    struct description_row **out, uint32_t *count, GError **error)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(struct description_row));
    LEASE l = rows_open(
        k,
        "SELECT x.id, x.field, x.value, x.why, r.who, r.at, r.id FROM document "
        "o "
        "CROSS JOIN description x ON x.document = o.id JOIN run r ON r.id = "
        "x.run WHERE o.name = ? ORDER BY x.id",
        error, "t", name);
    bool good = true;

    while (good && rows_take(&l, error)) {
        struct description_row row;

        good = load_row(k, a, &l, &row, error);
        g_array_append_val(rows, row);
    }
    *out = arena_take(a, rows, count);
    return good && !l.failed;
}
