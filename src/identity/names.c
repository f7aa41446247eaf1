/*
 * The names of a document: trimmed of titles, articles and possessives, and
 * brought together by how they are written.
 */
#include "identity/resolver.h"

#include <string.h>

static bool is_sign(const struct token *t)
{
    gunichar c = g_utf8_get_char(t->form);

    return !g_unichar_isalnum(c);
}

static bool is_possessive(const struct token *t)
{
    return !strcmp(t->xpos, "POS") || !strcmp(t->lower, "'s") ||
           !strcmp(t->lower, "\xE2\x80\x99s");
}

static bool is_article(const struct resolver *r, const struct token *t)
{
    return !strcmp(t->lower, "a") || !strcmp(t->lower, "an") ||
           part_lookup(r->w, t->lower).kind == PART_ARTICLE;
}

static bool
trim_start(const struct resolver *r, const struct named *n, enum name_kind kind)
{
    const struct token *t = token_at(r, n->sentence, n->from);

    if (n->to - n->from == 1)
        return is_sign(t);
    return is_sign(t) || is_article(r, t) ||
           (kind == NAME_PERSON && title_lookup(r->w, t->lower));
}

/* The token in the name that hangs on a token outside it. */
static uint32_t find_head(const struct sentence *s, const struct named *n)
{
    for (uint32_t i = n->from; i < n->to; i++) {
        uint32_t head = s->tokens[i].head;

        if (head == NO_TOKEN || head < n->from || head >= n->to)
            return i;
    }
    return n->from;
}

/* The words as written, any white space between them as one blank. */
static const char *copy_words(const struct resolver *r, const struct named *n)
{
    struct span span = {
        token_at(r, n->sentence, n->from)->span.from,
        token_at(r, n->sentence, n->to - 1)->span.to};
    struct str words = span_text(r->t->str, span);
    char *copy = arena_copy(r->a, words.at, words.len), *to = copy;

    for (const char *p = copy; *p; p++)
        if (!g_ascii_isspace(*p))
            *to++ = *p;
        else if (to > copy && to[-1] != ' ')
            *to++ = ' ';
    *to = '\0';
    return copy;
}

static uint32_t find_form(
    struct resolver *r, GHashTable *known, const struct named *n,
    enum name_kind kind)
{
    struct form form = {
        .text = copy_words(r, n), .long_form = NOBODY, .entity = NOBODY};
    gpointer at;

    name_fold(
        r->w, r->a, (struct str){form.text, strlen(form.text)}, kind,
        &form.folded);
    if (!form.folded.count)
        return NOBODY;
    if (g_hash_table_lookup_extended(known, form.folded.key, NULL, &at))
        return GPOINTER_TO_UINT(at);
    g_hash_table_insert(
        known, (gpointer)form.folded.key, GUINT_TO_POINTER(r->forms->len));
    g_array_append_val(r->forms, form);
    return r->forms->len - 1;
}

static void add_name(
    struct resolver *r, GHashTable *known, struct named n, enum name_kind kind)
{
    const struct sentence *s = &r->t->sentences[n.sentence];
    bool titled = false;
    struct form *form;

    for (; n.from < n.to && trim_start(r, &n, kind); n.from++)
        titled |= title_lookup(r->w, s->tokens[n.from].lower) != NULL;
    while (n.from < n.to && (is_possessive(&s->tokens[n.to - 1]) ||
                             is_sign(&s->tokens[n.to - 1])))
        n.to--;
    if (n.from == n.to)
        return;
    /* A title alone names nobody: "the President"; but "Mr. King" does. */
    if (kind == NAME_PERSON && n.to - n.from == 1 && !titled &&
        title_lookup(r->w, s->tokens[n.from].lower))
        return;
    n.head = find_head(s, &n);
    n.form = find_form(r, known, &n, kind);
    if (n.form == NOBODY)
        return;
    form = form_at(r, n.form);
    form->kinds[kind]++;
    form->mentions++;
    r->name_heads[r->bases[n.sentence] + n.head] = r->names->len;
    g_array_append_val(r->names, n);
}

/* A bracket in a name cuts it in two: "Front for Tarvia (FFT)". */
static void add_parts(
    struct resolver *r, GHashTable *known, uint32_t sentence,
    const struct name *name)
{
    struct named n = {.sentence = sentence, .from = name->from};

    for (uint32_t i = name->from; i < name->to; i++) {
        char sign = token_at(r, sentence, i)->form[0];

        if (sign != '(' && sign != '[')
            continue;
        n.to = i;
        if (n.from < n.to)
            add_name(r, known, n, name->kind);
        n.from = i + 1;
    }
    n.to = name->to;
    if (n.from < n.to)
        add_name(r, known, n, name->kind);
}

/* The kind in which a form was read most often; the first on a tie. */
static void settle_kind(struct form *form)
{
    form->kind = NAME_PERSON;
    for (int kind = NAME_GROUP; kind <= NAME_PLACE; kind++)
        if (form->kinds[kind] > form->kinds[form->kind])
            form->kind = (enum name_kind)kind;
}

