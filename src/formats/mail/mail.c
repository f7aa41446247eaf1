/* Mail: one message, its headers and its text. */
#include "formats/mail/mail.h"

#include "formats/head.h"

#include <iconv.h>
#include <string.h>

/* A message being read. */
struct mail {
    struct making *m;
    GString *text;
    uint32_t parts;
};

/* --- what must be read before the cage shuts -------------------------------- */

static void close_converter(gpointer converter)
{
    iconv_close(converter);
}

static void keep_converter(GPtrArray *kept, const char *to, const char *from)
{
    iconv_t converter = iconv_open(to, from);

    if (converter != (iconv_t)-1) /* an encoding that this machine lacks */
        g_ptr_array_add(kept, converter);
}

/*
 * GMime decodes headers by iconv, whose conversions are files, each read when
 * it is first asked for.  Left open, so that they stay; a mail in yet another
 * encoding ends its converter.
 */
GPtrArray *mail_prepare(void)
{
    static const char *const charsets[] = {
        "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",
        "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",   "ISO-8859-8",
        "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-13",  "ISO-8859-14",
        "ISO-8859-15",  "ISO-8859-16",  "WINDOWS-1250", "WINDOWS-1251",
        "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255",
        "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "KOI8-R",
        "KOI8-U",       "MACINTOSH",    "IBM850",       "IBM866",
        "GB2312",       "GBK",          "GB18030",      "BIG5",
        "BIG5-HKSCS",   "EUC-JP",       "SHIFT_JIS",    "ISO-2022-JP",
        "EUC-KR",       "UHC",          "ISO-2022-KR",  "TIS-620",
        "UTF-7",        "UTF-16",       "UTF-32",       "VISCII",
        "TCVN5712-1",   "KOI8-T",       "EUC-TW",
    };
    GPtrArray *kept = g_ptr_array_new_with_free_func(close_converter);

    g_mime_init();
    g_get_charset(NULL); /* reads charset.alias */
    for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++) {
        keep_converter(kept, "UTF-8", charsets[i]);
        keep_converter(kept, charsets[i], "UTF-8");
    }
    return kept;
}

/* --- is it mail? ------------------------------------------------------------- */

/* "Subject: ..." */
static bool is_field(struct str line)
{
    size_t len = 0;

    while (len < line.len &&
           (g_ascii_isalnum(line.at[len]) || line.at[len] == '-'))
        len++;
    return len && len < line.len && line.at[len] == ':';
}

/* Other texts may have a head too; of a mail's fields they seldom have two. */
bool is_mail(struct str start)
{
    static const char *const fields[] = {
        "Date", "Subject", "To", "Received", "Return-Path", "Message-ID"};
    struct str rest = start;

    if (!is_field(head_line(&rest)) || !head_value(start, "From").at)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (head_value(start, fields[i]).at)
            return true;
    return false;
}

/* --- headers ----------------------------------------------------------------- */

static const char *sender_of(GMimeMessage *message)
{
    InternetAddressList *from = g_mime_message_get_from(message);
    InternetAddress *first =
        from ? internet_address_list_get_address(from, 0) : NULL;
    const char *name = first ? internet_address_get_name(first) : NULL;

    if (name && *name)
        return name;
    return first && INTERNET_ADDRESS_IS_MAILBOX(first)
               ? internet_address_mailbox_get_addr(
                     INTERNET_ADDRESS_MAILBOX(first))
               : NULL;
}

char *mail_day(GMimeMessage *message)
{
    GDateTime *date = g_mime_message_get_date(message);

    return date ? g_date_time_format(date, "%Y-%m-%d") : NULL;
}

static void read_headers(struct making *m, GMimeMessage *message)
{
    char *day = mail_day(message);

    field_set(
        m, FIELD_TITLE, g_mime_message_get_subject(message), "mail Subject");
    field_set(m, FIELD_DATE, day, "mail Date");
    field_set(m, FIELD_PUBLISHER, sender_of(message), "mail From");
    g_free(day);
}

/* --- parts --------------------------------------------------------------------- */

bool mail_is_type(GMimeObject *part, const char *type, const char *subtype)
{
    GMimeContentType *is = g_mime_object_get_content_type(part);

    return is && g_mime_content_type_is_type(is, type, subtype);
}

