/* A page becomes blocks as it is told. */
#include "formats/web/blocks.h"

#include <string.h>

/* --- elements ------------------------------------------------------------------- */

enum role {
    ROLE_NONE,
    ROLE_MAIN,  /* it is the text, whatever its class */
    ROLE_LINES, /* its line ends are meant */
    ROLE_TERM,  /* its words stand for themselves */
    ROLE_HEADING
};

struct kind {
    const char *name;
    enum gap gap;
    enum role role;
};

static int compare_kind(const void *name, const void *kind)
{
    return strcmp(name, ((const struct kind *)kind)->name);
}

/* What parts text.  Cells do, and yet share a line. */
static const struct kind *kind_of(const struct element *e)
{
    static const struct kind kinds[] = {
        {"address", GAP_PARAGRAPH, ROLE_NONE},
        {"article", GAP_PARAGRAPH, ROLE_MAIN},
        {"aside", GAP_PARAGRAPH, ROLE_NONE},
        {"blockquote", GAP_PARAGRAPH, ROLE_NONE},
        {"body", GAP_PARAGRAPH, ROLE_MAIN},
        {"br", GAP_LINE, ROLE_NONE},
        {"caption", GAP_PARAGRAPH, ROLE_NONE},
        {"center", GAP_PARAGRAPH, ROLE_NONE},
        {"dd", GAP_LINE, ROLE_NONE},
        {"details", GAP_PARAGRAPH, ROLE_NONE},
        {"div", GAP_PARAGRAPH, ROLE_NONE},
        {"dl", GAP_PARAGRAPH, ROLE_NONE},
        {"dt", GAP_LINE, ROLE_TERM},
        {"fieldset", GAP_PARAGRAPH, ROLE_NONE},
        {"figcaption", GAP_PARAGRAPH, ROLE_TERM},
        {"figure", GAP_PARAGRAPH, ROLE_NONE},
        {"footer", GAP_PARAGRAPH, ROLE_NONE},
        {"form", GAP_PARAGRAPH, ROLE_NONE},
        {"h1", GAP_PARAGRAPH, ROLE_HEADING},
        {"h2", GAP_PARAGRAPH, ROLE_HEADING},
        {"h3", GAP_PARAGRAPH, ROLE_HEADING},
        {"h4", GAP_PARAGRAPH, ROLE_HEADING},
        {"h5", GAP_PARAGRAPH, ROLE_HEADING},
        {"h6", GAP_PARAGRAPH, ROLE_HEADING},
        {"header", GAP_PARAGRAPH, ROLE_NONE},
        {"hr", GAP_PARAGRAPH, ROLE_NONE},
        {"li", GAP_LINE, ROLE_NONE},
        {"main", GAP_PARAGRAPH, ROLE_MAIN},
        {"nav", GAP_PARAGRAPH, ROLE_NONE},
        {"ol", GAP_PARAGRAPH, ROLE_NONE},
        {"p", GAP_PARAGRAPH, ROLE_NONE},
        {"pre", GAP_PARAGRAPH, ROLE_LINES},
        {"section", GAP_PARAGRAPH, ROLE_NONE},
        {"summary", GAP_PARAGRAPH, ROLE_NONE},
        {"table", GAP_PARAGRAPH, ROLE_NONE},
        {"tbody", GAP_LINE, ROLE_NONE},
        {"td", GAP_SPACE, ROLE_TERM},
        {"tfoot", GAP_LINE, ROLE_NONE},
        {"th", GAP_SPACE, ROLE_TERM},
        {"thead", GAP_LINE, ROLE_NONE},
        {"tr", GAP_LINE, ROLE_NONE},
        {"ul", GAP_PARAGRAPH, ROLE_NONE},
    };

    return bsearch(
        e->name, kinds, G_N_ELEMENTS(kinds), sizeof(*kinds), compare_kind);
}

static bool has_role(const struct kind *kind, enum role role)
{
    return kind && kind->role == role;
}

