/*
 * ocr.h - what is written in pictures, read by Tesseract.
 */
#ifndef OCR_H
#define OCR_H

#include "formats/paper/layout.h"

struct Pix;

/* More is not looked at: 300 dots an inch on A3, twice. */
enum { OCR_PIXELS_MOST = 40 * 1000 * 1000 };

struct ocr;
/* To be called while files can be read: loads the model of English, if this
   machine has it. */
struct ocr *ocr_new(void);
void ocr_free(struct ocr *o); /* accepts NULL */

/* False with an error where no OCR was asked for (`o` is NULL), or there is no
   model. */
MUST_CHECK bool ocr_is_ready(const struct ocr *o, GError **error);
/* Adds the lines of a picture to the last page. */
void ocr_read(struct ocr *o, struct Pix *picture, struct layout *l);
/* Notes that these pages were read so since the last note, and how surely. */
void ocr_note(struct ocr *o, struct making *m, const char *pages);

#endif
