#include "language/model.h"

#include <string.h>

enum { SECTION_NAME = 16, ALIGNMENT = 64, SECTIONS_MOST = 128 };

/* As written in the file, after its 16 bytes of magic, version and count. */
struct section {
    char name[SECTION_NAME];
    uint64_t at, size;
};

/* What is being loaded, and from where, for messages. */
struct loading {
    struct model *model;
    const char *path;
    const char *start;
    size_t size;
    const struct section *sections;
    uint32_t count;
    GError **error;
};

/* Section "sizes". */
enum size {
    SIZE_ROWS,
    SIZE_WIDTH,
    SIZE_FEATURES,
    SIZE_LISTS,
    SIZE_LEMMA_KEYS,
    SIZE_LAYERS,
    SIZE_HIDDEN,
    SIZE_TAG,
    SIZE_ARC,
    SIZE_LABEL,
    SIZE_SAID,
    SIZE_COUNT
};

static bool refuse(const struct loading *l, const char *what, const char *why)
{
    g_set_error(
        l->error, ATTEST_ERROR, ATTEST_ERROR_DATA,
        "%s: %s %s; put back the file that came with this version", l->path,
        what, why);
    return false;
}

static bool check_index(struct loading *l)
{
    static const char magic[8] = "ATTREAD";
    uint32_t version;

    if (l->size < 16 || memcmp(l->start, magic, sizeof(magic)) != 0)
        return refuse(l, "the file", "is no model of the reader");
    memcpy(&version, l->start + 8, sizeof(version));
    memcpy(&l->count, l->start + 12, sizeof(l->count));
    if (version != 3)
        return refuse(l, "the model", "is of another version");
    l->sections = (const struct section *)(const void *)(l->start + 16);
    if (l->count > SECTIONS_MOST ||
        l->size < 16 + l->count * sizeof(struct section))
        return refuse(l, "the index", "is cut short");
    for (uint32_t i = 0; i < l->count; i++) {
        const struct section *s = &l->sections[i];

        if (s->at % ALIGNMENT || s->at > l->size || s->size > l->size - s->at)
            return refuse(l, "a section", "lies outside the file");
    }
    return true;
}

static const struct section *
lookup_section(const struct loading *l, const char *name)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (!strncmp(l->sections[i].name, name, SECTION_NAME))
            return &l->sections[i];
    refuse(l, name, "is missing");
    return NULL;
}

/* A section of exactly `count` numbers of `width` bytes, or NULL. */
static const void *
numbers(const struct loading *l, const char *name, size_t count, size_t width)
{
    const struct section *s = lookup_section(l, name);

    if (s && s->size == count * width)
        return l->start + s->at;
    if (s)
        refuse(l, name, "has the wrong size");
    return NULL;
}

static const float *
floats(const struct loading *l, const char *name, size_t count, float most)
{
    const float *at = numbers(l, name, count, sizeof(float));

    for (size_t i = 0; at && i < count; i++) {
        if (!(at[i] >= -most && at[i] <= most)) {
            refuse(l, name, "holds a number out of range");
            return NULL;
        }
    }
    return at;
}

/* No sum of two products can leave 16 bits, nor of all of them 32. */
static bool weights_are_small(const struct matrix *m)
{
    int large = 0;

    for (size_t i = 0; i < (size_t)m->rows * m->inputs; i++)
        large |= m->weights[i] > WEIGHT_MOST || m->weights[i] < -WEIGHT_MOST;
    return !large;
}

static bool load_matrix(
    const struct loading *l, struct matrix *m, const char *name,
    uint32_t outputs, uint32_t inputs)
{
    char part[SECTION_NAME + 3];

    m->rows = (outputs + MATRIX_BLOCK - 1) / MATRIX_BLOCK * MATRIX_BLOCK;
    m->inputs = inputs;
    g_snprintf(part, sizeof(part), "%s.w", name);
    m->weights = numbers(l, part, (size_t)m->rows * m->inputs, sizeof(int8_t));
    if (!m->weights)
        return false;
    if (!weights_are_small(m))
        return refuse(l, part, "holds weights too large");
    g_snprintf(part, sizeof(part), "%s.s", name);
    if (!(m->scale = floats(l, part, m->rows, 1)))
        return false;
    g_snprintf(part, sizeof(part), "%s.b", name);
    return (m->bias = floats(l, part, m->rows, 1e4f)) != NULL;
}

/* The strings of a section, each with its NUL. */
static bool
load_strings(const struct loading *l, struct classes *c, const char *name)
{
    const struct section *s = lookup_section(l, name);
    const char *at, *end;

    if (!s)
        return false;
    at = l->start + s->at;
    end = at + s->size;
    if (!s->size || end[-1])
        return refuse(l, name, "does not end");
    for (const char *p = at; p < end; p++)
        c->count += !*p;
    c->names = g_new(const char *, c->count);
    for (uint32_t i = 0; i < c->count; i++, at += strlen(at) + 1) {
        c->names[i] = at;
        if (!g_utf8_validate(at, -1, NULL))
            return refuse(l, name, "is not UTF-8");
    }
    return true;
}

