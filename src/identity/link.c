/*
 * Forms of names become entities.  The fullest forms come first and lay down
 * by what shorter forms they may be called ("Mustafa Karun": Mustafa, Karun,
 * M. Karun); a shorter form joins the one entity that may be called so, and
 * stands alone where several may.  All by looking up: linear in the names.
 */
#include "identity/resolver.h"

#include <string.h>

/* Names with more words lay down no part of themselves. */
enum { ALIAS_WORDS_MOST = 8 };

struct linker {
    struct resolver *r;
    GHashTable *aliases; /* kind and folded words -> entity; SEVERAL */
    GString *key;
};

#define SEVERAL GUINT_TO_POINTER(G_MAXUINT)

static const char kind_signs[] = "pgl";

static const char *make_key(
    struct linker *l, enum name_kind kind, const char *const *words,
    uint32_t from, uint32_t to)
{
    g_string_truncate(l->key, 0);
    g_string_append_c(l->key, kind_signs[kind]);
    for (uint32_t i = from; i < to; i++) {
        g_string_append_c(l->key, ' ');
        g_string_append(l->key, words[i]);
    }
    return l->key->str;
}

static void add_alias(struct linker *l, const char *key, uint32_t entity)
{
    gpointer known = g_hash_table_lookup(l->aliases, key);

    if (!known)
        g_hash_table_insert(
            l->aliases, arena_copy(l->r->a, key, strlen(key)),
            GUINT_TO_POINTER(entity + 1));
    else if (known != GUINT_TO_POINTER(entity + 1))
        g_hash_table_insert(l->aliases, (gpointer)key, SEVERAL);
}

static uint32_t find_alias(const struct linker *l, const char *key)
{
    gpointer known = g_hash_table_lookup(l->aliases, key);

    return known && known != SEVERAL ? GPOINTER_TO_UINT(known) - 1 : NOBODY;
}

static bool is_small(const struct linker *l, const char *word)
{
    enum part_kind kind = part_lookup(l->r->w, word).kind;

    return kind == PART_SMALL || kind == PART_ARTICLE;
}

static void add_words(
    struct linker *l, const struct form *form, const char *const *words,
    uint32_t from, uint32_t to)
{
    add_alias(l, make_key(l, form->kind, words, from, to), form->entity);
}

/* "Mustafa Ali Karun" may be called Mustafa, Mustafa Ali, Karun, Ali Karun,
   Mustafa Karun, M. Karun, M. Ali Karun. */
static void add_person_aliases(struct linker *l, const struct form *form)
{
    const char *const *words = form->folded.words;
    uint32_t count = form->folded.count;
    const char *ends[2] = {words[0], words[count - 1]};
    char initial[2] = {words[0][0], '\0'};
    const char *changed[ALIAS_WORDS_MOST];

    for (uint32_t i = 1; i < count; i++) {
        add_words(l, form, words, 0, i);
        add_words(l, form, words, i, count);
    }
    if (count < 2)
        return;
    add_words(l, form, ends, 0, 2);
    ends[0] = initial;
    add_words(l, form, ends, 0, 2);
    memcpy(changed, words, count * sizeof(*words));
    changed[0] = initial;
    add_words(l, form, changed, 0, count);
}

/* Capitals of the words: "g =hrw", with and without those of "of". */
static void add_initials(struct linker *l, const struct form *form)
{
    char all[ALIAS_WORDS_MOST + 2] = "=", large[ALIAS_WORDS_MOST + 2] = "=";
    const char *both[2] = {all, large};
    size_t all_len = 1, large_len = 1;

    for (uint32_t i = 0; i < form->folded.count; i++) {
        const char *word = form->folded.words[i];

        all[all_len++] = word[0];
        if (!is_small(l, word))
            large[large_len++] = word[0];
    }
    for (int i = 0; i < 2; i++)
        if (strlen(both[i]) > 3)
            add_words(l, form, both, (uint32_t)i, (uint32_t)i + 1);
}

/* "Tarvia Human Rights Forum" may be the Rights Forum, Tarvia Human ... */
static void add_group_aliases(struct linker *l, const struct form *form)
{
    const char *const *words = form->folded.words;
    uint32_t count = form->folded.count;

    for (uint32_t i = 1; i < count; i++) {
        if (!is_small(l, words[i - 1]) && (i > 1 || strlen(words[0]) > 3))
            add_words(l, form, words, 0, i);
        if (!is_small(l, words[i]) && count - i > 1)
            add_words(l, form, words, i, count);
    }
    add_initials(l, form);
}

