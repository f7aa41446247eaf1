/*
 * Who stands on which list.  Pairs are kept as numbers and counted at the end,
 * so that which lists stay apart can be chosen once all are known.
 */
#include "events/events.h"

#include <string.h>

struct names {
    GHashTable *numbers; /* name -> number + 1 */
    GPtrArray *at;
};

struct roll {
    struct names people, lists;
    GArray *weights;   /* double, by person */
    GHashTable *known; /* person and list as one number: a set */
    GArray *standing;  /* struct standing */
};

struct standing {
    uint32_t person, list;
};

static struct names names_new(void)
{
    struct names n = {
        g_hash_table_new(g_str_hash, g_str_equal),
        g_ptr_array_new_with_free_func(g_free)};

    return n;
}

static void names_free(struct names *n)
{
    g_hash_table_unref(n->numbers);
    g_ptr_array_unref(n->at);
}

static uint32_t names_add(struct names *n, const char *name)
{
    uint32_t number = GPOINTER_TO_UINT(g_hash_table_lookup(n->numbers, name));
    char *own;

    if (number)
        return number - 1;
    own = g_strdup(name);
    g_ptr_array_add(n->at, own);
    g_hash_table_insert(n->numbers, own, GUINT_TO_POINTER(n->at->len));
    return n->at->len - 1;
}

struct roll *roll_new(void)
{
    struct roll *r = g_new0(struct roll, 1);

    r->people = names_new();
    r->lists = names_new();
    r->weights = g_array_new(FALSE, FALSE, sizeof(double));
    r->known = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    r->standing = g_array_new(FALSE, FALSE, sizeof(struct standing));
    return r;
}

void roll_free(struct roll *r)
{
    if (!r)
        return;
    names_free(&r->people);
    names_free(&r->lists);
    g_array_unref(r->weights);
    g_hash_table_unref(r->known);
    g_array_unref(r->standing);
    g_free(r);
}

uint32_t roll_add_person(struct roll *r, const char *name)
{
    uint32_t person = names_add(&r->people, name);
    double one = 1;

    if (person == r->weights->len)
        g_array_append_val(r->weights, one);
    return person;
}

uint32_t roll_add_list(struct roll *r, const char *name)
{
    return names_add(&r->lists, name);
}

bool roll_add(struct roll *r, uint32_t person, uint32_t list)
{
    struct standing s = {person, list};
    /* GLib hashes by the lower half. */
    int64_t key = (int64_t)list << 32 | person;

    if (g_hash_table_contains(r->known, &key))
        return false;
    g_hash_table_add(r->known, g_memdup2(&key, sizeof(key)));
    g_array_append_val(r->standing, s);
    return true;
}

void roll_add_weight(struct roll *r, uint32_t person, double weight)
{
    g_array_index(r->weights, double, person) = weight;
}

/* --- counting ------------------------------------------------------------ */

struct sized {
    uint32_t list;
    double people;
};

/* Largest first; equal ones as they came. */
static int compare_sizes(const void *x, const void *y)
{
    const struct sized *a = x, *b = y;

    if (a->people != b->people)
        return a->people > b->people ? -1 : 1;
    return a->list < b->list ? -1 : a->list > b->list;
}

static int compare_order(const void *x, const void *y)
{
    const struct sized *a = x, *b = y;

    return a->list < b->list ? -1 : a->list > b->list;
}

static bool is_wanted(const char *name, const char *const *wanted)
{
    return !wanted || g_strv_contains(wanted, name);
}

/* The lists wanted on which somebody stands, by size. */
static struct sized *
size_lists(const struct roll *r, const char *const *wanted, uint32_t *count)
{
    struct sized *all = g_new0(struct sized, r->lists.at->len + 1);

    for (guint i = 0; i < r->standing->len; i++) {
        struct standing s = g_array_index(r->standing, struct standing, i);

        all[s.list].people += g_array_index(r->weights, double, s.person);
    }
    *count = 0;
    for (uint32_t i = 0; i < r->lists.at->len; i++)
        if (all[i].people > 0 &&
            is_wanted(g_ptr_array_index(r->lists.at, i), wanted))
            all[(*count)++] = (struct sized){i, all[i].people};
    qsort(all, *count, sizeof(*all), compare_sizes);
    return all;
}

/* The bit of each list, 0 where it does not count. */
static uint32_t *number_lists(
    const struct roll *r, struct arena *a, struct sized *lists, uint32_t count,
    struct captures *out)
{
    uint32_t *bits = g_new0(uint32_t, r->lists.at->len + 1);
    uint32_t kept = count > LISTS_MOST ? LISTS_MOST - 1 : count;

    qsort(lists, kept, sizeof(*lists), compare_order);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = MIN(i, kept);
        const char *name = g_ptr_array_index(r->lists.at, lists[i].list);

        bits[lists[i].list] = 1U << at;
        out->names[at] = arena_copy(a, name, strlen(name));
    }
    out->lists = MIN(count, (uint32_t)LISTS_MOST);
    if (kept < count) {
        out->pooled = count - kept;
        out->names[kept] = arena_print(a, "the %u others", out->pooled);
    }
    return bits;
}

static void
count_histories(const struct roll *r, const uint32_t *bits, double *counts)
{
    g_autofree uint32_t *sets = g_new0(uint32_t, r->people.at->len + 1);

    for (guint i = 0; i < r->standing->len; i++) {
        struct standing s = g_array_index(r->standing, struct standing, i);

        sets[s.person] |= bits[s.list];
    }
    for (uint32_t i = 0; i < r->people.at->len; i++)
        counts[sets[i]] += g_array_index(r->weights, double, i);
    counts[0] = 0;
}

bool roll_count(
    const struct roll *r, struct arena *a, const char *const *wanted,
    struct captures *out, const char **unknown)
{
    g_autofree struct sized *lists = NULL;
    g_autofree uint32_t *bits = NULL;
    uint32_t count;

    memset(out, 0, sizeof(*out));
    for (const char *const *name = wanted; name && *name; name++)
        if (!g_hash_table_contains(r->lists.numbers, *name)) {
            *unknown = *name;
            return false;
        }
    lists = size_lists(r, wanted, &count);
    bits = number_lists(r, a, lists, count, out);
    count_histories(r, bits, out->counts);
    return true;
}

double captures_sum(const struct captures *c)
{
    double sum = 0;

    for (uint32_t i = 1; i < 1U << c->lists; i++)
        sum += c->counts[i];
    return sum;
}
