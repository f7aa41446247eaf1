/* What kind of document it is, and who reads that kind. */
#include "formats/package.h"
#include "formats/sheet.h"
#include "formats/syndication.h"
#include "formats/unpack.h"
#include "formats/warc.h"

#include <magic.h>
#include <string.h>

struct formats {
    magic_t magic;
    GPtrArray *mail; /* what reading mail needs */
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
        {"message/rfc822", "message/rfc822"},
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
        {".eml", "message/rfc822"},
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

/* Its name tells more than its container, and this more than its bytes. */
static const char *kind_of(
    struct formats *f, struct arena *a, const char *id, const char *media_type,
    struct str bytes)
{
    const char *kind;

    if (is_binary(bytes))
        return binary_kind(f, a, bytes);
    kind = text_kind(id, bytes);
    if (kind)
        return kind;
    kind = kind_named(id);
    if (kind)
        return kind;
    if (warc_is(bytes))
        return "application/warc";
    kind = syndication_kind(bytes);
    if (!kind)
        kind = kind_told(media_type);
    if (kind)
        return kind;
    kind = ask_magic(f, a, bytes);
    if (!kind || !strcmp(kind, "application/octet-stream") ||
        (g_str_has_prefix(kind, "text/") && !is_markup(kind)))
        return kind && !strcmp(kind, "text/html") ? kind : "text/plain";
    return kind;
}

static bool refuse(const char *kind, GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "it is %s, which attest does not read yet; give it as text, "
        "Markdown, HTML, DOCX, ODT, EPUB, mail, CSV, RSS, WARC or JSON Lines "
        "(.jsonl)",
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

/* ZIP files by what is in them: libmagic looks at which file comes first. */
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

/* `charset` is what the container says, or NULL. */
static bool open_as(
    struct making *m, const struct source *s, struct str bytes,
    const char *charset, GError **error)
{
    const char *kind = m->document->media_type;

    if (s->is_record || !strcmp(kind, "text/markdown") ||
        !strcmp(kind, "text/plain"))
        return text_read(m, s, decode_as(m, bytes, charset), error);
    if (!strcmp(kind, "message/rfc822"))
        return read_mail(m, bytes, error);
    if (!strcmp(kind, "text/csv"))
        return read_csv(m, bytes, charset, error);
    if (!strcmp(kind, "application/rss+xml") ||
        !strcmp(kind, "application/atom+xml"))
        return read_syndication(m, bytes, error);
    if (bytes.len > 4 && !memcmp(bytes.at, "PK\3\4", 4))
        return read_package(m, bytes, error);
    if (strcmp(kind, "text/html") != 0)
        return refuse(kind, error);
    read_html(m, decode_as(m, bytes, charset));
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
    good = open_as(m, s, bytes, charset, error);
    g_free(charset);
    return good;
}

static bool unpack(
    void *self, const struct unpack_asked *asked,
    const struct member_taker *taker, GError **error)
{
    char *charset = charset_told(asked->media_type);
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

    u.media_type =
        kind_of(self, u.a, asked->id, asked->media_type, feed_start(u.in));
    if (!strcmp(u.media_type, "application/zip") && wacz_is(u.in))
        u.media_type = "application/wacz";
    good = unpack_by_kind(&u, error);
    feed_free(u.in);
    arena_free(u.a);
    g_free(charset);
    return good;
}

struct formats *formats_new(GError **error)
{
    struct formats *f = g_new0(struct formats, 1);

    f->opener = (struct opener){f, open_bytes, NULL};
    f->unpacker = (struct unpacker){f, unpack};
    f->mail = mail_prepare();
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
