#include "served.h"

#include "server/body.h"
#include "server/deeds.h"
#include "server/door.h"
#include "server/jobs.h"
#include "server/routes.h"

#include <glib/gstdio.h>
#include <string.h>

static struct server server;
static struct server_options options = {
    .lexicon = FUZZ_LEXICON, .models = FUZZ_MODELS};
static char key[] = "", reviewer[] = "Ana Ruiz";
static struct session session = {.key = key, .reviewer = reviewer};
static GBytes *first_case, *first_index;

/* --- the copy ------------------------------------------------------------- */

static GBytes *read_file(const char *path)
{
    char *bytes;
    gsize size;
    GError *error = NULL;

    if (!g_file_get_contents(path, &bytes, &size, &error))
        g_error("%s", error->message);
    return g_bytes_new_take(bytes, size);
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    GError *error = NULL;

    if (!g_file_set_contents_full(
            path, bytes, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, &error))
        g_error("%s", error->message);
}

static void remove_copy(void)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".index"};
    g_autofree char *folder = g_path_get_dirname(options.case_path);

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *path =
            g_strconcat(options.case_path, endings[i], NULL);

        g_remove(path);
    }
    g_remove(folder);
}

static struct server *make(void)
{
    const char *from = g_getenv("ATTEST_FUZZ_CASE");
    g_autofree char *index = g_strconcat(from, ".index", NULL);
    g_autofree char *folder = g_dir_make_tmp("attest-fuzz-XXXXXX", NULL);
    GError *error = NULL;

    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    first_case = read_file(from);
    first_index = read_file(index);
    options.case_path = g_build_filename(folder, "a.attest", NULL);
    atexit(remove_copy);
    server.options = &options;
    server.acts = table_load(
        FUZZ_LEXICON, "acts.tsv", "code\tlabel\tcovers\tactor\ttarget\tplover",
        &error);
    server.tables = digest_tables_load(FUZZ_LEXICON, FUZZ_MODELS, &error);
    if (!server.tables)
        g_error("%s", error->message);
    server.jobs = jobs_new(&options, NULL, NULL);
    server.index_is_asked = true; /* nothing is started */
    served_anew();
    return &server;
}

struct server *served(void)
{
    return server.options ? &server : make();
}

GBytes *served_index(void)
{
    served();
    return first_index;
}

bool served_from(const void *index, size_t size)
{
    g_autofree char *path = g_strconcat(options.case_path, ".index", NULL);

    index_close(server.index);
    write_file(path, index, size);
    server.index = index_open(server.k, options.case_path, server.tables, NULL);
    return server.index != NULL;
}

void served_anew(void)
{
    g_autofree char *log = g_strconcat(options.case_path, "-wal", NULL);

    (void)!case_close(server.k, NULL);
    deeds_free(g_steal_pointer(&session.deeds));
    g_remove(log);
    write_file(
        options.case_path, g_bytes_get_data(first_case, NULL),
        g_bytes_get_size(first_case));
    server.k =
        case_open(options.case_path, CASE_WRITE, "2020-01-01T00:00:00Z", NULL);
    if (!served_from(
            g_bytes_get_data(first_index, NULL), g_bytes_get_size(first_index)))
        g_error("the index does not open");
}

/* --- asking --------------------------------------------------------------- */

/* What needs a message, or a program beside this one. */
static bool is_left_out(const struct route *r)
{
    return r->needs & NEEDS_FILE || strchr(r->pattern, '.') ||
           r->answer == answer_job_add || r->answer == answer_session_link ||
           r->answer == answer_session_end ||
           r->answer == answer_session_change;
}

static void check_answer(struct call *c)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    GString *text;

    if (c->is_given)
        return;
    text = call_print(c);
    if (!json_parser_load_from_data(parser, text->str, (gssize)text->len, NULL))
        g_error("no JSON: %s", text->str);
    g_string_free(text, TRUE);
}

void served_ask(const char *address, const char *body, size_t length)
{
    struct call *c = call_make(served());
    size_t end = strcspn(address, "?");
    g_autofree char *path = g_strndup(address, end);
    const char *query = address[end] ? address + end + 1 : "";

    c->session = &session;
    if (door_read_query(c, query) &&
        door_find_route(c, body ? "POST" : "GET", path) &&
        !is_left_out(c->route)) {
        if (body)
            body_parse(c, body, length);
        if (!c->is_refused && c->server->index) {
            server_look(c->server);
            c->route->answer(c);
        }
        check_answer(c);
    }
    call_free(c);
}

static void ask_each(const char *before, const char *after, uint32_t count)
{
    enum { ASKED_MOST = 6 };

    for (uint32_t i = 1; i <= MIN(count, ASKED_MOST); i++) {
        g_autofree char *address = g_strdup_printf("%s%u%s", before, i, after);

        served_ask(address, NULL, 0);
    }
}

void served_ask_all(void)
{
    static const char *const lists[] = {
        "session",
        "overview",
        "claims?limit=200&sort=-time&text=the",
        "claims?sort=support&offset=3&place=p1&source=Ana",
        "events?limit=200&sort=time&support=single",
        "facets?limit=500&find=a",
        "facets?verdict=open&publisher=The%20Lantern",
        "timeline",
        "map",
        "queue?order=party",
        "queue?mark=second",
        "agreement",
        "documents?limit=200&sort=-date",
        "parties?limit=200&sort=name&find=a",
        "proposals?limit=200",
        "sources?limit=200",
        "search?words=the&limit=200",
    };
    const struct index *x = served()->index;

    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        served_ask(lists[i], NULL, 0);
    ask_each("claims/c", "", x->claims_count);
    ask_each("claims/c", "/history", x->claims_count);
    ask_each("events/e", "", x->claims_count);
    ask_each("documents/d", "", x->documents_count);
    ask_each("parties/p", "", x->sightings_count);
    ask_each("parties/p", "/ties", x->sightings_count);
    ask_each("parties/p", "/compare?with=p1", x->sightings_count);
    ask_each("sources/p", "", x->sightings_count);
}
