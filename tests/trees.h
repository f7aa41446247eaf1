/*
 * trees.h - texts with tags and trees, from CoNLL-U as a person writes it.
 *
 * For tests only: conllu_read of language.h ignores tags and heads, because
 * the program trusts nobody's but its own.  Columns are parted by tabs or
 * blanks (so forms hold no blank); "_" for a lemma means the form in lower
 * case.  The text is rebuilt from FORM and SpaceAfter; a comment "# newpar"
 * starts a paragraph.  A fault in the tree fails the test.
 */
#ifndef TREES_H
#define TREES_H

#include <stdlib.h>
#include <string.h>

#include "language/language.h"

struct trees {
    struct arena *a;
    GString *text;
    GArray *sentences, *tokens;
    char **words; /* of the line */
    uint32_t paragraph;
    bool paragraph_next;
};

static inline const char *trees_word(struct trees *b, size_t i)
{
    return arena_copy(b->a, b->words[i], strlen(b->words[i]));
}

/* Where the word stands in a list, a subtype put aside. */
static inline int
trees_find(const char *const *list, size_t count, const char *word)
{
    size_t len = strcspn(word, ":");

    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == len && strncmp(list[i], word, len) == 0)
            return (int)i;
    g_error("\"%s\" is no tag or relation", word);
}

static inline enum upos trees_upos(const char *word)
{
    static const char *const list[] = {
#define X(tag) #tag,
        UPOS_TAGS(X)
#undef X
    };

    return (enum upos)trees_find(list, G_N_ELEMENTS(list), word);
}

static inline enum relation trees_relation(const char *word)
{
    static const char *const list[] = {
#define X(name) #name,
        RELATIONS(X)
#undef X
    };

    return (enum relation)trees_find(list, G_N_ELEMENTS(list), word);
}

/* ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC */
static inline void trees_add_token(struct trees *b)
{
    unsigned long head = strtoul(b->words[6], NULL, 10);
    char *lower = g_utf8_strdown(b->words[1], -1);
    bool joined = strstr(b->words[9], "SpaceAfter=No") != NULL;
    struct token t = {
        .head = head ? (uint32_t)head - 1 : NO_TOKEN,
        .arc_confidence = 1,
        .relation = trees_relation(b->words[7]),
        .upos = trees_upos(b->words[3]),
        .space_after = !joined,
        .form = trees_word(b, 1),
        .lower = arena_copy(b->a, lower, strlen(lower)),
        .lemma = trees_word(b, 2),
        .xpos = trees_word(b, 4),
        .feats = trees_word(b, 5),
        .deprel = trees_word(b, 7),
    };

    g_assert_cmpuint(
        strtoul(b->words[0], NULL, 10), ==, b->tokens->len + 1);
    if (strcmp(t.lemma, "_") == 0)
        t.lemma = t.lower;
    t.span.from = (uint32_t)b->text->len;
    g_string_append(b->text, t.form);
    t.span.to = (uint32_t)b->text->len;
    if (t.space_after)
        g_string_append_c(b->text, ' ');
    g_array_append_val(b->tokens, t);
    g_free(lower);
}

/* Every word must lead to the root. */
static inline void trees_check(const struct sentence *s)
{
    for (uint32_t i = 0; i < s->token_count; i++) {
        uint32_t up = i, steps = 0;

        while (s->tokens[up].head != NO_TOKEN && steps++ < 1000) {
            up = s->tokens[up].head;
            g_assert_cmpuint(up, <, s->token_count);
        }
        g_assert_cmpuint(steps, <, 1000);
    }
}

static inline void *
trees_keep(struct arena *a, const GArray *from, size_t size)
{
    void *to = arena_alloc(a, size * from->len);

    if (from->len)
        memcpy(to, from->data, size * from->len);
    return to;
}

static inline void trees_end_sentence(struct trees *b)
{
    struct sentence s = {.token_count = b->tokens->len};

    if (!s.token_count)
        return;
    if (b->paragraph_next && b->sentences->len)
        b->paragraph++;
    b->paragraph_next = false;
    s.paragraph = b->paragraph;
    s.tokens = trees_keep(b->a, b->tokens, sizeof(struct token));
    s.span.from = s.tokens[0].span.from;
    s.span.to = s.tokens[s.token_count - 1].span.to;
    trees_check(&s);
    g_array_append_val(b->sentences, s);
    g_array_set_size(b->tokens, 0);
}

static inline char **trees_split(const char *line)
{
    GStrvBuilder *words = g_strv_builder_new();
    char **parts = g_strsplit_set(line, " \t", -1), **out;

    for (char **p = parts; *p; p++)
        if (**p)
            g_strv_builder_add(words, *p);
    out = g_strv_builder_end(words);
    g_strv_builder_unref(words);
    g_strfreev(parts);
    return out;
}

static inline void trees_read_line(struct trees *b, const char *line)
{
    b->words = trees_split(line);
    if (!b->words[0]) {
        trees_end_sentence(b);
    } else if (line[0] == '#') {
        b->paragraph_next |= g_str_has_prefix(line, "# newpar");
    } else if (!strpbrk(b->words[0], "-.")) {
        g_assert_cmpuint(g_strv_length(b->words), ==, 10);
        trees_add_token(b);
    }
    g_strfreev(b->words);
}

/* The result lives in `a`; `conllu` may go. */
static inline struct text *trees_parse(struct arena *a, const char *conllu)
{
    struct text *t = arena_make(a, struct text, 1);
    char **lines = g_strsplit(conllu, "\n", -1);
    struct trees b = {
        .a = a,
        .text = g_string_new(NULL),
        .sentences = g_array_new(FALSE, FALSE, sizeof(struct sentence)),
        .tokens = g_array_new(FALSE, FALSE, sizeof(struct token)),
    };

    for (char **line = lines; *line; line++)
        trees_read_line(&b, *line);
    trees_end_sentence(&b);
    t->str.at = arena_copy(a, b.text->str, b.text->len);
    t->str.len = b.text->len;
    t->count = b.sentences->len;
    t->sentences = trees_keep(a, b.sentences, sizeof(struct sentence));
    for (uint32_t i = 0; i < t->count; i++)
        t->token_count += t->sentences[i].token_count;
    g_string_free(b.text, TRUE);
    g_array_unref(b.sentences);
    g_array_unref(b.tokens);
    g_strfreev(lines);
    return t;
}

/* What the network takes the words for, as the trees cannot tell it. */
static inline void
trees_look(const struct reader *r, struct arena *a, struct text *t)
{
    for (uint32_t i = 0; i < t->count; i++) {
        struct sentence *s = &t->sentences[i], own = *s;
        struct text alone = {.str = t->str, .sentences = &own, .count = 1};

        own.tokens = arena_make(a, struct token, s->token_count);
        memcpy(own.tokens, s->tokens, s->token_count * sizeof(*s->tokens));
        language_tag_and_parse(r, a, &alone);
        for (uint32_t k = 0; k < s->token_count; k++)
            memcpy(
                s->tokens[k].said, own.tokens[k].said,
                sizeof(own.tokens[k].said));
    }
}

#endif
