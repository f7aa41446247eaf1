#include "language/names.h"

#include "language/network.h"

#include <string.h>

/* Tags: O, then B and I of person, group and place. */
static bool begins(uint8_t tag)
{
    return tag % 2 == 1;
}

static uint8_t best_before(
    const float *moves, const float *total, uint8_t tag, float *most)
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
