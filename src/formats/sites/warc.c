/* Saved sites: the records of WARC files. */
#include "formats/sites/warc.h"

#include "formats/head.h"
#include "formats/sites/http.h"

#include <string.h>

enum { PIECE = 1 << 16, HEAD_MOST = 1 << 17 };

/* X(name, what is passed over, in words) */
#define PASSED(X)                                                              \
    X(PICTURES, "pictures")                                                    \
    X(STYLES, "scripts, styles and fonts")                                     \
    X(SOUNDS, "sound and video")                                               \
    X(DATA, "data for scripts")                                                \
    X(ANSWERS, "answers that are no page (moved, not found)")                  \
    X(RECORDS, "records about how it was saved")

enum passed {
#define X(name, words) PASSED_##name,
    PASSED(X)
#undef X
        PASSED_COUNT
};

struct warc {
    struct unpacking *u;
    struct gunzip *in;
    const char *name;
    char piece[PIECE];    /* bytes ahead, of which ... */
    size_t from, to;      /* ... these are not looked at yet */
    uint64_t left;        /* bytes of the record; reading ends after them */
    GString *head, *http; /* the record's, and its answer's */
    uint64_t number, given, refused, passed[PASSED_COUNT];
};

/* --- bytes and lines --------------------------------------------------------------- */

/* Bytes that are at hand; 0 at the end of the record, or of all. */
static size_t look(struct warc *w)
{
    if (w->from == w->to && w->left) {
        w->from = 0;
        w->to = gunzip_read(w->in, w->piece, PIECE);
    }
    return (size_t)MIN(w->to - w->from, w->left);
}

static void take(struct warc *w, size_t len)
{
    w->from += len;
    w->left -= len;
}

/* Adds a line with its end, or a piece of one that is too long; false at the
   end. */
static bool add_line(struct warc *w, GString *out)
{
    size_t start = out->len, len;
    const char *end = NULL;

    while (!end && out->len - start < HEAD_MOST && (len = look(w))) {
        const char *at = w->piece + w->from;

        end = memchr(at, '\n', len);
        len = end ? (size_t)(end - at) + 1 : len;
        g_string_append_len(out, at, (gssize)len);
        take(w, len);
    }
    return out->len > start;
}

/* Adds lines up to one that is empty; false where there are too many, or they
   end before. */
static bool add_head(struct warc *w, GString *out)
{
    size_t from;

    do {
        from = out->len;
        if (!add_line(w, out) || out->len > HEAD_MOST)
            return false;
    } while (str_trim((struct str){out->str + from, out->len - from}).len);
    return true;
}

static struct str str_of(const GString *s)
{
    return (struct str){s->str, s->len};
}

/* What is left of the record. */
static void pass_rest(struct warc *w)
{
    size_t len;

    while ((len = look(w)))
        take(w, len);
}

/* The same, kept. */
static GByteArray *take_rest(struct warc *w)
{
    GByteArray *body = g_byte_array_new();
    size_t len;

    while ((len = look(w))) {
        g_byte_array_append(body, (guint8 *)w->piece + w->from, (guint)len);
        take(w, len);
    }
    return body;
}

/* --- what is passed over --------------------------------------------------------- */

static bool is_passed_type(struct str type, enum passed *kind)
{
    static const struct {
        const char *start;
        enum passed kind;
    } types[] = {
        {"image/", PASSED_PICTURES},
        {"video/", PASSED_SOUNDS},
        {"audio/", PASSED_SOUNDS},
        {"application/vnd.apple.mpegurl", PASSED_SOUNDS},
        {"application/dash+xml", PASSED_SOUNDS},
        {"font/", PASSED_STYLES},
        {"application/font", PASSED_STYLES},
        {"application/x-font", PASSED_STYLES},
        {"application/vnd.ms-fontobject", PASSED_STYLES},
        {"text/css", PASSED_STYLES},
        {"text/javascript", PASSED_STYLES},
        {"application/javascript", PASSED_STYLES},
        {"application/x-javascript", PASSED_STYLES},
        {"application/ecmascript", PASSED_STYLES},
        {"application/wasm", PASSED_STYLES},
        {"application/json", PASSED_DATA},
        {"application/manifest+json", PASSED_DATA},
        {"application/x-protobuf", PASSED_DATA},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        *kind = types[i].kind;
        if (type.len >= strlen(types[i].start) &&
            !g_ascii_strncasecmp(
                type.at, types[i].start, strlen(types[i].start)))
            return true;
    }
    return false;
}

/* Who saves a site keeps notes and logs of its own under other schemes. */
static bool is_of_site(struct str url)
{
    static const char *const schemes[] = {
        "http:", "https:", "ftp:", "ftps:", "file:"};

    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (url.len > strlen(schemes[i]) &&
            !g_ascii_strncasecmp(url.at, schemes[i], strlen(schemes[i])))
            return true;
    return false;
}

/* --- records ----------------------------------------------------------------------- */

static const char *member_name(const struct warc *w)
{
    return arena_print(w->u->a, "%s:%" G_GUINT64_FORMAT, w->name, w->number);
}

static void refuse(struct warc *w, const char *why)
{
    w->given++; /* it is told of */
    w->refused = w->number;
    unpack_refuse(w->u, member_name(w), why);
}

/* Some write it as "<http://...>". */
static struct str target_of(struct str head)
{
    struct str url = head_value(head, "WARC-Target-URI");

    if (url.len > 2 && *url.at == '<' && url.at[url.len - 1] == '>')
        url = (struct str){url.at + 1, url.len - 2};
    return url;
}

