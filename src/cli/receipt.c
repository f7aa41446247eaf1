#include "cli/named.h"
#include "cli/seal.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

static const char about[] =
    "Prints, as JSON, a proof that the document is in the case's log: its "
    "entry,\n"
    "the hashes that lead from it to the log's head, and the head, signed "
    "with\n"
    "this installation's key (made on first use). tools/check-receipt.py "
    "checks\n"
    "it without the case; docs/custody.md tells how. DOC is d12 or a name.\n"
    "\n"
    "Example:\n"
    "  attest receipt letter-7.txt > letter-7.receipt.json";

static void add_text(JsonBuilder *b, const char *name, const char *value)
{
    json_builder_set_member_name(b, name);
    json_builder_add_string_value(b, value);
}

static void
add_bytes(JsonBuilder *b, const char *name, const uint8_t *at, size_t size)
{
    GString *hex = g_string_new(NULL);

    for (size_t i = 0; i < size; i++)
        g_string_append_printf(hex, "%02x", at[i]);
    add_text(b, name, hex->str);
    g_string_free(hex, TRUE);
}

static void add_path(JsonBuilder *b, const struct proof *p)
{
    json_builder_set_member_name(b, "path");
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < p->path_count; i++)
        json_builder_add_string_value(b, p->path[i]);
    json_builder_end_array(b);
}

static void
print_receipt(const struct proof *p, const char *head, const struct seal *seal)
{
    JsonBuilder *b = json_builder_new();
    JsonNode *root;
    char *words;

    json_builder_begin_object(b);
    add_text(b, "statement", p->statement);
    json_builder_set_member_name(b, "index");
    json_builder_add_int_value(b, (gint64)p->index);
    add_path(b, p);
    add_text(b, "head", head);
    add_bytes(b, "signature", seal->signature, sizeof seal->signature);
    add_bytes(b, "key", seal->key, sizeof seal->key);
    json_builder_end_object(b);
    root = json_builder_get_root(b);
    words = json_to_string(root, TRUE);
    puts(words);
    g_free(words);
    json_node_unref(root);
    g_object_unref(b);
}

static bool sign_and_print(
    struct arena *a, const struct proof *p, const char *now, GError **error)
{
    const char *head = arena_print(
        a, "attest head 1\nsize %" G_GUINT64_FORMAT "\nroot %s\nsigned %s\n",
        p->head.size, p->head.root, now);
    struct seal seal;

    if (!seal_make((struct str){head, strlen(head)}, &seal, error))
        return false;
    print_receipt(p, head, &seal);
    return true;
}

static int give_receipt(struct kase *k, struct arena *a, const char *word)
{
    g_autofree char *now = now_words();
    GError *error = NULL;
    struct proof p;
    int64_t document;

    if (!document_named(k, word, &document, &error) ||
        !case_prove(k, a, document, &p, &error))
        return fail(error);
    if (!p.statement) {
        complain("%s holds no document '%s'", case_path(), word);
        return STATUS_PARTLY;
    }
    return sign_and_print(a, &p, now, &error) ? STATUS_DONE : fail(error);
}

int command_receipt(int argc, char **argv)
{
    struct arena *a;
    struct kase *k;
    int status;

    options_parse(
        &argc, &argv, OPTIONS_CASE,
        "DOC - prove that a document is in the case", about, NULL);
    if (argc != 2) {
        complain("which document? Like 'attest receipt d12', or by its name");
        return STATUS_FAILED;
    }
    k = open_case(CASE_READ);
    a = arena_new();
    status = give_receipt(k, a, argv[1]);
    arena_free(a);
    close_case(k);
    return status;
}
