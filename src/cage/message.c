#include "cage/message.h"

#include <string.h>

GByteArray *message_new(void)
{
    GByteArray *out = g_byte_array_new();
    uint32_t length = 0;

    g_byte_array_append(out, (guint8 *)&length, sizeof(length));
    return out;
}

void message_add(GByteArray *out, enum tag tag, const void *at, size_t len)
{
    guint8 mark = (guint8)tag;
    uint32_t length = (uint32_t)len;

    g_byte_array_append(out, &mark, 1);
    g_byte_array_append(out, (guint8 *)&length, sizeof(length));
    if (len)
        g_byte_array_append(out, at, length);
}

void message_add_words(GByteArray *out, enum tag tag, const char *words)
{
    if (words)
        message_add(out, tag, words, strlen(words));
}

void message_close(GByteArray *out)
{
    uint32_t length = out->len - (uint32_t)sizeof(length);

    memcpy(out->data, &length, sizeof(length));
}

static bool keep_part(struct message *m, enum tag tag, struct str part)
{
    if (tag == TAG_NOTE) {
        if (m->note_count == NOTES_MOST)
            return false;
        m->notes[m->note_count++] = part;
        return true;
    }
    if (m->parts[tag].at)
        return false;
    m->parts[tag] = part;
    return true;
}

bool message_parse(struct message *m, struct str bytes)
{
    enum { HEAD = 1 + sizeof(uint32_t) };
    size_t at = 0;

    memset(m, 0, sizeof(*m));
    while (at < bytes.len) {
        uint32_t length;
        guint8 tag;

        if (bytes.len - at < HEAD)
            return false;
        tag = (guint8)bytes.at[at];
        memcpy(&length, bytes.at + at + 1, sizeof(length));
        at += HEAD;
        if (tag >= TAG_COUNT || length > bytes.len - at ||
            !keep_part(m, tag, (struct str){bytes.at + at, length}))
            return false;
        at += length;
    }
    return true;
}

bool part_numbers(struct str part, uint32_t *out, size_t count)
{
    if (!part.at || part.len != count * sizeof(*out))
        return false;
    memcpy(out, part.at, part.len);
    return true;
}
