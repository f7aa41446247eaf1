/* lexicon.c - loads the tables of lexicon/. */
#include "claims/lexicon.h"

#include <string.h>

#include "claims/attribution.h"
#include "claims/pattern.h"

/* --- growing arrays of one word --------------------------------------- */

/*
 * A word's entries lie in one array.  Rows of a word rarely stand together,
 * so each is added by copying: words have few rows.
 */
static void *append(
    struct arena *a, const void *old, uint32_t count, const void *item,
    size_t size)
{
    char *grown = arena_alloc(a, (count + 1) * size);

    if (count)
        memcpy(grown, old, count * size);
    memcpy(grown + count * size, item, size);
    return grown;
}

static const struct lexicon_row *
row_of(struct lexicon *lex, const struct table *t, size_t row)
{
    struct lexicon_row *r = arena_make(lex->arena, struct lexicon_row, 1);
    const char *name = table_name(t), *words = table_cell(t, row, 0);

    r->table = arena_copy(lex->arena, name, strlen(name));
    r->line = table_line(t, row);
    r->words = arena_copy(lex->arena, words, strlen(words));
    return r;
}

/* --- acts ------------------------------------------------------------- */

static bool load_acts(struct lexicon *lex, const char *dir, GError **error)
{
    struct table *t = table_load(
        dir, "acts.tsv", "code\tlabel\tcovers\tactor\ttarget\tplover", error);

    if (!t)
        return false;
    lex->act_count = (uint32_t)table_count(t);
    lex->acts = arena_make(lex->arena, struct act, lex->act_count + 1);
    for (uint32_t i = 0; i < lex->act_count; i++) {
        struct act *act = &lex->acts[i];
        const char *code = table_cell(t, i, 0), *label = table_cell(t, i, 1);

        act->code = arena_copy(lex->arena, code, strlen(code));
        act->label = arena_copy(lex->arena, label, strlen(label));
        act->has_actor = *table_cell(t, i, 3);
        act->has_target = *table_cell(t, i, 4);
        act->is_mutual = g_str_has_prefix(table_cell(t, i, 3), "one ");
        g_hash_table_insert(
            lex->act_rows, (char *)act->code, GUINT_TO_POINTER(i + 1));
    }
    table_free(t);
    return true;
}

static bool find_act(
    const struct lexicon *lex, const char *code, uint32_t *act)
{
    guint row = GPOINTER_TO_UINT(g_hash_table_lookup(lex->act_rows, code));

    *act = row - 1;
    return row > 0;
}

/* --- entries ---------------------------------------------------------- */

struct frame_reader {
    struct lexicon *lex;
    struct entry *entry;
    const struct pattern *base;
};

static bool take_entry_flag(void *self, const char *word)
{
    struct frame_reader *r = self;

    if (strcmp(word, "inverse") == 0)
        r->entry->inverse = true;
    else if (strcmp(word, "fallback") == 0)
        r->entry->fallback = true;
    else if (strcmp(word, "agent") == 0)
        r->entry->agent = true;
    else
        return strcmp(word, "agentive") == 0;
    return true;
}

static const struct pattern *choose_base(
    const struct lexicon *lex, enum part part, uint32_t act,
    const char *frame)
{
    if (part == PART_VERB)
        return act == lex->other_act ? &lex->other_frame : &lex->verb_frame;
    if (part == PART_ADJECTIVE)
        return &lex->verb_frame;
    if (strstr(frame, "agentive"))
        return &lex->agentive_frame;
    return act != NO_ACT && !lex->acts[act].has_target ? &lex->affected_frame
                                                       : &lex->noun_frame;
}

static bool add_entry(
    struct lexicon *lex, const struct table *t, size_t row, enum part part,
    GError **error)
{
    const char *code = table_cell(t, row, 1), *frame = table_cell(t, row, 2);
    struct entry entry = {.act = NO_ACT};
    struct frame_reader reader = {.lex = lex, .entry = &entry};
    struct word *head;

    if (*code && !find_act(lex, code, &entry.act))
        return table_complain(t, row, error, "no such act: %s", code);
    if (!pattern_parse_needs(
            lex, table_cell(t, row, 0), &entry.pattern, &head))
        return table_complain(
            t, row, error, "not understood: %s", table_cell(t, row, 0));
    if (!pattern_parse_fills(
            lex, frame, choose_base(lex, part, entry.act, frame),
            &entry.pattern, take_entry_flag, &reader))
        return table_complain(t, row, error, "not understood: %s", frame);
    entry.row = row_of(lex, t, row);
    head->entries[part] = append(
        lex->arena, head->entries[part], head->entry_counts[part], &entry,
        sizeof entry);
    head->entry_counts[part]++;
    return true;
}

static bool load_entries(
    struct lexicon *lex, const char *dir, const char *file, enum part part,
    GError **error)
{
    struct table *t =
        table_load(dir, file, "words\tact\tframe\texample", error);
    bool fine = t != NULL;

    for (size_t i = 0; fine && i < table_count(t); i++)
        fine = add_entry(lex, t, i, part, error);
    table_free(t);
    return fine;
}

