/*
 * Filters: each kind is made ready once (a bit for each act, party, name), so
 * that a claim is looked at in some nanoseconds.
 */
#include "index/inside.h"

#include <stdio.h>
#include <string.h>

const char *const filter_words[] = {
#define X(name, word) word,
    FILTERS(X)
#undef X
};
const char *const support_words[] = {
    "single", "several", "contested", "denied"};
const char *const mark_words[] = {"second", "bulk", "corrected", "noted"};

struct filter {
    struct arena *arena;
    struct index *x;
    struct kase *k;
    uint32_t kinds;                 /* a bit for each that has values */
    uint32_t values, texts;         /* added so far */
    uint8_t *acts, *documents;      /* by number */
    uint8_t *parties[FILTER_COUNT]; /* by party, of the kinds of parties */
    uint8_t *voices, *houses;       /* by number */
    uint8_t *sentences;             /* bits by row */
    size_t sentence_most;
    uint32_t *events, event_count;
    unsigned modalities, verdicts, supports, marks;
    int32_t since, until;
    uint8_t *sure; /* by thousandth */
};

enum { SURE_MOST = 1000 };
/* Each value takes a look at the whole case, and texts a search of it. */
enum { FILTERED_MOST = 256, SEARCHED_MOST = 8 };

struct filter *filter_new(struct arena *a, struct index *x, struct kase *k)
{
    struct filter *f = arena_make(a, struct filter, 1);

    f->arena = a;
    f->x = x;
    f->k = k;
    f->since = INT32_MAX;
    f->until = INT32_MIN;
    return f;
}

bool filter_has(const struct filter *f, enum filter_kind kind)
{
    return f->kinds & 1U << kind;
}

/* --- bits ----------------------------------------------------------------- */

static void add_bit(uint8_t *bits, uint32_t at)
{
    bits[at / 8] |= (uint8_t)(1U << at % 8);
}

static bool has_bit(const uint8_t *bits, uint32_t at)
{
    return bits[at / 8] >> at % 8 & 1;
}

static uint8_t *make_bits(struct filter *f, size_t count)
{
    return arena_make(f->arena, uint8_t, count / 8 + 1);
}

/* --- values --------------------------------------------------------------- */

static bool refuse(enum filter_kind kind, const char *value, GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "%s: '%s' is none",
        filter_words[kind], value);
    return false;
}

/* Of "c12" with the letter 'c'. */
static bool parse_id(const char *value, char letter, uint64_t *out)
{
    char *end;

    if (*value != letter || !g_ascii_isdigit(value[1]))
        return false;
    *out = g_ascii_strtoull(value + 1, &end, 10);
    return !*end;
}

static bool add_act(struct filter *f, const char *value, GError **error)
{
    size_t length = strlen(value);
    bool is_act = false;

    if (!f->acts)
        f->acts = arena_make(f->arena, uint8_t, f->x->acts_count + 1);
    for (uint32_t i = 0; i < f->x->acts_count; i++) {
        const char *code = index_act(f->x, i);

        if (!strncmp(code, value, length) &&
            (!code[length] || code[length] == '.'))
            f->acts[i] = is_act = true;
    }
    return is_act || refuse(FILTER_ACT, value, error);
}

/* All whose names have the words. */
static void add_called(struct filter *f, uint8_t *parties, const char *words)
{
    g_autofree char *folded = index_fold(words);
    const uint8_t *called = index_find_called(f->x, f->arena, folded);

    for (uint32_t i = 0; *folded && i < f->x->parties_count; i++)
        parties[i] |= called[i];
}

static bool add_party(
    struct filter *f, enum filter_kind kind, const char *value, GError **error)
{
    uint64_t id;
    uint32_t party;

    if (!f->parties[kind])
        f->parties[kind] =
            arena_make(f->arena, uint8_t, f->x->parties_count + 1);
    if (!parse_id(value, 'p', &id)) {
        add_called(f, f->parties[kind], value);
        return *value || refuse(kind, value, error);
    }
    party = index_find_party(f->x, id);
    if (party == NOWHERE)
        return refuse(kind, value, error);
    f->parties[kind][party] = 1;
    return true;
}

