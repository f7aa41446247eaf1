/*
 * attest-intake as a hostile document would have it: what begins with
 * "hostile WORD" makes it do the worst it can, in the same cage.  All else it
 * opens as ever.  A file that begins with "holds" holds one thing for each
 * further line: "NAME CONTENT", where | stands for a line's end.
 *
 * usage: as attest-intake
 */
#include "cage/cage.h"
#include "formats/formats.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct opener *honest;
static int file = -1; /* being taken apart */

static void open_socket(void)
{
    socket(AF_INET, SOCK_STREAM, 0);
}

/* Ends it where a file is not told to be missing that is there, or could be. */
static void expect_none(int result)
{
    if (result >= 0 || errno != ENOENT)
        _exit(4);
}

static void read_file(void)
{
    expect_none(open("/etc/passwd", O_RDONLY));
    expect_none(openat(AT_FDCWD, "/proc/self/maps", O_RDONLY));
    expect_none((int)syscall(SYS_openat, 0, "", O_RDONLY));
}

static void find_file(void)
{
    struct stat found;
    char name[64];

    expect_none(access("/etc/passwd", R_OK));
    expect_none(stat("/etc/passwd", &found));
    expect_none((int)readlink("/proc/self/exe", name, sizeof(name)));
}

static void write_file(void)
{
    expect_none(open("/tmp/attest-was-here", O_WRONLY | O_CREAT, 0600));
}

static void list_folder(void)
{
    char entries[1024];

    syscall(SYS_getdents64, 0, entries, sizeof(entries));
}

static void remove_file(void)
{
    unlink("/tmp/attest-was-here");
}

static void run_program(void)
{
    execl("/bin/true", "true", (char *)NULL);
}

static void fork_without_end(void)
{
    while (fork() >= 0)
        ;
}

