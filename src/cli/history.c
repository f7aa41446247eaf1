#include "cli/named.h"

#include <stdio.h>
#include <string.h>

static const char about[] =
    "Tells the life of a claim (c12), or of a document (d12, or its name), in\n"
    "the order in which things were done: when it was read and by which "
    "attest,\n"
    "what reviewers decided, noted, corrected and described, and where in the\n"
    "log that stands.\n"
    "\n"
    "Examples:\n"
    "  attest history c12\n"
    "  attest history letter-7.txt";

bool document_named(
    struct kase *k, const char *word, int64_t *out, GError **error)
{
    if (!case_find_named(k, word, out, error))
        return false;
    if (!*out && word[0] == 'd' && g_ascii_isdigit(word[1]))
        *out = g_ascii_strtoll(word + 1, NULL, 10);
    return true;
}

static void print_line(const char *at, const char *words)
{
    GString *plain = g_string_new(NULL);

    append_plain(plain, at);
    g_string_append(plain, "  ");
    append_plain(plain, words);
    puts(plain->str);
    g_string_free(plain, TRUE);
}

/* --- claims --------------------------------------------------------------- */

static const char *
decision_words(struct arena *a, const struct record_row *r, const char *who)
{
    static const char *const deeds[] = {
        [VERDICT_CONFIRMED] = "confirmed",
        [VERDICT_REJECTED] = "rejected",
        [VERDICT_OPEN] = "left open",
    };

    if (r->undoes)
        return arena_print(
            a, "%s took a decision on c%" G_GINT64_FORMAT " back", who, r->one);
    return arena_print(
        a, "%s %s c%" G_GINT64_FORMAT "%s", who, deeds[r->verdict], r->one,
        r->bulk ? ", with others at once" : "");
}

static const char *
correction_words(struct arena *a, const struct record_row *r, const char *who)
{
    return r->undoes ? arena_print(
                           a,
                           "%s took the correction c%" G_GINT64_FORMAT
                           " back: it is c%" G_GINT64_FORMAT " now",
                           who, r->undoes, r->id)
                     : arena_print(
                           a,
                           "%s corrected c%" G_GINT64_FORMAT
                           ": it is c%" G_GINT64_FORMAT " now",
                           who, r->other, r->id);
}

static const char *
event_words(struct arena *a, const struct record_row *r, const char *who)
{
    static const char *const deeds[] = {
        [RULING_SAME] = "one event",
        [RULING_APART] = "two events",
        [RULING_OPEN] = "perhaps one event, perhaps two",
    };

    return arena_print(
        a,
        "%s said that c%" G_GINT64_FORMAT " and c%" G_GINT64_FORMAT
        " are about %s",
        who, r->one, r->other, deeds[r->ruling]);
}

static const char *record_words(struct arena *a, const struct record_row *r)
{
    const char *who = r->who ? r->who : "attest";

    switch (r->what) {
    case RECORD_READING:
        return arena_print(
            a, "%s read c%" G_GINT64_FORMAT " in the document", who, r->one);
    case RECORD_CORRECTION:
        return correction_words(a, r, who);
    case RECORD_DECISION:
        return decision_words(a, r, who);
    case RECORD_NOTE:
        return arena_print(a, "%s noted on c%" G_GINT64_FORMAT, who, r->one);
    case RECORD_SECOND:
        return arena_print(
            a, "%s asked for %s second reader of c%" G_GINT64_FORMAT, who,
            r->asked ? "a" : "no", r->one);
    case RECORD_EVENTS:
        return event_words(a, r, who);
    case RECORD_PARTIES:
    case RECORD_DESCRIPTION:
    case RECORD_COUNT:
        break;
    }
    return record_word(r->what);
}

static void tell_record(struct arena *a, const struct record_row *r)
{
    const char *words = record_words(a, r);

    if (r->words)
        words = arena_print(a, "%s: \"%s\"", words, r->words);
    if (r->undone)
        words = arena_print(a, "%s (taken back later)", words);
    if (r->repeats)
        words = arena_print(a, "%s (carried over)", words);
    print_line(r->at, words);
}

static int tell_claim(struct kase *k, struct arena *a, int64_t claim)
{
    struct record_row *rows;
    GError *error = NULL;
    uint32_t count;

    if (!case_find_history(k, a, claim, &rows, &count, &error))
        return fail(error);
    for (uint32_t i = 0; i < count; i++)
        tell_record(a, &rows[i]);
    if (count)
        return STATUS_DONE;
    complain("%s holds no claim c%" G_GINT64_FORMAT, case_path(), claim);
    return STATUS_PARTLY;
}