/* --- supports --------------------------------------------------------- */

static bool take_support_flag(void *self, const char *word)
{
    struct support *support = self;

    support->tells = strcmp(word, "tells") == 0;
    return support->tells;
}

static bool add_support(
    struct lexicon *lex, const struct table *t, size_t row, GError **error)
{
    struct support support = {0};
    struct word *head;

    if (!pattern_parse_needs(
            lex, table_cell(t, row, 0), &support.pattern, &head) ||
        !pattern_parse_fills(
            lex, table_cell(t, row, 2), NULL, &support.pattern,
            take_support_flag, &support))
        return table_complain(t, row, error, "not understood");
    support.noun = slot_intern(lex, table_cell(t, row, 1));
    support.row = row_of(lex, t, row);
    head->supports = append(
        lex->arena, head->supports, head->support_count, &support,
        sizeof support);
    head->support_count++;
    return true;
}

static bool load_supports(struct lexicon *lex, const char *dir, GError **error)
{
    struct table *t = table_load(
        dir, "supports.tsv", "words\tnoun\tframe\texample", error);
    bool fine = t != NULL;

    for (size_t i = 0; fine && i < table_count(t); i++)
        fine = add_support(lex, t, i, error);
    table_free(t);
    return fine;
}

/* --- governors -------------------------------------------------------- */

static bool find_part(const char *text, enum part *out)
{
    static const char *const names[PART_COUNT] = {
        [PART_VERB] = "verb",
        [PART_NOUN] = "noun",
        [PART_ADJECTIVE] = "adjective",
    };

    for (int i = 0; i < PART_COUNT; i++)
        if (strcmp(names[i], text) == 0) {
            *out = (enum part)i;
            return true;
        }
    return false;
}

static bool take_effect(struct governor *g, const char *word)
{
    if (strcmp(word, "negative") == 0)
        g->negative = true;
    else if (strcmp(word, "swallow") == 0)
        g->swallows = true;
    else if (strcmp(word, "object") == 0)
        g->object = true;
    else if (strcmp(word, "clauses") == 0)
        g->clauses = true;
    else if (strcmp(word, "infinitives") == 0)
        g->infinitives = true;
    else if (strcmp(word, "nouns") == 0)
        g->nouns = true;
    else if (modality_find(word, &g->modality))
        g->has_modality = true;
    else
        return false;
    return true;
}

static bool add_governor(
    struct lexicon *lex, const struct table *t, size_t row, GError **error)
{
    struct governor governor = {0};
    struct word *head;
    char **effects = g_strsplit(table_cell(t, row, 2), " ", -1);
    bool fine = pattern_parse_needs(
                    lex, table_cell(t, row, 0), &governor.pattern, &head) &&
                find_part(table_cell(t, row, 1), &governor.part);

    for (char **e = effects; *e && fine; e++)
        fine = take_effect(&governor, *e);
    g_strfreev(effects);
    if (!fine)
        return table_complain(t, row, error, "not understood");
    governor.row = row_of(lex, t, row);
    head->governors = append(
        lex->arena, head->governors, head->governor_count, &governor,
        sizeof governor);
    head->governor_count++;
    return true;
}

static bool load_governors(
    struct lexicon *lex, const char *dir, GError **error)
{
    struct table *t = table_load(
        dir, "governors.tsv", "words\tpart\teffect\texample", error);
    bool fine = t != NULL;

    for (size_t i = 0; fine && i < table_count(t); i++)
        fine = add_governor(lex, t, i, error);
    table_free(t);
    return fine;
}

/* --- auxiliaries and classes ------------------------------------------ */

static bool load_auxiliaries(
    struct lexicon *lex, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "auxiliaries.tsv", "word\tmodality\texample", error);
    bool fine = t != NULL;

    for (size_t i = 0; fine && i < table_count(t); i++) {
        struct word *w = word_intern(lex, table_cell(t, i, 0));

        w->has_auxiliary = true;
        w->auxiliary_row = row_of(lex, t, i);
        if (!modality_find(table_cell(t, i, 1), &w->auxiliary))
            fine = table_complain(
                t, i, error, "no such modality: %s", table_cell(t, i, 1));
    }
    table_free(t);
    return fine;
}

static bool load_classes(struct lexicon *lex, const char *dir, GError **error)
{
    struct table *t = table_load(dir, "classes.tsv", "class\twords", error);
    bool fine = t != NULL;

    for (size_t i = 0; fine && i < table_count(t); i++) {
        char **words = g_strsplit(table_cell(t, i, 1), " ", -1);
        uint32_t bit;

        fine = class_find(table_cell(t, i, 0), &bit);
        for (char **w = words; *w && fine; w++)
            if (**w)
                word_intern(lex, *w)->classes |= bit;
        g_strfreev(words);
        if (!fine)
            table_complain(
                t, i, error, "no such class: %s", table_cell(t, i, 0));
    }
    table_free(t);
    return fine;
}

/* --- forms ------------------------------------------------------------ */

