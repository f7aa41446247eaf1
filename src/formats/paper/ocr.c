#include "formats/paper/ocr.h"

#include <leptonica/allheaders.h>
#include <string.h>
#include <tesseract/capi.h>

enum { PICTURE_SECONDS = 60 };

struct ocr {
    TessBaseAPI *api; /* NULL: there is no model */
    double confidence;
    uint32_t words;
};

struct ocr *ocr_new(void)
{
    struct ocr *o = g_new0(struct ocr, 1);

    setMsgSeverity(L_SEVERITY_NONE);
    o->api = TessBaseAPICreate();
    if (TessBaseAPIInit3(o->api, NULL, "eng") != 0) {
        TessBaseAPIDelete(o->api);
        o->api = NULL;
    }
    return o;
}

void ocr_free(struct ocr *o)
{
    if (!o)
        return;
    if (o->api)
        TessBaseAPIDelete(o->api);
    g_free(o);
}

bool ocr_is_ready(const struct ocr *o, GError **error)
{
    if (o && o->api)
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        o ? "Tesseract, which reads pictures, lacks its model of English: "
            "install the Debian package tesseract-ocr-eng"
          : "it is a picture; 'attest read --ocr' reads what is written in it");
    return false;
}

static void add_confidence(struct ocr *o)
{
    int *all = TessBaseAPIAllWordConfidences(o->api);

    for (int *at = all; all && *at >= 0; at++) {
        o->confidence += *at;
        o->words++;
    }
    TessDeleteIntArray(all);
}

static void add_lines(struct ocr *o, struct layout *l)
{
    TessResultIterator *at = TessBaseAPIGetIterator(o->api);
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst(at);

    if (!at)
        return;
    do {
        char *words = TessResultIteratorGetUTF8Text(at, RIL_TEXTLINE);
        int left, top, right, bottom;

        if (words && g_utf8_validate(words, -1, NULL) &&
            TessPageIteratorBoundingBox(
                place, RIL_TEXTLINE, &left, &top, &right, &bottom))
            layout_add_line(
                l, (struct str){words, strlen(words)},
                &(struct box){
                    (float)left, (float)top, (float)right, (float)bottom},
                0);
        TessDeleteText(words);
    } while (TessResultIteratorNext(at, RIL_TEXTLINE));
    TessResultIteratorDelete(at);
}

void ocr_read(struct ocr *o, struct Pix *picture, struct layout *l)
{
    ETEXT_DESC *watch = TessMonitorCreate();

    TessMonitorSetDeadlineMSecs(watch, PICTURE_SECONDS * 1000);
    TessBaseAPISetImage2(o->api, picture);
    if (TessBaseAPIRecognize(o->api, watch) == 0) {
        add_lines(o, l);
        add_confidence(o);
    }
    TessBaseAPIClear(o->api);
    TessMonitorDelete(watch);
}

void ocr_note(struct ocr *o, struct making *m, const char *pages)
{
    making_note(
        m,
        "%s read by OCR, of whose words Tesseract is sure by %.0f of 100: "
        "check names and numbers in the picture",
        pages, o->words ? o->confidence / o->words : 0);
    o->confidence = o->words = 0;
}
