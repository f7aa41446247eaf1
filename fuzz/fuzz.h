/*
 * fuzz.h - what a fuzzer calls, and what replays what it found.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Ends the program where something is wrong; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size);

#endif
