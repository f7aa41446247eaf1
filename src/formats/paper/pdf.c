/* PDF: the text of its pages; of those that are pictures, what OCR reads. */
#include "formats/paper/entries.h"
#include "formats/paper/ocr.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

/* A document being read. */
struct pdf {
    struct making *m;
    struct ocr *ocr;
    PopplerDocument *document;
    struct layout *layout;
    GArray *scanned; /* int: pages that are pictures, from 1 */
};

/* --- what must be read before the cage shuts ---------------------------------- */

/* Poppler's own tables stay only while a document is open, so that one is kept
   that long: a page with a word on it. */
void *pdf_prepare(void)
{
    static const char page[] =
        "%PDF-1.4\n"
        "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        "2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n"
        "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        "/Resources<</Font<</F 5 0 R>>>>>> endobj\n"
        "4 0 obj <</Length 30>> stream\n"
        "BT /F 9 Tf 9 9 Td (Yes) Tj ET\n"
        "endstream endobj\n"
        "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n"
        "trailer <</Root 1 0 R/Size 6>>\n";
    GBytes *bytes = g_bytes_new_static(page, sizeof(page) - 1);
    PopplerDocument *kept = poppler_document_new_from_bytes(bytes, NULL, NULL);
    PopplerPage *first = kept ? poppler_document_get_page(kept, 0) : NULL;

    if (first) {
        g_free(poppler_page_get_text(first));
        g_object_unref(first);
    }
    g_bytes_unref(bytes);
    return kept;
}

/* --- what it tells of itself ---------------------------------------------------- */

static void read_day(struct making *m, GDateTime *moment, const char *where)
{
    char *day = moment ? g_date_time_format(moment, "%Y-%m-%d") : NULL;

    field_set(m, FIELD_DATE, day, where);
    g_free(day);
    if (moment)
        g_date_time_unref(moment);
}

static void read_words(struct making *m, enum field f, char *words)
{
    field_set(m, f, words, "author of the file");
    g_free(words);
}

static void read_fields(struct pdf *p)
{
    PopplerDocument *d = p->document;

    read_words(p->m, FIELD_TITLE, poppler_document_get_title(d));
    read_words(p->m, FIELD_PUBLISHER, poppler_document_get_author(d));
    read_day(
        p->m, poppler_document_get_creation_date_time(d), "PDF CreationDate");
    read_day(
        p->m, poppler_document_get_modification_date_time(d), "PDF ModDate");
}

/* --- lines of a page -------------------------------------------------------------- */

/* A line in the making. */
struct reading {
    struct layout *layout;
    GArray *entries; /* what was typed into the page, ... */
    guint next;      /* ... and the next of it */
    GString *words;
    struct box box;
    bool is_begun; /* the box is of some letter */
};

static void end_line(struct reading *r)
{
    float size = r->box.bottom - r->box.top;

    layout_add_line(
        r->layout, (struct str){r->words->str, r->words->len}, &r->box, size);
    g_string_truncate(r->words, 0);
    r->is_begun = false;
}

/* Poppler breaks lines, but not between blocks of them. */
static bool is_elsewhere(const struct reading *r, const PopplerRectangle *at)
{
    double middle = (at->y1 + at->y2) / 2;

    return r->is_begun &&
           (middle < (double)r->box.top || middle > (double)r->box.bottom ||
            at->x2 < (double)(r->box.left - (r->box.bottom - r->box.top)));
}

static void widen(struct reading *r, const PopplerRectangle *at)
{
    struct box b = {(float)at->x1, (float)at->y1, (float)at->x2, (float)at->y2};

    if (r->is_begun)
        b = (struct box){
            MIN(b.left, r->box.left), MIN(b.top, r->box.top),
            MAX(b.right, r->box.right), MAX(b.bottom, r->box.bottom)};
    r->box = b;
    r->is_begun = true;
}

/* Ligatures as letters; what is no text as a space or as unknown. */
static void append_letter(GString *words, gunichar c)
{
    static const char *const ligatures[] = {"ff",  "fi", "fl", "ffi",
                                            "ffl", "st", "st"};

    if (c < 0x80)
        g_string_append_c(words, c < ' ' || c == 0x7F ? ' ' : (char)c);
    else if (c >= 0xFB00 && c <= 0xFB06)
        g_string_append(words, ligatures[c - 0xFB00]);
    else if (c < 0xA0)
        g_string_append_c(words, ' ');
    else
        g_string_append_unichar(words, g_unichar_validate(c) ? c : 0xFFFD);
}

static void append_words(GString *words, const char *at)
{
    for (; *at; at = g_utf8_next_char(at))
        append_letter(words, g_utf8_get_char(at));
}

