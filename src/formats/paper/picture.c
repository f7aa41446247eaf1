/* Pictures: PNG, JPEG, TIFF, which may have several pages. */
#include "formats/paper/ocr.h"

#include <leptonica/allheaders.h>
#include <string.h>

enum { PAGES_MOST = 1000 };

static bool complain_damage(GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "the picture is damaged, or of a kind that cannot be read");
    return false;
}

static bool is_small(l_int32 width, l_int32 height, GError **error)
{
    if ((int64_t)width * height <= OCR_PIXELS_MOST)
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_LIMIT,
        "the picture has %d times %d pixels, more than the %d million that "
        "are looked at; make it smaller (300 dots an inch do)",
        width, height, OCR_PIXELS_MOST / 1000000);
    return false;
}

static bool
read_pix(struct ocr *ocr, PIX *picture, struct layout *l, GError **error)
{
    if (!picture)
        return complain_damage(error);
    ocr_read(ocr, picture, l);
    pixDestroy(&picture);
    return true;
}

static bool
read_one(struct ocr *ocr, struct str bytes, struct layout *l, GError **error)
{
    const l_uint8 *at = (const l_uint8 *)bytes.at;
    l_int32 kind, width, height;

    if (pixReadHeaderMem(
            at, bytes.len, &kind, &width, &height, NULL, NULL, NULL) != 0)
        return complain_damage(error);
    layout_add_page(l, NULL);
    return is_small(width, height, error) &&
           read_pix(ocr, pixReadMem(at, bytes.len), l, error);
}

static bool read_tiff(
    struct making *m, struct ocr *ocr, struct str bytes, struct layout *l,
    GError **error)
{
    const l_uint8 *data = (const l_uint8 *)bytes.at;
    size_t next = 0;
    int page = 0;

    do {
        l_int32 width, height;

        if (readHeaderMemTiff(
                data, bytes.len, page, &width, &height, NULL, NULL, NULL, NULL,
                NULL) != 0)
            return complain_damage(error);
        layout_add_page(l, NULL);
        if (!is_small(width, height, error) ||
            !read_pix(
                ocr, pixReadMemFromMultipageTiff(data, bytes.len, &next), l,
                error))
            return false;
    } while (next && ++page < PAGES_MOST);
    if (next)
        making_note(m, "only the first %d pages are read", PAGES_MOST);
    return true;
}

bool read_picture(
    struct making *m, struct ocr *ocr, struct str bytes, GError **error)
{
    struct layout *l = layout_new();
    bool is_tiff = !strcmp(m->document->media_type, "image/tiff");
    bool good;

    if (!ocr_is_ready(ocr, error))
        good = false;
    else if (is_tiff)
        good = read_tiff(m, ocr, bytes, l, error);
    else
        good = read_one(ocr, bytes, l, error);
    if (!good) {
        layout_free(l);
        return false;
    }
    m->document->encoding = "UTF-8";
    ocr_note(ocr, m, "the picture was");
    layout_set_text(l, m);
    return true;
}
