#include "digest/credits.h"

#include <string.h>

/* An agency's line stands at the head, and is short. */
enum { HEAD_MOST = 120, NAME_MOST = 40, NAME_LEAST = 2 };

struct credits {
    GHashTable *lines;      /* document -> what its line has in brackets */
    GHashTable *publishers; /* document -> its publisher */
    GHashTable *by_letters; /* first letters -> publisher; "" for several */
};

struct credits *credits_new(void)
{
    struct credits *c = g_new(struct credits, 1);

    c->lines =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    c->publishers =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    c->by_letters =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return c;
}

void credits_free(struct credits *c)
{
    if (!c)
        return;
    g_hash_table_unref(c->lines);
    g_hash_table_unref(c->publishers);
    g_hash_table_unref(c->by_letters);
    g_free(c);
}

static bool is_dash(const char *at)
{
    at += strspn(at, " ");
    return *at == '-' || g_str_has_prefix(at, "–") || g_str_has_prefix(at, "—");
}

/* What stands in brackets before a dash at the head, or NULL; g_free it. */
static char *find_line(struct str text)
{
    g_autofree char *head = g_strndup(text.at, MIN(text.len, HEAD_MOST));
    char *close = strchr(head, ')');
    char *open;
    size_t length;

    if (!close || !is_dash(close + 1))
        return NULL;
    *close = '\0';
    open = strrchr(head, '(');
    length = open ? strlen(open + 1) : 0;
    return length >= NAME_LEAST && length <= NAME_MOST ? g_strdup(open + 1)
                                                       : NULL;
}

/* "Belqar Wire": BW */
static char *letters_of(const char *name)
{
    GString *letters = g_string_new(NULL);
    bool begins = true;

    for (; *name; name = g_utf8_next_char(name)) {
        gunichar c = g_utf8_get_char(name);

        if (begins && g_unichar_isupper(c))
            g_string_append_unichar(letters, c);
        begins = !g_unichar_isalnum(c);
    }
    return g_string_free(letters, FALSE);
}

static void add_publisher(struct credits *c, const char *name)
{
    char *letters = letters_of(name);
    const char *known = g_hash_table_lookup(c->by_letters, letters);

    if (known && !strcmp(known, name))
        g_free(letters);
    else
        g_hash_table_insert(
            c->by_letters, letters, g_strdup(known ? "" : name));
}

void credits_add(struct credits *c, const struct document_row *d)
{
    char *line = find_line((struct str){
        d->text.at + d->body.from, (size_t)(d->body.to - d->body.from)});

    if (line)
        g_hash_table_insert(c->lines, g_memdup2(&d->id, sizeof(d->id)), line);
    if (!d->publisher)
        return;
    add_publisher(c, d->publisher);
    g_hash_table_insert(
        c->publishers, g_memdup2(&d->id, sizeof(d->id)),
        g_strdup(d->publisher));
}

const char *credits_lookup(const struct credits *c, int64_t document)
{
    const char *line = g_hash_table_lookup(c->lines, &document);
    const char *own = g_hash_table_lookup(c->publishers, &document);
    const char *agency = line ? g_hash_table_lookup(c->by_letters, line) : NULL;

    if (!agency || !*agency)
        agency = line;
    return agency && own && !strcmp(agency, own) ? NULL : agency;
}
