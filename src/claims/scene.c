/* scene.c - threads a sentence's tree, and reads its simple facts. */
#include "claims/scene.h"

#include <string.h>

/* Does any row begin with that word as a verb? */
static bool is_verb(const struct word *w)
{
    if (!w)
        return false;
    for (uint32_t i = 0; i < w->governor_count; i++)
        if (w->governors[i].part == PART_VERB)
            return true;
    return w->entry_counts[PART_VERB] || w->support_count;
}

static const struct word *find_verb(
    const struct lexicon *lex, const char *stem, size_t len, const char *add)
{
    char base[32];
    const struct word *w;

    if (len < 2 || len + strlen(add) >= sizeof base)
        return NULL;
    memcpy(base, stem, len);
    memcpy(base + len, add, strlen(add) + 1);
    w = lexicon_find(lex, base);
    return is_verb(w) ? w : NULL;
}

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

/* "rap", "ban": such a stem doubles its last letter before "ed" and "ing". */
static bool doubles(const char *stem, size_t len)
{
    uint32_t vowels = 0;

    for (size_t i = 0; i < len; i++)
        vowels += is_vowel(stem[i]);
    return vowels == 1 && len > 2 && is_vowel(stem[len - 2]) &&
           !strchr("wxy", stem[len - 1]);
}

/* The verb of the stem that "ed" or "ing" leaves: "rap" of "raped". */
static const struct word *
find_stem(const struct lexicon *lex, const char *stem, size_t len)
{
    const struct word *w = find_verb(lex, stem, len, "e");

    if (!w && !doubles(stem, len))
        w = find_verb(lex, stem, len, "");
    if (!w && len > 3 && stem[len - 1] == stem[len - 2])
        w = find_verb(lex, stem, len - 1, "");
    if (!w && len > 2 && stem[len - 1] == 'i')
        w = find_verb(lex, stem, len - 1, "y");
    return w;
}

/* Readers may get a lemma wrong ("raide" of "raided"): the verb of the tables
   of which the word as written is a form, or NULL. */
static const struct word *
find_by_form(const struct lexicon *lex, const char *form)
{
    const struct word *w = g_hash_table_lookup(lex->forms, form);
    size_t len = strlen(form);

    if (w || len < 4)
        return w;
    if (g_str_has_suffix(form, "ed"))
        return find_stem(lex, form, len - 2);
    if (g_str_has_suffix(form, "ing"))
        return find_stem(lex, form, len - 3);
    if (form[len - 1] != 's')
        return NULL;
    w = find_verb(lex, form, len - 1, "");
    return w || form[len - 2] != 'e' ? w : find_stem(lex, form, len - 2);
}

static const struct word *
find_word(const struct lexicon *lex, const struct token *t)
{
    const struct word *w, *verb;

    if (t->upos == UPOS_PUNCT)
        return NULL;
    w = lexicon_find(lex, t->lemma);
    if (t->upos == UPOS_VERB && !is_verb(w)) {
        verb = find_by_form(lex, t->lower);
        if (verb)
            return verb;
    }
    return w ? w : lexicon_find(lex, t->lower);
}

/* Trees are hostile input too: many ask for the children of one head, so
   that a head with half of a long sentence below it must not have them all. */
enum { CHILDREN_MOST = 64 };

static void thread_children(struct scene *v)
{
    struct tail {
        uint32_t last, count;
    } *tails = arena_make(v->arena, struct tail, v->count + 1);

    for (uint32_t i = 0; i < v->count; i++)
        v->nodes[i].first = v->nodes[i].next = NO_TOKEN;
    for (uint32_t i = 0; i < v->count; i++) {
        uint32_t head = v->s->tokens[i].head;

        if (head == NO_TOKEN || head >= v->count ||
            tails[head].count == CHILDREN_MOST)
            continue;
        if (tails[head].count++)
            v->nodes[tails[head].last].next = i;
        else
            v->nodes[head].first = i;
        tails[head].last = i;
    }
}

/* The preposition before a token: its case, or the mark of its clause. */
static uint16_t find_preposition(const struct scene *v, uint32_t token)
{
    for (uint32_t c = v->nodes[token].first; c != NO_TOKEN && c < token;
         c = v->nodes[c].next) {
        const struct token *t = scene_token(v, c);
        const struct word *w;

        if (t->relation != RELATION_case &&
            (t->relation != RELATION_mark || t->upos == UPOS_PART))
            continue; /* "to" of an infinitive is no preposition */
        w = lexicon_find(v->lex, t->lower);
        if (w && w->slot != SLOT_NONE)
            return w->slot;
    }
    return SLOT_NONE;
}

static uint16_t find_slot(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    switch ((int)t->relation) {
    case RELATION_nsubj:
    case RELATION_csubj:
        return SLOT_SUBJ;
    case RELATION_obj:
        return SLOT_OBJ;
    case RELATION_iobj:
        return SLOT_IOBJ;
    case RELATION_compound:
        return strcmp(t->deprel, "compound:prt") ? SLOT_MOD : SLOT_PARTICLE;
    case RELATION_amod:
    case RELATION_nummod:
        return SLOT_MOD;
    case RELATION_nmod:
        if (strcmp(t->deprel, "nmod:poss") == 0)
            return SLOT_POSS;
        if (strcmp(t->deprel, "nmod:desc") == 0)
            return SLOT_MOD;
        return find_preposition(v, token);
    case RELATION_obl:
    case RELATION_advcl:
    case RELATION_acl:
    case RELATION_ccomp:
    case RELATION_xcomp:
        return find_preposition(v, token);
    default:
        return SLOT_NONE;
    }
}

