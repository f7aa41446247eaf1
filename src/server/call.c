/* What a request says, and what it is answered with. */
#include "server/call.h"

#include "server/body.h"
#include "server/door.h"
#include "server/headers.h"
#include "server/members.h"
#include "server/routes.h"

#include <stdarg.h>
#include <string.h>

static const char key[] = "attest-call";

static const struct {
    guint status;
    const char *code;
} refusals[] = {
#define X(name, status, code) {status, code},
    REFUSALS(X)
#undef X
};

void call_free(void *self)
{
    struct call *c = self;

    incoming_free(c->incoming);
    g_clear_pointer(&c->body, json_object_unref);
    g_free(c->complaint);
    g_object_unref(c->json);
    g_ptr_array_unref(c->arenas);
    arena_free(c->arena);
    g_free(c);
}

static void free_arena(void *arena)
{
    arena_free(arena);
}

struct arena *call_arena(struct call *c)
{
    struct arena *a = arena_new();

    g_ptr_array_add(c->arenas, a);
    return a;
}

struct call *call_make(struct server *s)
{
    struct call *c = g_new0(struct call, 1);

    c->server = s;
    c->status = SOUP_STATUS_OK;
    c->json = json_builder_new();
    c->arena = arena_new();
    c->arenas = g_ptr_array_new_with_free_func(free_arena);
    return c;
}

struct call *call_new(struct server *s, SoupServerMessage *message)
{
    struct call *c = call_make(s);

    c->message = message;
    g_object_set_data_full(G_OBJECT(message), key, c, call_free);
    return c;
}

struct call *call_lookup(SoupServerMessage *message)
{
    return g_object_get_data(G_OBJECT(message), key);
}

/* --- the query ------------------------------------------------------------ */

const char *call_word(const struct call *c, const char *name)
{
    for (uint32_t i = 0; i < c->term_count; i++)
        if (!strcmp(c->terms[i].name, name))
            return c->terms[i].value;
    return NULL;
}

const char *const *call_words(const struct call *c, const char *name)
{
    const char **words = arena_make(c->arena, const char *, c->term_count + 1);
    uint32_t count = 0;

    for (uint32_t i = 0; i < c->term_count; i++)
        if (!strcmp(c->terms[i].name, name))
            words[count++] = c->terms[i].value;
    return count ? words : NULL;
}

bool call_number(
    struct call *c, const char *name, int64_t least, int64_t most,
    int64_t otherwise, int64_t *out)
{
    const char *word = call_word(c, name);
    gint64 number = otherwise;

    if (word &&
        !g_ascii_string_to_signed(word, 10, least, most, &number, NULL)) {
        call_refuse(
            c, REFUSAL_BAD_REQUEST,
            "%s: a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name,
            (gint64)least, (gint64)most);
        return false;
    }
    *out = number;
    return true;
}

bool call_page(struct call *c, struct page *out)
{
    return call_number(c, "offset", 0, INT64_MAX, 0, &out->offset) &&
           call_number(c, "limit", 1, 200, 50, &out->limit);
}

bool call_row(struct call *c, const char *id, char letter, int64_t *out)
{
    gint64 row;

    if (id[0] != letter || !g_ascii_isdigit(id[1]) ||
        !g_ascii_string_to_signed(id + 1, 10, 1, INT64_MAX, &row, NULL)) {
        call_refuse(c, REFUSAL_NOT_FOUND, "there is no %s", id);
        return false;
    }
    *out = row;
    return true;
}

/* --- the body ------------------------------------------------------------- */

static bool refuse_member(struct call *c, const char *name, const char *what)
{
    call_refuse(c, REFUSAL_BAD_REQUEST, "\"%s\" must be %s", name, what);
    return false;
}

static bool is_blank(const char *text)
{
    return !text[strspn(text, " \t\r\n")];
}

bool call_text(
    struct call *c, const char *name, bool is_needed, const char **out)
{
    JsonNode *node = json_object_get_member(c->body, name);

    *out = NULL;
    if (node && !JSON_NODE_HOLDS_NULL(node)) {
        if (json_node_get_value_type(node) != G_TYPE_STRING)
            return refuse_member(c, name, "a text");
        if (!is_blank(json_node_get_string(node)))
            *out = json_node_get_string(node);
    }
    if (is_needed && !*out)
        return refuse_member(c, name, "given");
    return true;
}

bool call_truth(struct call *c, const char *name, bool *out)
{
    JsonNode *node = json_object_get_member(c->body, name);

    if (!node || json_node_get_value_type(node) != G_TYPE_BOOLEAN)
        return refuse_member(c, name, "true or false");
    *out = json_node_get_boolean(node);
    return true;
}

bool call_whole(
    struct call *c, const char *name, int64_t otherwise, int64_t *out)
{
    JsonNode *node = json_object_get_member(c->body, name);

    *out = otherwise;
    if (!node || JSON_NODE_HOLDS_NULL(node))
        return true;
    if (json_node_get_value_type(node) != G_TYPE_INT64)
        return refuse_member(c, name, "a whole number");
    *out = json_node_get_int(node);
    return true;
}

bool call_remark(
    struct call *c, const char *name, bool is_needed, const char **out)
{
    enum { REMARK_MOST = 4000 };

