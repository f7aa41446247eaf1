/*
 * A claim as an event: which one it would be if it had happened (a rule),
 * what it is an event of as the text puts it (planned, demanded, denied), and
 * who its actors and recipients are.
 */
#include "exchange/plover.h"

#include <string.h>

enum { REACH = 14 }; /* words after the act in which a recipient may be named */

/* --- parties ---------------------------------------------------------- */

static void add_coded(
    struct parties *out, const char *text, const char *name,
    const struct coding *c)
{
    if (out->count < PARTIES_MOST)
        out->at[out->count++] =
            (struct party){.text = text, .name = name, .coding = *c};
}

/* One entry a country: "Ethiopian and Eritrean troops" are two parties. */
static void add_party(
    struct parties *out, const char *text, const char *name,
    const struct coding *c)
{
    struct coding one = *c;

    if (c->code_count < 2) {
        add_coded(out, text, name, c);
        return;
    }
    one.code_count = 1;
    for (uint32_t i = 0; i < c->code_count; i++) {
        one.codes[0] = c->codes[i];
        add_coded(out, text, name, &one);
    }
}

/* What the name tells and the words do not. */
static void complete(struct coding *c, const struct coding *by_name)
{
    if (!c->code_count &&
        (!c->sector_count || c->is_weak || !by_name->sector_count)) {
        memcpy(c->codes, by_name->codes, sizeof(c->codes));
        c->code_count = by_name->code_count;
    }
    if (!c->sector_count) {
        memcpy(c->sectors, by_name->sectors, sizeof(c->sectors));
        c->sector_count = by_name->sector_count;
    }
}

static const char *span_copy(const struct coding_page *p, struct span s)
{
    struct str text = span_text(p->page->document->text, s);

    return arena_copy(p->a, text.at, text.len);
}

static void add_words(
    const struct coding_page *p, struct parties *out, const char *text,
    const char *name)
{
    const struct atlas *t = p->coder->atlas;
    struct coding c = atlas_code(t, p->a, text), by_name;

    if (name && strcmp(name, text)) {
        by_name = atlas_code(t, p->a, name);
        complete(&c, &by_name);
    }
    add_party(out, text, name, &c);
}

static void add_phrase(
    const struct coding_page *p, struct parties *out,
    const struct told_phrase *f)
{
    for (uint32_t i = 0; i < f->spans.count; i++)
        add_words(
            p, out, span_copy(p, f->spans.at[i]),
            f->spans.count == 1 ? f->name : NULL);
}

static bool is_told_of(const struct parties *who)
{
    for (uint32_t i = 0; i < who->count; i++)
        if (who->at[i].coding.code_count || who->at[i].coding.sector_count)
            return true;
    return false;
}

static bool has_country(const struct parties *who)
{
    for (uint32_t i = 0; i < who->count; i++)
        if (who->at[i].coding.code_count)
            return true;
    return false;
}

/* The last of the sources, who says the rest. */
static const struct told_phrase *last_source(const struct told *t)
{
    const struct told_phrase *s =
        t->source_count ? &t->sources[t->source_count - 1] : NULL;

    return s && s->spans.count ? s : NULL;
}

/* Who acts; a pronoun that nobody could be found for is who says so, where
   he speaks of what he will do or denies what he did. */
static void add_actor(
    const struct coding_page *p, struct parties *out, const struct told *t)
{
    const struct told_phrase *actor = &t->roles[ROLE_ACTOR];
    const struct told_phrase *source = last_source(t);

    if (actor->spans.count == 1 && !actor->name && source &&
        strcmp(t->stance, "asserted") &&
        atlas_is_pronoun(p->coder->atlas, span_copy(p, actor->spans.at[0])))
        actor = source;
    add_phrase(p, out, actor);
}

/* --- what stands after the act ---------------------------------------- */

static uint32_t word_after(const struct words *w, uint32_t byte)
{
    uint32_t i = 0;

    while (i < w->count && w->at[i].span.from < byte)
        i++;
    return i;
}

static uint32_t word_at(const struct words *w, uint32_t byte)
{
    uint32_t i = 0;

    while (i < w->count && w->at[i].span.to <= byte)
        i++;
    return i;
}

/* Where the part of a phrase that begins at word `i` ends. */
static uint32_t
part_end(const struct coding_page *p, const struct words *w, uint32_t i)
{
    do {
        if (w->at[i++].ends_clause)
            return i;
    } while (i < w->count && !atlas_parts(p->coder->atlas, w->at[i].lower));
    return i;
}

static bool is_same_country(const struct parties *who, const struct coding *c)
{
    for (uint32_t i = 0; i < who->count; i++)
        if (who->at[i].coding.code_count && c->code_count &&
            !strcmp(who->at[i].coding.codes[0], c->codes[0]))
            return true;
    return false;
}

/* Takes the part of a phrase from word `i` on if it names a country or a body
   of nations other than the actor's. */