/* In a line of the page. */
static void append_entry(struct reading *r, const struct entry *e)
{
    GString *words = r->words;

    if (words->len && words->str[words->len - 1] != ' ')
        g_string_append_c(words, ' ');
    append_words(words, e->words);
    g_string_append_c(words, ' ');
    if (!r->is_begun)
        r->box = e->box;
    r->box.right = MAX(r->box.right, e->box.right);
    r->is_begun = true;
}

/* As lines of its own, before the one that is in the making. */
static void add_entry(struct layout *l, const struct entry *e)
{
    char **lines = g_strsplit_set(e->words, "\r\n", -1);
    guint count = g_strv_length(lines);
    float height = (e->box.bottom - e->box.top) / (float)MAX(count, 1);
    GString *words = g_string_new(NULL);
    struct box at = e->box;

    for (guint i = 0; i < count; i++) {
        at.bottom = at.top + height;
        g_string_truncate(words, 0);
        append_words(words, lines[i]);
        layout_add_line(l, (struct str){words->str, words->len}, &at, 0);
        at.top = at.bottom;
    }
    g_string_free(words, TRUE);
    g_strfreev(lines);
}

/* What was typed in at a letter, or before it. */
static void take_entries(struct reading *r, guint letter, enum place place)
{
    for (; r->next < r->entries->len; r->next++) {
        const struct entry *e =
            &g_array_index(r->entries, struct entry, r->next);

        if (e->letter > letter || (e->letter == letter && e->place > place))
            return;
        if (e->place == PLACE_BEFORE || e->place == PLACE_AFTER)
            append_entry(r, e);
        else
            add_entry(r->layout, e);
    }
}

/* Letters of its text; adds its lines. */
static uint32_t read_text(struct pdf *p, PopplerPage *page)
{
    struct reading r = {.layout = p->layout, .words = g_string_new(NULL)};
    char *text = poppler_page_get_text(page);
    PopplerRectangle *places = NULL;
    guint count = 0, letters = 0;
    const char *at = text, *end = text + strlen(text);

    poppler_page_get_text_layout(page, &places, &count);
    r.entries = entries_of(page, text, places, count);
    for (guint i = 0; i < count && at < end; i++) {
        gunichar c = g_utf8_get_char(at);

        at = MIN(g_utf8_next_char(at), end);
        if (c == '\n') {
            end_line(&r);
        } else if (c == ' ') {
            append_letter(r.words, c);
        } else {
            if (is_elsewhere(&r, &places[i]))
                end_line(&r);
            take_entries(&r, i, PLACE_BEFORE);
            widen(&r, &places[i]);
            append_letter(r.words, c);
            take_entries(&r, i, PLACE_AFTER);
            letters++;
        }
    }
    end_line(&r);
    take_entries(&r, G_MAXUINT, PLACE_LAST);
    g_array_unref(r.entries);
    g_free(places);
    g_free(text);
    g_string_free(r.words, TRUE);
    return letters;
}

/* --- pages that are pictures --------------------------------------------------------- */

/* How much of a page pictures cover; above 1 where they lie on each other. */
static double measure_pictures(PopplerPage *page)
{
    GList *pictures = poppler_page_get_image_mapping(page);
    double width, height, area = 0;

    poppler_page_get_size(page, &width, &height);
    for (const GList *at = pictures; at; at = at->next) {
        const PopplerImageMapping *picture = at->data;

        area += fabs(
            (picture->area.x2 - picture->area.x1) *
            (picture->area.y2 - picture->area.y1));
    }
    poppler_page_free_image_mapping(pictures);
    return width > 0 && height > 0 ? area / (width * height) : 0;
}

/* Who scans pages often stamps a number on them. */
static bool is_scanned(PopplerPage *page, uint32_t letters)
{
    enum { STAMP_MOST = 100 };

    return letters <= STAMP_MOST &&
           measure_pictures(page) > (letters ? 0.5 : 0.05);
}

/* Dots for a point of the page, such that they are not too many. */
static double find_scale(double width, double height)
{
    const double scale = 300.0 / 72;

    return fmin(scale, sqrt(OCR_PIXELS_MOST / (width * height)));
}

/* In grey; NULL if there is no such surface. */
static PIX *take_pixels(cairo_surface_t *surface)
{
    const unsigned char *from = cairo_image_surface_get_data(surface);
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    PIX *made = from ? pixCreate(width, height, 8) : NULL;

    for (int y = 0; made && y < height; y++) {
        const unsigned char *at = from + (ptrdiff_t)y * stride;
        l_uint32 *line = pixGetData(made) + (ptrdiff_t)y * pixGetWpl(made);

        for (int x = 0; x < width; x++, at += 4)
            SET_DATA_BYTE(
                line, x, (at[0] * 28 + at[1] * 151 + at[2] * 77) >> 8);
    }
    return made;
}

