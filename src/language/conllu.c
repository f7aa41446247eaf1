/* CoNLL-U (https://universaldependencies.org/format.html), in and out. */
#include "language/language.h"

#include <string.h>
#include <unicode/ustring.h>

enum { COLUMNS = 10, COLUMN_FORM = 1, COLUMN_MISC = 9 };

/* A token line, or one of a multiword token. */
struct line {
    uint32_t first, last; /* as numbered in the sentence, from 1 */
    const char *form;
    bool space_after;
};

struct parsing {
    struct arena *a;
    GString *text;     /* what the forms make */
    GArray *sentences; /* struct sentence */
    GArray *tokens;    /* struct token, of the sentence being read */
    GString *comments;
    struct line multi; /* the multiword token that is open; last 0 if none */
    uint32_t multi_at; /* where in the text it begins */
    uint32_t number, paragraph;
};

static bool complain(const struct parsing *p, GError **error, const char *what)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "line %u: %s", p->number,
        what);
    return false;
}

static char *lower_of(struct arena *a, const char *form)
{
    char *low = g_utf8_strdown(form, -1);
    char *copy = arena_copy(a, low, strlen(low));

    g_free(low);
    return copy;
}

/* Where the form stands: in the words of the multiword token if these hold
   it, else at their end; a plain token adds its words. */
static struct span place_form(struct parsing *p, const struct line *l)
{
    uint32_t from = (uint32_t)p->text->len, len = (uint32_t)strlen(l->form);

    if (!p->multi.last) {
        g_string_append(p->text, l->form);
        return (struct span){from, from + len};
    }
    if (p->tokens->len &&
        g_array_index(p->tokens, struct token, p->tokens->len - 1).mwt_next)
        from =
            g_array_index(p->tokens, struct token, p->tokens->len - 1).span.to;
    else
        from = p->multi_at;
    if (len > p->text->len - from || l->first == p->multi.last)
        len = (uint32_t)(p->text->len - from);
    while (len && from + len < p->text->len &&
           (p->text->str[from + len] & 0xC0) == 0x80)
        len--;
    return (struct span){from, from + len};
}

static void add_token(struct parsing *p, const struct line *l)
{
    struct token t = {
        .span = place_form(p, l),
        .head = NO_TOKEN,
        .space_after = l->space_after,
        .form = arena_copy(p->a, l->form, strlen(l->form)),
        .lower = lower_of(p->a, l->form),
    };

    if (p->multi.last) {
        t.mwt_next = l->first < p->multi.last;
        t.space_after = !t.mwt_next && p->multi.space_after;
        if (!t.mwt_next)
            p->multi.last = 0;
    }
    if (t.space_after)
        g_string_append_c(p->text, ' ');
    g_array_append_val(p->tokens, t);
}

static void add_sentence(struct parsing *p)
{
    struct sentence s = {.paragraph = p->paragraph};
    const struct token *tokens = (const void *)p->tokens->data;
    uint32_t count = p->tokens->len;

    s.token_count = count;
    s.tokens = arena_make(p->a, struct token, count);
    memcpy(s.tokens, tokens, count * sizeof(*tokens));
    s.span = (struct span){tokens[0].span.from, tokens[count - 1].span.to};
    s.comments = arena_copy(p->a, p->comments->str, p->comments->len);
    g_array_append_val(p->sentences, s);
    g_array_set_size(p->tokens, 0);
    g_string_truncate(p->comments, 0);
}

/* "7" or "7-8"; false for anything else. */
static bool parse_id(const char *id, struct line *l)
{
    char *end;
    guint64 first = g_ascii_strtoull(id, &end, 10), last = first;

    if (end == id || !g_ascii_isdigit(*id))
        return false;
    if (*end == '-' && g_ascii_isdigit(end[1]))
        last = g_ascii_strtoull(end + 1, &end, 10);
    if (*end || !first || last < first || last > G_MAXUINT32)
        return false;
    l->first = (uint32_t)first;
    l->last = (uint32_t)last;
    return true;
}

static bool
open_multiword(struct parsing *p, const struct line *l, GError **error)
{
    if (p->multi.last || l->first != p->tokens->len + 1)
        return complain(p, error, "a multiword token out of order");
    p->multi = *l;
    p->multi_at = (uint32_t)p->text->len;
    g_string_append(p->text, l->form);
    return true;
}

