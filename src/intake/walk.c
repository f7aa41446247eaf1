/* Files and folders, one source after the other. */
#include "intake/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FOLDERS_DEEP = 128, RECORD_MOST = 256 << 20 };

/* A folder being walked. */
struct folder {
    char *path, *id; /* of what is in it, before its name; id may be "" */
    GPtrArray *names;
    guint next;
    dev_t device;
    ino_t inode;
};

struct intake {
    const char *const *paths;
    bool is_one;        /* a single path: ids count from it */
    GPtrArray *folders; /* the innermost last */
    GHashTable *seen;   /* "device:inode" of folders */
    struct members *members;
    FILE *records;             /* the JSON Lines file being read */
    struct source *records_of; /* which is this */
    uint64_t line, size;
    bool is_measured;
};

void source_free(struct source *s)
{
    if (!s)
        return;
    g_free(s->id);
    g_free(s->path);
    if (s->bytes)
        g_bytes_unref(s->bytes);
    g_free(s->container);
    g_free(s->media_type);
    for (int i = 0; i < FIELD_COUNT; i++) {
        g_free(s->values[i]);
        g_free(s->from[i]);
    }
    g_clear_error(&s->error);
    g_free(s);
}

struct source *source_new(const char *path, const char *id)
{
    struct source *s = g_new0(struct source, 1);

    s->path = g_strdup(path);
    s->id = g_utf8_make_valid(id, -1);
    return s;
}

struct source *source_failed(const char *id, const char *why)
{
    struct source *s = source_new(NULL, id);

    s->error = g_error_new_literal(ATTEST_ERROR, ATTEST_ERROR_INPUT, why);
    return s;
}

/* --- folders -------------------------------------------------------------- */

static void folder_free(void *self)
{
    struct folder *f = self;

    g_free(f->path);
    g_free(f->id);
    g_ptr_array_free(f->names, TRUE);
    g_free(f);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *list_names(GDir *dir)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while ((name = g_dir_read_name(dir)))
        if (*name != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_bytes);
    return names;
}

static bool is_inside_itself(const struct intake *in, const GStatBuf *st)
{
    for (guint i = 0; i < in->folders->len; i++) {
        const struct folder *f = g_ptr_array_index(in->folders, i);

        if (f->device == st->st_dev && f->inode == st->st_ino)
            return true;
    }
    return false;
}

/* NULL, or the source that tells why not. */
static struct source *open_folder(
    struct intake *in, const char *path, const char *id, const GStatBuf *st)
{
    struct folder *f;
    GDir *dir;
    char *mark;

    if (is_inside_itself(in, st))
        return source_failed(id, "a folder that is inside itself (a link)");
    if (in->folders->len == FOLDERS_DEEP)
        return source_failed(id, "more than 128 folders inside each other");
    mark = g_strdup_printf("%lu:%lu", (gulong)st->st_dev, (gulong)st->st_ino);
    if (!g_hash_table_add(in->seen, mark))
        return NULL; /* walked already, under another name */
    dir = g_dir_open(path, 0, NULL);
    if (!dir)
        return source_failed(id, g_strerror(errno));
    f = g_new0(struct folder, 1);
    f->path = g_strdup(path);
    f->id = g_strdup(id);
    f->names = list_names(dir);
    f->device = st->st_dev;
    f->inode = st->st_ino;
    g_dir_close(dir);
    g_ptr_array_add(in->folders, f);
    return NULL;
}

/* --- JSON Lines ------------------------------------------------------------ */

static bool has_records(const char *path)
{
    return g_str_has_suffix(path, ".jsonl") ||
           g_str_has_suffix(path, ".ndjson");
}

/* A line without its end; false at the end of the file.  Of a line that is too
   long the start is kept, and *is_long set. */
