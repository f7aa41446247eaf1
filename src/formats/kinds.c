/* What kind of document it is, and who reads that kind. */
#include "formats/ocr.h"
#include "formats/package.h"
#include "formats/unpack.h"

#include <glib-object.h>
#include <magic.h>
#include <string.h>

struct formats {
    magic_t magic;
    GPtrArray *mail; /* what reading mail needs, ... */
    void *pdf;       /* ... PDF, ... */
    struct ocr *ocr; /* ... pictures, where that was asked for */
    struct opener opener;
    struct unpacker unpacker;
};

/* libmagic's answer, in the arena, or NULL. */
static const char *
ask_magic(struct formats *f, struct arena *a, struct str bytes)
{
    const char *type =
        magic_buffer(f->magic, bytes.at, MIN(bytes.len, 1 << 16));

    return arena_keep(a, type);
}

/* What a text must not be taken for: it would be read with its markup. */
static bool is_markup(const char *type)
{
    return g_str_has_suffix(type, "/xml") || g_str_has_suffix(type, "/rtf") ||
           g_str_has_suffix(type, "+xml");
}

static const char *
kind_of(struct formats *f, struct arena *a, const char *id, struct str bytes)
{
    const char *kind;

    if (is_rtf(bytes))
        return "text/rtf";
    if (is_binary(bytes)) {
        kind = ask_magic(f, a, bytes);
        return kind && !g_str_has_prefix(kind, "text/")
                   ? kind
                   : "application/octet-stream";
    }
    kind = text_kind(id, bytes);
    if (kind)
        return kind;
    if (is_mhtml(id, bytes))
        return "multipart/related";
    if (g_str_has_suffix(id, ".eml") || is_mail(bytes))
        return "message/rfc822";
    if (is_mailbox(bytes))
        return "application/mbox";
    kind = ask_magic(f, a, bytes);
    if (!kind || !strcmp(kind, "application/octet-stream") ||
        !strcmp(kind, "application/x-subrip") ||
        (g_str_has_prefix(kind, "text/") && !is_markup(kind)))
        return kind && !strcmp(kind, "text/html") ? kind : "text/plain";
    return kind;
}

/* libmagic goes by the file that comes first in it. */
static bool is_zip(struct str bytes)
{
    return bytes.len > 4 &&
           (!memcmp(bytes.at, "PK\3\4", 4) || !memcmp(bytes.at, "PK\5\6", 4));
}

static bool refuse(const char *kind, GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "it is %s, which attest does not read yet; 'attest read --help' names "
        "what it reads",
        strcmp(kind, "application/octet-stream") != 0
            ? kind
            : "binary data of an unknown kind");
    return false;
}

void set_text(struct making *m, GString *text)
{
    struct document *d = m->document;

    d->text = (struct str){arena_copy(m->a, text->str, text->len), text->len};
    d->body = (struct span){0, (uint32_t)text->len};
    g_string_free(text, TRUE);
}

void end_paragraph(GString *text)
{
    bool is_ended =
        text->len >= 2 && !memcmp(text->str + text->len - 2, "\n\n", 2);

    if (text->len && !is_ended)
        g_string_append(text, "\n\n");
}

/* ZIP files by what is in them. */
static bool read_package(struct making *m, struct str bytes, GError **error)
{
    static const struct {
        const char *file, *kind;
        void (*read)(struct making *m, GHashTable *package);
    } kinds[] = {
        {"word/document.xml",
         "application/"
         "vnd.openxmlformats-officedocument.wordprocessingml.document",
         read_docx},
        {"META-INF/container.xml", "application/epub+zip", read_epub},
        {"content.xml", "application/vnd.oasis.opendocument.text", read_odt},
    };
    GHashTable *package = package_open(bytes, error);
    size_t i = 0;

    if (!package)
        return false;
    while (i < G_N_ELEMENTS(kinds) &&
           !g_hash_table_contains(package, kinds[i].file))
        i++;
    if (i < G_N_ELEMENTS(kinds)) {
        m->document->media_type = kinds[i].kind;
        m->document->encoding = "UTF-8";
        kinds[i].read(m, package);
    }
    g_hash_table_unref(package);
    return i < G_N_ELEMENTS(kinds) || refuse(m->document->media_type, error);
}

