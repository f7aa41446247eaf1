#include "formats/paper/layout.h"

#include <math.h>
#include <string.h>

/* --- a layout is filled --------------------------------------------------------- */

struct layout *layout_new(void)
{
    struct layout *l = g_new0(struct layout, 1);

    l->words = g_string_new(NULL);
    l->lines = g_array_new(FALSE, FALSE, sizeof(struct line));
    l->pages = g_array_new(FALSE, FALSE, sizeof(struct page));
    return l;
}

void layout_free(struct layout *l)
{
    for (guint i = 0; i < l->pages->len; i++)
        g_free(g_array_index(l->pages, struct page, i).label);
    g_array_free(l->pages, TRUE);
    g_array_free(l->lines, TRUE);
    g_string_free(l->words, TRUE);
    g_free(l);
}

/* A milestone's name is short, and one line. */
static bool is_label(const char *label)
{
    enum { LABEL_MOST = 40 };

    if (!label || !*label || strlen(label) > LABEL_MOST ||
        !g_utf8_validate(label, -1, NULL))
        return false;
    for (; *label; label = g_utf8_next_char(label))
        if (!g_unichar_isprint(g_utf8_get_char(label)))
            return false;
    return true;
}

void layout_add_page(struct layout *l, const char *label)
{
    struct page page = {
        .label = is_label(label) ? g_strdup(label)
                                 : g_strdup_printf("%u", l->pages->len + 1),
        .first = l->lines->len,
    };

    g_array_append_val(l->pages, page);
}

void layout_add_line(
    struct layout *l, struct str words, const struct box *box, float size)
{
    struct line line = {.box = *box, .size = size};

    words = str_trim(words);
    if (!words.len)
        return;
    line.from = (uint32_t)l->words->len;
    g_string_append_len(l->words, words.at, (gssize)words.len);
    line.to = (uint32_t)l->words->len;
    g_array_append_val(l->lines, line);
}

void layout_clear_page(struct layout *l)
{
    g_array_set_size(
        l->lines,
        g_array_index(l->pages, struct page, l->pages->len - 1).first);
}

uint32_t layout_page_end(const struct layout *l, uint32_t page)
{
    return page + 1 < l->pages->len
               ? g_array_index(l->pages, struct page, page + 1).first
               : l->lines->len;
}

/* --- lines below each other ------------------------------------------------------ */

/* Lines that follow each other down one column of one page. */
struct column {
    float left, right;
    float leading; /* from a line to the next, as most are */
    uint32_t count;
};

static bool is_below(const struct line *a, const struct line *b)
{
    float height = a->box.bottom - a->box.top;

    return b->box.top > a->box.top + height / 2 &&
           b->box.top < a->box.top + 5 * height && b->box.left < a->box.right &&
           b->box.right > a->box.left;
}

static gint compare_floats(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static float median(GArray *numbers)
{
    g_array_sort(numbers, compare_floats);
    return numbers->len ? g_array_index(numbers, float, numbers->len / 2) : 0;
}

/* The column that begins with a line; where it ends. */
static uint32_t
measure(struct layout *l, uint32_t at, uint32_t end, GArray *columns)
{
    struct line *lines = (struct line *)(void *)l->lines->data;
    GArray *leadings = g_array_new(FALSE, FALSE, sizeof(float));
    struct column c = {lines[at].box.left, lines[at].box.right, 0, 0};
    uint32_t i = at;

    do {
        lines[i].column = columns->len;
        c.left = MIN(c.left, lines[i].box.left);
        c.right = MAX(c.right, lines[i].box.right);
        if (i > at) {
            float leading = lines[i].box.bottom - lines[i - 1].box.bottom;

            g_array_append_val(leadings, leading);
        }
        i++;
    } while (i < end && is_below(&lines[i - 1], &lines[i]));
    c.leading = median(leadings);
    c.count = i - at;
    g_array_append_val(columns, c);
    g_array_free(leadings, TRUE);
    return i;
}

/* Running lines are taken out first: they stand between columns. */
static GArray *find_columns(struct layout *l)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(struct column));

    for (uint32_t p = 0; p < l->pages->len; p++) {
        uint32_t at = g_array_index(l->pages, struct page, p).first;
        uint32_t end = layout_page_end(l, p);

        while (at < end)
            at = measure(l, at, end, columns);
    }
    return columns;
}

