/* WACZ: WARC files in a ZIP file, with indexes and a list of pages. */
#include "formats/archives/feed_archive.h"
#include "formats/sites/warc.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

static bool is_warc_path(const char *path)
{
    return g_str_has_prefix(path, "archive/") &&
           (g_str_has_suffix(path, ".warc") ||
            g_str_has_suffix(path, ".warc.gz"));
}

static struct archive *open_zip(struct feed *in)
{
    struct archive *zip = archive_read_new();

    if (archive_read_support_format_zip(zip) == ARCHIVE_OK &&
        feed_archive_open(zip, in))
        return zip;
    archive_read_free(zip);
    return NULL;
}

/* The next file's path, or NULL at the end. */
static const char *next_path(struct archive *zip, struct archive_entry **entry)
{
    const char *path = NULL;

    while (!path && archive_read_next_header(zip, entry) == ARCHIVE_OK)
        path = archive_entry_pathname_utf8(*entry);
    return path;
}

bool wacz_is(struct feed *in)
{
    struct archive *zip = open_zip(in);
    struct archive_entry *entry;
    bool has_list = false, has_warc = false;
    const char *path;

    while (zip && !(has_list && has_warc) && (path = next_path(zip, &entry))) {
        has_list = has_list || !strcmp(path, "datapackage.json");
        has_warc = has_warc || is_warc_path(path);
    }
    if (zip)
        archive_read_free(zip);
    return has_list && has_warc;
}

static size_t read_entry(void *zip, void *at, size_t most)
{
    la_ssize_t got = archive_read_data(zip, at, most);

    return got > 0 ? (size_t)got : 0;
}

bool wacz_unpack(struct unpacking *u, GError **error)
{
    struct archive *zip = open_zip(u->in);
    struct archive_entry *entry;
    const char *path;

    while (zip && (path = next_path(zip, &entry))) {
        char *name = g_strconcat("/", path, NULL);
        GError *fault = NULL;

        if (is_warc_path(path) &&
            !warc_take(u, (struct stream){zip, read_entry}, name, &fault)) {
            unpack_refuse(u, name, fault->message);
            g_clear_error(&fault);
        }
        g_free(name);
    }
    if (zip)
        archive_read_free(zip);
    else
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "it is damaged: no ZIP file");
    return zip;
}
