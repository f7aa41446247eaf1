/* The exports: code points, and cells that do no harm. */
#include "exchange/exchange.h"

#include <string.h>

/* "Zoë beat José": positions in bytes and in code points differ. */
static const char text[] = "Zoë beat José";

static struct claim_row make_row(struct span *spans)
{
    spans[0] = (struct span){0, 4};
    spans[1] = (struct span){5, 9};
    spans[2] = (struct span){10, 15};
    return (struct claim_row){
        .id = 7,
        .act = "violence.beat",
        .trigger = {&spans[1], 1},
        .roles[ROLE_ACTOR] = {.spans = {&spans[0], 1}, .text = "Zoë"},
        .roles[ROLE_TARGET] =
            {.spans = {&spans[2], 1}, .text = "José", .name = "José \"X\""},
        .confidence = 0.8750001,
    };
}

static void positions_are_code_points(void)
{
    struct offsets *o = offsets_new((struct str){text, strlen(text)});
    struct span spans[3];
    struct claim_row c = make_row(spans);
    GString *out = g_string_new(NULL);

    export_claim_json(&c, o, out);
    g_assert_cmpstr(
        out->str, ==,
        "{\"id\":\"c7\",\"act\":\"violence.beat\",\"trigger\":[[4,8]],"
        "\"actor\":{\"spans\":[[0,3]],\"text\":\"Zoë\",\"name\":null},"
        "\"target\":{\"spans\":[[9,13]],\"text\":\"José\","
        "\"name\":\"José \\\"X\\\"\"},\"place\":null,\"origin\":null,"
        "\"destination\":null,\"time\":null,\"count\":null,"
        "\"polarity\":\"positive\",\"modality\":\"asserted\",\"sources\":[],"
        "\"labels\":[],\"confidence\":0.875}");
    g_string_free(out, TRUE);
    offsets_free(o);
}

static void formats_have_names(void)
{
    static const char *const words[] = {
        "claims", "attributions", "text", "csv", "plover", "incidents"};
    enum export_format f;

    for (int i = 0; i < EXPORT_COUNT; i++) {
        g_assert_true(export_format_find(words[i], &f));
        g_assert_cmpint(f, ==, i);
    }
    g_assert_false(export_format_find("pdf", &f));
    g_assert_false(export_format_find("", &f));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/exchange/positions", positions_are_code_points);
    g_test_add_func("/exchange/formats", formats_have_names);
    return g_test_run();
}
