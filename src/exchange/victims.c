/*
 * Who is a victim, of what kind, man or woman, child or adult: what stands
 * beside a name, and what part it has in claims.
 */
#include "exchange/incident.h"

#include <stdlib.h>
#include <string.h>

const char *const victim_type_words[VICTIM_TYPE_COUNT] = {
    "journalist", "human rights defender", "trade unionist"};

enum { BEFORE = 5, AFTER = 8, NEXT = 4, ADULT = 18 };

/* --- beside a name ---------------------------------------------------- */

/* Kinds of words that tell what somebody is. */
static const struct {
    enum sign_kind kind;
    const char *word;
} telling[] = {{SIGN_VICTIM, "is"},   {SIGN_SEX, "sex"},
               {SIGN_AGE, "age"},     {SIGN_OFFICE, "office"},
               {SIGN_CROWD, "crowd"}, {SIGN_BREACH, "breach"}};

static void add_signs_at(
    const struct report *r, const struct words *w, uint32_t i,
    const char *where, struct traits *t)
{
    for (size_t k = 0; k < G_N_ELEMENTS(telling); k++) {
        uint32_t length;
        const char *value =
            signs_find(r->tables->signs, telling[k].kind, w, i, &length);

        if (value)
            trait_add(t, "%s %s=%s", where, telling[k].word, value);
    }
}

/* "43", "43-year-old" */
static void add_years(const struct word *word, struct traits *t)
{
    char *end;
    long years = strtol(word->form, &end, 10);

    if (end == word->form || years <= 0 || years > 110 ||
        (*end && strncmp(end, "-year-old", 9)))
        return;
    trait_add(t, years < ADULT ? "years child" : "years adult");
}

/* What leads to the name, over so many marks: "three reporters, Ana Ruiz". */
static void add_lead(
    const struct report *r, const struct name_run *run, uint32_t marks,
    struct traits *t)
{
    const struct words *w = &r->sentences[run->sentence];

    for (uint32_t i = run->first; i > 0 && run->first - i < BEFORE; i--) {
        if (w->at[i - 1].ends_clause && marks-- == 0)
            return;
        add_signs_at(r, w, i - 1, i == run->first ? "led by" : "before", t);
        if (strstr(w->at[i - 1].form, "-year-old"))
            add_years(&w->at[i - 1], t);
    }
}

static void
add_before(const struct report *r, const struct name_run *run, struct traits *t)
{
    const struct words *w = &r->sentences[run->sentence];
    uint32_t i = run->first, length;
    const char *title;

    add_lead(r, run, 0, t);
    title =
        i ? signs_find(r->tables->signs, SIGN_TITLE, w, i - 1, &length) : NULL;
    if (title)
        trait_add(t, "title %s", title);
    if (i && !strcmp(w->at[i - 1].lower, "of") && i > 1)
        add_signs_at(r, w, i - 2, "of", t);
}

/* Does somebody else's name follow? */
static bool begins_a_name(const struct words *w, uint32_t i)
{
    return i + 1 < w->count &&
           g_unichar_isupper(g_utf8_get_char(w->at[i].form)) &&
           g_unichar_isupper(g_utf8_get_char(w->at[i + 1].form));
}

/* "Ana Ruiz, 43, a reporter who was jailed" */
static void add_apposition(
    const struct report *r, const struct name_run *run, struct traits *t)
{
    const struct words *w = &r->sentences[run->sentence];
    uint32_t end = MIN(w->count, run->last + AFTER);

    if (run->last >= w->count)
        return;
    if (w->at[run->last - 1].ends_clause)
        add_years(&w->at[run->last], t);
    else if (
        strcmp(w->at[run->last].lower, "is") &&
        strcmp(w->at[run->last].lower, "was"))
        return;
    for (uint32_t i = run->last; i < end; i++) {
        if (begins_a_name(w, i))
            return;
        add_signs_at(r, w, i, "then", t);
        if (strstr(w->at[i].form, "-year-old"))
            add_years(&w->at[i], t);
        if (w->at[i].ends_clause && i > run->last)
            return;
    }
}