static bool take_part(
    const struct coding_page *p, const struct words *w, uint32_t i,
    struct coded *e)
{
    uint32_t end = part_end(p, w, i);
    const char *text =
        span_copy(p, (struct span){w->at[i].span.from, w->at[end - 1].span.to});
    struct coding c = atlas_code(p->coder->atlas, p->a, text);

    if (is_same_country(&e->actors, &c))
        return false;
    if (!c.code_count && (!c.sector_count || strcmp(c.sectors[0], "IGO")))
        return false;
    e->recipients.count = 0;
    add_party(&e->recipients, text, NULL, &c);
    return true;
}

/* "signed an agreement with Egypt", "warned Egypt": the reader makes no role
   of these, the words tell them. */
static void look_after(const struct coding_page *p, struct coded *e)
{
    const struct words *w = &p->words[e->told->sentence];
    struct spans trigger = e->told->trigger;
    uint32_t i = word_after(w, trigger.at[trigger.count - 1].to);
    uint32_t end = MIN(w->count, i + REACH);

    if (i < end && !e->told->id && take_part(p, w, i, e))
        return;
    for (; i + 1 < end; i++) {
        if (atlas_leads(p->coder->atlas, w->at[i].lower) &&
            take_part(p, w, i + 1, e))
            return;
        if (w->at[i].ends_clause)
            return;
    }
}

/* --- rules ------------------------------------------------------------ */

static struct words
phrase_words(const struct coding_page *p, const struct told_phrase *f)
{
    struct str text = {f->text ? f->text : "", f->text ? strlen(f->text) : 0};

    return words_cut(p->a, text, (struct span){0, (uint32_t)text.len});
}

struct sight {
    struct view view;
    struct words actor, target;
    struct coding actor_coding, target_coding;
};

static struct coding
phrase_coding(const struct coding_page *p, const struct told_phrase *f)
{
    struct parties who = {0};

    add_phrase(p, &who, f);
    return who.count ? who.at[0].coding : (struct coding){0};
}

static void
see(const struct coding_page *p, const struct told *t, struct sight *s)
{
    const struct words *w = &p->words[t->sentence];
    const struct told_phrase *actor = &t->roles[ROLE_ACTOR],
                             *target = &t->roles[ROLE_TARGET];

    s->actor = phrase_words(p, actor);
    s->target = phrase_words(p, target);
    s->actor_coding = phrase_coding(p, actor);
    s->target_coding = phrase_coding(p, target);
    s->view = (struct view){
        .words = w,
        .first = word_at(w, t->trigger.at[0].from),
        .last = word_after(w, t->trigger.at[t->trigger.count - 1].to),
        .trigger = &t->trigger,
        .actor = &s->actor,
        .target = &s->target,
        .actor_coding = &s->actor_coding,
        .target_coding = &s->target_coding,
        .stance = t->stance,
    };
}

static void find_rule(const struct coding_page *p, struct coded *e)
{
    const struct rules *rules = p->coder->rules;
    struct sight s;

    see(p, e->told, &s);
    e->rule = rules_find(rules, e->told->act, &s.view);
    if (!e->rule || !*e->rule->type)
        return;
    e->raw_type = e->rule->type;
    e->raw_mode = *e->rule->mode ? e->rule->mode
                                 : rules_mode(rules, e->raw_type, &s.view);
}

/* --- what an event is about ------------------------------------------- */

static bool is_word_about_others(const char *type)
{
    static const char *const types[] = {"REQUEST", "REJECT", "THREATEN",
                                        "ACCUSE",  "AGREE",  "CONCEDE",
                                        "SUPPORT", NULL};

    return g_strv_contains(types, type);
}

/* The next event in the sentence after a word about others. */
static const struct coded *find_inner(const struct coding_page *p, uint32_t i)
{
    uint32_t sentence = p->events[i].told->sentence;

    for (uint32_t n = i + 1; n < p->page->count; n++) {
        if (p->events[n].told->sentence != sentence)
            return NULL;
        if (p->events[n].raw_type)
            return &p->events[n];
    }
    return NULL;
}

/* The mode of a word about others, by what it is about or by its words. */
static const char *mode_about(
    const struct coding_page *p, const struct coded *e,
    const struct coded *inner, const char *type)
{
    struct sight s;

    see(p, e->told, &s);
    if (inner) {
        s.view.inner = inner->raw_type;
        s.view.inner_mode = inner->raw_mode;
    }
    return rules_mode(p->coder->rules, type, &s.view);
}

/* --- casting ---------------------------------------------------------- */

static void cast_roles(const struct coding_page *p, struct coded *e)
{
    const struct told_phrase *roles = e->told->roles;
    struct parties target = {0};

    switch (e->rule->casting) {
    case CASTING_SUBJECT:
        add_phrase(
            p, &e->actors,
            &roles[roles[ROLE_TARGET].spans.count ? ROLE_TARGET : ROLE_ACTOR]);
        return;
    case CASTING_REVERSE:
        add_phrase(p, &e->actors, &roles[ROLE_TARGET]);
        add_phrase(p, &e->recipients, &roles[ROLE_ACTOR]);
        return;
    case CASTING_ALONE:
        add_actor(p, &e->actors, e->told);
        return;
    case CASTING_DESTINATION:
        add_actor(p, &e->actors, e->told);
        add_phrase(p, &e->recipients, &roles[ROLE_DESTINATION]);
        return;
    case CASTING_PLAIN:
    case CASTING_BOTH:
    case CASTING_COUNT:
        add_actor(p, &e->actors, e->told);
        add_phrase(p, &target, &roles[ROLE_TARGET]);
        e->recipients = target;
        break;
    }
}

