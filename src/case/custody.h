/*
 * custody.h - the chain of custody: each transaction that adds rows closes
 * with an entry that names them by their hash and the entry before it by its
 * own.  docs/custody.md describes both to the byte.
 */
#ifndef CUSTODY_H
#define CUSTODY_H

#include "case/merkle.h"
#include "case/store.h"

/* The tables that entries cover, all but that of entries. */
struct covered {
    char *name, *rows, *last; /* rows, last: SQL */
    int64_t next;             /* the first key that no entry covers yet */
};
struct ledger {
    struct covered *tables; /* by name */
    uint32_t count;
    bool is_open; /* within a transaction that will close with an entry */
};
void ledger_free(struct ledger *l); /* accepts NULL */

/* Begins a transaction: what is there by now is covered. */
MUST_CHECK bool custody_open(struct kase *k, GError **error);
/* Adds an entry for what was added since, if anything was. */
MUST_CHECK bool custody_take(struct kase *k, GError **error);
/* The first entries of a case, that a new one or one made by an attest that
   kept no log begins with: they cover what is there. */
MUST_CHECK bool custody_start(struct kase *k, GError **error);
/* As if no entry covered anything, for going through all of them. */
MUST_CHECK bool custody_rewind(struct kase *k, GError **error);
/* The transaction is over. */
void custody_close(struct kase *k);

/* What rows come to.  `ends` has the last key of each table of the ledger,
   or NOT_TOLD where it has none. */
#define NOT_TOLD G_MININT64
struct summed {
    GString *rows; /* "claim 52 document 12" */
    char digest[HASH_HEX];
    int64_t *ends;    /* by table; NOT_TOLD: no rows */
    int64_t document; /* the one that is among them, if it is one; else 0 */
    bool is_empty;
};
MUST_CHECK bool rows_sum(
    struct kase *k, const struct ledger *l, const int64_t *ends,
    struct summed *out, GError **error);
void summed_reset(struct summed *s);
#define SUMMED __attribute__((cleanup(summed_reset))) struct summed
/* Covers what was summed. */
void ledger_advance(struct ledger *l, const struct summed *s);

/* What an entry says. */
struct said {
    int64_t number, document; /* document: 0 for none */
    const char *after;        /* the hash of the entry before, or "nothing" */
    const char *at, *what;
};
/* NULL with the error; else g_string_free it. */
GString *statement_print(
    struct kase *k, const struct said *said, const struct summed *s,
    GError **error);

/* Keeps bytes as received, if they are not kept yet. */
MUST_CHECK bool original_keep(
    struct kase *k, const char *sha256, struct str bytes, GError **error);
/* The first original that is not what its hash says, or 0. */
MUST_CHECK bool originals_check(struct kase *k, int64_t *out, GError **error);

#endif
