/*
 * explain.c - why a claim was read: its document is read once more, and what
 * the rooms found on the way is told.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/journey.h"

static const char about[] =
    "Reads the claim's document once more and tells on what the claim rests:\n"
    "the rows of the tables, the tree and how sure each of its arcs is, why\n"
    "the words were taken for someone's, how the time was resolved.\n"
    "\n"
    "Example:\n"
    "  attest explain c12";

/* The claim as the document tells it now. */
struct retold {
    struct arena *a;
    const struct claim_row *row;
    const struct document_row *document;
    const struct text *text;
    const struct findings *findings;
    const struct claim *claim;
    const struct sentence *s;
};

static const char *form_of(const struct retold *r, uint32_t token)
{
    return r->s->tokens[token].form;
}

/* "lexicon/verbs.tsv, line 12: kill" */
static const char *
row_words(struct arena *a, const struct lexicon_row *row, const char *without)
{
    return row ? arena_print(
                     a, "lexicon/%s, line %u: %s", row->table, row->line,
                     row->words)
               : without;
}

/* --- the tree ---------------------------------------------------------- */

enum { TREE_DEPTH_MOST = 12 };

static bool spans_meet(const struct spans *s, struct span at)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->at[i].from < at.to && at.from < s->at[i].to)
            return true;
    return false;
}

/* What the token is in the claim, or "". */
static const char *part_of(const struct retold *r, uint32_t token)
{
    const struct claim *c = r->claim;
    struct span at = r->s->tokens[token].span;

    if (spans_meet(&c->trigger, at))
        return "act";
    for (int i = 0; i < ROLE_COUNT; i++)
        if (spans_meet(&c->roles[i].spans, at))
            return role_word((enum role)i);
    if (spans_meet(&c->time.spans, at))
        return "time";
    for (uint32_t k = c->attribution; k != NO_ATTRIBUTION;
         k = r->findings->attributions[k].parent) {
        if (spans_meet(&r->findings->attributions[k].source.spans, at))
            return "source";
        if (spans_meet(&r->findings->attributions[k].cue, at))
            return "says";
    }
    return "";
}

static void print_node(const struct retold *r, uint32_t token, uint32_t depth)
{
    const struct token *t = &r->s->tokens[token];
    int indent = 2 * (int)MIN(depth, TREE_DEPTH_MOST);
    const char *part = part_of(r, token);
    GString *word = g_string_new(NULL);

    append_plain(word, t->form);
    printf(
        "  %*s%s%*s %-5s %-12s %3.0f %%%s%s\n", indent, "", word->str,
        MAX(0, 40 - indent - text_columns(word->str)), "", upos_word(t->upos),
        t->deprel, 100 * (double)t->arc_confidence, *part ? "  " : "", part);
    g_string_free(word, TRUE);
}

/* Heads before what hangs on them, else in the order of the text. */
static void print_tree(const struct retold *r)
{
    const struct sentence *s = r->s;
    uint32_t *path = arena_make(r->a, uint32_t, s->token_count + 1);
    uint32_t depth = 0, from = 0, token = NO_TOKEN;

    for (uint32_t i = 0; i < s->token_count; i++)
        if (s->tokens[i].head == NO_TOKEN)
            token = i;
    while (token != NO_TOKEN) {
        if (from == 0)
            print_node(r, token, depth);
        path[depth] = token;
        while (from < s->token_count && s->tokens[from].head != token)
            from++;
        if (from < s->token_count) {
            token = from;
            from = 0;
            depth++;
        } else {
            from = token + 1;
            token = depth ? path[--depth] : NO_TOKEN;
        }
    }
}

/* --- the ways from word to word --------------------------------------- */

/* How many steps from `token` to `above`; NO_TOKEN if it is not above. */
static uint32_t steps_to(const struct retold *r, uint32_t token, uint32_t above)
{
    uint32_t steps = 0;

    for (; token != above; steps++) {
        token = r->s->tokens[token].head;
        if (token == NO_TOKEN)
            return NO_TOKEN;
    }
    return steps;
}

/* "beaten <-ccomp- denied -nsubj-> ministry" */
static const char *way_words(const struct retold *r, uint32_t from, uint32_t to)
{
    const char *up = form_of(r, from), *down = "";

    while (steps_to(r, to, from) == NO_TOKEN) {
        const struct token *t = &r->s->tokens[from];

        up = arena_print(
            r->a, "%s <-%s- %s", up, t->deprel, form_of(r, t->head));
        from = t->head;
    }
    while (to != from) {
        const struct token *t = &r->s->tokens[to];

        down =
            arena_print(r->a, " -%s-> %s%s", t->deprel, form_of(r, to), down);
        to = t->head;
    }
    return arena_print(r->a, "%s%s", up, down);
}

/* --- the fields -------------------------------------------------------- */

static void print_act(const struct retold *r)
{
    print_field(
        "act", arena_print(
                   r->a, "\"%s\": %s", r->row->trigger_text,
                   row_words(
                       r->a, r->claim->reasons.at[0].row,
                       strcmp(r->row->act, "other.act")
                           ? "told by the tree and the classes of words"
                           : "a verb that no table knows")));
}

static void print_role(const struct retold *r, enum role role)
{
    const struct phrase *p = &r->claim->roles[role];

    if (!p->spans.count)
        return;
    print_field(
        role_word(role),
        arena_print(
            r->a, "%s: %s", phrase_words(r->a, &r->row->roles[role]),
            p->sentence != r->claim->sentence ? "in another sentence"
            : p->head == r->claim->head
                ? "the word itself"
                : way_words(r, r->claim->head, p->head)));
}

