/*
 * doors.h - the doors that the program in the cage shuts behind itself.
 */
#ifndef DOORS_H
#define DOORS_H

#include "cage/cage.h"

/* Shuts one after the other; the bits, 1 << enum door, of those that hold. */
uint32_t doors_shut(uint64_t memory, uint64_t seconds);

#endif