    if (!call_text(c, name, is_needed, out))
        return false;
    if (!*out || strlen(*out) <= REMARK_MOST)
        return true;
    call_refuse(c, REFUSAL_BAD_REQUEST, "\"%s\" is too long", name);
    return false;
}

/* --- the answer ----------------------------------------------------------- */

void call_give(struct call *c, const char *media_type, GBytes *bytes)
{
    SoupMessageBody *body = soup_server_message_get_response_body(c->message);

    headers_add_type(c->message, media_type);
    if (g_bytes_get_size(bytes))
        soup_message_body_append_bytes(body, bytes);
    soup_message_body_complete(body);
    g_bytes_unref(bytes);
    c->is_given = true;
}

void call_give_nothing(struct call *c)
{
    c->status = SOUP_STATUS_NO_CONTENT;
    c->is_given = true;
}

/* As it is sent: packed if that pays and the client can unpack it. */
static void send_json(struct call *c, GBytes *bytes)
{
    enum { PACKED_LEAST = 1024 };

    if (g_bytes_get_size(bytes) >= PACKED_LEAST &&
        headers_take_gzip(c->message))
        bytes = headers_pack(c->message, bytes);
    call_give(c, "application/json; charset=utf-8", bytes);
}

/* There is one such route. */
static bool is_kept(const struct call *c)
{
    return c->route && c->route->needs & IS_KEPT && !c->is_refused;
}

/* What was built after a conflict, or NULL. */
static JsonNode *take_current(struct call *c)
{
    g_autoptr(JsonNode) root = NULL;

    if (!c->has_current)
        return NULL;
    json_builder_end_object(c->json);
    root = json_builder_get_root(c->json);
    return json_object_dup_member(json_node_get_object(root), "current");
}

/* In the place of what was built, which may be in the midst of something. */
static void build_refusal(struct call *c)
{
    JsonNode *current = take_current(c);

    json_builder_reset(c->json);
    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "error");
    json_builder_begin_object(c->json);
    member_text(c->json, "code", refusals[c->refusal].code);
    member_text(c->json, "message", c->complaint);
    json_builder_end_object(c->json);
    if (current) {
        json_builder_set_member_name(c->json, "current");
        json_builder_add_value(c->json, current);
    }
    json_builder_end_object(c->json);
}

GString *call_print(struct call *c)
{
    if (c->is_refused || c->has_current)
        build_refusal(c);
    return members_print(c->json);
}

static void give_json(struct call *c)
{
    GBytes *bytes = g_string_free_to_bytes(call_print(c));

    if (is_kept(c)) {
        g_clear_pointer(&c->server->kept, g_bytes_unref);
        c->server->kept = g_bytes_ref(bytes);
        c->server->kept_revision = c->server->revision;
    }
    send_json(c, bytes);
}

static bool give_kept(struct call *c)
{
    struct server *s = c->server;

    if (!is_kept(c) || !s->kept || s->kept_revision != s->revision)
        return false;
    send_json(c, g_bytes_ref(s->kept));
    return true;
}

void call_refuse(struct call *c, enum refusal r, const char *format, ...)
{
    char *message;
    va_list args;

    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    g_free(c->complaint);
    c->complaint = message;
    c->refusal = r;
    c->status = refusals[r].status;
    c->is_refused = true;
    c->has_current = false;
}

void call_conflict(struct call *c, const char *words)
{
    call_refuse(c, REFUSAL_CONFLICT, "%s", words);
    c->is_refused = false;
    c->has_current = true;
    json_builder_reset(c->json);
    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "current");
}

void call_fail(struct call *c, GError *error)
{
    bool is_theirs = g_error_matches(error, ATTEST_ERROR, ATTEST_ERROR_INPUT);

    call_refuse(
        c, is_theirs ? REFUSAL_BAD_REQUEST : REFUSAL_BROKEN, "%s",
        error->message);
    g_error_free(error);
}

/* --- answering ------------------------------------------------------------ */

/* May this be answered now that the whole request is there? */
static bool is_ready(struct call *c)
{
    unsigned needs = c->route->needs;

    if (c->is_refused || !door_has_session(c))
        return false;
    if (needs & NEEDS_INDEX)
        server_look(c->server);
    if (needs & NEEDS_INDEX && !c->server->index)
        call_refuse(
            c, REFUSAL_PREPARING,
            "the case is being prepared; this takes a while after documents "
            "were read");
    else if (needs & NEEDS_REVIEWER && !server_has_case(c->server))
        call_refuse(
            c, REFUSAL_BROKEN,
            "the case's file was moved or replaced: nothing is kept any more "
            "until attest serve is started anew");
    else if (needs & NEEDS_REVIEWER && !c->session->reviewer)
        call_refuse(
            c, REFUSAL_NO_REVIEWER,
            "say who you are first: what is decided is kept with the name of "
            "who decided it");
    return !c->is_refused;
}

void call_close(struct call *c)
{
    if (!c->is_given)
        give_json(c);
    soup_server_message_set_status(c->message, c->status, NULL);
}

void call_answer(struct call *c)
{
    if (!c->is_refused)
        body_read(c);
    if (is_ready(c) && !give_kept(c))
        c->route->answer(c);
    call_close(c);
}
