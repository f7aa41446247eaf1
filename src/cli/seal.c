#include "cli/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

G_STATIC_ASSERT(SEAL_KEY_SIZE == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT(SEAL_SIZE == crypto_sign_BYTES);

/* The file holds the seed that the pair of keys is made from, in hex. */
enum { SEED_HEX = 2 * crypto_sign_SEEDBYTES + 1 };

static bool complain(const char *path, const char *words, GError **error)
{
    g_set_error(error, ATTEST_ERROR, ATTEST_ERROR_IO, "%s: %s", path, words);
    return false;
}

static bool write_all(int fd, const char *words)
{
    ssize_t size = (ssize_t)strlen(words);

    return write(fd, words, (size_t)size) == size && fsync(fd) == 0;
}

/* Puts a new seed there whole, or leaves one that another put there first. */
static bool make_key(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *draft = g_strconcat(path, ".XXXXXX", NULL);
    unsigned char seed[crypto_sign_SEEDBYTES];
    char hex[SEED_HEX];
    bool good;
    int fd;

    if (g_mkdir_with_parents(folder, 0700) != 0)
        return complain(folder, g_strerror(errno), error);
    fd = g_mkstemp_full(draft, O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return complain(draft, g_strerror(errno), error);
    randombytes_buf(seed, sizeof seed);
    sodium_bin2hex(hex, sizeof hex, seed, sizeof seed);
    good = write_all(fd, hex) && (link(draft, path) == 0 || errno == EEXIST);
    if (!good)
        complain(path, g_strerror(errno), error);
    close(fd);
    unlink(draft);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(hex, sizeof hex);
    return good;
}

/* Who can read the key can sign in its owner's name. */
static bool check_owner(int fd, const char *path, GError **error)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return complain(path, g_strerror(errno), error);
    if (!S_ISREG(st.st_mode) || st.st_uid != geteuid())
        return complain(path, "is not a file of yours", error);
    if (st.st_mode & 077)
        return complain(
            path,
            "others may read this key: if nobody did, `chmod 600` it; else "
            "move it away, and a new one is made",
            error);
    return true;
}

static bool
read_key(int fd, const char *path, unsigned char *seed, GError **error)
{
    char hex[SEED_HEX + 1];
    ssize_t size = read(fd, hex, sizeof hex);
    size_t made = 0;
    const char *end;
    bool good = size >= SEED_HEX - 1 &&
                sodium_hex2bin(
                    seed, crypto_sign_SEEDBYTES, hex, (size_t)size, "\n", &made,
                    &end) == 0 &&
                made == crypto_sign_SEEDBYTES && end == hex + size;

    sodium_memzero(hex, sizeof hex);
    return good ||
           complain(
               path, "is no key: move it away, and a new one is made", error);
}

static bool load_key(const char *path, unsigned char *seed, GError **error)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool good;

    if (fd < 0 && errno == ENOENT) {
        if (!make_key(path, error))
            return false;
        fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (fd < 0)
        return complain(path, g_strerror(errno), error);
    good = check_owner(fd, path, error) && read_key(fd, path, seed, error);
    close(fd);
    return good;
}

bool seal_make(struct str words, struct seal *out, GError **error)
{
    g_autofree char *path = g_build_filename(
        g_get_user_config_dir(), "attest", "custody.key", NULL);
    unsigned char seed[crypto_sign_SEEDBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];

    if (sodium_init() < 0)
        return complain(path, "there is no chance on this machine", error);
    if (!load_key(path, seed, error))
        return false;
    crypto_sign_seed_keypair(out->key, secret, seed);
    crypto_sign_detached(
        out->signature, NULL, (const unsigned char *)words.at, words.len,
        secret);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(secret, sizeof secret);
    return true;
}
