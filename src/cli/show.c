#include "cli/happening.h"
#include "cli/parties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char about[] =
    "Of a claim (c12): its sentence in its paragraph, with the words that "
    "tell\n"
    "the act, the roles and the sources set off, the chain of sources, and\n"
    "the record of the document. Of an event (e12): who says so, through "
    "whom,\n"
    "in which documents, by which claims, and how sure it is that a claim\n"
    "belongs there; in what accounts agree and differ. An event goes by its\n"
    "first claim; any claim of it will do: e12 is the event of c12. Of a\n"
    "person, group or place (p35, or a name): the names, who uses them, who "
    "may\n"
    "be the same, what they are called, and all claims.\n"
    "\n"
    "Examples:\n"
    "  attest show c12\n"
    "  attest show e12 e40 | less\n"
    "  attest show p35\n"
    "  attest show 'Teodor Brask'";

static const char colour_trigger[] = "\033[1;31m";
static const char colour_source[] = "\033[35m";
static const char colour_scene[] = "\033[32m";
static const char *const colour_roles[ROLE_COUNT] = {
    "\033[36m", "\033[33m", colour_scene, colour_scene, colour_scene};

static const char *const role_names[] = {
#define X(name, word) word,
    ROLES(X)
#undef X
};

enum { MARKS_MOST = 256 };
/* Bytes of a paragraph shown before and after the sentence, and of the
   sentence before and after the act, should they be longer. */
enum { CONTEXT_MOST = 600, SENTENCE_MOST = 2000 };

/* --- the paragraph ------------------------------------------------------ */

static bool is_line_end(struct str text, uint32_t at)
{
    return text.at[at] == '\n' || text.at[at] == '\r';
}

/* Is there a blank line, or an end of the text, before `at`? */
static bool begins_paragraph(struct str text, uint32_t at)
{
    uint32_t ends = 0;

    for (; at && g_ascii_isspace(text.at[at - 1]) && ends < 2; at--)
        ends += text.at[at - 1] == '\n';
    return !at || ends == 2;
}

/* Likewise after it. */
static bool ends_paragraph(struct str text, uint32_t at)
{
    uint32_t ends = 0;

    for (; at < text.len && g_ascii_isspace(text.at[at]) && ends < 2; at++)
        ends += text.at[at] == '\n';
    return at == text.len || ends == 2;
}

/* Moves a cut, which is no end of a paragraph, to a space. */
static uint32_t cut_at_space(struct str text, uint32_t at, uint32_t inner)
{
    int step = at < inner ? 1 : -1;

    while (at != inner && text.at[at] != ' ' && !is_line_end(text, at))
        at = (uint32_t)((int64_t)at + step);
    return at;
}

/* From the blank line before the sentence to that after it, or, if these are
   far, from a space to a space; `core` is within what is returned. */
static struct span
find_paragraph(struct str text, struct span s, struct span core)
{
    struct span p = s;

    if (s.to - s.from > 2 * SENTENCE_MOST) {
        p.from = MAX(s.from, core.from - MIN(core.from, SENTENCE_MOST));
        p.to = MIN(s.to, core.to + SENTENCE_MOST);
        p.from = cut_at_space(text, p.from, core.from);
        p.to = cut_at_space(text, p.to, core.to);
        return p;
    }
    while (s.from - p.from < CONTEXT_MOST && !begins_paragraph(text, p.from))
        p.from--;
    while (p.to - s.to < CONTEXT_MOST && !ends_paragraph(text, p.to))
        p.to++;
    if (!begins_paragraph(text, p.from))
        p.from = cut_at_space(text, p.from, s.from);
    if (!ends_paragraph(text, p.to))
        p.to = cut_at_space(text, p.to, s.to);
    return p;
}

struct marks {
    struct mark at[MARKS_MOST];
    uint32_t count;
    struct span within;
};

static void
add_marks(struct marks *m, struct spans s, const char *colour, const char *note)
{
    for (uint32_t i = 0; i < s.count && m->count < MARKS_MOST; i++)
        if (span_has(m->within, s.at[i]))
            m->at[m->count++] = (struct mark){
                {s.at[i].from - m->within.from, s.at[i].to - m->within.from},
                colour,
                note};
}

