#include "cli/cli.h"
#include "cli/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int most = 6;

static const GOptionEntry entries[] = {
    {"most", 'n', 0, G_OPTION_ARG_INT, &most,
     "no more than these in each part (default: 6)", "N"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "One page on the whole case: what is claimed, by act and by person, with\n"
    "who says so; the figures claimed; where accounts differ; what rests on\n"
    "one voice alone. Copies of one text, and reports of one source, count as\n"
    "one voice.";

static void print_title(const char *title)
{
    printf(
        use_colour() ? "\n\033[1m%s\033[0m\n" : "\n%s\n", title);
}

/* A line that goes on under its beginning. */
static void print_line(int indent, const char *words)
{
    GString *plain = g_string_new(NULL), *wrapped = g_string_new(NULL);

    append_plain(plain, words);
    append_wrapped(wrapped, plain->str, indent);
    fputs(wrapped->str, stdout);
    g_string_free(plain, TRUE);
    g_string_free(wrapped, TRUE);
}

/* --- one claim in words -------------------------------------------------- */

static const char *when(struct arena *a, const struct told *t)
{
    if (!t->first || !t->last)
        return "";
    if (!strcmp(t->first, t->last))
        return arena_print(a, ", %s", t->first);
    return arena_print(a, ", %s to %s", t->first, t->last);
}

static const char *how(const struct told *t)
{
    if (t->modality == MODALITY_ASSERTED)
        return t->negative ? " (said not to have happened)" : "";
    return t->modality == MODALITY_DENIED        ? " (denied)"
           : t->modality == MODALITY_POSSIBLE    ? " (possible)"
           : t->modality == MODALITY_PLANNED     ? " (planned)"
           : t->modality == MODALITY_ORDERED     ? " (ordered)"
           : t->modality == MODALITY_DEMANDED    ? " (demanded)"
           : t->modality == MODALITY_THREATENED  ? " (threatened)"
                                                 : " (on a condition)";
}

/* "detain: Sara Ilvik -> Teodor Brask, 2018-11-01 to 2019-04-30" */
static const char *claim_words(struct arena *a, const struct told *t)
{
    const char *actor = t->parties[0], *target = t->parties[1];

    return arena_print(
        a, "%s: %s%s%s%s%s", t->label, actor ? actor : target ? "somebody" : "",
        target ? " → " : "", target ? target : "", when(a, t), how(t));
}

/* Who says so, each once, the first ones. */
static const char *voices(struct arena *a, const struct happening *h)
{
    enum { VOICES_TOLD = 4 };
    const char *words = "", *told[VOICES_TOLD];
    uint32_t count = 0, more = 0;

    for (uint32_t i = 0; i < h->count; i++) {
        const char *voice = h->claims[i]->voice;
        bool known = false;

        for (uint32_t k = 0; k < count; k++)
            known = known || !strcmp(told[k], voice);
        if (known)
            continue;
        if (count == VOICES_TOLD) {
            more++;
            continue;
        }
        told[count++] = voice;
        words = arena_print(a, "%s%s%s", words, *words ? "; " : "", voice);
    }
    return more ? arena_print(a, "%s; and others", words) : words;
}

static const char *ids(struct arena *a, const struct happening *h)
{
    const char *words = "";

    for (uint32_t i = 0; i < h->count && i < 4; i++)
        words = arena_print(
            a, "%s%sc%" G_GINT64_FORMAT, words, i ? " " : "",
            h->claims[i]->id);
    return h->count > 4 ? arena_print(a, "%s ...", words) : words;
}

static void print_happening(struct arena *a, const struct happening *h)
{
    print_line(
        2, arena_print(
               a, "%s  [%s]", claim_words(a, h->claims[0]), ids(a, h)));
    if (h->support > 1)
        print_line(
            6, arena_print(
                   a, "%u voices: %s", h->support, voices(a, h)));
    else
        print_line(6, arena_print(a, "says %s", voices(a, h)));
}

/* --- by act -------------------------------------------------------------- */

static int by_support(const void *x, const void *y)
{
    const struct happening *a = *(struct happening *const *)x;
    const struct happening *b = *(struct happening *const *)y;

    if (a->support != b->support)
        return a->support < b->support ? 1 : -1;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return a->claims[0]->id < b->claims[0]->id ? -1 : 1;
}

static size_t family_length(const char *act)
{
    return strcspn(act, ".");
}

/* The happenings of one family, those with most voices first. */
static GPtrArray *
pick_family(const struct digest *d, const char *family, size_t len)
{
    GPtrArray *picked = g_ptr_array_new();

    for (uint32_t i = 0; i < d->happening_count; i++) {
        const char *act = d->happenings[i].claims[0]->act;

        if (family_length(act) == len && !strncmp(act, family, len))
            g_ptr_array_add(picked, &d->happenings[i]);
    }
    g_ptr_array_sort(picked, by_support);
    return picked;
}

static void print_family(
    const struct digest *d, struct arena *a, const char *family, size_t len)
{
    GPtrArray *picked = pick_family(d, family, len);
    char *title;

    if (picked->len) {
        title = g_strdup_printf(
            "%.*s: %u", (int)len, family, picked->len);
        *title = g_ascii_toupper(*title);
        print_title(title);
        g_free(title);
        for (guint i = 0; i < picked->len && (int)i < most; i++)
            print_happening(a, g_ptr_array_index(picked, i));
        if ((int)picked->len > most)
            printf(
                "  and %u more: attest claims --act %.*s\n",
                picked->len - (guint)most, (int)len, family);
    }
    g_ptr_array_free(picked, TRUE);
}

/* Families in the order of the table of acts. */
static void print_acts(
    const struct digest *d, const struct lexicon *lex, struct arena *a)
{
    GHashTable *seen = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, NULL);

    for (uint32_t i = 0; i < lexicon_act_count(lex); i++) {
        const char *code = lexicon_act_code(lex, i);
        size_t len = family_length(code);

        if (g_hash_table_add(seen, g_strndup(code, len)))
            print_family(d, a, code, len);
    }
    g_hash_table_unref(seen);
}

/* --- by person ----------------------------------------------------------- */

struct figure {
    const char *name;
    uint32_t claims;
    GHashTable *acts[2]; /* label -> how often, as actor and as target */
};

static void figure_free(void *self)
{
    struct figure *f = self;

    g_hash_table_unref(f->acts[0]);
    g_hash_table_unref(f->acts[1]);
    g_free(f);
}

static struct figure *find_figure(GHashTable *all, const struct told *t, int role)
{
    struct figure *f = g_hash_table_lookup(all, t->keys[role]);

    if (!f) {
        f = g_new0(struct figure, 1);
        f->name = t->parties[role];
        f->acts[0] = g_hash_table_new(g_str_hash, g_str_equal);
        f->acts[1] = g_hash_table_new(g_str_hash, g_str_equal);
        g_hash_table_insert(all, (gpointer)t->keys[role], f);
    }
    return f;
}

static int by_claims(const void *x, const void *y)
{
    const struct figure *a = *(struct figure *const *)x;
    const struct figure *b = *(struct figure *const *)y;

    if (a->claims != b->claims)
        return a->claims < b->claims ? 1 : -1;
    return strcmp(a->name, b->name);
}

static GHashTable *counted;

static int by_count(const void *x, const void *y)
{
    const char *a = *(const char *const *)x, *b = *(const char *const *)y;
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counted, a));
    guint m = GPOINTER_TO_UINT(g_hash_table_lookup(counted, b));

    return n != m ? (n < m ? 1 : -1) : strcmp(a, b);
}

