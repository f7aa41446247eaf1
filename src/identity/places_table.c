/* The table that tools/places.py makes, inside the program. */
#include "identity/gazetteer.h"

#include "places_stamp.h" /* so that this is made again when the table is */

__asm__(".section .rodata\n"
        ".balign 8\n"
        ".globl places_table\n"
        "places_table:\n"
        ".incbin \"" PLACES_TABLE "\"\n"
        ".byte 0\n"
        ".globl places_table_end\n"
        "places_table_end:\n"
        ".previous\n");
