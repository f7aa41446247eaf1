#include "language/names.h"

#include "language/network.h"

#include <string.h>

/* Tags: O, then B and I of person, group and place. */
static bool begins(uint8_t tag)
{
    return tag % 2 == 1;
}

static uint8_t
best_before(const float *moves, const float *total, uint8_t tag, float *most)
{
    uint8_t best = 0;

    *most = total[0] + moves[tag];
    for (uint8_t b = 1; b < NAME_TAGS; b++) {
        float sum = total[b] + moves[b * NAME_TAGS + tag];

        if (sum > *most) {
            *most = sum;
            best = b;
        }
    }
    return best;
}

static uint8_t best_tag(const float *total)
{
    uint8_t best = 0;

    for (uint8_t k = 1; k < NAME_TAGS; k++)
        if (total[k] > total[best])
            best = k;
    return best;
}

static void find_tags(
    const float *moves, const float *scores, uint32_t count, uint8_t *tags)
{
    uint8_t back[NETWORK_TOKENS][NAME_TAGS];
    float total[NAME_TAGS], next[NAME_TAGS];

    for (uint8_t k = 0; k < NAME_TAGS; k++)
        total[k] = scores[k] + moves[k]; /* as after O */
    for (uint32_t t = 1; t < count; t++) {
        for (uint8_t k = 0; k < NAME_TAGS; k++) {
            back[t][k] = best_before(moves, total, k, &next[k]);
            next[k] += scores[t * NAME_TAGS + k];
        }
        memcpy(total, next, sizeof(total));
    }
    tags[count - 1] = best_tag(total);
    for (uint32_t t = count - 1; t > 0; t--)
        tags[t - 1] = back[t][tags[t]];
}

void names_decode(
    const float *moves, const float *scores, struct arena *a,
    struct sentence *s)
{
    uint8_t tags[NETWORK_TOKENS];
    uint32_t count = 0;

    find_tags(moves, scores, s->token_count, tags);
    for (uint32_t t = 0; t < s->token_count; t++)
        count += begins(tags[t]);
    s->names = arena_make(a, struct name, count);
    s->name_count = 0;
    for (uint32_t t = 0; t < s->token_count; t++) {
        if (begins(tags[t]))
            s->names[s->name_count++] = (struct name){
                .from = t, .to = t + 1, .kind = (enum name_kind)(tags[t] / 2)};
        else if (tags[t])
            s->names[s->name_count - 1].to = t + 1;
    }
}

/* --- one kind a document ---------------------------------------------- */

struct votes {
    uint32_t of[NAME_KINDS];
};

/* The name in small letters, into `key`. */
static void
write_key(const struct sentence *s, const struct name *n, GString *key)
{
    g_string_truncate(key, 0);
    for (uint32_t t = n->from; t < n->to; t++)
        g_string_append_printf(key, "%s ", s->tokens[t].lower);
}

static void vote(GHashTable *votes, const char *key, enum name_kind kind)
{
    struct votes *v = g_hash_table_lookup(votes, key);

    if (!v) {
        v = g_new0(struct votes, 1);
        g_hash_table_insert(votes, g_strdup(key), v);
    }
    v->of[kind]++;
}

static enum name_kind most_votes(const struct votes *v, enum name_kind own)
{
    enum name_kind best = own;

    for (int k = 0; k < NAME_KINDS; k++)
        if (v->of[k] > v->of[best])
            best = (enum name_kind)k;
    return best;
}

static void settle(struct sentence *sentences, uint32_t count, GString *key)
{
    GHashTable *votes =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < sentences[i].name_count; k++) {
            write_key(&sentences[i], &sentences[i].names[k], key);
            vote(votes, key->str, sentences[i].names[k].kind);
        }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < sentences[i].name_count; k++) {
            struct name *n = &sentences[i].names[k];

            write_key(&sentences[i], n, key);
            n->kind = most_votes(g_hash_table_lookup(votes, key->str), n->kind);
        }
    g_hash_table_unref(votes);
}

static bool begins_document(const struct sentence *s)
{
    return s->comments && strstr(s->comments, "# newdoc");
}

void names_settle(struct text *t)
{
    GString *key = g_string_new(NULL);
    uint32_t first = 0;

    for (uint32_t i = 1; i <= t->count; i++)
        if (i == t->count || begins_document(&t->sentences[i])) {
            settle(t->sentences + first, i - first, key);
            first = i;
        }
    g_string_free(key, TRUE);
}
