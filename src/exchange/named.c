/*
 * The names in a document: runs of words with capitals, which of them are one
 * name said in full and in part, and in which claims they take part.
 */
#include "exchange/incident.h"

#include <string.h>

/* --- runs ------------------------------------------------------------- */

/* Where names are looked for. */
struct looking {
    struct report *r;
    const struct words *w;
    uint32_t sentence;
    GArray *runs;
};

static bool is_sign(
    const struct report *r, enum sign_kind kind, const struct words *w,
    uint32_t i, uint32_t *length)
{
    return signs_find(r->tables->signs, kind, w, i, length) != NULL;
}

static bool begins_with_capital(const struct word *word)
{
    return g_unichar_isupper(g_utf8_get_char(word->form));
}

/* "al-Hamid" */
static bool has_small_article(const struct word *word)
{
    const char *hyphen = strchr(word->form, '-');

    return hyphen && hyphen - word->form < 4 &&
           g_unichar_isupper(g_utf8_get_char(hyphen + 1));
}

static struct span bare_span(const struct report *r, const struct word *word)
{
    static const char *const endings[] = {"'s", "\xe2\x80\x99s"};
    struct span s = word->span;
    struct str text = span_text(r->page.document->text, s);

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        size_t len = strlen(endings[i]);

        if (text.len > len &&
            !memcmp(text.at + text.len - len, endings[i], len))
            s.to -= (uint32_t)len;
    }
    return s;
}

/* Is there but a space between the word and the next, or the stop of an
   initial? */
static bool is_joined(const struct looking *l, uint32_t i)
{
    const struct word *word = &l->w->at[i];
    struct str gap;

    if (i + 1 >= l->w->count || bare_span(l->r, word).to != word->span.to)
        return false;
    gap = span_text(
        l->r->page.document->text,
        (struct span){word->span.to, l->w->at[i + 1].span.from});
    return str_is(gap, " ") ||
           (g_utf8_strlen(word->form, -1) <= 2 && str_is(gap, ". "));
}

static uint32_t run_end(const struct looking *l, uint32_t first)
{
    uint32_t end = first + 1, length;

    for (uint32_t i = first; is_joined(l, i); i++) {
        const struct word *next = &l->w->at[i + 1];

        if (begins_with_capital(next) || has_small_article(next))
            end = i + 2;
        else if (!is_sign(l->r, SIGN_INNER, l->w, i + 1, &length))
            break;
    }
    return end;
}

/* How many words at `i` lead to a name and are none of it: "The Belarusian
   journalist ...", written with capitals. */
static uint32_t lead_length(const struct looking *l, uint32_t i, uint32_t end)
{
    static const enum sign_kind kinds[] = {
        SIGN_BEFORE, SIGN_TITLE, SIGN_OFFICE, SIGN_VICTIM};
    struct country_form country;
    uint32_t length = 0;

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++)
        if (is_sign(l->r, kinds[k], l->w, i, &length) && i + length <= end)
            return length;
    if (atlas_find(l->r->tables->atlas, l->w, i, &country) &&
        country.what != COUNTRY_PLACE && i + country.length < end)
        return country.length;
    return 0;
}

static void take_run(const struct looking *l, uint32_t first, uint32_t end)
{
    struct name_run run = {.sentence = l->sentence, .last = end};
    uint32_t length;

    while (first < end && (length = lead_length(l, first, end)) > 0)
        first += length;
    while (first < run.last &&
           is_sign(l->r, SIGN_BEFORE, l->w, run.last - 1, &length))
        run.last--;
    if (first >= run.last ||
        !g_unichar_isalpha(g_utf8_get_char(l->w->at[first].form)))
        return;
    run.first = first;
    run.span = (struct span){
        l->w->at[first].span.from, bare_span(l->r, &l->w->at[run.last - 1]).to};
    g_array_append_val(l->runs, run);
}

static void find_runs(struct looking *l)
{
    for (uint32_t i = 0; i < l->w->count;) {
        uint32_t end = i + 1;

        if (begins_with_capital(&l->w->at[i])) {
            end = run_end(l, i);
            take_run(l, i, end);
        }
        i = end;
    }
}

/* --- one name in full and in part ------------------------------------- */

static const char *folded(struct arena *a, struct str text)
{
    char *lower = g_utf8_strdown(text.at, (gssize)text.len);
    const char *out = arena_copy(a, lower, strlen(lower));

    g_free(lower);
    return out;
}

