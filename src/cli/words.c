/* Parts of claims in words. */
#include "cli/cli.h"

#include <string.h>

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

const char *milestone_words(struct arena *a, const struct claim_row *c)
{
    g_autoptr(GString) words = g_string_new(NULL);

    append_milestones(words, c);
    return arena_copy(a, words->str, words->len);
}
