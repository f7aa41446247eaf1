#include "formats/paper/entries.h"

#include <string.h>

enum { ENTRIES_MOST = 1000 };

/* --- what there is ------------------------------------------------------------- */

static char *checked(PopplerFormField *field)
{
    if (poppler_form_field_button_get_button_type(field) ==
        POPPLER_FORM_BUTTON_PUSH)
        return NULL;
    return g_strdup(poppler_form_field_button_get_state(field) ? "[x]" : "[ ]");
}

static char *chosen(PopplerFormField *field)
{
    int count = poppler_form_field_choice_get_n_items(field);
    GString *words = g_string_new(NULL);

    for (int i = 0; i < MIN(count, ENTRIES_MOST); i++) {
        char *item = poppler_form_field_choice_is_item_selected(field, i)
                         ? poppler_form_field_choice_get_item(field, i)
                         : NULL;

        if (item)
            g_string_append_printf(words, "%s%s", words->len ? ", " : "", item);
        g_free(item);
    }
    if (!words->len && poppler_form_field_choice_is_editable(field)) {
        char *typed = poppler_form_field_choice_get_text(field);

        g_string_append(words, typed ? typed : "");
        g_free(typed);
    }
    return g_string_free(words, FALSE);
}

/* g_free it; or NULL. */
static char *words_of(PopplerFormField *field)
{
    switch (poppler_form_field_get_field_type(field)) {
    case POPPLER_FORM_FIELD_TEXT:
        return poppler_form_field_text_is_password(field)
                   ? NULL
                   : poppler_form_field_text_get_text(field);
    case POPPLER_FORM_FIELD_CHOICE:
        return chosen(field);
    case POPPLER_FORM_FIELD_BUTTON:
        return checked(field);
    case POPPLER_FORM_FIELD_SIGNATURE:
    case POPPLER_FORM_FIELD_UNKNOWN:
    default:
        return NULL;
    }
}

/* Takes the words.  Areas count from the foot of the page. */
static void
add(GArray *entries, char *words, const PopplerRectangle *area, double height)
{
    const struct entry e = {
        .words = words,
        .box =
            {(float)area->x1, (float)(height - area->y2), (float)area->x2,
             (float)(height - area->y1)},
        .letter = G_MAXUINT,
        .place = PLACE_LAST,
    };

    if (words && *g_strstrip(words) && entries->len < ENTRIES_MOST &&
        g_utf8_validate(words, -1, NULL))
        g_array_append_val(entries, e);
    else
        g_free(words);
}

static void add_fields(GArray *entries, PopplerPage *page, double height)
{
    GList *fields = poppler_page_get_form_field_mapping(page);

    for (const GList *at = fields; at; at = at->next) {
        const PopplerFormFieldMapping *f = at->data;

        add(entries, words_of(f->field), &f->area, height);
    }
    poppler_page_free_form_field_mapping(fields);
}

static void add_laid_over(GArray *entries, PopplerPage *page, double height)
{
    GList *notes = poppler_page_get_annot_mapping(page);

    for (const GList *at = notes; at; at = at->next) {
        const PopplerAnnotMapping *n = at->data;

        if (poppler_annot_get_annot_type(n->annot) == POPPLER_ANNOT_FREE_TEXT)
            add(entries, poppler_annot_get_contents(n->annot), &n->area,
                height);
    }
    poppler_page_free_annot_mapping(notes);
}

/* --- where it is read ------------------------------------------------------------- */

static float middle_of(const struct box *b)
{
    return (b->top + b->bottom) / 2;
}

static bool holds(const struct box *b, float height)
{
    return height >= b->top && height <= b->bottom;
}

static void
consider(struct entry *e, guint letter, enum place place, float distance)
{
    static const int ranks[] = {
        [PLACE_LAST] = 0,
        [PLACE_ABOVE] = 1,
        [PLACE_BEFORE] = 2,
        [PLACE_AFTER] = 3};

    if (ranks[place] < ranks[e->place] ||
        (place == e->place && distance >= e->distance))
        return;
    e->letter = letter;
    e->place = place;
    e->distance = distance;
}

/* The nearest letter before it in its row, or else after it; or the first, in
   the order of reading, that stands below. */
static void look_at(struct entry *e, const struct box *b, guint letter)
{
    const struct box *own = &e->box;

    if (holds(own, middle_of(b)) || holds(b, middle_of(own))) {
        if (b->left < own->left)
            consider(e, letter, PLACE_AFTER, own->left - b->left);
        else
            consider(e, letter, PLACE_BEFORE, b->left - own->left);
    } else if (
        b->top > own->top && b->left < own->right && b->right > own->left) {
        consider(e, letter, PLACE_ABOVE, 0); /* none after it is nearer */
    }
}

static void place_all(
    GArray *entries, const char *text, const PopplerRectangle *letters,
    guint count)
{
    for (guint i = 0; i < count && *text; i++, text = g_utf8_next_char(text)) {
        const struct box b = {
            (float)letters[i].x1, (float)letters[i].y1, (float)letters[i].x2,
            (float)letters[i].y2};

        if (*text == ' ' || *text == '\n')
            continue;
        for (guint k = 0; k < entries->len; k++)
            look_at(&g_array_index(entries, struct entry, k), &b, i);
    }
}

static int compare(gconstpointer one, gconstpointer other)
{
    const struct entry *a = one, *b = other;

    if (a->letter != b->letter)
        return a->letter < b->letter ? -1 : 1;
    if (a->place != b->place)
        return (int)a->place - (int)b->place;
    if (!holds(&a->box, middle_of(&b->box)))
        return a->box.top < b->box.top ? -1 : 1;
    return (a->box.left > b->box.left) - (a->box.left < b->box.left);
}

static void clear(gpointer at)
{
    g_free(((struct entry *)at)->words);
}

GArray *entries_of(
    PopplerPage *page, const char *text, const PopplerRectangle *letters,
    guint count)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    double width, height;

    g_array_set_clear_func(entries, clear);
    poppler_page_get_size(page, &width, &height);
    add_fields(entries, page, height);
    add_laid_over(entries, page, height);
    if (entries->len)
        place_all(entries, text, letters, count);
    g_array_sort(entries, compare);
    return entries;
}
