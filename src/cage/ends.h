/*
 * ends.h - how the program in the cage tells why it ended by itself.
 */
#ifndef ENDS_H
#define ENDS_H

/* Exit statuses. */
enum { END_MEMORY = 70, END_QUESTION };

#endif
