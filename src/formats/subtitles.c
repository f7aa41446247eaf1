/* SubRip (.srt) and WebVTT: what is said becomes running text, and each cue
   tells the time at which it is said. */
#include "formats/parts.h"

#include <string.h>

enum {
    PAUSE_LEAST = 2000, /* milliseconds; then a paragraph begins */
    CLOSE_MOST = 100,   /* what rolls on is shown again so soon */
    SHOWN_MOST = 8,
    TAG_MOST = 300,
};

/* When a cue is shown, in milliseconds. */
struct timing {
    uint64_t from, to;
};

/* What a cue shows: the first words of it, where they stand in the text. */
struct shown {
    struct span words[SHOWN_MOST];
    uint32_t count;
};

struct subtitles {
    struct making *m;
    GString *text;
    GString *words;              /* of the line being read, without tags */
    GArray *milestones;          /* struct milestone */
    struct str voice, speaker;   /* of this cue; of the words before */
    struct timing timing;        /* of this cue */
    struct shown shown, earlier; /* by this cue, and the one before it */
    bool is_inside;              /* a cue is open */
    bool is_begun;               /* it has told something new */
    bool is_close;               /* it follows the one before at once */
    bool is_apart;               /* a paragraph begins before its next words */
};

/* --- timings ------------------------------------------------------------------ */

static bool take(struct str *s, const char *what)
{
    size_t len = strlen(what);

    if (s->len < len || memcmp(s->at, what, len) != 0)
        return false;
    *s = (struct str){s->at + len, s->len - len};
    return true;
}

static bool take_number(struct str *s, size_t digits_most, uint64_t *number)
{
    size_t n = 0;

    for (*number = 0; n < s->len && g_ascii_isdigit(s->at[n]); n++) {
        if (n == digits_most)
            return false;
        *number = *number * 10 + (uint64_t)(s->at[n] - '0');
    }
    *s = (struct str){s->at + n, s->len - n};
    return n > 0;
}

/* "01:02:03,500", "02:03.500" */
static bool take_time(struct str *s, uint64_t *time)
{
    uint64_t part;
    int count = 0;

    *time = 0;
    do {
        if (count == 3 || !take_number(s, count ? 2 : 4, &part))
            return false;
        *time = *time * 60 + part;
        count++;
    } while (take(s, ":"));
    if (count < 2 || (!take(s, ",") && !take(s, ".")) ||
        !take_number(s, 3, &part))
        return false;
    *time = *time * 1000 + part;
    return true;
}

/* "00:01.000 --> 00:02.500 align:start" */
static bool parse_timing(struct str line, struct timing *t)
{
    struct str s = str_trim(line);

    if (!take_time(&s, &t->from))
        return false;
    s = str_trim(s);
    if (!take(&s, "-->"))
        return false;
    s = str_trim(s);
    return take_time(&s, &t->to) && (!s.len || g_ascii_isspace(*s.at));
}

/* --- which texts are subtitles -------------------------------------------------- */

static struct str next_line(struct str *rest)
{
    const char *end = memchr(rest->at, '\n', rest->len);
    struct str line = {rest->at, end ? (size_t)(end - rest->at) : rest->len};
    size_t past = line.len + (end != NULL);

    *rest = (struct str){rest->at + past, rest->len - past};
    return line;
}

static bool is_digits(struct str line)
{
    uint64_t number;
    struct str s = str_trim(line);

    return take_number(&s, 9, &number) && !s.len;
}

static bool begins_as_vtt(struct str text)
{
    return take(&text, "WEBVTT") && (!text.len || g_ascii_isspace(*text.at));
}

static bool begins_as_srt(struct str text)
{
    struct timing t;
    struct str line = {"", 0};

    while (text.len && !str_trim(line).len)
        line = next_line(&text);
    return is_digits(line) && parse_timing(next_line(&text), &t);
}

static bool has_timing(struct str text)
{
    struct timing t;

    while (text.len)
        if (parse_timing(next_line(&text), &t))
            return true;
    return false;
}

const char *subtitles_kind(const char *id, struct str text)
{
    bool is_vtt = g_str_has_suffix(id, ".vtt");

    if (begins_as_vtt(text))
        return "text/vtt";
    if (begins_as_srt(text))
        return "application/x-subrip";
    if ((is_vtt || g_str_has_suffix(id, ".srt")) && has_timing(text))
        return is_vtt ? "text/vtt" : "application/x-subrip";
    return NULL;
}

/* --- what is said ----------------------------------------------------------------- */

/* The length of a tag at the start, or 0: "</i>", "<v Ana>", "{\an8}"; what is
   smaller than something is none. */
static size_t tag_length(struct str s)
{
    char close = *s.at == '<' ? '>' : '}';
    const char *end;

    if (s.len < 3 ||
        (*s.at == '<' && !g_ascii_isalnum(s.at[1]) && s.at[1] != '/') ||
        (*s.at == '{' && s.at[1] != '\\') || (*s.at != '<' && *s.at != '{'))
        return 0;
    end = memchr(s.at, close, MIN(s.len, TAG_MOST));
    return end ? (size_t)(end + 1 - s.at) : 0;
}

/* "<v Ana Ruiz>", "<v.loud Ana Ruiz>": who says what follows; false where it
   is another tag. */
static bool take_voice(struct str tag, struct str *voice)
{
    const char *gap = memchr(tag.at, ' ', tag.len);

    if (tag.len < 3 || !gap || tag.at[1] != 'v' ||
        (tag.at[2] != ' ' && tag.at[2] != '.'))
        return false;
    *voice = str_trim((struct str){gap, (size_t)(tag.at + tag.len - 1 - gap)});
    return true;
}

