/*
 * Folding: "Al-Mansur, Col. Jamíl" and "Jamil al Mansur" become the words
 * "jamil mansur".  Plain ASCII, the common case, never meets ICU.
 */
#include "identity/fold.h"

#include <string.h>

/* What copies of a name write in its place: quotes, dashes, blanks. */
static char plain_sign(gunichar c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x02BB:
    case 0x2032:
    case 0x00B4:
        return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
        return '-';
    case 0x00A0:
    case 0x202F:
        return ' ';
    default:
        return 0;
    }
}

/* Lower-case ASCII where that is possible. */
static void
make_plain(const struct identity_words *w, struct str name, GString *out)
{
    bool ascii = true;

    for (const char *p = name.at; p < name.at + name.len;
         p = g_utf8_next_char(p)) {
        gunichar c =
            (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
        char sign = c < 0x80 ? (char)g_ascii_tolower((char)c) : plain_sign(c);

        if (sign)
            g_string_append_c(out, sign);
        else
            g_string_append_unichar(out, c);
        ascii = ascii && sign;
    }
    if (!ascii) {
        g_autofree char *copy = g_strndup(out->str, out->len);
        size_t len = out->len;

        g_string_truncate(out, 0);
        scripts_fold(w->scripts, (struct str){copy, len}, out);
    }
}

/* "family, given" -> "given family"; anything else stays. */
static void put_family_last(GString *name)
{
    char *comma = strchr(name->str, ',');
    GString *turned;

    if (!comma || strchr(comma + 1, ',') || comma == name->str)
        return;
    if (!comma[strspn(comma + 1, " ") + 1])
        return;
    turned = g_string_new(comma + 1);
    g_string_append_c(turned, ' ');
    g_string_append_len(turned, name->str, comma - name->str);
    g_string_assign(name, turned->str);
    g_string_free(turned, TRUE);
}

static bool is_letter(char c)
{
    return g_ascii_isalnum(c) || (unsigned char)c >= 0x80;
}

/*
 * The next word from *at: letters, with the stops of initials ("u.s.") and
 * apostrophes left out, and without a possessive ending.  NULL at the end.
 */
static char *cut_word(struct arena *a, const char **at)
{
    const char *p = *at, *start;
    char *word, *to;

    while (*p && !is_letter(*p))
        p++;
    start = p;
    while (is_letter(*p) || *p == '\'' ||
           (*p == '.' && (p - start == 1 || p[-2] == '.')))
        p++;
    *at = p;
    if (p == start)
        return NULL;
    if (p - start > 2 && p[-1] == 's' && p[-2] == '\'')
        p -= 2;
    word = to = arena_alloc(a, (size_t)(p - start) + 1);
    for (; start < p; start++)
        if (is_letter(*start))
            *to++ = *start;
    return word;
}

static void cut_words(
    const struct identity_words *w, struct arena *a, const char *name,
    struct folded *out)
{
    char *word;

    while (out->count < FOLD_WORDS_MOST && (word = cut_word(a, &name))) {
        struct name_part part = part_lookup(w, word);

        if (!*word)
            continue;
        if ((part.kind == PART_ARTICLE && !out->count) ||
            part.kind == PART_PARTICLE ||
            (part.kind == PART_INNER && out->count)) {
            const char *rest = name;

            if (out->count || cut_word(a, &rest))
                continue; /* unless the name is that word alone */
        }
        out->words[out->count++] =
            part.kind == PART_SPELLING ? part.folded : word;
    }
}

static void drop_titles(const struct identity_words *w, struct folded *names)
{
    uint32_t titles = 0;

    while (titles + 1 < names->count && title_lookup(w, names->words[titles]))
        titles++;
    names->count -= titles;
    memmove(
        names->words, names->words + titles,
        names->count * sizeof(*names->words));
}

void name_fold(
    const struct identity_words *w, struct arena *a, struct str name,
    enum name_kind kind, struct folded *out)
{
    GString *plain = g_string_sized_new(name.len + 1);

    *out = (struct folded){.key = ""};
    make_plain(w, name, plain);
    if (kind == NAME_PERSON)
        put_family_last(plain);
    cut_words(w, a, plain->str, out);
    if (kind == NAME_PERSON)
        drop_titles(w, out);
    g_string_truncate(plain, 0);
    for (uint32_t i = 0; i < out->count; i++) {
        if (i)
            g_string_append_c(plain, ' ');
        g_string_append(plain, out->words[i]);
    }
    out->key = arena_copy(a, plain->str, plain->len);
    g_string_free(plain, TRUE);
}

const char *identity_key(
    const struct identity_words *w, struct arena *a, const char *name,
    enum name_kind kind)
{
    struct folded folded;

    name_fold(w, a, (struct str){name, strlen(name)}, kind, &folded);
    return folded.key;
}
