/* One event in full: whose word it rests on, and where accounts differ. */
#include "server/routes.h"
#include "server/shapes.h"

/* So many claims are shown of a voice; the rest is a list's. */
enum { CLAIMS_SHOWN = 12, VOICES_SHOWN = 60 };

struct unfolding {
    struct call *c;
    const struct happening *h;
    bool denies;
    uint32_t voices;
};

static uint32_t number_of(const struct call *c, const struct told *t)
{
    return index_find_claim(c->server->index, (uint64_t)t->id);
}

/* --- voices --------------------------------------------------------------- */

static void add_voice(const GPtrArray *claims, void *self)
{
    struct unfolding *u = self;
    struct call *c = u->c;
    const struct told *first = g_ptr_array_index(claims, 0);
    const struct told *best = root_best(claims);

    if (u->voices++ >= VOICES_SHOWN || c->is_refused)
        return;
    json_builder_begin_object(c->json);
    shape_source_name(c, &c->server->index->claims[number_of(c, best)]);
    member_truth(c->json, "denies", u->denies);
    member_number(c->json, "documents", root_documents(claims));
    member_text(c->json, "root", id_words(c, 'c', (uint64_t)first->root));
    json_builder_set_member_name(c->json, "claims");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < claims->len && i < CLAIMS_SHOWN; i++)
        shape_claim(c, number_of(c, g_ptr_array_index(claims, i)));
    json_builder_end_array(c->json);
    json_builder_end_object(c->json);
}

static void add_voices(struct call *c, const struct happening *h)
{
    struct unfolding u = {c, h, false, 0};

    json_builder_set_member_name(c->json, "voices");
    json_builder_begin_array(c->json);
    happening_each_root(h, false, add_voice, &u);
    u.denies = true;
    happening_each_root(h, true, add_voice, &u);
    json_builder_end_array(c->json);
}

/* --- figures -------------------------------------------------------------- */

static void
add_figure(struct call *c, const struct happening *h, const struct toll *toll)
{
    const struct told *first = told_of(h, toll->claims[0]);

    json_builder_begin_object(c->json);
    member_text(
        c->json, "of",
        arena_print(
            c->arena, "%s, %s", first->label,
            first->count_of ? first->count_of : "of people"));
    member_real(c->json, "low", toll->low);
    member_real(c->json, "high", toll->high);
    member_real(c->json, "best", toll->best);
    json_builder_set_member_name(c->json, "said");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < toll->count && i < CLAIMS_SHOWN; i++) {
        const struct told *t = told_of(h, toll->claims[i]);

        json_builder_begin_object(c->json);
        member_real(c->json, "value", t->value);
        member_text(c->json, "words", t->count);
        member_text(c->json, "voice", t->voice);
        member_text(c->json, "claim", id_words(c, 'c', (uint64_t)t->id));
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
    json_builder_end_object(c->json);
}

static void add_figures(struct call *c, const struct happening *h)
{
    uint32_t count;
    struct toll *tolls =
        happening_figures(c->arena, digest_rules(c->server->tables), h, &count);

    json_builder_set_member_name(c->json, "figures");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++)
        add_figure(c, h, &tolls[i]);
    json_builder_end_array(c->json);
}

/* --- differences ---------------------------------------------------------- */

static void
add_side(struct call *c, const char *voice, const char *words, int64_t claim)
{
    json_builder_begin_object(c->json);
    member_text(c->json, "voice", voice);
    member_text(c->json, "words", words);
    member_text(c->json, "claim", id_words(c, 'c', (uint64_t)claim));
    json_builder_end_object(c->json);
}

static void
begin_difference(struct call *c, const char *kind, const char *words)
{
    json_builder_begin_object(c->json);
    member_text(c->json, "kind", kind);
    member_text(c->json, "words", words);
    json_builder_set_member_name(c->json, "sides");
    json_builder_begin_array(c->json);
}

static void end_difference(struct call *c)
{
    json_builder_end_array(c->json);
    json_builder_end_object(c->json);
}

