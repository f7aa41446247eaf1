/*
 * page.h - the files of the page, which stand in the program.
 *
 * They come from web/, packed with gzip by the build.  Whatever is no file is
 * a place within the page (/claims?act=liberty), which the page itself shows:
 * it gets index.html.  Who has no session gets a page that says how to be let
 * in, and nothing of the case.
 */
#ifndef SERVER_PAGE_H
#define SERVER_PAGE_H

#include "server/call.h"

void page_answer(struct call *c, const char *path, bool has_session);
void page_move(struct call *c, const char *path);

#endif
