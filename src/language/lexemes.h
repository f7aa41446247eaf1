/*
 * lexemes.h - the words of times and numbers, and where they stand in a
 * sentence.
 */
#ifndef LEXEMES_H
#define LEXEMES_H

#include "language/calendars.h"
#include "language/days.h"
#include "language/language.h"
#include "language/word_map.h"

#include <string.h>

/* The kinds of times.tsv, then those of numbers.tsv; the tables say what
   they mean. */
#define TIME_SENSES(X)                                                         \
    X(month)                                                                   \
    X(weekday)                                                                 \
    X(weekdays) X(unit) X(day) X(now) X(vague) X(season) X(part) X(clock)      \
        X(next) X(last) X(this) X(same) X(ago) X(earlier) X(later) X(early)    \
            X(mid) X(late) X(since) X(until) X(before) X(after) X(between)     \
                X(within) X(every) X(often) X(times) X(feast) X(all) X(decade) \
                    X(year) X(future) X(around) X(and) X(article) X(of) X(to)  \
                        X(from) X(in) X(foreign) X(era) X(fiscal) X(piece)
#define NUMBER_SENSES(X)                                                       \
    X(digit)                                                                   \
    X(ten)                                                                     \
    X(scale) X(suffix) X(ordinal) X(fraction) X(some) X(compare) X(behind)     \
        X(percent) X(currency) X(coin) X(minus) X(old) X(aged) X(owner)        \
            X(point) X(ratio)

enum sense_kind {
#define X(name) SENSE_##name,
    TIME_SENSES(X) NUMBER_SENSES(X)
#undef X
        SENSE_figure, /* a token that begins with a digit */
    SENSE_COUNT
};
G_STATIC_ASSERT(SENSE_COUNT <= 64);

#define SENSE(name) (UINT64_C(1) << SENSE_##name)

struct sense {
    enum sense_kind kind;
    uint32_t count; /* of words */
    char **words;
    double value; /* its text as a number, where it is one */
    char *text;
    uint32_t next; /* sense with the same first word, 0: none */
};

struct time_words {
    struct word_map *map; /* first word -> index of its first sense */
    GArray *senses;       /* of struct sense; [0] is not used */
    struct calendars *calendars;
};

/* One sentence under the eyes of the finders. */
struct scan {
    const struct time_words *words;
    const struct token *tokens;
    uint32_t count;
    uint64_t *kinds;  /* of each token: the senses that begin there */
    uint32_t *firsts; /* of each token: its first sense; or NULL */
    uint32_t size;
    int32_t today;              /* NO_DAY where the document has no date */
    int32_t anchor, anchor_end; /* the last date told, for "a year later" */
    bool anchor_year;           /* its year was told, not chosen */
    uint32_t anchor_age;        /* sentences since */
};

/* How many sentences later an hour, or a day without its year, still is of the
   last date told. */
enum { ANCHOR_NEAR = 3 };

/* Looks every token up; false if nothing in the sentence can be a time or a
   number. */
bool scan_sentence(struct scan *s, const struct sentence *sentence);

static inline bool has_kind(const struct scan *s, uint32_t i, uint64_t kinds)
{
    return i < s->count && (s->kinds[i] & kinds);
}

const struct sense *
sense_lookup(const struct scan *s, uint32_t i, enum sense_kind kind);

/* The longest sense of `kind` that begins at token i, or NULL. */
static inline const struct sense *
sense_at(const struct scan *s, uint32_t i, enum sense_kind kind)
{
    return has_kind(s, i, UINT64_C(1) << kind) ? sense_lookup(s, i, kind)
                                               : NULL;
}

/* The sense of a single word by itself, or NULL. */
const struct sense *
word_sense(const struct time_words *w, const char *word, enum sense_kind kind);

/* "USD115": how long the sign of money is before the figure in one token; 0
   if it is no such token. */
size_t money_sign_length(const struct time_words *w, const struct token *t);

