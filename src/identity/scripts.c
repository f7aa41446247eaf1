/*
 * Other scripts and accents into lower-case ASCII, by ICU.  A transliterator
 * serves one thread at a time and is slow to open: the first is opened when
 * a name needs it, clones are lent out and come back.
 */
#include "identity/words.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

struct scripts {
    GMutex lock;
    GPtrArray *idle; /* of UTransliterator * */
    bool broken;     /* ICU lacks its rules: fold without them */
};

struct scripts *scripts_new(void)
{
    struct scripts *s = g_new0(struct scripts, 1);

    g_mutex_init(&s->lock);
    s->idle = g_ptr_array_new();
    return s;
}

void scripts_free(struct scripts *s)
{
    if (!s)
        return;
    for (guint i = 0; i < s->idle->len; i++)
        utrans_close(s->idle->pdata[i]);
    g_ptr_array_unref(s->idle);
    g_mutex_clear(&s->lock);
    g_free(s);
}

static UTransliterator *open_rules(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[128];
    UTransliterator *made;

    u_uastrcpy(
        id, "NFKD; Any-Latin; NFD; [:Nonspacing Mark:] Remove; NFC; "
            "Latin-ASCII; Lower");
    made = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    return U_SUCCESS(status) ? made : NULL;
}

static UTransliterator *take_rules(struct scripts *s)
{
    UTransliterator *rules = NULL;

    g_mutex_lock(&s->lock);
    if (s->idle->len)
        rules = g_ptr_array_steal_index_fast(s->idle, s->idle->len - 1);
    else if (!s->broken)
        rules = open_rules();
    s->broken |= !rules;
    g_mutex_unlock(&s->lock);
    return rules;
}

static void give_rules(struct scripts *s, UTransliterator *rules)
{
    g_mutex_lock(&s->lock);
    g_ptr_array_add(s->idle, rules);
    g_mutex_unlock(&s->lock);
}

/* Any-Latin may write several letters for one; what does not fit is cut. */
static bool transliterate(UTransliterator *rules, struct str text, GString *out)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t size = (int32_t)text.len * 8 + 64, units = 0, limit, bytes = 0;
    g_autofree UChar *wide = g_new(UChar, size);
    g_autofree char *narrow = g_malloc((size_t)size * 3 + 1);

    u_strFromUTF8WithSub(
        wide, size, &units, text.at, (int32_t)text.len, 0xFFFD, NULL, &status);
    limit = units;
    if (U_SUCCESS(status))
        utrans_transUChars(rules, wide, &units, size, 0, &limit, &status);
    if (U_SUCCESS(status))
        u_strToUTF8(narrow, size * 3 + 1, &bytes, wide, units, &status);
    if (U_FAILURE(status))
        return false;
    g_string_append_len(out, narrow, bytes);
    return true;
}

void scripts_fold(struct scripts *s, struct str text, GString *out)
{
    /* Longer than any name: kept as it is rather than paid for. */
    enum { TEXT_MOST = 4096 };
    UTransliterator *rules = text.len <= TEXT_MOST ? take_rules(s) : NULL;

    if (!rules || !transliterate(rules, text, out))
        g_string_append_len(out, text.at, (gssize)text.len);
    if (rules)
        give_rules(s, rules);
}
