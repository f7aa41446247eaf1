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
#include "story.h"

#include "invented.h"

#include <string.h>

/* --- what can happen ------------------------------------------------------ */

enum whom { TO_PEOPLE, TO_GROUPS, TO_THINGS };

struct deed {
    const char *act;
    uint32_t weight;
    enum whom whom;
    const char *past, *participle, *base, *crowd; /* no crowd of groups */
};

static const struct deed deeds[] = {
    {"life.kill", 12, TO_PEOPLE, "killed", "killed", "kill", "civilians"},
    {"life.execute", 3, TO_PEOPLE, "executed", "executed", "execute",
     "prisoners"},
    {"violence.attack", 9, TO_PEOPLE, "attacked", "attacked", "attack",
     "villagers"},
    {"violence.injure", 6, TO_PEOPLE, "injured", "injured", "injure",
     "bystanders"},
    {"violence.torture", 6, TO_PEOPLE, "tortured", "tortured", "torture",
     "detainees"},
    {"violence.beat", 8, TO_PEOPLE, "beat", "beaten", "beat", "demonstrators"},
    {"violence.rape", 2, TO_PEOPLE, "raped", "raped", "rape", "women"},
    {"liberty.arrest", 12, TO_PEOPLE, "arrested", "arrested", "arrest",
     "protesters"},
    {"liberty.detain", 9, TO_PEOPLE, "detained", "detained", "detain",
     "students"},
    {"liberty.abduct", 5, TO_PEOPLE, "abducted", "abducted", "abduct",
     "fishermen"},
    {"liberty.release", 4, TO_PEOPLE, "released", "released", "release",
     "hostages"},
    {"liberty.recruit", 2, TO_PEOPLE, "recruited", "recruited", "recruit",
     "children"},
    {"movement.expel", 3, TO_PEOPLE, "expelled", "expelled", "expel",
     "families"},
    {"movement.relocate", 2, TO_PEOPLE, "displaced", "displaced", "displace",
     "farmers"},
    {"threat.threaten", 3, TO_PEOPLE, "threatened", "threatened", "threaten",
     "teachers"},
    {"threat.intimidate", 4, TO_PEOPLE, "harassed", "harassed", "harass",
     "journalists"},
    {"property.seize", 2, TO_THINGS, "seized", "seized", "seize", "farms"},
    {"property.destroy", 3, TO_THINGS, "burned", "burned", "burn", "houses"},
    {"justice.accuse", 5, TO_PEOPLE, "accused", "accused", "accuse",
     "officers"},
    {"justice.charge", 3, TO_PEOPLE, "charged", "charged", "charge",
     "suspects"},
    {"justice.convict", 2, TO_PEOPLE, "convicted", "convicted", "convict",
     "defendants"},
    {"justice.sentence", 3, TO_PEOPLE, "sentenced", "sentenced", "sentence",
     "nurses"},
    {"justice.acquit", 1, TO_PEOPLE, "acquitted", "acquitted", "acquit",
     "defendants"},
    {"speech.condemn", 5, TO_GROUPS, "condemned", "condemned", "condemn", NULL},
    {"speech.praise", 2, TO_GROUPS, "praised", "praised", "praise", NULL},
    {"politics.meet", 4, TO_GROUPS, "met", "met", "meet", NULL},
    {"politics.dismiss", 1, TO_PEOPLE, "dismissed", "dismissed", "dismiss",
     "judges"},
    {"aid.help", 3, TO_PEOPLE, "helped", "helped", "help", "refugees"},
    {"designation.list", 1, TO_GROUPS, "outlawed", "outlawed", "outlaw", NULL},
    {"designation.sanction", 1, TO_GROUPS, "sanctioned", "sanctioned",
     "sanction", NULL},
};
G_STATIC_ASSERT(G_N_ELEMENTS(deeds) <= DEEDS_MOST);

/* --- how it is told ------------------------------------------------------- */

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

static uint32_t
weights_choose(struct dice *d, const struct pattern *p, uint32_t count)
{
    uint32_t sum = 0, chosen = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += p[i].weight;
    sum = dice_below(d, sum);
    while (sum >= p[chosen].weight)
        sum -= p[chosen++].weight;
    return chosen;
}

static const char *
word_choose(struct dice *d, const char *const *words, uint32_t count)
{
    return words[dice_below(d, count)];
}

/* --- the world ------------------------------------------------------------ */