static bool is_picture(const char *type)
{
    return !strcmp(type, "image/png") || !strcmp(type, "image/jpeg") ||
           !strcmp(type, "image/tiff");
}

/* Text whose name does not say that it is nothing but text may be subtitles. */
static bool read_text(
    struct making *m, const struct source *s, struct str bytes, GError **error)
{
    struct str text = decode(m, bytes);
    const char *kind = s->is_record || text_kind(s->id, (struct str){"", 0})
                           ? NULL
                           : subtitles_kind(s->id, text);

    if (!kind)
        return text_read(m, s, text, error);
    m->document->media_type = kind;
    read_subtitles(m, text);
    return true;
}

static bool open_bytes(
    void *self, struct making *m, const struct source *s, struct str bytes,
    GError **error)
{
    struct formats *f = self;
    struct document *d = m->document;

    d->media_type =
        s->is_record ? "application/json" : kind_of(f, m->a, s->id, bytes);
    if (s->is_record || !strcmp(d->media_type, "text/markdown") ||
        !strcmp(d->media_type, "text/plain"))
        return read_text(m, s, bytes, error);
    if (!strcmp(d->media_type, "text/rtf")) {
        read_rtf(m, bytes);
        return true;
    }
    if (!strcmp(d->media_type, "message/rfc822"))
        return read_mail(m, bytes, error);
    if (!strcmp(d->media_type, "application/pdf"))
        return read_pdf(m, f->ocr, bytes, error);
    if (is_picture(d->media_type))
        return read_picture(m, f->ocr, bytes, error);
    if (!strcmp(d->media_type, "multipart/related"))
        return read_mhtml(m, bytes, error);
    if (is_zip(bytes))
        return read_package(m, bytes, error);
    if (strcmp(d->media_type, "text/html") != 0)
        return refuse(d->media_type, error);
    read_html(m, decode(m, bytes));
    return true;
}

static bool unpack(
    void *self, const struct unpack_asked *asked,
    const struct member_taker *taker, GError **error)
{
    struct unpacking u = {
        .a = arena_new(),
        .in = feed_of_file(asked->descriptor),
        .id = asked->id,
        .member_most = asked->member_most,
        .taker = taker,
    };
    bool good;

    u.media_type = is_zip(feed_start(u.in))
                       ? "application/zip"
                       : kind_of(self, u.a, asked->id, feed_start(u.in));
    good = unpack_by_kind(&u, error);
    feed_free(u.in);
    arena_free(u.a);
    return good;
}

struct formats *formats_new(bool ocr, GError **error)
{
    struct formats *f = g_new0(struct formats, 1);

    f->opener = (struct opener){f, open_bytes, NULL};
    f->unpacker = (struct unpacker){f, unpack};
    f->mail = mail_prepare();
    f->pdf = pdf_prepare();
    f->ocr = ocr ? ocr_new() : NULL;
    package_prepare();
    f->magic = magic_open(MAGIC_MIME_TYPE);
    if (f->magic && magic_load(f->magic, NULL) == 0)
        return f;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_DATA,
        "the database of libmagic cannot be had: %s",
        f->magic ? magic_error(f->magic) : "no memory");
    formats_free(f);
    return NULL;
}

void formats_free(struct formats *f)
{
    if (!f)
        return;
    if (f->magic)
        magic_close(f->magic);
    g_ptr_array_unref(f->mail);
    g_clear_object(&f->pdf);
    ocr_free(f->ocr);
    g_free(f);
}

const struct opener *formats_opener(const struct formats *f)
{
    return &f->opener;
}

const struct unpacker *formats_unpacker(const struct formats *f)
{
    return &f->unpacker;
}
