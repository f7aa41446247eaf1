#include "cage/answer.h"

#include <string.h>

enum { WORDS_MOST = 1000, NAME_MOST = 100, MILESTONE_MOST = 60 };

static bool is_text(struct str s)
{
    return g_utf8_validate(s.at, (gssize)s.len, NULL); /* no NUL either */
}

/* A line of words, or nothing. */
static bool is_words(struct str s)
{
    return !s.at || (s.len && s.len <= WORDS_MOST && is_text(s));
}

static bool
are_words(const struct str *parts, const enum tag *tags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_words(parts[tags[i]]))
            return false;
    return true;
}

/* "application/vnd.x+xml", "windows-1252" */
static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!g_ascii_isalnum(s.at[i]) &&
            (!s.at[i] || !strchr("/.+-_:", s.at[i])))
            return false;
    return s.len && s.len <= NAME_MOST;
}

static bool is_day(struct str s)
{
    char day[] = "2000-01-01";

    if (!s.at)
        return true;
    if (s.len != strlen(day) || memchr(s.at, 0, s.len))
        return false;
    memcpy(day, s.at, s.len);
    return date_is(day);
}

static bool is_inside(struct str text, uint32_t at)
{
    return at == text.len || (at < text.len && (text.at[at] & 0xC0) != 0x80);
}

static bool is_body(struct str part, struct str text)
{
    uint32_t body[2];

    return part_numbers(part, body, 2) && body[0] <= body[1] &&
           is_inside(text, body[0]) && is_inside(text, body[1]);
}

static uint32_t place_at(struct str places, uint32_t i)
{
    uint32_t at;

    memcpy(&at, places.at + i * sizeof(at), sizeof(at));
    return at;
}

/* Takes "UNIT N" and its line's end off the front; false where that is not
   what stands there. */
static bool next_milestone(struct str *names, struct str *unit, struct str *n)
{
    const char *end = memchr(names->at, '\n', names->len);
    const char *gap =
        end ? memchr(names->at, ' ', (size_t)(end - names->at)) : NULL;

    if (!gap || end - names->at > MILESTONE_MOST)
        return false;
    *unit = (struct str){names->at, (size_t)(gap - names->at)};
    *n = (struct str){gap + 1, (size_t)(end - gap - 1)};
    names->len -= (size_t)(end + 1 - names->at);
    names->at = end + 1;
    return is_name(*unit) && n->len && is_text(*n);
}

/* None, or each inside the text, none before the one before it. */
static bool is_milestones(struct str places, struct str names, struct str text)
{
    uint32_t count = (uint32_t)(places.len / sizeof(uint32_t)), last = 0;
    struct str unit, n;

    if (!places.at || !names.at)
        return !places.at && !names.at;
    if (places.len % sizeof(uint32_t))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = place_at(places, i);

        if (at < last || !is_inside(text, at) ||
            !next_milestone(&names, &unit, &n))
            return false;
        last = at;
    }
    return !names.len;
}

static bool is_fault(struct str s)
{
    return s.len > 1 && (*s.at == 'I' || *s.at == 'L') && is_words(s);
}

bool answer_parse(struct message *answer, struct str bytes)
{
    static const enum tag words[] = {
        TAG_TITLE, TAG_DATE_FROM, TAG_PUBLISHER, TAG_PUBLISHER_FROM, TAG_URL};
    const struct str *parts = answer->parts;

    if (!message_parse(answer, bytes))
        return false;
    if (!parts[TAG_BODY].at)
        return is_fault(parts[TAG_FAULT]);
    if (!are_words(parts, words, G_N_ELEMENTS(words)))
        return false;
    for (uint32_t i = 0; i < answer->note_count; i++)
        if (!is_words(answer->notes[i]))
            return false;
    return is_name(parts[TAG_MEDIA_TYPE]) &&
           (!parts[TAG_ENCODING].at || is_name(parts[TAG_ENCODING])) &&
           is_day(parts[TAG_DATE]) && parts[TAG_TEXT].at &&
           is_text(parts[TAG_TEXT]) &&
           is_body(parts[TAG_BODY], parts[TAG_TEXT]) &&
           is_milestones(
               parts[TAG_MILESTONE_PLACES], parts[TAG_MILESTONE_NAMES],
               parts[TAG_TEXT]);
}

