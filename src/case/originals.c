/* The bytes of documents as they were received. */
#include "case/custody.h"

#include <string.h>
#include <zstd.h>

enum { LEVEL = 3, CHUNK = 1 << 16 };

bool original_keep(
    struct kase *k, const char *sha256, struct str bytes, GError **error)
{
    size_t room = ZSTD_compressBound(bytes.len);
    g_autofree char *packed = NULL;
    int64_t known;
    size_t size;

    if (!number_find(
            k, "SELECT id FROM original WHERE sha256 = ?", &known, error, "t",
            sha256))
        return false;
    if (known)
        return true;
    packed = g_malloc(room);
    size = ZSTD_compress(packed, room, bytes.at, bytes.len, LEVEL);
    if (ZSTD_isError(size)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO,
            "its bytes cannot be compressed: %s", ZSTD_getErrorName(size));
        return false;
    }
    return row_add(
        k, "INSERT INTO original (sha256, size, packed) VALUES (?, ?, ?)",
        error, "tib", sha256, (int64_t)bytes.len, (struct str){packed, size});
}

/* --- checking ------------------------------------------------------------ */

/* Unpacks piece by piece, and no more than it should be. */
static bool sum_packed(
    ZSTD_DCtx *context, struct str packed, uint64_t size, struct hashing *sum)
{
    static _Thread_local char chunk[CHUNK];
    ZSTD_inBuffer in = {packed.at, packed.len, 0};
    size_t left = 1;
    uint64_t total = 0;

    ZSTD_DCtx_reset(context, ZSTD_reset_session_only);
    while (left && total <= size) {
        ZSTD_outBuffer out = {chunk, sizeof chunk, 0};
        size_t before = in.pos;

        left = ZSTD_decompressStream(context, &out, &in);
        if (ZSTD_isError(left) || (!out.pos && in.pos == before))
            return false;
        hashing_add(sum, chunk, out.pos);
        total += out.pos;
    }
    return total == size && in.pos == in.size;
}

static bool is_sound(ZSTD_DCtx *context, struct lease *l)
{
    struct str packed = {
        sqlite3_column_blob(l->at, 3), (size_t)sqlite3_column_bytes(l->at, 3)};
    const char *told = (const char *)sqlite3_column_text(l->at, 1);
    struct hashing *sum = hashing_new();
    bool is_whole = sum_packed(
        context, packed, (uint64_t)sqlite3_column_int64(l->at, 2), sum);
    char found[HASH_HEX];

    hash_print(hashing_end(sum), found);
    return is_whole && !g_strcmp0(found, told);
}

bool originals_check(struct kase *k, int64_t *out, GError **error)
{
    ZSTD_DCtx *context = ZSTD_createDCtx();
    LEASE l = rows_open(
        k, "SELECT id, sha256, size, packed FROM original ORDER BY id", error,
        "");

    *out = 0;
    while (!*out && rows_take(&l, error))
        if (!is_sound(context, &l))
            *out = sqlite3_column_int64(l.at, 0);
    ZSTD_freeDCtx(context);
    return !l.failed;
}
