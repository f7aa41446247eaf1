/*
 * A document's incident: the choices among its candidates, and the claims
 * that they rest on.  What no claim bears out is left untold.
 */
#include "exchange/incident.h"

#include <math.h>
#include <string.h>

enum { RESTS_MOST = 3 }; /* claims that are named for one value */

/* --- claims that bear out --------------------------------------------- */

static bool
has_sign(const struct report *r, uint32_t sentence, const char *breach)
{
    const struct words *w = &r->sentences[sentence];
    uint32_t length;

    for (uint32_t i = 0; i < w->count; i++) {
        const char *sign =
            signs_find(r->tables->signs, SIGN_BREACH, w, i, &length);

        if (sign && g_str_has_prefix(sign, breach))
            return true;
    }
    return false;
}

/* Is the claim one of that violation, by its act or by words beside it? */
static bool bears_out(
    const struct report *r, const struct told *t, const char *breach,
    bool by_words)
{
    const char *own = signs_breach(r->tables->signs, t->act);

    if (!t->id)
        return false;
    return by_words ? has_sign(r, t->sentence, breach)
                    : own && !strcmp(own, breach);
}

static bool
rest_on_breach(const struct report *r, struct incident *x, const char *breach)
{
    uint32_t found = 0;

    for (int by_words = 0; by_words < 2 && !found; by_words++)
        for (uint32_t i = 0; i < r->page.count && found < RESTS_MOST; i++)
            if (bears_out(r, &r->page.at[i], breach, by_words)) {
                x->rests[i] = true;
                found++;
            }
    return found > 0;
}

/* Claims of a sentence; those of harm before others. */
static bool
rest_on_sentence(const struct report *r, struct incident *x, uint32_t sentence)
{
    for (int any = 0; any < 2; any++)
        for (uint32_t i = 0; i < r->page.count; i++) {
            const struct told *t = &r->page.at[i];

            if (t->id && t->sentence == sentence && (any || told_harms(r, t))) {
                x->rests[i] = true;
                return true;
            }
        }
    return false;
}

/* Claims in which a name takes part: first those that do it harm. */
static bool
rest_on_name(const struct report *r, struct incident *x, uint32_t named)
{
    uint32_t found = 0;

    for (int any = 0; any < 2 && !found; any++)
        for (uint32_t i = 0; i < r->part_count && found < RESTS_MOST; i++) {
            const struct part *p = &r->parts[i];
            const struct told *t = &r->page.at[p->told];

            if (p->named != named || !t->id ||
                (!any && (p->role != ROLE_TARGET || !told_harms(r, t))))
                continue;
            x->rests[p->told] = true;
            found++;
        }
    for (uint32_t i = 0; i < r->run_count && !found; i++)
        if (r->runs[i].named == named || r->runs[i].own == named)
            found += rest_on_sentence(r, x, r->runs[i].sentence);
    return found > 0;
}

/* Is there an act of that violation, be it but weakly told?  Of "unknown" there
   is none. */
static bool borne_out(const struct report *r, const char *breach)
{
    for (uint32_t i = 0; i < r->page.count; i++)
        if (bears_out(r, &r->page.at[i], breach, false))
            return true;
    return false;
}

/* --- what was done, by whom ------------------------------------------- */

static void choose_breaches(
    const struct report *r, const struct traits *t, struct incident *x)
{
    const struct weights *w = r->tables->weights;
    const char *best = breach_words[0];
    double most = -INFINITY;

    for (int i = 0; i < BREACH_COUNT; i++) {
        const char *choice = arena_print(r->a, "breach %s", breach_words[i]);
        double over = weights_sum(w, choice, t) - weights_threshold(w, choice);

        if (over > most && borne_out(r, breach_words[i])) {
            most = over;
            best = breach_words[i];
        }
        if (over > 0 && strcmp(breach_words[i], "unknown") &&
            rest_on_breach(r, x, breach_words[i]))
            x->breaches[x->breach_count++] = breach_words[i];
    }
    if (!x->breach_count && rest_on_breach(r, x, best))
        x->breaches[x->breach_count++] = best;
    if (!x->breach_count)
        x->breaches[x->breach_count++] = "unknown";
}

static void rest_on_actors(const struct report *r, struct incident *x)
{
    uint32_t found = 0;

    for (uint32_t i = 0; i < r->page.count && found < RESTS_MOST; i++) {
        const struct told *t = &r->page.at[i];

        if (!t->id || !told_harms(r, t) || !t->roles[ROLE_ACTOR].spans.count)
            continue;
        x->rests[i] = true;
        found++;
    }
}

