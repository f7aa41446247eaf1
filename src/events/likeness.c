/* How much speaks for two claims being about one happening. */
#include "events/stories.h"

#include <math.h>
#include <stdlib.h>

/* Descriptions that share so much of their weight mean the same. */
static const float WORDS_LEAST = 0.34F;
enum { DAYS_NEAR = 1, REPORT_NEAR = 7, REPORT_FAR = 60, VAGUE = 400 };

/* Stories that share this much are as good as one: of one movement or country
   all reports share a good deal. */
static const float STORY_MOST = 0.4F;

/* Does none of the one's words stand in the other's sentence? */
static bool are_strangers(
    const struct vocabulary *v, const struct bag *party,
    const struct bag *sentence)
{
    return bags_shared(v, party, sentence) <= 0;
}

/* The features of a role: known to be the same, alike in words, another.  What
   stands in the other's sentence may only play another role there by a slip of
   the reader, and is no other. */
static void weigh_party(
    const struct facts_set *s, const struct facts *a, const struct facts *b,
    int role, float *features)
{
    const struct bag *x = &a->parties[role], *y = &b->parties[role];
    float overlap;

    if (a->keys[role] && a->keys[role] == b->keys[role]) {
        features[0] = 1;
        return;
    }
    overlap = bags_overlap(s->vocabulary, x, y);
    if (overlap >= WORDS_LEAST)
        features[1] = overlap;
    else if (
        x->count && y->count && are_strangers(s->vocabulary, x, &b->context) &&
        are_strangers(s->vocabulary, y, &a->context))
        features[a->keys[role] && b->keys[role] ? 2 : 3] = 1;
}

static void weigh_place(
    const struct facts_set *s, const struct facts *a, const struct facts *b,
    float *f)
{
    float overlap = bags_overlap(s->vocabulary, &a->place, &b->place);

    if (a->place_key && a->place_key == b->place_key)
        f[FEATURE_PLACE_SAME] = 1;
    else if (overlap >= WORDS_LEAST)
        f[FEATURE_PLACE_SAME] = overlap;
    else if (
        a->place.count && b->place.count &&
        are_strangers(s->vocabulary, &a->place, &b->context) &&
        are_strangers(s->vocabulary, &b->place, &a->context))
        f[FEATURE_PLACE_OTHER] = 1;
}

static void weigh_acts(const struct facts *a, const struct facts *b, float *f)
{
    f[FEATURE_WORD_SAME] = a->word && a->word == b->word;
    if (a->act_name == b->act_name)
        return;
    if (a->group && a->group == b->group)
        f[FEATURE_ACT_NEAR] = 1;
    else
        f[FEATURE_ACT_OTHER] = 1;
}

static bool is_vague(struct days d)
{
    return d.last - d.first > VAGUE;
}

static bool is_close(struct days d)
{
    return d.last - d.first < 3;
}

/* What is told without a day has most often just happened when it is told. */
static void
weigh_report_day(const struct facts *dated, const struct facts *other, float *f)
{
    enum { FRESH = 10 };
    int32_t later;

    if (dated->days.first == DAY_UNKNOWN || other->days.first != DAY_UNKNOWN ||
        other->reported == DAY_UNKNOWN || is_vague(dated->days))
        return;
    later = other->reported - dated->days.first;
    if (later >= 0 && later < FRESH)
        f[FEATURE_DAYS_FIT] = 1 - (float)later / FRESH;
    f[FEATURE_DAYS_LATE] = later < 0;
}

static void weigh_days(const struct facts *a, const struct facts *b, float *f)
{
    int32_t apart;

    if (a->days.first == DAY_UNKNOWN || b->days.first == DAY_UNKNOWN) {
        weigh_report_day(a, b, f);
        weigh_report_day(b, a, f);
        return;
    }
    apart = MAX(a->days.first, b->days.first) - MIN(a->days.last, b->days.last);
    if (apart <= 0 && is_close(a->days) && is_close(b->days))
        f[FEATURE_DAYS_SAME] = 1;
    else if (apart <= 0)
        f[FEATURE_DAYS_MEET] = !is_vague(a->days) && !is_vague(b->days);
    else if (apart <= DAYS_NEAR)
        f[FEATURE_DAYS_NEAR] = 1;
    else
        f[FEATURE_DAYS_APART] = 1;
}

static void
weigh_reports(const struct facts *a, const struct facts *b, float *f)
{
    int32_t apart;

    if (a->reported == DAY_UNKNOWN || b->reported == DAY_UNKNOWN)
        return;
    apart = abs(a->reported - b->reported);
    if (apart < REPORT_NEAR)
        f[FEATURE_REPORT_NEAR] = 1 - (float)apart / REPORT_NEAR;
    f[FEATURE_REPORT_FAR] = apart > REPORT_FAR;
}

/* A figure over a long time is a sum of happenings, not one. */
static bool is_sum(const struct facts *f)
{
    enum { LONG = 45 };

    return f->has_value && f->days.first != DAY_UNKNOWN &&
           f->days.last - f->days.first > LONG;
}

