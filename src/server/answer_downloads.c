/*
 * What the filters take, as a file.
 *
 * What is in it is listed first, by rows of claims: they stay what they are
 * while others decide and the index is made anew.  Then it is printed a piece
 * at a time, as fast as the client takes it.
 */
#include "exchange/exchange.h"
#include "server/deeds.h"
#include "server/routes.h"
#include "server/shapes.h"

enum { PIECE = 100 };

struct download {
    struct call *call;
    struct arena *arena; /* of a piece */
    uint32_t *ids;       /* of claims: an event goes by its first */
    uint32_t count, at;
    /* Appends one; false where it broke off. */
    bool (*print)(struct download *d, uint32_t id, GString *out);
    void (*begin)(GString *out);
    const char *end;
};

static void download_free(void *self)
{
    struct download *d = self;

    arena_free(d->arena);
    g_free(d->ids);
    g_free(d);
}

/* --- pieces --------------------------------------------------------------- */

/* The next PIECE of them, with the call's arena ending here. */
static bool print_some(struct download *d, GString *out)
{
    uint32_t end = MIN(d->at + PIECE, d->count);
    struct arena *lasting = d->call->arena;
    bool good = true;

    d->call->arena = d->arena;
    while (good && d->at < end)
        good = d->print(d, d->ids[d->at++], out);
    d->call->arena = lasting;
    arena_reset(d->arena);
    return good;
}

static bool print_piece(GString *out, void *self)
{
    struct download *d = self;

    if (!d->at)
        d->begin(out);
    if (!d->call->server->index || !print_some(d, out)) {
        g_string_append(out, "\r\nthe rest is missing: ask again\r\n");
        return false;
    }
    if (d->at < d->count)
        return true;
    g_string_append(out, d->end);
    return false;
}

/* --- JSON ----------------------------------------------------------------- */

static void begin_json(GString *out)
{
    g_string_append(out, "[\n");
}

