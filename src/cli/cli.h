/*
 * cli.h - what the subcommands share: options, the case, messages.
 *
 * A subcommand is one file with one function, `int command_NAME(argc, argv)`,
 * that returns the exit status: 0 done, 1 some of the input was not, 2 wrong
 * use or a case that cannot be had.
 */
#ifndef CLI_H
#define CLI_H

#include "digest/digest.h"
#include "exchange/exchange.h"

#include <stdio.h>

enum { STATUS_DONE, STATUS_PARTLY, STATUS_FAILED };

#define COMMANDS(X)                                                           \
    X(read, "read documents into a case")                                     \
    X(serve, "open the case as a page in the browser")                        \
    X(brief, "one page: what is claimed, and who says so")                    \
    X(claims, "list claims, by act, person, source, place, time")             \
    X(events, "list happenings, and how many independent sources say so")     \
    X(show, "one claim, event, person, group or place")                       \
    X(explain, "why a claim was read: tree, tables, models")                  \
    X(search, "find words in the sentences")                                  \
    X(documents, "list the documents")                                        \
    X(sources, "list who says how much, and about whom")                      \
    X(people, "list the people who are named, under all their names")         \
    X(groups, "list the groups")                                              \
    X(places, "list the places, and where on earth they lie")                 \
    X(same, "who is perhaps the same, and why")                               \
    X(merge, "say that two are one")                                          \
    X(split, "say that two are not one")                                      \
    X(describe, "say what a document is: its date, publisher, title")         \
    X(duplicates, "documents that copy others, and the words that differ")    \
    X(estimate, "how many there were, from lists of people")                  \
    X(export, "hand out claims, attributions, texts")                         \
    X(history, "what became of a document or a claim, and by whom")           \
    X(match, "score pairs of names: one and the same?")                       \
    X(parse, "show the trees of a text (CoNLL-U)")                            \
    X(doctor, "whether documents can be opened safely here")                  \
    X(index, "count a case once, for the page")                               \
    X(check, "verify a case file")                                            \
    X(verify, "is everything in the case as it was put there?")               \
    X(receipt, "prove to others that a document is in the case")

#define X(name, words) int command_##name(int argc, char **argv);
COMMANDS(X)
#undef X

/* --- options ---------------------------------------------------------- */

enum option_sets {
    OPTIONS_CASE = 1, /* --case FILE */
    OPTIONS_DATA = 2, /* --lexicon DIR, --models DIR */
};

/*
 * Parses the options of a subcommand: those of `sets` and `entries`.  --help
 * prints `usage` and `about` and exits with 0, a mistake prints a message and
 * exits with 2.  What is left in argv are the arguments.
 */
void options_parse(
    int *argc, char ***argv, unsigned sets, const char *usage,
    const char *about, const GOptionEntry *entries);
/* Complains of arguments, if there are any, and exits with 2. */
void options_end(int argc, char **argv);
/* Likewise of an option's value that is no day; NULL is fine. */
void check_day(const char *option, const char *day);
/* The same for --jobs; 0 becomes the number of processors. */
void check_jobs(int *jobs);
/* The folder of tables or of weights: as the option says, else below
   $ATTEST_DATA, else beside the program (bin/attest, share/attest), else of
   the source tree.  Free with g_free. */
char *lexicon_folder(void);
char *models_folder(void);
/* The program that opens foreign documents; likewise. */
char *converter_path(void);

/* Opens the case that --case names; on failure prints why and exits. */
struct kase *open_case(case_mode mode);
void close_case(struct kase *k);
const char *case_path(void);
/* The time that a case records, ISO 8601 in UTC; g_free it. */
char *now_words(void);

/* Prints "attest: ..." on standard error. */
void complain(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* Prints the error, frees it, and gives STATUS_FAILED. */
int fail(GError *error);

/* --- single claims ----------------------------------------------------- */

/* Prints a claim; `a` lives until the next. */
typedef void (*claim_shower)(
    struct arena *a, const struct claim_row *c, const struct document_row *d,
    void *self);
/* Shows each claim that an argument names; complains where there is none.  The
   exit status. */
int show_claims(int argc, char **argv, claim_shower show, void *self);

/* "  name         value", wrapped and made plain; nothing for "" or NULL. */
void print_field(const char *name, const char *value);
/* "c12  liberty.detain, denied" */
void print_claim_head(const struct claim_row *c);

/* --- printing --------------------------------------------------------- */

/* May colours be used on standard output? */
bool use_colour(void);
/* Columns of the terminal, or 100 where there is none. */
int screen_width(void);

/* Appends words of a document so that they can do nothing to a terminal:
   control characters and marks that turn the direction become spaces. */
void append_plain(GString *out, const char *words);
/* Columns that UTF-8 text takes on a screen. */
int text_columns(const char *words);
/* Appends at most `columns` columns of the text, "..." (one column) where it
   had to be cut. */
void append_cut(GString *out, const char *words, int columns);
/* Appends the text wrapped to the screen, each line after `indent` spaces;
   colours take no room. */
void append_wrapped(GString *out, const char *words, int indent);

/* Words to set off: in a colour (an escape sequence), or in [brackets] with a
   note before them where there are no colours. */
struct mark {
    struct span span;
    const char *colour, *note; /* note: "" for none */
};
/* Appends a document's words, made plain, with the marks in it set off.  The
   marks' spans count from the start of `text`; of marks that meet the first
   given holds. */
void append_marked(
    GString *out, struct str text, const struct mark *marks, uint32_t count);

/*
 * Standard output for text that is not made plain before: goes through as it
 * is, but on a terminal controls become spaces.  Closing says whether all was
 * written.
 */
FILE *output_open(void);
MUST_CHECK bool output_close(FILE *out);

/*
 * A list: a table on a terminal, else tab-separated lines with a head; or
 * JSON by the column's names.
 */
enum list_format { LIST_AUTO, LIST_TABLE, LIST_TSV, LIST_JSON, LIST_JSONL };

struct column {
    const char *name;
    bool is_number;
    int share; /* of the screen, among the columns; 0: as wide as needed */
    int rank;  /* on a narrow screen the highest is left out first; 0: stays */
};

struct list;
/* `format` is as the option gives it, or NULL; exits with 2 if it is none. */
struct list *list_new(
    const char *format, const struct column *columns, int count);
enum list_format list_format(const struct list *l);
/* `cells` are as many as columns; NULL is empty (null in JSON). */
void list_add(struct list *l, const char *const *cells);
/* A row that is JSON already. */
void list_add_json(struct list *l, const char *json);
/* Prints what is left and frees; prints `none` instead of an empty table.
   Returns the exit status. */
int list_end(struct list *l, const char *none);

/* As a JSON string, with its quotation marks; g_free it. */
char *json_text(const char *words);

/* "A", or "A = fullest name" where that tells more; in `a`. */
const char *phrase_words(struct arena *a, const struct phrase_row *p);
/* "publisher > A > B", outermost first; "" where nobody is known; in `a`. */
const char *chain_words(struct arena *a, const struct claim_row *c);
/* "page 4"; "" where nobody counts; in `a`. */
const char *milestone_words(struct arena *a, const struct claim_row *c);
/* "B (A, publisher)": for a narrow column; in `a`. */
const char *voice_words(struct arena *a, const struct claim_row *c);

#endif
