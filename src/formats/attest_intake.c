/* The program attest-intake, which attest starts: everything that must be read
   is read, then the cage shuts. */
#include "cage/cage.h"
#include "formats/formats.h"

/* usage: attest-intake LEXICON MEMORY [COLUMNS], with a socket as standard
   input */
int main(int argc, char **argv)
{
    bool good = argc == 3 || argc == 4;
    struct intake_words *words = good ? intake_words_load(argv[1], NULL) : NULL;
    struct formats *formats;

    if (words && argc == 4)
        good = intake_words_set_columns(words, argv[3], NULL);
    formats = words && good ? formats_new(NULL) : NULL;
    if (formats)
        cage_serve(
            formats_opener(formats), formats_unpacker(formats), words,
            g_ascii_strtoull(argv[2], NULL, 10));
    return CAGE_UNREADY;
}
