/* A mail taken apart: what is attached to it. */
#include "formats/mail/mail.h"
#include "formats/unpack.h"

#include <string.h>

struct attached {
    struct unpacking *u;
    struct names *names;
    uint32_t parts, count; /* looked at; attached */
};

/* --- what is passed over ------------------------------------------------------------ */

static bool is_declared(GMimeObject *part)
{
    GMimeContentDisposition *how = g_mime_object_get_content_disposition(part);

    return how && g_mime_content_disposition_is_attachment(how);
}

/* A picture in the text, or below it with whose mail it is. */
static bool is_adornment(GMimeObject *part)
{
    return mail_is_type(part, "image", "*") && !is_declared(part) &&
           g_mime_object_get_content_id(part);
}

/* What proves who sent it holds no words. */
static bool is_signature(GMimeObject *part)
{
    return mail_is_type(part, "application", "pgp-signature") ||
           mail_is_type(part, "application", "pkcs7-signature") ||
           mail_is_type(part, "application", "x-pkcs7-signature");
}

/* Another way to say what the text says? */
static bool is_alternative(GMimeObject *parent, GMimeObject *part)
{
    return mail_is_type(parent, "multipart", "alternative") &&
           !is_declared(part);
}

static bool is_member(GMimeObject *parent, GMimeObject *part)
{
    return !GMIME_IS_MULTIPART(part) && mail_is_attached(part) &&
           !is_alternative(parent, part) && !is_adornment(part) &&
           !is_signature(part);
}

/* --- names ----------------------------------------------------------------------------- */

static const char *ending_of(GMimeObject *part)
{
    static const struct {
        const char *type, *subtype, *ending;
    } endings[] = {
        {"message", "*", ".eml"},
        {"text", "html", ".html"},
        {"text", "csv", ".csv"},
        {"text", "calendar", ".ics"},
        {"text", "*", ".txt"},
        {"image", "jpeg", ".jpg"},
        {"image", "png", ".png"},
        {"image", "tiff", ".tif"},
        {"application", "pdf", ".pdf"},
        {"application", "msword", ".doc"},
        {"application", "rtf", ".rtf"},
        {"application", "zip", ".zip"},
        {"application", "gzip", ".gz"},
        {"application",
         "vnd.openxmlformats-officedocument.wordprocessingml.document",
         ".docx"},
        {"application", "vnd.oasis.opendocument.text", ".odt"},
        {"application", "epub+zip", ".epub"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (mail_is_type(part, endings[i].type, endings[i].subtype))
            return endings[i].ending;
    return "";
}

/* Its own, or "attachment-2.pdf". */
static const char *name_part(struct attached *x, GMimeObject *part)
{
    const char *own =
        GMIME_IS_PART(part)
            ? g_mime_part_get_filename(GMIME_PART(part))
            : g_mime_object_get_content_disposition_parameter(part, "filename");
    const char *ending = ending_of(part);
    char *name;
    const char *made;

    if (!own || !*own)
        name = g_strdup_printf("attachment-%u%s", x->count, ending);
    else if (GMIME_IS_MESSAGE_PART(part) && !g_str_has_suffix(own, ending))
        name = g_strconcat(own, ending, NULL);
    else
        name = g_strdup(own);
    made = names_add(x->names, x->u->a, name);
    g_free(name);
    return made;
}

/* --- members --------------------------------------------------------------------------- */

static void give_part(struct attached *x, GMimeObject *part)
{
    GByteArray *bytes = mail_bytes(part);
    struct member p = {.name = name_part(x, part), .bytes = mail_str(bytes)};

    if (GMIME_IS_MESSAGE_PART(part))
        p.media_type = "message/rfc822";
    unpack_give(x->u, &p);
    g_byte_array_unref(bytes);
}

static void look_at(GMimeObject *parent, GMimeObject *part, gpointer self)
{
    struct attached *x = self;

    if (x->parts++ >= PARTS_MOST || !is_member(parent, part))
        return;
    if (!x->count++)
        unpack_itself(x->u);
    give_part(x, part);
}

bool unpack_mail(struct unpacking *u, GError **error)
{
    struct attached x = {.u = u};
    size_t len = 0;
    char *bytes = feed_all(u->in, u->member_most, &len, error);
    GMimeMessage *message = bytes ? mail_parse((struct str){bytes, len}) : NULL;

    if (message) {
        x.names = names_new();
        g_mime_message_foreach(message, look_at, &x);
        if (x.parts > PARTS_MOST && x.count) /* else the mail says so */
            unpack_refuse(u, "", "only the first 1000 parts are looked at");
        names_free(x.names);
        g_object_unref(message);
    }
    g_free(bytes);
    return bytes != NULL;
}
