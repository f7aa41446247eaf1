/*
 * language.h - what stands in a text: sentences, tokens, tags, lemmas,
 * dependency trees, names, times and numbers.  Knows nothing of claims.
 *
 * Trees follow Universal Dependencies v2 (https://universaldependencies.org),
 * tokens the conventions of the English treebanks EWT and GUM.  Reading is
 * pure: the same text, models, tables and date always give the same result,
 * to the byte, on every machine (inference is in integers, and in floating
 * point without contraction where it cannot be).
 */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include "base/base.h"

/* Universal part-of-speech tags, in UD's alphabetical order. */
#define UPOS_TAGS(X)                                                           \
    X(ADJ)                                                                     \
    X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART)        \
        X(PRON) X(PROPN) X(PUNCT) X(SCONJ) X(SYM) X(VERB) X(X)

enum upos {
#define X(tag) UPOS_##tag,
    UPOS_TAGS(X)
#undef X
        UPOS_COUNT
};

const char *upos_word(enum upos tag); /* "NOUN" */

/*
 * Universal relations without subtype; the subtype is kept in the token's
 * `relation` string.
 */
#define RELATIONS(X)                                                           \
    X(acl)                                                                     \
    X(advcl) X(advmod) X(amod) X(appos) X(aux) X(case) X(cc) X(ccomp) X(clf)   \
        X(compound) X(conj) X(cop) X(csubj) X(dep) X(det) X(discourse)         \
            X(dislocated) X(expl) X(fixed) X(flat) X(goeswith) X(iobj) X(list) \
                X(mark) X(nmod) X(nsubj) X(nummod) X(obj) X(obl) X(orphan)     \
                    X(parataxis) X(punct) X(reparandum) X(root) X(vocative)    \
                        X(xcomp)

enum relation {
#define X(name) RELATION_##name,
    RELATIONS(X)
#undef X
        RELATION_COUNT
};

#define NO_TOKEN UINT32_MAX

/* What a word may be part of in an attribution (PolNeAR). */
enum said_part { SAID_SOURCE, SAID_CUE, SAID_CONTENT, SAID_PARTS };

struct token {
    struct span span; /* in the document's text */
    uint32_t head;    /* index in the sentence; NO_TOKEN for the root */
    enum relation relation;
    enum upos upos;
    bool space_after;
    bool mwt_next;     /* the next token belongs to the same UD multiword
                             token ("do" before "n't") */
    const char *form;  /* as written, NUL-terminated */
    const char *lower; /* form in lower case (Unicode) */
    const char *lemma;
    const char *xpos;     /* Penn tag */
    const char *feats;    /* UD features or "_" */
    const char *deprel;   /* relation with subtype: "nsubj:pass" */
    float arc_confidence; /* 0..1: that head and relation are right */
    float said[SAID_PARTS]; /* 0..1: that it is part of such a thing */
};

enum name_kind { NAME_PERSON, NAME_GROUP, NAME_PLACE };
enum { NAME_KINDS = NAME_PLACE + 1 };

/* A proper name: tokens [from, to) of its sentence. */
struct name {
    uint32_t from, to;
    enum name_kind kind;
};

/*
 * A time expression (TIMEX3's dates, durations and sets, in brief): tokens
 * [from, to).  `first` and `last` are days, ISO 8601, inclusive, resolved
 * against the document's date; "" where the words give no calendar time.
 */
enum time_kind { TIME_DATE, TIME_DURATION, TIME_SET };

struct time_expression {
    uint32_t from, to;
    enum time_kind kind;
    char first[11], last[11];
    char back[11]; /* of a length: the day so long before the document's */
};

/* A number with its unit: tokens [from, to), comparison words included. */
struct number {
    uint32_t from, to;
    bool has_value;      /* "millions", "several" have none */
    double value, most;  /* the same but of a range: "20 to 30" */
    const char *unit;    /* "%", an ISO 4217 currency, "year old", "month
                            old", ... of an age, "th" of an ordinal, or "" */
    const char *compare; /* "<", "<=", "~", ">=", ">", "=", or "" without a
                            word for it: "nearly" is "~", "only" is "=" */
};

