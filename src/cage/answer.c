#include "cage/answer.h"

#include <string.h>

enum { WORDS_MOST = 1000, NAME_MOST = 100 };

static bool is_text(struct str s)
{
    return g_utf8_validate(s.at, (gssize)s.len, NULL); /* no NUL either */
}

/* A line of words, or nothing. */
static bool is_words(struct str s)
{
    return !s.at || (s.len && s.len <= WORDS_MOST && is_text(s));
}

/* "application/vnd.x+xml", "windows-1252" */
static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!g_ascii_isalnum(s.at[i]) && !strchr("/.+-_:", s.at[i]))
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
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!is_words(parts[words[i]]))
            return false;
    for (uint32_t i = 0; i < answer->note_count; i++)
        if (!is_words(answer->notes[i]))
            return false;
    return is_name(parts[TAG_MEDIA_TYPE]) &&
           (!parts[TAG_ENCODING].at || is_name(parts[TAG_ENCODING])) &&
           is_day(parts[TAG_DATE]) && parts[TAG_TEXT].at &&
           is_text(parts[TAG_TEXT]) &&
           is_body(parts[TAG_BODY], parts[TAG_TEXT]);
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
    for (uint32_t i = 0; i < answer->note_count; i++)
        making_note(m, "%.*s", (int)answer->notes[i].len, answer->notes[i].at);
    return true;
}
