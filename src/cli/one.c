/* one.c - the claims that the arguments name, one by one. */
#include "cli/cli.h"

#include <stdio.h>

struct asking {
    struct kase *k;
    struct arena *a; /* outlives the row */
    claim_shower show;
    void *self;
    bool is_found;
    GError *error;
};

static bool take(const struct claim_row *c, void *self)
{
    struct asking *w = self;
    struct document_row *d =
        case_find_document(w->k, w->a, c->document, &w->error);

    if (!d)
        return false;
    w->is_found = true;
    w->show(w->a, c, d, w->self);
    return false;
}

static int64_t parse_id(const char *word)
{
    char *end;
    int64_t id = g_ascii_strtoll(word + (*word == 'c'), &end, 10);

    return *end || id < 1 ? 0 : id;
}

/* Shows one claim; a status. */
static int show_one(struct asking *w, const char *word)
{
    struct claim_filter filter = {.id = parse_id(word)};
    struct arena *rows;
    bool good;

    if (!filter.id) {
        complain("'%s' is no claim; like c12", word);
        return STATUS_FAILED;
    }
    rows = arena_new();
    w->is_found = false;
    good =
        case_find_claims(w->k, rows, &filter, take, w, &w->error) && !w->error;
    arena_free(rows);
    arena_reset(w->a);
    if (!good)
        return fail(g_steal_pointer(&w->error));
    if (w->is_found)
        return STATUS_DONE;
    complain("%s holds no claim c%" G_GINT64_FORMAT, case_path(), filter.id);
    return STATUS_PARTLY;
}

int show_claims(int argc, char **argv, claim_shower show, void *self)
{
    struct asking w = {.show = show, .self = self};
    int status = STATUS_DONE;

    if (argc < 2) {
        complain("which claim? Like '%s c12'", g_get_prgname());
        return STATUS_FAILED;
    }
    w.k = open_case(CASE_READ);
    w.a = arena_new();
    for (int i = 1; i < argc; i++) {
        int one;

        if (i > 1)
            putchar('\n');
        one = show_one(&w, argv[i]);
        status = MAX(status, one);
    }
    arena_free(w.a);
    close_case(w.k);
    return status;
}

/* --- what is printed of a claim ---------------------------------------- */

enum { FIELD_INDENT = 15 };

void print_field(const char *name, const char *value)
{
    GString *plain = g_string_new(NULL), *wrapped = g_string_new(NULL);

    if (value && *value) {
        append_plain(plain, value);
        append_wrapped(wrapped, plain->str, FIELD_INDENT);
        printf("  %-12s %s", name, wrapped->str + FIELD_INDENT);
    }
    g_string_free(plain, TRUE);
    g_string_free(wrapped, TRUE);
}

void print_claim_head(const struct claim_row *c)
{
    printf(
        "%sc%" G_GINT64_FORMAT "  %s%s", use_colour() ? "\033[1m" : "", c->id,
        c->act, use_colour() ? "\033[0m" : "");
    if (c->negative)
        fputs(", said not to have happened", stdout);
    if (c->modality != MODALITY_ASSERTED)
        printf(", %s", modality_word(c->modality));
    if (c->verdict != VERDICT_OPEN)
        printf(
            ", %s by a reviewer",
            c->verdict == VERDICT_CONFIRMED ? "confirmed" : "rejected");
    putchar('\n');
}
