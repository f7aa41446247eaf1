/* Names by syllables; each syllable is known in three scripts. */
#include "invented.h"

#include <math.h>
#include <string.h>

/* --- chance --------------------------------------------------------------- */

/* SplitMix64's finish (Steele and others 2014). */
static uint64_t mix(uint64_t h)
{
    h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9ULL;
    h = (h ^ h >> 27) * 0x94d049bb133111ebULL;
    return h ^ h >> 31;
}

uint64_t number_mix(uint64_t a, uint64_t b)
{
    return mix(mix(a + 0x9e3779b97f4a7c15ULL) + b);
}

static uint64_t dice_roll(struct dice *d)
{
    return mix(d->state += 0x9e3779b97f4a7c15ULL);
}

uint32_t dice_below(struct dice *d, uint32_t most)
{
    return (uint32_t)((dice_roll(d) >> 32) * most >> 32);
}

bool dice_percent(struct dice *d, uint32_t percent)
{
    return dice_below(d, 100) < percent;
}

uint32_t dice_zipf(struct dice *d, uint32_t most, double level)
{
    double share = (double)(dice_roll(d) >> 11) * 0x1p-53;
    double number = level * (exp(share * log1p(most / level)) - 1);

    return MIN((uint32_t)number, most - 1);
}

/* --- syllables ------------------------------------------------------------ */

static const char *const syllables[][SCRIPTS] = {
    {"ba", "با", "ба"},      {"ber", "بر", "бер"},     {"da", "دا", "да"},
    {"dor", "دور", "дор"},   {"far", "فار", "фар"},    {"fi", "في", "фи"},
    {"ga", "غا", "га"},      {"gol", "غول", "гол"},    {"ha", "ها", "ха"},
    {"hur", "هور", "хур"},   {"ka", "كا", "ка"},       {"kel", "كل", "кел"},
    {"la", "لا", "ла"},      {"lim", "ليم", "лим"},    {"ma", "ما", "ма"},
    {"mir", "مير", "мир"},   {"na", "نا", "на"},       {"nor", "نور", "нор"},
    {"ra", "را", "ра"},      {"rin", "رين", "рин"},    {"sa", "سا", "са"},
    {"sel", "سل", "сел"},    {"ta", "تا", "та"},       {"tor", "تور", "тор"},
    {"va", "فا", "ва"},      {"vel", "فل", "вел"},     {"za", "زا", "за"},
    {"zim", "زيم", "зим"},   {"bo", "بو", "бо"},       {"do", "دو", "до"},
    {"ko", "كو", "ко"},      {"lo", "لو", "ло"},       {"mo", "مو", "мо"},
    {"no", "نو", "но"},      {"ru", "رو", "ру"},       {"su", "سو", "су"},
    {"tu", "تو", "ту"},      {"bran", "بران", "бран"}, {"dil", "ديل", "дил"},
    {"gren", "غرن", "грен"}, {"stam", "ستام", "стам"}, {"yun", "يون", "юн"},
};

enum { CLEAN = 400 }; /* one name in so many is full of markup */

/* With a capital where the script has them. */
static const char *
word_of(struct arena *a, struct dice *d, enum script s, uint32_t count)
{
    GString *word = g_string_new(NULL);
    gunichar first;
    const char *kept;

    for (uint32_t i = 0; i < count; i++)
        g_string_append(
            word, syllables[dice_below(d, G_N_ELEMENTS(syllables))][s]);
    first = g_unichar_toupper(g_utf8_get_char(word->str));
    g_string_erase(word, 0, g_utf8_next_char(word->str) - word->str);
    g_string_prepend_unichar(word, first);
    kept = arena_copy(a, word->str, word->len);
    g_string_free(word, TRUE);
    return kept;
}

/* "Karim" becomes "Kareem", "Solo" "Soulo": as clerks spell by ear. */
static const char *spell_by_ear(struct arena *a, const char *word)
{
    size_t at = strcspn(word, "iou");

    if (!word[at])
        return word;
    return arena_print(
        a, "%.*s%s%s", (int)at, word, word[at] == 'i' ? "ee" : "ou",
        word + at + 1);
}

/* --- people --------------------------------------------------------------- */

enum { GIVEN_NAMES = 300 }; /* which people share */

static const char *given_name(struct arena *a, uint32_t number, enum script s)
{
    struct dice chosen = {number_mix(number, 'G')};
    uint32_t given = dice_zipf(&chosen, GIVEN_NAMES, 20);
    struct dice d = {number_mix(given, 'g')};

    return word_of(a, &d, s, 2);
}

const char *person_surname(struct arena *a, uint32_t number, enum script s)
{
    struct dice d = {number_mix(number, 's')};

    return word_of(a, &d, s, 2 + dice_below(&d, 2));
}

const char *
person_name(struct arena *a, uint32_t number, enum script s, uint32_t variant)
{
    const char *given = given_name(a, number, s);
    const char *surname = person_surname(a, number, s);

    if (s == SCRIPT_LATIN && variant % 2 && number % 8 == 0)
        surname = spell_by_ear(a, surname);
    if (number % CLEAN == CLEAN - 1)
        return arena_print(a, "<b>%s</b> \"%s\" & Co", given, surname);
    return arena_print(a, "%s %s", given, surname);
}

/* --- all others ----------------------------------------------------------- */

const char *group_name(struct arena *a, uint32_t number)
{
    static const struct {
        const char *before, *after;
    } forms[] = {
        {"", " Liberation Front"},
        {"", " Border Guard"},
        {"Ministry of ", " Affairs"},
        {"", " Brigade"},
        {"", " Workers' Union"},
        {"", " Rights Centre"},
        {"", " Security Service"},
        {"", " Youth Movement"},
        {"Party of ", ""},
        {"", " Relief Committee"},
        {"", " Provincial Court"},
        {"<script>alert('", "')</script> Front"},
    };
    struct dice d = {number_mix(number, 'f')};
    uint32_t last = G_N_ELEMENTS(forms) - 1;
    uint32_t form = number % CLEAN == CLEAN - 1 ? last : number % last;

    return arena_print(
        a, "%s%s%s", forms[form].before, word_of(a, &d, SCRIPT_LATIN, 2),
        forms[form].after);
}

const char *place_name(struct arena *a, uint32_t number)
{
    static const char *const before[] = {"", "", "", "Port ", "Old ", "Upper "};
    struct dice d = {number_mix(number, 'p')};
    const char *ahead = before[dice_below(&d, G_N_ELEMENTS(before))];

    return arena_print(
        a, "%s%s", ahead, word_of(a, &d, SCRIPT_LATIN, 2 + dice_below(&d, 2)));
}

const char *paper_name(struct arena *a, uint32_t number)
{
    static const char *const after[] = {"Courier",     "Lantern", "Herald",
                                        "News Agency", "Radio",   "Observer"};
    struct dice d = {number_mix(number, 'n')};

    if (number % CLEAN == CLEAN - 1)
        return "The <i>Slanted</i> & \"Quoted\" Post";
    return arena_print(
        a, "The %s %s", word_of(a, &d, SCRIPT_LATIN, 2),
        after[number % G_N_ELEMENTS(after)]);
}