bool mail_is_attached(GMimeObject *part)
{
    GMimeContentDisposition *how = g_mime_object_get_content_disposition(part);

    return !GMIME_IS_PART(part) || !mail_is_type(part, "text", "*") ||
           (how && g_mime_content_disposition_is_attachment(how)) ||
           g_mime_part_get_filename(GMIME_PART(part));
}

static void write_message(GMimeMessagePart *part, GMimeStream *out)
{
    GMimeMessage *message = g_mime_message_part_get_message(part);

    if (message)
        g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, out);
}

static void write_content(GMimePart *part, GMimeStream *out)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);

    if (content)
        g_mime_data_wrapper_write_to_stream(content, out);
}

GByteArray *mail_bytes(GMimeObject *part)
{
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *out = g_mime_stream_mem_new_with_byte_array(bytes);

    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(out), FALSE);
    if (GMIME_IS_MESSAGE_PART(part))
        write_message(GMIME_MESSAGE_PART(part), out);
    else
        write_content(GMIME_PART(part), out);
    g_object_unref(out);
    return bytes;
}

struct str mail_str(const GByteArray *bytes)
{
    return (struct str){
        bytes->len ? (const char *)bytes->data : "", bytes->len};
}

struct str mail_text(struct making *m, GMimeObject *part)
{
    GByteArray *bytes = mail_bytes(part);
    struct str text = decode_as(
        m, mail_str(bytes),
        g_mime_object_get_content_type_parameter(part, "charset"));

    g_byte_array_unref(bytes);
    return text;
}

static void add_text(struct mail *mail, GMimeObject *part)
{
    struct str text = mail_text(mail->m, part);

    if (mail_is_type(part, "text", "html"))
        text = read_fragment(mail->m, text);
    if (mail->text->len && text.len)
        g_string_append(mail->text, "\n\n");
    g_string_append_len(mail->text, text.at, (gssize)text.len);
}

static void add_part(struct mail *mail, GMimeObject *part, int depth);

/* Of ways to say the same the plain one, else the last, which is the best. */
static GMimeObject *choose(GMimeMultipart *ways)
{
    int count = g_mime_multipart_get_count(ways);

    for (int i = 0; i < count; i++)
        if (mail_is_type(g_mime_multipart_get_part(ways, i), "text", "plain"))
            return g_mime_multipart_get_part(ways, i);
    return count ? g_mime_multipart_get_part(ways, count - 1) : NULL;
}

static void add_parts(struct mail *mail, GMimeMultipart *parts, int depth)
{
    GMimeObject *chosen;

    if (mail_is_type(GMIME_OBJECT(parts), "multipart", "alternative")) {
        chosen = choose(parts);
        if (chosen)
            add_part(mail, chosen, depth);
        return;
    }
    for (int i = 0; i < g_mime_multipart_get_count(parts); i++)
        add_part(mail, g_mime_multipart_get_part(parts, i), depth);
}

static void add_part(struct mail *mail, GMimeObject *part, int depth)
{
    if (depth == PARTS_DEEP || mail->parts++ >= PARTS_MOST)
        return;
    if (GMIME_IS_MULTIPART(part))
        add_parts(mail, GMIME_MULTIPART(part), depth + 1);
    else if (!mail_is_attached(part))
        add_text(mail, part);
}

/* --- the message ----------------------------------------------------------------- */

GMimeMessage *mail_parse(struct str bytes)
{
    GMimeStream *in = g_mime_stream_mem_new_with_buffer(bytes.at, bytes.len);
    GMimeParser *parser = g_mime_parser_new_with_stream(in);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

    g_object_unref(parser);
    g_object_unref(in);
    if (message && !g_mime_message_get_mime_part(message))
        g_clear_object(&message);
    return message;
}

bool read_mail(struct making *m, struct str bytes, GError **error)
{
    struct mail mail = {.m = m, .text = g_string_new(NULL)};
    GMimeMessage *message = mail_parse(bytes);
    bool is_found = message != NULL;

    if (message) {
        read_headers(m, message);
        add_part(&mail, g_mime_message_get_mime_part(message), 0);
    }
    if (mail.parts > PARTS_MOST)
        making_note(m, "only the first %d parts are read", PARTS_MOST);
    set_text(m, mail.text);
    g_clear_object(&message);
    if (is_found)
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "it is no mail: no part of it "
        "can be found");
    return false;
}