/* "detain 4, beat 2", the most frequent first. */
static const char *acts_words(struct arena *a, GHashTable *acts)
{
    guint count;
    void **labels = g_hash_table_get_keys_as_array(acts, &count);
    const char *words = "";

    counted = acts;
    qsort(labels, count, sizeof(*labels), by_count);
    for (guint i = 0; i < count && i < 6; i++)
        words = arena_print(
            a, "%s%s%s %u", words, i ? ", " : "", (char *)labels[i],
            GPOINTER_TO_UINT(g_hash_table_lookup(acts, labels[i])));
    g_free(labels);
    return words;
}

static void print_figure(struct arena *a, const struct figure *f)
{
    const char *does = acts_words(a, f->acts[0]);
    const char *suffers = acts_words(a, f->acts[1]);

    print_line(2, arena_print(a, "%s: %u claims", f->name, f->claims));
    if (*does)
        print_line(6, arena_print(a, "is said to: %s", does));
    if (*suffers)
        print_line(6, arena_print(a, "is said to be the one to whom: %s", suffers));
}

static void print_people(const struct digest *d, struct arena *a)
{
    GHashTable *all = g_hash_table_new_full(
        g_str_hash, g_str_equal, NULL, figure_free);
    GPtrArray *sorted = g_ptr_array_new();
    GHashTableIter iter;
    void *figure;

    for (uint32_t i = 0; i < d->count; i++) {
        for (int role = 0; role < 2; role++) {
            const struct told *t = &d->told[i];
            struct figure *f;
            guint n;

            if (!t->keys[role])
                continue;
            f = find_figure(all, t, role);
            f->claims++;
            n = GPOINTER_TO_UINT(
                g_hash_table_lookup(f->acts[role], t->label));
            g_hash_table_insert(
                f->acts[role], (gpointer)t->label, GUINT_TO_POINTER(n + 1));
        }
    }
    g_hash_table_iter_init(&iter, all);
    while (g_hash_table_iter_next(&iter, NULL, &figure))
        g_ptr_array_add(sorted, figure);
    g_ptr_array_sort(sorted, by_claims);
    if (sorted->len)
        print_title("About whom");
    for (guint i = 0; i < sorted->len && (int)i < most; i++)
        print_figure(a, g_ptr_array_index(sorted, i));
    g_ptr_array_free(sorted, TRUE);
    g_hash_table_unref(all);
}

