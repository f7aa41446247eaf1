/*
 * Which blocks are a page's main text: by how much of a block is links and how
 * long it is (C. Kohlschuetter and others, "Boilerplate Detection using Shallow
 * Text Features", 2010), the smallest part of the page in which most of such
 * text stands, and words of the page's makers, which are only a hint.
 */
#include "formats/web/blocks.h"

#include <string.h>

enum {
    PROSE_LEAST = 80,    /* bytes of a block that is sure to be prose */
    SENTENCE_LEAST = 40, /* and of one that ends as a sentence does */
    LABEL_MOST = 80      /* a button, a byline, a heading of a box */
};

struct choosing {
    const struct intake_words *words;
    struct blocks *b;
    uint32_t *prose;   /* bytes of prose that is kept, before each block */
    uint32_t headline; /* a block; their count if there is none */
};

static struct block *block_at(const struct choosing *c, uint32_t i)
{
    return &g_array_index(c->b->blocks, struct block, i);
}

static struct part *part_at(const struct choosing *c, uint32_t i)
{
    return &g_array_index(c->b->parts, struct part, i);
}

static const char *words_of(const struct choosing *c, const struct block *b)
{
    return c->b->text->str + b->from;
}

static uint32_t length_of(const struct block *b)
{
    return b->to - b->from;
}

/* --- prose ----------------------------------------------------------------------- */

static bool ends_sentence(const struct choosing *c, const struct block *b)
{
    const char *start = words_of(c, b);
    const char *last = g_utf8_find_prev_char(start, start + length_of(b));
    GUnicodeType type =
        last ? g_unichar_type(g_utf8_get_char(last)) : G_UNICODE_CONTROL;

    return type == G_UNICODE_OTHER_PUNCTUATION ||
           type == G_UNICODE_FINAL_PUNCTUATION;
}

static bool is_prose(const struct choosing *c, const struct block *b)
{
    uint32_t length = length_of(b);

    return b->linked * 3 <= length &&
           (length >= PROSE_LEAST ||
            (length >= SENTENCE_LEAST && ends_sentence(c, b)));
}

static void sum_prose(struct choosing *c)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < c->b->blocks->len; i++) {
        const struct block *b = block_at(c, i);

        c->prose[i] = sum;
        if (b->is_kept && is_prose(c, b))
            sum += length_of(b);
    }
    c->prose[c->b->blocks->len] = sum;
}

static uint64_t prose_of(const struct choosing *c, const struct part *p)
{
    return c->prose[p->to] - c->prose[p->from];
}

static void drop(const struct choosing *c, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        block_at(c, i)->is_kept = false;
}

static void keep_all(struct choosing *c)
{
    for (uint32_t i = 0; i < c->b->blocks->len; i++)
        block_at(c, i)->is_kept = true;
    sum_prose(c);
}

/* --- hints ------------------------------------------------------------------------ */

static bool holds_headline(const struct choosing *c, const struct part *p)
{
    return p->from <= c->headline && c->headline < p->to;
}

/* A hint is not heeded where it would take most of the page away, nor are all
   of them. */
static bool is_clutter(const struct choosing *c, const struct part *p)
{
    uint64_t here = prose_of(c, p), all = prose_of(c, part_at(c, 0));

    return p->is_hinted && here * 4 <= all * 3 &&
           !(holds_headline(c, p) && here * 4 > all);
}

static void drop_clutter(struct choosing *c)
{
    uint32_t all = c->prose[c->b->blocks->len];

    for (uint32_t i = 0; i < c->b->parts->len;) {
        const struct part *p = part_at(c, i);

        if (is_clutter(c, p))
            drop(c, p->from, p->to);
        i = is_clutter(c, p) ? p->end : i + 1;
    }
    sum_prose(c);
    if (c->prose[c->b->blocks->len] < all / 4)
        keep_all(c);
}

/* --- the part that holds the text ---------------------------------------------------- */

static bool is_element(const struct part *p, const char *name)
{
    return !strcmp(p->name, name);
}

static bool is_row(const struct part *p)
{
    return is_element(p, "tr");
}

static bool is_vessel(const struct part *p)
{
    static const char *const names[] = {
        "html",  "body", "div", "main",   "article", "section", "table",
        "tbody", "tr",   "td",  "center", "form",    "span"};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (is_element(p, names[i]))
            return true;
    return false;
}

/* Posts of a thread, entries of a live report, paragraphs that are <div>s. */
static bool are_twins(const struct part *a, const struct part *b)
{
    if (strcmp(a->name, b->name) != 0)
        return false;
    return is_row(a) || (a->class && b->class && !strcmp(a->class, b->class));
}

/* The part inside with most prose, if it is by far the most and none like it
   has any; else the part itself. */
static uint32_t find_inner(const struct choosing *c, uint32_t whole)
{
    const struct part *p = part_at(c, whole);
    uint32_t best = whole;
    uint64_t most = 0;

    for (uint32_t i = whole + 1; i < p->end; i = part_at(c, i)->end) {
        if (prose_of(c, part_at(c, i)) > most) {
            most = prose_of(c, part_at(c, i));
            best = i;
        }
    }
    if (best == whole || !is_vessel(part_at(c, best)) ||
        most * 3 < prose_of(c, p) * 2)
        return whole;
    for (uint32_t i = whole + 1; i < p->end; i = part_at(c, i)->end)
        if (i != best && prose_of(c, part_at(c, i)) &&
            are_twins(part_at(c, i), part_at(c, best)))
            return whole;
    return best;
}