static void add_voices(struct filter *f, const char *value, bool is_exact)
{
    g_autofree char *folded = index_fold(value);

    for (uint32_t i = 0; i < f->x->voices_count; i++) {
        const struct index_voice *v = &f->x->voices[i];

        if (is_exact ? !strcmp(index_string(f->x, v->name), value)
                     : *folded && strstr(index_string(f->x, v->folded), folded))
            f->voices[i] = 1;
    }
}

static bool add_source(struct filter *f, const char *value, GError **error)
{
    bool is_name = g_str_has_prefix(value, "n:");
    uint64_t id;

    if (!f->voices)
        f->voices = arena_make(f->arena, uint8_t, f->x->voices_count + 1);
    if (!f->parties[FILTER_SOURCE])
        f->parties[FILTER_SOURCE] =
            arena_make(f->arena, uint8_t, f->x->parties_count + 1);
    if (is_name)
        add_voices(f, value + strlen("n:"), true);
    else if (!parse_id(value, 'p', &id))
        add_voices(f, value, false);
    return is_name || add_party(f, FILTER_SOURCE, value, error);
}

static bool add_publisher(struct filter *f, const char *value)
{
    if (!f->houses)
        f->houses = arena_make(f->arena, uint8_t, f->x->house_count + 1);
    for (uint32_t i = 0; i < f->x->house_count; i++)
        if (!strcmp(index_string(f->x, f->x->houses[i]), value))
            f->houses[i] = 1;
    return true;
}

static bool add_document(struct filter *f, const char *value, GError **error)
{
    uint64_t id;
    uint32_t document =
        parse_id(value, 'd', &id) ? index_find_document(f->x, id) : NOWHERE;

    if (document == NOWHERE)
        return refuse(FILTER_DOCUMENT, value, error);
    if (!f->documents)
        f->documents = arena_make(f->arena, uint8_t, f->x->documents_count + 1);
    f->documents[document] = 1;
    return true;
}

static bool add_event(struct filter *f, const char *value, GError **error)
{
    uint64_t id;
    uint32_t event =
        parse_id(value, 'e', &id) ? index_find_event(f->x, id) : NOWHERE;

    if (event == NOWHERE)
        return refuse(FILTER_EVENT, value, error);
    if (!f->events)
        f->events = arena_make(f->arena, uint32_t, FILTERED_MOST);
    f->events[f->event_count++] = event;
    return true;
}

static bool add_word(
    const char *const *words, int count, enum filter_kind kind,
    const char *value, unsigned *bits, GError **error)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(words[i], value)) {
            *bits |= 1U << i;
            return true;
        }
    return refuse(kind, value, error);
}

static bool add_modality(struct filter *f, const char *value, GError **error)
{
    for (int i = 0; i < MODALITY_COUNT; i++)
        if (!strcmp(modality_word((enum modality)i), value)) {
            f->modalities |= 1U << i;
            return true;
        }
    return refuse(FILTER_MODALITY, value, error);
}

static bool add_verdict(struct filter *f, const char *value, GError **error)
{
    for (int i = 0; i < VERDICT_COUNT; i++)
        if (!strcmp(verdict_word((enum verdict)i), value)) {
            f->verdicts |= 1U << i;
            return true;
        }
    return refuse(FILTER_VERDICT, value, error);
}

/* Of several days any will do: the earliest since, the latest until. */
static bool add_day(
    struct filter *f, enum filter_kind kind, const char *value, GError **error)
{
    int32_t day = index_day(value);

    if (day == DAY_NONE)
        return refuse(kind, value, error);
    if (kind == FILTER_SINCE)
        f->since = MIN(f->since, day);
    else
        f->until = MAX(f->until, day);
    return true;
}

static bool add_confidence(struct filter *f, const char *value, GError **error)
{
    char *end;
    double least = g_ascii_strtod(value, &end), most = 1;

    if (end == value || *end != '-')
        return refuse(FILTER_CONFIDENCE, value, error);
    if (end[1])
        most = g_ascii_strtod(end + 1, &end);
    else
        end++;
    if (*end || !(least >= 0 && least <= 1 && most >= 0 && most <= 1))
        return refuse(FILTER_CONFIDENCE, value, error);
    if (!f->sure)
        f->sure = arena_make(f->arena, uint8_t, SURE_MOST + 1);
    for (int i = (int)(least * SURE_MOST + 0.5); i <= SURE_MOST; i++)
        f->sure[i] |= i <= (int)(most * SURE_MOST + 0.5);
    return true;
}

