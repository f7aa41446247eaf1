/* Attest's own parsers, without asking first what a file is: the first byte is
   which, the rest what it reads. */
#include "opened.h"

#include "formats/parts.h"
#include "fuzz.h"

static void read_as_text(
    struct making *m, const char *kind, bool is_record, struct str bytes,
    GError **error)
{
    struct source source = {.id = (char *)"a", .is_record = is_record};

    m->document->media_type = kind;
    (void)!text_read(m, &source, decode(m, bytes), error);
}

static void read_stripped(struct making *m, struct str bytes)
{
    GString *out = g_string_new(NULL);

    m->document->media_type = "text/html";
    strip_tags(decode(m, bytes), out);
    set_text(m, out);
}

static void
read_by(int parser, struct making *m, struct str bytes, GError **error)
{
    switch (parser) {
    case 0:
        m->document->media_type = "text/rtf";
        if (is_rtf(bytes)) /* as who calls it asks */
            read_rtf(m, bytes);
        break;
    case 1:
    case 2:
        m->document->media_type =
            parser == 1 ? "text/vtt" : "application/x-subrip";
        read_subtitles(m, decode(m, bytes));
        break;
    case 3:
        m->document->media_type = "text/html";
        read_html(m, decode(m, bytes));
        break;
    case 4:
        read_stripped(m, bytes);
        break;
    case 5:
        read_as_text(m, "application/json", true, bytes, error);
        break;
    default:
        read_as_text(
            m, parser == 6 ? "text/markdown" : "text/plain", false, bytes,
            error);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)
{
    enum { PARSERS = 8 };
    struct making m;
    GError *error = NULL;

    if (size < 2)
        return 0;
    m = opened_begin();
    read_by(
        *at % PARSERS, &m, (struct str){(const char *)at + 1, size - 1},
        &error);
    opened_end(&m, error);
    return 0;
}
