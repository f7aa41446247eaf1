/* Asking who is meant. */
#include "case/store.h"

bool case_has_person(struct kase *k, int64_t entity, bool *has, GError **error)
{
    int64_t found;

    if (!number_find(
            k,
            "SELECT count(*) FROM entity WHERE id = ? AND kind = 'person' AND "
            "key IS NOT NULL",
            &found, error, "i", entity))
        return false;
    *has = found > 0;
    return true;
}
