/* match.c - how likely two names are names of the same: pairs in, scores out. */
#include "cli/cli.h"
#include "identity/identity.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static char *kind_option;
static char *columns_option;
static double threshold = -1;
static gboolean explained;

static const GOptionEntry entries[] = {
    {"kind", 'k', 0, G_OPTION_ARG_STRING, &kind_option,
     "what all the names are: person, group or place", "KIND"},
    {"columns", 0, 0, G_OPTION_ARG_STRING, &columns_option,
     "the two columns of names, by number or by the name in the head "
     "(default: left,right if there is such a head, else 1,2)",
     "A,B"},
    {"threshold", 't', 0, G_OPTION_ARG_DOUBLE, &threshold,
     "leave out pairs with a lower score, from 0 to 1", "X"},
    {"explain", 0, 0, G_OPTION_ARG_NONE, &explained,
     "below each pair, which words answer each other, and what decided", NULL},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Reads pairs of names, a pair a line, tab-separated, from FILE or "
    "standard\n"
    "input, and writes the same lines with a score behind: how likely, from 0\n"
    "to 1, the two are spellings of one name. Names may be in any script. A\n"
    "column named kind tells person, group (org) or place for each pair;\n"
    "without it, and without --kind, names are those of persons.\n"
    "\n"
    "Examples:\n"
    "  printf 'Selim al-Karim\\tSaleem Kareem\\n' | attest match\n"
    "  attest match --kind group --threshold 0.8 pairs.tsv\n"
    "  attest match --columns name,alias --explain pairs.tsv";

enum { CELLS_MOST = 256, KIND_UNKNOWN = -1, KIND_NOT_TOLD = -2 };

/* A pass over one input. */
struct matching {
    const struct likeness *likeness;
    struct arena *a;
    FILE *out;
    const char *path;
    uint64_t line;
    int left, right, kind; /* columns; kind: -1 where there is none */
    int given_kind;        /* KIND_NOT_TOLD without --kind */
    int status;
};

struct cells {
    struct str at[CELLS_MOST];
    int count;
};

static int kind_of_word(struct str word)
{
    static const struct {
        const char *word;
        enum name_kind kind;
    } kinds[] = {{"person", NAME_PERSON},      {"individual", NAME_PERSON},
                 {"group", NAME_GROUP},        {"org", NAME_GROUP},
                 {"organisation", NAME_GROUP}, {"organization", NAME_GROUP},
                 {"company", NAME_GROUP},      {"entity", NAME_GROUP},
                 {"place", NAME_PLACE},        {"location", NAME_PLACE},
                 {"city", NAME_PLACE},         {"country", NAME_PLACE}};

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (str_is(word, kinds[i].word))
            return (int)kinds[i].kind;
    return KIND_UNKNOWN;
}

/* Cells beyond CELLS_MOST are not told apart. */
static void cut_cells(struct str line, struct cells *out)
{
    const char *tab;

    for (out->count = 0; out->count < CELLS_MOST - 1 && line.len &&
                         (tab = memchr(line.at, '\t', line.len));) {
        size_t len = (size_t)(tab - line.at);

        out->at[out->count++] = (struct str){line.at, len};
        line.at += len + 1;
        line.len -= len + 1;
    }
    out->at[out->count++] = line;
}

static int find_cell(const struct cells *cells, const char *name)
{
    for (int i = 0; i < cells->count; i++)
        if (str_is(cells->at[i], name))
            return i;
    return -1;
}

/* --- the head ----------------------------------------------------------- */

static int column_number(const char *word)
{
    char *end;
    long number = strtol(word, &end, 10);

    return !*end && number >= 1 && number <= CELLS_MOST ? (int)number - 1 : -1;
}

/* Of --columns; false if the columns have names that this head lacks. */
static bool
find_column(const char *word, const struct cells *head, int *out, bool *named)
{
    *out = column_number(word);
    if (*out >= 0)
        return true;
    *named = true;
    *out = find_cell(head, word);
    return *out >= 0;
}

/* The columns that --columns tells; exits where there are none such. */
static void
find_columns(struct matching *m, const struct cells *first, bool *named)
{
    char **words = g_strsplit(columns_option, ",", -1);
    bool found = g_strv_length(words) == 2 &&
                 find_column(words[0], first, &m->left, named) &&
                 find_column(words[1], first, &m->right, named);

    g_strfreev(words);
    if (found)
        return;
    complain("%s:1: there are no columns '%s'", m->path, columns_option);
    exit(STATUS_FAILED);
}

/* Settles the columns by the first line; is it a head? */
static bool read_head(struct matching *m, const struct cells *first)
{
    bool named;

    m->left = find_cell(first, "left");
    m->right = find_cell(first, "right");
    named = m->left >= 0 && m->right >= 0;
    if (columns_option) {
        find_columns(m, first, &named);
    } else if (!named) {
        m->left = 0;
        m->right = 1;
    }
    m->kind = named ? find_cell(first, "kind") : -1;
    return named;
}

/* --- pairs -------------------------------------------------------------- */

static void print_reasons(
    struct matching *m, const struct name_form *a, const struct name_form *b)
{
    struct likeness_reason reasons[LIKENESS_REASONS];
    GString *words = g_string_new(NULL);

    names_answers(m->likeness, a, b, words);
    fprintf(m->out, "    %s\n", words->str);
    g_string_free(words, TRUE);
    names_explain(m->likeness, a, b, reasons);
    for (int i = 0; i < LIKENESS_REASONS; i++)
        if (reasons[i].weight >= 0.1 || reasons[i].weight <= -0.1)
            fprintf(
                m->out, "    %+6.2f  %-14s %6.2f  %s\n", reasons[i].weight,
                reasons[i].name, reasons[i].figure, reasons[i].words);
}

/* "\t0.12345\n", which printf takes long for. */
static void print_score(FILE *out, double score)
{
    char words[] = "\t0.00000\n";
    int figures = (int)(score * 100000 + 0.5);

    words[1] = (char)('0' + figures / 100000);
    for (int i = 7; i > 2; i--, figures /= 10)
        words[i] = (char)('0' + figures % 10);
    fwrite(words, 1, sizeof words - 1, out);
}

static void match_pair(
    struct matching *m, struct str line, struct str left, struct str right,
    enum name_kind kind)
{
    const struct name_form *a = name_form_make(m->likeness, m->a, left, kind);
    const struct name_form *b = name_form_make(m->likeness, m->a, right, kind);
    double score = names_likeness(m->likeness, a, b);

    if (score >= threshold) {
        fwrite(line.at, 1, line.len, m->out);
        print_score(m->out, score);
        if (explained)
            print_reasons(m, a, b);
    }
    arena_reset(m->a);
}

/* A line that is no pair is kept, without a score. */
static void pass_over(struct matching *m, struct str line, const char *why)
{
    complain("%s:%" G_GUINT64_FORMAT ": %s", m->path, m->line, why);
    m->status = STATUS_PARTLY;
    if (threshold > 0)
        return;
    fwrite(line.at, 1, line.len, m->out);
    fputs("\t\n", m->out);
}

static int kind_of_pair(const struct matching *m, const struct cells *cells)
{
    if (m->given_kind != KIND_NOT_TOLD)
        return m->given_kind;
    if (m->kind < 0 || m->kind >= cells->count)
        return NAME_PERSON;
    return kind_of_word(cells->at[m->kind]);
}

static void match_line(struct matching *m, struct str line)
{
    struct cells cells;
    int kind;

    cut_cells(line, &cells);
    if (m->line == 1 && read_head(m, &cells)) {
        fwrite(line.at, 1, line.len, m->out);
        fputs("\tscore\n", m->out);
        return;
    }
    kind = kind_of_pair(m, &cells);
    if (MAX(m->left, m->right) >= cells.count)
        pass_over(m, line, "no two names, with a tab between");
    else if (kind == KIND_UNKNOWN)
        pass_over(m, line, "the kind is no person, group or place; --kind?");
    else
        match_pair(
            m, line, cells.at[m->left], cells.at[m->right],
            (enum name_kind)kind);
}

static void match_lines(struct matching *m, FILE *in)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    while ((size = getline(&line, &room, in)) > 0) {
        m->line++;
        if (line[size - 1] == '\n')
            size--;
        if (size && line[size - 1] == '\r')
            size--;
        match_line(m, (struct str){line, (size_t)size});
    }
    free(line);
    if (ferror(in)) {
        complain("%s: %s", m->path, g_strerror(errno));
        m->status = STATUS_FAILED;
    }
}

