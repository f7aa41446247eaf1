/*
 * pairs.h - brackets and quotation marks in a tree.
 */
#ifndef PAIRS_H
#define PAIRS_H

#include "language/language.h"

/*
 * Hangs the two marks of a pair on the head of what they enclose, as the UD
 * guidelines want (universaldependencies.org/u/dep/punct.html).  The tree
 * stays one: only marks on which nothing hangs are moved.
 */
void pairs_attach(struct sentence *s);

#endif