/* --- where a paragraph ends -------------------------------------------------------- */

/* How a line goes on with the one before it. */
enum joint {
    JOINT_SPACE,
    JOINT_HYPHEN, /* a word goes on, the hyphen is not its own */
    JOINT_NONE,   /* it is */
    JOINT_LINE,
    JOINT_PARAGRAPH,
};

struct joining {
    const struct layout *layout;
    const GArray *columns;
};

static struct str words_of(const struct layout *l, const struct line *line)
{
    return (struct str){l->words->str + line->from, line->to - line->from};
}

static const struct column *
column_of(const struct joining *j, const struct line *line)
{
    return &g_array_index(j->columns, struct column, line->column);
}

static gunichar first_letter(struct str words)
{
    return g_utf8_get_char(words.at);
}

static gunichar last_letter(struct str words)
{
    return g_utf8_get_char(g_utf8_prev_char(words.at + words.len));
}

/* Does a sentence end with it, be it within quotation marks? */
static bool is_end(struct str words)
{
    while (words.len > 1 && g_unichar_ispunct(last_letter(words)) &&
           !strchr(".!?:", words.at[words.len - 1]))
        words.len = (size_t)(g_utf8_prev_char(words.at + words.len) - words.at);
    return words.len && strchr(".!?:", words.at[words.len - 1]);
}

/* "(a)", "12.", a bullet: how an item of a list begins. */
static bool is_item(struct str words)
{
    const char *gap = memchr(words.at, ' ', words.len);
    size_t len = gap ? (size_t)(gap - words.at) : words.len;
    bool is_marked = len > 1 && len < 6 && strchr(".)", words.at[len - 1]);

    if (!g_unichar_isalnum(first_letter(words)) && *words.at != '(')
        return gap && words.at + g_utf8_skip[(guchar)*words.at] == gap;
    return is_marked &&
           (*words.at == '(' || g_ascii_isdigit(*words.at) || len == 2);
}

static bool is_hyphen(gunichar c)
{
    return c == '-' || c == 0xAD || c == 0x2010;
}

/* Does it end within a word? */
static bool is_broken(struct str words)
{
    const char *last = g_utf8_prev_char(words.at + words.len);
    struct str before = {words.at, (size_t)(last - words.at)};

    return is_hyphen(g_utf8_get_char(last)) && before.len &&
           g_unichar_isalpha(last_letter(before));
}

/* How the words of two lines of one paragraph meet. */
static enum joint join_words(struct str a, struct str b)
{
    gunichar next = first_letter(b);

    if (!is_broken(a))
        return JOINT_SPACE;
    if (last_letter(a) == 0xAD || g_unichar_islower(next))
        return JOINT_HYPHEN;
    return g_unichar_isalnum(next) ? JOINT_NONE : JOINT_SPACE;
}

/* Would the first word of `b` have stood at the end of `a`? */
static bool is_short(
    const struct column *c, const struct line *a, const struct line *b,
    struct str next)
{
    const char *gap = memchr(next.at, ' ', next.len);
    float share = gap ? (float)(gap - next.at) / (float)next.len : 1;
    float needed = (b->box.right - b->box.left) * share + c->leading / 2;

    return a->box.right + needed < c->right;
}

static bool is_other_size(const struct line *a, const struct line *b)
{
    return a->size > 0 && b->size > 0 &&
           (a->size > b->size * 1.15F || b->size > a->size * 1.15F);
}

/* Down one column. */
static enum joint
join_below(const struct joining *j, const struct line *a, const struct line *b)
{
    const struct column *c = column_of(j, a);
    struct str before = words_of(j->layout, a), next = words_of(j->layout, b);
    float indent = c->leading * 0.6F;
    bool is_wide = b->box.bottom - a->box.bottom > c->leading * 1.3F;
    if (is_wide || is_other_size(a, b))
        return JOINT_PARAGRAPH;
    if (is_broken(before))
        return join_words(before, next);
    if (is_short(c, a, b, next) && is_end(before))
        return JOINT_PARAGRAPH;
    if (is_short(c, a, b, next) && !g_unichar_islower(first_letter(next)))
        return JOINT_LINE;
    if (is_item(next) && is_end(before))
        return JOINT_PARAGRAPH;
    if (b->box.left > c->left + indent && a->box.left < c->left + indent / 2 &&
        !is_item(before))
        return JOINT_PARAGRAPH;
    return join_words(before, next);
}