static void
add_next(const struct report *r, const struct name_run *run, struct traits *t)
{
    const struct words *w = &r->sentences[run->sentence];
    uint32_t end = MIN(w->count, run->last + NEXT);

    for (uint32_t i = run->last; i < end; i++) {
        uint32_t length;
        const char *breach =
            signs_find(r->tables->signs, SIGN_BREACH, w, i, &length);

        if (breach)
            trait_add(t, "next breach=%s", breach);
        if (w->at[i].ends_clause)
            return;
    }
}

static void add_small_word(
    const struct report *r, const struct name_run *run, struct traits *t)
{
    static const char *const words[] = {"in",   "at",  "from", "near",
                                        "by",   "the", "of",   "and",
                                        "with", "for", "to",   "against"};
    const struct words *w = &r->sentences[run->sentence];

    if (run->first == 0) {
        trait_add(t, "begins the sentence");
        return;
    }
    if (w->at[run->first - 1].ends_clause)
        trait_add(t, "after a mark");
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(w->at[run->first - 1].lower, words[i]))
            trait_add(t, "after %s", words[i]);
}

/* Are the two names in one list: "Ana Ruiz, Jo Karun and ..."? */
static bool is_list(
    const struct report *r, const struct name_run *a, const struct name_run *b)
{
    const struct words *w = &r->sentences[a->sentence];

    if (a->sentence != b->sentence || b->first < a->last)
        return false;
    for (uint32_t i = a->last; i < b->first; i++)
        if (strcmp(w->at[i].lower, "and") &&
            !g_ascii_isdigit(w->at[i].lower[0]))
            return false;
    return b->first > a->last || w->at[a->last - 1].ends_clause;
}

/* What stands before a list and after it is said of all in it. */
static void add_list(const struct report *r, uint32_t run, struct traits *t)
{
    struct traits list = {.a = r->a};
    uint32_t first = run, last = run;

    while (first > 0 && is_list(r, &r->runs[first - 1], &r->runs[first]))
        first--;
    while (last + 1 < r->run_count &&
           is_list(r, &r->runs[last], &r->runs[last + 1]))
        last++;
    if (first == last)
        return;
    trait_add(t, "list of %s", count_size(last - first + 1));
    for (uint32_t i = first; i <= last; i++)
        if (i != run && r->named[r->runs[i].named].harmed)
            trait_add(t, "list with someone harmed");
    add_lead(r, &r->runs[first], 1, &list);
    add_apposition(r, &r->runs[last], &list);
    for (uint32_t i = 0; i < list.count; i++)
        if (!g_str_has_prefix(list.at[i], "title ") &&
            !g_str_has_prefix(list.at[i], "years "))
            trait_add(t, "list %s", list.at[i]);
}

static void add_beside(const struct report *r, uint32_t run, struct traits *t)
{
    add_before(r, &r->runs[run], t);
    add_apposition(r, &r->runs[run], t);
    add_list(r, run, t);
}

/* --- the name itself -------------------------------------------------- */

static void
add_form(const struct report *r, const struct named *n, struct traits *t)
{
    const struct name_run *run = &r->runs[n->first];
    const struct words *w = &r->sentences[run->sentence];
    struct country_form country;

    trait_add(t, "words %s", count_size(n->words));
    for (uint32_t i = run->first; i < run->last; i++) {
        uint32_t length;
        const char *body =
            signs_find(r->tables->signs, SIGN_BODY, w, i, &length);

        if (body)
            trait_add(t, "body %s", body);
        if (atlas_find(r->tables->atlas, w, i, &country))
            trait_add(
                t, country.length == n->words ? "country" : "holds a country");
        if (signs_region(r->tables->signs, w, i, &length))
            trait_add(t, "region");
        if (g_unichar_isupper(g_utf8_get_char(g_utf8_find_prev_char(
                w->at[i].form, w->at[i].form + strlen(w->at[i].form)))))
            trait_add(t, "capitals");
    }
}

