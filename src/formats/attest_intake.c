/* The program attest-intake, which attest starts: everything that must be read
   is read, then the cage shuts. */
#include "cage/cage.h"
#include "formats/formats.h"

/* usage: attest-intake LEXICON MEMORY SECONDS [ocr], with a socket as standard
   input; SECONDS of processor time are all it has */
int main(int argc, char **argv)
{
    struct intake_words *words =
        argc >= 4 ? intake_words_load(argv[1], NULL) : NULL;
    struct formats *formats = words ? formats_new(argc > 4, NULL) : NULL;

    if (formats)
        cage_serve(
            formats_opener(formats), formats_unpacker(formats), words,
            g_ascii_strtoull(argv[2], NULL, 10),
            g_ascii_strtoull(argv[3], NULL, 10));
    return CAGE_UNREADY;
}
