#include "formats/web/page.h"

#include <string.h>

enum {
    WORDS_MOST = 1000,
    METAS_MOST = 1000,
    LINKS_MOST = 100,
    SCRIPTS_MOST = 100,
    ITEMS_MOST = 32
};

/* The words of an element, taken until it ends. */
struct quote {
    uint32_t depth; /* of the element, among those that are open */
    size_t most;
    GString *words;     /* owned by what they are for */
    struct item *thing; /* whose name is still to be found inside, or NULL */
};

/* A property of microdata (https://schema.org in attributes). */
struct item {
    enum field field;
    GString *value;
    GString *name; /* of a thing that has one; or NULL */
};

struct telling {
    const struct intake_words *words;
    uint32_t depth;
    GArray *quotes;     /* struct quote, the innermost last */
    GHashTable *metas;  /* name in lower case -> content, the first of it */
    GPtrArray *scripts; /* GString, of JSON-LD */
    GPtrArray *links;   /* canonical addresses */
    GPtrArray *items;   /* struct item */
    GString *heading, *title;
    char *time;
    bool is_timed; /* the first <time> was met */
};

static void free_words(gpointer words)
{
    if (words)
        g_string_free(words, TRUE);
}

static void free_item(gpointer at)
{
    struct item *item = at;

    free_words(item->value);
    free_words(item->name);
    g_free(item);
}

struct telling *telling_new(const struct intake_words *words)
{
    struct telling *t = g_new0(struct telling, 1);

    t->words = words;
    t->quotes = g_array_new(FALSE, FALSE, sizeof(struct quote));
    t->metas = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    t->scripts = g_ptr_array_new_with_free_func(free_words);
    t->links = g_ptr_array_new_with_free_func(g_free);
    t->items = g_ptr_array_new_with_free_func(free_item);
    return t;
}

void telling_free(struct telling *t)
{
    g_array_free(t->quotes, TRUE);
    g_hash_table_unref(t->metas);
    g_ptr_array_unref(t->scripts);
    g_ptr_array_unref(t->links);
    g_ptr_array_unref(t->items);
    free_words(t->heading);
    free_words(t->title);
    g_free(t->time);
    g_free(t);
}

/* --- taking note ---------------------------------------------------------------- */

static GString *quote(struct telling *t, size_t most, struct item *thing)
{
    struct quote q = {t->depth, most, g_string_new(NULL), thing};

    g_array_append_val(t->quotes, q);
    return q.words;
}

static void take_meta(struct telling *t, const struct element *e)
{
    const char *content = element_says(e, "content");
    const char *name = element_says(e, "property");
    char *low;

    if (!name)
        name = element_says(e, "name");
    if (!name)
        name = element_says(e, "itemprop");
    if (!name || !content || g_hash_table_size(t->metas) == METAS_MOST)
        return;
    low = g_ascii_strdown(name, -1);
    if (g_hash_table_contains(t->metas, low))
        g_free(low);
    else
        g_hash_table_insert(t->metas, low, g_strdup(content));
}

static void take_script(struct telling *t, const struct element *e)
{
    const char *type = element_says(e, "type");

    if (type && !g_ascii_strcasecmp(type, "application/ld+json") &&
        t->scripts->len < SCRIPTS_MOST)
        g_ptr_array_add(t->scripts, quote(t, SIZE_MAX, NULL));
}

static void take_link(struct telling *t, const struct element *e)
{
    const char *rel = element_says(e, "rel");
    const char *href = element_says(e, "href");

    if (rel && href && !g_ascii_strcasecmp(rel, "canonical") &&
        t->links->len < LINKS_MOST)
        g_ptr_array_add(t->links, g_strdup(href));
}

static void take_time(struct telling *t, const struct element *e)
{
    if (!t->is_timed)
        t->time = g_strdup(element_says(e, "datetime"));
    t->is_timed = true;
}

/* What an element says: in an attribute, or in its words. */
static GString *
said_by(struct telling *t, const struct element *e, struct item *thing)
{
    const char *value = element_says(e, "content");

    if (!value)
        value = element_says(e, "datetime");
    return value && !thing ? g_string_new(value) : quote(t, WORDS_MOST, thing);
}

/* The name of the things that it is inside. */
static void take_name(struct telling *t, const struct element *e)
{
    guint count = t->quotes->len;

    for (guint i = 0; i < count; i++) {
        struct item *thing = g_array_index(t->quotes, struct quote, i).thing;

        if (thing && !thing->name)
            thing->name = said_by(t, e, NULL);
    }
}

