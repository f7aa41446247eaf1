/*
 * Who may come in, told by a request's headers alone.
 *
 * Another site that the browser has open must not act as the user: its
 * requests carry another Origin or Sec-Fetch-Site and no cookie; and a name
 * of its own that it lets point at this machine is no Host of ours.
 */
#include "server/door.h"

#include "server/body.h"
#include "server/headers.h"
#include "server/page.h"
#include "server/routes.h"

#include <string.h>

static const char api[] = "/api/v1/";
static const char cookie[] = "attest-session";

enum { KEYS_MOST = 8 };

static bool is_get(const struct call *c)
{
    return soup_server_message_get_method(c->message) == SOUP_METHOD_GET;
}

static bool is_post(const struct call *c)
{
    return soup_server_message_get_method(c->message) == SOUP_METHOD_POST;
}

/* A HEAD is answered as a GET, without the body. */
static bool is_read(const struct call *c)
{
    return is_get(c) ||
           soup_server_message_get_method(c->message) == SOUP_METHOD_HEAD;
}

/* --- from where ----------------------------------------------------------- */

static bool check_host(struct call *c)
{
    const char *host = headers_lookup(c->message, "Host");

    if (host && server_has_host(c->server, host))
        return true;
    call_refuse(
        c, REFUSAL_FORBIDDEN,
        "this server answers only under the address that it was opened with");
    return false;
}

/* The API answers to the page itself and to scripts; a request from another
   site says that it is one, or has another origin. */
static bool check_site(struct call *c)
{
    const char *site = headers_lookup(c->message, "Sec-Fetch-Site");
    const char *origin = headers_lookup(c->message, "Origin");
    const char *host = headers_lookup(c->message, "Host");

    if ((!site || !strcmp(site, "same-origin") || !strcmp(site, "none")) &&
        (!origin || (g_str_has_prefix(origin, "http://") &&
                     !g_ascii_strcasecmp(origin + strlen("http://"), host))))
        return true;
    call_refuse(c, REFUSAL_FORBIDDEN, "this request comes from another page");
    return false;
}

static bool check_media_type(struct call *c)
{
    bool is_file = c->route->needs & NEEDS_FILE;
    const char *wanted =
        is_file ? "application/octet-stream" : "application/json";
    const char *type = soup_message_headers_get_content_type(
        soup_server_message_get_request_headers(c->message), NULL);

    if (type && !g_ascii_strcasecmp(type, wanted))
        return true;
    call_refuse(c, REFUSAL_MEDIA_TYPE, "send this as %s", wanted);
    return false;
}

static bool check_change(struct call *c)
{
    if (!is_post(c))
        return true;
    if (c->route->needs & NEEDS_REVIEWER && c->server->options->is_read_only) {
        call_refuse(c, REFUSAL_READ_ONLY, "this case is open for reading only");
        return false;
    }
    return check_media_type(c);
}

/* --- who ------------------------------------------------------------------ */

/* The keys in the request's cookie, NULL-terminated.  A browser keeps one
   cookie for all ports of a machine: servers of several cases share it. */
static char **cookie_keys(struct call *c)
{
    const char *header = headers_lookup(c->message, "Cookie");
    GHashTable *cookies =
        soup_header_parse_semi_param_list(header ? header : "");
    const char *value = g_hash_table_lookup(cookies, cookie);
    char **keys = g_strsplit(value ? value : "", ".", KEYS_MOST + 1);

    soup_header_free_param_list(cookies);
    return keys;
}

static bool find_session(struct call *c)
{
    g_auto(GStrv) keys = cookie_keys(c);

    c->session = NULL;
    for (int i = 0; i < KEYS_MOST && keys[i] && !c->session; i++)
        c->session = sessions_lookup(c->server->sessions, keys[i]);
    return c->session != NULL;
}

/* The new key first, then those of other servers as far as there is room. */
static void add_cookie(struct call *c, const char *key)
{
    g_auto(GStrv) keys = cookie_keys(c);
    g_autoptr(GString) value = g_string_new(key);

    for (int i = 0; i + 1 < KEYS_MOST && keys[i]; i++)
        if (secret_is(keys[i]))
            g_string_append_printf(value, ".%s", keys[i]);
    headers_add(
        c->message, "Set-Cookie",
        arena_print(
            c->arena, "%s=%s; HttpOnly; SameSite=Strict; Path=/", cookie,
            value->str));
}

