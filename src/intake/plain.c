/* Plain text and its head, and Markdown made plain. */
#include "intake/parts.h"

#include <string.h>

static struct str line_at(struct str text, size_t from)
{
    const char *end = memchr(text.at + from, '\n', text.len - from);

    return (struct str){
        text.at + from, end ? (size_t)(end - text.at) - from : text.len - from};
}

/* "Date: 2012-02-21" -> its field; false if the line is none of a head. */
static bool parse_head(
    const struct making *m, struct str line, enum field *f, struct str *value)
{
    const char *colon = memchr(line.at, ':', MIN(line.len, 20));
    char *name;
    int field;

    if (!colon)
        return false;
    name = g_ascii_strdown(line.at, colon - line.at);
    field =
        GPOINTER_TO_INT(g_hash_table_lookup(m->words->heads, g_strstrip(name)));
    g_free(name);
    if (!field)
        return false;
    *f = (enum field)(field - 1);
    *value = str_trim(
        (struct str){colon + 1, line.len - (size_t)(colon + 1 - line.at)});
    return true;
}

static void
set_field(struct making *m, enum field f, struct str value, const char *where)
{
    char *words = g_strndup(value.at, value.len);

    /* Front matter may quote its values. */
    if (value.len > 1 && strchr("\"'", *words) &&
        words[value.len - 1] == *words)
        memset(words + value.len - 1, 0, 1);
    field_set(m, f, words + (strchr("\"'", *words) && *words ? 1 : 0), where);
    g_free(words);
}

uint32_t read_head(struct making *m, struct str text)
{
    struct str value;
    enum field f;
    size_t at = 0;
    uint32_t lines = 0;

    /* All or nothing: a blank line must follow lines that are all of it. */
    while (at < text.len) {
        struct str line = line_at(text, at);

        if (!str_trim(line).len)
            break;
        if (!parse_head(m, line, &f, &value))
            return 0;
        at += line.len + 1;
        lines++;
    }
    if (!lines || at >= text.len)
        return 0;
    for (size_t from = 0; from < at;) {
        struct str line = line_at(text, from);

        if (parse_head(m, line, &f, &value))
            set_field(m, f, value, "head of the text");
        from += line.len + 1;
    }
    return (uint32_t)at;
}

void read_plain(struct making *m, struct str text)
{
    struct document *d = m->document;

    d->text = text;
    d->body = (struct span){read_head(m, text), (uint32_t)text.len};
    bylines_read(m, span_text(text, d->body));
}

/* --- Markdown ------------------------------------------------------------- */

/* Lines "key: value" between two lines "---" at the start; returns where the
   rest begins. */
static size_t read_front(struct making *m, struct str text)
{
    struct str value;
    enum field f;
    size_t at;

    if (!str_is(str_trim(line_at(text, 0)), "---"))
        return 0;
    at = line_at(text, 0).len + 1;
    while (at < text.len) {
        struct str line = line_at(text, at);

        at += line.len + 1;
        if (str_is(str_trim(line), "---"))
            return MIN(at, text.len);
        if (parse_head(m, line, &f, &value))
            set_field(m, f, value, "head of the text");
    }
    return 0;
}

/* Appends "words" of "[words](address)" at s[*at]; false if it is no link. */
static bool append_link(GString *out, struct str s, size_t *at)
{
    bool is_image = s.at[*at] == '!';
    size_t from = *at + is_image, close, end;

    if (from >= s.len || s.at[from] != '[')
        return false;
    for (close = from + 1; close < s.len && s.at[close] != ']'; close++)
        if (s.at[close] == '[' || close - from > 500)
            return false;
    if (close + 1 >= s.len || s.at[close + 1] != '(')
        return false;
    for (end = close + 2; end < s.len && s.at[end] != ')'; end++)
        if (end - close > 2000)
            return false;
    if (end >= s.len)
        return false;
    if (!is_image)
        g_string_append_len(out, s.at + from + 1, (gssize)(close - from - 1));
    *at = end;
    return true;
}

/* Is the '_' at `at` inside a word, and so a letter of it? */
static bool is_inside_word(struct str s, size_t at)
{
    return at > 0 && at + 1 < s.len && g_ascii_isalnum(s.at[at - 1]) &&
           g_ascii_isalnum(s.at[at + 1]);
}

static void append_inline(GString *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];

        if ((c == '[' || c == '!') && append_link(out, s, &i))
            continue;
        if (c == '\\' && i + 1 < s.len && g_ascii_ispunct(s.at[i + 1])) {
            g_string_append_c(out, s.at[++i]);
            continue;
        }
        if (c == '*' || c == '`' || (c == '_' && !is_inside_word(s, i)))
            continue;
        g_string_append_c(out, c);
    }
}

/* Without the marks of headings, quotations and list items; a line of its own
   gets a blank line before it. */
static struct str strip_block(struct str line, bool *is_own)
{
    struct str s = str_trim(line);
    size_t n = 0;

    *is_own = false;
    while (s.len && *s.at == '>')
        s = str_trim((struct str){s.at + 1, s.len - 1});
    while (n < s.len && s.at[n] == '#')
        n++;
    if (n && n <= 6 && n < s.len && s.at[n] == ' ') {
        *is_own = true;
        return str_trim((struct str){s.at + n, s.len - n});
    }
    if (s.len > 1 && strchr("-*+", *s.at) && s.at[1] == ' ') {
        *is_own = true;
        return str_trim((struct str){s.at + 2, s.len - 2});
    }
    return s;
}

static bool is_rule(struct str s)
{
    size_t marks = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (!strchr("-*_= |:", s.at[i]))
            return false;
        marks += s.at[i] != ' ';
    }
    return marks >= 3;
}

void read_markdown(struct making *m, struct str text)
{
    GString *out = g_string_sized_new(text.len);
    size_t at = read_front(m, text);
    bool in_code = false, is_own;

    if (!at)
        at = read_head(m, text);
    while (at < text.len) {
        struct str line = line_at(text, at), s = strip_block(line, &is_own);

        at += line.len + 1;
        if (s.len >= 3 &&
            (!strncmp(s.at, "```", 3) || !strncmp(s.at, "~~~", 3))) {
            in_code = !in_code;
            continue;
        }
        if (in_code) {
            g_string_append_len(out, line.at, (gssize)line.len);
            g_string_append_c(out, '\n');
            continue;
        }
        if (is_rule(s))
            continue;
        if (is_own && *str_trim(line).at == '#')
            set_field(m, FIELD_TITLE, s, "heading");
        if (is_own && out->len)
            g_string_append_c(out, '\n');
        append_inline(out, s);
        g_string_append(out, is_own ? "\n\n" : "\n");
    }
    m->document->text =
        (struct str){arena_copy(m->a, out->str, out->len), out->len};
    m->document->body = (struct span){0, (uint32_t)out->len};
    bylines_read(m, m->document->text);
    g_string_free(out, TRUE);
}
