/* Texts cut into words for comparing, and how much of one stands in another.
   Whatever differs between prints of one text (quotation marks, dashes) is
   taken as equal. */
#include "events/events.h"

#include <string.h>

/* --- words ------------------------------------------------------------- */

static uint32_t add_letter(uint32_t hash, gunichar c)
{
    return (hash ^ c) * 16777619U;
}

static bool is_quote(gunichar c)
{
    return c == '"' || c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F);
}

static bool is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == '`';
}

static bool is_dash(gunichar c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015);
}

static bool is_letter(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static gunichar plain_sign(gunichar c)
{
    return is_quote(c) ? '"' : is_apostrophe(c) ? '\'' : is_dash(c) ? '-' : c;
}

/* Quotation marks open and close; a new paragraph closes what was open. */
static bool turn_quote(gunichar c, bool open)
{
    if (c == 0x201C || c == 0xAB)
        return true;
    if (c == 0x201D || c == 0xBB || c == '\n')
        return false;
    return c == '"' ? !open : open;
}

/* A word may have an apostrophe between letters. */
static bool goes_on(const char *at, const char *end)
{
    const char *next;

    if (at >= end)
        return false;
    if (is_letter(g_utf8_get_char(at)))
        return true;
    next = g_utf8_next_char(at);
    return is_apostrophe(g_utf8_get_char(at)) && next < end &&
           is_letter(g_utf8_get_char(next));
}

static const char *
take_word(struct wording_word *w, const char *at, const char *end)
{
    w->exact = w->folded = 2166136261U;
    for (; goes_on(at, end); at = g_utf8_next_char(at)) {
        gunichar c = plain_sign(g_utf8_get_char(at));

        w->exact = add_letter(w->exact, c);
        w->folded = add_letter(w->folded, g_unichar_tolower(c));
    }
    w->folded += !w->folded;
    return at;
}

static const char *take_sign(struct wording_word *w, const char *at)
{
    w->exact = add_letter(7, plain_sign(g_utf8_get_char(at)));
    return g_utf8_next_char(at);
}

/* Cuts the body; only counts where `out->at` is NULL. */
static void cut(struct wording *out, struct span body)
{
    const char *at = out->text.at + body.from, *end = out->text.at + body.to;
    bool open = false;

    out->count = out->words = 0;
    while (at < end) {
        gunichar c = g_utf8_get_char(at);
        struct wording_word w = {.span.from = (uint32_t)(at - out->text.at)};

        open = turn_quote(c, open);
        if (!is_letter(c) && !g_unichar_isgraph(c)) {
            at = g_utf8_next_char(at);
            continue;
        }
        at = is_letter(c) ? take_word(&w, at, end) : take_sign(&w, at);
        w.span.to = (uint32_t)(at - out->text.at);
        w.is_quoted = open;
        out->words += w.folded != 0;
        if (out->at)
            out->at[out->count] = w;
        out->count++;
    }
}

void wording_make(
    struct arena *a, struct wording *out, struct str text, struct span body)
{
    *out = (struct wording){.text = text};
    cut(out, body);
    out->at = arena_make(a, struct wording_word, out->count + 1);
    cut(out, body);
}

/* --- shares ------------------------------------------------------------- */

/* Runs of words, each by its hash and where it starts and ends. */
struct runs {
    uint64_t *hashes;
    uint32_t *first, *last; /* of wording.at */
    uint32_t count;
};

static uint64_t
run_hash(const struct wording *w, const uint32_t *words, uint32_t count)
{
    uint64_t h = 0;

    for (uint32_t i = 0; i < count; i++) {
        h = (h + w->at[words[i]].folded) * 0x9E3779B97F4A7C15ULL;
        h ^= h >> 29;
    }
    return h;
}

static struct runs list_runs(const struct wording *w)
{
    g_autofree uint32_t *words = g_new(uint32_t, w->words + 1);
    uint32_t size = MIN((uint32_t)SHINGLE_WORDS, w->words), count = 0;
    struct runs r = {
        g_new(uint64_t, w->words + 1), g_new(uint32_t, w->words + 1),
        g_new(uint32_t, w->words + 1), 0};

    for (uint32_t i = 0; i < w->count; i++) {
        if (!w->at[i].folded)
            continue;
        words[count++] = i;
        if (count < size)
            continue;
        r.hashes[r.count] = run_hash(w, words + count - size, size);
        r.first[r.count] = words[count - size];
        r.last[r.count++] = i;
    }
    return r;
}

static void runs_free(struct runs *r)
{
    g_free(r->hashes);
    g_free(r->first);
    g_free(r->last);
}

static int compare_hashes(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

    return a < b ? -1 : a > b;
}

static bool has_hash(const struct runs *r, uint64_t hash)
{
    return bsearch(&hash, r->hashes, r->count, sizeof(hash), compare_hashes) !=
           NULL;
}

/* Each word and sign once, though runs lie over each other. */
static void cover(const struct runs *of, const struct runs *in, bool *covered)
{
    uint32_t done = 0;

    for (uint32_t i = 0; i < of->count; i++) {
        if (!has_hash(in, of->hashes[i]))
            continue;
        for (uint32_t k = MAX(of->first[i], done); k <= of->last[i]; k++)
            covered[k] = true;
        done = of->last[i] + 1;
    }
}

double
wording_share(const struct wording *of, const struct wording *in, bool *covered)
{
    g_autofree bool *own = covered ? NULL : g_new0(bool, of->count + 1);
    struct runs mine = list_runs(of), theirs = list_runs(in);
    uint32_t words = 0;

    if (covered)
        memset(covered, 0, of->count * sizeof(*covered));
    else
        covered = own;
    qsort(theirs.hashes, theirs.count, sizeof(uint64_t), compare_hashes);
    cover(&mine, &theirs, covered);
    for (uint32_t i = 0; i < of->count; i++)
        words += covered[i] && of->at[i].folded;
    runs_free(&mine);
    runs_free(&theirs);
    return of->words ? (double)words / of->words : 0;
}

double wording_quoted(const struct wording *of, const struct wording *in)
{
    g_autofree bool *covered = g_new0(bool, of->count + 1);
    uint32_t words = 0, quoted = 0;

    wording_share(of, in, covered);
    for (uint32_t i = 0; i < of->count; i++) {
        bool counts = covered[i] && of->at[i].folded;

        words += counts;
        quoted += counts && of->at[i].is_quoted;
    }
    return words ? (double)quoted / words : 0;
}