static bool
load_classes(const struct loading *l, struct classes *c, const char *name)
{
    enum { CLASSES_MOST = 4096 };

    return load_strings(l, c, name) &&
           (c->count <= CLASSES_MOST ||
            refuse(l, name, "has too many classes"));
}

/* A table that has room, so that every search in it ends. */
static bool load_table(
    const struct loading *l, struct key_table *t, const char *name,
    uint32_t size, uint32_t values)
{
    size_t used = 0;

    t->size = size;
    t->pairs = numbers(l, name, (size_t)size * 2, sizeof(uint32_t));
    if (!t->pairs)
        return false;
    for (size_t i = 0; i < size; i++) {
        used += t->pairs[2 * i] != 0;
        if (t->pairs[2 * i + 1] >= values)
            return refuse(l, name, "holds a number out of range");
    }
    return used <= size / 4 * 3 || refuse(l, name, "is too full");
}

static bool load_rows(struct loading *l, const uint32_t *sizes)
{
    enum { LIST_VALUES = 256 };
    struct model *m = l->model;
    const float *steps = floats(l, "row_steps", 1, 1e4f);

    m->row_count = sizes[SIZE_ROWS];
    m->width = sizes[SIZE_WIDTH];
    m->rows = numbers(l, "rows", (size_t)m->row_count * m->width, 1);
    if (!steps || !m->rows)
        return false;
    m->row_steps = *steps;
    return load_table(
               l, &m->features, "features", sizes[SIZE_FEATURES],
               m->row_count) &&
           load_table(l, &m->lists, "lists", sizes[SIZE_LISTS], LIST_VALUES);
}

static bool is_table_size(uint32_t size)
{
    return size >= 4 && size <= 1 << 24 && !(size & (size - 1));
}

static bool is_width(uint32_t width)
{
    return width && width % 32 == 0 && width <= MATRIX_INPUTS / 2;
}

static bool load_sizes(struct loading *l)
{
    const uint32_t *sizes = numbers(l, "sizes", SIZE_COUNT, sizeof(uint32_t));

    if (!sizes)
        return false;
    if (sizes[SIZE_ROWS] < MODEL_SLOTS || sizes[SIZE_ROWS] > 1 << 22 ||
        !is_table_size(sizes[SIZE_FEATURES]) ||
        !is_table_size(sizes[SIZE_LISTS]) ||
        !is_table_size(sizes[SIZE_LEMMA_KEYS]) || !sizes[SIZE_LAYERS] ||
        sizes[SIZE_LAYERS] > MODEL_LAYERS || !is_width(sizes[SIZE_WIDTH]) ||
        !is_width(sizes[SIZE_HIDDEN]) || !is_width(sizes[SIZE_TAG]) ||
        !is_width(sizes[SIZE_ARC]) || !is_width(sizes[SIZE_LABEL]) ||
        !is_width(sizes[SIZE_SAID]))
        return refuse(l, "sizes", "are out of range");
    return load_rows(l, sizes);
}

static bool load_layers(struct loading *l, const uint32_t *sizes)
{
    struct model *m = l->model;
    uint32_t inputs = m->width, wide = 2 * sizes[SIZE_HIDDEN];

    m->hidden = sizes[SIZE_HIDDEN];
    m->layer_count = sizes[SIZE_LAYERS];
    for (uint32_t i = 0; i < m->layer_count; i++, inputs = wide) {
        char name[SECTION_NAME];

        g_snprintf(name, sizeof(name), "layer%u", i);
        m->layers[i].own_highway = inputs != wide;
        if (!load_matrix(
                l, &m->layers[i].matrix, name,
                wide * (m->layers[i].own_highway ? 4 : 3), inputs))
            return false;
    }
    return true;
}

