/* Parts of claims in words. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

/* Is the day the last of its month? */
static bool is_month_end(const char *day)
{
    int year, month, number;

    return sscanf(day, "%d-%d-%d", &year, &month, &number) == 3 &&
           g_date_valid_month((GDateMonth)month) && year > 0 &&
           number ==
               g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
}

const char *period_words(struct arena *a, const char *first, const char *last)
{
    size_t year = strlen("2012"), month = strlen("2012-02");
    int length = (int)strlen("2012-02-21");

    if (!first || !last)
        return NULL;
    if (strlen(first) == (size_t)length && g_str_has_suffix(first, "-01") &&
        is_month_end(last))
        length = g_str_has_suffix(first, "-01-01") &&
                         g_str_has_suffix(last, "-12-31")
                     ? (int)year
                     : (int)month;
    if (!strncmp(first, last, (size_t)length))
        return arena_print(a, "%.*s", length, first);
    return arena_print(a, "%.*s..%.*s", length, first, length, last);
}

/* Does the text hold the words, whatever their case? */
static bool has_words(const char *text, const char *words)
{
    g_autofree char *folded = g_utf8_casefold(text, -1);
    g_autofree char *wanted = g_utf8_casefold(words, -1);

    return strstr(folded, wanted) != NULL;
}

const char *phrase_words(struct arena *a, const struct phrase_row *p)
{
    if (!p->text)
        return p->name ? p->name : "";
    if (!p->name || has_words(p->text, p->name))
        return p->text;
    return arena_print(a, "%s = %s", p->text, p->name);
}

const char *chain_words(struct arena *a, const struct claim_row *c)
{
    const char *chain = c->publisher ? c->publisher : "";

    for (uint32_t i = 0; i < c->source_count; i++) {
        const struct phrase_row *s = &c->sources[i].source;
        const char *words = s->spans.count ? phrase_words(a, s) : "unnamed";

        chain = arena_print(a, "%s%s%s", chain, *chain ? " > " : "", words);
    }
    return chain;
}

/* The fullest name, or the words that stand there. */
static const char *who(const struct phrase_row *p)
{
    return !p->spans.count ? "unnamed" : p->name ? p->name : p->text;
}

const char *voice_words(struct arena *a, const struct claim_row *c)
{
    const char *outer = "";
    uint32_t count = c->source_count;

    if (!count)
        return c->publisher ? c->publisher : "";
    for (uint32_t i = count - 1; i-- > 0;)
        outer = arena_print(
            a, "%s%s%s", outer, *outer ? ", " : "", who(&c->sources[i].source));
    if (c->publisher)
        outer =
            arena_print(a, "%s%s%s", outer, *outer ? ", " : "", c->publisher);
    return arena_print(
        a, *outer ? "%s (%s)" : "%s", who(&c->sources[count - 1].source),
        outer);
}

const char *
snippet_words(struct arena *a, const char *text, struct span s, uint32_t around)
{
    uint32_t len = (uint32_t)strlen(text), from, to;

    from = s.from > around ? s.from - around : 0;
    to = MIN(len, s.to + around);
    while (from && from < s.from && text[from - 1] != ' ')
        from++;
    while (to < len && to > s.to && text[to] != ' ')
        to--;
    /* What has no spaces is cut between code points. */
    while (from && from < s.from && (text[from] & 0xC0) == 0x80)
        from++;
    return arena_print(
        a, "%s%.*s%s", from ? "… " : "", (int)(to - from), text + from,
        to < len ? " …" : "");
}