static bool take_sentence(int64_t row, void *self)
{
    struct filter *f = self;

    if (row >= 0 && (uint64_t)row <= f->sentence_most)
        add_bit(f->sentences, (uint32_t)row);
    return true;
}

static bool add_text(struct filter *f, const char *value, GError **error)
{
    if (!f->sentences) {
        for (uint32_t i = 0; i < f->x->claims_count; i++)
            f->sentence_most = MAX(f->sentence_most, f->x->claims[i].sentence);
        f->sentences = make_bits(f, f->sentence_most + 1);
    }
    return case_search_rows(f->k, value, take_sentence, f, error);
}

/* Is there room for one more value? */
static bool count_value(struct filter *f, enum filter_kind kind, GError **error)
{
    bool is_text = kind == FILTER_TEXT;

    if (f->values < FILTERED_MOST && (!is_text || f->texts < SEARCHED_MOST)) {
        f->values++;
        f->texts += is_text;
        return true;
    }
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "%s: %d values are enough for one question", filter_words[kind],
        is_text ? SEARCHED_MOST : FILTERED_MOST);
    return false;
}

static bool add_value(
    struct filter *f, enum filter_kind kind, const char *value, GError **error)
{
    switch (kind) {
    case FILTER_ACT:
        return add_act(f, value, error);
    case FILTER_ACTOR:
    case FILTER_TARGET:
    case FILTER_PARTY:
    case FILTER_PLACE:
        return add_party(f, kind, value, error);
    case FILTER_SOURCE:
        return add_source(f, value, error);
    case FILTER_PUBLISHER:
        return add_publisher(f, value);
    case FILTER_DOCUMENT:
        return add_document(f, value, error);
    case FILTER_EVENT:
        return add_event(f, value, error);
    case FILTER_MODALITY:
        return add_modality(f, value, error);
    case FILTER_VERDICT:
        return add_verdict(f, value, error);
    case FILTER_SUPPORT:
        return add_word(
            support_words, SUPPORT_COUNT, kind, value, &f->supports, error);
    case FILTER_MARK:
        return add_word(mark_words, MARKS_ASKED, kind, value, &f->marks, error);
    case FILTER_SINCE:
    case FILTER_UNTIL:
        return add_day(f, kind, value, error);
    case FILTER_TEXT:
        return add_text(f, value, error);
    case FILTER_CONFIDENCE:
        return add_confidence(f, value, error);
    case FILTER_COUNT:
        break;
    }
    return false;
}

bool filter_add(
    struct filter *f, enum filter_kind kind, const char *value, GError **error)
{
    if (!count_value(f, kind, error))
        return false;
    f->kinds |= 1U << kind;
    return add_value(f, kind, value, error);
}

/* --- chosen --------------------------------------------------------------- */

static bool chose_word(
    const char *const *words, int count, unsigned bits, const char *value)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(words[i], value))
            return bits & 1U << i;
    return false;
}

static bool chose_act(const struct filter *f, const char *value)
{
    size_t length = strlen(value);
    bool all = false;

    for (uint32_t i = 0; i < f->x->acts_count; i++) {
        const char *code = index_act(f->x, i);

        if (strncmp(code, value, length) != 0 ||
            (code[length] && code[length] != '.'))
            continue;
        if (!f->acts[i])
            return false;
        all = true;
    }
    return all;
}

