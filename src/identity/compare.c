/*
 * What speaks for and against two being one: the names, how common they are,
 * what their documents share, and what cannot be true of one.  The weights are
 * set by hand, tried on tests/data/identity-across, and told in docs/people.md.
 */
#include "identity/crowd.h"

#include <math.h>
#include <string.h>

/* Other names that documents must share where the own one tells little. */
enum { SHARED_LEAST = 3 };

struct scale {
    const struct crowd *c;
    struct bearers x, y;
    struct arena *a; /* or NULL: nobody reads the words */
    struct comparison *out;
    float figures[FIGURE_COUNT];
    enum name_kind kind;
    double likeness, sum;
    struct ground ground;
};

static void
note(struct scale *s, double weight, const char *words, bool objects)
{
    s->sum += weight;
    if (s->a && s->out->count < REMARKS_MOST)
        s->out->remarks[s->out->count++] =
            (struct remark){words, weight, objects};
}

static void weigh(struct scale *s, double weight, const char *words)
{
    static const double least = 0.05;

    if (weight >= least || weight <= -least)
        note(s, weight, words, false);
}

/* Something that people must look at before the two are taken for one. */
static void object(struct scale *s, double weight, const char *words)
{
    s->out->may_join = false;
    note(s, weight, words, true);
}

static bool has_trait(const struct scale *s, enum trait t)
{
    return (s->c->traits[s->x.spelling] | s->c->traits[s->y.spelling]) & t;
}

static const struct sighting *seen(const struct scale *s, struct bearers b)
{
    return &s->c->s->at[b.at[0]];
}

static const char *words_of(const struct scale *s, uint32_t spelling)
{
    return s->c->s->spellings[spelling].words;
}

/* One entry of GeoNames? */
static bool is_one_site(const struct scale *s)
{
    uint32_t x = seen(s, s->x)->site;

    return x != NOWHERE && x == seen(s, s->y)->site;
}

/* --- names ------------------------------------------------------------------ */

static bool is_short_of(const struct scale *s, uint32_t x, uint32_t y)
{
    const char *abbreviation = s->c->s->spellings[x].abbreviation;

    return abbreviation &&
           !g_ascii_strcasecmp(abbreviation, s->c->s->spellings[y].key);
}

static bool is_abbreviated(const struct scale *s)
{
    return s->x.spelling != s->y.spelling && s->kind == NAME_GROUP &&
           (is_short_of(s, s->x.spelling, s->y.spelling) ||
            is_short_of(s, s->y.spelling, s->x.spelling));
}

static void weigh_writing(struct scale *s)
{
    static const double most = 4.6, before = -1.5;
    double odds = log(s->likeness / (1 - MIN(s->likeness, 0.9999)) + 1e-9);
    const char *words = "the names are written alike";

    if (s->x.spelling == s->y.spelling)
        words = "the names are the same";
    else if (is_abbreviated(s))
        words = "one name is what the other is abbreviated to";
    else if (s->likeness < 0.5)
        words = "the names are not much alike";
    weigh(s, CLAMP(odds, -most, most) + before, words);
}

/* How rare what the names share is: 1 a word that is seldom seen. */
static double shared_rarity(const struct scale *s)
{
    if (s->x.spelling == s->y.spelling || is_abbreviated(s))
        return (double)MAX(
            s->c->rarity[s->x.spelling], s->c->rarity[s->y.spelling]);
    return (double)s->figures[FIGURE_EVIDENCE];
}

static void weigh_single(struct scale *s)
{
    uint32_t single = s->c->traits[s->x.spelling] & TRAIT_SINGLE
                          ? s->x.spelling
                          : s->y.spelling;
    double rarity = (double)s->c->rarity[single];

    weigh(s, -2.5, "only one word of the name is known");
    if (rarity < 0.95)
        weigh(s, (rarity - 1) * 2, "many bear that name");
    if (s->x.spelling != s->y.spelling && s->c->fuller[single] == 1)
        weigh(s, 1.5, "no other full name in the case holds it");
}

static void weigh_rarity(struct scale *s)
{
    static const double usual[] = {1.6, 1.0, 0.8};
    double rare = (shared_rarity(s) - usual[s->kind]) * 2;

    rare = CLAMP(rare, -3.0, s->kind == NAME_PERSON ? 1.5 : 1.0);
    weigh(
        s, rare,
        rare < 0 ? "what they share is common in names"
                 : "what they share is rare in names");
}

