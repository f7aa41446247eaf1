/* What columns tell together: rings, counts, names, days. */
#include "index/inside.h"

#include <stdio.h>
#include <string.h>

/* --- rings ---------------------------------------------------------------- */

/* Rings of those with one owner, from the last of each owner seen so far. */
static void link_one(uint32_t *next, uint32_t *last, uint32_t at)
{
    if (*last == NOWHERE) {
        next[at] = at;
    } else {
        next[at] = next[*last];
        next[*last] = at;
    }
    *last = at;
}

static uint32_t *nowhere(uint32_t count)
{
    uint32_t *all = g_new(uint32_t, (gsize)count + 1);

    for (uint32_t i = 0; i < count; i++)
        all[i] = NOWHERE;
    return all;
}

void index_link_events(struct index *x)
{
    g_autofree uint32_t *last = nowhere(x->events_count);

    x->next_of_event = g_new(uint32_t, (gsize)x->claims_count + 1);
    for (uint32_t i = 0; i < x->claims_count; i++) {
        x->next_of_event[i] = i;
        if (x->claims[i].event != NOWHERE)
            link_one(x->next_of_event, &last[x->claims[i].event], i);
    }
}

void index_link_parties(struct index *x)
{
    x->next_of_party = g_new(uint32_t, (gsize)x->sightings_count + 1);
    g_free(x->first_of_party);
    x->first_of_party = nowhere(x->parties_count);
    for (uint32_t i = 0; i < x->sightings_count; i++)
        link_one(
            x->next_of_party, &x->first_of_party[x->sightings[i].party], i);
    /* The ring's last was kept: its next is the first. */
    for (uint32_t i = 0; i < x->parties_count; i++)
        if (x->first_of_party[i] != NOWHERE)
            x->first_of_party[i] = x->next_of_party[x->first_of_party[i]];
}

/* --- counts --------------------------------------------------------------- */

static void count_one(
    struct index *x, uint32_t sighting, size_t offset, uint32_t *last,
    uint32_t claim)
{
    uint32_t party = index_party_of(x, sighting);

    if (party == NOWHERE || last[party] == claim)
        return;
    last[party] = claim;
    G_STRUCT_MEMBER(uint32_t, &x->counts[party], offset)++;
}

static void count_claims(struct index *x)
{
    g_autofree uint32_t *last = nowhere(x->parties_count);

    for (uint32_t i = 0; i < x->claims_count; i++) {
        const struct index_claim *c = &x->claims[i];

        if (c->verdict == VERDICT_REJECTED)
            continue;
        for (int r = ROLE_PLACE; r < ROLE_COUNT; r++)
            count_one(
                x, c->roles[r], offsetof(struct index_party_counts, happening),
                last, i);
    }
    for (uint32_t i = 0; i < x->claims_count; i++) {
        static const size_t offsets[] = {
            offsetof(struct index_party_counts, acting),
            offsetof(struct index_party_counts, suffering),
            offsetof(struct index_party_counts, saying)};
        const struct index_claim *c = &x->claims[i];
        const uint32_t who[] = {
            c->roles[ROLE_ACTOR], c->roles[ROLE_TARGET], c->source};

        if (c->verdict == VERDICT_REJECTED)
            continue;
        for (int k = 0; k < 3; k++) {
            uint32_t party = index_party_of(x, who[k]);

            if (party != NOWHERE)
                G_STRUCT_MEMBER(uint32_t, &x->counts[party], offsets[k])++;
        }
    }
}

/* Sightings of one document stand together. */
static void count_sightings(struct index *x)
{
    g_autofree uint32_t *last = nowhere(x->parties_count);

    for (uint32_t i = 0; i < x->sightings_count; i++) {
        const struct index_sighting *s = &x->sightings[i];

        x->counts[s->party].mentions += s->mentions;
        x->counts[s->party].documents += last[s->party] != s->document;
        last[s->party] = s->document;
    }
}

void index_count(struct index *x)
{
    g_free(x->counts);
    x->counts = g_new0(struct index_party_counts, (gsize)x->parties_count + 1);
    count_sightings(x);
    count_claims(x);
}

/* --- growing -------------------------------------------------------------- */

/* The array, moved to memory with room for one more. */
static void *grow(struct growth *g, void *at, uint32_t count, size_t size)
{
    if (count < g->room)
        return at;
    g->room = count + count / 8 + 64;
    if (g->at) {
        g->at = g_realloc_n(g->at, g->room, size);
    } else {
        g->at = g_malloc_n(g->room, size);
        memcpy(g->at, at, count * size);
    }
    return g->at;
}

uint32_t index_grow_parties(struct index *x)
{
    uint32_t count = x->parties_count;

    x->parties = grow(
        &x->inside->parties, x->parties, count, sizeof(struct index_party));
    x->parties[count] = (struct index_party){0};
    x->first_of_party = g_renew(uint32_t, x->first_of_party, (gsize)count + 2);
    return x->parties_count++;
}

uint32_t index_grow_events(struct index *x)
{
    uint32_t count = x->events_count;

    x->events =
        grow(&x->inside->events, x->events, count, sizeof(struct index_event));
    x->events[count] = (struct index_event){0};
    return x->events_count++;
}

/* --- days ----------------------------------------------------------------- */

/* As GDate counts: 1970-01-01, 9999-12-31. */
enum { EPOCH = 719163, LAST = 3652059 };