static inline bool token_is(const struct scan *s, uint32_t i, const char *lower)
{
    return i < s->count && s->tokens[i].lower[0] == lower[0] &&
           strcmp(s->tokens[i].lower, lower) == 0;
}
/* Token i follows its predecessor without a space. */
bool is_joined(const struct scan *s, uint32_t i);
/* A hyphen or dash at i. */
bool is_dash(const struct scan *s, uint32_t i);

/* --- numerals.c, numbers.c ------------------------------------------- */

struct figure {
    double value;
    bool has_value; /* "several" has none */
    bool ordinal;
    bool plain; /* digits only: may be a year or a day */
};

/* The number that begins at token i; returns its end, or i for none. */
uint32_t parse_figure(const struct scan *s, uint32_t i, struct figure *f);
/* Nothing stands at i that a number before it could count. */
bool ends_phrase(const struct scan *s, uint32_t i);
/* "about", "more than": returns the end, and the comparison. */
uint32_t parse_compare(const struct scan *s, uint32_t i, const char **compare);
/* Appends the numbers of [from, to) to `out`, of struct number. */
void find_numbers(
    const struct scan *s, uint32_t from, uint32_t to, GArray *out);

/* --- dates.c --------------------------------------------------------- */

/* Of what length an expression is; GRAIN_PART is less than a day. */
enum grain {
    GRAIN_NONE,
    GRAIN_PART,
    GRAIN_DAY,
    GRAIN_WEEK,
    GRAIN_MONTH,
    GRAIN_YEAR,
    GRAIN_LONG
};

/* What an expression stands for. */
struct when {
    int32_t first, last; /* inclusive; NO_DAY: not known */
    enum time_kind kind;
    enum grain grain;
    int year;      /* 0: the words told none, tense chose it */
    int32_t back;  /* of a duration: the day so long before the document's */
    bool calendar; /* named by the calendar ("May 2005", "Monday"), and so
                      the anchor of what follows ("the next day") */
};

static inline void
when_set(struct when *w, int32_t first, int32_t last, enum grain grain)
{
    w->first = first;
    w->last = last;
    w->grain = grain;
    w->kind = TIME_DATE;
}

/* A day, month, season, year, decade or century by its own name; returns its
   end, or i for none. */
uint32_t parse_date(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_year(const struct scan *s, uint32_t i, int *year);
/* What the verb next to the expression [from, to) looks at. */
enum tense { TENSE_NONE, TENSE_PAST, TENSE_FUTURE };
enum tense find_tense(const struct scan *s, uint32_t from, uint32_t to);
/* A sense that is a name: not of "may", "march", "sat" written small. */
const struct sense *
named_at(const struct scan *s, uint32_t i, enum sense_kind kind);
/* Moves a date without a year to the year of `year`. */
void move_to_year(struct when *w, int year);

/* --- relatives.c ----------------------------------------------------- */

/* "last week", "two days ago", "every Monday", "three months": returns its
   end, or i for none. */
uint32_t parse_relative(const struct scan *s, uint32_t i, struct when *w);
/* A date, a relative, or a part of one ("early 2011"). */
uint32_t parse_when(const struct scan *s, uint32_t i, struct when *w);

/* --- clock.c --------------------------------------------------------- */

/* "5 pm", "10:30", "from 5 to 6 pm", "noon", "in the morning": returns its
   end, or i for none.  `loose`: beside a day, where "from 5 to 6" is enough. */
uint32_t parse_clock(const struct scan *s, uint32_t i, bool loose);
/* A mere number at the end of what is said: "at 5". */
uint32_t parse_hour_alone(const struct scan *s, uint32_t i);
/* "12-4" likewise, behind a day. */
uint32_t parse_hours_alone(const struct scan *s, uint32_t i);
/* "about", "as early as" before a time. */
uint32_t skip_around(const struct scan *s, uint32_t i);
/* "since", "prior to": the words that open a span, and how. */
uint32_t parse_opener(const struct scan *s, uint32_t i, enum sense_kind *kind);

#endif