bool filter_chose(
    const struct filter *f, enum filter_kind kind, const char *value)
{
    uint64_t id;
    uint32_t party;

    if (!filter_has(f, kind))
        return false;
    if (kind == FILTER_ACT)
        return chose_act(f, value);
    if (kind == FILTER_VERDICT)
        for (int i = 0; i < VERDICT_COUNT; i++)
            if (!strcmp(verdict_word((enum verdict)i), value))
                return f->verdicts & 1U << i;
    if (kind == FILTER_SUPPORT)
        return chose_word(support_words, SUPPORT_COUNT, f->supports, value);
    if (kind == FILTER_MARK)
        return chose_word(mark_words, MARKS_ASKED, f->marks, value);
    if (kind == FILTER_MODALITY)
        for (int i = 0; i < MODALITY_COUNT; i++)
            if (!strcmp(modality_word((enum modality)i), value))
                return f->modalities & 1U << i;
    if (f->parties[kind] && parse_id(value, 'p', &id)) {
        party = index_find_party(f->x, id);
        return party != NOWHERE && f->parties[kind][party];
    }
    return false;
}

bool filter_chose_party(
    const struct filter *f, enum filter_kind kind, uint32_t party)
{
    return f->parties[kind] && f->parties[kind][party];
}

bool filter_chose_voice(const struct filter *f, uint32_t voice)
{
    return f->voices && f->voices[voice];
}

bool filter_chose_house(const struct filter *f, uint32_t house)
{
    return f->houses && f->houses[house];
}

/* --- claims --------------------------------------------------------------- */

static bool
has_party(const struct filter *f, enum filter_kind kind, uint32_t sighting)
{
    return sighting != NOWHERE &&
           f->parties[kind][f->x->sightings[sighting].party];
}

static bool fits_source(const struct filter *f, const struct index_claim *c)
{
    return c->source == NOWHERE ? f->voices[c->voice]
                                : has_party(f, FILTER_SOURCE, c->source);
}

static bool fits_event(const struct filter *f, const struct index_claim *c)
{
    for (uint32_t i = 0; i < f->event_count; i++)
        if (f->events[i] == index_event_of(c))
            return true;
    return false;
}

static bool fits_confidence(const struct filter *f, uint16_t sure)
{
    return sure <= SURE_MOST && f->sure[sure];
}

static bool
fits(const struct filter *f, const struct index_claim *c, enum filter_kind kind)
{
    const uint32_t *r = c->roles;

    switch (kind) {
    case FILTER_ACT:
        return f->acts[c->act];
    case FILTER_ACTOR:
        return has_party(f, kind, r[ROLE_ACTOR]);
    case FILTER_TARGET:
        return has_party(f, kind, r[ROLE_TARGET]);
    case FILTER_PARTY:
        return has_party(f, kind, r[ROLE_ACTOR]) ||
               has_party(f, kind, r[ROLE_TARGET]);
    case FILTER_PLACE:
        return has_party(f, kind, r[ROLE_PLACE]) ||
               has_party(f, kind, r[ROLE_ORIGIN]) ||
               has_party(f, kind, r[ROLE_DESTINATION]);
    case FILTER_SOURCE:
        return fits_source(f, c);
    case FILTER_PUBLISHER:
        return f->houses[f->x->house_of[c->document]];
    case FILTER_DOCUMENT:
        return f->documents[c->document];
    case FILTER_EVENT:
        return fits_event(f, c);
    case FILTER_MODALITY:
        return f->modalities & 1U << c->modality;
    case FILTER_VERDICT:
        return f->verdicts & 1U << c->verdict;
    case FILTER_SUPPORT:
        return f->supports & index_support(f->x, c);
    case FILTER_MARK:
        return f->marks & c->marks;
    case FILTER_SINCE:
        return c->last != DAY_NONE && c->last >= f->since;
    case FILTER_UNTIL:
        return c->first != DAY_NONE && c->first <= f->until;
    case FILTER_TEXT:
        return c->sentence <= f->sentence_most &&
               has_bit(f->sentences, c->sentence);
    case FILTER_CONFIDENCE:
        return fits_confidence(f, c->confidence);
    case FILTER_COUNT:
        break;
    }
    return false;
}

uint32_t filter_misses(const struct filter *f, uint32_t claim)
{
    const struct index_claim *c = &f->x->claims[claim];
    uint32_t misses = 0;

    for (uint32_t left = f->kinds; left; left &= left - 1) {
        int kind = __builtin_ctz(left);

        if (!fits(f, c, (enum filter_kind)kind))
            misses |= 1U << kind;
    }
    return misses;
}

struct index *filter_index(const struct filter *f)
{
    return f->x;
}
