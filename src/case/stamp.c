#include "case/store.h"

bool case_stamp(struct kase *k, int64_t *out, GError **error)
{
    return number_find(k, "PRAGMA data_version", out, error, "");
}