/* --- parts in claims -------------------------------------------------- */

static const char *role_words(int role)
{
    static const char *const words[] = {
        [ROLE_ACTOR] = "actor",
        [ROLE_TARGET] = "target",
        [ROLE_PLACE] = "place",
        [ROLE_ORIGIN] = "origin",
        [ROLE_DESTINATION] = "destination",
        [SOURCE_ROLE] = "source"};

    return words[role];
}

static void
add_part(const struct report *r, const struct part *p, struct traits *t)
{
    const struct told *told = &r->page.at[p->told];
    const char *role = role_words(p->role), *in = p->is_whole ? "" : "in ";

    if (p->role == SOURCE_ROLE) {
        trait_add(t, "source");
        return;
    }
    trait_add(
        t, "%s%s of %.*s", in, role, (int)strcspn(told->act, "."), told->act);
    if (p->role == ROLE_TARGET || p->role == ROLE_ACTOR)
        trait_add(t, "%s%s of %s", in, role, told->act);
    if (told_harms(r, told))
        trait_add(
            t, "%s%s of harm%s", in, role,
            strcmp(told->stance, "asserted") ? " not asserted" : "");
}

static uint32_t most_harmed(const struct report *r)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < r->named_count; i++)
        most = MAX(most, r->named[i].harmed);
    return most;
}

static void add_parts(const struct report *r, uint32_t named, struct traits *t)
{
    const struct named *n = &r->named[named];

    for (uint32_t i = 0; i < r->part_count; i++)
        if (r->parts[i].named == named)
            add_part(r, &r->parts[i], t);
    if (!n->harmed)
        return;
    trait_add(t, "harmed %s", count_size(n->harmed));
    if (n->harmed == most_harmed(r))
        trait_add(t, "most harmed");
}

struct traits victim_traits(const struct report *r, uint32_t named)
{
    const struct named *n = &r->named[named];
    struct traits t = {.a = r->a};

    trait_add(&t, "runs %s", count_size(n->runs));
    trait_add(&t, "depth %s", sentence_depth(r->runs[n->first].sentence));
    if (n->in_title)
        trait_add(&t, "in title");
    add_form(r, n, &t);
    for (uint32_t i = n->first; i < r->run_count; i++) {
        if (r->runs[i].named != named)
            continue;
        add_beside(r, i, &t);
        add_next(r, &r->runs[i], &t);
        add_small_word(r, &r->runs[i], &t);
        traits_of_sentence(r, r->runs[i].sentence, &t);
    }
    add_parts(r, named, &t);
    return t;
}

/* --- kinds of victims ------------------------------------------------- */

static void add_document_types(const struct report *r, struct traits *t)
{
    uint32_t counts[VICTIM_TYPE_COUNT] = {0}, most = 0;

    for (uint32_t s = 0; s < r->page.sentence_count; s++)
        for (uint32_t i = 0; i < r->sentences[s].count; i++) {
            uint32_t length;
            const char *type = signs_find(
                r->tables->signs, SIGN_VICTIM, &r->sentences[s], i, &length);

            for (int k = 0; type && k < VICTIM_TYPE_COUNT; k++)
                counts[k] += !strcmp(type, victim_type_words[k]);
        }
    for (int k = 0; k < VICTIM_TYPE_COUNT; k++) {
        if (counts[k] > counts[most])
            most = (uint32_t)k;
        if (counts[k] > 2)
            trait_add(t, "document %s", victim_type_words[k]);
        if (counts[k] > 7)
            trait_add(t, "document often %s", victim_type_words[k]);
    }
    if (counts[most])
        trait_add(t, "most %s", victim_type_words[most]);
}

