#include "intake/tongue.h"

#include <cstdio> /* CLD2's header leaves it to others */
#include <cstring>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

/* Bytes of letters: fewer tell a language of an address or a list of names. */
enum { LEAST = 40 };

/* CLD2 has codes that ISO 639 has given up, adds the script to some, and has
   "xx" for letters that no language is known to use. */
static void set_foreign(struct tongue *t, CLD2::Language language, int share)
{
    const char *code = CLD2::LanguageCode(language);

    if (!strncmp(code, "xx", 2))
        return;
    if (!strcmp(code, "iw"))
        code = "he";
    else if (!strcmp(code, "jw"))
        code = "jv";
    snprintf(
        t->foreign, sizeof(t->foreign), "%.*s", (int)strcspn(code, "-"), code);
    t->foreign_share = share;
}

struct tongue tongue_find(const char *text, size_t size)
{
    CLD2::CLDHints hints = {
        NULL, NULL, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language languages[3];
    struct tongue found = {};
    int shares[3], letters;
    bool is_sure;
    double scores[3];

    CLD2::ExtDetectLanguageSummary(
        text, (int)size, true, &hints, 0, languages, shares, scores, NULL,
        &letters, &is_sure);
    if (!is_sure || letters < LEAST)
        return found;
    for (int i = 2; i >= 0; i--) /* the most used is the first */
        if (languages[i] == CLD2::ENGLISH)
            found.english_share = shares[i];
        else if (languages[i] != CLD2::UNKNOWN_LANGUAGE)
            set_foreign(&found, languages[i], shares[i]);
    return found;
}
