/*
 * Sentences are made after patterns:
 *
 *   $A $T     actor and target     $v $p $b  the deed: past, participle, base
 *   $P $D     place, time, if known   $w     was or were
 *   $S        a source                $2        and a second deed, a claim too
 *   $L        a place                 $H        he or she
 *   [..]      a cue                   (..)      what the source says
 *
 * A cue or source within a content is of the next link of the chain.
 */
#include "draft.h"

#include <string.h>

/* --- patterns ------------------------------------------------------------- */

struct pattern {
    uint32_t weight;
    const char *words;
    enum modality modality;
    bool negative;
};

static const struct pattern patterns[] = {
    {14, "$A $v $T $P $D.", 0, 0},
    {12, "$T $w $p by $A $P $D.", 0, 0},
    {16, "$S [said] (that $A $v $T $P $D).", 0, 0},
    {8, "[According to] $S, ($T $w $p by $A $P $D).", 0, 0},
    {7, "$S [said] (that $A $v $T $P $D$2).", 0, 0},
    {5, "($A $v $T $P $D), $S [told] reporters.", 0, 0},
    {5, "$S [said] (that $S had [reported] (that $A $v $T $P $D)).", 0, 0},
    {3, "[Citing] $S, ($S [wrote] (that $T $w $p by $A $P $D)).", 0, 0},
    {5, "($A) [allegedly] ($v $T $P $D).", 0, 0},
    {3, "($T $w) [reportedly] ($p by $A $P $D).", 0, 0},
    {7, "$S [denied] (that $A had $p $T $P $D).", MODALITY_DENIED, 0},
    {2, "$S [said] (that $A had not $p $T $P $D).", 0, true},
    {2, "$S [warned] (that $A may $b $T $P).", MODALITY_POSSIBLE, 0},
    {2, "$A plans to $b $T $P.", MODALITY_PLANNED, 0},
    {2, "$A threatened to $b $T $P.", MODALITY_THREATENED, 0},
    {1, "$S [ordered] (that $A $b $T $P).", MODALITY_ORDERED, 0},
    {2, "$S [demanded] (that $A $b $T).", MODALITY_DEMANDED, 0},
    {1, "$S [said] (that $A would $b $T if talks failed).",
     MODALITY_CONDITIONAL, 0},
};

/* Which tell nothing that is a claim. */
static const struct pattern fillers[] = {
    {3, "$H has two small children.", 0, 0},
    {3, "The road to $L stayed closed all week.", 0, 0},
    {3, "Prices of bread and fuel doubled over the winter.", 0, 0},
    {3, "Nobody at the office of $A was there for an interview.", 0, 0},
    {2, "$T was known to everybody in the quarter.", 0, 0},
    {2, "It rained for most of the night.", 0, 0},
    {2, "The market of $L opens at dawn.", 0, 0},
    {2, "Some of what follows is hard to read.", 0, 0},
    {1, "A list of names is kept at the archive in $L.", 0, 0},
    {1, "No copy of the file has been made public.", 0, 0},
};

static const char *const unnamed_actors[] = {
    "armed men",
    "soldiers",
    "men in plain clothes",
    "police officers",
    "unidentified gunmen",
};
static const char *const described_sources[] = {
    "a witness",       "local officials", "relatives of the victims",
    "a former inmate", "two residents",   "a doctor at the hospital",
};
static const char *const group_labels[] = {
    "terrorist group",
    "outlawed organisation",
    "resistance movement",
    "criminal cult",
};
static const char *const person_labels[] = {
    "prominent activist",
    "alleged traitor",
    "notorious commander",
    "celebrated poet",
};

static const struct pattern *
pattern_choose(struct dice *d, const struct pattern *p, uint32_t count)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += p[i].weight;
    sum = dice_below(d, sum);
    for (; sum >= p->weight; p++)
        sum -= p->weight;
    return p;
}