/* --- figures, differences, single voices ---------------------------------- */

/* The same figure of the same happening, earlier? */
static bool is_told(const struct digest *d, const struct told *t)
{
    const struct happening *h = &d->happenings[t->event];

    for (uint32_t i = 0; i < h->count && h->claims[i] != t; i++)
        if (!g_strcmp0(h->claims[i]->count, t->count))
            return true;
    return false;
}

static void print_counts(const struct digest *d, struct arena *a)
{
    int shown = 0;

    for (uint32_t i = 0; i < d->count; i++) {
        const struct told *t = &d->told[i];

        if (!t->count || is_told(d, t))
            continue;
        if (!shown)
            print_title("Figures claimed");
        if (shown++ == 2 * most) {
            puts("  and more: attest export --format csv");
            return;
        }
        print_line(
            2, arena_print(
                   a, "%s  [c%" G_GINT64_FORMAT "]", t->count, t->id));
        print_line(
            6, arena_print(a, "%s; says %s", claim_words(a, t), t->voice));
    }
}

/* Do two claims of one act and one party contradict each other? */
static const char *difference(const struct told *a, const struct told *b)
{
    bool denied = a->negative || a->modality == MODALITY_DENIED;
    bool denied_too = b->negative || b->modality == MODALITY_DENIED;
    bool plain = a->modality == MODALITY_ASSERTED ||
                 a->modality == MODALITY_DENIED;
    bool plain_too = b->modality == MODALITY_ASSERTED ||
                     b->modality == MODALITY_DENIED;

    if (!plain || !plain_too || !strcmp(a->voice, b->voice))
        return NULL;
    if (denied != denied_too)
        return "one says so, one denies it";
    if (a->has_value && b->has_value && a->value != b->value &&
        !g_strcmp0(a->unit, b->unit))
        return "the figures differ";
    if (a->first && b->first && a->last && b->last &&
        (strcmp(a->last, b->first) < 0 || strcmp(b->last, a->first) < 0) &&
        !strncmp(a->first, b->first, 7) && !strncmp(a->last, b->last, 7))
        return "the days differ";
    return NULL;
}

/* Of one act, and of parties that can be the same and are in part known. */
static bool are_alike(const struct told *a, const struct told *b)
{
    bool shared = false;

    if (strcmp(a->act, b->act) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        if (a->keys[i] && b->keys[i] && strcmp(a->keys[i], b->keys[i]) != 0)
            return false;
        shared = shared || (a->keys[i] && b->keys[i]);
    }
    return shared;
}

static void print_difference(
    struct arena *a, const struct told *x, const struct told *y,
    const char *what)
{
    const struct told *both[] = {x, y};

    print_line(2, arena_print(a, "%s: %s", x->label, what));
    for (int i = 0; i < 2; i++)
        print_line(
            6, arena_print(
                   a, "%s: %s%s%s  [c%" G_GINT64_FORMAT "]", both[i]->voice,
                   claim_words(a, both[i]), both[i]->count ? ": " : "",
                   both[i]->count ? both[i]->count : "", both[i]->id));
}

/* The first claims of each act and party, against which later ones are held:
   a case of many claims must not cost their square. */
