/*
 * What files hold, as sources of their own.  A file being taken apart may hold
 * another that is: a stack, the innermost last.  It is bounded in how deep it
 * is, in how many members there are, and in how much comes of the one file on
 * disk that all of it is in.
 */
#define _GNU_SOURCE
#include "intake/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DEEP_MOST = 8,
    MEMBERS_MOST = 5000000,
    GROWN_LEAST = 1 << 30, /* bytes, or ... */
    GROWN_TIMES = 200,     /* ... so many times the file */
};

/* A file being taken apart. */
struct opened {
    struct source *source; /* NULL: given, for it is a document too */
    char *id;
    struct unpacked *unpacked;
    const struct member *first; /* looked at already; or NULL */
    int descriptor;
};

struct members {
    const struct opener *opener;
    uint64_t member_most;
    GArray *stack; /* struct opened */
    /* Of the file on disk: */
    char sha256[HASH_HEX];
    uint64_t size, told, grown, count;
};

struct members *members_new(const struct opener *opener, uint64_t member_most)
{
    struct members *m = g_new0(struct members, 1);

    m->opener = opener;
    m->member_most = member_most;
    m->stack = g_array_new(FALSE, FALSE, sizeof(struct opened));
    return m;
}

static struct opened *at_depth(struct members *m, guint i)
{
    return &g_array_index(m->stack, struct opened, i);
}

static void opened_clear(struct opened *o)
{
    if (o->unpacked)
        o->unpacked->free(o->unpacked);
    if (o->descriptor >= 0)
        close(o->descriptor);
    g_free(o->id);
}

static void close_innermost(struct members *m)
{
    struct opened *o = at_depth(m, m->stack->len - 1);

    source_free(o->source);
    opened_clear(o);
    g_array_set_size(m->stack, m->stack->len - 1);
}

static void close_all(struct members *m)
{
    while (m->stack->len)
        close_innermost(m);
}

void members_free(struct members *m)
{
    close_all(m);
    g_array_free(m->stack, TRUE);
    g_free(m);
}

/* --- may it hold others? ------------------------------------------------------------ */

/* Texts and pages, by their names, hold nothing but themselves. */
static bool may_hold(const struct members *m, const struct source *s)
{
    return m->opener && m->opener->unpack && !s->error && !s->is_record &&
           !s->is_apart && !text_kind(s->id, (struct str){"", 0});
}

static bool write_all(int descriptor, const char *at, size_t len)
{
    while (len) {
        ssize_t put = write(descriptor, at, len);

        if (put < 0 && errno != EINTR)
            return false;
        at += MAX(put, 0);
        len -= (size_t)MAX(put, 0);
    }
    return true;
}

/* What is in memory becomes a file too, so that there is one way to ask. */
static int open_bytes(GBytes *bytes)
{
    gsize len;
    const char *at = g_bytes_get_data(bytes, &len);
    int descriptor = memfd_create("member", MFD_CLOEXEC);

    if (descriptor >= 0 && (!write_all(descriptor, at, len) ||
                            lseek(descriptor, 0, SEEK_SET) != 0)) {
        close(descriptor);
        descriptor = -1;
    }
    return descriptor;
}

/* Sets what stands in `o`; false, with the source's error set or not, where
   nothing is in the file that can be told apart. */