/* --- abbreviations in brackets ---------------------------------------- */

/* May `text` stand in a bracket for `long_form`, by its looks? */
static bool shortens(const char *text, const char *long_form)
{
    size_t len = strlen(text);
    bool capital = false;

    for (const char *p = text; *p; p++)
        capital = capital || g_ascii_isupper(*p);
    return capital && len >= 2 && len <= 10 && len < strlen(long_form) &&
           strchr(long_form, ' ') != NULL;
}

/*
 * Schwartz & Hearst 2003: the letters of `text` are met in order, from the
 * end of `long_form` backwards, and the first of them begins a word.
 */
static bool is_abbreviation(const char *text, const char *long_form)
{
    const char *l = long_form + strlen(long_form);

    if (!shortens(text, long_form))
        return false;
    for (const char *s = text + strlen(text); s-- > text;) {
        char c = g_ascii_tolower(*s);

        if (!g_ascii_isalnum(c))
            continue;
        do {
            if (l == long_form)
                return false;
            l--;
        } while (g_ascii_tolower(*l) != c ||
                 (s == text && l > long_form && g_ascii_isalnum(l[-1])));
    }
    return true;
}

/* All capitals, three letters at least: "FARC" of a foreign long form. */
static bool is_foreign_abbreviation(const struct form *form)
{
    size_t len = strlen(form->text);

    if (len < 3 || len > 6 || form->kind == NAME_PLACE)
        return false;
    for (const char *p = form->text; *p; p++)
        if (!g_ascii_isupper(*p))
            return false;
    return true;
}

static void bind(struct resolver *r, uint32_t short_form, uint32_t long_form)
{
    struct form *s = form_at(r, short_form), *l = form_at(r, long_form);

    if (short_form == long_form || s->long_form != NOBODY ||
        l->long_form != NOBODY)
        return;
    if (is_abbreviation(s->text, l->text) ||
        (l->kind == NAME_GROUP && l->folded.count > 1 &&
         is_foreign_abbreviation(s)))
        s->long_form = long_form;
}

/* Of a name that the name finder did not see in its bracket. */
static void bind_unseen(
    struct resolver *r, GHashTable *known, const struct named *long_name,
    uint32_t at)
{
    struct named n = {
        .sentence = long_name->sentence, .from = at, .to = at + 1};
    enum name_kind kind = form_at(r, long_name->form)->kind;
    const char *long_text = form_at(r, long_name->form)->text;
    uint32_t long_form = long_name->form;

    if (is_abbreviation(token_at(r, n.sentence, at)->form, long_text)) {
        guint names = r->names->len;
        uint32_t form;

        add_name(r, known, n, kind);
        if (r->names->len == names)
            return;
        form = named_at(r, names)->form;
        settle_kind(form_at(r, form));
        bind(r, form, long_form);
    }
}

static int compare_names(gconstpointer x, gconstpointer y)
{
    const struct named *a = x, *b = y;

    if (a->sentence != b->sentence)
        return a->sentence < b->sentence ? -1 : 1;
    return a->from < b->from ? -1 : a->from > b->from;
}

static bool
sign_is(const struct resolver *r, uint32_t sentence, uint32_t token, char sign)
{
    return token < r->t->sentences[sentence].token_count &&
           token_at(r, sentence, token)->form[0] == sign;
}

/* "Long Form (LF)" and "LF (Long Form)", once names are in text order. */
static void bind_brackets(struct resolver *r, GHashTable *known)
{
    guint count = r->names->len;

    for (guint i = 0; i < count; i++) {
        struct named n = *named_at(r, i);
        struct named next = {0};
        bool has_next = i + 1 < count;

        if (!sign_is(r, n.sentence, n.to, '('))
            continue;
        if (has_next)
            next = *named_at(r, i + 1);
        if (has_next && next.sentence == n.sentence && next.from == n.to + 1) {
            if (!sign_is(r, n.sentence, next.to, ')'))
                continue;
            bind(r, next.form, n.form);
            bind(r, n.form, next.form);
        } else if (sign_is(r, n.sentence, n.to + 2, ')')) {
            bind_unseen(r, known, &n, n.to + 1);
        }
    }
}

void find_names(struct resolver *r)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);

    for (uint32_t i = 0; i < r->t->count; i++) {
        const struct sentence *s = &r->t->sentences[i];

        for (uint32_t k = 0; k < s->name_count; k++)
            add_parts(r, known, i, &s->names[k]);
    }
    for (guint i = 0; i < r->forms->len; i++)
        settle_kind(form_at(r, i));
    bind_brackets(r, known);
    g_array_sort(r->names, compare_names);
    for (guint i = 0; i < r->names->len; i++) {
        const struct named *n = named_at(r, i);

        r->name_heads[r->bases[n->sentence] + n->head] = i;
    }
}
