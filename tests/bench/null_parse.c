/* What yajl alone takes to parse a file: the floor that tfcheck is measured against. */
#include <yajl/yajl_parse.h>

#include <stdio.h>

int main(int argc, char **argv)
{
    static unsigned char buffer[65536];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    yajl_handle handle = yajl_alloc(NULL, NULL, NULL);
    size_t n;
    if (file == NULL || handle == NULL)
        return 2;
    while ((n = fread(buffer, 1, sizeof buffer, file)) > 0)
        if (yajl_parse(handle, buffer, n) != yajl_status_ok)
            return 1;
    return yajl_complete_parse(handle) == yajl_status_ok ? 0 : 1;
}
