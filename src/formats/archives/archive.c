/* ZIP, TAR and 7z files, and single files that are compressed.  Members are
   unpacked into memory one by one, and none further than one may be big. */
#include "formats/archives/feed_archive.h"
#include "formats/office/package.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

enum {
    HEADER = 512, /* bytes that come before each member, of a TAR file */
    GONE_LEAST = 1 << 30, /* bytes that a stream may have, or ... */
    GONE_TIMES = 200,     /* ... so many times the file */
};

static const char DAMAGED[] = "it is damaged: it cannot be unpacked";
static const char LOCKED[] =
    "locked with a password; attest asks for none: unpack it and read the "
    "files";

struct unarchiver {
    struct unpacking *u;
    struct archive *archive;
    struct names *names;
    uint64_t told, gone; /* members; bytes of a stream gone through */
};

/* What to expect in it. */
typedef int support(struct archive *archive);

static bool open_archive(struct unarchiver *x, support *expect)
{
    x->archive = archive_read_new();
    expect(x->archive);
    return feed_archive_open(x->archive, x->u->in);
}

/* False at the end, and where it cannot go on: *result tells. */
static bool
next_entry(struct unarchiver *x, struct archive_entry **entry, int *result)
{
    *result = archive_read_next_header(x->archive, entry);
    return *result == ARCHIVE_OK || *result == ARCHIVE_WARN;
}

/* --- one member ------------------------------------------------------------------- */

static const char *path_of(struct archive_entry *entry)
{
    const char *path = archive_entry_pathname(entry);

    return path ? path : "";
}

/* As the walker passes over hidden files, and what macOS adds to ZIP files. */
static bool is_passed_over(struct archive_entry *entry)
{
    char **steps = g_strsplit_set(path_of(entry), "/\\", -1);
    bool found = archive_entry_filetype(entry) == AE_IFDIR;

    for (char **step = steps; *step && !found; step++)
        found = !strcmp(*step, "__MACOSX") ||
                (**step == '.' && strcmp(*step, ".") && strcmp(*step, ".."));
    g_strfreev(steps);
    return found;
}

/* Why it is not unpacked, or NULL. */
static const char *
refusal_of(const struct unarchiver *x, struct archive_entry *entry)
{
    if (archive_entry_filetype(entry) == AE_IFLNK ||
        archive_entry_hardlink(entry))
        return "a link, which is not followed";
    if (archive_entry_filetype(entry) != AE_IFREG)
        return "it is no ordinary file";
    if (archive_entry_is_encrypted(entry))
        return LOCKED;
    if (archive_entry_size_is_set(entry) &&
        (uint64_t)archive_entry_size(entry) > x->u->member_most)
        return LARGER_THAN_ONE;
    return NULL;
}

/* Of a file that is compressed alone: its name without that ending. */
static char *name_compressed(const char *id)
{
    static const char *const ends[] = {".gz", ".bz2", ".xz", ".zst"};
    const char *last = strrchr(id, '/');
    char *name = g_strdup(last ? last + 1 : id);

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(name, ends[i]))
            name[strlen(name) - strlen(ends[i])] = '\0';
    return name;
}

static const char *name_member(struct unarchiver *x, struct archive_entry *e)
{
    char *alone;
    const char *name;

    if (archive_format(x->archive) != ARCHIVE_FORMAT_RAW)
        return names_add(x->names, x->u->a, path_of(e));
    alone = name_compressed(x->u->id);
    name = names_add(x->names, x->u->a, alone);
    g_free(alone);
    return name;
}

/* The member at hand, no more of it than one byte too many; false where it is
   damaged. */
static bool read_member(struct unarchiver *x, GByteArray *all)
{
    char part[1 << 14];
    la_ssize_t got = 0;

    while (all->len <= x->u->member_most &&
           (got = archive_read_data(x->archive, part, sizeof(part))) > 0)
        g_byte_array_append(all, (guint8 *)part, (guint)got);
    return got >= 0;
}

/* False with an error where what comes after it cannot be had: libarchive
   would unpack it to the end, wherever that is. */
static bool
take_member(struct unarchiver *x, struct archive_entry *entry, GError **error)
{
    GByteArray *all = g_byte_array_new();
    struct member p = {.name = name_member(x, entry)};
    bool is_whole = read_member(x, all), is_big = all->len > x->u->member_most,
         is_alone = archive_format(x->archive) == ARCHIVE_FORMAT_RAW;

    if (!is_whole)
        p.fault = DAMAGED;
    else if (is_big)
        p.fault = "it unpacks to more than one document may have; unpack it "
                  "yourself and split it, or raise --max-size";
    else
        p.bytes = (struct str){(const char *)all->data, all->len};
    unpack_give(x->u, &p);
    g_byte_array_unref(all);
    return !is_big || is_alone ||
           complain(
               error, ATTEST_ERROR_LIMIT,
               "what comes after that is not read: unpack it yourself, and "
               "read the files");
}