bool door_has_session(struct call *c)
{
    if (find_session(c))
        return true;
    call_refuse(
        c, REFUSAL_NO_SESSION,
        "this browser is not let in (any more): open a new link");
    return false;
}

/* --- what is asked -------------------------------------------------------- */

static const char *copy_word(struct call *c, const char *from, const char *to)
{
    g_autofree char *word = g_uri_unescape_segment(from, to, NULL);

    return word && *word && g_utf8_validate(word, -1, NULL)
               ? arena_copy(c->arena, word, strlen(word))
               : NULL;
}

/* The words between the slashes; NULL if one is none. */
static const char *const *split_path(struct call *c, const char *path)
{
    enum { WORDS_MOST = 8 };
    const char **words = arena_make(c->arena, const char *, WORDS_MOST + 1);

    for (int i = 0; i < WORDS_MOST; i++) {
        size_t length = strcspn(path, "/");

        words[i] = copy_word(c, path, path + length);
        if (!words[i])
            return NULL;
        if (!path[length])
            return words;
        path += length + 1;
    }
    return NULL;
}

bool door_read_query(struct call *c, const char *query)
{
    GUriParamsIter terms;
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct call_term));
    GError *error = NULL;
    char *name, *value;

    g_uri_params_iter_init(&terms, query, -1, "&", G_URI_PARAMS_WWW_FORM);
    while (g_uri_params_iter_next(&terms, &name, &value, &error)) {
        struct call_term t = {
            arena_copy(c->arena, name, strlen(name)),
            arena_copy(c->arena, value, strlen(value))};

        if (g_utf8_validate(name, -1, NULL) && g_utf8_validate(value, -1, NULL))
            g_array_append_val(list, t);
        g_free(name);
        g_free(value);
    }
    c->term_count = list->len;
    c->terms = arena_make(c->arena, struct call_term, list->len);
    if (list->len)
        memcpy(c->terms, list->data, sizeof(struct call_term) * list->len);
    g_array_free(list, TRUE);
    if (!error)
        return true;
    call_refuse(
        c, REFUSAL_BAD_REQUEST, "the address cannot be read: %s",
        error->message);
    g_error_free(error);
    return false;
}

static void refuse_method(struct call *c)
{
    call_refuse(
        c, REFUSAL_METHOD, "what is at this address cannot be asked this way");
}

bool door_find_route(struct call *c, const char *method, const char *path)
{
    const char *const *words = split_path(c, path);
    bool known = false;

    if (words)
        c->route = route_lookup(method, words, c->id, &known);
    if (c->route)
        return true;
    if (known)
        refuse_method(c);
    else
        call_refuse(c, REFUSAL_NOT_FOUND, "there is nothing at this address");
    return false;
}

/* --- the door ------------------------------------------------------------- */

static void admit_api(struct call *c, const char *path)
{
    const char *method = is_read(c)
                             ? SOUP_METHOD_GET
                             : soup_server_message_get_method(c->message);

    if (check_site(c) && door_has_session(c) &&
        door_find_route(c, method, path))
        (void)check_change(c);
}

/* The token leaves the address bar at once. */
static void open_link(struct call *c, const char *token)
{
    struct session *s =
        find_session(c) ? NULL : sessions_open(c->server->sessions, token);

    if (s)
        add_cookie(c, s->key);
    if (s || c->session)
        page_move(c, "/");
    else
        page_answer(c, "/", false);
}

static void admit_page(struct call *c, const char *path)
{
    const char *token = call_word(c, "token");

    if (!is_read(c))
        refuse_method(c);
    else if (token && !strcmp(path, "/") && is_get(c))
        open_link(c, token);
    else
        page_answer(c, path, find_session(c));
}

bool door_admit(struct call *c)
{
    SoupMessageHeaders *headers =
        soup_server_message_get_request_headers(c->message);
    GUri *uri = soup_server_message_get_uri(c->message);
    const char *path = g_uri_get_path(uri), *query = g_uri_get_query(uri);
    bool is_api = g_str_has_prefix(path, api);

    headers_add_guards(c->message);
    /* libsoup would cut the answer into pieces, as many as asked for. */
    soup_message_headers_remove(headers, "Range");
    if (check_host(c) && door_read_query(c, query ? query : "")) {
        if (is_api)
            admit_api(c, path + strlen(api));
        else
            admit_page(c, path);
    }
    body_await(c);
    if (c->is_refused || c->is_given)
        call_close(c);
    return !c->is_refused;
}
