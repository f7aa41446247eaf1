#include "formats/office/package.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>
#include <time.h>

enum { FILES_MOST = 10000, PACKAGE_MOST = 64 << 20 };

void package_prepare(void)
{
    /* libarchive asks for local time, which is a file. */
    g_setenv("TZ", "UTC0", TRUE);
    tzset();
    /* It tells names in the locale's encoding, and files have them in UTF-8. */
    setlocale(LC_CTYPE, "C.UTF-8");
}

bool package_is_marked_by(const char *path)
{
    static const char *const marks[] = {
        "[Content_Types].xml", "word/document.xml", "META-INF/container.xml",
        "content.xml"};

    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (!strcmp(path, marks[i]))
            return true;
    return false;
}

static bool may_be_text(const char *path)
{
    static const char *const ends[] = {
        ".xml", ".opf", ".xhtml", ".html", ".htm"};

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(path, ends[i]))
            return true;
    return false;
}

/* The bytes of the file at hand; `left` is what all may still grow by. */
static GBytes *take_file(struct archive *zip, size_t *left, GError **error)
{
    GByteArray *all = g_byte_array_new();
    char part[1 << 14];
    la_ssize_t got;

    while ((got = archive_read_data(zip, part, sizeof(part))) > 0 &&
           (size_t)got <= *left) {
        g_byte_array_append(all, (guint8 *)part, (guint)got);
        *left -= (size_t)got;
    }
    if (got == 0)
        return g_byte_array_free_to_bytes(all);
    g_byte_array_unref(all);
    if (got > 0)
        complain(
            error, ATTEST_ERROR_LIMIT, "it unpacks to more than 64 MB of text");
    else
        complain(
            error, ATTEST_ERROR_INPUT, "it is damaged: it cannot be unpacked");
    return NULL;
}

static bool take_files(struct archive *zip, GHashTable *package, GError **error)
{
    size_t left = PACKAGE_MOST;
    struct archive_entry *entry;
    int files = 0, result;

    while ((result = archive_read_next_header(zip, &entry)) == ARCHIVE_OK) {
        const char *path = archive_entry_pathname_utf8(entry);
        GBytes *bytes;

        if (++files > FILES_MOST)
            return complain(
                error, ATTEST_ERROR_LIMIT, "more than 10000 files are in it");
        if (archive_entry_is_encrypted(entry))
            return complain(
                error, ATTEST_ERROR_INPUT, "it is locked with a password");
        /* Of files of one name the first holds, as for who wrote it. */
        if (!path || !may_be_text(path) || g_hash_table_contains(package, path))
            continue;
        bytes = take_file(zip, &left, error);
        if (!bytes)
            return false;
        g_hash_table_insert(package, g_strdup(path), bytes);
    }
    return result == ARCHIVE_EOF ||
           complain(
               error, ATTEST_ERROR_INPUT,
               "it is damaged: not all of it can be unpacked");
}

GHashTable *package_open(struct str bytes, GError **error)
{
    struct archive *zip = archive_read_new();
    GHashTable *package = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    bool good =
        archive_read_support_format_zip(zip) == ARCHIVE_OK &&
        archive_read_open_memory(zip, bytes.at, bytes.len) == ARCHIVE_OK;

    if (!good)
        complain(error, ATTEST_ERROR_INPUT, "it is damaged: no ZIP file");
    good = good && take_files(zip, package, error);
    archive_read_free(zip);
    if (!good)
        g_clear_pointer(&package, g_hash_table_unref);
    return package;
}

/* --- its XML --------------------------------------------------------------------- */

xmlTextReader *package_read(GHashTable *package, const char *path)
{
    GBytes *bytes = g_hash_table_lookup(package, path);
    gsize len;
    const char *at = bytes ? g_bytes_get_data(bytes, &len) : NULL;

    return at ? xmlReaderForMemory(
                    at, (int)len, NULL, NULL,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
              : NULL;
}

bool package_next(xmlTextReader *reader)
{
    while (xmlTextReaderRead(reader) == 1)
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT)
            return true;
    return false;
}

bool package_is_at(xmlTextReader *reader, const char *local_name)
{
    return !strcmp(
        (const char *)xmlTextReaderConstLocalName(reader), local_name);
}

static void read_field(
    struct making *m, xmlTextReader *reader, const struct package_field *f)
{
    xmlChar *value;

    while (package_next(reader)) {
        if (!package_is_at(reader, f->element))
            continue;
        value = xmlTextReaderReadString(reader);
        field_set(m, f->field, (const char *)value, f->where);
        xmlFree(value);
        return;
    }
}

void package_read_fields(
    struct making *m, GHashTable *package, const char *path,
    const struct package_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        xmlTextReader *reader = package_read(package, path);

        if (!reader)
            return;
        read_field(m, reader, &fields[i]);
        xmlFreeTextReader(reader);
    }
}