int32_t index_day(const char *iso)
{
    int year, month, day, length = 0;

    if (!iso ||
        sscanf(iso, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 ||
        length != 10 || year < 1 || month < 1 || day < 1 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return DAY_NONE;
    {
        GDate date;

        g_date_clear(&date, 1);
        g_date_set_dmy(
            &date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
        return (int32_t)g_date_get_julian(&date) - EPOCH;
    }
}

const char *index_day_words(struct arena *a, int32_t day)
{
    GDate date;

    if (day == DAY_NONE || day < 1 - EPOCH || day > LAST - EPOCH)
        return NULL;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(day + EPOCH));
    return arena_print(
        a, "%04d-%02d-%02d", g_date_get_year(&date), g_date_get_month(&date),
        g_date_get_day(&date));
}

/* --- claims --------------------------------------------------------------- */

void index_set_mark(struct index_claim *c, enum index_mark mark, bool on)
{
    c->marks =
        (uint16_t)(on ? c->marks | (unsigned)mark : c->marks & ~(unsigned)mark);
}

void index_set_days(
    struct index_claim *c, const struct claim_row *row, int32_t document_day)
{
    int32_t first = index_day(row->first), last = index_day(row->last);
    bool is_told = first != DAY_NONE || last != DAY_NONE;

    index_set_mark(c, MARK_REPORTED, !is_told);
    if (!is_told)
        first = last = document_day;
    c->first = first == DAY_NONE ? last : first;
    c->last = last == DAY_NONE ? first : last;
}

/* --- names ---------------------------------------------------------------- */

char *index_fold(const char *text)
{
    g_autofree char *apart = NULL, *small = NULL;
    GString *out;

    if (g_str_is_ascii(text))
        return g_ascii_strdown(text, -1); /* quick: most names are */
    apart = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
    if (!apart)
        return g_strdup("");
    small = g_utf8_casefold(apart, -1);
    out = g_string_sized_new(strlen(small));
    for (const char *p = small; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (!g_unichar_ismark(c))
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

uint8_t *
index_find_called(const struct index *x, struct arena *a, const char *folded)
{
    uint8_t *parties = arena_make(a, uint8_t, x->parties_count + 1);
    g_autofree uint8_t *spellings = g_new0(uint8_t, x->spellings_count + 1);

    for (uint32_t i = 0; i < x->spellings_count; i++)
        spellings[i] =
            strstr(index_string(x, x->spellings[i].folded), folded) != NULL;
    for (uint32_t i = 0; i < x->sightings_count; i++)
        if (spellings[x->sightings[i].spelling])
            parties[x->sightings[i].party] = 1;
    return parties;
}

uint8_t *
index_find_documents(const struct index *x, struct arena *a, uint32_t party)
{
    uint8_t *documents = arena_make(a, uint8_t, x->documents_count + 1);
    uint32_t first = x->first_of_party[party], at = first;

    if (first != NOWHERE)
        do {
            documents[x->sightings[at].document] = 1;
            at = x->next_of_party[at];
        } while (at != first);
    return documents;
}

const char *index_voice(const struct index *x, const struct index_claim *c)
{
    uint32_t party = index_party_of(x, c->source);

    return index_string(
        x,
        party == NOWHERE ? x->voices[c->voice].name : x->parties[party].name);
}

/* --- acts ----------------------------------------------------------------- */

const char *index_act(const struct index *x, uint32_t act)
{
    return index_string(x, x->acts[act]);
}

const char *index_act_label(const struct index *x, uint32_t act)
{
    const struct lexicon *lex = digest_lexicon(x->inside->tables);
    const char *code = index_act(x, act);

    for (uint32_t i = 0; i < lexicon_act_count(lex); i++)
        if (!strcmp(lexicon_act_code(lex, i), code))
            return lexicon_act_label(lex, i);
    return code;
}

/* --- support -------------------------------------------------------------- */

unsigned index_support(const struct index *x, const struct index_claim *c)
{
    const struct index_event *e;
    unsigned kinds;

    if (index_event_of(c) == NOWHERE)
        return 0;
    e = &x->events[c->event];
    kinds = e->support > 1 ? 1U << SUPPORT_SEVERAL : 0;
    if (e->support + e->deniers == 1 && !e->contests)
        kinds |= 1U << SUPPORT_SINGLE;
    if (e->contests)
        kinds |= 1U << SUPPORT_CONTESTED;
    if (e->deniers)
        kinds |= 1U << SUPPORT_DENIED;
    return kinds;
}

/* --- sums ----------------------------------------------------------------- */

static void sum_documents(const struct index *x, struct index_totals *t)
{
    t->first = t->last = DAY_NONE;
    for (uint32_t i = 0; i < x->documents_count; i++) {
        const struct index_document *d = &x->documents[i];

        t->copies += d->copy_of != NOWHERE;
        t->unread +=
            d->language && !language_is_read(index_string(x, d->language));
        if (d->day == DAY_NONE)
            continue;
        t->first = t->first == DAY_NONE ? d->day : MIN(t->first, d->day);
        t->last = t->last == DAY_NONE ? d->day : MAX(t->last, d->day);
    }
}

static void sum_parties(const struct index *x, struct index_totals *t)
{
    for (uint32_t i = 0; i < x->parties_count; i++) {
        const struct index_party *p = &x->parties[i];

        if (p->is_gone)
            continue;
        t->people += p->kind == NAME_PERSON;
        t->groups += p->kind == NAME_GROUP;
        t->places += p->kind == NAME_PLACE;
    }
}

struct index_totals index_sum(const struct index *x)
{
    struct index_totals t = {
        .documents = x->documents_count,
        .versions = (uint32_t)x->inside->state.last_document,
        .claims = x->claims_count};

    for (uint32_t i = 0; i < x->events_count; i++)
        t.events += x->events[i].claims > 0;
    sum_documents(x, &t);
    sum_parties(x, &t);
    return t;
}