static bool read_cells(struct parsing *p, char **cells, GError **error)
{
    struct line l = {.form = cells[COLUMN_FORM]};

    if (strchr(cells[0], '.')) /* an empty node is no word */
        return true;
    if (!parse_id(cells[0], &l))
        return complain(p, error, "the first column is no token number");
    if (!*l.form)
        return complain(p, error, "a token without a form");
    l.space_after = !strstr(cells[COLUMN_MISC], "SpaceAfter=No");
    if (l.last > l.first)
        return open_multiword(p, &l, error);
    if (l.first != p->tokens->len + 1)
        return complain(p, error, "token numbers do not count up from 1");
    if (p->tokens->len == LANGUAGE_SENTENCE_MOST)
        return complain(p, error, "a sentence of more than 512 tokens");
    add_token(p, &l);
    return true;
}

static bool end_sentence(struct parsing *p, GError **error)
{
    if (p->multi.last)
        return complain(p, error, "a multiword token lacks its words");
    if (p->tokens->len)
        add_sentence(p);
    return true;
}

static bool read_line(struct parsing *p, const char *line, GError **error)
{
    char **cells;
    bool good;

    p->number++;
    if (!*line)
        return end_sentence(p, error);
    if (*line == '#') {
        if (g_str_has_prefix(line, "# newpar") && p->sentences->len)
            p->paragraph++;
        g_string_append(p->comments, line);
        g_string_append_c(p->comments, '\n');
        return true;
    }
    cells = g_strsplit(line, "\t", COLUMNS + 1);
    good = g_strv_length(cells) == COLUMNS
               ? read_cells(p, cells, error)
               : complain(p, error, "not ten columns with tabs between them");
    g_strfreev(cells);
    return good;
}

static bool read_lines(struct parsing *p, struct str content, GError **error)
{
    const char *at = content.at, *end = content.at + content.len;

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        char *line;
        bool good;

        if (!stop)
            stop = end;
        line = g_strndup(at, (size_t)(stop - at));
        if (strlen(line) && line[strlen(line) - 1] == '\r')
            line[strlen(line) - 1] = 0;
        good = strlen(line) + 1 >= (size_t)(stop - at)
                   ? read_line(p, line, error)
                   : (p->number++, complain(p, error, "a zero byte"));
        g_free(line);
        if (!good)
            return false;
        at = stop + 1;
    }
    return end_sentence(p, error);
}

static struct text *take_text(struct parsing *p)
{
    struct text *t = arena_make(p->a, struct text, 1);
    uint32_t count = p->sentences->len;

    t->str.at = arena_copy(p->a, p->text->str, p->text->len);
    t->str.len = p->text->len;
    t->count = count;
    t->sentences = arena_make(p->a, struct sentence, count);
    if (count)
        memcpy(
            t->sentences, p->sentences->data, count * sizeof(struct sentence));
    for (uint32_t i = 0; i < count; i++)
        t->token_count += t->sentences[i].token_count;
    return t;
}

struct text *conllu_read(struct arena *a, struct str content, GError **error)
{
    struct parsing p = {
        .a = a,
        .text = g_string_new(NULL),
        .sentences = g_array_new(FALSE, TRUE, sizeof(struct sentence)),
        .tokens = g_array_new(FALSE, TRUE, sizeof(struct token)),
        .comments = g_string_new(NULL),
    };
    struct text *t = NULL;

    if (!g_utf8_validate_len(content.at, content.len, NULL) &&
        !memchr(content.at, 0, content.len))
        g_set_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "it is not UTF-8");
    else if (content.len > G_MAXUINT32 / 2)
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_LIMIT, "it is larger than 2 GB");
    else if (read_lines(&p, content, error))
        t = take_text(&p);
    g_string_free(p.text, TRUE);
    g_array_free(p.sentences, TRUE);
    g_array_free(p.tokens, TRUE);
    g_string_free(p.comments, TRUE);
    return t;
}

/* --- out --------------------------------------------------------------- */

static const char *const upos_words[] = {
#define X(tag) #tag,
    UPOS_TAGS(X)
#undef X
};

const char *upos_word(enum upos tag)
{
    return upos_words[tag];
}

/* The words of a span on one line. */
static void append_words(GString *out, struct str text, struct span s)
{
    for (uint32_t i = s.from; i < s.to; i++)
        g_string_append_c(out, strchr("\n\r\t", text.at[i]) ? ' ' : text.at[i]);
}

