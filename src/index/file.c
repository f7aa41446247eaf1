/* Writing an index, whole or not at all. */
#include "index/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ALIGNED = 64 };

const char index_magic[8] = {'a', 't', 't', 'e', 's', 't', 'I', 'X'};
const uint32_t index_sizes[PART_COUNT] = {
#define X(name, type) sizeof(type),
    INDEX_PARTS(X)
#undef X
};

static uint64_t align(uint64_t offset)
{
    return (offset + ALIGNED - 1) / ALIGNED * ALIGNED;
}

static void
place_parts(struct index_head *head, const struct index_content *content)
{
    uint64_t offset = align(sizeof *head);

    memcpy(head->magic, index_magic, sizeof head->magic);
    memcpy(head->sizes, index_sizes, sizeof head->sizes);
    head->version = INDEX_VERSION;
    head->head_size = sizeof *head;
    g_strlcpy(head->program, ATTEST_VERSION, sizeof head->program);
    for (int i = 0; i < PART_COUNT; i++) {
        head->parts[i] = (struct part_place){offset, content->counts[i]};
        offset = align(offset + content->counts[i] * index_sizes[i]);
    }
}

static bool write_parts(
    FILE *f, const struct index_head *head, const struct index_content *content)
{
    static const char zeros[ALIGNED];
    uint64_t at = sizeof *head;

    if (fwrite(head, sizeof *head, 1, f) != 1)
        return false;
    for (int i = 0; i < PART_COUNT; i++) {
        size_t size = content->counts[i] * index_sizes[i];
        size_t gap = head->parts[i].offset - at;

        if (fwrite(zeros, 1, gap, f) != gap ||
            (size && fwrite(content->at[i], 1, size, f) != size))
            return false;
        at = head->parts[i].offset + size;
    }
    return fflush(f) == 0 && fsync(fileno(f)) == 0;
}

/* For nobody who may not read the case. */
static FILE *create(const char *path, const char *case_path)
{
    GStatBuf at;
    mode_t mode = g_stat(case_path, &at) == 0 ? at.st_mode & 0666 : 0600;
    int fd = g_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd >= 0 && fchmod(fd, mode) != 0) {
        close(fd);
        return NULL;
    }
    return fd < 0 ? NULL : fdopen(fd, "wb");
}

bool index_write(
    const char *path, const char *case_path, struct index_head *head,
    const struct index_content *content, GError **error)
{
    g_autofree char *part =
        g_strdup_printf("%s.part-%ld", path, (long)getpid());
    FILE *f;
    bool good;

    g_unlink(part);
    place_parts(head, content);
    f = create(part, case_path);
    good = f && write_parts(f, head, content);
    good = (!f || fclose(f) == 0) && good && g_rename(part, path) == 0;
    if (good)
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_IO, "%s: cannot be written: %s", path,
        g_strerror(errno));
    g_unlink(part);
    return false;
}

char *index_path(const char *case_path)
{
    g_autofree char *beside = g_strconcat(case_path, ".index", NULL);
    g_autofree char *folder = g_path_get_dirname(case_path);
    g_autofree char *absolute = g_canonicalize_filename(case_path, NULL);
    g_autofree char *name = NULL, *cache = NULL;
    char hash[HASH_HEX];

    if (g_access(folder, W_OK) == 0 || g_access(beside, F_OK) == 0)
        return g_steal_pointer(&beside);
    hash_print(hash_of((struct str){absolute, strlen(absolute)}), hash);
    name = g_strconcat(hash, ".index", NULL);
    cache = g_build_filename(g_get_user_cache_dir(), "attest", NULL);
    g_mkdir_with_parents(cache, 0700);
    return g_build_filename(cache, name, NULL);
}