/* Days count from 3 May 2000; documents tell of them from 2007 to 2026. */
enum { DAYS = 9733, FIRST_READ = 2433, FIRST_DAY = 730243 };

/* Someone by number; papers are groups from PAPER on. */
struct party {
    enum name_kind kind;
    uint32_t number;
    bool is_known;
};
enum { PAPER = 1 << 30 };

struct happening {
    const struct deed *deed;
    struct party actor, target; /* no target: a crowd */
    uint32_t place, crowd, day;
};

void world_make(struct world *w, uint32_t documents, uint32_t claims)
{
    w->documents = documents;
    w->claims = claims;
    w->happenings = MAX(claims / 2, 1);
    w->people = documents / 2 + 50;
    w->groups = documents / 60 + 20;
    w->places = documents / 40 + 30;
    w->papers = documents / 400 + 12;
    for (uint32_t i = 0; i < G_N_ELEMENTS(deeds); i++)
        while (strcmp(lexicon_act_code(w->lexicon, w->acts[i]), deeds[i].act))
            w->acts[i]++;
}

/* When a document is published. */
static uint32_t day_of(const struct world *w, uint32_t document)
{
    return FIRST_READ +
           (uint32_t)((uint64_t)document * (DAYS - FIRST_READ) / w->documents);
}

static struct party person(uint32_t number)
{
    return (struct party){NAME_PERSON, number, true};
}

static struct party group(uint32_t number)
{
    return (struct party){NAME_GROUP, number, true};
}

static uint32_t home_of(const struct world *w, uint32_t person_number)
{
    struct dice d = {number_mix(person_number, 'h')};

    return dice_zipf(&d, w->places, 5);
}

/* Groups are at work where they are at home. */
static uint32_t group_in(const struct world *w, struct dice *d, uint32_t place)
{
    struct dice local = {number_mix(place, dice_below(d, 3))};

    return dice_zipf(dice_percent(d, 60) ? &local : d, w->groups, 2);
}

static const struct deed *deed_choose(struct dice *d)
{
    uint32_t sum = 0, i = 0;

    for (i = 0; i < G_N_ELEMENTS(deeds); i++)
        sum += deeds[i].weight;
    sum = dice_below(d, sum);
    for (i = 0; sum >= deeds[i].weight; i++)
        sum -= deeds[i].weight;
    return &deeds[i];
}

static struct happening happening_make(const struct world *w, uint32_t number)
{
    struct dice d = {number_mix(w->seed, number)};
    struct happening h = {.deed = deed_choose(&d)};
    uint32_t whom = dice_zipf(&d, w->people, 20);

    h.day = (uint32_t)((uint64_t)number * DAYS / w->happenings);
    h.place =
        dice_percent(&d, 70) ? home_of(w, whom) : dice_zipf(&d, w->places, 5);
    h.crowd = 2 + dice_zipf(&d, 400, 4);
    if (dice_percent(&d, 75))
        h.actor = group(group_in(w, &d, h.place));
    else if (dice_percent(&d, 60))
        h.actor = person(dice_zipf(&d, w->people, 20));
    if (h.deed->whom == TO_GROUPS)
        h.target = group(group_in(w, &d, h.place));
    else if (h.deed->whom == TO_PEOPLE && dice_percent(&d, 60))
        h.target = person(whom);
    return h;
}

/* --- a document in the making --------------------------------------------- */

struct draft {
    const struct world *w;
    struct arena *a;
    struct dice dice;
    GString *text;
    GArray *sentences, *entities, *mentions, *attributions, *claims;
    GHashTable *known;  /* party's number and kind -> 1 + entity */
    enum script script; /* in which it writes people's names */
    uint32_t variant;   /* ... and how they are spelt */
    uint32_t day;
    uint32_t paragraph;
    size_t sentence_from;
    struct party subject;   /* who he or she is, if known */
    struct party voices[3]; /* whom it hears most */
};

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

static uint32_t sentence_number(const struct draft *d)
{
    return d->sentences->len;
}

/* Writes words after a space, with a capital where a sentence begins. */
static struct span put(struct draft *d, const char *words)
{
    bool starts = d->text->len == d->sentence_from;
    uint32_t from;

    if (!starts && !strchr(",.", words[0]))
        g_string_append_c(d->text, ' ');
    from = (uint32_t)d->text->len;
    g_string_append(d->text, words);
    if (starts)
        d->text->str[from] = g_ascii_toupper(d->text->str[from]);
    return (struct span){from, (uint32_t)d->text->len};
}

