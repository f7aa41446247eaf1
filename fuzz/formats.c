/* A file of any format, opened and taken apart: the first byte is its name, the
   rest what is in it.  With FUZZ_NAME=a.warc all have that name. */
#define _GNU_SOURCE
#include "opened.h"

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

static const char *const names[] = {
    "a",     "a.txt", "a.md",     "a.html",       "a.jsonl", "a.rtf",  "a.srt",
    "a.vtt", "a.eml", "a.docx",   "a.odt",        "a.epub",  "a.pdf",  "a.zip",
    "a.tar", "a.tgz", "a.tar.xz", "a.mbox",       "a.mht",   "a.warc", "a.csv",
    "a.tsv", "a.xml", "a.rss",    "a.webarchive", "a.xlsx",  "a.png",
};

static const char *name_of(uint8_t byte)
{
    const char *fixed = g_getenv("FUZZ_NAME");
    size_t number = byte % (G_N_ELEMENTS(names) + 1);

    if (fixed)
        return fixed;
    return number < G_N_ELEMENTS(names) ? names[number] : NULL;
}

static struct formats *formats(void)
{
    static struct formats *f;
    GError *error = NULL;

    if (!f)
        f = formats_new(false, &error);
    if (!f)
        g_error("%s", error->message);
    return f;
}

static void open_one(const char *name, bool is_record, struct str bytes)
{
    const struct opener *opener = formats_opener(formats());
    struct source source = {.id = (char *)name, .is_record = is_record};
    struct making m = opened_begin();
    GError *error = NULL;

    (void)!opener->open(opener->self, &m, &source, bytes, &error);
    opened_end(&m, error);
}

static void take(void *self, const struct member *p)
{
    (void)self;
    opened_check_member(p);
}

static void unpack_one(const char *name, struct str bytes)
{
    const struct unpacker *unpacker = formats_unpacker(formats());
    const struct member_taker taker = {NULL, take};
    struct unpack_asked asked = {
        .id = name,
        .words = opened_words(),
        .descriptor = memfd_create("file", MFD_CLOEXEC),
        .member_most = 1 << 20,
    };
    GError *error = NULL;

    if (write(asked.descriptor, bytes.at, bytes.len) == (ssize_t)bytes.len)
        (void)!unpacker->unpack(unpacker->self, &asked, &taker, &error);
    g_clear_error(&error);
    close(asked.descriptor);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)
{
    struct str bytes = {(const char *)at + 1, size - 1};
    const char *name;

    if (size < 2) /* an empty file is not opened */
        return 0;
    name = name_of(*at);
    if (!name) {
        open_one("a:1", true, bytes);
        return 0;
    }
    open_one(name, false, bytes);
    unpack_one(name, bytes);
    return 0;
}