static void choose_perpetrator(
    const struct report *r, const struct traits *t, struct incident *x)
{
    const struct weights *w = r->tables->weights;
    double most = -INFINITY, none;

    for (int i = 0; i + 1 < PERPETRATOR_COUNT; i++) {
        double sum = weights_sum(
            w, arena_print(r->a, "perpetrator %s", perpetrator_words[i]), t);

        if (sum > most) {
            most = sum;
            x->perpetrator = perpetrator_words[i];
        }
    }
    none = weights_sum(w, "perpetrator none", t);
    if (none - most > weights_threshold(w, "perpetrator none"))
        x->perpetrator = NULL;
    else
        rest_on_actors(r, x);
}

/* --- victims ---------------------------------------------------------- */

static void
choose_types(const struct report *r, uint32_t named, struct victim *v)
{
    struct traits t = victim_type_traits(r, named);

    for (int i = 0; i < VICTIM_TYPE_COUNT; i++) {
        const char *choice = arena_print(r->a, "type %s", victim_type_words[i]);

        if (weights_sum(r->tables->weights, choice, &t) >
            weights_threshold(r->tables->weights, choice))
            v->types[v->type_count++] = victim_type_words[i];
    }
}

static void choose_victims(const struct report *r, struct incident *x)
{
    const struct weights *w = r->tables->weights;
    double threshold = weights_threshold(w, "victim");

    for (uint32_t i = 0;
         i < r->named_count && x->victim_count + 1 < VICTIMS_MOST; i++) {
        struct victim *v = &x->victims[x->victim_count];
        struct traits t;

        if (!r->named[i].runs)
            continue;
        t = victim_traits(r, i);
        if (weights_sum(w, "victim", &t) <= threshold || !rest_on_name(r, x, i))
            continue;
        *v = (struct victim){
            .name = r->named[i].name,
            .sex = person_sex(r, i),
            .age = person_age(r, i),
        };
        choose_types(r, i, v);
        if (v->type_count && !v->age)
            v->age = "adult"; /* a calling */
        x->victim_count++;
    }
}

/* --- victims whom nobody names ---------------------------------------- */

static bool holds_a_name(const struct report *r, uint32_t told)
{
    for (uint32_t i = 0; i < r->part_count; i++)
        if (r->parts[i].told == told && r->parts[i].role == ROLE_TARGET)
            return true;
    return false;
}

static struct words
phrase_words(const struct report *r, const struct told_phrase *f)
{
    struct str text = {f->text ? f->text : "", f->text ? strlen(f->text) : 0};

    return words_cut(r->a, text, (struct span){0, (uint32_t)text.len});
}

static const char *
sign_in(const struct report *r, enum sign_kind kind, const struct words *w)
{
    const char *found = NULL;
    uint32_t length;

    for (uint32_t i = 0; i < w->count && !found; i++)
        found = signs_find(r->tables->signs, kind, w, i, &length);
    return found;
}

/* "dozens of protesters", "two reporters": more than one. */
static bool is_crowd(const struct report *r, const struct words *w)
{
    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t length;

        if (signs_find(r->tables->signs, SIGN_CROWD, w, i, &length) &&
            (g_str_has_suffix(w->at[i + length - 1].lower, "s") ||
             g_str_has_suffix(w->at[i + length - 1].lower, "en") ||
             !strcmp(w->at[i].lower, "people")))
            return true;
    }
    return false;
}

static void add_crowd(const struct report *r, struct incident *x)
{
    for (uint32_t i = 0; i < r->page.count; i++) {
        const struct told *t = &r->page.at[i];
        struct words w = phrase_words(r, &t->roles[ROLE_TARGET]);
        const char *type;

        if (!t->id || !told_harms(r, t) || holds_a_name(r, i) ||
            !is_crowd(r, &w))
            continue;
        type = sign_in(r, SIGN_VICTIM, &w);
        if (type && g_str_has_suffix(type, "?"))
            type = NULL;
        x->victims[x->victim_count++] = (struct victim){
            .types = {type},
            .type_count = type != NULL,
            .sex = sign_in(r, SIGN_SEX, &w),
            .age = sign_in(r, SIGN_AGE, &w),
        };
        x->rests[i] = true;
        return;
    }
}

/* --- where ------------------------------------------------------------ */

static const struct site *
best_site(const struct report *r, const struct sites *s, const char *choice)
{
    const struct weights *w = r->tables->weights;
    const struct site *best = NULL;
    double most = weights_threshold(w, choice);

    for (uint32_t i = 0; i < s->count; i++) {
        double sum = weights_sum(w, choice, &s->at[i].traits);

        if (sum <= most)
            continue;
        most = sum;
        best = &s->at[i];
    }
    return best;
}