static bool read_line(FILE *file, GString *line, bool *is_long)
{
    char part[1 << 16];
    size_t len;

    g_string_truncate(line, 0);
    *is_long = false;
    for (;;) {
        int c = fgetc(file);

        if (c == EOF)
            return line->len > 0;
        ungetc(c, file);
        len = 0;
        while (len < sizeof(part) && (c = getc_unlocked(file)) != EOF &&
               c != '\n')
            part[len++] = (char)c;
        if (line->len + len > RECORD_MOST)
            *is_long = true;
        else
            g_string_append_len(line, part, (gssize)len);
        if (c == '\n' || c == EOF)
            return true;
    }
}

static void close_records(struct intake *in)
{
    fclose(in->records);
    in->records = NULL;
    g_clear_pointer(&in->records_of, source_free);
}

static struct source *
record_new(struct intake *in, const GString *line, bool is_long)
{
    const struct source *of = in->records_of;
    char *id = g_strdup_printf("%s:%" G_GUINT64_FORMAT, of->id, in->line);
    struct source *s = is_long ? source_failed(id, "a line of more than 256 MB")
                               : source_new(NULL, id);

    g_free(id);
    s->is_record = true;
    s->size = line->len + 1;
    s->container = g_strdup(of->container);
    if (!is_long)
        s->bytes = g_bytes_new(line->str, line->len);
    return s;
}

/* The next record, or NULL at the end of the file. */
static struct source *next_record(struct intake *in)
{
    GString *line = g_string_new(NULL);
    struct source *s = NULL;
    bool is_long;

    while (!s && read_line(in->records, line, &is_long)) {
        in->line++;
        if (is_long || str_trim((struct str){line->str, line->len}).len)
            s = record_new(in, line, is_long);
    }
    g_string_free(line, TRUE);
    if (!s)
        close_records(in);
    return s;
}

/* Takes the source whose records are in the file. */
static struct source *
open_records(struct intake *in, FILE *file, struct source *of)
{
    if (!file) {
        of->error = g_error_new_literal(
            ATTEST_ERROR, ATTEST_ERROR_INPUT, g_strerror(errno));
        return of;
    }
    in->records = file;
    in->records_of = of;
    in->line = 0;
    return next_record(in);
}

static FILE *open_source(const struct source *s)
{
    gsize len;
    gconstpointer bytes;

    if (!s->bytes)
        return fopen(s->path, "r");
    bytes = g_bytes_get_data(s->bytes, &len);
    return len ? fmemopen((void *)bytes, len, "r") : fopen("/dev/null", "r");
}

/* One document, or the first of what it holds; takes it. */
static struct source *begin(struct intake *in, struct source *s)
{
    if (!s->error && !s->is_record && has_records(s->id))
        return open_records(in, open_source(s), s);
    return members_begin(in->members, s);
}

/* --- files ----------------------------------------------------------------- */

static bool is_database(const char *path)
{
    static const char mark[16] = "SQLite format 3";
    char start[sizeof(mark)];
    FILE *file = fopen(path, "r");
    bool found;

    if (!file)
        return false;
    found = fread(start, 1, sizeof(start), file) == sizeof(start) &&
            !memcmp(start, mark, sizeof(mark));
    fclose(file);
    return found;
}

/* SQLite keeps "NAME-wal" and "NAME-shm" beside a database. */
static bool is_beside_database(const char *path)
{
    char *name;
    bool found;

    if (!g_str_has_suffix(path, "-wal") && !g_str_has_suffix(path, "-shm"))
        return false;
    name = g_strndup(path, strlen(path) - 4);
    found = is_database(name);
    g_free(name);
    return found;
}

/* A case of ours, or what SQLite keeps beside it. */
static bool is_case(const char *path)
{
    return is_database(path) || is_beside_database(path) ||
           g_str_has_suffix(path, ".attest") ||
           g_str_has_suffix(path, ".attest-wal") ||
           g_str_has_suffix(path, ".attest-shm");
}

/* Standard input: records if it begins with a brace, else one document. */
static struct source *open_standard(struct intake *in)
{
    enum { STANDARD_MOST = 1 << 30 };
    int c = getc(stdin);
    GByteArray *all;
    struct source *s;
    char part[1 << 16];
    size_t len;