static bool load_forms(struct lexicon *lex, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "verb-forms.tsv", "form\tlemma\texample", error);

    if (!t)
        return false;
    for (size_t i = 0; i < table_count(t); i++) {
        const char *form = table_cell(t, i, 0);

        g_hash_table_insert(
            lex->forms, arena_copy(lex->arena, form, strlen(form)),
            word_intern(lex, table_cell(t, i, 1)));
    }
    table_free(t);
    return true;
}

/* --- the whole -------------------------------------------------------- */

/* Frames where a row says nothing; a row's own fills replace theirs. */
static void set_frames(struct lexicon *lex)
{
    pattern_parse_fills(
        lex,
        "subj=actor obj=target from=origin to=destination into=destination "
        "toward=destination towards=destination onto=destination "
        "out=origin",
        NULL, &lex->verb_frame, NULL, NULL);
    pattern_parse_fills(
        lex, "by=actor of=target poss=target mod=target from=origin "
             "to=destination into=destination",
        NULL, &lex->noun_frame, NULL, NULL);
    pattern_parse_fills(
        lex, "by=actor of=actor poss=actor mod=actor on=target "
             "against=target from=origin to=destination with=target",
        NULL, &lex->agentive_frame, NULL, NULL);
    pattern_parse_fills(
        lex, "of=actor poss=actor mod=actor among=actor in=actor",
        NULL, &lex->affected_frame, NULL, NULL);
    pattern_parse_fills(
        lex, "on=target upon=target with=target against=target to=target "
             "about=target of=target at=target after=target around=target "
             "over=target through=target for=target",
        &lex->verb_frame, &lex->other_frame, NULL, NULL);
}

static void set_slots(struct lexicon *lex)
{
    lex->as = slot_intern(lex, "as");
    lex->in = slot_intern(lex, "in");
    lex->by = slot_intern(lex, "by");
    lex->of = slot_intern(lex, "of");
    lex->from = slot_intern(lex, "from");
    lex->including = slot_intern(lex, "including");
    lex->at = slot_intern(lex, "at");
    lex->for_ = slot_intern(lex, "for");
    lex->with = slot_intern(lex, "with");
}

static bool set_acts(struct lexicon *lex, const char *dir, GError **error)
{
    const struct {
        const char *code;
        uint32_t *act;
    } needed[] = {
        {"other.act", &lex->other_act},     {"state.number", &lex->number_act},
        {"relation", &lex->relation_act},   {"relation.lead", &lex->lead_act},
        {"relation.reside", &lex->reside_act},
        {"liberty.prevent", &lex->prevent_act},
        {"relation.family", &lex->family_act},
        {"relation.member", &lex->member_act},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
        if (!find_act(lex, needed[i].code, needed[i].act)) {
            g_set_error(
                error, ATTEST_ERROR, ATTEST_ERROR_DATA,
                "%s/acts.tsv: lacks the act %s", dir, needed[i].code);
            return false;
        }
    return true;
}

struct lexicon *
lexicon_load(const char *dir, const char *models, GError **error)
{
    struct lexicon *lex = g_new0(struct lexicon, 1);

    lex->arena = arena_new();
    lex->words = g_hash_table_new(g_str_hash, g_str_equal);
    lex->forms = g_hash_table_new(g_str_hash, g_str_equal);
    lex->act_rows = g_hash_table_new(g_str_hash, g_str_equal);
    lex->slot_count = SLOT_NAMED;
    set_frames(lex);
    set_slots(lex);
    if (load_acts(lex, dir, error) && set_acts(lex, dir, error) &&
        load_entries(lex, dir, "verbs.tsv", PART_VERB, error) &&
        load_entries(lex, dir, "nouns.tsv", PART_NOUN, error) &&
        load_entries(lex, dir, "adjectives.tsv", PART_ADJECTIVE, error) &&
        load_supports(lex, dir, error) && load_governors(lex, dir, error) &&
        load_auxiliaries(lex, dir, error) && load_classes(lex, dir, error) &&
        load_forms(lex, dir, error) &&
        (lex->cues = cues_load(dir, models, error)))
        return lex;
    lexicon_free(lex);
    return NULL;
}

void lexicon_free(struct lexicon *lex)
{
    if (!lex)
        return;
    cues_free(lex->cues);
    g_hash_table_unref(lex->words);
    g_hash_table_unref(lex->forms);
    g_hash_table_unref(lex->act_rows);
    arena_free(lex->arena);
    g_free(lex);
}

/* --- asking ----------------------------------------------------------- */

const struct word *lexicon_find(const struct lexicon *lex, const char *lemma)
{
    return g_hash_table_lookup(lex->words, lemma);
}

uint32_t lexicon_act_count(const struct lexicon *lex)
{
    return lex->act_count;
}

const char *lexicon_act_code(const struct lexicon *lex, uint32_t act)
{
    return lex->acts[act].code;
}

const char *lexicon_act_label(const struct lexicon *lex, uint32_t act)
{
    return lex->acts[act].label;
}

bool lexicon_is_title(const struct lexicon *lex, const char *lemma)
{
    return word_in(
        lexicon_find(lex, lemma),
        CLASS_OFFICE | CLASS_KIN | CLASS_RANK | CLASS_MEMBER | CLASS_PERSON);
}