static bool is_named(const struct element *e, const char *name)
{
    return !strcmp(e->name, name);
}

/* --- what suggests that an element is not text -------------------------------------- */

/* Copies the next word of "related-posts", "relatedPosts" in lower case; the
   rest, or NULL at the end. */
static const char *next_word(const char *at, char *word, size_t most)
{
    size_t len = 0;

    while (*at && !g_ascii_isalnum(*at))
        at++;
    if (!*at)
        return NULL;
    for (const char *start = at; g_ascii_isalnum(*at); at++) {
        if (at > start && g_ascii_isupper(*at) && g_ascii_islower(at[-1]))
            break;
        if (len + 1 < most)
            word[len++] = g_ascii_tolower(*at);
    }
    word[len] = 0;
    return at;
}

static bool has_clutter_word(const struct intake_words *w, const char *value)
{
    char word[32];
    bool is_had = false;

    if (strnlen(value, 1001) > 1000)
        return false;
    while ((value = next_word(value, word, sizeof(word)))) {
        if (!is_had && g_hash_table_contains(w->clutter, word))
            return true;
        is_had = g_hash_table_contains(w->unless, word);
    }
    return false;
}

static bool is_role_of_clutter(const char *role)
{
    static const char *const roles[] = {
        "navigation", "banner", "complementary", "contentinfo", "search"};

    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
        if (!strcmp(role, roles[i]))
            return true;
    return false;
}

/* "display: none", "visibility:hidden" */
static bool is_hiding(const char *style)
{
    const char *at = strstr(style, "display");
    const char *hidden = strstr(style, "visibility");

    at = at ? at + strlen("display") : NULL;
    hidden = hidden ? hidden + strlen("visibility") : NULL;
    return (at && g_str_has_prefix(at + strspn(at, ": "), "none")) ||
           (hidden &&
            g_str_has_prefix(hidden + strspn(hidden, ": "), "hidden"));
}

static bool
is_hint(const struct intake_words *w, const char *name, const char *value)
{
    if (!strcmp(name, "class") || !strcmp(name, "id") ||
        !strcmp(name, "data-component"))
        return has_clutter_word(w, value);
    if (!strcmp(name, "role"))
        return is_role_of_clutter(value);
    if (!strcmp(name, "style"))
        return is_hiding(value);
    return !strcmp(name, "hidden") ||
           (!strcmp(name, "aria-hidden") && !strcmp(value, "true"));
}

static bool is_hinted(
    const struct intake_words *w, const struct element *e,
    const struct kind *kind)
{
    if (has_role(kind, ROLE_MAIN) || is_named(e, "html"))
        return false;
    for (const char *const *at = e->attributes; at && *at; at += 2)
        if (is_hint(w, at[0], at[1] ? at[1] : ""))
            return true;
    return false;
}

/* --- the walk ------------------------------------------------------------------------ */

/* An element that is open. */
struct open {
    const struct kind *kind;
    uint32_t part; /* that it is, or stands in */
    bool is_part, is_link;
};

/* Where the head of the whole page began. */
struct masthead {
    gsize text;
    guint blocks, parts, depth;
    enum gap gap;
    bool is_cut, is_open, has_headline;
};

struct blocking {
    const struct intake_words *words;
    struct blocks *out;
    GArray *open;    /* struct open, the innermost last */
    uint32_t passed; /* open elements of what never is text */
    struct masthead head;
    enum gap gap;          /* owed before the next words */
    bool is_cut;           /* the next words begin a block */
    unsigned links, lines; /* open <a> and <pre> */
    uint8_t heading;
    bool is_term;
};

static void owe(struct blocking *w, enum gap gap)
{
    w->gap = MAX(w->gap, gap);
}

static struct open *innermost(const struct blocking *w)
{
    return w->open->len ? &g_array_index(w->open, struct open, w->open->len - 1)
                        : NULL;
}

