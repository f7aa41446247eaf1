/* A name made ready for comparing: its words, what each is, how much it tells. */
#include "identity/facts.h"

#include <string.h>

/* A form in the making, with room for all that it may hold. */
struct draft {
    const struct likeness *l;
    struct name_form form;
    struct name_word words[FORM_WORDS];
    uint8_t sounds[FORM_SOUNDS];
    struct cut bracketed; /* the word in brackets, if it is one only */
    int bracketed_at;
    uint8_t bracketed_count;
};

enum {
    WEIGHT_TITLE = 30,
    WEIGHT_SITE = 60,
    WEIGHT_PREFIX = 60,
    WEIGHT_INITIAL = 60,
    WEIGHT_NUMBER = 255
};

/* --- what a word is ---------------------------------------------------- */

static uint16_t number_of(const struct cut *cut)
{
    unsigned value = 0;

    for (uint8_t i = 0; i < cut->count && cut->sounds[i] >= 53; i++)
        value = value * 10 + cut->sounds[i] - 53u;
    return (uint16_t)value;
}

/* II, IV, XII, but no single letter; 0 if it is none. */
static uint16_t roman_number(const struct cut *cut)
{
    static const char *const numbers[] = {"ii",   "iii", "iv",  "vi",  "vii",
                                          "viii", "ix",  "xi",  "xii", "xiii",
                                          "xiv",  "xv",  "xvi", "xx"};
    static const uint8_t values[] = {2,  3,  4,  6,  7,  8,  9,
                                     11, 12, 13, 14, 15, 16, 20};

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (strlen(numbers[i]) == cut->raw_count &&
            !memcmp(numbers[i], cut->raw, cut->raw_count))
            return values[i];
    return 0;
}

static void apply_fact(
    struct name_word *word, const struct fact *fact, const struct cut *cut,
    uint8_t kind)
{
    bool person = kind == NAME_PERSON;

    if (!fact)
        return;
    word->weight = fact->weights[kind];
    if (fact->site && kind == NAME_PLACE)
        word->weight = MIN(word->weight, WEIGHT_SITE);
    word->spelling = fact->spelling;
    word->given = fact->given;
    word->duty = fact->duty;
    if (fact->duty != DUTY_PLAIN || fact->given == person)
        word->kin = fact->kin;
    if ((fact->duty == DUTY_TITLE && !person) ||
        (fact->duty == DUTY_LEGAL && person) ||
        (fact->duty == DUTY_NUMBER && person) ||
        (fact->duty == DUTY_PREFIX && kind == NAME_PLACE) ||
        (fact->duty == DUTY_PARTICLE && cut->count == 1 && cut->dotted)) {
        word->duty = DUTY_PLAIN;
        word->kin = 0;
    }
}

static void
settle_duty(struct name_word *word, const struct cut *cut, uint8_t kind)
{
    uint16_t roman = kind == NAME_PERSON ? 0 : roman_number(cut);

    if (roman || cut->sounds[0] >= 53) {
        word->duty = DUTY_NUMBER;
        word->kin = roman ? roman : number_of(cut);
    } else if (
        kind == NAME_PERSON && cut->raw_count == 1 && cut->count == 1 &&
        word->duty == DUTY_PLAIN) {
        word->duty = DUTY_INITIAL;
    }
}

static void settle_weight(struct name_word *word)
{
    switch ((enum duty)word->duty) {
    case DUTY_TITLE:
        word->weight = WEIGHT_TITLE;
        break;
    case DUTY_PARTICLE:
    case DUTY_LEGAL:
    case DUTY_SHORT:
        word->weight = 0;
        break;
    case DUTY_PREFIX:
        word->weight = WEIGHT_PREFIX;
        break;
    case DUTY_INITIAL:
        word->weight = WEIGHT_INITIAL;
        break;
    case DUTY_NUMBER:
        word->weight = WEIGHT_NUMBER;
        break;
    case DUTY_PLAIN:
        break;
    }
}

/* --- adding words ------------------------------------------------------ */

static uint16_t classes_of(const uint8_t *sounds, size_t count)
{
    /* By their kin: lips, throat, hissing, teeth, l, r, m, n. */
    static const uint8_t kin[] = {
        ['b' - 'a'] = 1,       ['c' - 'a'] = 6,       ['d' - 'a'] = 8,
        ['f' - 'a'] = 1,       ['g' - 'a'] = 2,       ['h' - 'a'] = 0,
        ['j' - 'a'] = 6,       ['k' - 'a'] = 2,       ['l' - 'a'] = 16,
        ['m' - 'a'] = 64,      ['n' - 'a'] = 128,     ['p' - 'a'] = 1,
        ['q' - 'a'] = 2,       ['r' - 'a'] = 32,      ['s' - 'a'] = 4,
        ['t' - 'a'] = 8,       ['v' - 'a'] = 1,       ['z' - 'a'] = 4,
        [26 + 'K' - 'A'] = 2,  [26 + 'G' - 'A'] = 2,  [26 + 'S' - 'A'] = 4,
        [26 + 'C' - 'A'] = 6,  [26 + 'Z' - 'A'] = 4,  [26 + 'T' - 'A'] = 12,
        [26 + 'D' - 'A'] = 12, [26 + 'P' - 'A'] = 12, [26 + 'B' - 'A'] = 4,
        [26 + 'J' - 'A'] = 12, [26 + 'M' - 'A'] = 8,  [26 + 'Q' - 'A'] = 12};
    uint16_t classes = 0;

    for (size_t i = 0; i < count; i++)
        if (sounds[i] && sounds[i] <= sizeof kin)
            classes |= kin[sounds[i] - 1];
    return classes;
}