enum { COMPARED_MOST = 32 };

static GPtrArray *find_alike(
    GHashTable *all, const struct told *t, int role, const char *act)
{
    char *key = g_strdup_printf("%s %d %s", act, role, t->keys[role]);
    GPtrArray *alike = g_hash_table_lookup(all, key);

    if (alike) {
        g_free(key);
        return alike;
    }
    alike = g_ptr_array_new();
    g_hash_table_insert(all, key, alike);
    return alike;
}

/* The first of these that contradicts the claim, and in what. */
static const struct told *find_contradiction(
    const GPtrArray *alike, const struct told *t, const char **what)
{
    for (guint i = 0; i < alike->len; i++) {
        const struct told *other = g_ptr_array_index(alike, i);

        *what = are_alike(other, t) ? difference(other, t) : NULL;
        if (*what)
            return other;
    }
    return NULL;
}

struct contradictions {
    GHashTable *alike; /* act, role and party -> claims */
    GHashTable *told;  /* what was printed, so that it is once */
    int shown;
};

static void compare_claim(
    struct contradictions *c, struct arena *a, const struct told *t)
{
    for (int role = 0; role < 2; role++) {
        const struct told *other;
        GPtrArray *alike;
        const char *what;

        if (!t->keys[role])
            continue;
        alike = find_alike(c->alike, t, role, t->act);
        other = find_contradiction(alike, t, &what);
        if (alike->len < COMPARED_MOST)
            g_ptr_array_add(alike, (gpointer)t);
        if (!other || !g_hash_table_add(
                          c->told, g_strjoin(
                                       "\t", t->act, t->keys[role], what,
                                       NULL)))
            continue;
        if (!c->shown++)
            print_title("Where accounts differ");
        print_difference(a, other, t, what);
        return;
    }
}

static void print_differences(const struct digest *d, struct arena *a)
{
    struct contradictions c = {
        .alike = g_hash_table_new_full(
            g_str_hash, g_str_equal, g_free,
            (GDestroyNotify)g_ptr_array_unref),
        .told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };

    for (uint32_t i = 0; i < d->count && c.shown < most; i++)
        compare_claim(&c, a, &d->told[i]);
    g_hash_table_unref(c.alike);
    g_hash_table_unref(c.told);
}

static void print_single(const struct digest *d)
{
    uint32_t single = 0;

    for (uint32_t i = 0; i < d->happening_count; i++)
        single += d->happenings[i].support < 2;
    if (!d->happening_count)
        return;
    print_title("What rests on one voice alone");
    printf(
        "  %u of %u happenings. Above, these are the ones with 'says' instead "
        "of 'voices'.\n",
        single, d->happening_count);
}

static bool print_head(struct kase *k, struct arena *a, GError **error)
{
    struct case_totals t;

    if (!case_sum(k, a, &t, error))
        return false;
    print_title(
        t.documents == 1 ? "What one document claims"
                         : arena_print(
                               a, "What %" G_GINT64_FORMAT " documents claim",
                               t.documents));
    print_line(
        0, arena_print(
               a,
               "%s%s%s%" G_GINT64_FORMAT " of the documents copy others. %"
               G_GINT64_FORMAT
               " claims. What follows is what is said, not what is so: each "
               "line belongs to whom it names. 'attest show ID' leads to the "
               "sentence.",
               t.first_date ? t.first_date : "",
               t.first_date ? arena_print(a, " to %s. ", t.last_date) : "", "",
               t.copies, t.claims));
    return true;
}

int command_brief(int argc, char **argv)
{
    struct lexicon *lex;
    struct digest d = {0};
    GError *error = NULL;
    struct arena *a;
    struct kase *k;
    char *tables, *models;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA, "- one page on the case",
        about, entries);
    k = open_case(CASE_READ);
    a = arena_new();
    tables = lexicon_folder();
    models = models_folder();
    lex = lexicon_load(tables, models, &error);
    g_free(tables);
    g_free(models);
    good = lex && digest_load(k, lex, a, &d, &error) &&
           print_head(k, a, &error);
    if (good) {
        print_acts(&d, lex, a);
        print_people(&d, a);
        print_counts(&d, a);
        print_differences(&d, a);
        print_single(&d);
    }
    lexicon_free(lex);
    arena_free(a);
    close_case(k);
    return good ? STATUS_DONE : fail(error);
}
