/* What the program in the cage answers. */
#include "cage/reply.h"

static void add_milestones(GByteArray *out, const struct document *d)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    GString *names = g_string_new(NULL);

    for (uint32_t i = 0; i < d->milestone_count; i++) {
        const struct milestone *m = &d->milestones[i];

        g_array_append_val(places, m->at);
        g_string_append_printf(names, "%s %s\n", m->unit, m->n);
    }
    message_add(
        out, TAG_MILESTONE_PLACES, places->data,
        places->len * sizeof(uint32_t));
    message_add(out, TAG_MILESTONE_NAMES, names->str, names->len);
    g_string_free(names, TRUE);
    g_array_free(places, TRUE);
}

void reply_document(GByteArray *out, const struct making *m)
{
    const struct document *d = m->document;
    const uint32_t body[] = {d->body.from, d->body.to};

    message_add_words(out, TAG_MEDIA_TYPE, d->media_type);
    message_add_words(out, TAG_ENCODING, d->encoding);
    message_add_words(out, TAG_TITLE, d->title);
    message_add_words(out, TAG_DATE, d->date);
    message_add_words(out, TAG_DATE_FROM, d->date_from);
    message_add_words(out, TAG_PUBLISHER, d->publisher);
    message_add_words(out, TAG_PUBLISHER_FROM, d->publisher_from);
    message_add_words(out, TAG_URL, d->url);
    for (guint i = 0; i < MIN(m->notes->len, NOTES_MOST); i++)
        message_add_words(out, TAG_NOTE, g_ptr_array_index(m->notes, i));
    message_add(out, TAG_BODY, body, sizeof(body));
    if (d->milestone_count)
        add_milestones(out, d);
    message_add(out, TAG_TEXT, d->text.at, d->text.len);
}

void reply_fault(GByteArray *out, const GError *error)
{
    bool is_limit = g_error_matches(error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
    char *message = g_utf8_make_valid(error->message, -1);
    char *words = g_strconcat(is_limit ? "L" : "I", message, NULL);

    message_add_words(out, TAG_FAULT, words);
    g_free(words);
    g_free(message);
}

static void add_value(
    GByteArray *out, enum tag tag, const char *value, enum tag where_tag,
    const char *where)
{
    message_add_words(out, tag, value);
    if (value)
        message_add_words(out, where_tag, where);
}

void reply_member(GByteArray *out, const struct member *p)
{
    char *fault = p->fault ? g_strconcat("I", p->fault, NULL) : NULL;

    message_add_words(out, TAG_NAME, p->name);
    message_add_words(out, TAG_FAULT, fault);
    message_add_words(out, TAG_MEDIA_TYPE, p->media_type);
    message_add_words(out, TAG_TITLE, p->values[FIELD_TITLE]);
    message_add_words(out, TAG_URL, p->values[FIELD_URL]);
    add_value(
        out, TAG_DATE, p->values[FIELD_DATE], TAG_DATE_FROM,
        p->from[FIELD_DATE]);
    add_value(
        out, TAG_PUBLISHER, p->values[FIELD_PUBLISHER], TAG_PUBLISHER_FROM,
        p->from[FIELD_PUBLISHER]);
    if (p->is_alone)
        message_add(out, TAG_ALONE, "", 0);
    if (p->bytes.at)
        message_add(out, TAG_BYTES, p->bytes.at, p->bytes.len);
    g_free(fault);
}