    ungetc(c, stdin);
    if (c == '{')
        return open_records(in, stdin, source_new(NULL, "-"));
    all = g_byte_array_new();
    while ((len = fread(part, 1, sizeof(part), stdin)) > 0 &&
           all->len <= STANDARD_MOST)
        g_byte_array_append(all, (guint8 *)part, (guint)len);
    if (!feof(stdin)) {
        g_byte_array_unref(all);
        return source_failed(
            "-", "more than 1 GB came; save it to a file and read that");
    }
    s = source_new(NULL, "-");
    s->bytes = g_byte_array_free_to_bytes(all);
    s->size = g_bytes_get_size(s->bytes);
    return begin(in, s);
}

/* A path as given or found; NULL where there is nothing to tell of it. */
static struct source *
open_path(struct intake *in, const char *path, const char *id, bool is_given)
{
    struct source *s;
    GStatBuf st;

    if (g_stat(path, &st) != 0)
        return source_failed(
            id, errno == ENOENT && is_given ? "there is no such file or folder"
                                            : g_strerror(errno));
    if (S_ISDIR(st.st_mode))
        return open_folder(in, path, is_given && in->is_one ? "" : id, &st);
    if (S_ISREG(st.st_mode) && !is_given && is_case(path))
        return NULL;
    s = source_new(path, id);
    s->size = (uint64_t)st.st_size;
    return S_ISREG(st.st_mode) ? begin(in, s) : s;
}

/* --- the list ------------------------------------------------------------- */

struct intake *intake_open(
    const char *const *paths, const struct opener *opener, uint64_t member_most)
{
    struct intake *in = g_new0(struct intake, 1);

    in->paths = paths;
    in->is_one = paths[0] && !paths[1];
    in->members = members_new(opener, member_most);
    in->folders = g_ptr_array_new_with_free_func(folder_free);
    in->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return in;
}

void intake_close(struct intake *in)
{
    if (in->records)
        close_records(in);
    members_free(in->members);
    g_ptr_array_free(in->folders, TRUE);
    g_hash_table_unref(in->seen);
    g_free(in);
}

/* The next thing in the innermost folder; NULL if it told nothing. */
static struct source *next_in_folder(struct intake *in)
{
    struct folder *f = g_ptr_array_index(in->folders, in->folders->len - 1);
    struct source *s;
    char *path, *id;

    if (f->next == f->names->len) {
        g_ptr_array_set_size(in->folders, (gint)in->folders->len - 1);
        return NULL;
    }
    path =
        g_build_filename(f->path, g_ptr_array_index(f->names, f->next), NULL);
    id = *f->id ? g_build_filename(
                      f->id, g_ptr_array_index(f->names, f->next), NULL)
                : g_strdup(g_ptr_array_index(f->names, f->next));
    f->next++;
    s = open_path(in, path, id, false);
    g_free(path);
    g_free(id);
    return s;
}

/* The next thing in a file; NULL if it told nothing. */
static struct source *next_in_file(struct intake *in)
{
    struct source *s = members_next(in->members);

    return s ? begin(in, s) : NULL;
}

struct source *intake_next(struct intake *in)
{
    struct source *s = NULL;

    while (!s) {
        if (in->records)
            s = next_record(in);
        else if (members_are_left(in->members))
            s = next_in_file(in);
        else if (in->folders->len)
            s = next_in_folder(in);
        else if (!*in->paths)
            return NULL;
        else if (!strcmp(*in->paths, "-")) {
            in->paths++;
            s = open_standard(in);
        } else {
            s = open_path(in, *in->paths, *in->paths, true);
            in->paths++;
        }
    }
    return s;
}

/* --- how much there is ------------------------------------------------------ */

uint64_t intake_size(struct intake *in)
{
    char *const *paths = (char *const *)in->paths;
    FTS *walk = in->is_measured || !*paths
                    ? NULL
                    : fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    FTSENT *entry;

    while (walk && (entry = fts_read(walk)))
        if (entry->fts_info == FTS_F)
            in->size += (uint64_t)entry->fts_statp->st_size;
    if (walk)
        fts_close(walk);
    in->is_measured = true;
    return in->size;
}
