/* Does once what the fuzzer does often: with each file of the folder that is
   named. */
#include "fuzz.h"

#include <glib.h>

static void replay(const char *path)
{
    GError *error = NULL;
    g_autofree char *bytes = NULL;
    gsize size;

    if (!g_file_get_contents(path, &bytes, &size, &error))
        g_error("%s", error->message);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
}

int main(int count, char **arguments)
{
    const char *folder = count == 2 ? arguments[1] : "";
    GError *error = NULL;
    GDir *files = g_dir_open(folder, 0, &error);
    const char *name;

    if (!files)
        g_error("%s", error->message);
    while ((name = g_dir_read_name(files))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        replay(path);
    }
    g_dir_close(files);
    return 0;
}
