/* Words, names and mentions of a document in the making. */
#include "draft.h"

#include <string.h>

/* --- opening -------------------------------------------------------------- */

void draft_open(
    struct draft *d, const struct world *w, struct arena *a, uint32_t root)
{
    uint32_t script;

    *d = (struct draft){
        .w = w,
        .a = a,
        .dice = {number_mix(w->seed + 'd', root)},
        .text = g_string_new(NULL),
        .sentences = g_array_new(FALSE, TRUE, sizeof(struct sentence)),
        .entities = g_array_new(FALSE, TRUE, sizeof(struct entity)),
        .mentions = g_array_new(FALSE, TRUE, sizeof(struct mention)),
        .attributions = g_array_new(FALSE, TRUE, sizeof(struct attribution)),
        .claims = g_array_new(FALSE, TRUE, sizeof(struct claim)),
        .known = g_hash_table_new(NULL, NULL)};
    script = dice_below(&d->dice, 100);
    d->script = script < 4   ? SCRIPT_ARABIC
                : script < 7 ? SCRIPT_CYRILLIC
                             : SCRIPT_LATIN;
    d->variant = dice_below(&d->dice, 4);
    d->day = world_day(w, root);
    d->voices[0] = group_draw(w, &d->dice);
    d->voices[1] = person_draw(w, &d->dice);
    d->voices[2] = person_draw(w, &d->dice);
}

void draft_free(struct draft *d)
{
    g_string_free(d->text, TRUE);
    g_array_free(d->sentences, TRUE);
    g_array_free(d->entities, TRUE);
    g_array_free(d->mentions, TRUE);
    g_array_free(d->attributions, TRUE);
    g_array_free(d->claims, TRUE);
    g_hash_table_destroy(d->known);
}

/* --- words ---------------------------------------------------------------- */

uint32_t sentence_number(const struct draft *d)
{
    return d->sentences->len;
}

struct span put(struct draft *d, const char *words)
{
    bool starts = d->text->len == d->sentence_from;
    uint32_t from;

    if (!starts && !strchr(",.", words[0]))
        g_string_append_c(d->text, ' ');
    from = (uint32_t)d->text->len;
    g_string_append(d->text, words);
    if (starts)
        d->text->str[from] = g_ascii_toupper(d->text->str[from]);
    return (struct span){from, (uint32_t)d->text->len};
}

struct spans spans_of(const struct draft *d, struct span s)
{
    struct spans made = {arena_make(d->a, struct span, 1), 1};

    made.at[0] = s;
    return made;
}

struct span from_to(struct span first, struct span last)
{
    return (struct span){first.from, last.to};
}

struct phrase phrase_of(const struct draft *d, struct span s, uint32_t entity)
{
    struct phrase p = {
        .spans = spans_of(d, s),
        .sentence = sentence_number(d),
        .entity = entity};

    if (entity != NO_ENTITY)
        p.name = g_array_index(d->entities, struct entity, entity).name;
    return p;
}

struct phrase no_phrase(void)
{
    return (struct phrase){.sentence = NO_TOKEN, .entity = NO_ENTITY};
}

const char *name_of(const struct draft *d, struct party p)
{
    if (p.kind == NAME_PERSON)
        return person_name(d->a, p.number, d->script, d->variant);
    if (p.kind == NAME_GROUP)
        return p.number >= PAPER ? paper_name(d->a, p.number - PAPER)
                                 : group_name(d->a, p.number);
    if (p.number % 3 == 0 && d->w->town_count)
        return d->w->towns[number_mix(p.number, 't') % d->w->town_count];
    return place_name(d->a, p.number);
}

static uint32_t entity_of(struct draft *d, struct party p, bool *is_new)
{
    gpointer key = GSIZE_TO_POINTER((gsize)p.number << 2 | (gsize)p.kind);
    gpointer known = g_hash_table_lookup(d->known, key);
    struct entity e = {.kind = p.kind};

    *is_new = !known;
    if (known)
        return GPOINTER_TO_UINT(known) - 1;
    e.name = name_of(d, p);
    e.key = identity_key(d->w->words, d->a, e.name, e.kind);
    g_array_append_val(d->entities, e);
    g_hash_table_insert(d->known, key, GUINT_TO_POINTER(d->entities->len));
    return d->entities->len - 1;
}

static void
mention(struct draft *d, struct span at, uint32_t entity, bool is_name)
{
    struct mention m = {
        .span = at,
        .sentence = sentence_number(d),
        .entity = entity,
        .is_name = is_name};

    g_array_append_val(d->mentions, m);
}

struct phrase put_name(struct draft *d, struct party p)
{
    bool is_new;
    uint32_t entity = entity_of(d, p, &is_new);
    const char *words = g_array_index(d->entities, struct entity, entity).name;
    struct span at;

    if (p.kind == NAME_PERSON && !is_new && dice_percent(&d->dice, 60))
        words = person_surname(d->a, p.number, d->script);
    at = put(d, words);
    mention(d, at, entity, true);
    if (p.kind == NAME_PERSON)
        d->subject = p;
    return phrase_of(d, at, entity);
}

struct phrase put_party(struct draft *d, struct party p)
{
    bool has_article = p.kind == NAME_GROUP && p.number < PAPER;
    struct span article = has_article ? put(d, "the") : (struct span){0};
    struct phrase named = put_name(d, p);

    if (has_article)
        named.spans.at[0].from = article.from;
    return named;
}

void put_pronoun(struct draft *d)
{
    bool is_new;
    struct span at =
        put(d, !d->subject.is_known         ? "the family"
               : d->subject.number % 2 == 0 ? "he"
                                            : "she");

    if (d->subject.is_known)
        mention(d, at, entity_of(d, d->subject, &is_new), false);
}
