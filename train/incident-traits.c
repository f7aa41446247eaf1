/*
 * Prints what train/incidents.py learns from: of each document of a case the
 * candidates for its incident, with their traits.
 *
 * usage: incident-traits LEXICON CASE
 */
#include "exchange/incident.h"

#include <stdio.h>

struct printing {
    struct incident_tables *tables;
    struct kase *k;
    GError *error;
};

static bool print_document(const struct document_row *d, void *self)
{
    struct printing *p = self;
    GString *out = g_string_new(NULL);
    bool good = incident_print_traits(p->tables, p->k, d, out, &p->error);

    fputs(out->str, stdout);
    g_string_free(out, TRUE);
    return good;
}

static bool
print_case(struct printing *p, const char *lexicon, const char *path)
{
    struct arena *a = arena_new();
    bool good = false;

    p->tables = incident_tables_load(lexicon, NULL, &p->error);
    p->k = p->tables ? case_open(path, CASE_READ, NULL, &p->error) : NULL;
    if (p->k)
        good = case_find_documents(
            p->k, a, NULL, true, print_document, p, &p->error);
    arena_free(a);
    return good && !p->error;
}

int main(int argc, char **argv)
{
    struct printing p = {0};

    if (argc != 3) {
        fprintf(stderr, "usage: %s LEXICON CASE\n", argv[0]);
        return 2;
    }
    if (!print_case(&p, argv[1], argv[2])) {
        fprintf(stderr, "%s\n", p.error->message);
        return 1;
    }
    case_close(p.k, NULL);
    incident_tables_free(p.tables);
    return 0;
}
