#include "server/uploads.h"

#include <errno.h>
#include <fts.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum {
    BATCHES_MOST = 32,
    FILES_MOST = 100000,
    NAME_MOST = 200, /* bytes, so that a number fits behind */
};

struct batch {
    char *session, *name, *folder;
    GHashTable *places; /* names of its files */
};

struct uploads {
    char *folder;
    GPtrArray *batches; /* struct batch * */
    uint32_t made;
};

/* --- folders -------------------------------------------------------------- */

void folder_remove(const char *path)
{
    char *at = g_strdup(path);
    char *paths[] = {at, NULL};
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    FTSENT *e;

    while (walk && (e = fts_read(walk)))
        if (e->fts_info != FTS_D)
            g_remove(e->fts_accpath);
    if (walk)
        fts_close(walk);
    g_free(at);
}

static void batch_free(void *self)
{
    struct batch *b = self;

    if (b->folder)
        folder_remove(b->folder);
    g_hash_table_destroy(b->places);
    g_free(b->session);
    g_free(b->name);
    g_free(b->folder);
    g_free(b);
}

struct uploads *uploads_new(GError **error)
{
    char *folder = g_dir_make_tmp("attest-XXXXXX", error);
    struct uploads *u;

    if (!folder)
        return NULL;
    u = g_new0(struct uploads, 1);
    u->folder = folder;
    u->batches = g_ptr_array_new_with_free_func(batch_free);
    return u;
}

void uploads_free(struct uploads *u)
{
    if (!u)
        return;
    g_ptr_array_free(u->batches, TRUE);
    folder_remove(u->folder);
    g_free(u->folder);
    g_free(u);
}

const char *uploads_folder(const struct uploads *u)
{
    return u->folder;
}

char *uploads_room(const struct uploads *u)
{
    return g_build_filename(u->folder, "coming-XXXXXX", NULL);
}

/* --- batches -------------------------------------------------------------- */

static struct batch *batch_new(
    struct uploads *u, const char *session, const char *name, GError **error)
{
    g_autofree char *number = g_strdup_printf("batch-%u", ++u->made);
    g_autofree char *folder = g_build_filename(u->folder, number, NULL);
    struct batch *b;

    if (g_mkdir(folder, 0700) != 0) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO,
            "there is no place for documents: %s", g_strerror(errno));
        return NULL;
    }
    b = g_new0(struct batch, 1);
    b->session = g_strdup(session);
    b->name = g_strdup(name);
    b->folder = g_steal_pointer(&folder);
    b->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_ptr_array_add(u->batches, b);
    return b;
}

struct batch *uploads_batch(
    struct uploads *u, const char *session, const char *name, GError **error)
{
    for (guint i = 0; i < u->batches->len; i++) {
        struct batch *b = g_ptr_array_index(u->batches, i);

        if (!strcmp(b->session, session) && !strcmp(b->name, name))
            return b;
    }
    if (u->batches->len == BATCHES_MOST) /* the oldest was given up */
        g_ptr_array_remove_index(u->batches, 0);
    return batch_new(u, session, name, error);
}

uint32_t batch_count(const struct batch *b)
{
    return g_hash_table_size(b->places);
}

char *uploads_take(struct uploads *u, struct batch *b)
{
    char *folder = g_steal_pointer(&b->folder);

    g_ptr_array_remove(u->batches, b);
    return folder;
}

/* --- names ---------------------------------------------------------------- */

/* Letters, digits and what is harmless in a name; whatever could be a path, a
   hidden file, an option or unreadable becomes "_". */
static char *harmless_name(const char *given)
{
    GString *name = g_string_new(NULL);

    for (const char *p = given; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool is_first = name->len == 0;
        bool is_fine = c != '/' && c != '\\' && g_unichar_isprint(c) &&
                       !(is_first && (c == '.' || c == '-'));

        g_string_append_unichar(name, is_fine ? c : '_');
    }
    if (!name->len)
        g_string_assign(name, "document");
    return g_string_free(name, FALSE);
}

/* ".txt"; "" where there is none worth keeping. */
static const char *ending_of(const char *name)
{
    enum { ENDING_MOST = 16 };
    const char *dot = strrchr(name, '.');

    return dot && strlen(dot) <= ENDING_MOST ? dot : "";
}

/* "a.txt", then "a (2).txt"; too long a name is cut before its ending. */
static char *numbered(const char *name, uint32_t number)
{
    const char *ending = ending_of(name);
    size_t length = strlen(name) - strlen(ending);
    g_autofree char *stem = NULL;

    if (length > NAME_MOST - strlen(ending))
        length = NAME_MOST - strlen(ending);
    while (length && (name[length] & 0xc0) == 0x80)
        length--;
    stem = g_strndup(name, length);
    return number > 1 ? g_strdup_printf("%s (%u)%s", stem, number, ending)
                      : g_strconcat(stem, ending, NULL);
}

char *batch_place(struct batch *b, const char *name, GError **error)
{
    g_autofree char *plain = harmless_name(name);
    uint32_t number = 1;
    char *place = numbered(plain, number);

    if (batch_count(b) >= FILES_MOST) {
        g_free(place);
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "%d files are enough for once: start reading them", FILES_MOST);
        return NULL;
    }
    while (g_hash_table_contains(b->places, place)) {
        g_free(place);
        place = numbered(plain, ++number);
    }
    g_hash_table_add(b->places, place);
    return g_build_filename(b->folder, place, NULL);
}