static void collect_marks(const struct claim_row *c, struct marks *m)
{
    add_marks(m, c->trigger, colour_trigger, "act");
    for (int r = 0; r < ROLE_COUNT; r++)
        add_marks(m, c->roles[r].spans, colour_roles[r], role_names[r]);
    add_marks(m, c->time_spans, colour_scene, "time");
    add_marks(m, c->count_spans, colour_scene, "count");
    for (uint32_t i = 0; i < c->source_count; i++) {
        add_marks(m, c->sources[i].source.spans, colour_source, "source");
        add_marks(m, c->sources[i].cue, colour_source, "says");
    }
}

static void print_paragraph(struct str text, const struct claim_row *c)
{
    struct marks *m = g_new0(struct marks, 1);
    GString *words = g_string_new(NULL), *wrapped = g_string_new("\n");
    struct span act = c->trigger.count ? c->trigger.at[0] : c->sentence;
    struct span p = find_paragraph(text, c->sentence, act);

    m->within = p;
    collect_marks(c, m);
    if (!begins_paragraph(text, p.from))
        g_string_append(words, "… ");
    append_marked(words, span_text(text, p), m->at, m->count);
    if (!ends_paragraph(text, p.to))
        g_string_append(words, " …");
    append_wrapped(wrapped, words->str, 4);
    puts(wrapped->str);
    g_free(m);
    g_string_free(words, TRUE);
    g_string_free(wrapped, TRUE);
}

/* --- the fields --------------------------------------------------------- */

static void print_time(struct arena *a, const struct claim_row *c)
{
    const char *words = c->time_text ? c->time_text : "without words";

    if (!c->first || !c->last) {
        if (c->time_text)
            print_field("time", words);
    } else if (!strcmp(c->first, c->last)) {
        print_field("time", arena_print(a, "%s: %s", words, c->first));
    } else {
        print_field(
            "time", arena_print(a, "%s: %s to %s", words, c->first, c->last));
    }
}

static void print_count(struct arena *a, const struct claim_row *c)
{
    if (c->count_text)
        print_field(
            "figure",
            c->count_of
                ? arena_print(a, "%s, of: %s", c->count_text, c->count_of)
                : c->count_text);
}

static const char *
cue_words(struct arena *a, struct str text, const struct source_row *s)
{
    const char *words = "";

    for (uint32_t i = 0; i < s->cue.count; i++) {
        struct str cue = span_text(text, s->cue.at[i]);

        words = arena_print(
            a, "%s%s%.*s", words, i ? " ... " : "", (int)cue.len, cue.at);
    }
    return words;
}

/* One line a link, outermost first. */
static void print_chain(
    struct arena *a, const struct document_row *d, const struct claim_row *c)
{
    print_field(
        "says who", d->publisher ? arena_print(
                                       a, "%s, the publisher%s", d->publisher,
                                       c->source_count ? "," : "")
                    : c->source_count ? "the document,"
                                      : "the document itself");
    for (uint32_t i = 0; i < c->source_count; i++) {
        const struct source_row *s = &c->sources[i];
        const char *cue = cue_words(a, d->text, s);
        const char *who = s->source.spans.count ? phrase_words(a, &s->source)
                                                : "somebody who is not named";

        print_field(
            "",
            arena_print(
                a, "by the word of %s%s%s%s%s", who, *cue ? " (\"" : "", cue,
                *cue ? "\")" : "", i + 1 < c->source_count ? "," : ""));
    }
}

static void print_labels(struct arena *a, const struct claim_row *c)
{
    for (uint32_t i = 0; i < c->label_count; i++) {
        const struct label_row *l = &c->labels[i];

        print_field(
            i ? "" : "called",
            l->of.spans.count
                ? arena_print(
                      a, "%s: \"%s\"", phrase_words(a, &l->of), l->words)
                : arena_print(a, "\"%s\"", l->words));
    }
}

/* A value, and where it was read or who says so; without a value somebody says
   that it is not known. */
