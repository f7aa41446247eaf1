/* clauses.c - clauses that go to a verb and not to the noun before them. */
#include "language/clauses.h"

#include <stdio.h>
#include <string.h>

/* Is that the verb of "accused him of leaving", "told him that ..."? */
static bool takes_clause(
    const struct word_map *verbs, const struct token *verb,
    const struct token *by)
{
    char key[64];
    int len = g_snprintf(key, sizeof(key), "%s %s", verb->lemma, by->lower);

    return verb->upos == UPOS_VERB && len < (int)sizeof(key) &&
           word_map_lookup(verbs, (struct str){key, (size_t)len}) !=
               WORD_MAP_NONE;
}

/* The verb near before `clause` that takes it after the preposition between
   them, or NO_TOKEN. */
static uint32_t find_clause_verb(
    const struct word_map *verbs, const struct sentence *s, uint32_t clause)
{
    enum { NEAR = 12 };
    const struct token *t = &s->tokens[clause];

    if (strcmp(t->xpos, "VBG") != 0 ||
        (t[-1].upos != UPOS_ADP && t[-1].upos != UPOS_SCONJ))
        return NO_TOKEN;
    for (uint32_t v = clause - 2; v-- > 0 && v + NEAR > clause;)
        if (takes_clause(verbs, &s->tokens[v], &t[-1]))
            return v;
    return NO_TOKEN;
}

/* A clause after a preposition goes to the verb that asks for it, not to the
   noun before it; the preposition goes to the clause, and so do the words that
   follow. */
static void favour_clauses(
    const struct word_map *verbs, const struct sentence *s, float *arcs)
{
    enum { FOLLOWING = 4 };
    static const float favour = 6;
    const size_t row = s->token_count + 1;

    for (uint32_t t = 3; t < s->token_count; t++) {
        uint32_t verb = find_clause_verb(verbs, s, t);

        if (verb == NO_TOKEN)
            continue;
        arcs[t * row + 1 + verb] += favour;
        arcs[(t - 1) * row + 1 + t] += favour;
        for (uint32_t k = t + 1; k < MIN(t + FOLLOWING, s->token_count); k++)
            for (uint32_t before = verb + 1; before < t; before++)
                arcs[k * row + 1 + before] -= favour;
    }
}

/* The verb near before "that" whose hearer stands between them, as in "told the
   agency that guards had beaten him", or NO_TOKEN.  In "the agency that runs
   it" a verb follows at once. */
static uint32_t find_telling_verb(
    const struct word_map *verbs, const struct sentence *s, uint32_t that)
{
    enum { NEAR = 8 };
    const struct token *t = &s->tokens[that];

    if (strcmp(t->lower, "that") != 0 || t[1].upos == UPOS_VERB ||
        t[1].upos == UPOS_AUX ||
        (t[-1].upos != UPOS_NOUN && t[-1].upos != UPOS_PROPN))
        return NO_TOKEN;
    for (uint32_t v = that - 1; v-- > 0 && v + NEAR > that;)
        if (takes_clause(verbs, &s->tokens[v], t))
            return v;
    return NO_TOKEN;
}

/* What is told does not hang on who hears it. */
static void
favour_told(const struct word_map *verbs, const struct sentence *s, float *arcs)
{
    static const float favour = 6;
    const size_t row = s->token_count + 1;

    for (uint32_t t = 2; t + 1 < s->token_count; t++) {
        uint32_t verb = find_telling_verb(verbs, s, t);

        if (verb == NO_TOKEN)
            continue;
        for (uint32_t k = t; k < s->token_count; k++)
            for (uint32_t before = verb + 1; before < t; before++)
                arcs[k * row + 1 + before] -= favour;
    }
}

void clauses_favour(
    const struct word_map *verbs, const struct sentence *s, float *arcs)
{
    favour_clauses(verbs, s, arcs);
    favour_told(verbs, s, arcs);
}

/* Does a subject stand between the two? */
static bool has_subject(const struct sentence *s, uint32_t from, uint32_t head)
{
    for (uint32_t t = from + 1; t < head; t++)
        if (s->tokens[t].head == head &&
            s->tokens[t].relation == RELATION_nsubj)
            return true;
    return false;
}

void clauses_mark(struct sentence *s)
{
    for (uint32_t t = 0; t + 1 < s->token_count; t++) {
        struct token *that = &s->tokens[t];

        if (that->relation != RELATION_obj || that->head <= t ||
            that->head == NO_TOKEN || strcmp(that->lower, "that") != 0 ||
            s->tokens[that->head].relation != RELATION_ccomp ||
            !has_subject(s, t, that->head))
            continue;
        that->relation = RELATION_mark;
        that->deprel = "mark";
        that->upos = UPOS_SCONJ;
        that->xpos = "IN";
        that->feats = "_";
    }
}

/* --- clauses side by side ---------------------------------------------- */

static void make_conjunct(struct sentence *s, uint32_t token, uint32_t first)
{
    s->tokens[token].head = first;
    s->tokens[token].relation = RELATION_conj;
    s->tokens[token].deprel = "conj";
}

static bool has_that(const struct sentence *s, uint32_t clause)
{
    uint32_t t = token_child(s, clause, RELATION_mark, 0);

    return t != NO_TOKEN && strcmp(s->tokens[t].lower, "that") == 0;
}