/* Does the name hold all the words of the part, in a row? */
static bool holds(const char *name, const char *part)
{
    size_t len = strlen(part);

    for (const char *at = strstr(name, part); at; at = strstr(at + 1, part))
        if ((at == name || at[-1] == ' ') &&
            (at[len] == '\0' || at[len] == ' '))
            return true;
    return false;
}

struct gathering {
    struct report *r;
    const char **folds;  /* of each named */
    GHashTable *by_fold; /* fold -> index + 1 */
};

static uint32_t add_named(struct gathering *g, uint32_t run, const char *fold)
{
    struct report *r = g->r;
    const struct name_run *one = &r->runs[run];
    struct str text = span_text(r->page.document->text, one->span);

    g->folds[r->named_count] = fold;
    r->named[r->named_count] = (struct named){
        .name = arena_copy(r->a, text.at, text.len),
        .first = run,
        .words = one->last - one->first,
    };
    g_hash_table_insert(
        g->by_fold, (void *)fold, GUINT_TO_POINTER(r->named_count + 1));
    return r->named_count++;
}

/* The longer name, of those told so far or later, whose part this is: of a
   person what comes first or last. */
static uint32_t fuller(const struct gathering *g, uint32_t n)
{
    uint32_t best = n;

    for (uint32_t i = 0; i < g->r->named_count; i++)
        if (g->r->named[i].words > g->r->named[best].words &&
            g->r->named[i].words <= 4 && holds(g->folds[i], g->folds[n]))
            best = i;
    return best;
}

static void join_parts(const struct gathering *g)
{
    struct report *r = g->r;
    uint32_t *whose = arena_make(r->a, uint32_t, r->named_count + 1);

    for (uint32_t n = 0; n < r->named_count; n++)
        whose[n] = r->named[n].words < 3 ? fuller(g, n) : n;
    for (uint32_t i = r->run_count; i-- > 0;) {
        uint32_t n = whose[r->runs[i].named];

        r->runs[i].own = r->runs[i].named;
        r->runs[i].named = n;
        r->named[r->runs[i].own].own_first = i;
        r->named[r->runs[i].own].own_runs++;
        r->named[n].first = i;
        r->named[n].runs++;
    }
}

static void gather(struct report *r)
{
    struct gathering g = {
        .r = r,
        .folds = arena_make(r->a, const char *, r->run_count + 1),
        .by_fold = g_hash_table_new(g_str_hash, g_str_equal),
    };

    r->named = arena_make(r->a, struct named, r->run_count + 1);
    for (uint32_t i = 0; i < r->run_count; i++) {
        const char *fold =
            folded(r->a, span_text(r->page.document->text, r->runs[i].span));
        uint32_t known = GPOINTER_TO_UINT(g_hash_table_lookup(g.by_fold, fold));

        r->runs[i].named = known ? known - 1 : add_named(&g, i, fold);
    }
    join_parts(&g);
    g_hash_table_unref(g.by_fold);
}

/* --- the title -------------------------------------------------------- */

static bool stands_in(const struct words *w, const char *lower)
{
    for (uint32_t i = 0; i < w->count; i++)
        if (!strcmp(w->at[i].lower, lower))
            return true;
    return false;
}

static void look_in_title(struct report *r)
{
    for (uint32_t i = 0; i < r->run_count; i++) {
        const struct name_run *run = &r->runs[i];
        const struct words *w = &r->sentences[run->sentence];

        if (stands_in(&r->title, w->at[run->last - 1].lower))
            r->named[run->named].in_title = true;
    }
}

/* --- parts in claims -------------------------------------------------- */

struct casting_parts {
    struct report *r;
    GArray *parts;
    uint32_t *first_run; /* of each sentence */
    GHashTable *by_name; /* fold -> index + 1 */
};

static void add_part(
    struct casting_parts *c, uint32_t told, uint32_t named, uint32_t run,
    int role, bool is_whole)
{
    struct part p = {told, named, run, role, is_whole};

    g_array_append_val(c->parts, p);
    if (role == ROLE_TARGET && told_harms(c->r, &c->r->page.at[told]))
        c->r->named[named].harmed++;
}

enum { LITTLE_MORE = 24 }; /* bytes beside a name in its phrase */

static bool
add_runs(struct casting_parts *c, uint32_t told, struct span s, int role)
{
    const struct report *r = c->r;
    uint32_t sentence = r->page.at[told].sentence;
    bool found = false;

    for (uint32_t i = c->first_run[sentence];
         i < r->run_count && r->runs[i].sentence == sentence; i++) {
        struct span run = r->runs[i].span;

        if (!span_has(s, run))
            continue;
        found = true;
        add_part(
            c, told, r->runs[i].named, i, role,
            (s.to - s.from) - (run.to - run.from) < LITTLE_MORE);
    }
    return found;
}

