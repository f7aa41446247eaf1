/*
 * Voices of an event: sources that the texts name count by their key; where
 * documents speak for themselves, the copies of one text are one voice, and
 * so are all documents of one publisher.
 */
#include "events/voices.h"
#include "events/union.h"

#include <string.h>

static int compare_groups(const void *x, const void *y, void *self)
{
    const struct event_claim *claims = self;
    const struct event_claim *a = &claims[*(const uint32_t *)x];
    const struct event_claim *b = &claims[*(const uint32_t *)y];

    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    return a->copy_of < b->copy_of ? -1 : a->copy_of > b->copy_of;
}

static int compare_voices(const void *x, const void *y, void *self)
{
    const struct event_claim *claims = self;
    const struct event_claim *a = &claims[*(const uint32_t *)x];
    const struct event_claim *b = &claims[*(const uint32_t *)y];

    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    return g_strcmp0(a->voice, b->voice);
}

/* Sorts the claims listed and joins neighbours that are equal. */
static void join_equal(
    const struct event_claim *claims, uint32_t *order, uint32_t count,
    GCompareDataFunc compare, uint32_t *parents)
{
    g_qsort_with_data(
        order, (int)count, sizeof(*order), compare, (void *)claims);
    for (uint32_t i = 1; i < count; i++)
        if (!compare(&order[i - 1], &order[i], (void *)claims))
            set_join(parents, order[i - 1], order[i]);
}

void count_voices(
    const struct event_claim *claims, uint32_t count, struct event *events)
{
    g_autofree uint32_t *parents = g_new(uint32_t, count);
    g_autofree uint32_t *order = g_new(uint32_t, count);
    uint32_t listed = 0;

    for (uint32_t i = 0; i < count; i++) {
        parents[i] = i;
        if (claims[i].voice)
            order[listed++] = i;
    }
    join_equal(claims, order, listed, compare_voices, parents);
    listed = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!claims[i].voice || !claims[i].voice_is_source)
            order[listed++] = i;
    join_equal(claims, order, listed, compare_groups, parents);
    for (uint32_t i = 0; i < count; i++)
        events[claims[i].event].support += set_find(parents, i) == i;
}