/* Of a table of several rows what it stands in: it is no mere frame. */
static const struct part *find_vessel(const struct choosing *c)
{
    uint32_t at = 0, inner, outside = 0;

    while ((inner = find_inner(c, at)) != at) {
        if (is_element(part_at(c, inner), "table"))
            outside = at;
        at = inner;
    }
    if (is_element(part_at(c, at), "table") ||
        is_element(part_at(c, at), "tbody"))
        at = outside;
    return part_at(c, at);
}

/* --- what is no text among it ---------------------------------------------------------- */

/* What the first words of a short block say of it, by lexicon/pages.tsv. */
static enum furniture
furniture_of(const struct choosing *c, const struct block *b)
{
    struct str words = {words_of(c, b), length_of(b)};
    size_t len;

    return words.len > LABEL_MOST
               ? FURNITURE_NONE
               : (enum furniture)phrase_find(c->words->furniture, words, &len);
}

static bool is_links(const struct block *b)
{
    return b->linked * 2 > length_of(b) && b->heading != 1;
}

/* The part around a block that holds more than it. */
static const struct part *holder_of(const struct choosing *c, uint32_t block)
{
    const struct part *p = part_at(c, block_at(c, block)->part);

    while (p->to - p->from == 1 && p->parent != UINT32_MAX)
        p = part_at(c, p->parent);
    return p;
}

/* Where what a heading like "Related" stands over ends: with its box, or, if it
   has none of its own, where prose goes on. */
static uint32_t
end_of_section(const struct choosing *c, uint32_t at, const struct part *vessel)
{
    const struct part *box = holder_of(c, at);
    uint8_t level = block_at(c, at)->heading;
    bool is_own = box->from > vessel->from || box->to < vessel->to;
    uint32_t end = MIN(box->to, vessel->to);

    is_own = is_own && prose_of(c, box) * 3 < prose_of(c, vessel);
    for (uint32_t i = at + 1; i < end; i++) {
        const struct block *b = block_at(c, i);

        if ((b->heading && b->heading <= level) || (!is_own && is_prose(c, b)))
            return i;
    }
    return end;
}

static void drop_furniture(struct choosing *c, const struct part *vessel)
{
    for (uint32_t i = vessel->from, next; i < vessel->to; i = next) {
        enum furniture kind = furniture_of(c, block_at(c, i));

        next = i + 1;
        if (kind == FURNITURE_SECTION)
            next = MAX(next, end_of_section(c, i, vessel));
        if (kind != FURNITURE_NONE || is_links(block_at(c, i)))
            drop(c, i, next);
    }
}

/* Between the headline and the first prose stand byline, date, counts. */
static void drop_below_headline(struct choosing *c, const struct part *vessel)
{
    for (uint32_t i = c->headline + 1; i < vessel->to; i++) {
        struct block *b = block_at(c, i);

        if (b->heading || b->is_term || is_prose(c, b))
            return;
        if (length_of(b) < LABEL_MOST && !ends_sentence(c, b))
            b->is_kept = false;
    }
}

/* Of what stands before the part that holds the text: the headline, and prose
   below it. */
static void drop_outside(struct choosing *c, const struct part *vessel)
{
    drop(c, 0, MIN(c->headline, vessel->from));
    for (uint32_t i = c->headline; i < vessel->from; i++)
        if (!block_at(c, i)->heading && !is_prose(c, block_at(c, i)))
            block_at(c, i)->is_kept = false;
    drop(c, vessel->to, c->b->blocks->len);
}

/* --- the page ----------------------------------------------------------------------------- */

/* The last heading of the first level that begins before `end`. */
static void find_headline(struct choosing *c, uint32_t end)
{
    c->headline = c->b->blocks->len;
    for (uint32_t i = 0; i < end; i++)
        if (block_at(c, i)->heading == 1 && block_at(c, i)->is_kept)
            c->headline = i;
}

static uint64_t kept_of(const struct choosing *c, const struct part *p)
{
    uint64_t total = 0;

    for (uint32_t i = p->from; i < p->to; i++)
        if (block_at(c, i)->is_kept)
            total += length_of(block_at(c, i));
    return total;
}

static void choose(struct choosing *c)
{
    const struct part *vessel;

    find_headline(c, c->b->blocks->len);
    sum_prose(c);
    drop_clutter(c);
    vessel = find_vessel(c);
    find_headline(c, MIN(vessel->from + 1, c->b->blocks->len));
    drop_furniture(c, vessel);
    if (c->headline < vessel->to)
        drop_below_headline(c, vessel);
    drop_outside(c, vessel);
}

bool keep_main_text(struct blocks *b, const struct intake_words *w)
{
    uint32_t count = b->blocks->len;
    struct choosing c = {.words = w, .b = b};
    uint64_t whole;
    bool is_told;

    if (!count)
        return true;
    c.prose = g_new(uint32_t, count + 1);
    whole = kept_of(&c, part_at(&c, 0));
    choose(&c);
    is_told = c.prose[count] && kept_of(&c, part_at(&c, 0)) * 20 >= whole;
    if (!is_told)
        keep_all(&c);
    g_free(c.prose);
    return is_told;
}