static void add_phrase(
    struct casting_parts *c, uint32_t told, const struct told_phrase *f,
    int role)
{
    bool found = false;

    for (uint32_t i = 0; i < f->spans.count; i++)
        found |= add_runs(c, told, f->spans.at[i], role);
    if (!found && f->name) {
        const char *fold =
            folded(c->r->a, (struct str){f->name, strlen(f->name)});
        uint32_t known =
            GPOINTER_TO_UINT(g_hash_table_lookup(c->by_name, fold));

        if (known)
            add_part(c, told, known - 1, NO_RUN, role, true);
    }
}

static void index_names(struct casting_parts *c)
{
    struct report *r = c->r;

    for (uint32_t i = r->run_count; i-- > 0;) {
        const struct name_run *run = &r->runs[i];

        g_hash_table_insert(
            c->by_name,
            (void *)folded(r->a, span_text(r->page.document->text, run->span)),
            GUINT_TO_POINTER(run->named + 1));
    }
    c->first_run = arena_make(r->a, uint32_t, r->page.sentence_count + 1);
    for (uint32_t s = 0, i = 0; s < r->page.sentence_count; s++) {
        while (i < r->run_count && r->runs[i].sentence < s)
            i++;
        c->first_run[s] = i;
    }
}

static void find_parts(struct report *r)
{
    struct casting_parts c = {
        .r = r,
        .parts = g_array_new(FALSE, FALSE, sizeof(struct part)),
        .by_name = g_hash_table_new(g_str_hash, g_str_equal),
    };

    index_names(&c);
    for (uint32_t i = 0; i < r->page.count; i++) {
        const struct told *t = &r->page.at[i];

        for (int role = 0; role < ROLE_COUNT; role++)
            add_phrase(&c, i, &t->roles[role], t->id ? role : SOURCE_ROLE);
        for (uint32_t n = 0; n < t->source_count; n++)
            add_phrase(&c, i, &t->sources[n], SOURCE_ROLE);
    }
    r->part_count = c.parts->len;
    r->parts = arena_make(r->a, struct part, r->part_count + 1);
    if (r->part_count)
        memcpy(r->parts, c.parts->data, r->part_count * sizeof(*r->parts));
    g_array_free(c.parts, TRUE);
    g_hash_table_unref(c.by_name);
}

/* --- words that only begin a sentence --------------------------------- */

static bool begins_sentence(const struct report *r, const struct name_run *run)
{
    return run->first == 0 && run->last == 1 &&
           !r->sentences[run->sentence].at[0].ends_clause;
}

/* Leaves out "Soldiers" of "Soldiers detained": a single word whose capital is
   that of its sentence, unless it has one elsewhere too. */
static void drop_beginnings(struct report *r)
{
    GHashTable *known = g_hash_table_new(g_str_hash, g_str_equal);
    uint32_t kept = 0, length;

    for (uint32_t i = 0; i < r->run_count; i++)
        if (!begins_sentence(r, &r->runs[i]))
            for (uint32_t n = r->runs[i].first; n < r->runs[i].last; n++)
                g_hash_table_add(
                    known,
                    (void *)r->sentences[r->runs[i].sentence].at[n].lower);
    for (uint32_t i = 0; i < r->run_count; i++) {
        const struct words *w = &r->sentences[r->runs[i].sentence];
        struct country_form c;

        if (!begins_sentence(r, &r->runs[i]) ||
            g_hash_table_contains(known, w->at[0].lower) ||
            atlas_find(r->tables->atlas, w, 0, &c) ||
            signs_region(r->tables->signs, w, 0, &length))
            r->runs[kept++] = r->runs[i];
    }
    r->run_count = kept;
    g_hash_table_unref(known);
}

void names_find(struct report *r)
{
    struct looking l = {
        .r = r, .runs = g_array_new(FALSE, FALSE, sizeof(struct name_run))};

    for (uint32_t i = 0; i < r->page.sentence_count; i++) {
        l.sentence = i;
        l.w = &r->sentences[i];
        find_runs(&l);
    }
    r->run_count = l.runs->len;
    r->runs = arena_make(r->a, struct name_run, r->run_count + 1);
    if (r->run_count)
        memcpy(r->runs, l.runs->data, r->run_count * sizeof(*r->runs));
    g_array_free(l.runs, TRUE);
    drop_beginnings(r);
    gather(r);
    look_in_title(r);
    find_parts(r);
}