static bool
take_entry(struct unarchiver *x, struct archive_entry *entry, GError **error)
{
    const char *why = refusal_of(x, entry);

    if (is_passed_over(entry))
        return true;
    x->told++;
    if (!why)
        return take_member(x, entry, error);
    unpack_refuse(x->u, name_member(x, entry), why);
    return true;
}

/* --- all of them -------------------------------------------------------------------- */

/* To come past a member of a stream, it must be unpacked. */
static bool is_stream(struct archive *archive)
{
    return archive_filter_count(archive) > 1 ||
           archive_format(archive) == ARCHIVE_FORMAT_7ZIP;
}

static bool
is_too_much(struct unarchiver *x, struct archive_entry *entry, GError **error)
{
    uint64_t most = MAX(feed_size(x->u->in) * GONE_TIMES, GONE_LEAST);

    x->gone += HEADER + (uint64_t)MAX(archive_entry_size(entry), 0);
    if (!is_stream(x->archive) || x->gone <= most)
        return false;
    complain(
        error, ATTEST_ERROR_LIMIT,
        "what comes after this is not read: the file grows too much when it "
        "is unpacked; unpack it yourself, and read the files");
    return true;
}

/* To be asked only where libarchive knows the format: else it looks for locks
   beyond its list of formats, and crashes. */
static bool is_locked(const struct unarchiver *x)
{
    return archive_format(x->archive) && !x->told &&
           archive_read_has_encrypted_entries(x->archive) > 0;
}

static bool complain_end(const struct unarchiver *x, GError **error)
{
    const char *why = DAMAGED;

    if (is_locked(x))
        why = LOCKED;
    else if (x->told)
        why = "it is damaged: what comes after this cannot be unpacked";
    return complain(error, ATTEST_ERROR_INPUT, why);
}

static bool take_all(struct unarchiver *x, GError **error)
{
    struct archive_entry *entry;
    int result;

    while (next_entry(x, &entry, &result))
        if (is_too_much(x, entry, error) || !take_entry(x, entry, error))
            return false;
    if (result != ARCHIVE_EOF)
        return complain_end(x, error);
    if (!x->told)
        unpack_refuse(x->u, "", "there are no files in it");
    return true;
}

static bool unpack_as(struct unpacking *u, support *expect, GError **error)
{
    struct unarchiver *x = g_new0(struct unarchiver, 1);
    bool good;

    x->u = u;
    x->names = names_new();
    good = open_archive(x, expect)
               ? take_all(x, error)
               : complain(error, ATTEST_ERROR_INPUT, DAMAGED);
    archive_read_free(x->archive);
    names_free(x->names);
    g_free(x);
    return good;
}

bool unpack_tar(struct unpacking *u, GError **error)
{
    return unpack_as(u, archive_read_support_format_tar, error);
}

bool unpack_7z(struct unpacking *u, GError **error)
{
    return unpack_as(u, archive_read_support_format_7zip, error);
}

/* No ZIP file: that may be a document, whose name would be lost. */
static int support_compressed(struct archive *archive)
{
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    return archive_read_support_format_raw(archive);
}

bool unpack_compressed(struct unpacking *u, GError **error)
{
    return unpack_as(u, support_compressed, error);
}

/* --- ZIP ------------------------------------------------------------------------------ */

/* A file that was cut tells no sizes, and would be unpacked to come past them;
   what marks a document stands at its start. */
static bool is_document(struct unpacking *u)
{
    struct unarchiver *x = g_new0(struct unarchiver, 1);
    struct archive_entry *entry;
    bool found = false, goes_on;
    int result;

    x->u = u;
    goes_on = open_archive(x, archive_read_support_format_zip);
    while (goes_on && !found && next_entry(x, &entry, &result)) {
        goes_on = archive_entry_size_is_set(entry);
        found = package_is_marked_by(path_of(entry));
    }
    archive_read_free(x->archive);
    g_free(x);
    return found;
}

bool unpack_zip(struct unpacking *u, GError **error)
{
    return is_document(u) ||
           unpack_as(u, archive_read_support_format_zip, error);
}
