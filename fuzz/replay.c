/* Does once what the fuzzer does often: with each file that is named. */
#include "served.h"

int main(int count, char **paths)
{
    for (int i = 1; i < count; i++) {
        GError *error = NULL;
        g_autofree char *bytes = NULL;
        gsize size;

        if (!g_file_get_contents(paths[i], &bytes, &size, &error))
            g_error("%s", error->message);
        LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
    }
    return 0;
}
