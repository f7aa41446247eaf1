#include "server/deeds.h"

/* Enough for a day's work; the oldest are forgotten first. */
enum { DEEDS_MOST = 1000 };

static void deed_clear(struct deed *d)
{
    if (d->pairs)
        g_array_free(d->pairs, TRUE);
}

struct deed *
deed_add(struct call *c, enum record what, int64_t id, int64_t claim)
{
    struct deed d = {.what = what, .id = id, .claim = claim};
    GArray **deeds = &c->session->deeds;

    if (!*deeds)
        *deeds = g_array_new(FALSE, FALSE, sizeof(struct deed));
    if ((*deeds)->len == DEEDS_MOST) {
        deed_clear(&g_array_index(*deeds, struct deed, 0));
        g_array_remove_index(*deeds, 0);
    }
    g_array_append_val(*deeds, d);
    return deed_lookup(c);
}

void deed_add_pair(struct deed *d, struct held_pair pair)
{
    if (!d->pairs)
        d->pairs = g_array_new(FALSE, FALSE, sizeof pair);
    g_array_append_val(d->pairs, pair);
}

struct deed *deed_lookup(struct call *c)
{
    GArray *deeds = c->session->deeds;

    return deeds && deeds->len
               ? &g_array_index(deeds, struct deed, deeds->len - 1)
               : NULL;
}

void deed_drop(struct call *c)
{
    struct deed *last = deed_lookup(c);

    if (!last)
        return;
    deed_clear(last);
    g_array_set_size(c->session->deeds, c->session->deeds->len - 1);
}

void deeds_free(GArray *deeds)
{
    if (!deeds)
        return;
    for (guint i = 0; i < deeds->len; i++)
        deed_clear(&g_array_index(deeds, struct deed, i));
    g_array_free(deeds, TRUE);
}

void call_begin_change(struct call *c)
{
    g_autoptr(GDateTime) time = g_date_time_new_now_utc();
    g_autofree char *now = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");

    case_set_time(c->server->k, now);
}