/* The length of an entity of WebVTT at the start, or 0. */
static size_t take_entity(struct str rest, GString *out)
{
    static const char *const entities[][2] = {
        {"&amp;", "&"},  {"&lt;", "<"}, {"&gt;", ">"},
        {"&nbsp;", " "}, {"&lrm;", ""}, {"&rlm;", ""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(entities); i++) {
        struct str after = rest;

        if (take(&after, entities[i][0])) {
            g_string_append(out, entities[i][1]);
            return rest.len - after.len;
        }
    }
    return 0;
}

static void add_milestone(struct subtitles *s)
{
    uint64_t t = s->timing.from;
    struct milestone m = {
        .at = (uint32_t)s->text->len,
        .unit = "time",
        .n = arena_print(
            s->m->a, "%02u:%02u:%02u.%03u", (unsigned)(t / 3600000),
            (unsigned)(t / 60000 % 60), (unsigned)(t / 1000 % 60),
            (unsigned)(t % 1000)),
    };

    g_array_append_val(s->milestones, m);
}

static void show(struct subtitles *s, struct span words)
{
    if (s->shown.count < SHOWN_MOST)
        s->shown.words[s->shown.count++] = words;
}

/* Captions that roll show a line again while the next one comes. */
static bool is_repeated(struct subtitles *s, struct str words)
{
    struct str text = {s->text->str, s->text->len};

    for (uint32_t i = 0; i < s->earlier.count; i++) {
        struct str other = span_text(text, s->earlier.words[i]);

        if (other.len == words.len && !memcmp(other.at, words.at, words.len)) {
            show(s, s->earlier.words[i]);
            return true;
        }
    }
    return false;
}

/* A paragraph, with who speaks where the cue tells it, or a space. */
static void begin_words(struct subtitles *s)
{
    bool is_other = s->voice.len != s->speaker.len ||
                    memcmp(s->voice.at, s->speaker.at, s->voice.len) != 0;

    if (is_other || s->is_apart)
        end_paragraph(s->text);
    else if (s->text->len)
        g_string_append_c(s->text, ' ');
    if (!s->is_begun)
        add_milestone(s);
    if (is_other && s->voice.len) {
        g_string_append_len(s->text, s->voice.at, (gssize)s->voice.len);
        g_string_append(s->text, ": ");
    }
    s->speaker = s->voice;
    s->is_apart = false;
    s->is_begun = true;
}

/* Words of one line, and of one who speaks. */
static void add_words(struct subtitles *s)
{
    struct str words = str_trim((struct str){s->words->str, s->words->len});
    uint32_t from;

    if (words.len && (s->is_begun || !s->is_close || !is_repeated(s, words))) {
        begin_words(s);
        from = (uint32_t)s->text->len;
        g_string_append_len(s->text, words.at, (gssize)words.len);
        show(s, (struct span){from, (uint32_t)s->text->len});
    }
    g_string_truncate(s->words, 0);
}

/* "- Who?": each such line is another's. */
static struct str take_dash(struct subtitles *s, struct str line)
{
    s->is_apart = take(&line, "- ") || take(&line, "\xE2\x80\x93 ") ||
                  take(&line, "\xE2\x80\x94 ") || s->is_apart;
    return line;
}

static void add_line(struct subtitles *s, struct str line)
{
    struct str rest = take_dash(s, str_trim(line)), voice;

    while (rest.len) {
        size_t len = tag_length(rest);

        if (len && take_voice((struct str){rest.at, len}, &voice)) {
            add_words(s);
            s->voice = voice;
        }
        if (!len)
            len = take_entity(rest, s->words);
        if (!len) {
            g_string_append_c(s->words, *rest.at);
            len = 1;
        }
        rest = (struct str){rest.at + len, rest.len - len};
    }
    add_words(s);
}

/* --- cues --------------------------------------------------------------------------- */

static void begin_cue(struct subtitles *s, struct timing t)
{
    uint64_t before = s->timing.to;

    s->is_apart = s->is_apart || t.from > before + PAUSE_LEAST;
    s->is_close = t.from <= before + CLOSE_MOST;
    s->is_inside = true;
    s->is_begun = false;
    s->timing = t;
    s->voice = (struct str){"", 0};
    s->earlier = s->shown;
    s->shown.count = 0;
}

/* The number before a timing. */
static bool is_number_of_cue(struct str line, struct str rest)
{
    struct timing t;

    return is_digits(line) && parse_timing(next_line(&rest), &t);
}

static void read_cues(struct subtitles *s, struct str rest, bool is_vtt)
{
    struct timing t;

    while (rest.len) {
        struct str line = next_line(&rest);

        if (parse_timing(line, &t))
            begin_cue(s, t);
        else if (
            (is_vtt && !str_trim(line).len) || is_number_of_cue(line, rest))
            s->is_inside = false;
        else if (s->is_inside)
            add_line(s, line);
    }
}

void read_subtitles(struct making *m, struct str text)
{
    struct subtitles s = {
        .m = m,
        .text = g_string_new(NULL),
        .words = g_string_new(NULL),
        .milestones = g_array_new(FALSE, FALSE, sizeof(struct milestone)),
        .voice = {"", 0},
        .speaker = {"", 0},
    };
    struct document *d = m->document;

    read_cues(&s, text, !strcmp(d->media_type, "text/vtt"));
    set_text(m, s.text);
    d->milestones = arena_take(m->a, s.milestones, &d->milestone_count);
    g_string_free(s.words, TRUE);
}
