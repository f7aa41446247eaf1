#include "intake/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void making_note(struct making *m, const char *format, ...)
{
    va_list args;
    char *words, *whole; /* what was cut to fit may end in half a letter */

    va_start(args, format);
    words = g_strdup_vprintf(format, args);
    va_end(args);
    whole = g_utf8_make_valid(words, -1);
    g_ptr_array_add(m->notes, arena_copy(m->a, whole, strlen(whole)));
    g_free(whole);
    g_free(words);
}

/* One line, white space collapsed, at most a thousand bytes. */
static const char *tidy(struct arena *a, const char *value)
{
    char *line = g_strstrip(g_strdup(value)), *out = line;
    bool gap = false;
    const char *kept;

    for (const char *p = line; *p && p - line < 1000; p++) {
        if (g_ascii_isspace(*p)) {
            gap = true;
            continue;
        }
        if (gap)
            *out++ = ' ';
        gap = false;
        *out++ = *p;
    }
    while (out > line && !g_utf8_validate(line, out - line, NULL))
        out--;
    kept = arena_copy(a, line, (size_t)(out - line));
    g_free(line);
    return kept;
}

void field_set(
    struct making *m, enum field f, const char *value, const char *where)
{
    struct document *d = m->document;
    const char *kept = value ? tidy(m->a, value) : "";
    const char *day;

    if (!*kept)
        return;
    where = arena_copy(m->a, where, strlen(where));
    if (f == FIELD_TITLE && !d->title) {
        d->title = kept;
    } else if (f == FIELD_URL && !d->url) {
        d->url = kept;
    } else if (f == FIELD_PUBLISHER && !d->publisher) {
        d->publisher = kept;
        d->publisher_from = where;
    } else if (f == FIELD_DATE && !d->date) {
        day = day_find(m->a, kept);
        if (day) {
            d->date = day;
            d->date_from = where;
        } else {
            making_note(m, "no day could be made of the date '%.60s'", kept);
        }
    }
}

/* --- what kind of bytes -------------------------------------------------- */

static bool has_extension(const char *id, const char *const *extensions)
{
    const char *dot = strrchr(id, '.');

    for (; dot && *extensions; extensions++)
        if (!g_ascii_strcasecmp(dot + 1, *extensions))
            return true;
    return false;
}

/* "<!doctype html" or "<html" after white space? */
static bool begins_as_page(struct str s)
{
    size_t at = 0;

    while (at < s.len && (g_ascii_isspace(s.at[at]) || (s.at[at] & 0x80)))
        at++;
    return (s.len - at > 14 &&
            !g_ascii_strncasecmp(s.at + at, "<!doctype html", 14)) ||
           (s.len - at > 5 && !g_ascii_strncasecmp(s.at + at, "<html", 5));
}

const char *text_kind(const char *id, struct str bytes)
{
    static const char *const pages[] = {"html", "htm", "xhtml", NULL};
    static const char *const texts[] = {"txt", "text", NULL};
    static const char *const markdown[] = {"md", "markdown", NULL};

    if (has_extension(id, pages) || begins_as_page(bytes))
        return "text/html";
    if (has_extension(id, markdown))
        return "text/markdown";
    return has_extension(id, texts) ? "text/plain" : NULL;
}

/* UTF-8 with no control in it that texts do not have. */
static bool is_clean(struct str s)
{
    uint64_t invalid, letters;
    unsigned char odd = 0;

    utf8_count(s, &invalid, &letters);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];

        odd |= (c < '\t') | ((c > '\r') & (c < ' ') & (c != 0x1B));
    }
    return !invalid && !odd;
}

/* Need nobody be asked to open it? */
static bool is_own(struct making *m, const struct source *s, struct str bytes)
{
    const char *kind =
        s->is_record ? "application/json" : text_kind(s->id, bytes);

    if (!kind || !strcmp(kind, "text/html") || !is_clean(bytes))
        return false;
    m->document->media_type = kind;
    m->document->encoding = "UTF-8";
    return true;
}

bool text_read(
    struct making *m, const struct source *s, struct str text, GError **error)
{
    if (s->is_record)
        return read_record(m, text, error);
    if (!strcmp(m->document->media_type, "text/markdown"))
        read_markdown(m, text);
    else
        read_plain(m, text);
    return true;
}

/* --- the bytes ----------------------------------------------------------- */

static bool complain_size(uint64_t size, uint64_t most, GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_LIMIT,
        "it has %.1f MB, more than the %.0f MB that one document may have; "
        "split it, or raise --max-size",
        (double)size / 1048576, (double)most / 1048576);
    return false;
}

static void complain_file(GError **error)
{
    g_set_error_literal(
        error, G_FILE_ERROR, (gint)g_file_error_from_errno(errno),
        g_strerror(errno));
}

static bool complain_kind(GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "it is no ordinary file");
    return false;
}

/* Opening may do something to what is none: it is asked before, too. */
static int open_file(const char *path, GError **error)
{
    struct stat st;
    int descriptor;

    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        complain_kind(error);
        return -1;
    }
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        complain_file(error);
    return descriptor;
}