static void print_described(
    struct arena *a, const char *name, const char *value, const char *from)
{
    print_field(
        name, from ? arena_print(
                         a, "%s (from: %s)", value ? value : "not known", from)
                   : value);
}

static void print_document(struct arena *a, const struct document_row *d)
{
    putchar('\n');
    print_field("document", d->name);
    print_field("title", d->title);
    print_described(a, "date", d->date, d->date_from);
    print_described(a, "publisher", d->publisher, d->publisher_from);
    print_field("url", d->url);
    print_field(
        "file",
        arena_print(
            a, "%s, %s, %" G_GINT64_FORMAT " bytes, version %" G_GINT64_FORMAT,
            d->media_type, d->encoding, d->size, d->version));
    print_field("sha256", d->sha256);
    if (d->container)
        print_field(
            "found in", arena_print(a, "a file with SHA-256 %s", d->container));
    print_field("read", d->read_at);
    print_field("notes", d->notes);
}

static void show(
    struct arena *a, const struct claim_row *c, const struct document_row *d,
    void *self)
{
    (void)self;
    print_claim_head(c);
    print_paragraph(d->text, c);
    for (int r = 0; r < ROLE_COUNT; r++)
        print_field(role_names[r], phrase_words(a, &c->roles[r]));
    print_time(a, c);
    print_count(a, c);
    print_chain(a, d, c);
    print_labels(a, c);
    print_field("stands at", milestone_words(a, c));
    print_field("confidence", arena_print(a, "%.2f", c->confidence));
    print_document(a, d);
}

/* --- events --------------------------------------------------------------- */

static int show_event(struct arena *a, const struct digest *d, const char *word)
{
    char *end;
    int64_t id = g_ascii_strtoll(word + 1, &end, 10);
    const struct happening *h = *end || id < 1 ? NULL : happening_find(d, id);

    if (!h) {
        complain("%s holds no event %s", case_path(), word);
        return STATUS_PARTLY;
    }
    happening_show(a, d, h);
    return STATUS_DONE;
}

static int show_events(int argc, char **argv)
{
    struct digest digest = {0};
    struct arena *a = arena_new();
    GError *error = NULL;
    struct kase *k = open_case(CASE_READ);
    bool good = digest_open(k, a, &digest, &error);
    int status = good ? STATUS_DONE : fail(error);

    for (int i = 1; good && i < argc; i++) {
        int one;

        if (i > 1)
            putchar('\n');
        one = show_event(a, &digest, argv[i]);
        status = MAX(status, one);
    }
    digest_close(&digest);
    arena_free(a);
    close_case(k);
    return status;
}

/* --- people, groups, places ------------------------------------------------ */

static int show_personas(int argc, char **argv)
{
    struct company c = company_open(CASE_READ);
    int status = STATUS_DONE;

    for (int i = 1; i < argc; i++) {
        int one;

        if (i > 1)
            putchar('\n');
        one = show_persona(&c, argv[i]);
        status = MAX(status, one);
    }
    company_close(&c);
    return status;
}

/* --- all ---------------------------------------------------------------------- */

static int show_claim_words(int argc, char **argv)
{
    return show_claims(argc, argv, show, NULL);
}

/* "c12" or "12" is a claim, "e12" an event, anything else someone. */
static int (*shower_of(const char *word))(int argc, char **argv)
{
    const char *digits = word + (*word == 'c' || *word == 'e');
    bool is_number = *digits && !digits[strspn(digits, "0123456789")];

    if (!is_number)
        return show_personas;
    return *word == 'e' ? show_events : show_claim_words;
}

/* In the order given; those of one kind in a row at once. */
int command_show(int argc, char **argv)
{
    int status = STATUS_DONE, from = 0, to, one;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "ID... - show claims, events, people", about, NULL);
    if (argc < 2)
        return show_claim_words(argc, argv);
    for (; from + 1 < argc; from = to - 1) {
        int (*shower)(int, char **) = shower_of(argv[from + 1]);

        for (to = from + 2; to < argc && shower_of(argv[to]) == shower;)
            to++;
        if (from)
            putchar('\n');
        one = shower(to - from, argv + from);
        status = MAX(status, one);
    }
    return status;
}
