#include "cli/document.h"

#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"

#include <errno.h>
#include <unistd.h>

bool document_open(struct arena *arena, struct document *document, const struct options *options, struct str path,
                   struct error *error)
{
    *document = (struct document){ .file = stdin, .is_echoed = options->echo };
    if (str_equal(path, STR("-")))
        return true;
    document->name = path;
    document->file = fopen(path.p, "rb");
    struct str command = command_suggest(path);
    if (document->file == NULL && errno == ENOENT && command.p != NULL)
        return error_set(error, ERROR_USAGE, "there is neither a file nor a command %.*s; did you mean `tfcheck %.*s`?",
                         STR_ARG(path), STR_ARG(command));
    if (document->file == NULL)
        return error_set_at(error, ERROR_SYSTEM, path, 0, 0, "%s", strerror(errno));
    if (!terraform_is_plan(path))
        return true;
    fclose(document->file);
    if (!terraform_show(arena, &document->terraform, options->terraform, path, error))
        return false;
    document->file = document->terraform.output;
    return true;
}

bool document_close(struct arena *arena, struct document *document, struct error *error)
{
    if (document->terraform.pid > 0)
        return terraform_finish(arena, &document->terraform, error);
    if (document->file != stdin)
        fclose(document->file);
    return true;
}

ptrdiff_t document_read(void *context, char *buffer, size_t n)
{
    struct document *document = context;
    ssize_t got;
    do
        got = read(fileno(document->file), buffer, n);
    while (got < 0 && errno == EINTR);
    if (got > 0 && document->is_echoed) {
        fwrite(buffer, 1, (size_t)got, stdout);
        fflush(stdout);
    }
    return got;
}

void document_note(void *context, struct str sentence)
{
    const struct document *document = context;
    fputs("tfcheck: note: ", stderr);
    if (document->name.p != NULL) {
        session_put_escaped(stderr, document->name);
        fputs(": ", stderr);
    }
    session_put_escaped(stderr, sentence);
    fputc('\n', stderr);
}
