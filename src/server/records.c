#include "server/records.h"
#include "server/members.h"
#include "server/shapes.h"

#include <string.h>

/* --- reasons -------------------------------------------------------------- */

void member_reasons(struct call *c, const char *lines)
{
    g_auto(GStrv) each = g_strsplit(lines, "\n", -1);

    json_builder_set_member_name(c->json, "reasons");
    json_builder_begin_array(c->json);
    for (char **line = each; *line; line++) {
        char *words;
        double weight = g_ascii_strtod(*line, &words);

        json_builder_begin_object(c->json);
        member_text(c->json, "words", g_strchug(words));
        member_real(c->json, "weight", weight);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

/* --- rulings -------------------------------------------------------------- */

struct gathering {
    struct call *c;
    uint32_t party, other;
    GArray *found; /* struct record_row */
};

static bool concerns(const struct gathering *g, const struct record_row *r)
{
    const struct index *x = g->c->server->index;
    uint32_t one = index_find_party(x, (uint64_t)r->one);
    uint32_t other = index_find_party(x, (uint64_t)r->other);

    if (g->other == NOWHERE)
        return one == g->party || other == g->party;
    return (one == g->party && other == g->other) ||
           (one == g->other && other == g->party);
}

static void gather(const struct record_row *r, void *self)
{
    struct gathering *g = self;
    struct record_row kept = *r;

    if (r->what != RECORD_PARTIES || !concerns(g, r))
        return;
    kept.who = arena_keep(g->c->arena, r->who);
    kept.at = arena_keep(g->c->arena, r->at);
    kept.words = arena_keep(g->c->arena, r->words);
    g_array_append_val(g->found, kept);
}

/* Does a later one hold instead? */
static bool is_undone(const GArray *all, guint at)
{
    const struct record_row *r = &g_array_index(all, struct record_row, at);

    for (guint i = at + 1; i < all->len; i++) {
        const struct record_row *later =
            &g_array_index(all, struct record_row, i);

        if ((later->one == r->one && later->other == r->other) ||
            (later->one == r->other && later->other == r->one))
            return true;
    }
    return false;
}

static const char *ruling_words(struct call *c, const struct record_row *r)
{
    static const char *const held[] = {
        [RULING_SAME] = "the same",
        [RULING_APART] = "not the same",
        [RULING_OPEN] = "perhaps the same, or not"};

    return arena_print(
        c->arena, "p%" G_GINT64_FORMAT " and p%" G_GINT64_FORMAT " are %s%s%s",
        r->one, r->other, held[r->ruling], r->words ? ": " : "",
        r->words ? r->words : "");
}

struct review_cursor cursor_of_parties(void)
{
    struct review_cursor cursor = {0};

    for (int i = 0; i < RECORD_COUNT; i++)
        cursor.last[i] = i == RECORD_PARTIES ? 0 : INT64_MAX;
    return cursor;
}

bool member_rulings(struct call *c, uint32_t party, uint32_t other)
{
    struct review_cursor cursor = cursor_of_parties();
    struct gathering g = {
        c, party, other, g_array_new(FALSE, FALSE, sizeof(struct record_row))};
    struct arena *a = arena_new();
    GError *error = NULL;

    json_builder_set_member_name(c->json, "rulings");
    json_builder_begin_array(c->json);
    if (case_each_review(c->server->k, a, &cursor, gather, &g, &error))
        for (guint i = g.found->len; i-- > 0;) {
            struct record_row *r =
                &g_array_index(g.found, struct record_row, i);

            r->undone = is_undone(g.found, i);
            shape_record(c, r, ruling_words(c, r));
        }
    json_builder_end_array(c->json);
    if (error)
        call_fail(c, error);
    g_array_free(g.found, TRUE);
    arena_free(a);
    return !c->is_refused;
}