static const struct site *choose_site(
    const struct report *r, struct incident *x, const struct sites *s,
    const char *choice)
{
    const struct site *best = best_site(r, s, choice);

    return best && rest_on_name(r, x, best->named) ? best : NULL;
}

static bool has_trait(const struct traits *t, const char *trait)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (!strcmp(t->at[i], trait))
            return true;
    return false;
}

/* Is it a capital, or a city that counts as a country of its own? */
static bool is_known_city(const struct report *r, const char *name)
{
    struct str text = {name, strlen(name)};
    struct words w =
        words_cut(r->a, text, (struct span){0, (uint32_t)text.len});
    struct country_form c;

    return w.count && atlas_find(r->tables->atlas, &w, 0, &c) &&
           (c.what == COUNTRY_NAME || c.what == COUNTRY_CAPITAL);
}

/* One name may be that of both, but not "Borno state", nor a capital. */
static void
choose_sites(const struct report *r, struct incident *x, const struct sites *s)
{
    const struct site *region = choose_site(r, x, s, "region");
    const struct site *city = choose_site(r, x, s, "city");

    if (region && region == city) {
        if (is_known_city(r, city->name))
            region = NULL;
        else if (has_trait(&city->traits, "with region word"))
            city = NULL;
    }
    x->region = region ? region->name : NULL;
    x->city = city ? city->name : NULL;
}

static void choose_country(
    const struct report *r, struct incident *x, const struct lands *lands)
{
    const struct weights *w = r->tables->weights;
    const struct land *best = NULL;
    double most = -INFINITY;

    for (uint32_t i = 0; i < lands->count; i++) {
        double sum = weights_sum(w, "country", &lands->at[i].traits);

        if (sum <= most)
            continue;
        most = sum;
        best = &lands->at[i];
    }
    for (uint32_t i = 0; best && i < best->sentence_count; i++)
        if (rest_on_sentence(r, x, best->sentences[i])) {
            x->country = best->name;
            return;
        }
}

/* --- when ------------------------------------------------------------- */

/* What most of the weight says of one figure; 0 where nothing does. */
static int voted(
    const struct moments *all, const double *shares,
    int (*figure)(const struct moment *), int month)
{
    int best = 0;
    double most = 0;

    for (uint32_t i = 0; i < all->count; i++) {
        int value = figure(&all->at[i]);
        double sum = 0;

        for (uint32_t n = 0; n < all->count; n++)
            if (figure(&all->at[n]) == value &&
                (!month || all->at[n].month == month))
                sum += shares[n];
        if (value && sum > most) {
            most = sum;
            best = value;
        }
    }
    return best;
}

static int year_of(const struct moment *m)
{
    return m->year;
}

static int month_of(const struct moment *m)
{
    return m->month;
}

static int day_of(const struct moment *m)
{
    return m->day;
}

/* The claim that speaks most for what was chosen. */
static void rest_on_moment(
    const struct report *r, struct incident *x, const struct moments *all,
    const double *shares)
{
    const struct told *best = NULL;
    double most = 0;

    for (uint32_t i = 0; i < all->count; i++) {
        const struct moment *m = &all->at[i];
        double share =
            shares[i] * (1 + (m->month == x->month) + (m->day == x->day));

        if (!m->told || m->year != x->year || share <= most)
            continue;
        most = share;
        best = m->told;
    }
    if (best)
        x->rests[best - r->page.at] = true;
}

static void choose_moment(const struct report *r, struct incident *x)
{
    struct moments all = moments_find(r);
    double *shares = arena_make(r->a, double, all.count + 1);

    for (uint32_t i = 0; i < all.count; i++)
        shares[i] =
            exp(weights_sum(r->tables->weights, "moment", &all.at[i].traits));
    x->year = voted(&all, shares, year_of, 0);
    x->month = voted(&all, shares, month_of, 0);
    x->day = x->month ? voted(&all, shares, day_of, x->month) : 0;
    rest_on_moment(r, x, &all, shares);
}

bool incident_find(const struct report *r, struct incident *out)
{
    struct traits t;
    struct lands lands;
    struct sites sites;

    if (!report_tells_harm(r))
        return false;
    *out =
        (struct incident){.rests = arena_make(r->a, bool, r->page.count + 1)};
    t = report_traits(r);
    lands = lands_find(r);
    sites = sites_find(r, &lands);
    choose_breaches(r, &t, out);
    choose_perpetrator(r, &t, out);
    choose_victims(r, out);
    add_crowd(r, out);
    choose_country(r, out, &lands);
    choose_sites(r, out, &sites);
    choose_moment(r, out);
    return true;
}
