#include "cli/document.h"

#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "plan/input.h"

#include <errno.h>
#include <sys/stat.h>
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

void document_note(const struct document *document, struct str sentence)
{
    fputs("tfcheck: note: ", stderr);
    if (document->name.p != NULL) {
        session_put_escaped(stderr, document->name);
        fputs(": ", stderr);
    }
    session_put_escaped(stderr, sentence);
    fputc('\n', stderr);
}

/* A document that is read while its progress is shown. */
struct shown_reading {
    struct document *document;
    struct progress progress;
};

static ptrdiff_t read_some(void *context, char *buffer, size_t n)
{
    struct shown_reading *reading = context;
    ssize_t got;
    do
        got = read(fileno(reading->document->file), buffer, n);
    while (got < 0 && errno == EINTR);
    if (got > 0 && reading->document->is_echoed) {
        fwrite(buffer, 1, (size_t)got, stdout);
        fflush(stdout);
    }
    progress_step(&reading->progress, got > 0 ? (size_t)got : 0);
    return got;
}

static void print_note(void *context, struct str sentence)
{
    struct shown_reading *reading = context;
    progress_clear(&reading->progress);
    document_note(reading->document, sentence);
}

static void open_reading(struct shown_reading *reading, struct document *document, double start)
{
    struct stat status;
    bool is_file = fstat(fileno(document->file), &status) == 0 && S_ISREG(status.st_mode);
    reading->document = document;
    progress_open(&reading->progress, document->name, is_file ? (size_t)status.st_size : 0, start);
}

bool document_read_plan(struct arena *arena, struct document *document, struct plan_reader *reader, double start,
                        size_t *bytes, struct error *error)
{
    struct shown_reading reading;
    struct input input = { .read = read_some, .note = print_note, .context = &reading, .name = document->name };
    struct error failure = { 0 };
    open_reading(&reading, document, start);
    bool is_read = input_read(arena, &input, reader, error);
    progress_clear(&reading.progress);
    *bytes = input.bytes;
    if (document_close(arena, document, &failure))
        return is_read;
    *error = failure;
    return false;
}