static void add_stance(const GPtrArray *claims, void *self)
{
    struct unfolding *u = self;
    const struct told *best = root_best(claims);

    if (u->voices++ < VALUES_MOST)
        add_side(
            u->c, root_words(claims), u->denies ? "denies it" : "says so",
            best->id);
}

static void add_denial(struct call *c, const struct happening *h)
{
    struct unfolding u = {c, h, false, 0};

    begin_difference(c, "denied", "one says so, another denies it");
    happening_each_root(h, false, add_stance, &u);
    u = (struct unfolding){c, h, true, 0};
    happening_each_root(h, true, add_stance, &u);
    end_difference(c);
}

static const char *voices_words(struct call *c, const struct thing_value *v)
{
    const char *words = "";

    for (uint32_t i = 0; i < v->voice_count; i++)
        words =
            arena_print(c->arena, "%s%s%s", words, i ? ", " : "", v->voices[i]);
    return v->are_more ? arena_print(c->arena, "%s and others", words) : words;
}

/* Acts are told in many ways that are no difference. */
static void add_differences(struct call *c, const struct happening *h)
{
    json_builder_set_member_name(c->json, "differences");
    json_builder_begin_array(c->json);
    if (h->event->contests & CONTEST_DENIED)
        add_denial(c, h);
    for (int i = THING_ACT + 1; i < THING_COUNT; i++) {
        struct thing_value values[VALUES_MOST];
        uint32_t count = happening_values(c->arena, h, i, values);

        if (count < 2)
            continue;
        begin_difference(c, thing_words[i], thing_words[i]);
        for (uint32_t k = 0; k < count; k++)
            add_side(
                c, voices_words(c, &values[k]), values[k].words,
                values[k].first->id);
        end_difference(c);
    }
    json_builder_end_array(c->json);
}

/* --- rulings -------------------------------------------------------------- */

static void add_rulings(struct call *c, const struct happening *h)
{
    struct event_ruling_row *rows;
    uint32_t count;
    GError *error = NULL;

    if (!case_find_event_rulings(
            c->server->k, c->arena, &rows, &count, &error)) {
        call_fail(c, error);
        return;
    }
    json_builder_set_member_name(c->json, "rulings");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++) {
        bool is_here = false;

        for (uint32_t k = 0; k < h->count && !is_here; k++)
            is_here = h->claims[k]->id == rows[i].one ||
                      h->claims[k]->id == rows[i].other;
        if (is_here)
            shape_record(
                c,
                &(struct record_row){
                    .what = RECORD_EVENTS,
                    .id = rows[i].id,
                    .one = rows[i].one,
                    .other = rows[i].other,
                    .who = rows[i].who,
                    .at = rows[i].at,
                    .words = rows[i].why,
                    .ruling = rows[i].verdict},
                NULL);
    }
    json_builder_end_array(c->json);
}

/* --- the whole ------------------------------------------------------------ */

void shape_event_full(struct call *c, uint32_t event)
{
    struct index *x = c->server->index;
    const struct claim_row *head =
        claim_load(c, call_arena(c), x->events[event].head);
    struct digest digest = {0};
    GError *error = NULL;

    if (!index_digest_event(x, c->server->k, c->arena, event, &digest, &error))
        call_fail(c, error);
    if (c->is_refused)
        return;
    if (!head || !digest.happening_count) {
        call_refuse(
            c, REFUSAL_NOT_FOUND,
            "there are newer versions of its documents: the event is not in "
            "them");
        return;
    }
    json_builder_begin_object(c->json);
    shape_event_members(c, event, head);
    add_voices(c, digest.happenings);
    add_figures(c, digest.happenings);
    add_differences(c, digest.happenings);
    add_rulings(c, digest.happenings);
    json_builder_end_object(c->json);
}

void answer_event(struct call *c)
{
    uint32_t event = call_event(c, c->id[0]);

    if (event != NOWHERE)
        shape_event_full(c, event);
}