static bool take_fault(struct str fault, GError **error)
{
    g_set_error(
        error, ATTEST_ERROR,
        *fault.at == 'L' ? ATTEST_ERROR_LIMIT : ATTEST_ERROR_INPUT, "%.*s",
        (int)fault.len - 1, fault.at + 1);
    return false;
}

static const char *copy(struct arena *a, struct str s)
{
    return s.at ? arena_copy(a, s.at, s.len) : NULL;
}

static void
take_milestones(struct making *m, struct str places, struct str names)
{
    uint32_t count = (uint32_t)(places.len / sizeof(uint32_t)), i = 0;
    struct milestone *taken = arena_make(m->a, struct milestone, count);
    struct str unit, n;

    for (; i < count && next_milestone(&names, &unit, &n); i++)
        taken[i] = (struct milestone){
            place_at(places, i), copy(m->a, unit), copy(m->a, n)};
    m->document->milestones = taken;
    m->document->milestone_count = i;
}

bool answer_take(struct making *m, const struct message *answer, GError **error)
{
    const struct str *parts = answer->parts;
    struct document *d = m->document;
    uint32_t body[2];

    if (!part_numbers(parts[TAG_BODY], body, 2)) /* then it is a fault */
        return take_fault(parts[TAG_FAULT], error);
    d->media_type = copy(m->a, parts[TAG_MEDIA_TYPE]);
    d->encoding = copy(m->a, parts[TAG_ENCODING]);
    d->title = copy(m->a, parts[TAG_TITLE]);
    d->date = copy(m->a, parts[TAG_DATE]);
    d->date_from = copy(m->a, parts[TAG_DATE_FROM]);
    d->publisher = copy(m->a, parts[TAG_PUBLISHER]);
    d->publisher_from = copy(m->a, parts[TAG_PUBLISHER_FROM]);
    d->url = copy(m->a, parts[TAG_URL]);
    d->body = (struct span){body[0], body[1]};
    d->text.len = parts[TAG_TEXT].len;
    d->text.at = copy(m->a, parts[TAG_TEXT]);
    take_milestones(m, parts[TAG_MILESTONE_PLACES], parts[TAG_MILESTONE_NAMES]);
    for (uint32_t i = 0; i < answer->note_count; i++)
        making_note(m, "%.*s", (int)answer->notes[i].len, answer->notes[i].at);
    return true;
}

/* --- members of files ----------------------------------------------------------- */

bool member_parse(struct message *answer, struct str bytes)
{
    static const enum tag words[] = {
        TAG_MEDIA_TYPE, TAG_TITLE,          TAG_DATE, TAG_DATE_FROM,
        TAG_PUBLISHER,  TAG_PUBLISHER_FROM, TAG_URL};
    const struct str *parts = answer->parts;

    if (!message_parse(answer, bytes))
        return false;
    if (!parts[TAG_NAME].at)
        return parts[TAG_END].at || is_fault(parts[TAG_FAULT]);
    if (!are_words(parts, words, G_N_ELEMENTS(words)))
        return false;
    return parts[TAG_NAME].len <= WORDS_MOST && is_text(parts[TAG_NAME]) &&
           (!parts[TAG_FAULT].at || is_fault(parts[TAG_FAULT]));
}

bool member_take(
    struct arena *a, struct member *out, const struct message *answer,
    GError **error)
{
    const struct str *parts = answer->parts;

    memset(out, 0, sizeof(*out));
    if (!parts[TAG_NAME].at)
        return parts[TAG_END].at ? false : take_fault(parts[TAG_FAULT], error);
    out->name = copy(a, parts[TAG_NAME]);
    if (parts[TAG_FAULT].at)
        out->fault =
            arena_copy(a, parts[TAG_FAULT].at + 1, parts[TAG_FAULT].len - 1);
    out->media_type = copy(a, parts[TAG_MEDIA_TYPE]);
    out->values[FIELD_TITLE] = copy(a, parts[TAG_TITLE]);
    out->values[FIELD_URL] = copy(a, parts[TAG_URL]);
    out->values[FIELD_DATE] = copy(a, parts[TAG_DATE]);
    out->from[FIELD_DATE] = copy(a, parts[TAG_DATE_FROM]);
    out->values[FIELD_PUBLISHER] = copy(a, parts[TAG_PUBLISHER]);
    out->from[FIELD_PUBLISHER] = copy(a, parts[TAG_PUBLISHER_FROM]);
    out->is_alone = parts[TAG_ALONE].at != NULL;
    out->bytes = parts[TAG_BYTES];
    return true;
}
