#include "base/memory.h"
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>

static void give_up(void *context)
{
    (void)context;
    fputs("tfcheck: out of memory\n", stderr);
    exit(EXIT_INTERNAL);
}

int main(int argc, char **argv)
{
    struct memory memory = { .exhausted = give_up };
    return (int)program_run(&memory, argc, argv);
}
