#include "cli/terraform.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "plan/text_read.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONGEST_MESSAGES = 64 << 10 };

bool terraform_is_plan(struct str path)
{
    static const struct str entry = STR_INIT("tfplan");
    char bytes[36] = { 0 };
    FILE *file = fopen(path.p, "rb");
    if (file == NULL)
        return false;
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    bool is_zip = n == sizeof bytes && memcmp(bytes, "PK\x03\x04", 4) == 0;
    return is_zip && bytes[26] == (char)entry.n && bytes[27] == 0 && memcmp(bytes + 30, entry.p, entry.n) == 0;
}

/* The folder of the plan when `terraform init` was run there; no string when it was not. */
static struct str find_folder(struct arena *arena, struct str path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    struct str folder = arena_copy(arena, str_part(path, 0, n > 1 ? n - 1 : n));
    bool is_initialised = n > 0 && file_is_folder(arena_format(arena, "%.*s/.terraform", STR_ARG(folder)));
    return is_initialised ? folder : (struct str){ NULL, 0 };
}

/* The same file under a name that holds in any folder. */
static struct str absolute(struct arena *arena, struct str path)
{
    char *real = realpath(path.p, NULL);
    struct str copy = real == NULL ? path : arena_copy(arena, str_from(real));
    free(real);
    return copy;
}

/* In the child: become the program. Tells what went wrong through the descriptor alarm. */
static void become(const char *program, const char *folder, const char *plan, int output, int messages, int alarm)
{
    char *arguments[] = { (char *)(uintptr_t)program, (char *)(uintptr_t) "show", (char *)(uintptr_t) "-json",
                          (char *)(uintptr_t)plan, NULL };
    int null = open("/dev/null", O_RDONLY);
    bool is_ready = null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
                    dup2(messages, STDERR_FILENO) >= 0 && (folder == NULL || chdir(folder) == 0);
    if (is_ready)
        execvp(program, arguments);
    int number = errno;
    ssize_t written = write(alarm, &number, sizeof number);
    _exit(written == sizeof number ? 127 : 126);
}

/* Start program. Returns 0 or the number of the system's error. */
static int start(struct terraform *terraform, const char *program, const char *folder, const char *plan)
{
    int output[2], alarm[2], number = 0;
    if (pipe2(output, O_CLOEXEC) != 0)
        return errno;
    if (pipe2(alarm, O_CLOEXEC) != 0) {
        number = errno;
        close(output[0]);
        close(output[1]);
        return number;
    }
    terraform->messages = tmpfile();
    terraform->pid = terraform->messages == NULL ? -1 : fork();
    if (terraform->pid == 0)
        become(program, folder, plan, output[1], fileno(terraform->messages), alarm[1]);
    number = terraform->pid < 0 ? errno : 0;
    close(output[1]);
    close(alarm[1]);
    if (number == 0 && read(alarm[0], &number, sizeof number) == (ssize_t)sizeof number)
        waitpid(terraform->pid, NULL, 0);
    close(alarm[0]);
    terraform->output = number == 0 ? fdopen(output[0], "rb") : NULL;
    if (terraform->output != NULL)
        return 0;
    close(output[0]);
    if (terraform->messages != NULL)
        fclose(terraform->messages);
    return number == 0 ? errno : number;
}

bool terraform_show(struct arena *arena, struct terraform *terraform, struct str program, struct str path,
                    struct error *error)
{
    static const struct str usual[] = { STR_INIT("terraform"), STR_INIT("tofu") };
    struct str folder = find_folder(arena, path), plan = absolute(arena, path);
    int number = ENOENT;
    *terraform = (struct terraform){ .plan = path };
    if (program.p == NULL)
        program = str_from(getenv("TFCHECK_TERRAFORM"));
    bool is_named = program.n > 0;
    for (size_t i = 0; i < (is_named ? 1 : sizeof usual / sizeof usual[0]) && number == ENOENT; i++) {
        terraform->program = is_named ? program : usual[i];
        bool is_path = str_find_byte(terraform->program, '/') >= 0;
        struct str file = is_path ? absolute(arena, terraform->program) : terraform->program;
        number = start(terraform, file.p, folder.p, plan.p);
    }
    if (number == 0)
        return true;
    if (!is_named && number == ENOENT)
        return error_set_at(error, ERROR_SYSTEM, path, 0, 0,
                            "this is a binary plan, and there is neither terraform nor tofu to read it: name one with"
                            " --terraform, or run `terraform show -json FILE` elsewhere and give tfcheck its output");
    return error_set_at(error, ERROR_SYSTEM, path, 0, 0,
                        "this is a binary plan, and %.*s, which should read it, does not start: %s; name the program with"
                        " --terraform", STR_ARG(terraform->program), strerror(number));
}

/* The words with which it failed. */
static struct str read_messages(struct arena *arena, FILE *messages)
{
    char *text = arena_get_text(arena, LONGEST_MESSAGES);
    rewind(messages);
    struct str all = { text, fread(text, 1, LONGEST_MESSAGES, messages) };
    struct str words = text_find_failure(arena, all);
    if (words.n > 0)
        return words;
    all = str_trim(all);
    ptrdiff_t end = str_find_byte(all, '\n');
    return str_trim(str_part(all, 0, end < 0 ? all.n : (size_t)end));
}

bool terraform_finish(struct arena *arena, struct terraform *terraform, struct error *error)
{
    int status = 0;
    if (terraform->pid <= 0)
        return true;
    fclose(terraform->output);
    while (waitpid(terraform->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    struct str words = read_messages(arena, terraform->messages);
    fclose(terraform->messages);
    struct str program = terraform->program, plan = terraform->plan;
    *terraform = (struct terraform){ 0 };
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 0)
        return true;
    return error_set_at(error, ERROR_INPUT, plan, 0, 0,
                        "`%.*s show -json` cannot read this plan: %.*s; run it where the plan was made, after"
                        " `terraform init`, and with the same version", STR_ARG(program),
                        STR_ARG(words.n > 0 ? str_part(words, 0, 300) : STR("it gives no reason")));
}