static void
take_item(struct telling *t, const struct element *e, const char *property)
{
    static const struct {
        const char *property;
        enum field field;
    } known[] = {
        {"headline", FIELD_TITLE},
        {"datePublished", FIELD_DATE},
        {"publisher", FIELD_PUBLISHER},
    };

    if (!strcmp(property, "name"))
        take_name(t, e);
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        struct item *item;

        if (strcmp(property, known[i].property) != 0 ||
            t->items->len == ITEMS_MOST)
            continue;
        item = g_new0(struct item, 1);
        item->field = known[i].field;
        item->value = said_by(t, e, element_says(e, "itemscope") ? item : NULL);
        g_ptr_array_add(t->items, item);
    }
}

void telling_begin(struct telling *t, const struct element *e)
{
    const char *property = element_says(e, "itemprop");

    t->depth++;
    if (!strcmp(e->name, "meta"))
        take_meta(t, e);
    else if (!strcmp(e->name, "script"))
        take_script(t, e);
    else if (!strcmp(e->name, "link"))
        take_link(t, e);
    else if (!strcmp(e->name, "time"))
        take_time(t, e);
    else if (!strcmp(e->name, "h1") && !t->heading)
        t->heading = quote(t, WORDS_MOST, NULL);
    else if (!strcmp(e->name, "title") && !t->title)
        t->title = quote(t, WORDS_MOST, NULL);
    if (property)
        take_item(t, e, property);
}

void telling_take_words(struct telling *t, struct str words)
{
    for (guint i = 0; i < t->quotes->len; i++) {
        struct quote *q = &g_array_index(t->quotes, struct quote, i);

        g_string_append_len(
            q->words, words.at,
            (gssize)MIN(words.len, q->most - q->words->len));
    }
}

void telling_end(struct telling *t)
{
    GArray *quotes = t->quotes;

    while (quotes->len &&
           g_array_index(quotes, struct quote, quotes->len - 1).depth ==
               t->depth)
        g_array_set_size(quotes, quotes->len - 1);
    t->depth--;
}

/* --- what it comes to -------------------------------------------------------------- */

static void
read_metas(struct telling *t, struct making *m, struct page_tells *tells)
{
    const GPtrArray *modified = t->words->modified;

    for (int f = 0; f < FIELD_COUNT; f++) {
        const GPtrArray *names = t->words->metas[f];

        for (guint i = 0; i < names->len; i++) {
            const char *name = g_ptr_array_index(names, i);
            char *where = g_strdup_printf("meta %s", name);

            field_set(
                m, (enum field)f, g_hash_table_lookup(t->metas, name), where);
            g_free(where);
        }
    }
    for (guint i = 0; i < modified->len && !tells->modified; i++)
        tells->modified = arena_keep(
            m->a,
            g_hash_table_lookup(t->metas, g_ptr_array_index(modified, i)));
}

static void read_scripts(
    const struct telling *t, struct making *m, struct page_tells *tells)
{
    for (guint i = 0; i < t->scripts->len; i++) {
        const GString *script = g_ptr_array_index(t->scripts, i);

        page_read_linked(m, (struct str){script->str, script->len}, tells);
    }
}

/* Words may have been cut off in the middle of a letter. */
static const char *whole_letters(GString *words)
{
    const char *end;

    if (!words)
        return NULL;
    g_utf8_validate(words->str, (gssize)words->len, &end);
    return g_string_truncate(words, (gsize)(end - words->str))->str;
}

static void read_items(const struct telling *t, struct making *m)
{
    for (guint i = 0; i < t->items->len; i++) {
        const struct item *item = g_ptr_array_index(t->items, i);

        field_set(
            m, item->field,
            whole_letters(item->name ? item->name : item->value), "microdata");
    }
}

/* "Title | The Courier" or "The Courier - Title": the longest part. */
static void read_title(struct making *m, const char *title)
{
    char **parts = g_regex_split_simple(
        " [|\xC2\xB7\xE2\x80\x93\xE2\x80\x94-] ", title, 0, 0);
    const char *best = NULL;

    for (char **at = parts; at && *at; at++)
        if (!best || strlen(*at) > strlen(best))
            best = *at;
    field_set(m, FIELD_TITLE, best, "title of the page");
    g_strfreev(parts);
}

struct page_tells telling_read(struct telling *t, struct making *m)
{
    struct page_tells tells = {NULL, NULL};

    read_metas(t, m, &tells);
    read_scripts(t, m, &tells);
    for (guint i = 0; i < t->links->len; i++)
        field_set(
            m, FIELD_URL, g_ptr_array_index(t->links, i), "canonical link");
    read_items(t, m);
    field_set(m, FIELD_TITLE, whole_letters(t->heading), "heading");
    if (t->title)
        read_title(m, whole_letters(t->title));
    field_set(m, FIELD_DATE, t->time, "time on the page");
    return tells;
}
