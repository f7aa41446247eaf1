/* Who says how much, and about whom. */
#include "case/store.h"

#include <stdlib.h>
#include <string.h>

enum { ABOUT_TOLD = 3 };

struct speaker {
    struct speaker_row row;
    GHashTable *parties; /* name -> how often */
    int64_t last_document;
};

struct summing {
    struct kase *k;
    struct arena *a;    /* of the answer */
    GHashTable *known;  /* key -> struct speaker */
    struct arena *rows; /* of one document's attributions */
    GError **error;
    bool failed;
};

static void speaker_free(void *self)
{
    struct speaker *s = self;

    g_hash_table_unref(s->parties);
    g_free(s);
}

static struct speaker *find_speaker(
    struct summing *w, const char *key, const char *name, bool is_publisher)
{
    struct speaker *s = g_hash_table_lookup(w->known, key);

    if (s)
        return s;
    s = g_new0(struct speaker, 1);
    s->row.name = arena_copy(w->a, name, strlen(name));
    s->row.is_publisher = is_publisher;
    s->parties = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(w->known, arena_copy(w->a, key, strlen(key)), s);
    return s;
}

/* By entity where that is known, else by the words. */
static struct speaker *
find_source(struct summing *w, const struct phrase_row *p)
{
    const char *name = p->name ? p->name : p->text;
    struct arena *scratch;
    struct speaker *s;
    const char *key;

    if (!p->spans.count || !name)
        return find_speaker(w, "unnamed", "(unnamed)", false);
    scratch = arena_new();
    key = p->key ? arena_print(scratch, "k %s", p->key)
                 : arena_print(
                       scratch, "w %s", text_fold(scratch, name, strlen(name)));
    s = find_speaker(w, key, name, false);
    arena_free(scratch);
    return s;
}

static struct speaker *find_publisher(struct summing *w, const char *name)
{
    char *key = g_strdup_printf("p %s", name ? name : "");
    struct speaker *s =
        find_speaker(w, key, name ? name : "(no publisher known)", true);

    g_free(key);
    return s;
}

static void count_document(struct speaker *s, int64_t document)
{
    s->row.documents += s->last_document != document;
    s->last_document = document;
}

static void
count_party(struct summing *w, struct speaker *s, const struct phrase_row *p)
{
    const char *kept;
    guint n;

    if (!p->name || !p->entity)
        return;
    n = GPOINTER_TO_UINT(g_hash_table_lookup(s->parties, p->name));
    kept = n ? p->name : arena_copy(w->a, p->name, strlen(p->name));
    if (n)
        g_hash_table_steal_extended(
            s->parties, p->name, (gpointer *)&kept, NULL);
    g_hash_table_insert(s->parties, (gpointer)kept, GUINT_TO_POINTER(n + 1));
}

static bool take_claim(const struct claim_row *c, void *self)
{
    struct summing *w = self;
    struct speaker *s =
        c->source_count
            ? find_source(w, &c->sources[c->source_count - 1].source)
            : find_publisher(w, c->publisher);

    s->row.claims++;
    if (!c->source_count) /* a source's are counted with its attributions */
        count_document(s, c->document);
    count_party(w, s, &c->roles[ROLE_ACTOR]);
    count_party(w, s, &c->roles[ROLE_TARGET]);
    return true;
}

static bool take_attributions(const struct document_row *d, void *self)
{
    struct summing *w = self;
    struct source_row *rows;
    uint32_t count;

    arena_reset(w->rows);
    if (!case_find_attributions(
            w->k, w->rows, d->id, &rows, &count, w->error)) {
        w->failed = true;
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct speaker *s = find_source(w, &rows[i].source);

        s->row.attributions++;
        count_document(s, d->id);
    }
    return true;
}

/* --- the answer -------------------------------------------------------- */

struct party {
    const char *name;
    guint count;
};

static int by_count(const void *x, const void *y)
{
    const struct party *a = x, *b = y;

    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->name, b->name);
}

/* "A (4), B (2)" */
static const char *about_words(struct arena *a, GHashTable *parties)
{
    guint count = g_hash_table_size(parties), i = 0;
    struct party *all = g_new(struct party, count + 1);
    const char *words = "";
    GHashTableIter iter;
    void *name, *n;

    g_hash_table_iter_init(&iter, parties);
    while (g_hash_table_iter_next(&iter, &name, &n))
        all[i++] = (struct party){name, GPOINTER_TO_UINT(n)};
    qsort(all, count, sizeof(*all), by_count);
    for (i = 0; i < count && i < ABOUT_TOLD; i++)
        words = arena_print(
            a, "%s%s%s (%u)", words, i ? ", " : "", all[i].name, all[i].count);
    g_free(all);
    return words;
}

static int by_claims(const void *x, const void *y)
{
    const struct speaker_row *a = x, *b = y;

    if (a->claims != b->claims)
        return a->claims < b->claims ? 1 : -1;
    if (a->attributions != b->attributions)
        return a->attributions < b->attributions ? 1 : -1;
    return strcmp(a->name, b->name);
}

static void answer(struct summing *w, struct speaker_row **out, uint32_t *count)
{
    GHashTableIter iter;
    void *speaker;
    uint32_t i = 0;

    *count = g_hash_table_size(w->known);
    *out = arena_make(w->a, struct speaker_row, *count);
    g_hash_table_iter_init(&iter, w->known);
    while (g_hash_table_iter_next(&iter, NULL, &speaker)) {
        struct speaker *s = speaker;

        s->row.about = about_words(w->a, s->parties);
        (*out)[i++] = s->row;
    }
    qsort(*out, *count, sizeof(**out), by_claims);
}

bool case_find_speakers(
    struct kase *k, struct arena *a, struct speaker_row **out, uint32_t *count,
    GError **error)
{
    struct claim_filter all = {0};
    struct arena *claims = arena_new(), *documents = arena_new();
    struct summing w = {
        .k = k,
        .a = a,
        .known =
            g_hash_table_new_full(g_str_hash, g_str_equal, NULL, speaker_free),
        .rows = arena_new(),
        .error = error,
    };
    bool good =
        case_find_claims(k, claims, &all, take_claim, &w, error) &&
        documents_each(k, documents, 0, false, take_attributions, &w, error) &&
        !w.failed;

    if (good)
        answer(&w, out, count);
    g_hash_table_unref(w.known);
    arena_free(w.rows);
    arena_free(documents);
    arena_free(claims);
    return good;
}
