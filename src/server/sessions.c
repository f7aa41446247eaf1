#include "server/sessions.h"
#include "server/deeds.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum {
    SECRET_BYTES = 32,
    SESSIONS_MOST = 64, /* also of links that nobody opened yet */
};

static const int64_t IDLE_MOST = 12 * 3600 * (int64_t)G_USEC_PER_SEC;

struct sessions {
    GPtrArray *open;    /* struct session *, each with its key */
    GPtrArray *invited; /* likewise, the key being the link's token */
};

static void session_free(void *self)
{
    struct session *s = self;

    g_free(s->key);
    deeds_free(s->deeds);
    g_free(s->reviewer);
    g_free(s);
}

struct sessions *sessions_new(void)
{
    struct sessions *s = g_new0(struct sessions, 1);

    s->open = g_ptr_array_new_with_free_func(session_free);
    s->invited = g_ptr_array_new_with_free_func(session_free);
    return s;
}

void sessions_free(struct sessions *s)
{
    if (!s)
        return;
    g_ptr_array_free(s->open, TRUE);
    g_ptr_array_free(s->invited, TRUE);
    g_free(s);
}

/* --- secrets -------------------------------------------------------------- */

/* So many random bytes the system always has at once. */
static char *secret_new(void)
{
    unsigned char bytes[SECRET_BYTES];
    GString *hex = g_string_sized_new(sizeof bytes * 2);

    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        g_error("the system gives no random numbers");
    for (size_t i = 0; i < sizeof bytes; i++)
        g_string_append_printf(hex, "%02x", bytes[i]);
    return g_string_free(hex, FALSE);
}

bool secret_is(const char *word)
{
    return strlen(word) == SECRET_BYTES * 2 &&
           strspn(word, "0123456789abcdef") == SECRET_BYTES * 2;
}

/* Takes the same time wherever the first difference is. */
static bool is_secret(const char *secret, const char *given)
{
    size_t length = strlen(secret);
    unsigned different = 0;

    if (strlen(given) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        different |=
            (unsigned)(unsigned char)secret[i] ^ (unsigned char)given[i];
    return different == 0;
}

/* --- lists of them -------------------------------------------------------- */

static void remove_idle(GPtrArray *list)
{
    int64_t now = g_get_monotonic_time();

    for (guint i = list->len; i-- > 0;) {
        struct session *s = g_ptr_array_index(list, i);

        if (now - s->used > IDLE_MOST)
            g_ptr_array_remove_index(list, i);
    }
}

/* Where there are too many the one that was used longest ago has to go. */
static void remove_oldest(GPtrArray *list)
{
    struct session *oldest = g_ptr_array_index(list, 0);

    for (guint i = 1; i < list->len; i++) {
        struct session *s = g_ptr_array_index(list, i);

        if (s->used < oldest->used)
            oldest = s;
    }
    g_ptr_array_remove(list, oldest);
}

static struct session *add(GPtrArray *list, const char *reviewer)
{
    struct session *s = g_new0(struct session, 1);

    remove_idle(list);
    if (list->len == SESSIONS_MOST)
        remove_oldest(list);
    s->key = secret_new();
    s->reviewer = g_strdup(reviewer);
    s->used = g_get_monotonic_time();
    g_ptr_array_add(list, s);
    return s;
}

/* Looks at all of them, found or not. */
static struct session *lookup(GPtrArray *list, const char *key)
{
    struct session *found = NULL;

    remove_idle(list);
    for (guint i = 0; i < list->len; i++) {
        struct session *s = g_ptr_array_index(list, i);

        if (is_secret(s->key, key))
            found = s;
    }
    return found;
}

/* --- the two lists -------------------------------------------------------- */

char *sessions_invite(struct sessions *s, const char *reviewer)
{
    return g_strdup(add(s->invited, reviewer)->key);
}

struct session *sessions_open(struct sessions *s, const char *token)
{
    struct session *link = lookup(s->invited, token);
    struct session *session;

    if (!link)
        return NULL;
    session = add(s->open, link->reviewer);
    g_ptr_array_remove(s->invited, link);
    return session;
}

struct session *sessions_lookup(struct sessions *s, const char *key)
{
    struct session *found = lookup(s->open, key);

    if (found)
        found->used = g_get_monotonic_time();
    return found;
}

void sessions_end(struct sessions *s, struct session *session)
{
    g_ptr_array_remove(s->open, session);
}