/* The innermost open part; of the page itself there is none. */
static uint32_t top(const struct blocking *w)
{
    return w->open->len ? innermost(w)->part : UINT32_MAX;
}

static struct block *begin_block(struct blocking *w)
{
    struct block b = {
        .from = (uint32_t)w->out->text->len,
        .part = top(w),
        .gap = (uint8_t)w->gap,
        .heading = w->heading,
        .is_term = w->is_term,
        .is_kept = true};

    g_array_append_val(w->out->blocks, b);
    w->is_cut = false;
    w->gap = GAP_NONE;
    return &g_array_index(
        w->out->blocks, struct block, w->out->blocks->len - 1);
}

static const char *const gaps[] = {"", " ", "\n", "\n\n"};

static void write_word(struct blocking *w, const char *word, size_t len)
{
    GString *text = w->out->text;
    GArray *all = w->out->blocks;
    struct block *b = w->is_cut
                          ? begin_block(w)
                          : &g_array_index(all, struct block, all->len - 1);

    g_string_append(text, gaps[w->gap]);
    w->gap = GAP_NONE;
    g_string_append_len(text, word, (gssize)len);
    b->to = (uint32_t)text->len;
    if (w->links)
        b->linked += (uint32_t)len;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t word_length(const char *at, const char *end)
{
    const char *p = at;

    while (p < end && !is_blank(*p))
        p++;
    return (size_t)(p - at);
}

void blocking_take_words(struct blocking *w, struct str words)
{
    const char *p = words.at, *end = p + words.len;

    if (w->passed || !w->open->len)
        return;
    while (p < end) {
        size_t len = word_length(p, end);

        if (len)
            write_word(w, p, len);
        p += len;
        if (p == end)
            return;
        if (w->lines && *p == '\n')
            owe(w, w->gap >= GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
        owe(w, GAP_SPACE);
        p++;
    }
}

/* An element begins or ends. */
static void pass(struct blocking *w, const struct kind *kind)
{
    w->is_cut = w->is_cut || kind;
    owe(w, kind ? kind->gap : GAP_NONE);
}

/* What holds while an element is open. */
static void note_element(struct blocking *w, const struct open *o)
{
    if (o->is_link)
        w->links++;
    if (has_role(o->kind, ROLE_LINES))
        w->lines++;
    if (has_role(o->kind, ROLE_HEADING))
        w->heading = (uint8_t)(o->kind->name[1] - '0');
    if (has_role(o->kind, ROLE_TERM))
        w->is_term = true;
}

static void forget_element(struct blocking *w, const struct open *o)
{
    if (o->is_link)
        w->links--;
    if (has_role(o->kind, ROLE_LINES))
        w->lines--;
    if (has_role(o->kind, ROLE_HEADING))
        w->heading = 0;
    if (has_role(o->kind, ROLE_TERM))
        w->is_term = false;
}

static void begin_part(
    struct blocking *w, struct open *o, const struct element *e, bool is_hinted)
{
    GStringChunk *names = w->out->names;
    const char *class = element_says(e, "class");
    struct part part = {
        .name = g_string_chunk_insert_const(names, e->name),
        .class = class ? g_string_chunk_insert(names, class) : NULL,
        .parent = o->part,
        .from = w->out->blocks->len,
        .is_hinted = is_hinted};

    o->is_part = true;
    o->part = w->out->parts->len;
    pass(w, o->kind);
    w->is_cut = true;
    g_array_append_val(w->out->parts, part);
}

static void end_part(struct blocking *w, const struct open *o)
{
    struct part *part = &g_array_index(w->out->parts, struct part, o->part);

    part->end = w->out->parts->len;
    part->to = w->out->blocks->len;
    pass(w, o->kind);
    w->is_cut = true;
}

/* The head of the whole page is no text, unless the heading of its text is in
   it: that is known where it ends. */
static void begin_masthead(struct blocking *w, const struct element *e)
{
    const struct open *outer = innermost(w);

    if (is_named(e, "header") && outer && outer->kind &&
        !strcmp(outer->kind->name, "body"))
        w->head = (struct masthead){
            .text = w->out->text->len,
            .blocks = w->out->blocks->len,
            .parts = w->out->parts->len,
            .depth = w->open->len,
            .gap = w->gap,
            .is_cut = w->is_cut,
            .is_open = true};
}

static void end_masthead(struct blocking *w, const struct open *o)
{
    const struct masthead *h = &w->head;

    if (!h->is_open || w->open->len != h->depth)
        return;
    w->head.is_open = false;
    if (h->has_headline)
        return;
    g_string_truncate(w->out->text, h->text);
    g_array_set_size(w->out->blocks, h->blocks);
    g_array_set_size(w->out->parts, h->parts);
    w->gap = h->gap;
    w->is_cut = h->is_cut;
    pass(w, o->kind);
}

void blocking_begin(struct blocking *w, const struct element *e)
{
    struct open o = {
        .kind = kind_of(e), .part = top(w), .is_link = is_named(e, "a")};
    bool is_hint;

    if (is_named(e, "h1")) /* though it stand in what is passed over */
        w->head.has_headline = true;
    if (w->passed ||
        g_hash_table_contains(w->words->clutter_elements, e->name)) {
        if (!w->passed++)
            pass(w, o.kind);
        return;
    }
    begin_masthead(w, e);
    is_hint = is_hinted(w->words, e, o.kind);
    note_element(w, &o);
    if (o.kind || is_hint || !w->out->parts->len)
        begin_part(w, &o, e, is_hint);
    g_array_append_val(w->open, o);
}

void blocking_end(struct blocking *w)
{
    struct open o;

    if (w->passed) {
        w->passed--;
        return;
    }
    o = *innermost(w);
    g_array_set_size(w->open, w->open->len - 1);
    forget_element(w, &o);
    if (o.is_part)
        end_part(w, &o);
    end_masthead(w, &o);
}

struct blocking *blocking_new(const struct intake_words *words)
{
    struct blocking *w = g_new0(struct blocking, 1);

    w->words = words;
    w->open = g_array_new(FALSE, FALSE, sizeof(struct open));
    w->is_cut = true;
    w->out = g_new(struct blocks, 1);
    *w->out = (struct blocks){
        g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(struct block)),
        g_array_new(FALSE, FALSE, sizeof(struct part)),
        g_string_chunk_new(4096)};
    return w;
}

struct blocks *blocking_take(struct blocking *w)
{
    struct blocks *b = w->out;

    while (w->open->len) /* the parser was stopped */
        blocking_end(w);
    g_array_free(w->open, TRUE);
    g_free(w);
    return b;
}

void blocks_free(struct blocks *b)
{
    g_string_free(b->text, TRUE);
    g_array_free(b->blocks, TRUE);
    g_array_free(b->parts, TRUE);
    g_string_chunk_free(b->names);
    g_free(b);
}

void blocks_write(const struct blocks *b, GString *out)
{
    uint8_t gap = GAP_NONE;

    for (guint i = 0; i < b->blocks->len; i++) {
        const struct block *block = &g_array_index(b->blocks, struct block, i);

        gap = MAX(gap, block->gap);
        if (!block->is_kept)
            continue;
        if (out->len)
            g_string_append(out, gaps[gap]);
        gap = GAP_NONE;
        g_string_append_len(
            out, b->text->str + block->from, block->to - block->from);
    }
}

void blocks_write_lines(const struct blocks *b, GString *out)
{
    guint from = 0, to = b->blocks->len;

    while (from < to && !g_array_index(b->blocks, struct block, from).is_kept)
        from++;
    while (to > from && !g_array_index(b->blocks, struct block, to - 1).is_kept)
        to--;
    for (guint i = from; i < to; i++) {
        const struct block *block = &g_array_index(b->blocks, struct block, i);

        g_string_append_len(
            out, b->text->str + block->from, block->to - block->from);
        g_string_append_c(out, '\n');
    }
}