/* "al" before an Arabic word is no part of it: "الحسن". */
static uint8_t article_length(const struct cut *cut)
{
    return cut->script == SCRIPT_SEMITIC && cut->count >= 5 &&
                   cut->sounds[0] == 1 && cut->sounds[1] == 12
               ? 2
               : 0;
}

static void note_initial(struct draft *d, const struct cut *cut, bool small)
{
    struct name_form *f = &d->form;

    if (!cut->raw_count || f->initial_count == FORM_WORDS || cut->bracketed)
        return;
    f->small_initials[f->initial_count] = small;
    f->initials[f->initial_count++] = cut->raw[0];
}

/* What may be an abbreviation: the first word, or one in brackets. */
static void note_short(struct draft *d, const struct cut *cut)
{
    struct name_form *f = &d->form;

    if (!f->count) {
        memcpy(f->short_name, cut->raw, cut->raw_count);
        f->short_count = cut->raw_count;
    }
    if (cut->bracketed) {
        d->bracketed = *cut;
        d->bracketed_at = f->count;
        d->bracketed_count++;
    }
}

static void
add_word(struct draft *d, const struct cut *cut, const struct fact *fact)
{
    struct name_form *f = &d->form;
    struct name_word *word = &d->words[f->count];
    uint8_t article = article_length(cut);

    if (f->count == FORM_WORDS || f->sound_count + cut->count > FORM_SOUNDS)
        return;
    *word = (struct name_word){
        .from = (uint8_t)(f->sound_count + article),
        .length = (uint8_t)(cut->count - article),
        .script = cut->script,
        .weight = 255,
        .article = article};
    memcpy(d->sounds + f->sound_count, cut->sounds, cut->count);
    apply_fact(word, fact, cut, f->kind);
    settle_duty(word, cut, f->kind);
    settle_weight(word);
    word->classes = classes_of(d->sounds + word->from, word->length);
    f->sound_count = (uint8_t)(f->sound_count + cut->count);
    f->scripts |= (uint8_t)(1u << cut->script);
    f->count++;
}

/* --- words that are cut or joined --------------------------------------- */

static struct cut cut_part(const struct cut *cut, uint8_t from, uint8_t to)
{
    struct cut part = *cut;

    part.count = (uint8_t)(to - from);
    memmove(part.sounds, part.sounds + from, part.count);
    if (from)
        part.raw_count = 0;
    return part;
}

/* Sounds of "abdul" before a name in one word: "abdulkarim"; 0 if none. */
static uint8_t prefix_length(const struct likeness *l, const struct cut *cut)
{
    enum { PREFIX_MOST = 6, PREFIX_LEAST = 3, REST_LEAST = 4 };

    for (uint8_t n = PREFIX_MOST; n >= PREFIX_LEAST; n--) {
        const struct fact *fact;

        if (n + REST_LEAST > cut->count)
            continue;
        fact = fact_lookup(&l->facts, cut->sounds, n);
        if (fact && fact->duty == DUTY_PREFIX)
            return n;
    }
    return 0;
}

static void add_cut(struct draft *d, const struct cut *cut)
{
    const struct facts *facts = &d->l->facts;
    const struct fact *fact = fact_lookup(facts, cut->sounds, cut->count);
    uint8_t prefix = 0;
    struct cut part;

    if (!fact && facts->begin[cut->sounds[0]] && d->form.kind != NAME_PLACE)
        prefix = prefix_length(d->l, cut);
    note_initial(d, cut, fact && fact->duty == DUTY_PARTICLE);
    note_short(d, cut);
    if (!prefix) {
        add_word(d, cut, fact);
        return;
    }
    part = cut_part(cut, 0, prefix);
    add_word(d, &part, fact_lookup(facts, part.sounds, part.count));
    part = cut_part(cut, prefix, cut->count);
    add_word(d, &part, fact_lookup(facts, part.sounds, part.count));
}

/* "S. A.", "S.A." and "SA" are one word, but in names of persons. */
static bool join_single(struct cut *held, const struct cut *next)
{
    if (!held->count || next->count != 1 || next->raw_count != 1 ||
        held->count >= WORD_SOUNDS || held->raw_count >= sizeof held->raw)
        return false;
    held->sounds[held->count++] = next->sounds[0];
    held->raw[held->raw_count++] = next->raw[0];
    held->dotted = next->dotted;
    return true;
}

