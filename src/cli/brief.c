#include "cli/brief.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static int most = 4;

static const GOptionEntry entries[] = {
    {"most", 'n', 0, G_OPTION_ARG_INT, &most,
     "no more than these in each part (default: 4)", "N"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "One page on the whole case: what is claimed, by act and by person, with\n"
    "who says so; the figures claimed; where accounts differ; what rests on\n"
    "one voice alone. Copies of one text, and reports of one source, count as\n"
    "one voice.\n"
    "\n"
    "Examples:\n"
    "  attest brief\n"
    "  attest brief --most 20 | less";

void brief_title(const char *title)
{
    printf(use_colour() ? "\n\033[1m%s\033[0m\n" : "\n%s\n", title);
}

void brief_line(int indent, const char *words)
{
    GString *plain = g_string_new(NULL), *wrapped = g_string_new(NULL);

    append_plain(plain, words);
    append_wrapped(wrapped, plain->str, indent);
    fputs(wrapped->str, stdout);
    g_string_free(plain, TRUE);
    g_string_free(wrapped, TRUE);
}

/* --- one claim in words -------------------------------------------------- */

static const char *how(const struct told *t)
{
    static const char *const words[] = {
        [MODALITY_ASSERTED] = "",
        [MODALITY_DENIED] = " (denied)",
        [MODALITY_POSSIBLE] = " (possible)",
        [MODALITY_PLANNED] = " (planned)",
        [MODALITY_ORDERED] = " (ordered)",
        [MODALITY_DEMANDED] = " (demanded)",
        [MODALITY_THREATENED] = " (threatened)",
        [MODALITY_CONDITIONAL] = " (on a condition)",
    };

    return t->negative && t->modality == MODALITY_ASSERTED
               ? " (said not to have happened)"
               : words[t->modality];
}

const char *told_words(struct arena *a, const struct told *t)
{
    const char *actor = t->parties[0], *target = t->parties[1];
    const char *when = period_words(a, t->first, t->last);

    if (!actor && !target)
        actor = arena_print(a, "“%s”", t->snippet);
    return arena_print(
        a, "%s: %s%s%s%s%s%s", t->label, actor ? actor : "somebody",
        target ? " → " : "", target ? target : "", when ? ", " : "",
        when ? when : "", how(t));
}

const char *told_voice(struct arena *a, const struct told *t)
{
    return t->outlet ? arena_print(a, "%s, in %s", t->voice, t->outlet)
                     : t->voice;
}

/* --- figures ------------------------------------------------------------- */

static void print_figure(const struct brief *b, const struct told *t)
{
    struct arena *a = b->arena;

    brief_line(
        2, arena_print(a, "%s  [c%" G_GINT64_FORMAT "]", t->count, t->id));
    brief_line(
        6, arena_print(
               a, "%s; according to %s", told_words(a, t), told_voice(a, t)));
}

/* The same figure of the same act by the same voice is told once. */
void brief_figures(const struct brief *b)
{
    GHashTable *told =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    uint32_t shown = 0;

    for (uint32_t i = 0; i < b->digest->count; i++) {
        const struct told *t = &b->digest->told[i];

        if (!t->count ||
            !g_hash_table_add(
                told, g_strjoin("\t", t->act, t->count, t->voice, NULL)))
            continue;
        if (!shown)
            brief_title("Figures claimed");
        if (shown++ == 2 * b->most) {
            puts("  and more: attest export --format csv");
            break;
        }
        print_figure(b, t);
    }
    g_hash_table_unref(told);
}

/* --- the command --------------------------------------------------------- */

static const char *count_words(struct arena *a, int64_t count, const char *what)
{
    return arena_print(
        a, "%" G_GINT64_FORMAT " %s%s", count, what, count == 1 ? "" : "s");
}

static void print_head(const struct brief *b, const struct case_totals *t)
{
    struct arena *a = b->arena;
    const char *dates = "", *copies = "";

    if (t->first_date && strcmp(t->first_date, t->last_date) != 0)
        dates = arena_print(a, " of %s to %s", t->first_date, t->last_date);
    else if (t->first_date)
        dates = arena_print(a, " of %s", t->first_date);
    if (t->copies)
        copies = arena_print(
            a, ", %" G_GINT64_FORMAT " of which cop%s another,", t->copies,
            t->copies == 1 ? "ies" : "y");
    brief_title(arena_print(
        a, "What %s claim%s", count_words(a, t->documents, "document"),
        t->documents == 1 ? "s" : ""));
    brief_line(
        0,
        arena_print(
            a,
            "%s%s%s make%s %s. What follows is what is said, not what is "
            "so: each line belongs to whom it names. 'attest show ID' leads "
            "to the sentence.",
            count_words(a, t->documents, "document"), dates, copies,
            t->documents == 1 ? "s" : "", count_words(a, t->claims, "claim")));
}

static bool print_page(struct kase *k, struct brief *b, GError **error)
{
    g_autofree char *tables = lexicon_folder();
    struct case_totals totals;
    struct digest digest;
    bool good = digest_load(
                    k, b->lexicon, tables, b->arena, NULL, NULL, &digest,
                    error) &&
                case_sum(k, b->arena, &totals, error);

    if (good) {
        b->digest = &digest;
        print_head(b, &totals);
        brief_acts(b);
        brief_people(b);
        brief_figures(b);
        brief_differences(b);
        brief_single(b);
    }
    digest_close(&digest);
    return good;
}

static struct lexicon *load_lexicon(GError **error)
{
    char *tables = lexicon_folder(), *models = models_folder();
    struct lexicon *lexicon = lexicon_load(tables, models, error);

    g_free(tables);
    g_free(models);
    return lexicon;
}

int command_brief(int argc, char **argv)
{
    GError *error = NULL;
    struct lexicon *lexicon;
    struct kase *k;
    struct brief b;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA, "- one page on the case",
        about, entries);
    options_end(argc, argv);
    if (most < 1) {
        complain("--most: 1 or more");
        return STATUS_FAILED;
    }
    k = open_case(CASE_READ);
    lexicon = load_lexicon(&error);
    b = (struct brief){
        .lexicon = lexicon, .arena = arena_new(), .most = (uint32_t)most};
    good = lexicon && print_page(k, &b, &error);
    lexicon_free(lexicon);
    arena_free(b.arena);
    close_case(k);
    return good ? STATUS_DONE : fail(error);
}