/* Word by word, vowels aside. */
static bool share_consonants(const struct scale *s)
{
    const struct name_form *x = s->c->forms[s->x.spelling];
    const struct name_form *y = s->c->forms[s->y.spelling];

    if (x->count != y->count)
        return false;
    for (uint8_t i = 0; i < x->count; i++)
        if (word_skeleton(x, i) != word_skeleton(y, i))
            return false;
    return true;
}

/* "Republic of Cyprus" is no more "Cyprus Electricity Authority" for all that
   their documents share. */
static void weigh_left(struct scale *s)
{
    double left = 2 * (double)s->figures[FIGURE_BOTH_LEFT] +
                  (double)s->figures[FIGURE_ONE_LEFT];

    if (s->kind != NAME_PERSON && !is_abbreviated(s) && !is_one_site(s) &&
        !share_consonants(s) &&
        !spellings_shorten(s->c, s->x.spelling, s->y.spelling))
        weigh(s, -MIN(1.5 * left, 5), "words of one name are not in the other");
}

/* --- surroundings ------------------------------------------------------------ */

static const char *ground_words(struct scale *s, const struct ground *g)
{
    GString *words;
    const char *kept;

    if (!s->a)
        return NULL;
    words = g_string_new("told of beside the same: ");
    for (uint32_t i = 0; i < g->named; i++)
        g_string_append_printf(
            words, "%s%s", i ? ", " : "", words_of(s, g->names[i]));
    kept = arena_copy(s->a, words->str, words->len);
    g_string_free(words, TRUE);
    return kept;
}

static void weigh_ground(struct scale *s)
{
    struct ground g = s->ground = ground_find(s->c, s->x, s->y);
    bool single = s->kind == NAME_PERSON && has_trait(s, TRAIT_SINGLE);

    if (g.is_together && is_one_site(s))
        return;
    if (g.is_together) {
        object(s, -1.5, "one document names both, each by their own name");
        return;
    }
    if (g.sum > 0)
        weigh(s, MIN(g.sum, single ? 16 : 8) / 2, ground_words(s, &g));
    else if (g.is_told)
        weigh(
            s, s->kind == NAME_PERSON ? -1 : -0.5,
            "their documents name nobody and nothing else in common");
    if (single && g.named < SHARED_LEAST)
        object(s, 0, "too little else in common for a single word");
    if (has_trait(s, TRAIT_COMMON) && g.named < SHARED_LEAST - 1)
        object(s, -1, "every country may have one of that name");
    if (g.tied > 0)
        weigh(s, MIN(g.tied, 4) / 2, "claims tie both to the same");
}

/* --- what cannot be ----------------------------------------------------------- */

static enum gender gender_of(const struct scale *s, struct bearers b)
{
    int men = 0, women = 0;

    for (uint32_t i = 0; i < b.count; i++) {
        men += s->c->s->at[b.at[i]].gender == GENDER_MALE;
        women += s->c->s->at[b.at[i]].gender == GENDER_FEMALE;
    }
    if (men > 2 * women)
        return GENDER_MALE;
    return women > 2 * men ? GENDER_FEMALE : GENDER_OPEN;
}

static void weigh_gender(struct scale *s)
{
    enum gender x = gender_of(s, s->x), y = gender_of(s, s->y);

    if (x && y && x != y)
        object(s, -4, "a man here, a woman there");
}

struct years {
    int first, last; /* 0: unknown */
};

static struct years years_of(const struct scale *s, struct bearers b)
{
    struct years y = {0, 0};

    for (uint32_t i = 0; i < b.count; i++) {
        const struct sighting *at = &s->c->s->at[b.at[i]];

        if (!at->first_year)
            continue;
        y.first = y.first ? MIN(y.first, at->first_year) : at->first_year;
        y.last = MAX(y.last, at->last_year);
    }
    return y;
}

static void weigh_years(struct scale *s)
{
    enum { LIFE = 90 };
    struct years x = years_of(s, s->x), y = years_of(s, s->y);

    if (s->kind == NAME_PERSON && x.first && y.first &&
        (x.first > y.last + LIFE || y.first > x.last + LIFE))
        object(s, -4, "what is told of them lies a lifetime apart");
}

static void weigh_site(struct scale *s)
{
    uint32_t x = seen(s, s->x)->site, y = seen(s, s->y)->site;

    if (s->kind != NAME_PLACE || x == NOWHERE || y == NOWHERE)
        return;
    if (x == y)
        weigh(s, 4, "both are the same entry of GeoNames");
    else
        object(s, -4, "they are different entries of GeoNames");
}