static const char *
word_choose(struct dice *d, const char *const *words, uint32_t count)
{
    return words[dice_below(d, count)];
}

/* --- a sentence in the making --------------------------------------------- */

enum { LINKS_MOST = 2, DEEDS_TOLD = 2 };

/* A sentence in the making. */
struct telling {
    const struct happening *h;
    struct claim claims[DEEDS_TOLD];
    uint32_t claim_count; /* 0: it tells nothing that is a claim */
    uint32_t first_attribution, depth;
    size_t opened[LINKS_MOST], cue; /* where contents and a cue began */
};

/* The claim that is being told, or NULL. */
static struct claim *claim_of(struct telling *t)
{
    return t->claim_count ? &t->claims[t->claim_count - 1] : NULL;
}

/* --- parts of a sentence -------------------------------------------------- */

static void add_label(
    struct draft *d, struct claim *c, struct span at, const char *words,
    const struct phrase *of)
{
    c->labels = arena_make(d->a, struct label, 1);
    c->labels[0] = (struct label){spans_of(d, at), words, *of};
    c->label_count = 1;
}

/* Some are not only named but called something. */
static struct phrase
put_labelled(struct draft *d, struct telling *t, struct party p)
{
    struct claim *c = claim_of(t);
    bool calls = c && !c->label_count && dice_percent(&d->dice, 6);
    struct span label;
    struct phrase named;
    const char *words;

    if (!calls)
        return put_party(d, p);
    words =
        p.kind == NAME_PERSON
            ? word_choose(&d->dice, person_labels, G_N_ELEMENTS(person_labels))
            : word_choose(&d->dice, group_labels, G_N_ELEMENTS(group_labels));
    label = put(d, "the");
    label = from_to(label, put(d, words));
    named = put_name(d, p);
    add_label(d, c, label, words, &named);
    return named;
}

static void put_actor(struct draft *d, struct telling *t)
{
    bool is_known = t->h->actor.is_known && dice_percent(&d->dice, 80);
    struct phrase p = is_known ? put_labelled(d, t, t->h->actor)
                               : phrase_of(
                                     d,
                                     put(d, word_choose(
                                                &d->dice, unnamed_actors,
                                                G_N_ELEMENTS(unnamed_actors))),
                                     NO_ENTITY);

    if (claim_of(t))
        claim_of(t)->roles[ROLE_ACTOR] = p;
}

/* "at least 12 protesters": tellers differ in how many. */
static void put_crowd(struct draft *d, struct telling *t)
{
    static const struct {
        const char *words, *compare;
    } forms[] = {{"", ""}, {"", ""}, {"at least ", ">="}, {"about ", "~"}};
    uint32_t form = dice_below(&d->dice, G_N_ELEMENTS(forms));
    uint32_t count = t->h->crowd;
    struct claim *c = claim_of(t);
    struct span figure, crowd;

    if (dice_percent(&d->dice, 20))
        count += 1 + dice_below(&d->dice, count);
    figure = put(d, arena_print(d->a, "%s%u", forms[form].words, count));
    crowd = put(d, t->h->deed->crowd);
    if (!c)
        return;
    c->roles[ROLE_TARGET] = phrase_of(d, from_to(figure, crowd), NO_ENTITY);
    c->count = (struct count){
        .spans = spans_of(d, figure),
        .has_value = true,
        .value = count,
        .unit = "",
        .compare = forms[form].compare,
        .of = spans_of(d, crowd)};
}

static void put_target(struct draft *d, struct telling *t)
{
    struct phrase p;

    if (!t->h->target.is_known) {
        put_crowd(d, t);
        return;
    }
    p = put_labelled(d, t, t->h->target);
    if (claim_of(t))
        claim_of(t)->roles[ROLE_TARGET] = p;
}

static void put_place(struct draft *d, struct telling *t)
{
    if (!dice_percent(&d->dice, 55))
        return;
    put(d, "in");
    claim_of(t)->roles[ROLE_PLACE] =
        put_party(d, (struct party){NAME_PLACE, t->h->place, true});
}

