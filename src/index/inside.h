/* inside.h - what the files of this room keep with an open index. */
#ifndef INDEX_INSIDE_H
#define INDEX_INSIDE_H

#include "index/file.h"

/* Numbers of things by their ids, which stand first in them: open addressing, 1
   + number, 0 is free. */
struct idmap {
    uint32_t *slots;
    uint32_t mask;
};

/* Parties and events that reviewers make do not fit into the file: then they
   move to memory of their own, with room for more. */
struct growth {
    void *at;
    uint32_t room;
};

struct rulings {
    GArray *held;     /* the newest on each two, in their order */
    guint applied;    /* so many of them */
    bool begins_anew; /* one of them was taken back */
};

struct index_inside {
    void *mapped;
    size_t size;
    const struct digest_tables *tables;
    struct case_state state;
    struct review_cursor cursor;
    struct idmap claims, documents, sightings;
    uint32_t *first_seen; /* by document: its first sighting, or NOWHERE */
    GHashTable *acts;     /* code -> number + 1 */
    GHashTable *added;    /* ids of claims made since, or replaced -> number +
                             1 */
    struct growth parties, events;
    /* What the file says, and the rulings since: see rulings.c. */
    uint32_t *event_built, *party_built, events_built, parties_built;
    float *sure_built;
    GArray *parties_changed;
    struct rulings of_events, of_parties;
};

/* The element after the last, zeroed. */
uint32_t index_grow_parties(struct index *x);
uint32_t index_grow_events(struct index *x);

/* Before the first following, and after the last. */
void rulings_begin(struct index *x);
void rulings_end(struct index_inside *in);
void rulings_hold(
    struct index *x, struct rulings *all, const struct record_row *r);
/* Each applies what was held since the last time; `touched` gets 1 + the
   numbers of events that are to be counted anew. */
void rulings_apply_parties(struct index *x);
void rulings_apply_events(
    struct index *x, bool has_orphans, GHashTable *touched);

/* Counts an event anew from its claims; asks the case. */
MUST_CHECK bool index_recount_event(
    struct index *x, struct kase *k, uint32_t event, GError **error);
void index_set_mark(struct index_claim *c, enum index_mark mark, bool on);
/* When it is said to have happened; where the text does not tell, on the
   document's day. */
void index_set_days(
    struct index_claim *c, const struct claim_row *row, int32_t document_day);
/* Rings from what the columns tell. */
void index_link_events(struct index *x);
void index_link_parties(struct index *x);

/* Was it added as a source, as a publisher? */
bool filter_chose_party(
    const struct filter *f, enum filter_kind kind, uint32_t party);
bool filter_chose_voice(const struct filter *f, uint32_t voice);
bool filter_chose_house(const struct filter *f, uint32_t house);
struct index *filter_index(const struct filter *f);

/* Of an entity in a document. */
uint32_t
index_sighting_of(const struct index *x, uint32_t document, int64_t entity);

#endif