static struct spans spans_of(const struct draft *d, struct span s)
{
    struct spans made = {arena_make(d->a, struct span, 1), 1};

    made.at[0] = s;
    return made;
}

static struct span from_to(struct span first, struct span last)
{
    return (struct span){first.from, last.to};
}

static struct phrase
phrase_of(const struct draft *d, struct span s, uint32_t entity)
{
    struct phrase p = {
        .spans = spans_of(d, s),
        .sentence = sentence_number(d),
        .entity = entity};

    if (entity != NO_ENTITY)
        p.name = g_array_index(d->entities, struct entity, entity).name;
    return p;
}

static struct phrase no_phrase(void)
{
    return (struct phrase){.sentence = NO_TOKEN, .entity = NO_ENTITY};
}

static const char *name_of(const struct draft *d, struct party p)
{
    if (p.kind == NAME_PERSON)
        return person_name(d->a, p.number, d->script, d->variant);
    if (p.kind == NAME_GROUP)
        return p.number >= PAPER ? paper_name(d->a, p.number - PAPER)
                                 : group_name(d->a, p.number);
    if (p.number % 3 == 0 && d->w->town_count)
        return d->w->towns[number_mix(p.number, 't') % d->w->town_count];
    return place_name(d->a, p.number);
}

static uint32_t entity_of(struct draft *d, struct party p, bool *is_new)
{
    gpointer key = GSIZE_TO_POINTER((gsize)p.number << 2 | (gsize)p.kind);
    gpointer known = g_hash_table_lookup(d->known, key);
    struct entity e = {.kind = p.kind};

    *is_new = !known;
    if (known)
        return GPOINTER_TO_UINT(known) - 1;
    e.name = name_of(d, p);
    e.key = identity_key(d->w->words, d->a, e.name, e.kind);
    g_array_append_val(d->entities, e);
    g_hash_table_insert(d->known, key, GUINT_TO_POINTER(d->entities->len));
    return d->entities->len - 1;
}

static void
mention(struct draft *d, struct span at, uint32_t entity, bool is_name)
{
    struct mention m = {
        .span = at,
        .sentence = sentence_number(d),
        .entity = entity,
        .is_name = is_name};

    g_array_append_val(d->mentions, m);
}

/* By the full name, and later often by a part of it. */
static struct phrase put_name(struct draft *d, struct party p)
{
    bool is_new;
    uint32_t entity = entity_of(d, p, &is_new);
    const char *words = g_array_index(d->entities, struct entity, entity).name;
    struct span at;

    if (p.kind == NAME_PERSON && !is_new && dice_percent(&d->dice, 60))
        words = person_surname(d->a, p.number, d->script);
    at = put(d, words);
    mention(d, at, entity, true);
    if (p.kind == NAME_PERSON)
        d->subject = p;
    return phrase_of(d, at, entity);
}

static struct phrase put_party(struct draft *d, struct party p)
{
    bool has_article = p.kind == NAME_GROUP && p.number < PAPER;
    struct span article = has_article ? put(d, "the") : (struct span){0};
    struct phrase named = put_name(d, p);

