/* The program attest-intake, which attest starts: everything that must be read
   is read, then the cage shuts. */
#include "cage/cage.h"
#include "formats/formats.h"

#include <string.h>

/* usage: attest-intake LEXICON MEMORY SECONDS ocr|- [COLUMNS], with a socket as
   standard input; SECONDS of processor time are all it has */
int main(int argc, char **argv)
{
    struct intake_words *words =
        argc >= 5 ? intake_words_load(argv[1], NULL) : NULL;
    bool good =
        words && (argc == 5 || intake_words_set_columns(words, argv[5], NULL));
    struct formats *formats =
        good ? formats_new(!strcmp(argv[4], "ocr"), NULL) : NULL;

    if (formats)
        cage_serve(
            formats_opener(formats), formats_unpacker(formats), words,
            g_ascii_strtoull(argv[2], NULL, 10),
            g_ascii_strtoull(argv[3], NULL, 10));
    return CAGE_UNREADY;
}