static void print_reason(const struct retold *r, const struct reason *reason)
{
    static const char *const names[] = {
        [REASON_SUPPORT] = "lent by",
        [REASON_GOVERNOR] = "governed by",
        [REASON_WORD] = "because of",
        [REASON_NEGATION] = "negated by",
    };

    if (reason->kind != REASON_ACT)
        print_field(
            names[reason->kind],
            arena_print(
                r->a, "\"%s\": %s", form_of(r, reason->token),
                row_words(r->a, reason->row, "lexicon/classes.tsv, negation")));
}

static const struct time_expression *
time_at(const struct text *t, const struct claim *c)
{
    const struct sentence *s = &t->sentences[c->sentence];

    for (uint32_t i = 0; i < s->time_count; i++)
        if (s->tokens[s->times[i].from].span.from == c->time.spans.at[0].from)
            return &s->times[i];
    return NULL;
}

/* Read without the document's date, does the time say the same? */
static const char *day_words(const struct retold *r, const struct tools *tools)
{
    const struct document_row *d = r->document;
    const struct text *undated;
    const struct time_expression *t;

    if (!r->claim->time.first || !r->claim->time.first[0])
        return "no days can be told from these words";
    undated = language_read(tools->reader, r->a, d->text, d->body, NULL);
    t = time_at(undated, r->claim);
    if (t && !strcmp(t->first, r->claim->time.first) &&
        !strcmp(t->last, r->claim->time.last))
        return "as the text itself says";
    return arena_print(
        r->a, "counted from the document's date, %s (from: %s)", d->date,
        d->date_from ? d->date_from : "unknown");
}

static void print_time(const struct retold *r, const struct tools *tools)
{
    const char *period;

    if (!r->row->time_text || !r->claim->time.spans.count)
        return;
    period = period_words(r->a, r->row->first, r->row->last);
    print_field(
        "time", arena_print(
                    r->a, "%s%s%s: %s", r->row->time_text, period ? " = " : "",
                    period ? period : "", day_words(r, tools)));
}

/* Innermost first. */
static void print_sources(const struct retold *r)
{
    uint32_t link = r->row->source_count;

    for (uint32_t k = r->claim->attribution; k != NO_ATTRIBUTION && link;
         k = r->findings->attributions[k].parent) {
        const struct attribution *at = &r->findings->attributions[k];
        const struct source_row *s = &r->row->sources[--link];

        print_field(
            "says who",
            arena_print(
                r->a, "%s: %s holds the act, %.0f %% sure; %s",
                s->source.spans.count ? phrase_words(r->a, &s->source)
                                      : "somebody who is not named",
                at->reading, 100 * (double)at->confidence,
                row_words(
                    r->a, at->row,
                    "no table knows the cue, models/attribution.bin does")));
    }
    if (!r->row->source_count)
        print_field("says who", "the document: the act is in nobody's words");
}

static void print_confidence(const struct retold *r)
{
    const struct claim *c = r->claim;
    double product = (double)c->plainness * (double)c->weakest_arc;
    const char *rest = (double)c->confidence < product - 0.005
                           ? arena_print(
                                 r->a,
                                 " x %.2f (nobody takes part, or it is "
                                 "not simply asserted)",
                                 (double)c->confidence / product)
                           : "";

    print_field(
        "confidence",
        arena_print(
            r->a,
            "%.2f = %.2f (how plainly such words tell an act) x %.2f "
            "(the least sure arc to who takes part)%s",
            (double)c->confidence, (double)c->plainness, (double)c->weakest_arc,
            rest));
}

/* --- the whole --------------------------------------------------------- */

static const struct claim *
find_again(const struct tools *tools, const struct retold *r)
{
    for (uint32_t i = 0; i < r->findings->claim_count; i++) {
        const struct claim *c = &r->findings->claims[i];

        if (c->trigger.at[0].from == r->row->trigger.at[0].from &&
            !strcmp(lexicon_act_code(tools->lexicon, c->act), r->row->act))
            return c;
    }
    return NULL;
}

static void print_all(const struct retold *r, const struct tools *tools)
{
    print_act(r);
    for (uint32_t i = 0; i < r->claim->reasons.count; i++)
        print_reason(r, &r->claim->reasons.at[i]);
    for (int i = 0; i < ROLE_COUNT; i++)
        print_role(r, (enum role)i);
    print_time(r, tools);
    print_sources(r);
    print_field("stands at", milestone_words(r->a, r->row));
    print_confidence(r);
    printf(
        "\n  %-40s %-5s %-12s %s  %s\n", "word", "tag", "relation", " sure",
        "part");
    print_tree(r);
}

static void explain(
    struct arena *a, const struct claim_row *c, const struct document_row *d,
    void *self)
{
    const struct tools *tools = self;
    struct text *text =
        language_read(tools->reader, a, d->text, d->body, d->date);
    struct retold r = {
        .a = a,
        .row = c,
        .document = d,
        .text = text,
        .findings = claims_find(tools->lexicon, a, text, d->date)};

    print_claim_head(c);
    r.claim = find_again(tools, &r);
    if (!r.claim) {
        puts("  The tables or the models have changed since this document was "
             "read: as they\n  are now, it makes no such claim. Read it into a "
             "new case to compare.");
        return;
    }
    r.s = &text->sentences[r.claim->sentence];
    print_all(&r, tools);
}

int command_explain(int argc, char **argv)
{
    GError *error = NULL;
    struct tools tools = {0};
    int status;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "ID... - tell why claims were read", about, NULL);
    status = tools_load(&tools, &error)
                 ? show_claims(argc, argv, explain, &tools)
                 : fail(error);
    tools_unload(&tools);
    return status;
}