static PIX *render(PopplerPage *page)
{
    double width, height, scale;
    cairo_surface_t *surface;
    cairo_t *c;
    PIX *made;

    poppler_page_get_size(page, &width, &height);
    scale = find_scale(width, height);
    surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)fmax(width * scale, 1),
        (int)fmax(height * scale, 1));
    c = cairo_create(surface);
    cairo_set_source_rgb(c, 1, 1, 1);
    cairo_paint(c);
    cairo_scale(c, scale, scale);
    poppler_page_render(page, c);
    cairo_destroy(c);
    cairo_surface_flush(surface);
    made = take_pixels(surface);
    cairo_surface_destroy(surface);
    if (made)
        pixSetResolution(made, (int)(scale * 72), (int)(scale * 72));
    return made;
}

/* What OCR reads stands for the stamp too. */
static void read_scanned(struct pdf *p, PopplerPage *page)
{
    PIX *picture = render(page);

    if (!picture)
        return;
    layout_clear_page(p->layout);
    ocr_read(p->ocr, picture, p->layout);
    pixDestroy(&picture);
}

/* "page 2", "pages 3-9, 12" */
static char *name_pages(const GArray *pages)
{
    enum { SPANS_MOST = 30 };
    GString *words = g_string_new(pages->len > 1 ? "pages " : "page ");
    guint spans = 0;

    for (guint i = 0, next; i < pages->len; i = next) {
        int first = g_array_index(pages, int, i);

        for (next = i + 1;
             next < pages->len &&
             g_array_index(pages, int, next) == first + (int)(next - i);
             next++)
            ;
        if (spans++ == SPANS_MOST) {
            g_string_append(words, " and others");
            break;
        }
        g_string_append_printf(words, "%s%d", i ? ", " : "", first);
        if (next - i > 1)
            g_string_append_printf(words, "-%d", first + (int)(next - i) - 1);
    }
    return g_string_free(words, FALSE);
}

/* --- the document ------------------------------------------------------------------------ */

static void read_page(struct pdf *p, int number)
{
    PopplerPage *page = poppler_document_get_page(p->document, number);
    char *label = page ? poppler_page_get_label(page) : NULL;
    const int told = number + 1;

    layout_add_page(p->layout, label);
    g_free(label);
    if (!page)
        return;
    if (is_scanned(page, read_text(p, page))) {
        g_array_append_val(p->scanned, told);
        if (p->ocr)
            read_scanned(p, page);
    }
    g_object_unref(page);
}

/* False with an error where there was nothing but pictures. */
static bool tell_scanned(struct pdf *p, GError **error)
{
    char *pages = name_pages(p->scanned), *words;
    bool is_one = p->scanned->len == 1;
    bool good = true;

    if (p->ocr) {
        words = g_strdup_printf("%s %s", pages, is_one ? "was" : "were");
        ocr_note(p->ocr, p->m, words);
        g_free(words);
    } else if (p->layout->lines->len) {
        making_note(
            p->m, "%s %s without text; 'attest read --ocr' reads %s", pages,
            is_one ? "is a picture" : "are pictures", is_one ? "it" : "them");
    } else {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "its pages are pictures without text (it was scanned); "
            "'attest read --ocr' reads them");
        good = false;
    }
    g_free(pages);
    return good;
}

static bool read_pages(struct pdf *p, GError **error)
{
    int count = poppler_document_get_n_pages(p->document);

    for (int i = 0; i < count; i++)
        read_page(p, i);
    return !p->scanned->len || tell_scanned(p, error);
}

static PopplerDocument *open_pdf(struct str bytes, GError **error)
{
    GBytes *borrowed = g_bytes_new_static(bytes.at, bytes.len);
    GError *fault = NULL;
    PopplerDocument *made =
        poppler_document_new_from_bytes(borrowed, NULL, &fault);

    g_bytes_unref(borrowed);
    if (made)
        return made;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "%s",
        g_error_matches(fault, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
            ? "it is locked with a password; give a copy that is not: open it, "
              "then print it into a new PDF"
            : "the PDF is damaged: no pages can be found in it");
    g_error_free(fault);
    return NULL;
}

bool read_pdf(
    struct making *m, struct ocr *ocr, struct str bytes, GError **error)
{
    struct pdf p = {.m = m, .ocr = ocr, .document = open_pdf(bytes, error)};
    bool good;

    if (!p.document)
        return false;
    p.layout = layout_new();
    p.scanned = g_array_new(FALSE, FALSE, sizeof(int));
    good = read_pages(&p, error);
    if (good) {
        m->document->encoding = "UTF-8";
        read_fields(&p);
        layout_set_text(p.layout, m);
    } else {
        layout_free(p.layout);
    }
    g_array_free(p.scanned, TRUE);
    g_object_unref(p.document);
    return good;
}