/* A day, a month or a year, as the document knows it. */
static void put_time(struct draft *d, struct telling *t)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    uint32_t day = t->h->day + dice_percent(&d->dice, 5);
    uint32_t kind = dice_below(&d->dice, 100);
    struct claim_time *time = &claim_of(t)->time;
    GDate at = day_date(day);

    if (kind < 28)
        return;
    time->first = time->last = day_print(d->a, day);
    if (kind < 82) {
        time->spans = spans_of(
            d, put(d, arena_print(
                          d->a, "on %d %s %d", g_date_get_day(&at),
                          months[g_date_get_month(&at) - 1],
                          g_date_get_year(&at))));
    } else if (kind < 95) {
        uint8_t last = g_date_get_days_in_month(
            g_date_get_month(&at), g_date_get_year(&at));

        time->first = arena_print(d->a, "%.8s01", time->last);
        time->last = arena_print(d->a, "%.8s%02d", time->last, last);
        time->spans = spans_of(
            d, put(d, arena_print(
                          d->a, "in %s %d", months[g_date_get_month(&at) - 1],
                          g_date_get_year(&at))));
    } else {
        time->first = arena_print(d->a, "%.4s-01-01", time->last);
        time->last = arena_print(d->a, "%.4s-12-31", time->last);
        time->spans = spans_of(
            d, put(d, arena_print(d->a, "in %d", g_date_get_year(&at))));
    }
}

static struct phrase put_source(struct draft *d)
{
    uint32_t kind = dice_below(&d->dice, 100);

    if (kind < 50)
        return put_party(
            d, d->voices[dice_below(&d->dice, G_N_ELEMENTS(d->voices))]);
    if (kind < 65)
        return put_party(d, person_draw(d->w, &d->dice));
    if (kind < 75)
        return put_party(d, group_draw(d->w, &d->dice));
    if (kind < 82)
        return put_party(d, paper_draw(d->w, &d->dice));
    return phrase_of(
        d,
        put(d,
            word_choose(
                &d->dice, described_sources, G_N_ELEMENTS(described_sources))),
        NO_ENTITY);
}

/* --- sentences ------------------------------------------------------------ */

/* The attribution at that depth of the sentence, made if it is new. */
static struct attribution *attribution_at(struct draft *d, struct telling *t)
{
    uint32_t number = t->first_attribution + t->depth;
    struct attribution x = {
        .source = no_phrase(),
        .parent = t->depth ? number - 1 : NO_ATTRIBUTION,
        .sentence = sentence_number(d),
        .confidence = 0.4f + (float)dice_below(&d->dice, 500) / 1000};

    if (number == d->attributions->len)
        g_array_append_val(d->attributions, x);
    return &g_array_index(d->attributions, struct attribution, number);
}

/* What was written from there on, without the space before it. */
static struct span written_since(const struct draft *d, size_t from)
{
    return (struct span){
        (uint32_t)(from + (d->text->str[from] == ' ')), (uint32_t)d->text->len};
}

static void open_content(struct draft *d, struct telling *t)
{
    attribution_at(d, t);
    g_assert(t->depth < LINKS_MOST);
    t->opened[t->depth++] = d->text->len;
}

/* A content may stand on both sides of its cue. */
static void close_content(struct draft *d, struct telling *t)
{
    struct attribution *x;
    struct span *parts;

    t->depth--;
    x = attribution_at(d, t);
    parts = arena_make(d->a, struct span, x->content.count + 1);
    if (x->content.count)
        memcpy(parts, x->content.at, x->content.count * sizeof(*parts));
    parts[x->content.count++] = written_since(d, t->opened[t->depth]);
    x->content.at = parts;
}