static bool load_heads(struct loading *l, const uint32_t *sizes)
{
    struct model *m = l->model;
    uint32_t wide = 2 * m->hidden, tag = sizes[SIZE_TAG];
    uint32_t arc = sizes[SIZE_ARC], label = sizes[SIZE_LABEL];
    uint32_t said = sizes[SIZE_SAID];

    m->arc = arc;
    m->label = label;
    return load_matrix(l, &m->tag, "tag", tag, wide) &&
           load_matrix(l, &m->upos, "upos", UPOS_COUNT, tag) &&
           load_matrix(l, &m->xpos, "xpos", m->xpos_names.count, tag) &&
           load_matrix(l, &m->feats, "feats", m->feats_names.count, tag) &&
           load_matrix(l, &m->lemma, "lemma", m->edit_count, tag) &&
           load_matrix(l, &m->names, "names", NAME_TAGS, tag) &&
           load_matrix(l, &m->arcs, "arcs", 2 * arc, wide) &&
           load_matrix(l, &m->arc_score, "arc_score", arc + 1, arc) &&
           load_matrix(l, &m->rels, "rels", 2 * label, wide) &&
           load_matrix(l, &m->rel, "rel", m->rel_names.count, label) &&
           load_matrix(l, &m->said_hidden, "said_hidden", said, wide) &&
           load_matrix(l, &m->said, "said", SAID_PARTS, said) &&
           (m->name_moves =
                floats(l, "name_moves", NAME_TAGS * NAME_TAGS, 1e5f)) &&
           (m->arc_root = floats(l, "arc_root", arc + 1, 1e4f)) &&
           (m->rel_root = floats(l, "rel_root", label, 1e4f));
}

/* "l|2|y" */
static bool parse_edit(const char *text, struct lemma_edit *edit)
{
    const char *bar = strchr(text, '|');
    char *end;
    guint64 cut;

    if (!bar || bar != text + 1 || !strchr("lkc", text[0]))
        return false;
    cut = g_ascii_strtoull(bar + 1, &end, 10);
    if (*end != '|' || cut > 1000)
        return false;
    *edit = (struct lemma_edit){text[0], (uint32_t)cut, end + 1};
    return true;
}

static bool load_edits(struct loading *l)
{
    struct model *m = l->model;
    struct classes c = {0};
    bool good = load_classes(l, &c, "lemma_names");

    m->edits = g_new0(struct lemma_edit, c.count);
    m->edit_count = c.count;
    for (uint32_t i = 0; good && i < c.count; i++)
        if (!parse_edit(c.names[i], &m->edits[i]))
            good = refuse(l, "lemma_names", "holds an edit that is none");
    g_free(c.names);
    return good;
}

static bool load_word_lemmas(struct loading *l, const uint32_t *sizes)
{
    const struct section *s = lookup_section(l, "word_lemmas");
    const char *at, *end;

    if (!s)
        return false;
    l->model->word_lemmas = at = l->start + s->at;
    end = at + s->size;
    if (!s->size || s->size > 1 << 30 || end[-1])
        return refuse(l, "word_lemmas", "does not end");
    for (; at < end; at += strlen(at) + 1)
        if (!g_utf8_validate(at, -1, NULL))
            return refuse(l, "word_lemmas", "is not UTF-8");
    return load_table(
        l, &l->model->lemma_keys, "lemma_keys", sizes[SIZE_LEMMA_KEYS],
        (uint32_t)s->size);
}

static bool load_relations(struct loading *l)
{
    static const char *const known[] = {
#define X(name) #name,
        RELATIONS(X)
#undef X
    };
    struct model *m = l->model;

    m->relations = g_new(enum relation, m->rel_names.count);
    for (uint32_t i = 0; i < m->rel_names.count; i++) {
        const char *name = m->rel_names.names[i];
        size_t len = strcspn(name, ":");
        int k = 0;

        while (k < RELATION_COUNT &&
               (strlen(known[k]) != len || strncmp(known[k], name, len) != 0))
            k++;
        if (k == RELATION_COUNT)
            return refuse(l, "rels_names", "holds an unknown relation");
        m->relations[i] = (enum relation)k;
    }
    return true;
}

static bool load_parts(struct loading *l)
{
    struct model *m = l->model;
    const uint32_t *sizes;

    if (!check_index(l) || !load_sizes(l) ||
        !load_classes(l, &m->xpos_names, "xpos_names") ||
        !load_classes(l, &m->feats_names, "feats_names") ||
        !load_classes(l, &m->rel_names, "rels_names") || !load_relations(l) ||
        !load_edits(l))
        return false;
    sizes = numbers(l, "sizes", SIZE_COUNT, sizeof(uint32_t));
    return load_word_lemmas(l, sizes) && load_layers(l, sizes) &&
           load_heads(l, sizes);
}

struct model *model_load(const char *path, GError **error)
{
    GMappedFile *file = g_mapped_file_new(path, FALSE, error);
    struct loading l = {.path = path, .error = error};

    if (!file)
        return NULL;
    l.model = g_new0(struct model, 1);
    l.model->file = file;
    l.start = g_mapped_file_get_contents(file);
    l.size = g_mapped_file_get_length(file);
    if (load_parts(&l))
        return l.model;
    model_free(l.model);
    return NULL;
}

void model_free(struct model *m)
{
    if (!m)
        return;
    g_free(m->xpos_names.names);
    g_free(m->feats_names.names);
    g_free(m->rel_names.names);
    g_free(m->relations);
    g_free(m->edits);
    g_mapped_file_unref(m->file);
    g_free(m);
}
