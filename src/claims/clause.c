#include "claims/attribution.h"

#include <string.h>

void tree_reserve(struct tree *tree, struct arena *a, const struct text *t)
{
    uint32_t most = 1;

    for (uint32_t i = 0; i < t->count; i++)
        most = MAX(most, t->sentences[i].token_count);
    tree->child = arena_make(a, uint32_t, most);
    tree->next = arena_make(a, uint32_t, most);
    tree->first = arena_make(a, uint32_t, most);
    tree->last = arena_make(a, uint32_t, most);
    tree->scratch = arena_make(a, uint32_t, (size_t)most * 2);
    tree->said = arena_make(a, struct said_sum, (size_t)most + 1);
}

/* Leaves first, each word widening its head.  Words in a cycle, should a
   parser ever give one, are never reached and keep their own extent. */
static void widen_heads(struct tree *tree)
{
    uint32_t n = tree->s->token_count, done = 0, ready = 0;
    uint32_t *pending = tree->scratch, *queue = tree->scratch + n;

    memset(pending, 0, n * sizeof(*pending));
    for (uint32_t i = 0; i < n; i++)
        if (tree->s->tokens[i].head < n)
            pending[tree->s->tokens[i].head]++;
    for (uint32_t i = 0; i < n; i++)
        if (!pending[i])
            queue[ready++] = i;
    while (done < ready) {
        uint32_t i = queue[done++], head = tree->s->tokens[i].head;

        if (head >= n)
            continue;
        tree->first[head] = MIN(tree->first[head], tree->first[i]);
        tree->last[head] = MAX(tree->last[head], tree->last[i]);
        if (--pending[head] == 0)
            queue[ready++] = head;
    }
}

/* Many ask for the children of one head: one with half of a hostile sentence
   below it shows only its first, so that the cost stays linear. */
enum { CHILDREN_MOST = 256 };

static void thread_children(struct tree *tree)
{
    uint32_t n = tree->s->token_count;
    uint32_t *last = tree->scratch, *count = tree->scratch + n;

    memset(count, 0, n * sizeof(*count));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t head = tree->s->tokens[i].head;

        tree->next[i] = NO_TOKEN;
        if (head >= n || count[head] == CHILDREN_MOST)
            continue;
        if (count[head]++)
            tree->next[last[head]] = i;
        else
            tree->child[head] = i;
        last[head] = i;
    }
}

static void sum_said(struct tree *tree)
{
    tree->said[0] = (struct said_sum){0};
    for (uint32_t i = 0; i < tree->s->token_count; i++) {
        const struct token *t = &tree->s->tokens[i];
        struct said_sum *next = &tree->said[i + 1];

        *next = tree->said[i];
        if (token_is_punct(t))
            continue;
        next->words++;
        for (int part = 0; part < SAID_PARTS; part++)
            next->of[part] += t->said[part];
    }
}

uint32_t tree_token_from(const struct tree *tree, uint32_t byte)
{
    const struct sentence *s = tree->s;
    uint32_t low = 0, high = s->token_count;

    while (low < high) {
        uint32_t middle = (low + high) / 2;

        if (s->tokens[middle].span.from < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct said_sum tree_said(const struct tree *tree, struct span span)
{
    const struct said_sum *from =
        &tree->said[tree_token_from(tree, span.from)];
    struct said_sum sum = tree->said[tree_token_from(tree, span.to)];

    if (span.to <= span.from)
        return (struct said_sum){0};
    sum.words -= from->words;
    for (int part = 0; part < SAID_PARTS; part++)
        sum.of[part] -= from->of[part];
    return sum;
}

void tree_build(struct tree *tree, const struct text *t, uint32_t sentence)
{
    uint32_t n = t->sentences[sentence].token_count;

    tree->s = &t->sentences[sentence];
    tree->index = sentence;
    for (uint32_t i = 0; i < n; i++) {
        tree->child[i] = NO_TOKEN;
        tree->first[i] = tree->last[i] = i;
    }
    thread_children(tree);
    widen_heads(tree);
    sum_said(tree);
}

uint32_t
tree_child(const struct tree *tree, uint32_t head, enum relation relation)
{
    uint32_t c = tree->child[head];

    while (c != NO_TOKEN && tree->s->tokens[c].relation != relation)
        c = tree->next[c];
    return c;
}

uint32_t
tree_child_typed(const struct tree *tree, uint32_t head, const char *deprel)
{
    uint32_t c = tree->child[head];

    while (c != NO_TOKEN && strcmp(tree->s->tokens[c].deprel, deprel) != 0)
        c = tree->next[c];
    return c;
}

const char *
tree_marker(const struct tree *tree, uint32_t token, enum relation relation)
{
    uint32_t c = tree_child(tree, token, relation);

    return c == NO_TOKEN ? NULL : tree->s->tokens[c].lower;
}

bool token_reads(const struct token *t, const char *lower)
{
    return strcmp(t->lower, lower) == 0;
}

bool token_is_mark(const struct token *t)
{
    static const char *const marks[] = {
        "\"",           "''",       "``",      "\xe2\x80\x9c",
        "\xe2\x80\x9d", "\xc2\xab", "\xc2\xbb"};

    if (t->upos != UPOS_PUNCT)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (strcmp(t->form, marks[i]) == 0)
            return true;
    return false;
}

bool token_is_punct(const struct token *t)
{
    return t->upos == UPOS_PUNCT;
}

static bool begins_line(const struct text *t, const struct sentence *s)
{
    uint32_t at = s->span.from;

    while (at && (t->str.at[at - 1] == ' ' || t->str.at[at - 1] == '\t'))
        at--;
    return !at || t->str.at[at - 1] == '\n';
}

uint32_t sentence_turn(const struct text *t, uint32_t sentence)
{
    enum { WORDS_MOST = 5 };
    const struct sentence *s = &t->sentences[sentence];

    if (!begins_line(t, s))
        return NO_TOKEN;
    for (uint32_t i = 0; i < s->token_count && i <= WORDS_MOST; i++) {
        if (i && token_reads(&s->tokens[i], ":"))
            return i;
        if (s->tokens[i].upos != UPOS_PUNCT &&
            g_unichar_islower(g_utf8_get_char(s->tokens[i].form)))
            break;
    }
    return NO_TOKEN;
}
