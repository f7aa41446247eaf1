/* Names of members: as the file tells them, but harmless, and no two alike. */
#include "formats/unpack.h"

#include <string.h>

enum { NAME_MOST = 800 };

struct names {
    GHashTable *taken; /* a name -> the number that its next bearer gets */
};

struct names *names_new(void)
{
    struct names *n = g_new0(struct names, 1);

    n->taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return n;
}

void names_free(struct names *n)
{
    g_hash_table_unref(n->taken);
    g_free(n);
}

/* What is no letter of UTF-8, and controls, byte by byte as "%E9". */
static void add_harmless(GString *out, const char *at, size_t len)
{
    const char *end = at + len;

    while (at < end) {
        gunichar c = g_utf8_get_char_validated(at, end - at);
        bool is_letter = c < (gunichar)-2 && !g_unichar_iscntrl(c);
        const char *next = is_letter ? g_utf8_next_char(at) : at + 1;

        if (is_letter)
            g_string_append_len(out, at, next - at);
        else
            g_string_append_printf(out, "%%%02X", (unsigned char)*at);
        at = next;
    }
}

/* "/a/b" of "..\a//./b": no way out, whichever stroke parts it. */
static void add_steps(GString *out, const char *path)
{
    while (*path) {
        size_t len = strcspn(path, "/\\");
        bool is_step = len && strspn(path, ".") < len;

        if (is_step || len > 2) {
            g_string_append_c(out, '/');
            add_harmless(out, path, len);
        }
        path += len + (path[len] != '\0');
    }
}

/* Of a name that is too long its end, which has the extension. */
static void shorten(GString *name)
{
    const char *from = name->str + name->len - MIN(name->len, NAME_MOST);

    while ((*from & 0xC0) == 0x80)
        from++;
    g_string_erase(name, 0, from - name->str);
    if (*name->str != '/')
        g_string_prepend_c(name, '/');
}

/* "/list.pdf" -> "/list (2).pdf" */
static char *number(const char *name, guint n)
{
    const char *last = strrchr(name, '/') + 1, *dot = strrchr(last, '.');
    size_t stem = dot > last ? (size_t)(dot - name) : strlen(name);

    return g_strdup_printf("%.*s (%u)%s", (int)stem, name, n, name + stem);
}

static guint next_number(const struct names *n, const char *name)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(n->taken, name));
}

/* Takes it. */
static void take(struct names *n, char *name, guint next)
{
    g_hash_table_replace(n->taken, name, GUINT_TO_POINTER(next));
}

const char *names_add(struct names *n, struct arena *a, const char *path)
{
    GString *name = g_string_new(NULL);
    char *free_name;
    guint next;

    add_steps(name, path);
    if (!name->len)
        g_string_assign(name, "/unnamed");
    shorten(name);
    free_name = g_strdup(name->str);
    next = next_number(n, name->str);
    while (next_number(n, free_name)) {
        g_free(free_name);
        free_name = number(name->str, next++);
    }
    if (next)
        take(n, g_strdup(name->str), next);
    take(n, free_name, 2);
    g_string_free(name, TRUE);
    return arena_keep(a, free_name);
}
