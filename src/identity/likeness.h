/*
 * likeness.h - how names compare; the parts, in the order of their work:
 *
 *   letters.c   "Al-Ḥasan", "الحسن"     -> sounds, in one alphabet
 *   facts.c     what the tables say of a word: title, particle, company form
 *   forms.c     a name                  -> struct name_form, words with weights
 *   align.c     two words               -> how near their sounds are
 *   pairing.c   two forms               -> which word answers which
 *   figures.c  that                    -> figures that a person can read
 *   likeness.c  figures and weights     -> a score in 0..1
 *
 * Comparing allocates nothing, and its cost is bounded by the limits below.
 */
#ifndef LIKENESS_H
#define LIKENESS_H

#include "identity/words.h"

/* --- letters ---------------------------------------------------------- */

enum {
    SOUND_COUNT = 63,     /* a-z, A-Z, 0-9, and 0 for none */
    LETTER_COUNT = 0x2000 /* code points that the table covers */
};

/* Which costs hold between two words depends on their scripts. */
enum script { SCRIPT_LATIN, SCRIPT_SEMITIC, SCRIPT_CYRILLIC };

enum letter_kind {
    LETTER_BREAK,  /* between words */
    LETTER_SILENT, /* an accent, an apostrophe */
    LETTER_KNOWN,
    LETTER_FOREIGN /* of a script that goes through ICU */
};

struct letter {
    uint8_t kind, script, count, sounds[3];
    uint16_t base;   /* lower case, without accents */
    uint16_t groups; /* 1 + the first group that begins with it, or 0 */
};

/* Letters that make one sound together. */
struct group {
    uint16_t letters[8];
    uint8_t length, count, sounds[3];
};

struct letters {
    struct letter at[LETTER_COUNT];
    struct group *groups; /* by first letter, the longest first; then a gap */
    uint32_t group_count;
};

MUST_CHECK bool letters_load(
    struct letters *l, struct arena *a, const char *lexicon_dir,
    GError **error);
uint8_t sound_of_sign(char sign); /* 0 if it is none */
char sign_of_sound(uint8_t sound);

/* A word as it is cut from a name. */
enum { WORD_SOUNDS = 24, WORD_LETTERS = 48 };
struct cut {
    uint8_t sounds[WORD_SOUNDS];
    uint8_t count;
    uint8_t script;
    char raw[12]; /* its first letters, where they are ASCII */
    uint8_t raw_count;
    bool dotted;    /* a stop follows */
    bool bracketed; /* stands in brackets */
    bool digits;
};

/* Cuts the next word from *at; false at the end, or at a letter of a foreign
   script, which sets *foreign. */
bool cut_next(
    const struct letters *l, struct str *at, bool *bracket, struct cut *out,
    bool *foreign);

/* --- facts ------------------------------------------------------------ */

enum duty {
    DUTY_PLAIN,
    DUTY_PARTICLE, /* al, bin, de: tells nothing */
    DUTY_TITLE,    /* Dr, Haji */
    DUTY_LEGAL,    /* Ltd, GmbH */
    DUTY_PREFIX,   /* abd-, abdul-: begins a name that may be one word */
    DUTY_NUMBER,
    DUTY_INITIAL,
    DUTY_SHORT /* an abbreviation in brackets behind what it abbreviates */
};

enum { KINDS = 3 };

struct fact {
    uint64_t hash; /* of its sounds; 0: an empty slot */
    uint8_t duty;
    bool site;         /* a kind of place: counts little in their names */
    bool fixed;        /* by a table that comes first */
    bool given;        /* its kin are given names, else words that mean it */
    uint16_t spelling; /* equal for spellings of one word, or 0 */
    uint16_t kin;      /* equal for words that stand for each other, or 0 */
    uint8_t weights[KINDS]; /* by kind of name: 255 rare, 0 common */
};

struct facts {
    struct fact *slots;
    uint32_t mask;
    bool begin[64]; /* sounds with which a prefix begins */
};

/* --- forms ------------------------------------------------------------ */

enum { FORM_WORDS = 16, FORM_SOUNDS = 160 };

struct name_word {
    uint8_t from, length; /* in the form's sounds */
    uint8_t duty, script;
    uint8_t weight;
    uint8_t article; /* sounds before `from` that may belong to it */
    bool given;
    uint16_t spelling, kin; /* as in its fact; kin of a number is its value */
    uint16_t classes;       /* the kinds of consonants in it */
};