static void give(struct warc *w, struct str type, const GByteArray *body)
{
    struct str head = str_of(w->head), date = head_value(head, "WARC-Date");
    struct member p = {
        .name = member_name(w),
        .media_type = unpack_words(w->u, type),
        .bytes = {(const char *)body->data, body->len},
    };

    if (!body->len) {
        w->passed[PASSED_ANSWERS]++;
        return;
    }
    p.values[FIELD_URL] = unpack_words(w->u, target_of(head));
    date.len = MIN(date.len, strlen("2000-01-01"));
    p.values[FIELD_DATE] = unpack_words(w->u, date);
    p.from[FIELD_DATE] = "WARC-Date";
    w->given++;
    unpack_give(w->u, &p);
}

/* What is left of the record is the body, of an answer if there is a head. */
static void take_body(struct warc *w, struct str type, bool is_answer)
{
    size_t most = (size_t)w->u->member_most;
    GError *error = NULL;
    GByteArray *body;

    if (w->left > most) {
        refuse(w, LARGER_THAN_ONE);
        return;
    }
    body = take_rest(w);
    if (is_answer && !w->left)
        body = http_undo(str_of(w->http), body, most, &error);
    if (error)
        refuse(w, error->message);
    else if (!w->left) /* else it is cut off */
        give(w, type, body);
    g_clear_error(&error);
    g_clear_pointer(&body, g_byte_array_unref);
}

/* Sets the media type; false, and what is passed over, where it is no page. */
static bool is_page(
    struct warc *w, struct str record_type, struct str *type, bool *is_answer,
    enum passed *kind)
{
    struct str head = str_of(w->head);

    *kind = PASSED_RECORDS;
    *type = head_value(head, "Content-Type");
    *is_answer = str_is(record_type, "response");
    if ((!*is_answer && !str_is(record_type, "resource")) ||
        !is_of_site(target_of(head)))
        return false;
    if (*is_answer) {
        g_string_truncate(w->http, 0);
        *kind = PASSED_ANSWERS;
        if (!add_head(w, w->http) || http_status(str_of(w->http)) != 200)
            return false;
        *type = head_value(str_of(w->http), "Content-Type");
    }
    return !is_passed_type(*type, kind);
}

static void take_record(struct warc *w)
{
    struct str head = str_of(w->head), type;
    struct str length = head_value(head, "Content-Length");
    char *digits = g_strndup(length.at ? length.at : "", length.len);
    bool is_answer;
    enum passed kind;

    w->left = 0;
    if (!g_ascii_string_to_unsigned(digits, 10, 0, G_MAXINT64, &w->left, NULL))
        refuse(w, "the record does not tell its length");
    else if (is_page(
                 w, head_value(head, "WARC-Type"), &type, &is_answer, &kind))
        take_body(w, type, is_answer);
    else
        w->passed[kind]++;
    pass_rest(w);
    if (w->left && w->refused != w->number)
        refuse(w, "the record is cut off, or damaged");
    g_free(digits);
}

/* --- the file ---------------------------------------------------------------------- */

static bool is_first_line(struct str line)
{
    return line.len > 6 && !memcmp(line.at, "WARC/", 5) &&
           g_ascii_isdigit(line.at[5]);
}

/* Passes over what is between records, and what damage made of one; false at
   the end. */
static bool find_record(struct warc *w)
{
    w->left = G_MAXUINT64;
    do {
        g_string_truncate(w->head, 0);
        if (!add_line(w, w->head))
            return false;
    } while (!is_first_line(str_of(w->head)));
    w->number++;
    return true;
}

/* Goes on after damage; false at the end of all. */
static bool go_on(struct warc *w)
{
    if (!gunzip_is_broken(w->in))
        return false;
    if (w->refused != w->number)
        refuse(w, "what comes after this record is cut off, or damaged");
    w->from = w->to = 0;
    return gunzip_resume(w->in);
}

static void take_records(struct warc *w)
{
    do {
        while (find_record(w))
            if (add_head(w, w->head))
                take_record(w);
            else
                refuse(w, "the record is cut off, or damaged");
    } while (go_on(w));
}

/* Where nothing was given: what there was. */
static void tell_passed(struct warc *w)
{
    static const char *const words[PASSED_COUNT] = {
#define X(name, words) words,
        PASSED(X)
#undef X
    };
    GString *told = g_string_new("there is no page in it, only: ");

    for (int i = 0; i < PASSED_COUNT; i++)
        if (w->passed[i])
            g_string_append_printf(
                told, "%s (%" G_GUINT64_FORMAT "); ", words[i], w->passed[i]);
    g_string_truncate(told, told->len - strlen("; "));
    unpack_refuse(w->u, w->name, told->str);
    g_string_free(told, TRUE);
}

bool warc_take(
    struct unpacking *u, struct stream in, const char *name, GError **error)
{
    struct warc *w = g_new0(struct warc, 1);
    uint64_t number;

    w->u = u;
    w->name = name;
    w->in = gunzip_new(in);
    w->head = g_string_new(NULL);
    w->http = g_string_new(NULL);
    take_records(w);
    if (w->number && !w->given)
        tell_passed(w);
    number = w->number;
    g_string_free(w->head, TRUE);
    g_string_free(w->http, TRUE);
    gunzip_free(w->in);
    g_free(w);
    if (!number)
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "it is damaged: there is no record of WARC in it");
    return number;
}

bool warc_is(struct str start)
{
    struct feed *bytes = feed_of_bytes(start);
    struct gunzip *in = gunzip_new(stream_of_feed(bytes));
    char line[8];
    size_t len = gunzip_read(in, line, sizeof(line));

    gunzip_free(in);
    feed_free(bytes);
    return is_first_line((struct str){line, len});
}

bool warc_unpack(struct unpacking *u, GError **error)
{
    feed_seek(u->in, 0);
    return warc_take(u, stream_of_feed(u->in), "", error);
}
