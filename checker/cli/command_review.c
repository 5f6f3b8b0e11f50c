#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"

/* A check of NEW in which what OLD has too does not count. */
enum exit_code command_review(struct session *session)
{
    const struct options *options = session->options;
    struct error error = { 0 };
    if (options->base.p == NULL)
        error_set(&error, ERROR_USAGE, "review needs the document before the change: tfcheck review --base OLD NEW");
    else if (options->arguments.count > 1)
        error_set(&error, ERROR_USAGE, "review compares one document with --base, not several");
    return error.code == ERROR_NONE ? command_check(session) : command_check_refuse(session, &error);
}
