/* A group of copies as a page: who has how much of whom, and which words
   differ. */
#include "cli/duplicates.h"

#include <stdio.h>
#include <string.h>

/* Of longer parts only the ends are shown, so many words of each. */
enum { SAME_SHOWN = 8, CHANGED_SHOWN = 15, SPARED_LEAST = 6, INDENT = 4 };

struct dress {
    const char *before, *after;
};

static struct dress dress_of(enum piece_kind kind)
{
    static const struct dress coloured[] = {
        {"", ""}, {"\033[9;31m", "\033[0m"}, {"\033[1;32m", "\033[0m"}};
    static const struct dress plain[] = {{"", ""}, {"[-", "-]"}, {"{+", "+}"}};

    return use_colour() ? coloured[kind] : plain[kind];
}

/* Where the n-th word from either end of a span is. */
static uint32_t after_words(struct str text, struct span s, uint32_t words)
{
    uint32_t at = s.from;

    for (; at < s.to; at++)
        if (g_ascii_isspace(text.at[at]) && !g_ascii_isspace(text.at[at + 1]) &&
            !--words)
            break;
    return at;
}

static uint32_t before_words(struct str text, struct span s, uint32_t words)
{
    uint32_t at = s.to;

    for (; at > s.from; at--)
        if (g_ascii_isspace(text.at[at - 1]) &&
            (at == s.to || !g_ascii_isspace(text.at[at])) && !--words)
            break;
    return at;
}

/* Each word is dressed, as lines are broken between words. */
static void
append_dressed(GString *out, struct str text, struct span s, struct dress d)
{
    g_autofree char *piece = g_strndup(text.at + s.from, s.to - s.from);
    g_auto(GStrv) words = g_strsplit_set(piece, " \t\n", -1);
    bool colour = use_colour();
    const char *between = "";

    if (!colour)
        g_string_append(out, d.before);
    for (char **word = words; *word; word++) {
        if (!**word)
            continue;
        g_string_append(out, between);
        if (colour)
            g_string_append(out, d.before);
        append_plain(out, *word);
        if (colour)
            g_string_append(out, d.after);
        between = " ";
    }
    if (!colour)
        g_string_append(out, d.after);
}

static void
append_piece(GString *out, struct str text, const struct piece *p, bool whole)
{
    uint32_t shown = p->kind == PIECE_SAME ? SAME_SHOWN : CHANGED_SHOWN;
    struct span head = p->span, tail = p->span;
    struct dress d = dress_of(p->kind);

    if (whole || p->words < 2 * shown + SPARED_LEAST) {
        append_dressed(out, text, p->span, d);
        return;
    }
    head.to = after_words(text, p->span, shown);
    tail.from = before_words(text, p->span, shown);
    append_dressed(out, text, head, d);
    g_string_append_printf(out, " ... (%u words) ... ", p->words - 2 * shown);
    append_dressed(out, text, tail, d);
}

/* Was there a space before this place? */
static bool is_apart(struct str text, uint32_t at)
{
    return at && g_ascii_isspace(text.at[at - 1]);
}

static char *difference_words(
    const struct group_member *root, const struct group_member *m,
    struct piece *pieces, uint32_t count, bool whole)
{
    GString *out = g_string_new(NULL);

    for (uint32_t i = 0; i < count; i++) {
        struct str text = pieces[i].kind == PIECE_GONE ? root->document->text
                                                       : m->document->text;

        if (i && (is_apart(text, pieces[i].span.from) ||
                  pieces[i].kind == PIECE_NEW))
            g_string_append_c(out, ' ');
        append_piece(out, text, &pieces[i], whole);
    }
    return g_string_free(out, FALSE);
}

static void print_difference(
    struct arena *a, const struct group_member *root,
    const struct group_member *m, bool whole)
{
    uint32_t count;
    struct piece *pieces =
        wording_compare(a, &root->wording, &m->wording, &count);
    g_autofree char *words = difference_words(root, m, pieces, count, whole);
    GString *out = g_string_new(NULL);

    append_wrapped(out, words, INDENT);
    fputs(out->str, stdout);
    g_string_free(out, TRUE);
}

/* --- heads ------------------------------------------------------------------ */

static void print_line(const char *words)
{
    GString *plain = g_string_new(NULL), *out = g_string_new(NULL);

    append_plain(plain, words);
    append_wrapped(out, plain->str, INDENT);
    fputs(out->str, stdout);
    g_string_free(plain, TRUE);
    g_string_free(out, TRUE);
}

static void print_head(const struct group_member *m)
{
    const struct document_row *d = m->document;
    GString *name = g_string_new(NULL);

    append_plain(name, d->name);
    printf(
        "\n  %s%s%s  %s", use_colour() ? "\033[1m" : "",
        copy_word(m->copy_kind), use_colour() ? "\033[0m" : "", name->str);
    g_string_truncate(name, 0);
    append_plain(name, d->publisher ? d->publisher : "publisher not known");
    printf("  %s, %s\n", name->str, d->date ? d->date : "no date");
    g_string_free(name, TRUE);
}

static const char *share_words(
    struct arena *a, const struct family *f, const struct group_member *m)
{
    const char *hint = m->names_root && m->quotes_root
                           ? " It names that, and quotes it."
                       : m->names_root  ? " It names that."
                       : m->quotes_root ? " It quotes that."
                                        : "";

    return arena_print(
        a,
        "%.0f %% of its words (%u of %u sentences) stand in %s; %.0f %% of the "
        "words there stand here.%s",
        100 * m->in_root, m->copied, m->sentences,
        m->from ? f->members[m->from].document->name : "the root",
        100 * m->of_root, hint);
}

static void
print_member(struct arena *a, const struct family *f, uint32_t at, bool whole)
{
    const struct group_member *m = &f->members[at];

    print_head(m);
    print_line(at ? share_words(a, f, m) : credit_words(a, f));
    if (*m->credit)
        print_line(arena_print(a, "credits %s", m->credit));
    if (!at)
        return;
    putchar('\n');
    print_difference(a, &f->members[m->from], m, whole);
}

void family_print(struct arena *a, const struct family *f, bool whole)
{
    printf(
        "%sGroup %u: %u documents\n", f->number > 1 ? "\n" : "", f->number,
        f->count);
    for (uint32_t i = 0; i < f->count; i++)
        print_member(a, f, i, whole);
}