/* From one column or page to the next. */
static enum joint
join_across(const struct joining *j, const struct line *a, const struct line *b)
{
    const struct column *c = column_of(j, a), *d = column_of(j, b);
    struct str before = words_of(j->layout, a), next = words_of(j->layout, b);
    float width = c->right - c->left;
    bool is_full = c->count > 1 && d->count > 1 &&
                   a->box.right > c->right - width / 8 &&
                   fabsf(width - (d->right - d->left)) < width / 8;

    if (is_end(before) || is_other_size(a, b) || is_item(next) ||
        !(is_full || g_unichar_islower(first_letter(next))))
        return JOINT_PARAGRAPH;
    return join_words(before, next);
}

static bool is_beside(const struct line *a, const struct line *b)
{
    float middle = (b->box.top + b->box.bottom) / 2;

    return middle > a->box.top && middle < a->box.bottom &&
           b->box.left >= a->box.right;
}

static enum joint join(
    const struct joining *j, const struct line *a, const struct line *b,
    bool is_same_page)
{
    if (is_same_page && a->column == b->column)
        return join_below(j, a, b);
    if (is_same_page && is_beside(a, b))
        return JOINT_SPACE; /* cells of a row */
    return join_across(j, a, b);
}

/* --- the text ----------------------------------------------------------------------- */

static void append_joint(GString *text, enum joint joint)
{
    static const char *const joints[] = {
        [JOINT_SPACE] = " ", [JOINT_HYPHEN] = "",        [JOINT_NONE] = "",
        [JOINT_LINE] = "\n", [JOINT_PARAGRAPH] = "\n\n",
    };

    if (joint == JOINT_HYPHEN)
        g_string_truncate(
            text, (gsize)(g_utf8_prev_char(text->str + text->len) - text->str));
    g_string_append(text, joints[joint]);
}

static void drop_running(struct layout *l)
{
    struct line *lines = (struct line *)(void *)l->lines->data;
    uint32_t kept = 0, at = 0;

    for (uint32_t p = 0; p < l->pages->len; p++) {
        uint32_t end = layout_page_end(l, p);

        g_array_index(l->pages, struct page, p).first = kept;
        for (; at < end; at++)
            if (!lines[at].is_running)
                lines[kept++] = lines[at];
    }
    g_array_set_size(l->lines, kept);
}

/* Appends a page's lines after the line before it, which may be NULL; its
   last line, or that one. */
static const struct line *append_page(
    const struct joining *j, uint32_t page, const struct line *before,
    GString *text, struct milestone *begins)
{
    const struct layout *l = j->layout;
    uint32_t first = g_array_index(l->pages, struct page, page).first;
    uint32_t end = layout_page_end(l, page);

    begins->at = (uint32_t)text->len;
    for (uint32_t i = first; i < end; i++) {
        const struct line *line = &g_array_index(l->lines, struct line, i);
        struct str words = words_of(l, line);

        if (before)
            append_joint(text, join(j, before, line, i > first));
        if (i == first)
            begins->at = (uint32_t)text->len;
        g_string_append_len(text, words.at, (gssize)words.len);
        before = line;
    }
    return before;
}

void layout_set_text(struct layout *l, struct making *m)
{
    GString *text = g_string_sized_new(l->words->len + 1024);
    struct milestone *pages = arena_make(m->a, struct milestone, l->pages->len);
    const struct line *before = NULL;
    struct joining j = {.layout = l};

    mark_running(l, m->words);
    drop_running(l);
    j.columns = find_columns(l);
    for (uint32_t p = 0; p < l->pages->len; p++) {
        pages[p].unit = "page";
        pages[p].n =
            arena_keep(m->a, g_array_index(l->pages, struct page, p).label);
        before = append_page(&j, p, before, text, &pages[p]);
    }
    m->document->milestones = pages;
    m->document->milestone_count = l->pages->len;
    set_text(m, text);
    g_array_free((GArray *)j.columns, TRUE);
    layout_free(l);
}