static bool look_inside(struct members *m, struct source *s, struct opened *o)
{
    o->descriptor = s->bytes ? open_bytes(s->bytes)
                             : open(s->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (o->descriptor < 0)
        return false; /* opening it as a document tells why */
    o->unpacked = m->opener->unpack(
        m->opener->self, s, o->descriptor, m->member_most, &s->error);
    o->first = o->unpacked ? o->unpacked->next(o->unpacked, &s->error) : NULL;
    return o->first;
}

/* --- the file on disk ------------------------------------------------------------------ */

/* Read by places, for where reading stands is the converter's too. */
static struct hash hash_file(int descriptor)
{
    enum { PIECE = 1 << 16 };
    struct hashing *sum = hashing_new();
    char *piece = g_malloc(PIECE);
    off_t at = 0;
    ssize_t got;

    while ((got = pread(descriptor, piece, PIECE, at)) > 0) {
        hashing_add(sum, piece, (size_t)got);
        at += got;
    }
    g_free(piece);
    return hashing_end(sum);
}

static void begin_outermost(struct members *m, const struct opened *o)
{
    struct stat st;

    hash_print(hash_file(o->descriptor), m->sha256);
    m->size = fstat(o->descriptor, &st) == 0 ? (uint64_t)st.st_size : 0;
    m->told = m->grown = m->count = 0;
}

struct source *members_begin(struct members *m, struct source *s)
{
    struct opened o = {.source = s, .descriptor = -1};

    if (!may_hold(m, s) || m->stack->len == DEEP_MOST)
        return s;
    if (!look_inside(m, s, &o)) {
        opened_clear(&o);
        return s;
    }
    if (!m->stack->len)
        begin_outermost(m, &o);
    o.id = g_strdup(s->id);
    g_array_append_val(m->stack, o);
    return NULL;
}

/* --- members -------------------------------------------------------------------------- */

/* How much of the file on disk was gone through since this was asked last. */
static uint64_t take_progress(struct members *m)
{
    off_t at = lseek(at_depth(m, 0)->descriptor, 0, SEEK_CUR);
    uint64_t reached = MIN((uint64_t)MAX(at, 0), m->size), since;

    since = reached > m->told ? reached - m->told : 0;
    m->told += since;
    return since;
}

static struct source *source_of(
    struct members *m, const struct opened *o, const struct member *member)
{
    char *id = g_strconcat(o->id, member->name, NULL);
    struct source *s = source_new(NULL, id);

    g_free(id);
    s->container = g_strdup(m->sha256);
    s->size = take_progress(m);
    s->is_apart = member->is_alone;
    s->media_type = g_strdup(member->media_type);
    for (int i = 0; i < FIELD_COUNT; i++) {
        s->values[i] = g_strdup(member->values[i]);
        s->from[i] = g_strdup(member->from[i]);
    }
    if (member->fault)
        s->error = g_error_new_literal(
            ATTEST_ERROR, ATTEST_ERROR_INPUT, member->fault);
    else
        s->bytes = g_bytes_new(member->bytes.at, member->bytes.len);
    return s;
}

/* The file itself, as the document that it is too. */
static struct source *take_itself(struct opened *o)
{
    o->source->is_apart = true;
    return g_steal_pointer(&o->source);
}

static const char *too_much(const struct members *m)
{
    if (m->count > MEMBERS_MOST)
        return "what comes after this is not read: there are more than "
               "5,000,000 things in the file";
    if (m->grown > MAX(m->size * GROWN_TIMES, GROWN_LEAST))
        return "what comes after this is not read: the file grows too much "
               "when it is unpacked; unpack it yourself, and read the files";
    return NULL;
}

/* The end of everything that is in the file on disk. */
static struct source *stop_all(struct members *m, const char *why)
{
    struct source *s = source_failed(at_depth(m, m->stack->len - 1)->id, why);

    close_all(m);
    return s;
}

/* At the end of the innermost; NULL, or what was wrong with it. */
static struct source *finish(struct members *m, GError *error)
{
    struct opened *o = at_depth(m, m->stack->len - 1);
    struct source *s = error ? source_failed(o->id, error->message) : NULL;

    g_clear_error(&error);
    close_innermost(m);
    return s;
}

struct source *members_next(struct members *m)
{
    struct opened *o = at_depth(m, m->stack->len - 1);
    const struct member *member = g_steal_pointer(&o->first);
    GError *error = NULL;
    const char *stop;

    if (!member)
        member = o->unpacked->next(o->unpacked, &error);
    if (!member)
        return finish(m, error);
    if (!*member->name && !member->fault)
        return take_itself(o);
    m->count++;
    m->grown += member->fault ? 0 : member->bytes.len;
    stop = too_much(m);
    return stop ? stop_all(m, stop) : source_of(m, o, member);
}

bool members_are_left(const struct members *m)
{
    return m->stack->len;
}
