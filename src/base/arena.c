#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/*
 * A list of blocks, newest first.  Blocks double up to a megabyte, so that a
 * small document costs one block and a large one few.  reset keeps the
 * newest, largest block: the next document of the same size allocates
 * nothing.
 */
enum { BLOCK_LEAST = 16 * 1024, BLOCK_MOST = 1024 * 1024, ALIGN = 16 };

struct block {
    struct block *next;
    size_t size, used; /* of what follows the header */
};

struct arena {
    struct block *blocks;
    size_t used;
};

static char *block_start(struct block *b)
{
    return (char *)b + ((sizeof *b + ALIGN - 1) & ~(size_t)(ALIGN - 1));
}

static struct block *block_new(size_t size)
{
    size_t header = (sizeof(struct block) + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    struct block *b = g_malloc(header + size);

    b->next = NULL;
    b->size = size;
    b->used = 0;
    return b;
}

static void free_blocks(struct block *b)
{
    while (b) {
        struct block *next = b->next;

        g_free(b);
        b = next;
    }
}

struct arena *arena_new(void)
{
    return g_new0(struct arena, 1);
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    free_blocks(a->blocks);
    g_free(a);
}

void arena_reset(struct arena *a)
{
    a->used = 0;
    if (!a->blocks)
        return;
    free_blocks(a->blocks->next);
    a->blocks->next = NULL;
    a->blocks->used = 0;
    if (ARENA_MALLOC || a->blocks->size > BLOCK_MOST) {
        free_blocks(a->blocks);
        a->blocks = NULL;
    }
}

static void add_block(struct arena *a, size_t least)
{
    size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_LEAST;
    struct block *b;

    if (size > BLOCK_MOST)
        size = BLOCK_MOST;
    if (size < least || ARENA_MALLOC)
        size = least;
    b = block_new(size);
    b->next = a->blocks;
    a->blocks = b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t rounded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    size_t want = ARENA_MALLOC ? size : rounded;
    char *at;

    g_assert(rounded >= size); /* no size of ours comes near SIZE_MAX */
    if (ARENA_MALLOC || !a->blocks ||
        a->blocks->size - a->blocks->used < want)
        add_block(a, want);
    at = block_start(a->blocks) + a->blocks->used;
    a->blocks->used += want;
    a->used += want;
    return memset(at, 0, size);
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

char *arena_copy(struct arena *a, const char *at, size_t len)
{
    char *copy = arena_alloc(a, len + 1);

    if (len)
        memcpy(copy, at, len);
    return copy;
}

void *arena_take(struct arena *a, GArray *array, uint32_t *count)
{
    size_t size = g_array_get_element_size(array);
    void *taken = arena_alloc(a, size * (array->len + 1));

    *count = array->len;
    if (array->len)
        memcpy(taken, array->data, size * array->len);
    g_array_free(array, TRUE);
    return taken;
}

char *arena_keep(struct arena *a, const char *text)
{
    return text ? arena_copy(a, text, strlen(text)) : NULL;
}

char *arena_print(struct arena *a, const char *format, ...)
{
    char *printed, *out;
    va_list args;

    va_start(args, format);
    printed = g_strdup_vprintf(format, args);
    va_end(args);
    out = arena_copy(a, printed, strlen(printed));
    g_free(printed);
    return out;
}