    if (has_article)
        named.spans.at[0].from = article.from;
    return named;
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

static const char *day_print(struct arena *a, uint32_t day)
{
    GDate at;

    g_date_set_julian(&at, FIRST_DAY + day);
    return arena_print(
        a, "%04d-%02d-%02d", g_date_get_year(&at), g_date_get_month(&at),
        g_date_get_day(&at));
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
    GDate at;

    if (kind < 28)
        return;
    g_date_set_julian(&at, FIRST_DAY + day);
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
    const struct world *w = d->w;
    uint32_t kind = dice_below(&d->dice, 100);

    if (kind < 50)
        return put_party(
            d, d->voices[dice_below(&d->dice, G_N_ELEMENTS(d->voices))]);
    if (kind < 65)
        return put_party(d, person(dice_zipf(&d->dice, w->people, 20)));
    if (kind < 75)
        return put_party(d, group(dice_zipf(&d->dice, w->groups, 2)));
    if (kind < 82)
        return put_party(d, group(PAPER + dice_zipf(&d->dice, w->papers, 3)));
    return phrase_of(
        d,
        put(d,
            word_choose(
                &d->dice, described_sources, G_N_ELEMENTS(described_sources))),
        NO_ENTITY);
}

/* He, she, or those who belong to nobody yet named. */
static void put_pronoun(struct draft *d)
{
    bool is_new;
    struct span at =
        put(d, !d->subject.is_known         ? "the family"
               : d->subject.number % 2 == 0 ? "he"
                                            : "she");

    if (d->subject.is_known)
        mention(d, at, entity_of(d, d->subject, &is_new), false);
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

static struct happening happening_near(struct draft *d);

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

    c->act = d->w->acts[t->h->deed - deeds];
    c->trigger = spans_of(d, put(d, words));
    c->attribution =
        t->depth ? t->first_attribution + t->depth - 1 : NO_ATTRIBUTION;
}

/* The same actor did something else too. */
static void put_second_deed(struct draft *d, struct telling *t)
{
    struct happening other = happening_near(d);

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

static void write_sentence(
    struct draft *d, const struct pattern *p, const struct happening *h,
    bool tells)
{
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

/* --- documents ------------------------------------------------------------ */

enum { SENTENCES_LEAST = 3, SENTENCES_MOST = 60, NEWS = 2000 };

/* Something of late, or what all the papers write about. */
static struct happening happening_near(struct draft *d)
{
    const struct world *w = d->w;
    uint64_t today = (uint64_t)d->day * w->happenings / DAYS;
    uint32_t ago = dice_zipf(&d->dice, w->happenings / 4 + 1, 30);
    uint32_t number = (uint32_t)(today > ago ? today - ago : 0);

    if (dice_percent(&d->dice, 3))
        number -= number % NEWS;
    return happening_make(w, number);
}

/* Most documents are short, a few are long reports. */
static uint32_t claims_wanted(const struct world *w, struct dice *d)
{
    uint32_t kind = dice_below(d, 100);
    uint32_t share = kind < 45 ? 50 : kind < 90 ? 112 : 360;
    uint64_t percent = share * (50 + dice_below(d, 101));

    return (uint32_t)(percent * w->claims / w->documents / 10000);
}

static struct happening write_text(struct draft *d, uint32_t claims)
{
    struct happening first = happening_near(d);

    while (d->sentences->len < SENTENCES_MOST &&
           (d->claims->len < claims || d->sentences->len < SENTENCES_LEAST)) {
        struct happening h =
            dice_percent(&d->dice, 30) ? first : happening_near(d);
        bool tells = d->claims->len < claims && !dice_percent(&d->dice, 22);
        const struct pattern *from = tells ? patterns : fillers;
        uint32_t count = tells ? G_N_ELEMENTS(patterns) : G_N_ELEMENTS(fillers);

        write_sentence(
            d, &from[weights_choose(&d->dice, from, count)], &h, tells);
    }
    return first;
}

/* The document that this one copies, or itself. */
static uint32_t root_of(const struct world *w, uint32_t document)
{
    uint64_t chance;

    while (document && (chance = number_mix(w->seed + 'c', document)) % 10 == 0)
        document -= 1 + (uint32_t)((chance >> 8) % MIN(document, 40));
    return document;
}

static void draft_open(
    struct draft *d, const struct world *w, struct arena *a, uint32_t root)
{
    uint32_t script;

    *d = (struct draft){
        .w = w,
        .a = a,
        .dice = {number_mix(w->seed + 'd', root)},
        .text = g_string_new(NULL),
        .sentences = g_array_new(FALSE, TRUE, sizeof(struct sentence)),
        .entities = g_array_new(FALSE, TRUE, sizeof(struct entity)),
        .mentions = g_array_new(FALSE, TRUE, sizeof(struct mention)),
        .attributions = g_array_new(FALSE, TRUE, sizeof(struct attribution)),
        .claims = g_array_new(FALSE, TRUE, sizeof(struct claim)),
        .known = g_hash_table_new(NULL, NULL)};
    script = dice_below(&d->dice, 100);
    d->script = script < 4   ? SCRIPT_ARABIC
                : script < 7 ? SCRIPT_CYRILLIC
                             : SCRIPT_LATIN;
    d->variant = dice_below(&d->dice, 4);
    d->day = day_of(w, root);
    d->voices[0] = group(dice_zipf(&d->dice, w->groups, 2));
    d->voices[1] = person(dice_zipf(&d->dice, w->people, 20));
    d->voices[2] = person(dice_zipf(&d->dice, w->people, 20));
}

static void draft_free(struct draft *d)
{
    g_string_free(d->text, TRUE);
    g_array_free(d->sentences, TRUE);
    g_array_free(d->entities, TRUE);
    g_array_free(d->mentions, TRUE);
    g_array_free(d->attributions, TRUE);
    g_array_free(d->claims, TRUE);
    g_hash_table_destroy(d->known);
}

static void *keep(struct arena *a, const GArray *from)
{
    size_t size = (size_t)from->len * g_array_get_element_size((GArray *)from);
    void *kept = arena_alloc(a, size);

    if (size)
        memcpy(kept, from->data, size);
    return kept;
}

/* The words alone, as copies are found by. */
static void find_words(struct arena *a, struct str text, struct sentence *s)
{
    uint32_t room = (s->span.to - s->span.from) / 2 + 1;
    const char *at = text.at + s->span.from, *end = text.at + s->span.to;

    s->tokens = arena_make(a, struct token, room);
    while (at < end) {
        const char *from = at;

        while (at < end && (g_ascii_isalnum(*at) || *at & 0x80))
            at++;
        if (at > from) {
            char *lower = arena_copy(a, from, (size_t)(at - from));

            for (char *c = lower; *c; c++)
                *c = g_ascii_tolower(*c);
            s->tokens[s->token_count++].lower = lower;
        } else {
            at++;
        }
    }
}

static struct text *keep_text(const struct draft *d, struct str text)
{
    struct text *t = arena_make(d->a, struct text, 1);

    t->str = text;
    t->count = d->sentences->len;
    t->sentences = keep(d->a, d->sentences);
    for (uint32_t i = 0; i < t->count; i++) {
        find_words(d->a, text, &t->sentences[i]);
        t->token_count += t->sentences[i].token_count;
    }
    return t;
}

static const char *make_title(struct draft *d, const struct happening *h)
{
    struct party place = {NAME_PLACE, h->place, true};

    return arena_print(
        d->a, "%s: %s %s", name_of(d, place),
        h->target.is_known ? name_of(d, h->target) : h->deed->crowd,
        h->deed->participle);
}

/* Who publishes it, and when, is a document's own, also of a copy. */
static struct document *make_document(
    const struct draft *d, uint32_t number, const char *title, struct str text)
{
    struct dice dice = {number_mix(d->w->seed + 'o', number)};
    struct document *made = arena_make(d->a, struct document, 1);
    uint32_t paper = dice_zipf(&dice, d->w->papers, 3);
    const char *date = day_print(d->a, day_of(d->w, number));
    char *hash = g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, (const guchar *)text.at, text.len);

    *made = (struct document){
        .id = arena_print(
            d->a, "%.4s/paper-%03u/%06u.txt", date, paper + 1, number + 1),
        .sha256 = arena_copy(d->a, hash, strlen(hash)),
        .media_type = "text/plain",
        .encoding = "UTF-8",
        .title = title,
        .language = "en",
        .text = text,
        .body = {0, (uint32_t)text.len},
        .size = text.len};
    g_free(hash);
    if (!dice_percent(&dice, 3)) {
        made->date = date;
        made->date_from = "option";
    }
    if (!dice_percent(&dice, 5)) {
        made->publisher = paper_name(d->a, paper);
        made->publisher_from = "option";
    }
    return made;
}

struct reading
story_make(const struct world *w, struct arena *a, uint32_t document)
{
    uint32_t root = root_of(w, document), claims;
    struct findings *f = arena_make(a, struct findings, 1);
    struct entities *e = arena_make(a, struct entities, 1);
    struct reading r = {.findings = f, .entities = e, .lexicon = w->lexicon};
    struct happening first;
    struct draft d;
    struct str text;

    draft_open(&d, w, a, root);
    claims = claims_wanted(w, &d.dice);
    /* Every third copy is an excerpt. */
    first = write_text(
        &d, root != document && document % 3 == 0 ? claims / 2 : claims);
    text = (struct str){arena_copy(a, d.text->str, d.text->len), d.text->len};
    r.document = make_document(&d, document, make_title(&d, &first), text);
    r.text = keep_text(&d, text);
    *f = (struct findings){
        keep(a, d.attributions), keep(a, d.claims), d.attributions->len,
        d.claims->len};
    *e = (struct entities){
        keep(a, d.entities), keep(a, d.mentions), d.entities->len,
        d.mentions->len};
    sketch_make(a, &r.sketch, r.text);
    draft_free(&d);
    return r;
}
