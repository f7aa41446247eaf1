#include "intake/parts.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>

void note(struct making *m, const char *format, ...)
{
    va_list args;
    char *words;

    va_start(args, format);
    words = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(m->notes, arena_copy(m->a, words, strlen(words)));
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
            note(m, "no day could be made of the date '%.60s'", kept);
        }
    }
}

/* --- what kind of bytes -------------------------------------------------- */

/* libmagic's answer, in the arena, or NULL. */
static const char *ask_magic(struct making *m, struct str bytes)
{
    GAsyncQueue *idle = m->options->words->idle_magic;
    magic_t cookie = g_async_queue_try_pop(idle);
    const char *type = NULL;

    if (!cookie) {
        cookie = magic_open(MAGIC_MIME_TYPE);
        if (cookie && magic_load(cookie, NULL) != 0) {
            magic_close(cookie);
            cookie = NULL;
        }
    }
    if (!cookie)
        return NULL;
    type = magic_buffer(cookie, bytes.at, MIN(bytes.len, 1 << 16));
    if (type)
        type = arena_copy(m->a, type, strlen(type));
    g_async_queue_push(idle, cookie);
    return type;
}

static bool has_extension(const char *id, const char *const *extensions)
{
    const char *dot = strrchr(id, '.');

    for (; dot && *extensions; extensions++)
        if (!g_ascii_strcasecmp(dot + 1, *extensions))
            return true;
    return false;
}

/* What a text must not be taken for: it would be read with its markup. */
static bool is_markup(const char *type)
{
    return g_str_has_suffix(type, "/xml") || g_str_has_suffix(type, "/rtf") ||
           g_str_has_suffix(type, "+xml");
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

static const char *type_of(struct making *m, const char *id, struct str bytes)
{
    static const char *const pages[] = {"html", "htm", "xhtml", NULL};
    static const char *const texts[] = {"txt", "text", NULL};
    static const char *const markdown[] = {"md", "markdown", NULL};
    const char *type;

    if (is_binary(bytes)) {
        type = ask_magic(m, bytes);
        return type && !g_str_has_prefix(type, "text/")
                   ? type
                   : "application/octet-stream";
    }
    if (has_extension(id, pages) || begins_as_page(bytes))
        return "text/html";
    if (has_extension(id, markdown))
        return "text/markdown";
    if (has_extension(id, texts))
        return "text/plain";
    type = ask_magic(m, bytes);
    if (!type || !strcmp(type, "application/octet-stream") ||
        (g_str_has_prefix(type, "text/") && !is_markup(type)))
        return type && !strcmp(type, "text/html") ? type : "text/plain";
    return type;
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

static bool get_file(
    const char *path, uint64_t most, char **bytes, gsize *size, GError **error)
{
    GStatBuf st;

    if (g_stat(path, &st) != 0) {
        g_set_error(
            error, G_FILE_ERROR, (gint)g_file_error_from_errno(errno), "%s",
            g_strerror(errno));
        return false;
    }
    if (!S_ISREG(st.st_mode)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "it is no ordinary file");
        return false;
    }
    if ((uint64_t)st.st_size > most)
        return complain_size((uint64_t)st.st_size, most, error);
    return g_file_get_contents(path, bytes, size, error);
}

/* GLib's message repeats the path, which who asks knows. */
static void shorten(GError **error)
{
    char *colon;

    if (!error || !*error || (*error)->domain != G_FILE_ERROR)
        return;
    colon = strrchr((*error)->message, ':');
    if (colon && colon[1] == ' ')
        memmove((*error)->message, colon + 2, strlen(colon + 2) + 1);
}

/* --- the document --------------------------------------------------------- */

static bool read_bytes(
    struct making *m, const struct source *s, struct str bytes, GError **error)
{
    struct document *d = m->document;

    if (s->is_record) {
        d->media_type = "application/json";
        d->encoding = "UTF-8";
        return read_record(m, bytes, error);
    }
    if (!bytes.len) {
        g_set_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "it is empty");
        return false;
    }
    d->media_type = type_of(m, s->id, bytes);
    if (!strcmp(d->media_type, "text/html")) {
        read_html(m, decode(m, bytes));
    } else if (!strcmp(d->media_type, "text/markdown")) {
        read_markdown(m, decode(m, bytes));
    } else if (!strcmp(d->media_type, "text/plain")) {
        read_plain(m, decode(m, bytes));
    } else {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "it is %s, which attest does not read yet; give it as text, "
            "Markdown, HTML or JSON Lines (.jsonl)",
            strcmp(d->media_type, "application/octet-stream") != 0
                ? d->media_type
                : "binary data of an unknown kind");
        return false;
    }
    return true;
}

static bool has_words(struct str text, struct span body)
{
    for (uint32_t i = body.from; i < body.to; i++)
        if (!g_ascii_isspace(text.at[i]))
            return true;
    return false;
}

static void set_defaults(struct making *m)
{
    struct document *d = m->document;

    field_set(m, FIELD_PUBLISHER, m->options->publisher, "option");
    field_set(m, FIELD_DATE, m->options->date, "option");
    d->language =
        guess_language(m->options->words, span_text(d->text, d->body));
    if (d->language && strcmp(d->language, "en") != 0)
        note(
            m, "it seems to be written in '%s'; attest reads English",
            d->language);
}

static struct document *make(
    struct arena *a, const struct source *s, const struct intake_options *o,
    struct str bytes, GError **error)
{
    struct making m = {
        .a = a,
        .options = o,
        .document = arena_make(a, struct document, 1),
        .notes = g_ptr_array_new(),
    };
    struct document *d = m.document;
    char *hash = g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, (const guchar *)bytes.at, bytes.len);
    const char **notes;
    bool good;

    d->id = arena_copy(a, s->id, strlen(s->id));
    d->sha256 = arena_copy(a, hash, strlen(hash));
    d->size = bytes.len;
    if (o->keeps_bytes)
        d->received =
            (struct str){arena_copy(a, bytes.at, bytes.len), bytes.len};
    g_free(hash);
    good = read_bytes(&m, s, bytes, error);
    if (good && !has_words(d->text, d->body)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "there is no text in it");
        good = false;
    }
    if (good)
        set_defaults(&m);
    notes = arena_make(a, const char *, m.notes->len + 1);
    for (guint i = 0; i < m.notes->len; i++)
        notes[i] = g_ptr_array_index(m.notes, i);
    d->notes = notes;
    g_ptr_array_free(m.notes, TRUE);
    return good ? d : NULL;
}

struct document *document_read(
    struct arena *a, const struct source *s, const struct intake_options *o,
    GError **error)
{
    struct document *d;
    gsize size;
    char *bytes;

    if (s->bytes) {
        const char *at = g_bytes_get_data(s->bytes, &size);

        if (size > o->size_most) {
            complain_size(size, o->size_most, error);
            return NULL;
        }
        return make(a, s, o, (struct str){at ? at : "", size}, error);
    }
    if (!get_file(s->path, o->size_most, &bytes, &size, error)) {
        shorten(error);
        return NULL;
    }
    d = make(a, s, o, (struct str){bytes, size}, error);
    g_free(bytes);
    return d;
}