static void run_bytes(void)
{
    mmap(
        NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void end_asker(void)
{
    kill(getppid(), SIGKILL);
}

static void take_memory(void)
{
    while (g_malloc(64 << 20))
        ;
}

/* As a library in C++ does where there is none left. */
static void lack_memory(void)
{
    while (malloc(16 << 20))
        ;
    abort();
}

static void take_time(void)
{
    for (volatile unsigned long i = 0;; i++)
        ;
}

/* An answer of good length whose first part has no such tag. */
static void write_garbage(void)
{
    static const unsigned char garbage[] = {5, 0, 0, 0, 200, 0, 0, 0, 0};

    while (write(0, garbage, sizeof(garbage)) > 0)
        ;
}

static void write_without_end(void)
{
    char ones[4096];

    memset(ones, 0xFF, sizeof(ones));
    while (write(0, ones, sizeof(ones)) > 0)
        ;
}

static void write_to_file(void)
{
    if (write(file, "x", 1) < 0)
        abort();
}

static void crash(void)
{
    abort();
}

static void leave(void)
{
    _exit(3);
}

static const struct {
    const char *word;
    void (*act)(void);
} deeds[] = {
    {"socket", open_socket},
    {"file", read_file},
    {"find", find_file},
    {"put", write_file},
    {"exec", run_program},
    {"fork", fork_without_end},
    {"code", run_bytes},
    {"kill", end_asker},
    {"memory", take_memory},
    {"lack", lack_memory},
    {"loop", take_time},
    {"garbage", write_garbage},
    {"flood", write_without_end},
    {"list", list_folder},
    {"remove", remove_file},
    {"crash", crash},
    {"leave", leave},
    {"spoil", write_to_file},
};

/* Lies in an answer that is otherwise good. */
/* No harm, but what few formats tell: each paragraph is a page. */
static void count_pages(struct making *m)
{
    struct document *d = m->document;
    struct milestone *pages = arena_make(m->a, struct milestone, d->text.len);
    const char *at = d->text.at;

    for (uint32_t n = 1; at; n++) {
        pages[d->milestone_count++] = (struct milestone){
            (uint32_t)(at - d->text.at), "page", arena_print(m->a, "%u", n)};
        at = strstr(at, "\n\n");
        at = at ? at + 2 : NULL;
    }
    d->milestones = pages;
}

static void lie(struct document *d, struct str word)
{
    if (str_is(word, "bytes"))
        d->text = (struct str){"\xC3(", 2};
    else if (str_is(word, "zero"))
        d->text = (struct str){"a\0b", 3};
    else if (str_is(word, "body"))
        d->body.to = (uint32_t)d->text.len + 1;
    else if (str_is(word, "order"))
        d->body = (struct span){2, 1};
    else if (str_is(word, "day"))
        d->date = "2001-02-30";
    else if (str_is(word, "kind"))
        d->media_type = "text html";
    else if (str_is(word, "title"))
        d->title = "\xFF";
}

static void act(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++)
        if (!strcmp(word, deeds[i].word))
            deeds[i].act();
}

static bool open_hostile(
    void *self, struct making *m, const struct source *s, struct str bytes,
    GError **error)
{
    static const char mark[] = "hostile ";
    size_t len = sizeof(mark) - 1;
    bool is_hostile = bytes.len > len && !memcmp(bytes.at, mark, len);
    struct str word = {bytes.at + len, bytes.len - len};

    if (is_hostile)
        act(arena_copy(m->a, word.at, word.len));
    if (!honest->open(self, m, s, bytes, error))
        return false;
    if (is_hostile && word.len > 5 && !memcmp(word.at, "pages", 5))
        count_pages(m);
    else if (is_hostile)
        lie(m->document, word);
    return true;
}

/* --- files that hold others ------------------------------------------------------ */

static void give(const struct member_taker *taker, struct str whole, char *line)
{
    char *gap = strchr(line, ' ');
    struct member member = {.name = line};

    if (gap) {
        *gap = '\0';
        member.bytes.at = g_strdelimit(gap + 1, "|", '\n');
        member.bytes.len = strlen(gap + 1);
    }
    if (!strcmp(line, "hostile"))
        act(gap + 1);
    else if (!strcmp(line, "without")) {
        member = (struct member){.name = "/bad", .fault = "it is bad"};
        taker->take(taker->self, &member);
    } else if (!strcmp(line, "mirror")) {
        member = (struct member){.name = "/m", .bytes = whole};
        taker->take(taker->self, &member);
    } else if (!strcmp(line, "itself")) {
        member = (struct member){.name = ""};
        taker->take(taker->self, &member);
    } else
        taker->take(taker->self, &member);
}

static bool unpack_hostile(
    void *self, const struct unpack_asked *asked,
    const struct member_taker *taker, GError **error)
{
    char *bytes = g_malloc0(1 << 16);
    ssize_t len = read(asked->descriptor, bytes, (1 << 16) - 1);
    char **lines = g_strsplit(bytes, "\n", -1);
    bool is_damaged = false;

    (void)self;
    file = asked->descriptor;
    for (char **line = lines + 1; len > 0 && !strcmp(*lines, "holds") && *line;
         line++) {
        is_damaged = !strcmp(*line, "damaged");
        if (!is_damaged && **line)
            give(taker, (struct str){bytes, (size_t)len}, *line);
    }
    g_strfreev(lines);
    g_free(bytes);
    if (is_damaged)
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "the rest is damaged");
    return !is_damaged;
}

int main(int argc, char **argv)
{
    struct intake_words *words =
        argc >= 4 ? intake_words_load(argv[1], NULL) : NULL;
    struct formats *formats = words ? formats_new(false, NULL) : NULL;
    const struct unpacker unpacker = {NULL, unpack_hostile};
    struct opener hostile;

    if (!formats)
        return CAGE_UNREADY;
    honest = formats_opener(formats);
    hostile = (struct opener){honest->self, open_hostile, NULL};
    cage_serve(
        &hostile, &unpacker, words, g_ascii_strtoull(argv[2], NULL, 10),
        g_ascii_strtoull(argv[3], NULL, 10));
}
