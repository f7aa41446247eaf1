/*
 * model.h - the trained weights, mapped from models/en.model.
 *
 * The file is what the program computes with: an index of named sections,
 * each at a multiple of 64 bytes, in the order and widths of this machine
 * (little endian).  Loading checks every size and every value on which the
 * arithmetic relies, so that a broken or hostile file is refused and can do
 * no harm.  train/export.py writes it.
 */
#ifndef MODEL_H
#define MODEL_H

#include "language/kernels.h"
#include "language/keys.h"
#include "language/language.h"

enum {
    MODEL_LAYERS = 4, /* at most */
    MODEL_SLOTS = 17, /* features of a token */
    NAME_TAGS = 7,    /* O, then B and I of each kind */
    /* How many steps the unit has in each kind of activation. */
    STEPS_LAYER = 48,
    STEPS_SQUASHED = 127,
    STEPS_JOINED = 12,
    /* The halves of an arc's score have 16 bits. */
    STEPS_DEPENDENT = 2048,
    STEPS_HEAD = 256,
    ARC_MOST = 4095,
};

/* The names of a head's classes, in order. */
struct classes {
    uint32_t count;
    const char **names; /* borrowed from the file */
};

/* How a lemma is made of a form: case, bytes cut at the end, bytes added. */
struct lemma_edit {
    char letters; /* 'l' lower case, 'k' as written, 'c' capitalised */
    uint32_t cut; /* code points */
    const char *add;
};

struct layer {
    struct matrix matrix; /* update, candidate, gate, and perhaps highway */
    bool own_highway;
};

struct model {
    GMappedFile *file;
    uint32_t row_count, width; /* of the feature rows */
    struct key_table features; /* to rows */
    struct key_table lists;    /* names to bits of their kinds (listed.h) */
    const int8_t *rows;
    float row_steps; /* of the first layer's inputs, to a row's unit */
    uint32_t hidden, layer_count, arc, label; /* widths, and how many */
    struct layer layers[MODEL_LAYERS];
    struct matrix tag; /* to the tags' hidden layer */
    struct matrix upos, xpos, feats, lemma, names;
    struct matrix arcs; /* dependents then heads, one product */
    struct matrix arc_score;
    struct matrix rels; /* dependents then heads */
    struct matrix rel;
    struct matrix said_hidden, said; /* whose rows are enum said_part */
    const float *name_moves; /* of the chain over name tags: [before][tag] */
    const float *arc_root;   /* arc_score's answer for the root */
    const float *rel_root;
    struct classes xpos_names, feats_names, rel_names;
    struct lemma_edit *edits;
    uint32_t edit_count;
    enum relation *relations;    /* of rel_names, without subtype */
    struct key_table lemma_keys; /* of "form\txpos", to places in... */
    const char *word_lemmas;     /* "form\txpos\tlemma", each with its NUL */
};

MUST_CHECK struct model *model_load(const char *path, GError **error);
void model_free(struct model *m); /* accepts NULL */

#endif
