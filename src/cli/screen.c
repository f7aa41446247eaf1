/* What a person sees: widths, cutting, wrapping, and nothing that a crafted
   document could do to a terminal. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool use_colour(void)
{
    const char *term = g_getenv("TERM");
    const char *no = g_getenv("NO_COLOR");

    return isatty(STDOUT_FILENO) && !(no && *no) && term &&
           strcmp(term, "dumb") != 0;
}

int screen_width(void)
{
    const char *told = g_getenv("COLUMNS");
    struct winsize size;

    if (told && atoi(told) >= 40)
        return MIN(atoi(told), 1000);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col;
    return 100;
}

/* Controls, and marks that turn or hide what follows them. */
static bool is_harmful(gunichar c)
{
    return g_unichar_iscntrl(c) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F ||
           c == 0x061C || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

void append_plain(GString *out, const char *words)
{
    char *valid = g_utf8_make_valid(words, -1);

    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        g_string_append_unichar(out, is_harmful(c) ? ' ' : c);
    }
    g_free(valid);
}

static int letter_columns(gunichar c)
{
    return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

int text_columns(const char *words)
{
    int columns = 0;

    for (const char *p = words; *p; p = g_utf8_next_char(p)) {
        if (*p == '\033')
            p += strcspn(p, "m"); /* a colour of ours */
        else
            columns += letter_columns(g_utf8_get_char(p));
        if (!*p)
            break;
    }
    return columns;
}

void append_cut(GString *out, const char *words, int columns)
{
    int used = 0;

    if (text_columns(words) <= columns) {
        g_string_append(out, words);
        return;
    }
    for (const char *p = words; *p; p = g_utf8_next_char(p)) {
        used += letter_columns(g_utf8_get_char(p));
        if (used > columns - 1)
            break;
        g_string_append_unichar(out, g_utf8_get_char(p));
    }
    g_string_append(out, "…");
}

void append_wrapped(GString *out, const char *words, int indent)
{
    char **pieces = g_strsplit_set(words, " \n\t", -1);
    int width = MIN(screen_width(), 100), used = 0;

    for (char **piece = pieces; *piece; piece++) {
        int columns = text_columns(*piece);

        if (!**piece)
            continue;
        if (used && indent + used + 1 + columns > width) {
            g_string_append_c(out, '\n');
            used = 0;
        }
        if (used)
            g_string_append_c(out, ' ');
        else
            g_string_append_printf(out, "%*s", indent, "");
        g_string_append(out, *piece);
        used += columns + (used > 0);
    }
    g_string_append_c(out, '\n');
    g_strfreev(pieces);
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;

    return x->span.from < y->span.from ? -1 : x->span.from > y->span.from;
}

static void
append_piece(GString *out, struct str text, uint32_t from, uint32_t to)
{
    char *piece = g_strndup(text.at + from, to - from);

    append_plain(out, piece);
    g_free(piece);
}

/* The marks that meet no earlier one, in the order of the text. */
static uint32_t
choose_marks(const struct mark *marks, uint32_t count, struct mark *out)
{
    uint32_t chosen = 0;

    for (uint32_t i = 0; i < count; i++) {
        bool meets = marks[i].span.from >= marks[i].span.to;

        for (uint32_t k = 0; k < chosen; k++)
            meets = meets || span_meets(out[k].span, marks[i].span);
        if (!meets)
            out[chosen++] = marks[i];
    }
    array_sort(out, chosen, sizeof(*out), compare_marks);
    return chosen;
}

void append_marked(
    GString *out, struct str text, const struct mark *marks, uint32_t count)
{
    struct mark *all = g_new(struct mark, count + 1);
    bool colour = use_colour();
    uint32_t at = 0;

    count = choose_marks(marks, count, all);
    for (uint32_t i = 0; i < count; i++) {
        append_piece(out, text, at, all[i].span.from);
        if (colour)
            g_string_append(out, all[i].colour);
        else
            g_string_append_printf(
                out, "[%s%s", all[i].note, *all[i].note ? ": " : "");
        append_piece(out, text, all[i].span.from, all[i].span.to);
        g_string_append(out, colour ? "\033[0m" : "]");
        at = all[i].span.to;
    }
    append_piece(out, text, at, (uint32_t)text.len);
    g_free(all);
}