/* To its end, or one byte more than it may have: it may grow meanwhile. */
static bool read_file(int descriptor, uint64_t most, GByteArray *all)
{
    guint8 part[1 << 16];
    ssize_t got = 1;

    while (got && all->len <= most) {
        got = read(descriptor, part, sizeof(part));
        if (got > 0)
            g_byte_array_append(all, part, (guint)got);
        else if (got < 0 && errno != EINTR)
            return false;
    }
    return true;
}

static bool
take_file(int descriptor, uint64_t most, GByteArray *all, GError **error)
{
    struct stat st;

    if (fstat(descriptor, &st) != 0) {
        complain_file(error);
        return false;
    }
    if (!S_ISREG(st.st_mode))
        return complain_kind(error);
    if ((uint64_t)st.st_size > most)
        return complain_size((uint64_t)st.st_size, most, error);
    if (!read_file(descriptor, most, all)) {
        complain_file(error);
        return false;
    }
    return all->len <= most || complain_size(all->len, most, error);
}

/* NULL with an error.  What became a pipe since it was listed is not waited
   for. */
static GByteArray *get_file(const char *path, uint64_t most, GError **error)
{
    int descriptor = open_file(path, error);
    GByteArray *all = g_byte_array_new();
    bool good = descriptor >= 0 && take_file(descriptor, most, all, error);

    if (descriptor >= 0)
        close(descriptor);
    if (!good)
        g_clear_pointer(&all, g_byte_array_unref);
    return all;
}

/* --- the document --------------------------------------------------------- */

/* Of bytes that are UTF-8, perhaps after its mark. */
static struct str copy_clean(struct making *m, struct str s)
{
    size_t mark = s.len >= 3 && !memcmp(s.at, "\xEF\xBB\xBF", 3) ? 3 : 0;
    char *copy = arena_copy(m->a, s.at + mark, s.len - mark);

    return text_tidy(m, (struct str){copy, s.len - mark});
}

static bool read_bytes(
    struct making *m, const struct intake_options *o, const struct source *s,
    struct str bytes, GError **error)
{
    if (!bytes.len) {
        g_set_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "it is empty");
        return false;
    }
    if (is_own(m, s, bytes))
        return text_read(m, s, copy_clean(m, bytes), error);
    return o->opener->open(o->opener->self, m, s, bytes, error);
}

static bool has_words(struct str text, struct span body)
{
    for (uint32_t i = body.from; i < body.to; i++)
        if (!g_ascii_isspace(text.at[i]))
            return true;
    return false;
}

/* What it does not tell itself, by what it was found in. */
static void take_container(struct making *m, const struct source *s)
{
    for (int f = 0; f < FIELD_COUNT; f++)
        field_set(
            m, (enum field)f, s->values[f], s->from[f] ? s->from[f] : "file");
}

static void set_defaults(struct making *m, const struct intake_options *o)
{
    field_set(m, FIELD_PUBLISHER, o->publisher, "option");
    field_set(m, FIELD_DATE, o->date, "option");
}

static struct document *make(
    struct arena *a, const struct source *s, const struct intake_options *o,
    struct str bytes, GError **error)
{
    struct making m = {
        .a = a,
        .words = o->words,
        .document = arena_make(a, struct document, 1),
        .notes = g_ptr_array_new(),
    };
    struct document *d = m.document;
    const char **notes;
    bool good;

    d->id = arena_copy(a, s->id, strlen(s->id));
    d->sha256 = hash_keep(a, hash_of(bytes));
    d->size = bytes.len;
    d->container = arena_keep(a, s->container);
    if (o->keeps_bytes)
        d->received =
            (struct str){arena_copy(a, bytes.at, bytes.len), bytes.len};
    good = read_bytes(&m, o, s, bytes, error);
    if (good && !has_words(d->text, d->body)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "there is no text in it");
        good = false;
    }
    if (good) {
        take_container(&m, s);
        set_defaults(&m, o);
    }
    notes = arena_make(a, const char *, m.notes->len + 1);
    for (guint i = 0; i < m.notes->len; i++)
        notes[i] = g_ptr_array_index(m.notes, i);
    d->notes = notes;
    g_ptr_array_free(m.notes, TRUE);
    if (good)
        document_find_language(a, d);
    return good ? d : NULL;
}

struct document *document_read(
    struct arena *a, const struct source *s, const struct intake_options *o,
    GError **error)
{
    struct document *d;
    GByteArray *bytes;
    gsize size;

    if (s->bytes) {
        const char *at = g_bytes_get_data(s->bytes, &size);

        if (size > o->size_most) {
            complain_size(size, o->size_most, error);
            return NULL;
        }
        return make(a, s, o, (struct str){at ? at : "", size}, error);
    }
    bytes = get_file(s->path, o->size_most, error);
    if (!bytes)
        return NULL;
    d = make(
        a, s, o,
        (struct str){bytes->len ? (const char *)bytes->data : "", bytes->len},
        error);
    g_byte_array_unref(bytes);
    return d;
}
