/* Pages as browsers save them: a mail of the page and all that belongs to it,
   of which the page is read. */
#include "formats/head.h"
#include "formats/mail/mail.h"

#include <string.h>

bool is_mhtml(const char *id, struct str start)
{
    return g_str_has_suffix(id, ".mhtml") || g_str_has_suffix(id, ".mht") ||
           head_value(start, "Snapshot-Content-Location").at;
}

/* The page among the parts. */
struct search {
    const char *start; /* the id of the part that it begins with; or ... */
    const char *url;   /* ... where it was; or neither, NULL */
    GMimeObject *told, *first;
};

static bool is_page(GMimeObject *part)
{
    return GMIME_IS_PART(part) &&
           (mail_is_type(part, "text", "html") ||
            mail_is_type(part, "application", "xhtml+xml"));
}

/* "<id>" as a parameter has it is "id" as GMime tells a part's. */
static bool is_same_id(const char *told, const char *id)
{
    size_t len = strlen(id);

    told += *told == '<';
    return !strncmp(told, id, len) && (!told[len] || told[len] == '>');
}

static bool is_told(const struct search *s, GMimeObject *part)
{
    const char *id = g_mime_object_get_content_id(part);
    const char *where = g_mime_object_get_header(part, "Content-Location");

    if (s->start)
        return id && is_same_id(s->start, id);
    return s->url && where && !strcmp(s->url, where);
}

static void look_at(GMimeObject *parent, GMimeObject *part, gpointer self)
{
    struct search *s = self;

    (void)parent;
    if (!is_page(part))
        return;
    if (!s->first)
        s->first = part;
    if (!s->told && is_told(s, part))
        s->told = part;
}

static GMimeObject *find_page(GMimeMessage *message, const char *url)
{
    struct search s = {.url = url};

    s.start = g_mime_object_get_content_type_parameter(
        g_mime_message_get_mime_part(message), "start");
    g_mime_message_foreach(message, look_at, &s);
    return s.told ? s.told : s.first;
}

static const char *url_of(GMimeMessage *message)
{
    return g_mime_object_get_header(
        GMIME_OBJECT(message), "Snapshot-Content-Location");
}

/* While it is decoded and read, the document is the page. */
static void read_page(struct making *m, GMimeObject *page)
{
    m->document->media_type = "text/html";
    read_html(m, mail_text(m, page));
    m->document->media_type = "multipart/related";
}

/* What the page tells of itself comes before what the browser noted. */
static void read_fields(struct making *m, GMimeMessage *message)
{
    char *day = mail_day(message);

    field_set(
        m, FIELD_TITLE, g_mime_message_get_subject(message), "MHTML Subject");
    field_set(m, FIELD_DATE, day, "MHTML Date, when the page was saved");
    g_free(day);
}

bool read_mhtml(struct making *m, struct str bytes, GError **error)
{
    GMimeMessage *message = mail_parse(bytes);
    const char *url = message ? url_of(message) : NULL;
    GMimeObject *page = message ? find_page(message, url) : NULL;

    if (page) {
        field_set(m, FIELD_URL, url, "MHTML Snapshot-Content-Location");
        read_page(m, page);
        read_fields(m, message);
    } else
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "no page can be found in it; save it again as HTML or as text");
    g_clear_object(&message);
    return page != NULL;
}