static void add_title_types(const struct report *r, struct traits *t)
{
    for (uint32_t i = 0; i < r->title.count; i++) {
        uint32_t length;
        const char *type =
            signs_find(r->tables->signs, SIGN_VICTIM, &r->title, i, &length);

        if (type)
            trait_add(t, "title is=%s", type);
    }
}

/* What is said of somebody in so many words, however it stands there. */
static void add_callings(const struct traits *beside, struct traits *t)
{
    for (uint32_t i = 0; i < beside->count; i++) {
        const char *trait = beside->at[i], *is = strstr(trait, " is=");

        if (is && strncmp(trait, "of ", 3))
            trait_add(
                t, "%s %s",
                g_str_has_prefix(trait, "before") ? "near" : "called", is + 4);
        if (strstr(trait, "office=") || strstr(trait, "age=adult"))
            trait_add(t, "called otherwise");
    }
}

static void
add_types_with(const struct report *r, const struct words *w, struct traits *t)
{
    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t length;
        const char *type =
            signs_find(r->tables->signs, SIGN_VICTIM, w, i, &length);

        if (type)
            trait_add(t, "with %s", type);
    }
}

struct traits victim_type_traits(const struct report *r, uint32_t named)
{
    struct traits t = {.a = r->a}, beside = {.a = r->a};

    for (uint32_t i = r->named[named].first; i < r->run_count; i++) {
        if (r->runs[i].named != named)
            continue;
        add_beside(r, i, &beside);
        add_types_with(r, &r->sentences[r->runs[i].sentence], &t);
    }
    add_callings(&beside, &t);
    add_title_types(r, &t);
    add_document_types(r, &t);
    return t;
}

/* --- man or woman ----------------------------------------------------- */

struct votes {
    uint32_t man, woman;
};

static void vote(struct votes *v, const char *value, uint32_t weight)
{
    if (value && !strcmp(value, "man"))
        v->man += weight;
    if (value && !strcmp(value, "woman"))
        v->woman += weight;
}

static bool is_same_name(const char *name, const struct named *n)
{
    return strstr(n->name, name) || strstr(name, n->name);
}

/* The reader found whom "she" means. */
static void vote_by_phrase(
    const struct report *r, const struct told_phrase *f, const struct named *n,
    struct votes *v)
{
    struct words w;
    uint32_t length;

    if (!f->name || !f->text || strlen(f->text) > 7 ||
        !is_same_name(f->name, n))
        return;
    w = words_cut(
        r->a, (struct str){f->text, strlen(f->text)},
        (struct span){0, (uint32_t)strlen(f->text)});
    if (w.count == 1)
        vote(v, signs_find(r->tables->signs, SIGN_SEX, &w, 0, &length), 2);
}

static void
vote_by_claims(const struct report *r, const struct named *n, struct votes *v)
{
    for (uint32_t i = 0; i < r->page.count; i++) {
        const struct told *t = &r->page.at[i];

        for (int role = 0; role < ROLE_COUNT; role++)
            vote_by_phrase(r, &t->roles[role], n, v);
        for (uint32_t s = 0; s < t->source_count; s++)
            vote_by_phrase(r, &t->sources[s], n, v);
    }
}

/* Is it a place that is named there: "in Malta", "Iceland's"? */
static bool is_place(const struct report *r, const struct name_run *run)
{
    static const char *const leads[] = {"in", "at", "near", "from", "outside"};
    const struct words *w = &r->sentences[run->sentence];
    struct country_form country;
    uint32_t length;

    for (size_t i = 0; run->first && i < G_N_ELEMENTS(leads); i++)
        if (!strcmp(w->at[run->first - 1].lower, leads[i]))
            return true;
    return atlas_find(r->tables->atlas, w, run->first, &country) ||
           signs_region(r->tables->signs, w, run->first, &length);
}

/* The word where the next of whom "she" might speak is named. */
static uint32_t next_person(const struct report *r, uint32_t run, uint32_t s)
{
    for (run++; run < r->run_count && r->runs[run].sentence <= s; run++)
        if (r->runs[run].sentence == s && !is_place(r, &r->runs[run]))
            return r->runs[run].first;
    return r->sentences[s].count;
}