struct sentence {
    struct span span;
    uint32_t paragraph; /* counted from 0 in the document */
    struct token *tokens;
    struct name *names;
    struct time_expression *times;
    struct number *numbers;
    uint32_t token_count, name_count, time_count, number_count;
    bool is_foreign;      /* in no English that the reader knows: most of its
                             words are new to it; claims pass it over */
    const char *comments; /* CoNLL-U comment lines as read, or NULL */
};

struct text {
    struct str str; /* what was read; all spans point into it */
    struct sentence *sentences;
    uint32_t count;
    uint64_t token_count;
};

/* The loaded models and tables; read only, shared by all threads. */
struct reader;

/*
 * `models` and `lexicon` are folders.  Fails with ATTEST_ERROR_DATA (names
 * the file) or GLib's file errors.
 */
MUST_CHECK struct reader *
reader_load(const char *models, const char *lexicon, GError **error);
void reader_free(struct reader *r);

/*
 * Reads the part `body` of `text` (valid UTF-8, at most 1 GiB).  `date` is
 * the document's day (ISO 8601) or NULL; relative times stay unresolved
 * without one.  The result lives in `a` and borrows `text`.  Sentences longer
 * than LANGUAGE_SENTENCE_MOST tokens are cut at the best place before it.
 * Every span lies in `body`; tokens of a sentence are in order and never
 * overlap; heads form one tree.
 */
enum { LANGUAGE_SENTENCE_MOST = 512 };
struct text *language_read(
    const struct reader *r, struct arena *a, struct str text, struct span body,
    const char *date);

/* The stages of language_read, for `attest parse` and for measuring. */
struct text *language_break(
    const struct reader *r, struct arena *a, struct str text, struct span body);
void language_tag_and_parse(
    const struct reader *r, struct arena *a, struct text *t);

/* What tagging and parsing spend their time on: looking features up, the
   layers that all else is read off, tags with lemmas, names, trees. */
enum parse_part {
    PARSE_FEATURES,
    PARSE_LAYERS,
    PARSE_TAGS,
    PARSE_NAMES,
    PARSE_TREES,
    PARSE_PARTS
};
/* Told after each part of each batch of sentences. */
struct parse_watch {
    void (*done)(void *data, enum parse_part part);
    void *data;
};
/* The same as language_tag_and_parse, for measuring; `watch` may be NULL. */
void language_watch(
    const struct reader *r, struct arena *a, struct text *t,
    const struct parse_watch *watch);
/* Once all of a text is parsed: gives the mentions of a name in a document the
   kind that most of them have. */
void language_settle_names(struct text *t);
void language_find_times(
    const struct reader *r, struct arena *a, struct text *t, const char *date);

/* A hyphen that stands by itself, or a longer dash. */
bool token_is_dash(const struct token *t);

/* --- trees ----------------------------------------------------------- */

/* Walks used by every room after this one. */
bool token_under(const struct sentence *s, uint32_t token, uint32_t ancestor);
/* The first child of `head` at or after `from` with that relation, or
   NO_TOKEN. */
uint32_t token_child(
    const struct sentence *s, uint32_t head, enum relation relation,
    uint32_t from);
/* First and last token (inclusive) of the subtree below `head`. */
void token_subtree(
    const struct sentence *s, uint32_t head, uint32_t *first, uint32_t *last);

/* --- CoNLL-U --------------------------------------------------------- */

/*
 * Reads gold tokens (tags and heads ignored) of one or more sentences into
 * `a`; the text is rebuilt from FORM and SpaceAfter.  Fails with
 * ATTEST_ERROR_INPUT and the line.  Comments are kept for writing.
 */
MUST_CHECK struct text *
conllu_read(struct arena *a, struct str content, GError **error);
/* Appends the text, with `# text`, SpaceAfter, multiword tokens, and names
   (Name=B-person), times (Time=first/last) and numbers in MISC. */
void conllu_write(const struct text *t, GString *out);

#endif