/* 39 and 41, but not 39 and 300. */
static bool ranges_near(struct toll_range a, struct toll_range b)
{
    static const double ratio = 1.3;

    return a.low <= b.high * ratio && b.low <= a.high * ratio;
}

/* A figure of two or less is too common to tell anything. */
static void
weigh_figures(const struct facts *a, const struct facts *b, float *f)
{
    f[FEATURE_SUM] = is_sum(a) != is_sum(b);
    if (!a->has_value || !b->has_value || a->unit != b->unit)
        return;
    if (a->range.low <= b->range.high && b->range.low <= a->range.high)
        f[FEATURE_FIGURE_SAME] = a->range.high > 2 && b->range.high > 2;
    else if (a->act_name != b->act_name)
        return;
    else if (ranges_near(a->range, b->range))
        f[FEATURE_FIGURE_NEAR] = 1;
    else
        f[FEATURE_FIGURE_OTHER] = 1;
}

/* How much of who takes part in the one stands in the other's sentence. */
static float mentioned_in(
    const struct vocabulary *v, const struct facts *a, const struct facts *b)
{
    float of_all = 0, found = 0;

    for (int i = 0; i < 2; i++) {
        of_all += a->parties[i].norm * a->parties[i].norm;
        found += bags_shared(v, &a->parties[i], &b->context);
    }
    return of_all > 0 ? found / of_all : 0;
}

/* What only claims of one document have in common, or of two. */
static void weigh_within(const struct facts *a, const struct facts *b, float *f)
{
    float apart = (float)MAX(a->line, b->line) - (float)MIN(a->line, b->line);

    f[FEATURE_SAME_SENTENCE] = apart < 1;
    f[FEATURE_CLOSE] = 1 / (1 + apart);
    f[FEATURE_LEADING] = !a->line || !b->line;
    f[FEATURE_BARE] = a->bare != b->bare;
    f[FEATURE_BARE_FIRST] = (a->bare && !b->line) || (b->bare && !a->line);
}

static void weigh_across(const struct facts *a, const struct facts *b, float *f)
{
    enum { LEADING_LINES = 3 };

    weigh_reports(a, b, f);
    f[FEATURE_LEADING] = a->line < LEADING_LINES && b->line < LEADING_LINES;
}

/* What facts of fixed size tell. */
static void
weigh_plainly(const struct facts *a, const struct facts *b, float *f)
{
    for (int i = 0; i < FEATURE_COUNT; i++)
        f[i] = 0;
    f[FEATURE_BIAS] = 1;
    weigh_acts(a, b, f);
    weigh_days(a, b, f);
    weigh_figures(a, b, f);
    f[FEATURE_NOBODY] = a->nobody || b->nobody;
    if (a->story == b->story)
        weigh_within(a, b, f);
    else
        weigh_across(a, b, f);
}

/* What their words tell, which takes longer to see. */
static void weigh_words(
    const struct facts_set *s, const struct facts *a, const struct facts *b,
    float *f)
{
    float story =
        a->story == b->story ? 0 : stories_likeness(s, a->story, b->story);

    f[FEATURE_STORY] = MIN(story, STORY_MOST) / STORY_MOST;
    weigh_party(s, a, b, 0, &f[FEATURE_ACTOR_SAME]);
    weigh_party(s, a, b, 1, &f[FEATURE_TARGET_SAME]);
    weigh_place(s, a, b, f);
    f[FEATURE_SCENE] = bags_likeness(s->vocabulary, &a->scene, &b->scene);
    f[FEATURE_WORDING] = bags_likeness(s->vocabulary, &a->context, &b->context);
    f[FEATURE_MENTIONED] = (mentioned_in(s->vocabulary, a, b) +
                            mentioned_in(s->vocabulary, b, a)) /
                           2;
}

static double sum_of(const double *weights, const float *f)
{
    double sum = 0;

    for (int i = 0; i < FEATURE_COUNT; i++)
        sum += (double)f[i] * weights[i];
    return sum;
}

double facts_weigh(
    const struct facts_set *s, uint32_t x, uint32_t y, float f[FEATURE_COUNT])
{
    const struct facts *a = &s->all[x], *b = &s->all[y];

    weigh_plainly(a, b, f);
    weigh_words(s, a, b, f);
    return sum_of(s->rules->weights[a->story == b->story], f);
}

bool facts_reach(
    const struct facts_set *s, uint32_t x, uint32_t y, float least, float *sum)
{
    const struct facts *a = &s->all[x], *b = &s->all[y];
    bool within = a->story == b->story;
    float f[FEATURE_COUNT];

    weigh_plainly(a, b, f);
    if (sum_of(s->rules->weights[within], f) + s->rules->words_most[within] <
        (double)least)
        return false;
    weigh_words(s, a, b, f);
    *sum = (float)sum_of(s->rules->weights[within], f);
    return *sum >= least;
}
