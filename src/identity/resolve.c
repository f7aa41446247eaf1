/* One document, from its names to its mentions and the phrases' entities. */
#include <string.h>

#include "identity/resolver.h"

/* The entity of the child that owns or made what `head` says: "her arm",
   "a report by the Front". */
static uint32_t find_owner(
    const struct resolver *r, uint32_t sentence, uint32_t head, bool made)
{
    const struct sentence *s = &r->t->sentences[sentence];
    uint32_t child = token_child(s, head, RELATION_nmod, 0);

    for (; child != NO_TOKEN;
         child = token_child(s, head, RELATION_nmod, child + 1)) {
        uint32_t entity = r->meant[r->bases[sentence] + child];
        uint32_t by = token_child(s, child, RELATION_case, 0);

        if (entity == NOBODY)
            continue;
        if (!strcmp(s->tokens[child].deprel, "nmod:poss"))
            return entity;
        if (by == NO_TOKEN)
            continue;
        if (!strcmp(s->tokens[by].lower, made ? "by" : "of") ||
            (made && !strcmp(s->tokens[by].lower, "from")))
            return entity;
    }
    return NOBODY;
}

uint32_t entity_of_phrase(
    const struct resolver *r, uint32_t sentence, uint32_t head, bool source)
{
    enum noun_kind kind;
    uint32_t entity;

    if (sentence >= r->t->count ||
        head >= r->t->sentences[sentence].token_count)
        return NOBODY;
    entity = r->meant[r->bases[sentence] + head];
    if (entity != NOBODY)
        return entity;
    kind = noun_kind_of(r, token_at(r, sentence, head));
    if (kind == NOUN_PART)
        return find_owner(r, sentence, head, false);
    if (kind == NOUN_CARRIER && source)
        return find_owner(r, sentence, head, true);
    return NOBODY;
}

/* The noun that a relative clause tells more of, and where the clause begins;
   NO_TOKEN if the pronoun is none of a relative clause. */
static uint32_t
find_antecedent(const struct sentence *s, uint32_t pronoun, uint32_t *clause)
{
    uint32_t at = pronoun, last;

    if (!strstr(s->tokens[pronoun].feats, "PronType=Rel"))
        return NO_TOKEN;
    while (at != NO_TOKEN && strcmp(s->tokens[at].deprel, "acl:relcl") != 0)
        at = s->tokens[at].head;
    if (at == NO_TOKEN || s->tokens[at].head >= pronoun)
        return NO_TOKEN;
    token_subtree(s, at, clause, &last);
    return s->tokens[at].head;
}

/* The words that "who" or "which" stands for: "the government of Velmara";
   NULL if they cannot be told. */
static const char *
antecedent_words(const struct resolver *r, uint32_t sentence, uint32_t pronoun)
{
    const struct sentence *s = &r->t->sentences[sentence];
    uint32_t clause = 0, first, last;
    uint32_t noun = find_antecedent(s, pronoun, &clause);
    struct span span;
    char *words;

    if (noun == NO_TOKEN || clause <= noun || s->tokens[noun].upos == UPOS_PRON)
        return NULL;
    token_subtree(s, noun, &first, &last);
    for (last = clause - 1; last > noun; last--)
        if (s->tokens[last].upos != UPOS_PUNCT &&
            s->tokens[last].relation != RELATION_case)
            break;
    while (first < noun && (s->tokens[first].relation == RELATION_case ||
                            s->tokens[first].relation == RELATION_cc ||
                            s->tokens[first].upos == UPOS_PUNCT))
        first++;
    span = (struct span){s->tokens[first].span.from, s->tokens[last].span.to};
    words = arena_copy(
        r->a, r->t->str.at + span.from, (size_t)(span.to - span.from));
    return g_strdelimit(words, "\n\t", ' ');
}

static void set_phrase(const struct resolver *r, struct phrase *p, bool source)
{
    uint32_t entity = NOBODY;

    if (p->spans.count)
        entity = entity_of_phrase(r, p->sentence, p->head, source);
    p->entity = entity == NOBODY ? NO_ENTITY : entity;
    p->name = NULL;
    if (entity != NOBODY)
        p->name = r->entities[entity].name;
    else if (p->spans.count && p->sentence < r->t->count &&
             p->head < r->t->sentences[p->sentence].token_count)
        p->name = antecedent_words(r, p->sentence, p->head);
}