/* Does what hangs on `head` begin with "and" or the like? */
static bool begins_joined(const struct sentence *s, uint32_t head)
{
    uint32_t first, last;

    token_subtree(s, head, &first, &last);
    return first < head && s->tokens[first].relation == RELATION_cc;
}

/* The last clause that `verb` governs between the two tokens, or NO_TOKEN. */
static uint32_t
last_clause(const struct sentence *s, uint32_t verb, uint32_t from, uint32_t to)
{
    uint32_t found = NO_TOKEN, t = token_child(s, verb, RELATION_ccomp, from);

    for (; t < to; t = token_child(s, verb, RELATION_ccomp, t + 1))
        found = t;
    return found;
}

/* The clause beside which `t` stands though it hangs elsewhere, or NO_TOKEN. */
static uint32_t find_first_clause(const struct sentence *s, uint32_t t)
{
    const struct token *c = &s->tokens[t];
    uint32_t first = NO_TOKEN;

    if (c->head == NO_TOKEN)
        return NO_TOKEN;
    /* "They lied and he fled, she said." */
    if (c->relation == RELATION_ccomp)
        first = last_clause(s, c->head, c->head < t ? c->head : 0, t);
    /* "She said that they lied and that he fled." */
    if (c->relation == RELATION_conj && has_that(s, t) && !has_that(s, c->head))
        first = last_clause(s, c->head, c->head, t);
    return first != NO_TOKEN && begins_joined(s, t) ? first : NO_TOKEN;
}

void clauses_join(struct sentence *s)
{
    for (uint32_t t = 0; t < s->token_count; t++) {
        uint32_t first = find_first_clause(s, t);

        if (first != NO_TOKEN)
            make_conjunct(s, t, first);
    }
}

/* --- subjects ---------------------------------------------------------- */

static bool is_finite(const struct sentence *s, uint32_t verb)
{
    const char *tag = s->tokens[verb].xpos;

    return !strcmp(tag, "VBD") || !strcmp(tag, "VBZ") || !strcmp(tag, "VBP");
}

/* A phrase that is set beside the last one before the verb, and nearer to it:
   "After the verdict, one of the victims said".  Or NO_TOKEN. */
static uint32_t find_lost_subject(const struct sentence *s, uint32_t verb)
{
    uint32_t beside = token_child(s, verb, RELATION_obl, 0), found = NO_TOKEN;

    for (; beside < verb;
         beside = token_child(s, verb, RELATION_obl, beside + 1)) {
        uint32_t t = token_child(s, beside, RELATION_appos, beside);

        if (t < verb)
            found = t;
    }
    return found;
}

static void find_subject(struct sentence *s, uint32_t verb)
{
    uint32_t subject;

    if (s->tokens[verb].head != NO_TOKEN || !is_finite(s, verb) ||
        token_child(s, verb, RELATION_csubj, 0) != NO_TOKEN ||
        token_child(s, verb, RELATION_expl, 0) != NO_TOKEN)
        return;
    subject = find_lost_subject(s, verb);
    if (subject == NO_TOKEN)
        return;
    s->tokens[subject].head = verb;
    s->tokens[subject].relation = RELATION_nsubj;
    s->tokens[subject].deprel = "nsubj";
}

/* "PORT SELM, Aug. 17 - Gunmen stormed": of two subjects that a dash parts the
   nearer one is. */
static void part_subjects(struct sentence *s, uint32_t first, uint32_t second)
{
    for (uint32_t t = first + 1; t < second; t++)
        if (token_is_dash(&s->tokens[t])) {
            s->tokens[first].relation = RELATION_dislocated;
            s->tokens[first].deprel = "dislocated";
            return;
        }
}

void clauses_find_subject(struct sentence *s)
{
    for (uint32_t v = 0; v < s->token_count; v++) {
        uint32_t first, second;

        if (s->tokens[v].upos != UPOS_VERB)
            continue;
        first = token_child(s, v, RELATION_nsubj, 0);
        if (first == NO_TOKEN) {
            find_subject(s, v);
            continue;
        }
        second = token_child(s, v, RELATION_nsubj, first + 1);
        if (second < v)
            part_subjects(s, first, second);
    }
}

/* --- infinitives in a row ---------------------------------------------- */

/* Is that the "to" of an infinitive? */
static bool is_to(const struct sentence *s, uint32_t token)
{
    const struct token *t = &s->tokens[token];

    return t->relation == RELATION_mark && t->head != NO_TOKEN &&
           t->head > token && !strcmp(t->lower, "to");
}

void clauses_list(struct sentence *s)
{
    enum { ROW_MOST = 16 };
    uint32_t row[ROW_MOST], count = 0, first = NO_TOKEN;

    for (uint32_t t = 1; t < s->token_count; t++) {
        const char *before = s->tokens[t - 1].lower;
        uint32_t verb = s->tokens[t].head;

        if (!is_to(s, t))
            continue;
        if (first != NO_TOKEN && !strcmp(before, ",") && count < ROW_MOST) {
            row[count++] = verb;
        } else if (count && (!strcmp(before, "and") || !strcmp(before, "or"))) {
            for (uint32_t i = 0; i < count; i++)
                make_conjunct(s, row[i], first);
            make_conjunct(s, verb, first);
            count = 0;
        } else {
            first = verb;
            count = 0;
        }
    }
}