/* What the builder holds, which is empty then. */
static void take_json(struct download *d, GString *out)
{
    GString *text = members_print(d->call->json);

    if (d->at > 1)
        g_string_append(out, ",\n");
    g_string_append_len(out, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    json_builder_reset(d->call->json);
}

static bool print_claim_json(struct download *d, uint32_t id, GString *out)
{
    uint32_t claim = index_find_claim(d->call->server->index, id);

    if (claim == NOWHERE || !shape_claim(d->call, claim))
        return false;
    take_json(d, out);
    return true;
}

static bool print_event_json(struct download *d, uint32_t id, GString *out)
{
    uint32_t event = index_find_event(d->call->server->index, id);

    if (event == NOWHERE || !shape_event(d->call, event))
        return false;
    take_json(d, out);
    return true;
}

/* --- CSV ------------------------------------------------------------------ */

static void begin_claims(GString *out)
{
    csv_append_head(out);
    g_string_append(out, ",verdict,event,support,deniers");
    csv_end_row(out);
}

static void
append_review(struct call *c, const struct index_claim *claim, GString *out)
{
    const struct index *x = c->server->index;
    uint32_t event = index_event_of(claim);
    const struct index_event *e = event == NOWHERE ? NULL : &x->events[event];

    csv_append_cell(out, verdict_word((enum verdict)claim->verdict));
    csv_append_cell(out, e ? id_words(c, 'e', x->claims[e->first].id) : NULL);
    csv_append_number(out, e ? e->support : 0);
    csv_append_number(out, e ? e->deniers : 0);
}

static bool print_claim_row(struct download *d, uint32_t id, GString *out)
{
    struct call *c = d->call;
    uint32_t claim = index_find_claim(c->server->index, id);
    const struct claim_row *row =
        claim == NOWHERE ? NULL : claim_load(c, c->arena, claim);

    if (!row)
        return false;
    csv_append_claim(out, row);
    append_review(c, &c->server->index->claims[claim], out);
    csv_end_row(out);
    return true;
}

static void begin_events(GString *out)
{
    g_string_append(
        out, "id,act,label,actor,target,place,from,to,claims,documents,"
             "publishers,support,deniers,denied,figures,days,actors");
    csv_end_row(out);
}

static const char *words_of(const struct phrase_row *p)
{
    return p->name ? p->name : p->text;
}

static void
append_days(struct call *c, const struct index_claim *head, GString *out)
{
    bool is_told = !(head->marks & MARK_REPORTED);

    csv_append_cell(
        out, is_told ? index_day_words(c->arena, head->first) : NULL);
    csv_append_cell(
        out, is_told ? index_day_words(c->arena, head->last) : NULL);
}

static void append_counts(const struct index_event *e, GString *out)
{
    enum { CONTESTS = 4 };
    const uint32_t counts[] = {
        e->claims, e->documents, e->publishers, e->support, e->deniers};

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        csv_append_number(out, counts[i]);
    for (int i = 0; i < CONTESTS; i++)
        csv_append_number(out, e->contests >> i & 1);
}

static bool print_event_row(struct download *d, uint32_t id, GString *out)
{
    struct call *c = d->call;
    const struct index *x = c->server->index;
    uint32_t event = index_find_event(x, id);
    const struct index_event *e = event == NOWHERE ? NULL : &x->events[event];
    const struct claim_row *row = e ? claim_load(c, c->arena, e->head) : NULL;

    if (!row)
        return false;
    csv_append_cell(out, id_words(c, 'e', x->claims[e->first].id));
    csv_append_cell(out, index_act(x, x->claims[e->head].act));
    csv_append_cell(out, index_act_label(x, x->claims[e->head].act));
    csv_append_cell(out, words_of(&row->roles[ROLE_ACTOR]));
    csv_append_cell(out, words_of(&row->roles[ROLE_TARGET]));
    csv_append_cell(out, words_of(&row->roles[ROLE_PLACE]));
    append_days(c, &x->claims[e->head], out);
    append_counts(e, out);
    csv_end_row(out);
    return true;
}

/* --- answers -------------------------------------------------------------- */

/* What is handed out is on record; of a case that nobody may change it cannot
   be. */
static bool log_download(struct call *c, const char *file_name, uint32_t count)
{
    struct server *s = c->server;
    g_autofree char *particulars =
        g_strdup_printf("{\"file\":\"%s\",\"rows\":%u}", file_name, count);
    GError *error = NULL;

    if (s->options->is_read_only)
        return true;
    call_begin_change(c);
    if (case_log(s->k, "export", particulars, &error))
        return true;
    call_fail(c, error);
    return false;
}

/* Takes: `d`, whose ids are filled in from claims. */
static void send(
    struct call *c, struct download *d, const char *media_type,
    const char *file_name)
{
    d->call = c;
    d->arena = arena_new();
    if (!log_download(c, file_name, d->count)) {
        download_free(d);
        return;
    }
    call_stream(c, media_type, file_name, print_piece, d, download_free);
}

static struct download *list_claims(struct call *c)
{
    const struct index *x = c->server->index;
    struct filter *f = filter_of_call(c);
    struct download *d;

    if (!f)
        return NULL;
    d = g_new0(struct download, 1);
    d->ids = g_new(uint32_t, (gsize)x->claims_count + 1);
    for (uint32_t i = 0; i < x->claims_count; i++)
        if (!filter_misses(f, i))
            d->ids[d->count++] = x->claims[i].id;
    return d;
}

static struct download *list_events(struct call *c)
{
    const struct index *x = c->server->index;
    struct filter *f = filter_of_call(c);
    struct download *d;
    uint32_t *events, total;

    if (!f)
        return NULL;
    d = g_new0(struct download, 1);
    events = index_list_events(
        f, c->arena, EVENTS_SUPPORT, 0, x->events_count, &d->count, &total);
    d->ids = g_new(uint32_t, (gsize)d->count + 1);
    for (uint32_t i = 0; i < d->count; i++)
        d->ids[i] = x->claims[x->events[events[i]].first].id;
    return d;
}

static const char csv_type[] = "text/csv; charset=utf-8";
static const char json_type[] = "application/json; charset=utf-8";

void answer_claims_csv(struct call *c)
{
    struct download *d = list_claims(c);

    if (!d)
        return;
    d->begin = begin_claims;
    d->print = print_claim_row;
    d->end = "";
    send(c, d, csv_type, "claims.csv");
}

void answer_claims_json(struct call *c)
{
    struct download *d = list_claims(c);

    if (!d)
        return;
    d->begin = begin_json;
    d->print = print_claim_json;
    d->end = "\n]\n";
    send(c, d, json_type, "claims.json");
}

void answer_events_csv(struct call *c)
{
    struct download *d = list_events(c);

    if (!d)
        return;
    d->begin = begin_events;
    d->print = print_event_row;
    d->end = "";
    send(c, d, csv_type, "events.csv");
}

void answer_events_json(struct call *c)
{
    struct download *d = list_events(c);

    if (!d)
        return;
    d->begin = begin_json;
    d->print = print_event_json;
    d->end = "\n]\n";
    send(c, d, json_type, "events.json");
}
