/* Rich Text Format, by its specification 1.9.1: what a reader of the document
   would see, and what its \info tells.  One pass, a stack of groups of bounded
   depth, no recursion. */
#include "formats/parts.h"

#include <string.h>
#include <unicode/ucnv.h>

enum {
    GROUPS_MOST = 4096, /* deeper ones share the state of the last */
    FONTS_MOST = 1 << 15,
    WORD_MOST = 32, /* letters of a control word */
    PAGE_SYMBOLS = 42,
    PAGE_WESTERN = 1252,
};

/* Where words go. */
enum into { INTO_NOTHING, INTO_TEXT, INTO_NOTES, INTO_TITLE, INTO_AUTHOR };

/* What else a destination is. */
enum place { PLACE_BODY, PLACE_FONTS, PLACE_MADE, PLACE_SAVED };

/* What holds until the group ends. */
struct group {
    enum into into;
    enum place place;
    bool is_hidden, is_deleted;
    bool is_optional;  /* \* was met: an unknown word skips the group */
    int32_t stand_ins; /* \uc: characters after \u that say the same */
    uint32_t font;
};

struct day {
    int32_t year, month, day;
};

struct rtf {
    struct making *m;
    const char *at, *end;
    struct group *groups; /* the innermost is at MIN(depth, GROUPS_MOST) - 1 */
    size_t depth;
    GString *out[INTO_AUTHOR + 1];
    GString *bytes; /* not converted yet, of one code page */
    UConverter *converter;
    int32_t converter_page;
    int32_t page, font_pages[FONTS_MOST]; /* \ansicpg; by font, 0: that */
    uint32_t default_font;
    int32_t to_skip; /* stand-ins left */
    gunichar high;   /* first half of a letter beyond 16 bits, or 0 */
    struct day made, saved;
    uint64_t unknown; /* letters that could not be told */
};

/* A control word, or symbol: "par", "'", "*". */
struct word {
    char name[WORD_MOST + 1];
    bool has_number;
    int32_t number;
};

static struct group *innermost(struct rtf *r)
{
    return &r->groups[MIN(r->depth, GROUPS_MOST) - 1];
}

/* --- letters ------------------------------------------------------------------ */

/* Where words go now, or NULL. */
static GString *output(struct rtf *r)
{
    const struct group *g = innermost(r);

    return g->is_hidden || g->is_deleted ? NULL : r->out[g->into];
}