static void set_phrases(const struct resolver *r)
{
    struct findings *f = r->f;

    for (uint32_t i = 0; i < f->attribution_count; i++)
        set_phrase(r, &f->attributions[i].source, true);
    for (uint32_t i = 0; i < f->claim_count; i++) {
        for (int role = 0; role < ROLE_COUNT; role++)
            set_phrase(r, &f->claims[i].roles[role], false);
        for (uint32_t k = 0; k < f->claims[i].label_count; k++)
            set_phrase(r, &f->claims[i].labels[k].of, false);
    }
}

/* Titles and nouns of a name are said with it and no mentions of their own;
   neither is what someone is said to be. */
static bool is_mention(const struct resolver *r, uint32_t sentence, uint32_t k)
{
    uint32_t at = r->bases[sentence] + k;

    if (r->meant[at] == NOBODY || r->marks[at] & MARK_NAME ||
        r->called[at] != NOBODY)
        return false;
    return r->beside[at] == NOBODY ||
           token_at(r, sentence, k)->relation == RELATION_appos;
}

static void list_names(const struct resolver *r, GArray *mentions)
{
    for (guint i = 0; i < r->names->len; i++) {
        const struct named *n = named_at(r, i);
        struct mention m = {
            .span =
                {token_at(r, n->sentence, n->from)->span.from,
                 token_at(r, n->sentence, n->to - 1)->span.to},
            .sentence = n->sentence,
            .head = n->head,
            .entity = entity_of_name(r, n),
            .is_name = true};

        g_array_append_val(mentions, m);
    }
}

static void list_others(const struct resolver *r, GArray *mentions)
{
    for (uint32_t i = 0; i < r->t->count; i++)
        for (uint32_t k = 0; k < r->t->sentences[i].token_count; k++) {
            struct mention m = {.sentence = i, .head = k};

            if (!is_mention(r, i, k))
                continue;
            m.span = description_span(r, i, k);
            m.entity = r->meant[r->bases[i] + k];
            g_array_append_val(mentions, m);
        }
}

static int compare_mentions(gconstpointer x, gconstpointer y)
{
    const struct mention *a = x, *b = y;

    if (a->span.from != b->span.from)
        return a->span.from < b->span.from ? -1 : 1;
    if (a->span.to != b->span.to)
        return a->span.to > b->span.to ? -1 : 1;
    return a->head < b->head ? -1 : a->head > b->head;
}

static struct entities *put_together(const struct resolver *r)
{
    g_autoptr(GArray) mentions =
        g_array_new(FALSE, FALSE, sizeof(struct mention));
    struct entities *all = arena_make(r->a, struct entities, 1);

    list_names(r, mentions);
    list_others(r, mentions);
    g_array_sort(mentions, compare_mentions);
    all->entities = r->entities;
    all->count = r->entity_count;
    all->mention_count = mentions->len;
    all->mentions = arena_make(r->a, struct mention, mentions->len);
    if (mentions->len)
        memcpy(
            all->mentions, mentions->data,
            mentions->len * sizeof(struct mention));
    return all;
}

static void make_arrays(struct resolver *r)
{
    uint32_t **each[] = {
        &r->name_heads, &r->meant, &r->beside, &r->called, &r->speakers};
    uint32_t count = 0;

    r->bases = arena_make(r->a, uint32_t, r->t->count);
    for (uint32_t i = 0; i < r->t->count; i++) {
        r->bases[i] = count;
        count += r->t->sentences[i].token_count;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(each); i++) {
        *each[i] = arena_make(r->a, uint32_t, count);
        if (count)
            memset(*each[i], 0xff, sizeof(uint32_t) * count);
    }
    r->marks = arena_make(r->a, uint8_t, count);
    r->token_count = count;
}

struct entities *identity_resolve(
    const struct identity_words *w, struct arena *a, const struct text *t,
    struct findings *f)
{
    struct resolver r = {.w = w, .a = a, .t = t, .f = f};
    struct entities *all;

    make_arrays(&r);
    r.names = g_array_new(FALSE, FALSE, sizeof(struct named));
    r.forms = g_array_new(FALSE, FALSE, sizeof(struct form));
    find_names(&r);
    link_forms(&r);
    mark_besides(&r);
    mark_speakers(&r);
    walk_text(&r);
    find_speakers(&r);
    set_phrases(&r);
    all = put_together(&r);
    g_array_unref(r.names);
    g_array_unref(r.forms);
    return all;
}