/* The first word after the name that tells, before somebody else is named. */
static void vote_by_words(const struct report *r, uint32_t run, struct votes *v)
{
    uint32_t first = r->runs[run].sentence, from = r->runs[run].last;
    uint32_t end = MIN(r->page.sentence_count, first + 2);

    for (uint32_t s = first; s < end; s++, from = 0) {
        const struct words *w = &r->sentences[s];
        uint32_t stop = next_person(r, run, s), length;

        for (uint32_t i = from; i < stop; i++) {
            const char *sex =
                signs_find(r->tables->signs, SIGN_SEX, w, i, &length);

            if (sex) {
                vote(v, sex, 1);
                return;
            }
        }
        if (stop < w->count)
            return;
    }
}

/* "man" of "title man", "led by sex=man" */
static const char *last_word(const char *trait)
{
    const char *value = strrchr(trait, '=');

    return (value ? value : strrchr(trait, ' ')) + 1;
}

const char *person_sex(const struct report *r, uint32_t named)
{
    struct votes v = {0};

    for (uint32_t i = r->named[named].first; i < r->run_count; i++) {
        struct traits t = {.a = r->a};

        if (r->runs[i].named != named)
            continue;
        add_before(r, &r->runs[i], &t);
        add_list(r, i, &t);
        for (uint32_t n = 0; n < t.count; n++)
            if (g_str_has_prefix(t.at[n], "title ") ||
                g_str_has_prefix(t.at[n], "list led by sex=") ||
                g_str_has_prefix(t.at[n], "led by sex="))
                vote(&v, last_word(t.at[n]), 3);
        vote_by_words(r, i, &v);
    }
    vote_by_claims(r, &r->named[named], &v);
    return v.man > v.woman ? "man" : v.woman > v.man ? "woman" : NULL;
}

/* --- child or adult --------------------------------------------------- */

/* What the words beside a name tell of an age. */
struct ages {
    bool years_child, years_adult; /* in figures */
    bool child, adult;
};

static void add_ages(const struct traits *t, struct ages *out)
{
    for (uint32_t n = 0; n < t->count; n++) {
        const char *trait = t->at[n];

        out->years_child |= !strcmp(trait, "years child");
        out->years_adult |= !strcmp(trait, "years adult");
        out->child |= strstr(trait, "age=child") && strncmp(trait, "before", 6);
        out->adult |= strstr(trait, "age=adult") || strstr(trait, " is=") ||
                      strstr(trait, "office=") ||
                      g_str_has_prefix(trait, "title ");
    }
}

/* Does what is told of somebody tell an adult: who speaks in public, leads,
   is tried or dismissed? */
static bool acts_as_adult(const struct report *r, uint32_t named)
{
    static const char *const families[] = {"justice",      "politics",
                                           "speech",       "relation.lead",
                                           "relation.own", "relation.member"};

    for (uint32_t i = 0; i < r->part_count; i++) {
        const struct part *p = &r->parts[i];

        if (p->named != named)
            continue;
        if (p->role == SOURCE_ROLE)
            return true;
        for (size_t n = 0; n < G_N_ELEMENTS(families); n++)
            if (g_str_has_prefix(r->page.at[p->told].act, families[n]))
                return true;
    }
    return false;
}

const char *person_age(const struct report *r, uint32_t named)
{
    struct ages told = {0};

    for (uint32_t i = r->named[named].first; i < r->run_count; i++) {
        struct traits t = {.a = r->a};

        if (r->runs[i].named != named)
            continue;
        add_beside(r, i, &t);
        add_ages(&t, &told);
    }
    if (told.years_child || told.years_adult)
        return told.years_child ? "child" : "adult";
    if (told.child)
        return "child";
    return told.adult || acts_as_adult(r, named) ? "adult" : NULL;
}
