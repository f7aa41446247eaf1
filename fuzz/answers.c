/* What a converter that is no longer itself may answer: as a document, and as a
   member.  What is believed once is believed again when it is said again. */
#include "opened.h"

#include "cage/answer.h"
#include "fuzz.h"

static void take_document(struct str bytes)
{
    struct message answer;
    struct making m;
    GError *error = NULL;

    if (!answer_parse(&answer, bytes))
        return;
    m = opened_begin();
    if (answer_take(&m, &answer, &error) != !error)
        g_error("an answer is neither taken nor refused");
    opened_end(&m, error);
}

static void take_member(struct str bytes)
{
    struct message answer;
    struct member member;
    struct arena *a;
    GError *error = NULL;

    if (!member_parse(&answer, bytes))
        return;
    a = arena_new();
    if (member_take(a, &member, &answer, &error))
        opened_check_member(&member);
    g_clear_error(&error);
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)
{
    struct str bytes = {(const char *)at, size};

    take_document(bytes);
    take_member(bytes);
    return 0;
}