struct name_form {
    uint8_t kind, count, sound_count;
    uint8_t plain;       /* words that count */
    uint8_t scripts;     /* of its words, as bits */
    uint8_t short_count; /* letters of short_name */
    uint8_t initial_count;
    char short_name[12]; /* the name if it is one short word */
    char initials[FORM_WORDS];
    bool small_initials[FORM_WORDS]; /* of words like "of" */
    uint16_t weight;                 /* of all words */
    const struct name_word *words;
    const uint8_t *sounds;
};

struct likeness;

/* --- comparing -------------------------------------------------------- */

enum { SCORE_SCALE = 16 }; /* a nat, in the integers of the alignment */

/* What it tells when one sound answers another: the logarithm of how much
   more often it does in two spellings of one name than by chance. */
struct costs {
    int16_t at[64][64];   /* [0][x], [x][0]: x answers nothing */
    int16_t usual[2][64]; /* what a sound scores on average, by side, where it
                             is answered rightly */
};

/* The costs between words of these scripts, and which side of them the first
   stands on. */
struct costs_side {
    const struct costs *costs;
    int side;
};
struct costs_side
costs_between(const struct likeness *l, uint8_t script, uint8_t other);

/* Sounds of a form: of one word, or of several in a row. */
struct sounding {
    const uint8_t *at;
    size_t count;
    uint8_t script;
};

/* How near they sound: 1 the same, 0 nothing in common. */
double
sounds_likeness(const struct likeness *l, struct sounding a, struct sounding b);

struct answer {
    int8_t word;  /* of the other form, or -1 */
    uint8_t span; /* words there that it answers together */
    float likeness;
};

/* Which word of the one form answers which of the other. */
struct pairing {
    const struct name_form *forms[2];
    struct answer answers[2][FORM_WORDS];
};

void forms_pair(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b, struct pairing *out);

enum figure {
#define FIGURES(X)                                                             \
    X(SHORT_COVERED, "short_covered", "share of the shorter name answered")    \
    X(LONG_COVERED, "long_covered", "share of the longer name answered")       \
    X(BOTH_LEFT, "both_left", "rarity left over in both names")                \
    X(ONE_LEFT, "one_left", "rarity left over in one name")                    \
    X(EVIDENCE, "evidence", "rarity of the words that answer each other")      \
    X(RAREST, "rarest", "rarity of the rarest of them")                        \
    X(WORST, "worst", "likeness of the least alike of them")                   \
    X(MEAN, "mean", "likeness of them, weighed by rarity")                     \
    X(LEFT_LIKENESS, "left_likeness", "likeness of what is left over")         \
    X(LETTERS, "letters", "sounds that answer each other, weighed by rarity")  \
    X(INITIALS, "initials", "initials that answer a word")                     \
    X(ORDER, "order", "share of the words in the same order")                  \
    X(WORDS, "words", "words in the shorter name")                             \
    X(MORE_WORDS, "more_words", "words that the longer name has more")         \
    X(NUMBERS, "numbers", "numbers that differ")                               \
    X(LEGAL, "legal", "company forms that differ")                             \
    X(ACRONYM, "acronym", "one name is the other's initials")                  \
    X(SCRIPTS, "scripts", "the names are in different scripts")                \
    X(SAME_END, "same_end", "the last words answer each other")                \
    X(SAME_START, "same_start", "the first words answer each other")
#define X(id, name, words) FIGURE_##id,
    FIGURES(X)
#undef X
        FIGURE_COUNT
};

void figures_find(const struct pairing *p, float *out);
/* The figures of two forms, whichever comes first. */
void names_figures(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b, float *out);

/* What a figure adds to the score: the weight of the last step that it
   reaches. */
enum { STEPS_MOST = 16 };
struct shape {
    uint8_t count;
    float from[STEPS_MOST], weight[STEPS_MOST];
};

struct likeness {
    const struct identity_words *words;
    struct arena *arena;
    struct letters letters;
    struct facts facts;
    struct costs costs[3]; /* by script, against Latin */
    struct shape shapes[KINDS][FIGURE_COUNT];
    float bias[KINDS];
};

#endif