static void mark_expressions(struct scene *v)
{
    const struct sentence *s = v->s;

    for (uint32_t i = 0; i < s->time_count; i++)
        for (uint32_t k = s->times[i].from; k < s->times[i].to; k++)
            v->nodes[k].in_time = true;
    for (uint32_t i = 0; i < s->number_count; i++)
        for (uint32_t k = s->numbers[i].from; k < s->numbers[i].to; k++)
            v->nodes[k].number = &s->numbers[i];
    for (uint32_t i = 0; i < s->name_count; i++)
        for (uint32_t k = s->names[i].from; k < s->names[i].to; k++) {
            v->nodes[k].in_name = true;
            v->nodes[k].name_kind = s->names[i].kind;
        }
}

struct scene scene_make(
    const struct lexicon *lex, struct arena *a, const struct text *t,
    uint32_t sentence)
{
    struct scene v = {
        .lex = lex,
        .arena = a,
        .text = t,
        .index = sentence,
        .s = &t->sentences[sentence],
    };

    v.count = v.s->token_count;
    v.nodes = arena_make(a, struct node, v.count + 1);
    v.asking = arena_make(a, uint32_t, 1);
    for (uint32_t i = 0; i < v.count; i++) {
        v.nodes[i].word = find_word(lex, scene_token(&v, i));
        v.nodes[i].supporter = NO_TOKEN;
    }
    thread_children(&v);
    for (uint32_t i = 0; i < v.count; i++)
        v.nodes[i].slot = find_slot(&v, i);
    mark_expressions(&v);
    return v;
}

uint32_t scene_child(const struct scene *v, uint32_t head, enum relation r)
{
    uint32_t c = v->nodes[head].first;

    while (c != NO_TOKEN && scene_token(v, c)->relation != r)
        c = v->nodes[c].next;
    return c;
}

uint32_t scene_slot(const struct scene *v, uint32_t head, uint16_t slot)
{
    uint32_t c = v->nodes[head].first;

    while (c != NO_TOKEN && v->nodes[c].slot != slot)
        c = v->nodes[c].next;
    return c;
}

uint32_t scene_form(const struct scene *v, uint32_t head, const char *lower)
{
    uint32_t c = v->nodes[head].first;

    while (c != NO_TOKEN && strcmp(scene_token(v, c)->lower, lower))
        c = v->nodes[c].next;
    return c;
}

bool scene_is_relative(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    return t->upos == UPOS_PRON && t->xpos[0] == 'W' &&
           strcmp(t->lower, "what") && strcmp(t->lower, "whoever");
}

bool scene_is_predicate(const struct scene *v, uint32_t token)
{
    return scene_token(v, token)->upos == UPOS_VERB ||
           scene_child(v, token, RELATION_cop) != NO_TOKEN ||
           scene_child(v, token, RELATION_nsubj) != NO_TOKEN;
}

bool scene_is_carrier(const struct scene *v, uint32_t token)
{
    const struct word *w = v->nodes[token].word;

    return word_in(w, CLASS_QUANTITY | CLASS_CARRIER) ||
           (w && w->governor_count);
}

bool scene_is_happening(const struct scene *v, uint32_t token)
{
    return word_in(v->nodes[token].word, CLASS_HAPPENING) ||
           scene_child(v, token, RELATION_cop) != NO_TOKEN;
}

bool scene_is_proper(const struct scene *v, uint32_t token)
{
    return scene_token(v, token)->upos == UPOS_PROPN || v->nodes[token].in_name;
}

bool scene_led_by(const struct scene *v, uint32_t token, uint32_t classes)
{
    uint32_t by = scene_child(v, token, RELATION_case);

    return by != NO_TOKEN &&
           word_in(lexicon_find(v->lex, scene_token(v, by)->lower), classes);
}

static bool is_personal(const struct token *t)
{
    return t->upos == UPOS_PRON && strcmp(t->lower, "it") &&
           strcmp(t->lower, "its") && strcmp(t->lower, "this") &&
           strcmp(t->lower, "that") && strcmp(t->lower, "what") &&
           strcmp(t->lower, "which");
}

bool scene_is_party(const struct scene *v, uint32_t token)
{
    const struct node *n = &v->nodes[token];
    const struct token *t = scene_token(v, token);

    if (n->in_name)
        return true;
    if (t->upos == UPOS_PROPN)
        return !n->in_time;
    if (t->upos == UPOS_NUM)
        return !n->in_time;
    return is_personal(t) ||
           word_in(
               n->word, CLASS_PERSON | CLASS_GROUP | CLASS_KIN | CLASS_OFFICE |
                            CLASS_MEMBER | CLASS_RANK);
}

bool scene_is_place(const struct scene *v, uint32_t token)
{
    const struct node *n = &v->nodes[token];

    if (n->in_time)
        return false;
    if (n->in_name && n->name_kind == NAME_PLACE)
        return true;
    return word_in(n->word, CLASS_PLACE) ||
           (!n->in_name && scene_token(v, token)->upos == UPOS_PROPN);
}