/* --- the command -------------------------------------------------------- */

static int check_options(int argc, char **argv)
{
    int kind = KIND_NOT_TOLD;

    if (argc > 2)
        options_end(argc - 1, argv + 1);
    if (kind_option)
        kind = kind_of_word((struct str){kind_option, strlen(kind_option)});
    if (kind == KIND_UNKNOWN) {
        complain("--kind: '%s' is not person, group or place", kind_option);
        exit(STATUS_FAILED);
    }
    if (threshold > 1) {
        complain("--threshold: scores are from 0 to 1");
        exit(STATUS_FAILED);
    }
    return kind;
}

static FILE *open_input(struct matching *m, int argc, char **argv)
{
    FILE *in = stdin;

    m->path = argc > 1 && strcmp(argv[1], "-") ? argv[1] : "standard input";
    if (argc > 1 && strcmp(argv[1], "-"))
        in = fopen(argv[1], "r");
    if (!in) {
        complain("%s: %s", m->path, g_strerror(errno));
        exit(STATUS_FAILED);
    }
    return in;
}

static struct likeness *load(struct identity_words **words)
{
    char *lexicon = lexicon_folder(), *models = models_folder();
    GError *error = NULL;
    struct likeness *l = NULL;

    *words = identity_load(lexicon, &error);
    if (*words)
        l = likeness_load(*words, lexicon, models, &error);
    g_free(lexicon);
    g_free(models);
    if (!l)
        exit(fail(error));
    return l;
}

int command_match(int argc, char **argv)
{
    struct matching m = {.status = STATUS_DONE};
    struct identity_words *words;
    struct likeness *likeness;
    FILE *in;

    options_parse(
        &argc, &argv, OPTIONS_DATA, "[FILE] - score pairs of names", about,
        entries);
    m.given_kind = check_options(argc, argv);
    in = open_input(&m, argc, argv);
    m.likeness = likeness = load(&words);
    m.a = arena_new();
    m.out = output_open();
    match_lines(&m, in);
    if (!output_close(m.out))
        m.status = STATUS_FAILED;
    if (in != stdin)
        fclose(in);
    arena_free(m.a);
    likeness_free(likeness);
    identity_free(words);
    return m.status;
}
