/* Claims made ready for being held against each other. */
#include "events/stories.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTY_WORDS = 12, SENTENCE_WORDS = 64 };

int32_t day_number(const char *day)
{
    unsigned year, month, number;
    char end;
    GDate date;

    if (!day || sscanf(day, "%4u-%2u-%2u%c", &year, &month, &number, &end) != 3)
        return DAY_UNKNOWN;
    if (!g_date_valid_dmy((GDateDay)number, (GDateMonth)month, (GDateYear)year))
        return DAY_UNKNOWN;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
    return (int32_t)g_date_get_julian(&date);
}

/* One end is enough; ends in the wrong order are a slip of the source. */
static struct days days_of(const struct event_claim *c)
{
    struct days d = {day_number(c->first), day_number(c->last)};

    if (d.first == DAY_UNKNOWN)
        d.first = d.last;
    if (d.last == DAY_UNKNOWN || d.last < d.first)
        d.last = d.first;
    return d;
}

struct toll_range toll_range_of(double value, const char *compare)
{
    struct toll_range exact = {value, value};

    if (!compare || !*compare || *compare == '=')
        return exact;
    if (*compare == '>')
        return (struct toll_range){value, INFINITY};
    if (*compare == '<')
        return (struct toll_range){0, value};
    /* "about", "nearly": a tenth to each side. */
    return (struct toll_range){value * 0.9, value * 1.1};
}

static void
set_words(struct facts_set *s, struct facts *f, const struct event_claim *c)
{
    struct vocabulary *v = s->vocabulary;
    const struct act_rule *act = act_rule_lookup(s->rules, c->act);
    bool turned = act && act->turned;

    for (int i = 0; i < 2; i++) {
        int to = turned ? 1 - i : i;

        f->keys[to] = vocabulary_name(v, c->keys[i]);
        f->parties[to] =
            vocabulary_bag(v, s->arena, c->parties[i], PARTY_WORDS);
    }
    f->place_key = vocabulary_name(v, c->place_key);
    f->place = vocabulary_bag(v, s->arena, c->place, PARTY_WORDS);
    f->sentence = vocabulary_bag(v, s->arena, c->sentence, SENTENCE_WORDS);
    f->scene = bags_joined(s->arena, &f->place, &f->parties[1]);
}

static void
set_act(struct facts_set *s, struct facts *f, const struct event_claim *c)
{
    const struct act_rule *act = act_rule_lookup(s->rules, c->act);

    f->act_name = vocabulary_name(s->vocabulary, c->act);
    f->group = act ? act->group : 0;
    f->open = act && act->open;
}

static void
set_facts(struct facts_set *s, struct facts *f, const struct event_claim *c)
{
    struct bag word = vocabulary_bag(s->vocabulary, s->arena, c->trigger, 1);

    set_act(s, f, c);
    f->word = word.count ? word.words[0] : 0;
    f->wanted = c->stance == STANCE_WANTED;
    f->days = days_of(c);
    f->reported = day_number(c->reported);
    f->has_value = c->has_value;
    if (c->has_value)
        f->range = toll_range_of(c->value, c->compare);
    f->unit = vocabulary_name(s->vocabulary, c->unit);
    f->population =
        vocabulary_bag(s->vocabulary, s->arena, c->population, PARTY_WORDS);
    set_words(s, f, c);
    f->nobody = !f->parties[0].count && !f->parties[1].count && !f->keys[0] &&
                !f->keys[1];
    f->bare =
        f->days.first == DAY_UNKNOWN && !f->scene.count && !f->parties[0].count;
}

struct facts_set *facts_new(
    const struct event_rules *r, const struct event_claim *claims,
    uint32_t count)
{
    struct facts_set *s = g_new0(struct facts_set, 1);

    s->arena = arena_new();
    s->vocabulary = vocabulary_new(r->stops);
    s->rules = r;
    s->count = count;
    s->all = arena_make(s->arena, struct facts, count);
    for (uint32_t i = 0; i < count; i++)
        set_facts(s, &s->all[i], &claims[i]);
    stories_find(s, claims);
    return s;
}

/* --- sharing -------------------------------------------------------------- */

/* What the group's claims tell, taken together. */
static void
gather_facts(struct facts_set *s, struct facts *all, const struct facts *one)
{
    if (all->days.first == DAY_UNKNOWN)
        all->days = one->days;
    if (!all->place.count && one->place.count) {
        all->place = one->place;
        all->place_key = one->place_key;
    }
    if (!all->scene.count)
        all->scene = one->scene;
    if (all->line != one->line || !all->sentence.count)
        all->sentence = bags_joined(s->arena, &all->sentence, &one->sentence);
    bag_weigh(s->vocabulary, &all->sentence);
    all->line = one->line;
}

static void fill_facts(struct facts *one, const struct facts *all)
{
    if (one->days.first == DAY_UNKNOWN)
        one->days = all->days;
    if (!one->place.count) {
        one->place = all->place;
        one->place_key = all->place_key;
    }
    if (!one->scene.count)
        one->scene = all->scene;
    one->context = all->sentence;
}

void facts_share(struct facts_set *s, const uint32_t *groups)
{
    struct facts *all = g_new0(struct facts, s->count);

    for (uint32_t i = 0; i < s->count; i++)
        all[i].days.first = DAY_UNKNOWN;
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t at = s->by_story[i];

        gather_facts(s, &all[groups[at]], &s->all[at]);
    }
    for (uint32_t i = 0; i < s->count; i++)
        fill_facts(&s->all[i], &all[groups[i]]);
    g_free(all);
}

void facts_free(struct facts_set *s)
{
    vocabulary_free(s->vocabulary);
    arena_free(s->arena);
    g_free(s);
}