/* --- documents ------------------------------------------------------------ */

/* ", 2 notes" */
static const char *
number_words(struct arena *a, int64_t count, const char *what)
{
    return count ? arena_print(
                       a, ", %" G_GINT64_FORMAT " %s%s", count, what,
                       count == 1 ? "" : "s")
                 : "";
}

static void tell_reviewers(struct arena *a, const struct life_row *v)
{
    for (uint32_t i = 0; i < v->reviewer_count; i++) {
        const struct reviewer_sum *r = &v->reviewers[i];

        print_line(
            "since then          ",
            arena_print(
                a, "%s%s%s%s", r->who,
                number_words(a, r->decisions, "decision"),
                number_words(a, r->corrections, "correction"),
                number_words(a, r->notes, "note")));
    }
}

static void tell_version(struct arena *a, const struct life_row *v)
{
    print_line(
        v->at,
        arena_print(
            a,
            "%s read version %" G_GINT64_FORMAT " of %s (d%" G_GINT64_FORMAT
            "%s); its bytes %s; entry %" G_GINT64_FORMAT " of the log",
            v->program, v->version, v->name, v->id,
            number_words(a, v->claims, "claim"),
            v->is_kept ? "are kept" : "are not in the case", v->entry));
    print_line("                    ", arena_print(a, "sha256 %s", v->sha256));
    if (v->container)
        print_line(
            "                    ",
            arena_print(a, "found in a file with sha256 %s", v->container));
    tell_reviewers(a, v);
}

static const char *
description_words(struct arena *a, const struct description_row *r)
{
    const char *words = arena_print(
        a, "%s described it: %s %s", r->who, described_word(r->field),
        r->value ? r->value : "is not known");

    return r->why ? arena_print(a, "%s: \"%s\"", words, r->why) : words;
}

/* What was said of the document before that run, from the row `from` on; the
   next row. */
static uint32_t tell_descriptions(
    struct arena *a, const struct description_row *rows, uint32_t from,
    uint32_t count, int64_t until)
{
    for (; from < count && rows[from].run < until; from++)
        print_line(rows[from].at, description_words(a, &rows[from]));
    return from;
}

/* In the order of time. */
static bool tell_life(
    struct kase *k, struct arena *a, const struct life_row *versions,
    uint32_t count, GError **error)
{
    struct description_row *said;
    uint32_t said_count, at = 0;

    if (count && !case_find_descriptions(
                     k, a, versions[0].name, &said, &said_count, error))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        tell_version(a, &versions[i]);
        at = tell_descriptions(
            a, said, at, said_count,
            i + 1 < count ? versions[i + 1].run : G_MAXINT64);
    }
    return true;
}

static int tell_document(struct kase *k, struct arena *a, const char *word)
{
    struct life_row *rows;
    GError *error = NULL;
    int64_t document;
    uint32_t count;

    if (!document_named(k, word, &document, &error) ||
        !case_find_life(k, a, document, &rows, &count, &error) ||
        !tell_life(k, a, rows, count, &error))
        return fail(error);
    if (count)
        return STATUS_DONE;
    complain(
        "%s holds no document '%s'; a claim is named like c12", case_path(),
        word);
    return STATUS_PARTLY;
}

/* --- the command ---------------------------------------------------------- */

static int tell(struct kase *k, struct arena *a, const char *word)
{
    char *end;
    int64_t claim = word[0] == 'c' ? g_ascii_strtoll(word + 1, &end, 10) : 0;

    return claim > 0 && !*end ? tell_claim(k, a, claim)
                              : tell_document(k, a, word);
}

int command_history(int argc, char **argv)
{
    int status = STATUS_DONE;
    struct arena *a;
    struct kase *k;

    options_parse(
        &argc, &argv, OPTIONS_CASE,
        "ID... - tell the life of claims and documents", about, NULL);
    if (argc < 2) {
        complain("of what? Like 'attest history c12', or a document's name");
        return STATUS_FAILED;
    }
    k = open_case(CASE_READ);
    a = arena_new();
    for (int i = 1; i < argc; i++) {
        int one;

        if (i > 1)
            putchar('\n');
        one = tell(k, a, argv[i]);
        status = MAX(status, one);
        arena_reset(a);
    }
    arena_free(a);
    close_case(k);
    return status;
}
