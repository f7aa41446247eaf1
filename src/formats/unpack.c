/* Which files hold others, and who takes them apart. */
#include "formats/unpack.h"

#include "formats/series/sheet.h"
#include "formats/series/syndication.h"
#include "formats/sites/warc.h"

#include <string.h>

void unpack_give(struct unpacking *u, const struct member *p)
{
    u->taker->take(u->taker->self, p);
    arena_reset(u->a);
}

void unpack_refuse(struct unpacking *u, const char *name, const char *why)
{
    struct member p = {.name = name, .fault = why};

    unpack_give(u, &p);
}

void unpack_itself(struct unpacking *u)
{
    struct member p = {.name = ""};

    unpack_give(u, &p);
}

const char *unpack_words(struct unpacking *u, struct str words)
{
    enum { WORDS_MOST = 900 };
    char *valid, *end;
    const char *kept;

    if (!words.len)
        return NULL;
    valid = g_utf8_make_valid(words.at, (gssize)words.len);
    end = strlen(valid) > WORDS_MOST
              ? g_utf8_find_prev_char(valid, valid + WORDS_MOST)
              : valid + strlen(valid);
    kept = end > valid ? arena_copy(u->a, valid, (size_t)(end - valid)) : NULL;
    g_free(valid);
    return kept;
}

/* X(media type, unpacker) */
#define CONTAINERS(X)                                                          \
    X("application/zip", unpack_zip)                                           \
    X("application/x-tar", unpack_tar)                                         \
    X("application/x-7z-compressed", unpack_7z)                                \
    X("application/gzip", unpack_compressed)                                   \
    X("application/x-bzip2", unpack_compressed)                                \
    X("application/x-xz", unpack_compressed)                                   \
    X("application/zstd", unpack_compressed)                                   \
    X("message/rfc822", unpack_mail)                                           \
    X("application/mbox", unpack_mailbox)                                      \
    X("text/csv", csv_unpack)                                                  \
    X("application/rss+xml", syndication_unpack)                               \
    X("application/atom+xml", syndication_unpack)                              \
    X("application/warc", warc_unpack)                                         \
    X("application/wacz", wacz_unpack)

bool unpack_by_kind(struct unpacking *u, GError **error)
{
    static const struct {
        const char *kind;
        unpacker *unpack;
    } kinds[] = {
#define X(kind, unpack) {kind, unpack},
        CONTAINERS(X)
#undef X
            {NULL, NULL},
    };

    for (size_t i = 0; kinds[i].kind; i++)
        if (!strcmp(kinds[i].kind, u->media_type))
            return kinds[i].unpack(u, error);
    return true; /* it holds nothing but itself */
}