/* "a delegation from China" */
static void add_origin(const struct coding_page *p, struct coded *e)
{
    struct parties origin = {0};

    if (strcmp(e->raw_type, "CONSULT") || e->recipients.count != 1 ||
        has_country(&e->recipients))
        return;
    add_phrase(p, &origin, &e->told->roles[ROLE_ORIGIN]);
    if (has_country(&origin))
        complete(&e->recipients.at[0].coding, &origin.at[0].coding);
}

/* A thing is no recipient: wheat, a road, a resolution. */
static void drop_things(struct coded *e)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < e->recipients.count; i++) {
        const struct party *one = &e->recipients.at[i];

        if (one->coding.code_count || one->coding.sector_count || one->name)
            e->recipients.at[kept++] = *one;
    }
    e->recipients.count = kept;
}

/* Who acts together acts on each other: the first on the rest. */
static void part_actors(struct coded *e)
{
    if (e->rule->casting != CASTING_BOTH)
        return;
    if (!e->recipients.count && e->actors.count > 1) {
        e->recipients.count = e->actors.count - 1;
        memcpy(
            e->recipients.at, &e->actors.at[1],
            e->recipients.count * sizeof(*e->actors.at));
        e->actors.count = 1;
    }
    e->is_reciprocal = e->actors.count && e->recipients.count;
}

static bool may_look_after(const struct coded *e)
{
    return e->rule->casting != CASTING_ALONE &&
           e->rule->casting != CASTING_SUBJECT &&
           e->rule->casting != CASTING_REVERSE && e->actors.count &&
           (!e->recipients.count ||
            (!has_country(&e->recipients) && is_word_about_others(e->type)));
}

/* The parties of an event that a claim tells in its own right. */
static void cast_plain(const struct coding_page *p, struct coded *e)
{
    cast_roles(p, e);
    add_origin(p, e);
    drop_things(e);
    if (e->rule->casting == CASTING_BOTH && e->actors.count > 1)
        part_actors(e);
    else if (may_look_after(e))
        look_after(p, e);
    part_actors(e);
}

/* Demands go from who says so to who is to act; denials from who says so. */
static void cast_turned(const struct coding_page *p, struct coded *e)
{
    const struct told_phrase *source = last_source(e->told);
    bool is_denial = !strcmp(e->told->stance, "denied");

    if (strcmp(e->type, "REQUEST") && !is_denial) {
        cast_plain(p, e);
        return;
    }
    if (source)
        add_phrase(p, &e->actors, source);
    if (!is_denial)
        add_phrase(p, &e->recipients, &e->told->roles[ROLE_ACTOR]);
    drop_things(e);
    if (is_same_country(
            &e->actors, e->recipients.count ? &e->recipients.at[0].coding
                                            : &(struct coding){0}))
        e->recipients.count = 0;
}

/* What becomes of the raw event as the text puts it. */
static void turn(const struct coding_page *p, struct coded *e)
{
    const char *type = e->raw_type, *mode = "=";

    if (!e->rule->has_stance &&
        !rules_turn(p->coder->rules, e->told->stance, &type, &mode))
        return;
    e->type = type;
    e->is_turned = strcmp(type, e->raw_type) || !mode;
    e->mode = mode && !strcmp(mode, "=") ? e->raw_mode : mode;
    if (!mode)
        e->mode = mode_about(p, e, e, type);
}

static void cast_one(const struct coding_page *p, uint32_t i)
{
    struct coded *e = &p->events[i];

    if (!e->raw_type)
        return;
    turn(p, e);
    if (!e->type)
        return;
    if (!e->is_turned && is_word_about_others(e->type) && !*e->rule->mode)
        e->mode = mode_about(p, e, find_inner(p, i), e->type);
    if (e->is_turned)
        cast_turned(p, e);
    else
        cast_plain(p, e);
    /* An announcement, demand or denial needs somebody who makes it; and an
       event somebody it is about. */
    if ((e->is_turned || !e->told->id) && !is_told_of(&e->actors))
        e->type = NULL;
    if (!e->actors.count && !e->recipients.count &&
        !e->told->roles[ROLE_PLACE].spans.count)
        e->type = NULL;
}

void events_cast(struct coding_page *p)
{
    const struct page_told *page = p->page;

    p->events = arena_make(p->a, struct coded, page->count + 1);
    for (uint32_t i = 0; i < page->count; i++) {
        p->events[i].told = &page->at[i];
        find_rule(p, &p->events[i]);
    }
    for (uint32_t i = 0; i < page->count; i++)
        cast_one(p, i);
}