static bool is_site(const struct linker *l, const char *word)
{
    const struct noun *noun = g_hash_table_lookup(l->r->w->nouns, word);

    return noun && noun->match == MATCH_SITE;
}

/* "Camp Selm" may be called Selm, but "Selm Province" not. */
static void add_place_aliases(struct linker *l, const struct form *form)
{
    uint32_t from = 0, to = form->folded.count;

    while (from < to && is_site(l, form->folded.words[from]))
        from++;
    while (from < to && is_site(l, form->folded.words[to - 1]))
        to--;
    if (from < to)
        add_words(l, form, form->folded.words, from, to);
}

static void add_aliases(struct linker *l, const struct form *form)
{
    const struct folded *folded = &form->folded;

    add_words(l, form, folded->words, 0, folded->count);
    if (folded->count > ALIAS_WORDS_MOST)
        return;
    if (form->kind == NAME_PERSON)
        add_person_aliases(l, form);
    else if (form->kind == NAME_GROUP)
        add_group_aliases(l, form);
    else
        add_place_aliases(l, form);
}

static uint32_t add_entity(struct linker *l, const struct form *form)
{
    uint32_t entity = entity_add(l->r, form->kind, form->text);

    l->r->people[entity].words = form->folded.count;
    return entity;
}

static bool is_capitals(const char *text)
{
    for (; *text; text++)
        if (g_ascii_islower(*text))
            return false;
    return true;
}

/* An abbreviation that no bracket explains: the group with its capitals. */
static uint32_t find_by_initials(struct linker *l, struct form *form)
{
    const char *initials;

    if (form->folded.count != 1 || strlen(form->folded.words[0]) < 3 ||
        !is_capitals(form->text))
        return NOBODY;
    initials = arena_print(l->r->a, "=%s", form->folded.words[0]);
    return find_alias(l, make_key(l, NAME_GROUP, &initials, 0, 1));
}

static void link_form(struct linker *l, struct form *form)
{
    form->entity = find_alias(
        l, make_key(l, form->kind, form->folded.words, 0, form->folded.count));
    if (form->entity == NOBODY) {
        form->entity = find_by_initials(l, form);
        if (form->entity != NOBODY)
            l->r->entities[form->entity].abbreviation = form->text;
    }
    if (form->entity == NOBODY)
        form->entity = add_entity(l, form);
    add_aliases(l, form);
}

static bool has_initial(const struct form *form)
{
    return form->folded.words[0][0] && !form->folded.words[0][1];
}

/* Fuller forms first; then by where they first stood. */
static int compare_forms(const void *x, const void *y, void *self)
{
    const struct resolver *r = self;
    uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
    const struct form *a = form_at(r, i), *b = form_at(r, k);

    if (a->folded.count != b->folded.count)
        return a->folded.count > b->folded.count ? -1 : 1;
    if (has_initial(a) != has_initial(b))
        return has_initial(b) ? -1 : 1;
    return i < k ? -1 : i > k;
}

static void link_abbreviation(struct resolver *r, struct form *form)
{
    struct entity *e;

    form->entity = form_at(r, form->long_form)->entity;
    e = &r->entities[form->entity];
    if (!e->abbreviation)
        e->abbreviation = form->text;
}

void link_forms(struct resolver *r)
{
    guint count = r->forms->len;
    g_autofree uint32_t *order = g_new(uint32_t, count);
    struct linker l = {r, NULL, NULL};

    l.aliases = g_hash_table_new(g_str_hash, g_str_equal);
    l.key = g_string_new(NULL);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    if (count)
        g_qsort_with_data(order, (int)count, sizeof(*order), compare_forms, r);
    for (guint i = 0; i < count; i++)
        if (form_at(r, order[i])->long_form == NOBODY)
            link_form(&l, form_at(r, order[i]));
    for (guint i = 0; i < count; i++)
        if (form_at(r, i)->long_form != NOBODY)
            link_abbreviation(r, form_at(r, i));
    for (uint32_t i = 0; i < r->entity_count; i++)
        r->entities[i].key =
            identity_key(r->w, r->a, r->entities[i].name, r->entities[i].kind);
    g_hash_table_unref(l.aliases);
    g_string_free(l.key, TRUE);
}
