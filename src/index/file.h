/* file.h - how an index lies on the disk. */
#ifndef INDEX_FILE_H
#define INDEX_FILE_H

#include "index/index.h"

/* Grows when what is written, or how it is reckoned, changes. */
enum { INDEX_VERSION = 4 };

enum index_part {
#define X(name, type) PART_##name,
    INDEX_PARTS(X)
#undef X
        PART_COUNT
};

struct part_place {
    uint64_t offset, count;
};

struct index_head {
    char magic[8];
    uint32_t version, head_size;
    uint32_t sizes[PART_COUNT]; /* of an element, against another layout */
    char program[32];
    struct case_state state; /* of the case when it was made */
    struct review_cursor cursor;
    struct part_place parts[PART_COUNT];
};

extern const char index_magic[8];
extern const uint32_t index_sizes[PART_COUNT];

/* Parts to be written: as many elements as `counts` tells, at `at`. */
struct index_content {
    const void *at[PART_COUNT];
    uint64_t counts[PART_COUNT];
};
MUST_CHECK bool index_write(
    const char *path, const char *case_path, struct index_head *head,
    const struct index_content *content, GError **error);

#endif
