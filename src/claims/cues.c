#include "claims/attribution.h"

#include <string.h>

#define COLUMNS "lemma\tpos\tframes\texample"
#define WEIGHTS_HEAD "attest attribution 1\n"

struct cues {
    struct table *table;
    struct cue *rows;
    GHashTable *by_lemma; /* lemma -> its first row */
    char *weights;        /* the file, its first line before the weights */
};

static bool kind_find(const char *word, enum cue_kind *out)
{
    static const char *const words[] = {
#define X(name, word) word,
        CUE_KINDS(X)
#undef X
    };

    for (int i = 0; i < CUE_KIND_COUNT; i++) {
        if (strcmp(words[i], word) == 0) {
            *out = (enum cue_kind)i;
            return true;
        }
    }
    return false;
}

static bool frame_add(struct cue *cue, const char *word)
{
    static const char *const words[] = {
#define X(name, word) word,
        FRAMES(X)
#undef X
    };

    for (int i = 0; i < FRAME_COUNT; i++) {
        if (strcmp(words[i], word) == 0) {
            cue->frames |= 1u << i;
            return true;
        }
    }
    return false;
}

/* Prepositions are interned: the row borrows them for the program's life. */
static bool prep_add(struct cue *cue, const char *word)
{
    for (int i = 0; i < CUE_PREPS_MOST; i++) {
        if (!cue->preps[i]) {
            cue->preps[i] = g_intern_string(word);
            return true;
        }
    }
    return false;
}

static bool add_frames(struct cue *cue, const char *cell)
{
    char **words = g_strsplit(cell, ",", -1);
    bool ok = true;

    for (char **w = words; ok && *w; w++)
        ok = **w == '+' ? prep_add(cue, *w + 1) : frame_add(cue, *w);
    g_strfreev(words);
    return ok;
}

static bool read_row(struct cues *c, size_t row, GError **error)
{
    struct cue *cue = &c->rows[row];
    const char *frames = table_cell(c->table, row, 2);

    cue->lemma = table_cell(c->table, row, 0);
    cue->row = (struct lexicon_row){
        table_name(c->table), table_line(c->table, row), cue->lemma};
    if (!*cue->lemma)
        return table_complain(c->table, row, error, "a cue needs a lemma");
    if (!kind_find(table_cell(c->table, row, 1), &cue->kind))
        return table_complain(
            c->table, row, error,
            "unknown part of speech \"%s\" (verb, noun, adj, adv or prep)",
            table_cell(c->table, row, 1));
    if (*frames && !add_frames(cue, frames))
        return table_complain(
            c->table, row, error,
            "unknown or too many frames in \"%s\" (that, quote, to, ing, "
            "np, npto, and at most %d prepositions as \"+for\")",
            frames, CUE_PREPS_MOST);
    cue->next = g_hash_table_lookup(c->by_lemma, cue->lemma);
    g_hash_table_insert(c->by_lemma, (gpointer)cue->lemma, cue);
    return true;
}

static bool
load_weights(struct cues *c, const char *models_dir, GError **error)
{
    g_autofree char *path =
        g_build_filename(models_dir, "attribution.bin", NULL);
    g_autofree char *content = NULL;
    size_t head = strlen(WEIGHTS_HEAD);
    gsize size = 0;

    if (!g_file_get_contents(path, &content, &size, error))
        return false;
    if (size != head + FEATURE_MASK + 1 ||
        memcmp(content, WEIGHTS_HEAD, head) != 0) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_DATA,
            "%s: is no table of weights; put back the file that came with "
            "this version",
            path);
        return false;
    }
    c->weights = g_steal_pointer(&content);
    return true;
}

struct cues *
cues_load(const char *lexicon_dir, const char *models_dir, GError **error)
{
    struct table *table =
        table_load(lexicon_dir, "cues.tsv", COLUMNS, error);
    struct cues *c;

    if (!table)
        return NULL;
    c = g_new0(struct cues, 1);
    c->table = table;
    c->rows = g_new0(struct cue, table_count(table) + 1);
    c->by_lemma = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t row = 0; row < table_count(table); row++) {
        if (!read_row(c, row, error)) {
            cues_free(c);
            return NULL;
        }
    }
    if (models_dir && !load_weights(c, models_dir, error)) {
        cues_free(c);
        return NULL;
    }
    return c;
}

const int8_t *cues_weights(const struct cues *c)
{
    if (!c->weights)
        return NULL;
    return (const int8_t *)c->weights + strlen(WEIGHTS_HEAD);
}

void cues_free(struct cues *c)
{
    if (!c)
        return;
    g_hash_table_unref(c->by_lemma);
    g_free(c->rows);
    g_free(c->weights);
    table_free(c->table);
    g_free(c);
}

const struct cue *cues_lookup(
    const struct cues *c, const char *lemma, enum cue_kind kind)
{
    const struct cue *cue = g_hash_table_lookup(c->by_lemma, lemma);

    while (cue && cue->kind != kind)
        cue = cue->next;
    return cue;
}

bool cue_takes(const struct cue *cue, enum frame frame)
{
    return cue && cue->frames & 1u << frame;
}

bool cue_takes_prep(const struct cue *cue, const char *prep)
{
    for (int i = 0; cue && i < CUE_PREPS_MOST && cue->preps[i]; i++)
        if (strcmp(cue->preps[i], prep) == 0)
            return true;
    return false;
}
