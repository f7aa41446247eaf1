/* What happens, to whom and where; see world.h. */
#include "world.h"

#include <string.h>

/* Days count from 3 May 2000; documents tell of them from 2007 to 2026.  One
   happening in NEWS is told all over. */
enum { DAYS = 9733, FIRST_READ = 2433, FIRST_DAY = 730243, NEWS = 2000 };

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

/* --- what happens --------------------------------------------------------- */

static uint32_t act_find(const struct lexicon *lex, const char *code)
{
    uint32_t act = 0;

    while (strcmp(lexicon_act_code(lex, act), code)) {
        act++;
        g_assert(act < lexicon_act_count(lex));
    }
    return act;
}

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
        w->acts[i] = act_find(w->lexicon, deeds[i].act);
}

uint32_t world_day(const struct world *w, uint32_t document)
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

struct party person_draw(const struct world *w, struct dice *d)
{
    return person(dice_zipf(d, w->people, 20));
}

struct party group_draw(const struct world *w, struct dice *d)
{
    return group(dice_zipf(d, w->groups, 2));
}

struct party paper_draw(const struct world *w, struct dice *d)
{
    return group(PAPER + dice_zipf(d, w->papers, 3));
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

    h.act = w->acts[h.deed - deeds];
    h.day = (uint32_t)((uint64_t)number * DAYS / w->happenings);
    h.place =
        dice_percent(&d, 70) ? home_of(w, whom) : dice_zipf(&d, w->places, 5);
    h.crowd = 2 + dice_zipf(&d, 400, 4);
    if (dice_percent(&d, 75))
        h.actor = group(group_in(w, &d, h.place));
    else if (dice_percent(&d, 60))
        h.actor = person_draw(w, &d);
    if (h.deed->whom == TO_GROUPS)
        h.target = group(group_in(w, &d, h.place));
    else if (h.deed->whom == TO_PEOPLE && dice_percent(&d, 60))
        h.target = person(whom);
    return h;
}

struct happening
happening_near(const struct world *w, struct dice *d, uint32_t day)
{
    uint64_t today = (uint64_t)day * w->happenings / DAYS;
    uint32_t ago = dice_zipf(d, w->happenings / 4 + 1, 30);
    uint32_t number = (uint32_t)(today > ago ? today - ago : 0);

    if (dice_percent(d, 3))
        number -= number % NEWS;
    return happening_make(w, number);
}

/* --- days ----------------------------------------------------------------- */

GDate day_date(uint32_t day)
{
    GDate date;

    g_date_set_julian(&date, FIRST_DAY + day);
    return date;
}

const char *day_print(struct arena *a, uint32_t day)
{
    GDate at = day_date(day);

    return arena_print(
        a, "%04d-%02d-%02d", g_date_get_year(&at), g_date_get_month(&at),
        g_date_get_day(&at));
}
