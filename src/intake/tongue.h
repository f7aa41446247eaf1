/*
 * tongue.h - which languages a text is written in, as CLD2 tells it.
 *
 * CLD2 has no interface for C: tongue.cc is the program's one file in C++, and
 * this header is for both.
 */
#ifndef TONGUE_H
#define TONGUE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How many of a hundred letters are in English, and in the language that most
   of the others are in.  All is 0 where the text is too short or unclear. */
struct tongue {
    char foreign[4]; /* ISO 639-1, or 639-2 where that has none; "" for none */
    int foreign_share, english_share;
};
/* Of valid UTF-8, at most 1 GiB.  Pure, and in time that is linear. */
struct tongue tongue_find(const char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
