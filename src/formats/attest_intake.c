/* The program attest-intake, which attest starts: everything that must be read
   is read, then the cage shuts. */
#include "cage/cage.h"
#include "formats/formats.h"

/* usage: attest-intake LEXICON MEMORY, with a socket as standard input */
int main(int argc, char **argv)
{
    struct intake_words *words =
        argc == 3 ? intake_words_load(argv[1], NULL) : NULL;
    struct formats *formats = words ? formats_new(NULL) : NULL;

    if (formats)
        cage_serve(
            formats_opener(formats), formats_unpacker(formats), words,
            g_ascii_strtoull(argv[2], NULL, 10));
    return CAGE_UNREADY;
}
