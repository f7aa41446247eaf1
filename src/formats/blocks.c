/* A page is walked once and becomes blocks. */
#include "formats/blocks.h"

#include "formats/page.h"

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
static const struct kind *kind_of(const xmlNode *node)
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
        node->name, kinds, G_N_ELEMENTS(kinds), sizeof(*kinds), compare_kind);
}

static bool has_role(const struct kind *kind, enum role role)
{
    return kind && kind->role == role;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return !strcmp((const char *)node->name, name);
}

/* An attribute of one piece, borrowed; or "". */
static const char *value_of(const xmlAttr *a)
{
    return a->children && a->children->content
               ? (const char *)a->children->content
               : "";
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

static bool is_hint(const struct intake_words *w, const xmlAttr *a)
{
    const char *name = (const char *)a->name;

    if (!strcmp(name, "class") || !strcmp(name, "id") ||
        !strcmp(name, "data-component"))
        return has_clutter_word(w, value_of(a));
    if (!strcmp(name, "role"))
        return is_role_of_clutter(value_of(a));
    if (!strcmp(name, "style"))
        return is_hiding(value_of(a));
    return !strcmp(name, "hidden") ||
           (!strcmp(name, "aria-hidden") && !strcmp(value_of(a), "true"));
}

static bool is_hinted(
    const struct intake_words *w, const xmlNode *node, const struct kind *kind)
{
    if (has_role(kind, ROLE_MAIN) || is_named(node, "html"))
        return false;
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (is_hint(w, a))
            return true;
    return false;
}

/* The head of the whole page, unless the heading of its text is in it. */
static bool is_masthead(xmlNode *node)
{
    return is_named(node, "header") && node->parent &&
           is_named(node->parent, "body") && !page_find(node, "h1");
}

static bool is_never_text(const struct intake_words *w, xmlNode *node)
{
    return g_hash_table_contains(w->clutter_elements, node->name) ||
           is_masthead(node);
}

/* --- the walk ------------------------------------------------------------------------ */

struct walk {
    const struct intake_words *words;
    struct blocks *out;
    GArray *open;          /* of uint32_t: parts */
    enum gap gap;          /* owed before the next words */
    bool is_cut;           /* the next words begin a block */
    unsigned links, lines; /* open <a> and <pre> */
    uint8_t heading;
    bool is_term;
};

static void owe(struct walk *w, enum gap gap)
{
    w->gap = MAX(w->gap, gap);
}

/* The innermost open part; of the page itself there is none. */
static uint32_t top(const struct walk *w)
{
    return w->open->len ? g_array_index(w->open, uint32_t, w->open->len - 1)
                        : UINT32_MAX;
}

static struct block *begin_block(struct walk *w)
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

static void write_word(struct walk *w, const char *word, size_t len)
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

static void write_words(struct walk *w, const char *words)
{
    for (const char *p = words; *p;) {
        size_t len = strcspn(p, " \t\r\n\f");

        if (len)
            write_word(w, p, len);
        p += len;
        if (!*p)
            return;
        if (w->lines && *p == '\n')
            owe(w, w->gap >= GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
        owe(w, GAP_SPACE);
        p++;
    }
}

/* An element begins or ends. */
static void pass(struct walk *w, const struct kind *kind)
{
    w->is_cut = w->is_cut || kind;
    owe(w, kind ? kind->gap : GAP_NONE);
}

/* What holds while an element is open. */
static void
note_element(struct walk *w, const xmlNode *node, const struct kind *kind)
{
    if (!kind && is_named(node, "a"))
        w->links++;
    if (has_role(kind, ROLE_LINES))
        w->lines++;
    if (has_role(kind, ROLE_HEADING))
        w->heading = (uint8_t)(kind->name[1] - '0');
    if (has_role(kind, ROLE_TERM))
        w->is_term = true;
}

static void
forget_element(struct walk *w, const xmlNode *node, const struct kind *kind)
{
    if (!kind && is_named(node, "a"))
        w->links--;
    if (has_role(kind, ROLE_LINES))
        w->lines--;
    if (has_role(kind, ROLE_HEADING))
        w->heading = 0;
    if (has_role(kind, ROLE_TERM))
        w->is_term = false;
}

static void enter(struct walk *w, xmlNode *node)
{
    const struct kind *kind = kind_of(node);
    struct part part = {
        .node = node,
        .parent = top(w),
        .from = w->out->blocks->len,
        .is_hinted = node->properties && is_hinted(w->words, node, kind)};
    uint32_t index = w->out->parts->len;

    note_element(w, node, kind);
    if (!kind && !part.is_hinted && index)
        return;
    pass(w, kind);
    w->is_cut = true;
    g_array_append_val(w->out->parts, part);
    g_array_append_val(w->open, index);
}

static void leave(struct walk *w, xmlNode *node)
{
    struct part *part = &g_array_index(w->out->parts, struct part, top(w));
    const struct kind *kind = kind_of(node);

    forget_element(w, node, kind);
    if (part->node != node)
        return;
    part->end = w->out->parts->len;
    part->to = w->out->blocks->len;
    g_array_set_size(w->open, w->open->len - 1);
    pass(w, kind);
    w->is_cut = true;
}

/* True if what is in it is to be walked. */
static bool visit(struct walk *w, xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE) {
        if (is_never_text(w->words, node)) {
            pass(w, kind_of(node));
            return false;
        }
        enter(w, node);
        return true;
    }
    if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
        node->content)
        write_words(w, (const char *)node->content);
    return false;
}

/* Without recursion: pages may be nested without end. */
static void walk(struct walk *w, xmlNode *root)
{
    xmlNode *n = root;

    for (;;) {
        bool is_open = visit(w, n);

        if (is_open && n->children) {
            n = n->children;
            continue;
        }
        if (is_open)
            leave(w, n);
        while (n != root && !n->next) {
            n = n->parent;
            leave(w, n);
        }
        if (n == root)
            return;
        n = n->next;
    }
}

struct blocks *blocks_of(const struct intake_words *words, xmlNode *page)
{
    struct blocks *b = g_new(struct blocks, 1);
    struct walk w = {
        .words = words,
        .out = b,
        .open = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
        .is_cut = true};

    *b = (struct blocks){
        g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(struct block)),
        g_array_new(FALSE, FALSE, sizeof(struct part))};
    walk(&w, page);
    g_array_free(w.open, TRUE);
    return b;
}

void blocks_free(struct blocks *b)
{
    g_string_free(b->text, TRUE);
    g_array_free(b->blocks, TRUE);
    g_array_free(b->parts, TRUE);
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