static void append_comments(
    const struct text *t, const struct sentence *s, uint32_t number,
    GString *out)
{
    bool is_new = s->paragraph !=
                  (number ? t->sentences[number - 1].paragraph : UINT32_MAX);

    if (s->comments && *s->comments)
        g_string_append(out, s->comments);
    else if (is_new)
        g_string_append(out, "# newpar\n");
    if (s->comments && strstr(s->comments, "# text = "))
        return;
    if (!s->comments || !strstr(s->comments, "# sent_id"))
        g_string_append_printf(out, "# sent_id = %u\n", number + 1);
    g_string_append(out, "# text = ");
    append_words(out, t->str, s->span);
    g_string_append_c(out, '\n');
}

/* The range line of a multiword token that begins with this token. */
static void append_multiword(
    const struct text *t, const struct sentence *s, uint32_t first,
    GString *out)
{
    uint32_t last = first;

    while (last + 1 < s->token_count && s->tokens[last].mwt_next)
        last++;
    g_string_append_printf(out, "%u-%u\t", first + 1, last + 1);
    append_words(
        out, t->str,
        (struct span){s->tokens[first].span.from, s->tokens[last].span.to});
    g_string_append_printf(
        out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
        s->tokens[last].space_after ? "_" : "SpaceAfter=No");
}

static void append_field(GString *misc, const char *field)
{
    if (misc->len)
        g_string_append_c(misc, '|');
    g_string_append(misc, field);
}

static void append_name(const struct sentence *s, uint32_t token, GString *misc)
{
    static const char *const kinds[] = {"person", "group", "place"};

    for (uint32_t i = 0; i < s->name_count; i++) {
        const struct name *n = &s->names[i];

        if (n->from <= token && token < n->to) {
            append_field(misc, n->from == token ? "Name=B-" : "Name=I-");
            g_string_append(misc, kinds[n->kind]);
            return;
        }
    }
}

static void append_time(const struct sentence *s, uint32_t token, GString *misc)
{
    static const char *const kinds[] = {"Date", "Duration", "Set"};

    for (uint32_t i = 0; i < s->time_count; i++) {
        const struct time_expression *x = &s->times[i];

        if (x->from == token) {
            append_field(misc, "Time=");
            g_string_append_printf(
                misc, "%s:%u:%s/%s", kinds[x->kind], x->to - x->from, x->first,
                x->last);
        }
    }
}

static void
append_number(const struct sentence *s, uint32_t token, GString *misc)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    for (uint32_t i = 0; i < s->number_count; i++) {
        const struct number *n = &s->numbers[i];

        if (n->from != token)
            continue;
        append_field(misc, "Number=");
        g_string_append(misc, n->compare);
        if (n->has_value)
            g_string_append(
                misc, g_ascii_dtostr(digits, sizeof(digits), n->value));
        if (n->has_value && n->most > n->value)
            g_string_append_printf(
                misc, "-%s", g_ascii_dtostr(digits, sizeof(digits), n->most));
        g_string_append(misc, n->unit);
    }
}

static void append_misc(const struct sentence *s, uint32_t token, GString *out)
{
    const struct token *t = &s->tokens[token];
    bool in_multiword = t->mwt_next || (token && t[-1].mwt_next);
    GString *misc = g_string_new(NULL);

    append_name(s, token, misc);
    append_number(s, token, misc);
    if (!t->space_after && !in_multiword)
        append_field(misc, "SpaceAfter=No");
    append_time(s, token, misc);
    g_string_append(out, misc->len ? misc->str : "_");
    g_string_free(misc, TRUE);
}

static const char *or_none(const char *value)
{
    return value && *value ? value : "_";
}

static void append_token(const struct sentence *s, uint32_t i, GString *out)
{
    const struct token *t = &s->tokens[i];
    uint32_t head = t->head == NO_TOKEN ? 0 : t->head + 1;

    g_string_append_printf(
        out, "%u\t%s\t%s\t%s\t%s\t%s\t%u\t%s\t_\t", i + 1, t->form,
        or_none(t->lemma), upos_words[t->upos], or_none(t->xpos),
        or_none(t->feats), head, or_none(t->deprel));
    append_misc(s, i, out);
    g_string_append_c(out, '\n');
}

void conllu_write(const struct text *t, GString *out)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct sentence *s = &t->sentences[i];

        append_comments(t, s, i, out);
        for (uint32_t k = 0; k < s->token_count; k++) {
            if (s->tokens[k].mwt_next && (!k || !s->tokens[k - 1].mwt_next))
                append_multiword(t, s, k, out);
            append_token(s, k, out);
        }
        g_string_append_c(out, '\n');
    }
}
