/*
 * make_case.c - writes a large case without reading: everything in it is
 * invented, by number (story.h).
 *
 * usage: make_case MODELS LEXICON CASE [DOCUMENTS [CLAIMS [SEED]]]
 *
 * Else 100,000 documents with nearly 1,000,000 claims.  One claim in a hundred
 * has been decided on by two reviewers.
 */
#include "invented.h"
#include "story.h"

#include <stdio.h>

static const char now[] = "2026-01-31T09:05:00Z";

/* --- towns on earth ------------------------------------------------------- */

enum { TOWNS_MOST = 2000, LARGE = 300000 };

static void find_towns(struct world *w, const struct gazetteer *g)
{
    static const char *towns[TOWNS_MOST];
    const struct spot *s;

    for (uint32_t i = 0;
         (s = gazetteer_spot(g, i)) && w->town_count < TOWNS_MOST; i++)
        if (s->kind == SPOT_TOWN && s->population > LARGE)
            towns[w->town_count++] = s->name;
    w->towns = towns;
}

/* --- writing -------------------------------------------------------------- */

struct made {
    int64_t sentences, claims;
};

static void
show_progress(const struct world *w, uint32_t document, const struct made *m)
{
    if (document % MAX(w->documents / 100, 1))
        return;
    fprintf(
        stderr, "\r%u of %u documents, %" G_GINT64_FORMAT " claims", document,
        w->documents, m->claims);
}

static bool write_documents(
    const struct world *w, struct kase *k, struct made *m, GError **error)
{
    struct arena *a = arena_new();
    bool good = true;

    for (uint32_t i = 0; good && i < w->documents; i++) {
        struct reading r = story_make(w, a, i);
        case_added added;

        good = case_add(k, &r, &added, error);
        m->sentences += r.text->count;
        m->claims += r.findings->claim_count;
        show_progress(w, i + 1, m);
        arena_reset(a);
    }
    arena_free(a);
    fputc('\n', stderr);
    return good;
}

/* The two agree on most. */
static bool decide(
    const struct world *w, struct kase *k, const struct made *m, GError **error)
{
    static const char *const readers[] = {"Ana", "Boris"};
    struct dice d = {w->seed};

    for (int64_t claim = 1; claim <= m->claims; claim += 100) {
        enum verdict v =
            dice_percent(&d, 80) ? VERDICT_CONFIRMED : VERDICT_REJECTED;

        for (size_t i = 0; i < G_N_ELEMENTS(readers); i++) {
            struct review r = {.claim = claim, .who = readers[i]};

            if (i && dice_percent(&d, 15))
                v = VERDICT_CONFIRMED + VERDICT_REJECTED - v;
            if (v == VERDICT_REJECTED)
                r.why = "not what the text says";
            if (!case_decide(k, &r, v, NULL, error))
                return false;
        }
    }
    return true;
}

static bool make_case(const struct world *w, const char *path, GError **error)
{
    struct kase *k = case_open(path, CASE_CREATE, now, error);
    struct made m = {0};
    bool good;

    if (!k)
        return false;
    good = write_documents(w, k, &m, error) && decide(w, k, &m, error);
    if (!case_close(k, good ? error : NULL))
        good = false;
    if (good)
        printf(
            "%s: %u documents, %" G_GINT64_FORMAT
            " sentences, %" G_GINT64_FORMAT " claims\n",
            path, w->documents, m.sentences, m.claims);
    return good;
}

static uint32_t number_of(char **argv, int argc, int at, uint32_t otherwise)
{
    return at < argc ? (uint32_t)strtoul(argv[at], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
    struct lexicon *lexicon = NULL;
    struct identity_words *words = NULL;
    struct gazetteer *gazetteer = NULL;
    struct world w = {0};
    GError *error = NULL;
    bool good;

    if (argc < 4 || !number_of(argv, argc, 4, 1)) {
        fprintf(
            stderr, "usage: make_case MODELS LEXICON CASE "
                    "[DOCUMENTS [CLAIMS [SEED]]]\n");
        return 2;
    }
    good = (lexicon = lexicon_load(argv[2], argv[1], &error)) &&
           (words = identity_load(argv[2], &error)) &&
           (gazetteer = gazetteer_load(words, argv[2], &error));
    if (good) {
        w.lexicon = lexicon;
        w.words = words;
        w.seed = number_of(argv, argc, 6, 1);
        world_make(
            &w, number_of(argv, argc, 4, 100000),
            number_of(argv, argc, 5, 1000000));
        find_towns(&w, gazetteer);
        good = make_case(&w, argv[3], &error);
    }
    if (!good) {
        fprintf(stderr, "make_case: %s\n", error->message);
        g_error_free(error);
    }
    gazetteer_free(gazetteer);
    identity_free(words);
    lexicon_free(lexicon);
    return good ? 0 : 1;
}
