/*
 * designations.c - who was put on which list, and taken off, when, by whom,
 * according to whom: listings and delistings that claims tell, in their order.
 */
#include "cli/happening.h"

#include <stdlib.h>
#include <string.h>

static const struct column columns[] = {
    {"who", false, 3, 0},          {"authority", false, 3, 0},
    {"from", false, 0, 0},         {"to", false, 0, 0},
    {"according to", false, 4, 0}, {"claims", false, 2, 1},
};

/* One claim that somebody was listed, or delisted. */
struct entry {
    const struct told *told;
    bool is_listing;
    const char *who, *authority; /* keys, or words in small letters */
    const char *day;             /* of the act, else of the report */
};

static bool is_act(const struct told *t, const char *act)
{
    return !strcmp(t->act, act) && t->claim->stance == STANCE_SAID;
}

/* The key, or the words where there is none; NULL where nobody is told. */
static const char *name_of(struct arena *a, const struct told *t, int role)
{
    g_autofree char *small = NULL;

    if (t->keys[role])
        return t->keys[role];
    if (!t->parties[role])
        return NULL;
    small = g_utf8_strdown(t->parties[role], -1);
    return arena_copy(a, small, strlen(small));
}

static int by_history(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    int order = g_strcmp0(a->who, b->who);

    if (!order)
        order = g_strcmp0(a->authority, b->authority);
    if (!order)
        order = g_strcmp0(a->day, b->day);
    if (!order && a->is_listing != b->is_listing)
        order = a->is_listing ? -1 : 1;
    return order ? order : a->told->id < b->told->id ? -1 : 1;
}

static GArray *list_entries(struct arena *a, const struct digest *d)
{
    GArray *entries = g_array_new(FALSE, TRUE, sizeof(struct entry));

    for (uint32_t i = 0; i < d->count; i++) {
        const struct told *t = &d->told[i];
        struct entry e = {
            .told = t,
            .is_listing = is_act(t, "designation.list"),
            .who = name_of(a, t, 1),
            .authority = name_of(a, t, 0),
            .day = t->first ? t->first : t->document_date,
        };

        if (e.who && (e.is_listing || is_act(t, "designation.delist")))
            g_array_append_val(entries, e);
    }
    qsort(entries->data, entries->len, sizeof(struct entry), by_history);
    return entries;
}

/* --- spells on a list ----------------------------------------------------- */

/* From a listing to a delisting, each by the claims that tell it; one of them
   may be missing. */
struct spell {
    const struct entry *first;
    const char *from, *to;
    const char *voices, *claims;
    bool is_closed;
};

/* The day; where only the day of the report is known, that, marked. */
static const char *day_words(struct arena *a, const struct told *t)
{
    if (t->first)
        return period_words(a, t->first, t->last);
    return t->document_date ? arena_print(a, "reported %s", t->document_date)
                            : "no day told";
}

static bool has_voice(const char *voices, const char *voice)
{
    return strstr(voices, voice) != NULL;
}

static void add_entry(struct arena *a, struct spell *s, const struct entry *e)
{
    const char **day = e->is_listing ? &s->from : &s->to;

    if (!*day || (e->told->first && g_str_has_prefix(*day, "reported")))
        *day = day_words(a, e->told);
    if (!has_voice(s->voices, e->told->voice))
        s->voices = arena_print(
            a, "%s%s%s", s->voices, *s->voices ? ", " : "", e->told->voice);
    s->claims = arena_print(
        a, "%s%sc%" G_GINT64_FORMAT, s->claims, *s->claims ? " " : "",
        e->told->id);
    s->is_closed |= !e->is_listing;
}

static void put_spell(struct list *list, const struct spell *s)
{
    if (s->first)
        list_add(
            list, (const char *[]){
                      s->first->told->parties[1], s->first->told->parties[0],
                      s->from, s->to, s->voices, s->claims});
}

/* A listing after a delisting, or of another, begins a new spell. */
static bool continues(const struct spell *s, const struct entry *e)
{
    return s->first && !g_strcmp0(s->first->who, e->who) &&
           !g_strcmp0(s->first->authority, e->authority) &&
           !(s->is_closed && e->is_listing);
}

void list_designations(
    struct arena *a, const struct digest *d, const char *format)
{
    struct list *list = list_new(format, columns, G_N_ELEMENTS(columns));
    GArray *entries = list_entries(a, d);
    struct spell s = {0};

    for (guint i = 0; i < entries->len; i++) {
        const struct entry *e = &g_array_index(entries, struct entry, i);

        if (!continues(&s, e)) {
            put_spell(list, &s);
            s = (struct spell){.first = e, .voices = "", .claims = ""};
        }
        add_entry(a, &s, e);
    }
    put_spell(list, &s);
    g_array_free(entries, TRUE);
    list_end(list, "no claim tells of a listing or a delisting");
}