static void weigh_words(struct scale *s)
{
    if (s->x.spelling == s->y.spelling || is_one_site(s))
        return;
    if ((double)s->figures[FIGURE_NUMBERS] > 0 ||
        names_oppose(
            s->c->l->words, words_of(s, s->x.spelling),
            words_of(s, s->y.spelling)))
        object(s, -3, "a word or number in one name sets it apart");
}

/* Do the two sound the same, but for letters that nobody hears? */
static bool sound_same(const struct scale *s)
{
    return s->likeness >= 0.999 ||
           ((double)s->figures[FIGURE_WORST] >= 0.95 &&
            (double)s->figures[FIGURE_BOTH_LEFT] <= 0.05);
}

static uint32_t count_documents(const struct scale *s, uint32_t spelling)
{
    const struct index *x = &s->c->bearers;

    return x->from[spelling + 1] - x->from[spelling];
}

/* A misprint stands in one document, beside the same names; what is written so
   again and again may be another. */
static void limit_near(struct scale *s)
{
    if (s->x.spelling == s->y.spelling || sound_same(s))
        return;
    if (s->ground.named < SHARED_LEAST)
        object(s, 0, "too little else in common for names that differ");
    if ((double)s->figures[FIGURE_INITIALS] > 0)
        object(s, 0, "of a word only the first letter is known");
    else if ((double)s->figures[FIGURE_WORST] < 0.8 && !share_consonants(s))
        object(s, 0, "the names differ in what is heard");
    if (count_documents(s, s->x.spelling) > 1 &&
        count_documents(s, s->y.spelling) > 1)
        object(s, 0, "each is so written in more than one document");
}

/* Names alike enough to be taken for one unasked? */
static void limit_names(struct scale *s)
{
    static const double least[] = {0.86, 0.88, 0.88};
    bool one_word = s->kind == NAME_PERSON && has_trait(s, TRAIT_SINGLE);

    if (has_trait(s, TRAIT_INITIALS))
        object(s, -2, "initials do not name anybody");
    if (is_one_site(s) && s->likeness < 0.5)
        object(s, 0, "the names are not alike: one may be an older one");
    if (is_one_site(s) || is_abbreviated(s))
        return;
    limit_near(s);
    if (s->likeness < (one_word ? 0.7 : least[s->kind]))
        s->out->may_join = false;
    if (s->x.spelling == s->y.spelling)
        return;
    if (one_word &&
        (s->c->fuller[s->x.spelling] > 1 || s->c->fuller[s->y.spelling] > 1))
        object(s, 0, "several in the case could be meant");
    if (s->kind != NAME_PERSON && s->likeness > 0.75 &&
        (double)s->figures[FIGURE_ONE_LEFT] >= 0.5 && !share_consonants(s))
        object(s, 0, "one of the names has more words");
}

/* --- the whole ----------------------------------------------------------------- */

void bearers_compare(
    const struct crowd *c, struct bearers x, struct bearers y, double likeness,
    struct arena *a, struct comparison *out)
{
    struct scale s = {
        .c = c, .x = x, .y = y, .a = a, .out = out, .likeness = likeness};

    *out = (struct comparison){.may_join = true};
    s.kind = c->s->spellings[x.spelling].kind;
    if (s.kind != c->s->spellings[y.spelling].kind)
        return;
    if (x.spelling != y.spelling)
        names_figures(
            c->l, c->forms[x.spelling], c->forms[y.spelling], s.figures);
    if (is_abbreviated(&s))
        s.likeness = 0.97;
    weigh_writing(&s);
    if (s.kind == NAME_PERSON && has_trait(&s, TRAIT_SINGLE))
        weigh_single(&s);
    else
        weigh_rarity(&s);
    weigh_left(&s);
    weigh_ground(&s);
    weigh_gender(&s);
    weigh_years(&s);
    weigh_site(&s);
    weigh_words(&s);
    limit_names(&s);
    out->score = 1 / (1 + exp(-s.sum));
}

bool comparison_joins(const struct comparison *x)
{
    return x->may_join && x->score * 1000 >= SCORE_SAME;
}

void bond_add(
    struct crowd *c, uint32_t one, uint32_t other, const struct comparison *x)
{
    struct bond b = {
        MIN(one, other), MAX(one, other), (float)x->score,
        comparison_joins(x) ? BOND_KEPT : BOND_OPEN};

    if (x->score * 1000 >= SCORE_LEAST)
        g_array_append_val(c->bonds, b);
}
