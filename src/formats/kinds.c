/* What kind of document it is, and who reads that kind. */
#include "formats/ocr.h"
#include "formats/package.h"
#include "formats/sheet.h"
#include "formats/syndication.h"
#include "formats/unpack.h"
#include "formats/warc.h"

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

/* What a container may say that a member is, and what that is here. */
static const char *kind_told(const char *media_type)
{
    static const struct {
        const char *told, *kind;
    } kinds[] = {
        {"text/html", "text/html"},
        {"application/xhtml+xml", "text/html"},
        {"text/markdown", "text/markdown"},
        {"text/plain", "text/plain"},
        {"text/csv", "text/csv"},
        {"application/csv", "text/csv"},
        {"text/tab-separated-values", "text/csv"},
    };
    size_t len = media_type ? strcspn(media_type, "; \t") : 0;

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (len == strlen(kinds[i].told) &&
            !g_ascii_strncasecmp(media_type, kinds[i].told, len))
            return kinds[i].kind;
    return NULL;
}

/* What the end of its name says, beside those of text_kind. */
static const char *kind_named(const char *id)
{
    static const struct {
        const char *end, *kind;
    } kinds[] = {
        {".csv", "text/csv"},
        {".tsv", "text/csv"},
        {".tab", "text/csv"},
    };
    size_t len = strlen(id);

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (len > 4 && !g_ascii_strcasecmp(id + len - 4, kinds[i].end))
            return kinds[i].kind;
    return NULL;
}

static const char *binary_kind(struct formats *f, struct arena *a, struct str s)
{
    const char *kind = warc_is(s) ? "application/warc" : ask_magic(f, a, s);

    return kind && !g_str_has_prefix(kind, "text/")
               ? kind
               : "application/octet-stream";
}

static const char *
kind_of_text(const char *id, const char *media_type, struct str bytes)
{
    const char *kind = text_kind(id, bytes);

    if (!kind)
        kind = kind_named(id);
    if (kind)
        return kind;
    if (is_mhtml(id, bytes))
        return "multipart/related";
    if (g_str_has_suffix(id, ".eml") || is_mail(bytes))
        return "message/rfc822";
    if (is_mailbox(bytes))
        return "application/mbox";
    if (warc_is(bytes))
        return "application/warc";
    kind = syndication_kind(bytes);
    return kind ? kind : kind_told(media_type);
}

/* Its name tells more than its container, and this more than its bytes. */
static const char *kind_of(
    struct formats *f, struct arena *a, const char *id, const char *media_type,
    struct str bytes)
{
    const char *kind;

    if (is_rtf(bytes))
        return "text/rtf";
    if (is_binary(bytes))
        return binary_kind(f, a, bytes);
    kind = kind_of_text(id, media_type, bytes);
    if (kind)
        return kind;
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

/* The encoding in "text/html; charset=windows-1251"; g_free it, or NULL. */
static char *charset_told(const char *media_type)
{
    char *low = media_type ? g_ascii_strdown(media_type, -1) : NULL;
    char *charset = low ? find_charset((struct str){low, strlen(low)}) : NULL;

    g_free(low);
    return charset;
}

static bool is_syndication(const char *type)
{
    return !strcmp(type, "application/rss+xml") ||
           !strcmp(type, "application/atom+xml");
}

static bool is_picture(const char *type)
{
    return !strcmp(type, "image/png") || !strcmp(type, "image/jpeg") ||
           !strcmp(type, "image/tiff");
}

/* Text whose name does not say that it is nothing but text may be subtitles. */
static bool read_text(
    struct making *m, const struct source *s, struct str bytes,
    const char *charset, GError **error)
{
    struct str text = decode_as(m, bytes, charset);
    const char *kind = s->is_record || text_kind(s->id, (struct str){"", 0})
                           ? NULL
                           : subtitles_kind(s->id, text);

    if (!kind)
        return text_read(m, s, text, error);
    m->document->media_type = kind;
    read_subtitles(m, text);
    return true;
}

/* `charset` is what the container says, or NULL. */
static bool open_as(
    struct formats *f, struct making *m, const struct source *s,
    struct str bytes, const char *charset, GError **error)
{
    const char *kind = m->document->media_type;

    if (s->is_record || !strcmp(kind, "text/markdown") ||
        !strcmp(kind, "text/plain"))
        return read_text(m, s, bytes, charset, error);
    if (!strcmp(kind, "message/rfc822"))
        return read_mail(m, bytes, error);
    if (!strcmp(kind, "text/csv"))
        return read_csv(m, bytes, charset, error);
    if (is_syndication(kind))
        return read_syndication(m, bytes, error);
    if (!strcmp(kind, "application/pdf"))
        return read_pdf(m, f->ocr, bytes, error);
    if (is_picture(kind))
        return read_picture(m, f->ocr, bytes, error);
    if (!strcmp(kind, "multipart/related"))
        return read_mhtml(m, bytes, error);
    if (is_zip(bytes))
        return read_package(m, bytes, error);
    if (!strcmp(kind, "text/rtf"))
        read_rtf(m, bytes);
    else if (!strcmp(kind, "text/html"))
        read_html(m, decode_as(m, bytes, charset));
    else
        return refuse(kind, error);
    return true;
}

static bool open_bytes(
    void *self, struct making *m, const struct source *s, struct str bytes,
    GError **error)
{
    char *charset = charset_told(s->media_type);
    bool good;

    m->document->media_type =
        s->is_record ? "application/json"
                     : kind_of(self, m->a, s->id, s->media_type, bytes);
    good = open_as(self, m, s, bytes, charset, error);
    g_free(charset);
    return good;
}

static bool unpack(
    void *self, const struct unpack_asked *asked,
    const struct member_taker *taker, GError **error)
{
    char *charset = charset_told(asked->media_type);
    struct arena *own = arena_new(); /* its own is reset after each member */
    struct unpacking u = {
        .a = arena_new(),
        .in = feed_of_file(asked->descriptor),
        .id = asked->id,
        .charset = charset,
        .words = asked->words,
        .member_most = asked->member_most,
        .taker = taker,
    };
    bool good;

    if (is_zip(feed_start(u.in)))
        u.media_type = wacz_is(u.in) ? "application/wacz" : "application/zip";
    else
        u.media_type =
            kind_of(self, own, asked->id, asked->media_type, feed_start(u.in));
    good = unpack_by_kind(&u, error);
    feed_free(u.in);
    arena_free(u.a);
    arena_free(own);
    g_free(charset);
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