/* Code pages that are not called windows-... */
static const char *page_name(int32_t page)
{
    static const struct {
        int32_t page;
        const char *name;
    } pages[] = {
        {437, "ibm-437"},
        {708, "iso-8859-6"},
        {720, "ibm-720"},
        {737, "ibm-737"},
        {775, "ibm-775"},
        {850, "ibm-850"},
        {852, "ibm-852"},
        {855, "ibm-855"},
        {857, "ibm-857"},
        {860, "ibm-860"},
        {861, "ibm-861"},
        {862, "ibm-862"},
        {863, "ibm-863"},
        {864, "ibm-864"},
        {865, "ibm-865"},
        {866, "ibm-866"},
        {874, "windows-874"},
        {932, "windows-31j"},
        {936, "GBK"},
        {949, "windows-949"},
        {950, "Big5"},
        {1250, "windows-1250"},
        {1251, "windows-1251"},
        {1252, "windows-1252"},
        {1253, "windows-1253"},
        {1254, "windows-1254"},
        {1255, "windows-1255"},
        {1256, "windows-1256"},
        {1257, "windows-1257"},
        {1258, "windows-1258"},
        {10000, "macintosh"},
        {10006, "x-mac-greek"},
        {10007, "x-mac-cyrillic"},
        {10029, "x-mac-centraleurroman"},
        {10081, "x-mac-turkish"},
        {65001, "UTF-8"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
        if (pages[i].page == page)
            return pages[i].name;
    return NULL;
}

/* The page of a \fcharset, or 0. */
static int32_t page_of_charset(int32_t charset)
{
    static const int32_t pages[][2] = {
        {0, 1252},   {2, PAGE_SYMBOLS}, {77, 10000}, {128, 932},  {129, 949},
        {134, 936},  {136, 950},        {161, 1253}, {162, 1254}, {163, 1258},
        {177, 1255}, {178, 1256},       {186, 1257}, {204, 1251}, {222, 874},
        {238, 1250}, {254, 437},        {255, 850},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
        if (pages[i][0] == charset)
            return pages[i][1];
    return 0;
}

static UConverter *converter_of(struct rtf *r, int32_t page)
{
    UErrorCode status = U_ZERO_ERROR;
    const char *name = page_name(page);

    if (r->converter && r->converter_page == page)
        return r->converter;
    ucnv_close(r->converter);
    r->converter_page = page;
    r->converter = ucnv_open(name ? name : page_name(PAGE_WESTERN), &status);
    return r->converter;
}

static int32_t page_now(struct rtf *r)
{
    int32_t of_font = r->font_pages[innermost(r)->font];

    return of_font ? of_font : r->page;
}

static bool is_ascii(const GString *s)
{
    unsigned char all = 0;

    for (gsize i = 0; i < s->len; i++)
        all |= (unsigned char)s->str[i];
    return all < 0x80;
}

/* Symbol fonts have signs of their own in place of letters beyond ASCII. */
static void append_ascii(GString *out, const GString *s)
{
    for (gsize i = 0; i < s->len; i++)
        if (!(s->str[i] & 0x80))
            g_string_append_c(out, s->str[i]);
}

static void append_converted(struct rtf *r, GString *out, int32_t page)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *c = converter_of(r, page);
    const char *at = r->bytes->str, *end = at + r->bytes->len;

    if (c)
        ucnv_reset(c);
    while (c && at < end) {
        UChar32 letter = ucnv_getNextUChar(c, &at, end, &status);

        if (U_FAILURE(status) || letter == 0xFFFD) {
            r->unknown++;
            letter = 0xFFFD;
            status = U_ZERO_ERROR;
        }
        g_string_append_unichar(out, (gunichar)letter);
    }
}

/* Bytes wait for each other, for a letter may be several of them. */
static void flush(struct rtf *r)
{
    GString *out;
    int32_t page;

    if (!r->bytes->len)
        return;
    out = output(r);
    page = page_now(r);
    if (out && page == PAGE_SYMBOLS)
        append_ascii(out, r->bytes);
    else if (out && is_ascii(r->bytes))
        g_string_append_len(out, r->bytes->str, (gssize)r->bytes->len);
    else if (out)
        append_converted(r, out, page);
    g_string_truncate(r->bytes, 0);
}

static void add_byte(struct rtf *r, char byte)
{
    if (r->to_skip > 0)
        r->to_skip--;
    else
        g_string_append_c(r->bytes, byte);
}

static void add_letter(struct rtf *r, gunichar letter)
{
    GString *out = output(r);

    flush(r);
    if (out)
        g_string_append_unichar(out, letter);
}

/* \u gives 16 bits at a time, with a sign. */
static void add_unit(struct rtf *r, int32_t number)
{
    gunichar c = number < 0 ? (gunichar)number & 0xFFFF : (gunichar)number;
    gunichar high = r->high;

    r->high = 0;
    if (c >= 0xD800 && c < 0xDC00)
        r->high = c;
    else if (high && c >= 0xDC00 && c < 0xE000)
        add_letter(r, 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00));
    else if (c >= 0xF000 && c < 0xF100)
        return; /* a sign of a symbol font */
    else if (c >= ' ')
        add_letter(r, g_unichar_validate(c) ? c : 0xFFFD);
}

static void end_line(struct rtf *r)
{
    add_letter(r, '\n');
}

static void end_block(struct rtf *r)
{
    GString *out;

    flush(r);
    out = output(r);
    if (out)
        end_paragraph(out);
}

/* --- control words --------------------------------------------------------------- */

/* What the words of a group are for, by its first word. */
static const struct destination {
    const char *word;
    enum into into;
    enum place place;
} destinations[] = {
    {"aftncn", INTO_NOTHING, PLACE_BODY},
    {"aftnsep", INTO_NOTHING, PLACE_BODY},
    {"aftnsepc", INTO_NOTHING, PLACE_BODY},
    {"annotation", INTO_NOTHING, PLACE_BODY},
    {"author", INTO_AUTHOR, PLACE_BODY},
    {"buptim", INTO_NOTHING, PLACE_BODY},
    {"colortbl", INTO_NOTHING, PLACE_BODY},
    {"comment", INTO_NOTHING, PLACE_BODY},
    {"creatim", INTO_NOTHING, PLACE_MADE},
    {"do", INTO_NOTHING, PLACE_BODY},
    {"dptxbxtext", INTO_TEXT, PLACE_BODY},
    {"fldinst", INTO_NOTHING, PLACE_BODY},
    {"fonttbl", INTO_NOTHING, PLACE_FONTS},
    {"footer", INTO_NOTHING, PLACE_BODY},
    {"footerf", INTO_NOTHING, PLACE_BODY},
    {"footerl", INTO_NOTHING, PLACE_BODY},
    {"footerr", INTO_NOTHING, PLACE_BODY},
    {"footnote", INTO_NOTES, PLACE_BODY},
    {"ftncn", INTO_NOTHING, PLACE_BODY},
    {"ftnsep", INTO_NOTHING, PLACE_BODY},
    {"ftnsepc", INTO_NOTHING, PLACE_BODY},
    {"header", INTO_NOTHING, PLACE_BODY},
    {"headerf", INTO_NOTHING, PLACE_BODY},
    {"headerl", INTO_NOTHING, PLACE_BODY},
    {"headerr", INTO_NOTHING, PLACE_BODY},
    {"info", INTO_NOTHING, PLACE_BODY},
    {"listtext", INTO_NOTHING, PLACE_BODY},
    {"nonesttables", INTO_NOTHING, PLACE_BODY},
    {"nonshppict", INTO_NOTHING, PLACE_BODY},
    {"object", INTO_NOTHING, PLACE_BODY},
    {"pict", INTO_NOTHING, PLACE_BODY},
    {"pntext", INTO_NOTHING, PLACE_BODY},
    {"private", INTO_NOTHING, PLACE_BODY},
    {"result", INTO_TEXT, PLACE_BODY},
    {"revtim", INTO_NOTHING, PLACE_SAVED},
    {"rxe", INTO_NOTHING, PLACE_BODY},
    {"shpinst", INTO_NOTHING, PLACE_BODY},
    {"shprslt", INTO_NOTHING, PLACE_BODY},
    {"shptxt", INTO_TEXT, PLACE_BODY},
    {"stylesheet", INTO_NOTHING, PLACE_BODY},
    {"tc", INTO_NOTHING, PLACE_BODY},
    {"template", INTO_NOTHING, PLACE_BODY},
    {"title", INTO_TITLE, PLACE_BODY},
    {"txe", INTO_NOTHING, PLACE_BODY},
    {"xe", INTO_NOTHING, PLACE_BODY},
};

static int compare_destination(const void *word, const void *row)
{
    return strcmp(word, ((const struct destination *)row)->word);
}

static bool begin_destination(struct rtf *r, const struct word *w)
{
    const struct destination *d = bsearch(
        w->name, destinations, G_N_ELEMENTS(destinations),
        sizeof(*destinations), compare_destination);
    struct group *g = innermost(r);

    if (d) {
        flush(r);
        g->into = d->into;
        g->place = d->place;
    } else if (g->is_optional) {
        g->into = INTO_NOTHING;
    }
    g->is_optional = false;
    if (d && d->into == INTO_NOTES)
        end_block(r);
    return d;
}

/* Words that stand for a letter. */
static bool add_sign(struct rtf *r, const struct word *w)
{
    static const struct {
        const char *word;
        gunichar letter;
    } signs[] = {
        {"tab", ' '},
        {"emdash", 0x2014},
        {"endash", 0x2013},
        {"emspace", ' '},
        {"enspace", ' '},
        {"qmspace", ' '},
        {"bullet", 0x2022},
        {"lquote", 0x2018},
        {"rquote", 0x2019},
        {"ldblquote", 0x201C},
        {"rdblquote", 0x201D},
        {"zwj", 0x200D},
        {"zwnj", 0x200C},
        {"~", 0xA0},
        {"_", 0x2011},
        {"{", '{'},
        {"}", '}'},
        {"\\", '\\'},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (!strcmp(w->name, signs[i].word)) {
            add_letter(r, signs[i].letter);
            return true;
        }
    }
    return false;
}

static bool add_break(struct rtf *r, const struct word *w)
{
    static const char *const blocks[] = {"par",      "cell",    "row",
                                         "nestcell", "nestrow", "sect",
                                         "page",     "\n",      "\r"};

    if (!strcmp(w->name, "line")) {
        end_line(r);
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++) {
        if (!strcmp(w->name, blocks[i])) {
            end_block(r);
            return true;
        }
    }
    return false;
}

static uint32_t font_of(const struct word *w)
{
    return w->number >= 0 && w->number < FONTS_MOST ? (uint32_t)w->number : 0;
}

static void set_font_page(struct rtf *r, int32_t page)
{
    const struct group *g = innermost(r);

    if (g->place == PLACE_FONTS)
        r->font_pages[g->font] = page;
}

/* Words about fonts and code pages. */
static bool set_font(struct rtf *r, const struct word *w)
{
    struct group *g = innermost(r);

    if (!strcmp(w->name, "f"))
        g->font = font_of(w);
    else if (!strcmp(w->name, "deff"))
        g->font = r->default_font = font_of(w);
    else if (!strcmp(w->name, "fcharset"))
        set_font_page(r, page_of_charset(w->number));
    else if (!strcmp(w->name, "cpg"))
        set_font_page(r, page_name(w->number) ? w->number : 0);
    else if (!strcmp(w->name, "ansicpg") && page_name(w->number))
        r->page = w->number;
    else if (!strcmp(w->name, "mac"))
        r->page = 10000;
    else if (!strcmp(w->name, "pc"))
        r->page = 437;
    else if (!strcmp(w->name, "pca"))
        r->page = 850;
    else
        return false;
    return true;
}

/* Words about how what follows looks: is it seen at all? */
static bool set_look(struct rtf *r, const struct word *w)
{
    struct group *g = innermost(r);
    bool is_on = !w->has_number || w->number != 0;

    if (!strcmp(w->name, "v")) {
        g->is_hidden = is_on;
    } else if (!strcmp(w->name, "deleted") || !strcmp(w->name, "mvf")) {
        g->is_deleted = is_on;
    } else if (!strcmp(w->name, "plain")) {
        g->is_hidden = g->is_deleted = false;
        g->font = r->default_font;
    } else if (!strcmp(w->name, "uc")) {
        g->stand_ins = CLAMP(w->number, 0, 1000);
    } else {
        return false;
    }
    return true;
}

static void set_day(struct rtf *r, const struct word *w)
{
    enum place place = innermost(r)->place;
    struct day *day = place == PLACE_SAVED ? &r->saved : &r->made;

    if (place != PLACE_SAVED && place != PLACE_MADE)
        return;
    if (!strcmp(w->name, "yr"))
        day->year = w->number;
    else if (!strcmp(w->name, "mo"))
        day->month = w->number;
    else if (!strcmp(w->name, "dy"))
        day->day = w->number;
}

static int hex_byte(struct rtf *r)
{
    int high, low;

    if (r->end - r->at < 2)
        return -1;
    high = g_ascii_xdigit_value(r->at[0]);
    low = g_ascii_xdigit_value(r->at[1]);
    if (high < 0 || low < 0)
        return -1;
    r->at += 2;
    return high << 4 | low;
}

/* Bytes that are as they are: passed over. */
static void skip_binary(struct rtf *r, const struct word *w)
{
    if (w->number > 0)
        r->at += MIN(r->end - r->at, (ptrdiff_t)w->number);
}

static void take_word(struct rtf *r, const struct word *w)
{
    bool is_byte = !strcmp(w->name, "'");
    int byte = is_byte ? hex_byte(r) : -1;

    if (!strcmp(w->name, "bin"))
        skip_binary(r, w);
    if (byte > 0) {
        add_byte(r, (char)byte);
        return;
    }
    if (r->to_skip > 0) {
        r->to_skip--;
        return;
    }
    if (is_byte)
        return;
    flush(r); /* a byte begins no letter that goes on after a word */
    if (!strcmp(w->name, "*")) {
        innermost(r)->is_optional = true;
    } else if (!strcmp(w->name, "u")) {
        add_unit(r, w->number);
        r->to_skip = innermost(r)->stand_ins;
    } else if (
        !begin_destination(r, w) && !add_break(r, w) && !add_sign(r, w) &&
        !set_font(r, w) && !set_look(r, w)) {
        set_day(r, w);
    }
}

/* --- the file -------------------------------------------------------------------- */

/* Digits that end in a number of 32 bits; what is more is cut. */
static void read_number(struct rtf *r, struct word *w)
{
    const char *digits = r->at + (r->at < r->end && *r->at == '-');
    bool is_negative = digits > r->at;
    int64_t number = 0;

    if (digits >= r->end || !g_ascii_isdigit(*digits))
        return;
    for (; digits < r->end && g_ascii_isdigit(*digits); digits++)
        number = MIN(number * 10 + (*digits - '0'), INT32_MAX);
    w->has_number = true;
    w->number = (int32_t)(is_negative ? -number : number);
    r->at = digits;
}

/* After the backslash. */
static void read_word(struct rtf *r)
{
    struct word w = {.has_number = false};
    size_t len = 0;

    if (r->at == r->end)
        return;
    if (!g_ascii_isalpha(*r->at)) {
        w.name[0] = *r->at++;
        take_word(r, &w);
        return;
    }
    for (; r->at < r->end && g_ascii_isalpha(*r->at); r->at++)
        if (len < WORD_MOST)
            w.name[len++] = *r->at;
    read_number(r, &w);
    if (r->at < r->end && *r->at == ' ')
        r->at++;
    take_word(r, &w);
}

static void open_group(struct rtf *r)
{
    flush(r);
    r->to_skip = 0;
    if (r->depth && r->depth < GROUPS_MOST)
        r->groups[r->depth] = r->groups[r->depth - 1];
    r->depth++;
}

static void close_group(struct rtf *r)
{
    flush(r);
    r->to_skip = 0;
    r->depth--;
}

static void read_all(struct rtf *r)
{
    do {
        char c = *r->at++;

        if (c == '{')
            open_group(r);
        else if (c == '}')
            close_group(r);
        else if (c == '\\')
            read_word(r);
        else if (c && c != '\n' && c != '\r')
            add_byte(r, c);
    } while (r->depth && r->at < r->end);
    if (!r->depth)
        return;
    flush(r);
    making_note(r->m, "the file is cut off: read as far as it goes");
}

static void set_day_field(struct making *m, struct day d, const char *where)
{
    char *day = d.year
                    ? g_strdup_printf("%04d-%02d-%02d", d.year, d.month, d.day)
                    : NULL;

    field_set(m, FIELD_DATE, day, where);
    g_free(day);
}

/* What was written goes to the document. */
static void finish(struct rtf *r)
{
    GString *text = r->out[INTO_TEXT], *notes = r->out[INTO_NOTES];
    const char *name = page_name(r->page);
    struct str tidy;

    end_paragraph(text);
    g_string_append_len(text, notes->str, (gssize)notes->len);
    tidy = text_tidy(r->m, (struct str){text->str, text->len});
    g_string_truncate(text, tidy.len);
    set_text(r->m, text);
    r->m->document->encoding = arena_keep(r->m->a, name);
    if (r->unknown)
        making_note(
            r->m, "%" G_GUINT64_FORMAT " unknown characters replaced",
            r->unknown);
    field_set(r->m, FIELD_TITLE, r->out[INTO_TITLE]->str, "title of the file");
    set_day_field(r->m, r->saved, "day it was last saved");
    set_day_field(r->m, r->made, "day it was made");
    field_set(
        r->m, FIELD_PUBLISHER, r->out[INTO_AUTHOR]->str, "author of the file");
    g_string_free(notes, TRUE);
    g_string_free(r->out[INTO_TITLE], TRUE);
    g_string_free(r->out[INTO_AUTHOR], TRUE);
}

bool is_rtf(struct str bytes)
{
    return bytes.len > 5 && !memcmp(bytes.at, "{\\rtf", 5);
}

void read_rtf(struct making *m, struct str bytes)
{
    struct rtf *r = g_new0(struct rtf, 1);

    r->m = m;
    r->at = bytes.at;
    r->end = bytes.at + bytes.len;
    r->groups = g_new0(struct group, GROUPS_MOST);
    r->groups[0] = (struct group){.into = INTO_TEXT, .stand_ins = 1};
    r->page = PAGE_WESTERN;
    r->bytes = g_string_new(NULL);
    for (enum into i = INTO_TEXT; i <= INTO_AUTHOR; i++)
        r->out[i] = g_string_new(NULL);
    read_all(r);
    finish(r);
    ucnv_close(r->converter);
    g_string_free(r->bytes, TRUE);
    g_free(r->groups);
    g_free(r);
}