static bool is_single(const struct cut *cut)
{
    return cut->count == 1 && cut->raw_count == 1 && cut->sounds[0] < 53;
}

/* Cuts the name into words; false where it has letters of a foreign script. */
static bool cut_name(struct draft *d, struct str name)
{
    struct cut cut, held = {.count = 0};
    bool bracket = false, foreign = false;
    bool join = d->form.kind != NAME_PERSON;

    while (d->form.count < FORM_WORDS &&
           cut_next(&d->l->letters, &name, &bracket, &cut, &foreign)) {
        if (join && is_single(&cut) && join_single(&held, &cut))
            continue;
        if (held.count)
            add_cut(d, &held);
        held.count = 0;
        if (join && is_single(&cut))
            held = cut;
        else
            add_cut(d, &cut);
    }
    if (held.count)
        add_cut(d, &held);
    return !foreign;
}

/* --- the whole ---------------------------------------------------------- */

static void count_plain(struct draft *d)
{
    struct name_form *f = &d->form;

    f->plain = 0;
    f->weight = 0;
    for (uint8_t i = 0; i < f->count; i++)
        if (d->words[i].weight) {
            f->plain++;
            f->weight = (uint16_t)(f->weight + d->words[i].weight);
        }
}

/* "(MEK)" behind "Mujahedin-e Khalq": most of its letters begin words. */
static bool abbreviates(const struct cut *cut, const struct name_form *f)
{
    enum { SHORT_MOST = 7 };
    uint32_t taken = 0;
    int found = 0;

    for (uint8_t i = 0; i < cut->raw_count; i++)
        for (uint8_t k = 0; k < f->initial_count; k++)
            if (!(taken & 1u << k) && f->initials[k] == cut->raw[i]) {
                taken |= 1u << k;
                found++;
                break;
            }
    return cut->raw_count >= 2 && cut->raw_count <= SHORT_MOST &&
           found * 3 >= cut->raw_count * 2;
}

static void drop_short(struct draft *d)
{
    struct name_word *word;

    if (d->bracketed_count != 1 || d->bracketed_at >= d->form.count ||
        d->form.kind != NAME_GROUP || !abbreviates(&d->bracketed, &d->form))
        return;
    word = &d->words[d->bracketed_at];
    word->duty = DUTY_SHORT;
    word->weight = 0;
}

/* A name of titles and particles alone is told by them. */
static void keep_something(struct draft *d)
{
    for (uint8_t i = 0; i < d->form.count; i++) {
        d->words[i].duty = DUTY_PLAIN;
        d->words[i].weight = 255;
    }
}

static void
start_draft(struct draft *d, const struct likeness *l, enum name_kind kind)
{
    d->l = l;
    memset(&d->form, 0, sizeof d->form);
    d->bracketed_count = 0;
    d->form.kind = (uint8_t)kind;
}

static void cut_foreign(struct draft *d, struct str name, enum name_kind kind)
{
    GString *plain = g_string_new(NULL);

    scripts_fold(d->l->words->scripts, name, plain);
    for (gsize i = 0; i < plain->len; i++)
        if ((unsigned char)plain->str[i] >= 0x80)
            plain->str[i] = ' ';
    start_draft(d, d->l, kind);
    cut_name(d, (struct str){plain->str, plain->len});
    g_string_free(plain, TRUE);
}

/* The name's beginning, and no bytes that are not UTF-8. */
static struct str clip(struct str name)
{
    enum { NAME_MOST = 1024 };
    const char *end;

    if (name.len > NAME_MOST)
        name.len = NAME_MOST;
    g_utf8_validate_len(name.at, name.len, &end);
    name.len = (size_t)(end - name.at);
    return name;
}

static struct name_form *copy_draft(const struct draft *d, struct arena *a)
{
    size_t words = sizeof(struct name_word) * d->form.count;
    struct name_form *f =
        arena_alloc(a, sizeof *f + words + d->form.sound_count);
    char *room = (char *)(f + 1);

    *f = d->form;
    f->words = memcpy(room, d->words, words);
    f->sounds = memcpy(room + words, d->sounds, d->form.sound_count);
    return f;
}

const struct name_form *name_form_make(
    const struct likeness *l, struct arena *a, struct str name,
    enum name_kind kind)
{
    struct draft d;

    start_draft(&d, l, kind);
    name = clip(name);
    if (!cut_name(&d, name))
        cut_foreign(&d, name, kind);
    drop_short(&d);
    count_plain(&d);
    if (!d.form.plain) {
        keep_something(&d);
        count_plain(&d);
    }
    if (d.form.plain != 1)
        d.form.short_count = 0;
    return copy_draft(&d, a);
}
