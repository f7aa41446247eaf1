/*
 * Quotations by their marks alone, for marks are surer than trees.  Curly and
 * straight marks are mixed in real texts, and some are turned the wrong way
 * round, so that what stands beside a mark decides: a mark after white space
 * and before a letter opens, one after a letter or a stop closes.
 */
#include "claims/attribution.h"

#include <string.h>

enum mark { MARK_NONE, MARK_STRAIGHT, MARK_OPEN, MARK_CLOSE };

/* A quotation mark of double weight at `at`; `len` gets its bytes. */
static enum mark mark_at(const char *at, const char *end, uint32_t *len)
{
    static const struct {
        const char *bytes;
        enum mark mark;
    } marks[] = {
        {"\"", MARK_STRAIGHT},       {"\xe2\x80\x9c", MARK_OPEN},
        {"\xe2\x80\x9d", MARK_CLOSE}, {"''", MARK_STRAIGHT},
        {"``", MARK_OPEN},           {"\xc2\xab", MARK_OPEN},
        {"\xc2\xbb", MARK_CLOSE},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        size_t size = strlen(marks[i].bytes);

        if ((size_t)(end - at) >= size &&
            memcmp(at, marks[i].bytes, size) == 0) {
            *len = (uint32_t)size;
            return marks[i].mark;
        }
    }
    return MARK_NONE;
}

struct scan {
    const struct text *t;
    GArray *found;  /* of struct quotation */
    bool open;
    uint32_t from;  /* of the open quotation */
    uint32_t upto;  /* where its last paragraph ended */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool opens(
    const struct scan *scan, struct span para, uint32_t at, uint32_t len,
    enum mark mark)
{
    const char *text = scan->t->str.at;
    bool after_space = at == para.from || is_space(text[at - 1]) ||
                       strchr("([-", text[at - 1]) != NULL;
    bool before_space = at + len >= para.to || is_space(text[at + len]);

    if (before_space)
        return mark == MARK_OPEN && !scan->open;
    if (!scan->open)
        return after_space || mark != MARK_CLOSE;
    return after_space;
}

static void add_quotation(struct scan *scan, uint32_t to)
{
    struct quotation q = {
        .span = {scan->from, to}, .owner = NO_ATTRIBUTION};

    scan->open = false;
    if (to > scan->from)
        g_array_append_val(scan->found, q);
}

/* An opening mark while a quotation is open: it runs on over a new paragraph,
   or its end was forgotten. */
static void open_quotation(struct scan *scan, struct span para, uint32_t at)
{
    if (scan->open && at == para.from)
        return;
    if (scan->open)
        add_quotation(scan, at > para.from ? at : scan->upto);
    scan->open = true;
    scan->from = at;
}

static void scan_paragraph(struct scan *scan, struct span para)
{
    const char *text = scan->t->str.at;
    uint32_t len = 0;

    if (scan->open && mark_at(text + para.from, text + para.to, &len) ==
                          MARK_NONE)
        add_quotation(scan, scan->upto);
    for (uint32_t at = para.from; at < para.to; at += len) {
        enum mark mark = mark_at(text + at, text + para.to, &len);

        if (mark == MARK_NONE)
            len = 1;
        else if (opens(scan, para, at, len, mark))
            open_quotation(scan, para, at);
        else if (scan->open)
            add_quotation(scan, at + len);
    }
    scan->upto = para.to;
}

static void scan_text(struct scan *scan)
{
    const struct text *t = scan->t;
    uint32_t i = 0;

    while (i < t->count) {
        struct span para = t->sentences[i].span;
        uint32_t first = i;

        while (i < t->count &&
               t->sentences[i].paragraph == t->sentences[first].paragraph)
            para.to = t->sentences[i++].span.to;
        scan_paragraph(scan, para);
    }
    if (scan->open)
        add_quotation(scan, scan->upto);
}

/* Both lists are in text order, so one sweep finds who meets whom. */
static void meet_sentences(struct quotations *q, const struct text *t)
{
    uint32_t next = 0, s = 0;

    for (uint32_t i = 0; i < t->count; i++) {
        while (next < q->count &&
               q->at[next].span.to <= t->sentences[i].span.from)
            next++;
        q->of_sentence[i] = next;
    }
    for (uint32_t i = 0; i < q->count; i++) {
        struct quotation *at = &q->at[i];

        while (s + 1 < t->count && t->sentences[s].span.to <= at->span.from)
            s++;
        at->first = at->last = s;
        while (at->last + 1 < t->count &&
               t->sentences[at->last + 1].span.from < at->span.to)
            at->last++;
        s = at->last;
    }
}

void quotations_find(
    struct quotations *q, struct arena *a, const struct text *t)
{
    struct scan scan = {.t = t};

    scan.found = g_array_new(FALSE, FALSE, sizeof(struct quotation));
    scan_text(&scan);
    q->at = arena_take(a, scan.found, &q->count);
    q->of_sentence = arena_make(a, uint32_t, t->count);
    meet_sentences(q, t);
}

uint32_t quotation_after(
    const struct quotations *q, uint32_t sentence, uint32_t byte)
{
    uint32_t low = q->of_sentence[sentence], high = q->count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (q->at[mid].span.to <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const struct quotation *quotation_at(
    const struct quotations *q, uint32_t sentence, uint32_t byte)
{
    uint32_t i = quotation_after(q, sentence, byte);

    return i < q->count && q->at[i].span.from <= byte ? &q->at[i] : NULL;
}