static void open_claim(struct draft *d, struct telling *t, enum modality m)
{
    struct claim *c = &t->claims[t->claim_count++];

    *c = (struct claim){.sentence = sentence_number(d), .modality = m};
    for (int r = 0; r < ROLE_COUNT; r++)
        c->roles[r] = no_phrase();
    c->confidence =
        0.2f +
        (float)(dice_below(&d->dice, 401) + dice_below(&d->dice, 200)) / 1000;
}

static void put_deed(struct draft *d, struct telling *t, const char *words)
{
    struct claim *c = claim_of(t);

    c->act = t->h->act;
    c->trigger = spans_of(d, put(d, words));
    c->attribution =
        t->depth ? t->first_attribution + t->depth - 1 : NO_ATTRIBUTION;
}

/* The same actor did something else too. */
static void put_second_deed(struct draft *d, struct telling *t)
{
    struct happening other = happening_near(d->w, &d->dice, d->day);

    put(d, "and");
    open_claim(d, t, t->claims[0].modality);
    t->claims[1].roles[ROLE_ACTOR] = t->claims[0].roles[ROLE_ACTOR];
    t->h = &other;
    put_deed(d, t, other.deed->past);
    put_target(d, t);
    t->h = NULL;
}

static void put_slot(struct draft *d, struct telling *t, char slot)
{
    switch (slot) {
    case 'A':
        put_actor(d, t);
        break;
    case 'T':
        put_target(d, t);
        break;
    case 'P':
        put_place(d, t);
        break;
    case 'D':
        put_time(d, t);
        break;
    case 'S':
        attribution_at(d, t)->source = put_source(d);
        break;
    case 'H':
        put_pronoun(d);
        break;
    case 'L':
        put_party(d, (struct party){NAME_PLACE, t->h->place, true});
        break;
    case 'v':
        put_deed(d, t, t->h->deed->past);
        break;
    case 'p':
        put_deed(d, t, t->h->deed->participle);
        break;
    case 'b':
        put_deed(d, t, t->h->deed->base);
        break;
    case 'w':
        put(d, t->h->target.is_known ? "was" : "were");
        break;
    case '2':
        put_second_deed(d, t);
        break;
    default:
        g_assert_not_reached();
    }
}

/* Words up to the next sign of the notation. */
static const char *put_plain(struct draft *d, const char *at)
{
    size_t length = strcspn(at, "$[]()");
    char *words = g_strstrip(arena_copy(d->a, at, length));

    if (*words)
        put(d, words);
    return at + length;
}

static void put_pattern(struct draft *d, struct telling *t, const char *at)
{
    while (*(at = put_plain(d, at))) {
        switch (*at++) {
        case '$':
            put_slot(d, t, *at++);
            break;
        case '[':
            t->cue = d->text->len;
            break;
        case ']':
            attribution_at(d, t)->cue = spans_of(d, written_since(d, t->cue));
            break;
        case '(':
            open_content(d, t);
            break;
        default:
            close_content(d, t);
        }
    }
}

void sentence_tell(struct draft *d, const struct happening *h, bool tells)
{
    const struct pattern *p =
        tells ? pattern_choose(&d->dice, patterns, G_N_ELEMENTS(patterns))
              : pattern_choose(&d->dice, fillers, G_N_ELEMENTS(fillers));
    struct telling t = {.h = h, .first_attribution = d->attributions->len};
    struct sentence s = {0};

    if (d->sentences->len && d->sentences->len % 4 == 0)
        d->paragraph++;
    if (d->sentences->len)
        g_string_append(d->text, d->sentences->len % 4 ? " " : "\n\n");
    d->sentence_from = d->text->len;
    if (tells)
        open_claim(d, &t, p->modality);
    put_pattern(d, &t, p->words);
    if (tells)
        t.claims[0].negative = p->negative;
    g_array_append_vals(d->claims, t.claims, t.claim_count);
    s.span = (struct span){(uint32_t)d->sentence_from, (uint32_t)d->text->len};
    s.paragraph = d->paragraph;
    g_array_append_val(d->sentences, s);
}
