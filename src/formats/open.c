/* Who reads a kind of document. */
#include "formats/kinds.h"
#include "formats/office/package.h"
#include "formats/paper/ocr.h"
#include "formats/series/sheet.h"
#include "formats/series/syndication.h"
#include "formats/sites/warc.h"
#include "formats/unpack.h"

#include <glib-object.h>
#include <string.h>

struct formats {
    magic_t magic;
    GPtrArray *mail; /* what reading mail needs, ... */
    void *pdf;       /* ... PDF, ... */
    struct ocr *ocr; /* ... pictures, where that was asked for */
    struct opener opener;
    struct unpacker unpacker;
};

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

/* --- who reads what ---------------------------------------------------------- */

struct opening {
    struct formats *f;
    struct making *m;
    const struct source *source;
    struct str bytes;
    const char *charset; /* as the container says, or NULL */
};
typedef bool reader(struct opening *o, GError **error);

/* Text whose name does not say that it is nothing but text may be subtitles. */
static bool open_text(struct opening *o, GError **error)
{
    const struct source *s = o->source;
    struct str text = decode_as(o->m, o->bytes, o->charset);
    const char *kind = s->is_record || text_kind(s->id, (struct str){"", 0})
                           ? NULL
                           : subtitles_kind(s->id, text);

    if (!kind)
        return text_read(o->m, s, text, error);
    o->m->document->media_type = kind;
    read_subtitles(o->m, text);
    return true;
}

static bool open_mail(struct opening *o, GError **error)
{
    return read_mail(o->m, o->bytes, error);
}

static bool open_table(struct opening *o, GError **error)
{
    return read_csv(o->m, o->bytes, o->charset, error);
}

static bool open_syndication(struct opening *o, GError **error)
{
    return read_syndication(o->m, o->bytes, error);
}

static bool open_pdf(struct opening *o, GError **error)
{
    return read_pdf(o->m, o->f->ocr, o->bytes, error);
}

static bool open_picture(struct opening *o, GError **error)
{
    return read_picture(o->m, o->f->ocr, o->bytes, error);
}

static bool open_mhtml(struct opening *o, GError **error)
{
    return read_mhtml(o->m, o->bytes, error);
}

static bool open_rtf(struct opening *o, GError **error)
{
    (void)error;
    read_rtf(o->m, o->bytes);
    return true;
}

static bool open_page(struct opening *o, GError **error)
{
    if (is_zip(o->bytes))
        return read_package(o->m, o->bytes, error);
    read_html(o->m, decode_as(o->m, o->bytes, o->charset));
    return true;
}

/* X(media type, reader) */
#define READERS(X)                                                             \
    X("text/plain", open_text)                                                 \
    X("text/markdown", open_text)                                              \
    X("text/html", open_page)                                                  \
    X("text/rtf", open_rtf)                                                    \
    X("text/csv", open_table)                                                  \
    X("message/rfc822", open_mail)                                             \
    X("multipart/related", open_mhtml)                                         \
    X("application/rss+xml", open_syndication)                                 \
    X("application/atom+xml", open_syndication)                                \
    X("application/pdf", open_pdf)                                             \
    X("image/png", open_picture)                                               \
    X("image/jpeg", open_picture)                                              \
    X("image/tiff", open_picture)

static reader *find_reader(const char *kind)
{
    static const struct {
        const char *kind;
        reader *open;
    } readers[] = {
#define X(kind, open) {kind, open},
        READERS(X)
#undef X
    };

    for (size_t i = 0; i < G_N_ELEMENTS(readers); i++)
        if (!strcmp(kind, readers[i].kind))
            return readers[i].open;
    return NULL;
}

static bool open_as(struct opening *o, const char *kind, GError **error)
{
    reader *open = o->source->is_record ? open_text : find_reader(kind);

    if (open)
        return open(o, error);
    return is_zip(o->bytes) ? read_package(o->m, o->bytes, error)
                            : refuse(kind, error);
}

static bool open_bytes(
    void *self, struct making *m, const struct source *s, struct str bytes,
    GError **error)
{
    struct formats *f = self;
    char *charset = charset_told(s->media_type);
    struct opening o = {f, m, s, bytes, charset};
    const char *kind =
        s->is_record ? "application/json"
                     : kind_of(f->magic, m->a, s->id, s->media_type, bytes);
    bool good;

    m->document->media_type = kind;
    good = open_as(&o, kind, error);
    g_free(charset);
    return good;
}

static bool unpack(
    void *self, const struct unpack_asked *asked,
    const struct member_taker *taker, GError **error)
{
    const struct formats *f = self;
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
        u.media_type = kind_of(
            f->magic, own, asked->id, asked->media_type, feed_start(u.in));
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
