/*
 * shapes.h - things of the case as docs/api.md shows them, "in short".
 *
 * Each adds one object to the call's answer.  False where it is not there any
 * more (nothing is added) or could not be asked: then the call is refused.
 */
#ifndef SERVER_SHAPES_H
#define SERVER_SHAPES_H

#include "server/call.h"
#include "server/members.h"

bool shape_claim(struct call *c, uint32_t claim);
/* The members that those in full share with those in short. */
void shape_claim_members(
    struct call *c, uint32_t claim, const struct claim_row *row);
void shape_event_members(
    struct call *c, uint32_t event, const struct claim_row *head);
void shape_party_members(struct call *c, uint32_t party);
/* What the case tells by now (`row`) holds over the index; `row` may be NULL. */
void shape_document_members(
    struct call *c, uint32_t document, const struct document_row *row);
/* Members act, label, family. */
void member_act(struct call *c, uint32_t act);
bool shape_event(struct call *c, uint32_t event);
void shape_party(struct call *c, uint32_t party);
void shape_speaker(
    struct call *c, const struct index_speaker *v);     /* a source */
bool shape_party_full(struct call *c, uint32_t party);  /* in full */
void shape_document(struct call *c, uint32_t document); /* as a list has it */
/* A member {id, name, title, date}. */
void shape_document_name(struct call *c, const char *name, uint32_t document);
/* The members of an object {id, name} of who says a claim. */
void shape_source_name(struct call *c, const struct index_claim *claim);
/* A member of a list of claims, those first that come first in that order. */
bool shape_claims(
    struct call *c, const char *name, const struct filter *f,
    enum claim_order order, uint32_t most);
/* Likewise of events; they make the answer of a list too. */
bool shape_events(
    struct call *c, const char *name, const uint32_t *events, uint32_t count);
void shape_timeline(struct call *c, const char *name, const struct timeline *t);
/* Members of a list: total, offset; then begins "items". */
void shape_list_begin(struct call *c, uint32_t total, const struct page *p);
void shape_list_end(struct call *c);

/* A claim as the case has it, in `a`, which is reset before; NULL where it is
   not there any more, or the call was refused. */
const struct claim_row *
claim_load(struct call *c, struct arena *a, uint32_t claim);
/* The members of a claim in full. */
void shape_claim_full(struct call *c, uint32_t claim);
/* That, as the answer. */
void answer_claim_number(struct call *c, uint32_t claim);
void shape_event_full(struct call *c, uint32_t event);
/* `words` say what it is, NULL: as a claim's history does. */
void shape_record(
    struct call *c, const struct record_row *r, const char *words);
/* Where the claims that fit are said to have happened: an object. */
void shape_map(struct call *c, const struct filter *f);
/* The phrase of a role or source as an object {text, name, party}, and its
   spans in code points where `o` is given; null without words. */
void shape_phrase(
    struct call *c, const char *name, const struct phrase_row *p,
    uint32_t sighting, const struct offsets *o);
/* A member [{at, unit, n}] in code points. */
void shape_milestones(
    struct call *c, const struct milestone *m, uint32_t count,
    const struct offsets *o);
/* A member [[from, to], ...] in code points. */
void shape_spans(
    struct call *c, const char *name, struct spans s, const struct offsets *o);

/* A filter of the terms of the query; NULL where one is none: refused. */
struct filter *filter_of_call(struct call *c);
/* Adds the terms of a query "act=liberty&..."; false: refused. */
bool filter_of_words(struct call *c, struct filter *f, const char *words);

/* "person", "group", "place". */
const char *kind_word(enum name_kind kind);

/* "p12" and the like, in the call's arena. */
const char *id_words(struct call *c, char letter, uint64_t row);

/* Numbers by ids; NOWHERE after refusing. */
uint32_t call_claim(struct call *c, const char *id);
uint32_t call_event(struct call *c, const char *id);
uint32_t call_party(struct call *c, const char *id);
uint32_t call_document(struct call *c, const char *id);

#endif
