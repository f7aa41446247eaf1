/* Claims as rows of CSV. */
#include "exchange/exchange.h"

#include <math.h>
#include <string.h>

static const char head[] =
    "id,doc,date,publisher,act,trigger,actor,actor_name,target,target_name,"
    "place,origin,destination,time,from,to,count,count_value,count_unit,"
    "count_compare,count_of,polarity,modality,sources,labels,confidence,"
    "sentence,milestone";

void csv_append_head(GString *out)
{
    g_string_append(out, head);
}

void csv_end_row(GString *out)
{
    g_string_append(out, "\r\n");
}

/* Would a spreadsheet take it for a formula?  Some take the wide forms of the
   signs, too: https://owasp.org/www-community/attacks/CSV_Injection */
static bool is_formula(const char *value)
{
    static const gunichar signs[] = {'=',  '+',    '-',    '@',    '\t',  '\r',
                                     '\n', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    gunichar first = g_utf8_get_char(value);

    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (first == signs[i])
            return true;
    return false;
}

void csv_append_cell(GString *out, const char *value)
{
    if (out->len && out->str[out->len - 1] != '\n')
        g_string_append_c(out, ',');
    if (!value || !*value)
        return;
    g_string_append_c(out, '"');
    if (is_formula(value))
        g_string_append_c(out, '\'');
    for (const char *p = value; *p; p++) {
        if (*p == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

void csv_append_number(GString *out, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_c(out, ',');
    g_string_append(
        out, g_ascii_formatd(digits, sizeof(digits), "%.10g", value));
}

static void append_count(GString *out, const struct claim_row *c)
{
    csv_append_cell(out, c->count_text);
    if (c->count_has_value)
        csv_append_number(out, c->count_value);
    else
        csv_append_cell(out, NULL);
    csv_append_cell(out, c->count_unit);
    csv_append_cell(out, c->count_compare);
    csv_append_cell(out, c->count_of);
}

/* "A > B": outermost first. */
static void append_sources(GString *out, const struct claim_row *c)
{
    GString *chain = g_string_new(NULL);

    for (uint32_t i = 0; i < c->source_count; i++) {
        const struct phrase_row *s = &c->sources[i].source;
        const char *words = s->name ? s->name : s->text;

        g_string_append_printf(
            chain, "%s%s", i ? " > " : "", words ? words : "unnamed");
    }
    csv_append_cell(out, chain->str);
    g_string_free(chain, TRUE);
}

static void append_labels(GString *out, const struct claim_row *c)
{
    GString *labels = g_string_new(NULL);

    for (uint32_t i = 0; i < c->label_count; i++)
        g_string_append_printf(
            labels, "%s%s", i ? "; " : "", c->labels[i].words);
    csv_append_cell(out, labels->str);
    g_string_free(labels, TRUE);
}

void append_milestones(GString *out, const struct claim_row *c)
{
    for (uint32_t i = 0; i < c->milestone_count; i++)
        g_string_append_printf(
            out, "%s%s %s", i ? ", " : "", c->milestones[i].unit,
            c->milestones[i].n);
}

void csv_append_claim(GString *out, const struct claim_row *c)
{
    GString *milestones = g_string_new(NULL);
    char id[32];

    g_snprintf(id, sizeof(id), "c%" G_GINT64_FORMAT, c->id);
    csv_append_cell(out, id);
    csv_append_cell(out, c->document_name);
    csv_append_cell(out, c->document_date);
    csv_append_cell(out, c->publisher);
    csv_append_cell(out, c->act);
    csv_append_cell(out, c->trigger_text);
    csv_append_cell(out, c->roles[ROLE_ACTOR].text);
    csv_append_cell(out, c->roles[ROLE_ACTOR].name);
    csv_append_cell(out, c->roles[ROLE_TARGET].text);
    csv_append_cell(out, c->roles[ROLE_TARGET].name);
    csv_append_cell(out, c->roles[ROLE_PLACE].text);
    csv_append_cell(out, c->roles[ROLE_ORIGIN].text);
    csv_append_cell(out, c->roles[ROLE_DESTINATION].text);
    csv_append_cell(out, c->time_text);
    csv_append_cell(out, c->first);
    csv_append_cell(out, c->last);
    append_count(out, c);
    csv_append_cell(out, c->negative ? "negative" : "positive");
    csv_append_cell(out, modality_word(c->modality));
    append_sources(out, c);
    append_labels(out, c);
    csv_append_number(out, round(c->confidence * 1000) / 1000);
    csv_append_cell(out, c->sentence_text);
    append_milestones(milestones, c);
    csv_append_cell(out, milestones->str);
    g_string_free(milestones, TRUE);
}
