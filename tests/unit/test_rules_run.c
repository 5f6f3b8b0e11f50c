#include "rule_trial.h"

#include "report/report.h"

#define TEXTS(id) "id: " id "\ntitle: wrong\nseverity: low\nwhy: because\nfix: mend it\n"

/* One item of resource_changes. */
static struct str change(struct arena *arena, const char *name, const char *actions, const char *after,
                         const char *unknown)
{
    return arena_format(arena, "{\"address\":\"aws_x.%s\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"%s\","
                               "\"provider_name\":\"registry.terraform.io/hashicorp/aws\","
                               "\"change\":{\"actions\":[%s],"
                               "\"before\":{},\"after\":%s,\"after_unknown\":%s,\"after_sensitive\":{}}}",
                        name, name, actions, after, unknown);
}

/* A plan of these changes and root module variables. */
static struct str plan_of(struct arena *arena, const char *variables, struct str changes)
{
    return arena_format(arena, "{\"format_version\":\"1.2\",\"variables\":%s,\"resource_changes\":[%.*s]}", variables,
                        STR_ARG(changes));
}

static const char environment_dev[] = "{\"environment\":{\"value\":\"dev\"}}";
static const char environment_prod[] = "{\"environment\":{\"value\":\"prod\"}}";

static void load(struct trial *trial, const char *file, const char *yaml)
{
    if (!trial_load(trial, file, yaml))
        fail_msg("%s:%zu:%zu: %s", file, trial->error.line, trial->error.column, trial->error.text);
}

static struct texts one_text(struct arena *arena, const char *text)
{
    struct texts texts = { .items = arena_get(arena, sizeof(struct str)), .count = 1, .capacity = 1 };
    texts.items[0] = str_from(text);
    return texts;
}

/* Everything that the findings say, as one text. */
static struct str all_texts(struct trial *trial)
{
    struct str text = arena_format(trial->arena, "%s %.*s\n",
                                   run_profile(trial->run) == PROFILE_PRODUCTION ? "p" : "e",
                                   STR_ARG(run_profile_origin(trial->run)));
    for (size_t i = 0; i < trial->findings.count; i++) {
        const struct finding *f = &trial->findings.items[i];
        text = arena_format(trial->arena, "%.*s%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%016llx", STR_ARG(text),
                            STR_ARG(f->rule), STR_ARG(severity_name(f->severity)), STR_ARG(verdict_name(f->verdict)),
                            STR_ARG(f->address), STR_ARG(f->path), STR_ARG(f->message), STR_ARG(f->reason),
                            (unsigned long long)f->fingerprint);
        for (size_t a = 0; a < f->address_count; a++)
            text = arena_format(trial->arena, "%.*s|%.*s", STR_ARG(text), STR_ARG(f->addresses[a]));
        for (size_t a = 0; a < f->related_count; a++)
            text = arena_format(trial->arena, "%.*s|%.*s", STR_ARG(text), STR_ARG(f->related[a]));
        text = arena_format(trial->arena, "%.*s\n", STR_ARG(text));
    }
    struct run_tally sum = run_sum(trial->run);
    return arena_format(trial->arena, "%.*s%zu rules, %zu %zu %zu\n", STR_ARG(text), run_count_rules(trial->run),
                        sum.passed, sum.failed, sum.unknown);
}

static const char names_table[] =
    "table: resource-names\nabout: a\nsource: s\ndate: 2026-01-01\nrows:\n"
    "  aws_x: { attribute: name, prefix: name_prefix, longest: 20, scope: region }\n";

static void load_naming(struct trial *trial)
{
    static const char *const rules[][2] = {
        { "suffix-form.yaml", TEXTS("suffix-form") "select: { type: \"*\" }\n"
                              "parameters: { pattern: \"^[a-z0-9-]+$\", shortest: 3 }\nanalysis: suffix-form\n" },
        { "suffix.yaml", TEXTS("suffix") "select: { type: \"aws_*\" }\nanalysis: suffix-in-names\n" },
        { "collision.yaml", TEXTS("collision") "select: { type: \"aws_*\" }\nanalysis: name-collision\n" },
        { "words.yaml", TEXTS("words") "select: { type: \"aws_*\" }\nparameters: { words: [prod, dev] }\n"
                        "analysis: environment-words\n" },
        { "length.yaml", TEXTS("length") "select: { type: \"aws_*\" }\nparameters: { suffix_length: 16 }\n"
                         "analysis: name-length\n" },
    };
    assert_true(rule_load_table(&trial->rules, STR("names.yaml"), str_from(names_table), &trial->error));
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        load(trial, rules[i][0], rules[i][1]);
}

#define FORMAT "\"format_version\":\"1.2\""
#define VARIABLES "\"variables\":{\"environment\":{\"value\":\"dev\"},\"environment_suffix\":{\"value\":\"pr4821\"}}"
#define CHANGES \
    "\"resource_changes\":[" \
    "{\"address\":\"aws_x.a\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"a\"," \
    "\"change\":{\"actions\":[\"create\"]," \
    "\"after\":{\"name\":\"orders\",\"n\":1},\"after_unknown\":{\"key\":true,\"size\":true}," \
    "\"after_sensitive\":{}}}," \
    "{\"address\":\"aws_x.b\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"b\"," \
    "\"change\":{\"actions\":[\"create\"]," \
    "\"after\":{\"n\":2},\"after_unknown\":{\"name\":true,\"key\":true},\"after_sensitive\":{}}}," \
    "{\"address\":\"module.m.aws_x.c[0]\",\"module_address\":\"module.m\",\"mode\":\"managed\"," \
    "\"type\":\"aws_x\",\"name\":" \
    "\"c\",\"index\":0,\"change\":{\"actions\":[\"delete\",\"create\"],\"after\":{\"name\":\"orders\",\"n\":1}," \
    "\"after_unknown\":{\"key\":true},\"after_sensitive\":{}}}]"
#define CONFIGURATION \
    "\"configuration\":{\"root_module\":{\"resources\":[" \
    "{\"address\":\"aws_x.a\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"a\"," \
    "\"provider_config_key\":\"aws\"," \
    "\"expressions\":{\"name\":{\"constant_value\":\"orders\"},\"key\":{\"references\":[\"aws_k.k.arn\"," \
    "\"aws_k.k\"]}}}," \
    "{\"address\":\"aws_x.b\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"b\"," \
    "\"provider_config_key\":\"aws\"," \
    "\"expressions\":{\"name\":{\"references\":[\"local.name\"]}}}]," \
    "\"module_calls\":{\"m\":{\"expressions\":{\"key\":{\"references\":[\"aws_k.k.arn\",\"aws_k.k\"]}},\"module\":{" \
    "\"resources\":[{\"address\":\"aws_x.c\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"c\"," \
    "\"provider_config_key\":\"aws\",\"expressions\":{\"name\":{\"constant_value\":\"orders\"}," \
    "\"key\":{\"references\":" \
    "[\"var.key\"]}},\"count_expression\":{\"constant_value\":1}}],\"variables\":{\"key\":{}}}}}," \
    "\"variables\":{\"environment\":{},\"environment_suffix\":{}}}}"

static void load_mixture(struct trial *trial)
{
    trial_open(trial);
    load_naming(trial);
    load(trial, "key.yaml", TEXTS("key") "profiles: { ephemeral: high }\nselect: { type: aws_x }\n"
                            "require: { key: { matches: x } }\n");
    load(trial, "size.yaml", TEXTS("size") "select: { type: aws_x }\nrequire: { size: { present: true } }\n");
    load(trial, "number.yaml", TEXTS("number") "reports: once\nselect: { type: aws_x }\nrequire: { n: { equals: 2 } "
                                               "}\n");
    load(trial, "once-open.yaml", TEXTS("once-open") "reports: once\nselect: { type: aws_x }\nrequire: { key: { "
                                                     "absent: true } }\n");
    load(trial, "off.yaml", TEXTS("off") "profiles: { ephemeral: off }\nselect: { type: aws_x }\nforbid: always\n");
    load(trial, "many.yaml", TEXTS("many") "when: { actions: { create: { at_least: 2, at_most: 2 } } }\n"
                             "select: { type: aws_x, action: replace }\nforbid: always\n");
    load(trial, "dev.yaml", TEXTS("dev") "when: { variables: { environment: { equals: dev } } }\n"
                            "select: { type: aws_x, module: module.m }\nforbid: always\n");
}

static void the_result_is_the_same_in_any_order_of_keys_and_any_chunks(void **state)
{
    (void)state;
    static const char *const parts[] = { VARIABLES, CHANGES, CONFIGURATION };
    static const int orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
    static const size_t chunks[] = { 1, 7, 100000 };
    char first[8000] = "";
    for (size_t i = 0; i < 6; i++) {
        for (size_t c = 0; c < 3; c++) {
            struct trial trial;
            load_mixture(&trial);
            struct str json = arena_format(trial.arena, "{%s,%s,%s,%s}", FORMAT, parts[orders[i][0]],
                                           parts[orders[i][1]],
                                           parts[orders[i][2]]);
            trial_run_in_chunks(&trial, json, chunks[c]);
            struct str all = all_texts(&trial);
            assert_true(all.n < sizeof first);
            if (i == 0 && c == 0)
                memcpy(first, all.p, all.n);
            else if (!str_equal(all, str_from(first)))
                fail_msg("order %d%d%d, chunks of %zu:\n%.*s\nbut first:\n%s", orders[i][0], orders[i][1],
                         orders[i][2],
                         chunks[c], STR_ARG(all), first);
            trial_close(&trial);
        }
    }
    assert_non_null(strstr(first, "e var.environment = \"dev\"\n"));
    assert_non_null(strstr(first, "key|high|unknown|aws_x.a|key|wrong|known after apply: comes from aws_k.k|"));
    assert_non_null(strstr(first, "size|low|fail|aws_x.a|size|"));
    assert_non_null(strstr(first, "many|low|fail|module.m.aws_x.c[0]|"));
    assert_non_null(strstr(first, "dev|low|fail|module.m.aws_x.c[0]|"));
    assert_non_null(strstr(first, "suffix|low|unknown|aws_x.b|name|"));
    assert_null(strstr(first, "off|"));
}

static void an_unknown_operand_is_explained_alike_in_any_order(void **state)
{
    (void)state;
    static const char configuration[] =
        "\"configuration\":{\"root_module\":{\"resources\":[{\"address\":\"aws_x.a\",\"mode\":\"managed\","
        "\"type\":\"aws_x\","
        "\"name\":\"a\",\"expressions\":{\"l\":{\"references\":[\"aws_k.k.list\",\"aws_k.k\"]}}}]}}";
    struct str reasons[2];
    struct trial trial;
    trial_open(&trial);
    trial_load_short(&trial, "require: { n: { in: { path: \"l[*].n\" } } }");
    struct str one = change(trial.arena, "a", "\"create\"", "{\"n\":1}", "{\"l\":true}");
    for (int i = 0; i < 2; i++) {
        struct str changes = arena_format(trial.arena, "\"resource_changes\":[%.*s]", STR_ARG(one));
        trial_run(&trial, arena_format(trial.arena, "{" FORMAT ",%s,%s}", i == 0 ? configuration : changes.p,
                                       i == 0 ? changes.p : configuration));
        assert_int_equal(trial_verdict(&trial, "r", "aws_x.a"), 'u');
        reasons[i] = trial_find(&trial, "r", "aws_x.a")->reason;
    }
    if (!str_equal(reasons[0], reasons[1]))
        fail_msg("\"%.*s\", but \"%.*s\"", STR_ARG(reasons[0]), STR_ARG(reasons[1]));
    trial_close(&trial);
}

static void only_what_the_plan_changes_is_judged_on_request(void **state)
{
    (void)state;
    for (int changed_only = 0; changed_only < 2; changed_only++) {
        struct trial trial;
        trial_open(&trial);
        trial_load_short(&trial, "forbid: always");
        trial.options.changed_only = changed_only == 1;
        struct str parts[] = { change(trial.arena, "same", "\"no-op\"", "{}", "{}"), STR(","),
                               change(trial.arena, "made", "\"create\"", "{}", "{}"), STR(","),
                               change(trial.arena, "other", "\"update\"", "{}", "{}"), STR(","),
                               change(trial.arena, "gone", "\"delete\"", "null", "{}") };
        trial_run(&trial, plan_of(trial.arena, "{}", arena_join(trial.arena, parts, 7)));
        assert_int_equal(trial_verdict(&trial, "r", "aws_x.same"), changed_only ? '-' : 'f');
        assert_int_equal(trial_verdict(&trial, "r", "aws_x.made"), 'f');
        assert_int_equal(trial_verdict(&trial, "r", "aws_x.other"), 'f');
        assert_int_equal(trial_verdict(&trial, "r", "aws_x.gone"), '-');
        trial_close(&trial);
    }
}

static void rules_are_chosen_and_left_out_by_glob(void **state)
{
    (void)state;
    static const struct {
        const char *only, *skip, *wanted;
    } rows[] = {
        { NULL, NULL, "ab-one ab-two cd-one " }, { "ab-*", NULL, "ab-one ab-two " }, { NULL, "*-one", "ab-two " },
        { "ab-*", "*-one", "ab-two " },          { "cd-one", NULL, "cd-one " },      { "*", "*", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct trial trial;
        struct str names = STR("");
        trial_open(&trial);
        load(&trial, "cd-one.yaml", TEXTS("cd-one") "select: { type: aws_x }\nforbid: always\n");
        load(&trial, "ab-one.yaml", TEXTS("ab-one") "select: { type: aws_x }\nforbid: always\n");
        load(&trial, "ab-two.yaml", TEXTS("ab-two") "select: { type: aws_x }\nforbid: always\n");
        if (rows[i].only != NULL)
            trial.options.only = one_text(trial.arena, rows[i].only);
        if (rows[i].skip != NULL)
            trial.options.skip = one_text(trial.arena, rows[i].skip);
        trial_run(&trial, plan_of(trial.arena, "{}", change(trial.arena, "a", "\"create\"", "{}", "{}")));
        for (size_t f = 0; f < trial.findings.count; f++)
            names = arena_format(trial.arena, "%.*s%.*s ", STR_ARG(names), STR_ARG(trial.findings.items[f].rule));
        assert_text(names, rows[i].wanted);
        assert_int_equal(run_count_rules(trial.run), trial.findings.count);
        trial_close(&trial);
    }
}

static void the_profile_is_learnt_from_the_variables(void **state)
{
    (void)state;
    static const struct {
        const char *variables;
        enum profile profile;
        const char *origin;
    } rows[] = {
        { "{}", PROFILE_PRODUCTION, "" },
        { "{\"environment\":{\"value\":\"prod\"}}", PROFILE_PRODUCTION, "var.environment = \"prod\"" },
        { "{\"environment\":{\"value\":\"Dev\"}}", PROFILE_EPHEMERAL, "var.environment = \"Dev\"" },
        { "{\"env\":{\"value\":\"sandbox\"}}", PROFILE_EPHEMERAL, "var.env = \"sandbox\"" },
        { "{\"stage\":{\"value\":\"live\"}}", PROFILE_PRODUCTION, "var.stage = \"live\"" },
        { "{\"environment_suffix\":{\"value\":\"pr4821\"}}", PROFILE_EPHEMERAL,
          "var.environment_suffix = \"pr4821\"" },
        { "{\"environment\":{\"value\":\"north\"}}", PROFILE_PRODUCTION, "" },
        { "{\"environment\":{\"value\":[\"dev\"]}}", PROFILE_PRODUCTION, "" },
        { "{\"environment\":{}}", PROFILE_PRODUCTION, "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct trial trial;
        trial_open(&trial);
        trial_load_short(&trial, "forbid: always");
        trial_run(&trial, plan_of(trial.arena, rows[i].variables, change(trial.arena, "a", "\"create\"", "{}",
                                                                         "{}")));
        assert_int_equal(run_profile(trial.run), rows[i].profile);
        assert_text(run_profile_origin(trial.run), rows[i].origin);
        trial_close(&trial);
    }
}

static void the_value_of_a_sensitive_variable_is_not_told_in_any_order(void **state)
{
    (void)state;
    static const char variables[] = "{\"environment\":{\"value\":\"pr-s3cr3t\"}}";
    static const char configuration[] = "{\"root_module\":{\"variables\":{\"environment\":{\"sensitive\":true}}}}";
    for (size_t i = 0; i < 2; i++) {
        struct trial trial;
        trial_open(&trial);
        trial_load_short(&trial, "forbid: always");
        struct str one = change(trial.arena, "a", "\"create\"", "{}", "{}");
        struct str json = i == 0 ? arena_format(trial.arena,
                                                "{" FORMAT ",\"variables\":%s,\"resource_changes\":[%.*s],"
                                                             "\"configuration\":%s}", variables, STR_ARG(one),
                                                                 configuration)
                                 : arena_format(trial.arena, "{" FORMAT ",\"configuration\":%s,\"variables\":%s,"
                                                             "\"resource_changes\":[%.*s]}", configuration, variables,
                                                STR_ARG(one));
        trial_run(&trial, json);
        assert_int_equal(run_profile(trial.run), PROFILE_EPHEMERAL);
        assert_text(run_profile_origin(trial.run), "var.environment");
        trial_close(&trial);
    }
}

static void a_given_profile_beats_the_plan(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    trial_load_short(&trial, "forbid: always");
    trial.options.has_profile = true;
    trial.options.profile = PROFILE_EPHEMERAL;
    trial_run(&trial, plan_of(trial.arena, environment_prod, change(trial.arena, "a", "\"create\"", "{}", "{}")));
    assert_int_equal(run_profile(trial.run), PROFILE_EPHEMERAL);
    assert_text(run_profile_origin(trial.run), "");
    trial_close(&trial);
}

static void severity_follows_the_profile_and_the_mild_is_left_out(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    trial_load_short(&trial, "profiles: { ephemeral: info, production: high }\nforbid: always");
    load(&trial, "off.yaml", TEXTS("off") "profiles: { ephemeral: off }\nselect: { type: aws_x }\nforbid: always\n");
    struct str one = change(trial.arena, "a", "\"create\"", "{}", "{}");
    trial_run(&trial, plan_of(trial.arena, environment_prod, one));
    assert_int_equal(trial_find(&trial, "r", "aws_x.a")->severity, SEVERITY_HIGH);
    assert_int_equal(trial_verdict(&trial, "off", "aws_x.a"), 'f');
    assert_int_equal(run_count_rules(trial.run), 2);
    trial_run(&trial, plan_of(trial.arena, environment_dev, one));
    assert_int_equal(trial_find(&trial, "r", "aws_x.a")->severity, SEVERITY_INFO);
    assert_int_equal(trial_verdict(&trial, "off", "aws_x.a"), '-');
    assert_int_equal(run_count_rules(trial.run), 1);
    trial.options.least = SEVERITY_LOW;
    trial_run(&trial, plan_of(trial.arena, environment_dev, one));
    assert_int_equal(trial.findings.count, 0);
    trial_run(&trial, plan_of(trial.arena, environment_prod, one));
    assert_int_equal(trial.findings.count, 2);
    trial_close(&trial);
}

static void when_asks_for_variables_profile_and_number_of_actions(void **state)
{
    (void)state;
    static const struct {
        const char *when, *variables;
        char wanted;
    } rows[] = {
        { "{ variables: { environment: { in: [prod] } } }", "{\"environment\":{\"value\":\"prod\"}}", 'f' },
        { "{ variables: { environment: { in: [prod] } } }", "{\"environment\":{\"value\":\"dev\"}}", '-' },
        { "{ variables: { environment: { in: [prod] } } }", "{}", '-' },
        { "{ variables: { settings.size: { at_least: 3 } } }", "{\"settings\":{\"value\":{\"size\":3}}}", 'f' },
        { "{ variables: { environment: { absent: true } } }", "{}", 'f' },
        { "{ profile: production }", "{}", 'f' },
        { "{ profile: [ephemeral] }", "{}", '-' },
        { "{ profile: [ephemeral, production] }", "{}", 'f' },
        { "{ actions: { create: { at_least: 2 } } }", "{}", 'f' },
        { "{ actions: { create: { at_least: 3 } } }", "{}", '-' },
        { "{ actions: { create: { at_most: 1 } } }", "{}", '-' },
        { "{ actions: { delete: { at_most: 0 }, create: { at_least: 1 } } }", "{}", 'f' },
        { "{ profile: ephemeral, actions: { create: { at_least: 1 } } }", "{}", '-' },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct trial trial;
        char rule[200];
        trial_open(&trial);
        snprintf(rule, sizeof rule, "when: %s\nforbid: always", rows[i].when);
        trial_load_short(&trial, rule);
        struct str parts[] = { change(trial.arena, "a", "\"create\"", "{}", "{}"), STR(","),
                               change(trial.arena, "b", "\"create\"", "{}", "{}") };
        trial_run(&trial, plan_of(trial.arena, rows[i].variables, arena_join(trial.arena, parts, 3)));
        char got = trial_verdict(&trial, "r", "aws_x.a");
        if (got != rows[i].wanted)
            fail_msg("when %s on %s: expected %c, got %c", rows[i].when, rows[i].variables, rows[i].wanted, got);
        trial_close(&trial);
    }
}

static void selection_asks_for_mode_action_provider_address_and_attribute(void **state)
{
    (void)state;
    static const struct {
        const char *select;
        char wanted;
    } rows[] = {
        { "{ type: aws_x }", 'f' },
        { "{ type: aws_y }", '-' },
        { "{ type: [aws_y, \"aws_*\"] }", 'f' },
        { "{ type: aws_x, mode: data }", '-' },
        { "{ type: aws_x, mode: any }", 'f' },
        { "{ type: aws_x, action: update }", '-' },
        { "{ type: aws_x, action: [update, create] }", 'f' },
        { "{ type: aws_x, provider: aws }", 'f' },
        { "{ type: aws_x, provider: random }", '-' },
        { "{ type: aws_x, module: \"module.*\" }", '-' },
        { "{ type: aws_x, address: \"*.a\" }", 'f' },
        { "{ type: aws_x, address: \"*.b\" }", '-' },
        { "{ type: aws_x, has: n }", 'f' },
        { "{ type: aws_x, has: m }", '-' },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct trial trial;
        char rule[300];
        trial_open(&trial);
        snprintf(rule, sizeof rule, TEXTS("r") "select: %s\nforbid: always\n", rows[i].select);
        load(&trial, "r.yaml", rule);
        trial_run(&trial, plan_of(trial.arena, "{}", change(trial.arena, "a", "\"create\"", "{\"n\":1}", "{}")));
        char got = trial_verdict(&trial, "r", "aws_x.a");
        if (got != rows[i].wanted)
            fail_msg("select %s: expected %c, got %c", rows[i].select, rows[i].wanted, got);
        trial_close(&trial);
    }
}

static void a_rule_that_reports_once_lists_all_resources_in_order(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    trial_load_short(&trial, "reports: once\nrequire: { a: { equals: x } }");
    struct str parts[] = { change(trial.arena, "c", "\"create\"", "{}", "{}"), STR(","),
                           change(trial.arena, "b", "\"create\"", "{\"a\":\"x\"}", "{}"), STR(","),
                           change(trial.arena, "a", "\"create\"", "{}", "{}") };
    trial_run(&trial, plan_of(trial.arena, "{}", arena_join(trial.arena, parts, 5)));
    assert_int_equal(trial.findings.count, 1);
    const struct finding *finding = &trial.findings.items[0];
    assert_null(finding->address.p);
    assert_int_equal(finding->address_count, 2);
    assert_text(finding->addresses[0], "aws_x.a");
    assert_text(finding->addresses[1], "aws_x.c");
    assert_text(finding->message, "wrong");
    trial_run(&trial, plan_of(trial.arena, "{}", parts[0]));
    assert_text(trial.findings.items[0].address, "aws_x.c");
    trial_close(&trial);
}

static void sensitive_values_are_masked_in_messages(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    trial_load_short(&trial, "message: \"{value} {n} {m.k} {m}\"\nforbid: { n: { present: true } }");
    trial_run(&trial, STR("{\"format_version\":\"1.2\",\"variables\":{\"token\":{\"value\":\"hush-hush\"}},"
                          "\"resource_changes\":[{\"address\":\"aws_x.a\",\"mode\":\"managed\","
                          "\"type\":\"aws_x\",\"name\":"
                          "\"a\",\"change\":{\"actions\":[\"create\"],\"after\":{\"n\":\"quiet\","
                          "\"m\":{\"k\":\"low\",\"l\":"
                          "\"has hush-hush in "
                          "it\"}},\"after_unknown\":{},\"after_sensitive\":{\"n\":true,\"m\":{\"k\":true}"
                          "}}}],"
                          "\"configuration\":{\"root_module\":{\"variables\":{\"token\":{\"sensitive\":true}}}}}"));
    const struct finding *finding = trial_find(&trial, "r", "aws_x.a");
    assert_non_null(finding);
    assert_true(str_starts_with(finding->message, STR("(sensitive) (sensitive) (sensitive) ")));
    assert_true(str_find(finding->message, STR("quiet")) < 0 && str_find(finding->message, STR("hush")) < 0);
    trial_close(&trial);
}

static bool append(void *context, struct str text)
{
    struct str *all = context;
    char *larger = realloc((char *)(uintptr_t)all->p, all->n + text.n + 1);
    assert_non_null(larger);
    memcpy(larger + all->n, text.p, text.n);
    *all = (struct str){ larger, all->n + text.n };
    return true;
}

/* Rules that put every attribute of the plan into messages. */
static void load_gossip(struct trial *trial)
{
    load(trial, "gossip.yaml", TEXTS("gossip") "message: \"{value} {path} {name} {tags} {tags.Open} {tags.Closed} "
                                               "{value_wo}"
         " {environment[0].variables.PASSWORD} {environment} {ingress[0].cidr_blocks} {ingress} {input} {input.login}"
         " {input.list} {policy} {display_name} {bucket} {description}\"\n"
         "select: { type: \"*\", mode: any }\nforbid: always\n");
    load(trial, "values.yaml", TEXTS("values") "message: \"{path} {value}\"\nselect: { type: \"*\", mode: any "
                                               "}\nforbid:\n"
         "  any:\n    - { name: { present: true } }\n    - { value: { present: true } }\n");
    load(trial, "deep.yaml", TEXTS("deep") "message: \"{path} {value}\"\nselect: { type: \"*\", mode: any "
                                           "}\nforbid:\n"
         "  any:\n    - { \"tags.Closed\": { present: true } }\n    - { \"input.list[any]\": { present: true } }\n"
         "    - { \"environment[0].variables.PASSWORD\": { present: true } }\n"
         "    - { \"ingress[any].description\": { present: true } }\n");
    load(trial, "keys.yaml", TEXTS("keys") "message: \"{path} {value}\"\nselect: { type: \"*\", mode: any }\n"
         "forbid: { \"tags.keys()[any]\": { present: true } }\n");
}

static void no_report_tells_a_secret_of_the_sensitive_plan(void **state)
{
    (void)state;
    struct trial trial;
    struct str json = { NULL, 0 };
    trial_open(&trial);
    load_gossip(&trial);
    load_naming(&trial);
    trial.options.suffix = STR("zz9");
    json = trial_read_file(trial.arena, "tests/plans/sensitive.json");
    trial_run(&trial, json);
    assert_true(trial.findings.count > 8);
    static const struct str formats[] = { STR_INIT("text"), STR_INIT("json"), STR_INIT("sarif"), STR_INIT("junit"),
                                          STR_INIT("github"), STR_INIT("gitlab"), STR_INIT("markdown"),
                                          STR_INIT("html"), STR_INIT("tap"), STR_INIT("csv"), STR_INIT("atlantis") };
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct str all = { NULL, 0 };
        struct report_facts facts = { .version = STR("0"), .form = STR("plan"), .profile = STR("production"),
                                      .profile_origin = run_profile_origin(trial.run), .seconds = -1 };
        struct report_input input = { .facts = facts, .findings = trial.findings };
        struct report report = { .options = { .unknowns = UNKNOWNS_SUMMARY, .folder = STR("") }, .inputs = &input,
                                 .count = 1 };
        assert_true(report_find(formats[i])->write(trial.arena, &report, append, &all));
        ptrdiff_t at = str_find(all, STR("s3cr3t"));
        if (at >= 0)
            fail_msg("%.*s", STR_ARG(str_part(all, (size_t)at > 200 ? (size_t)at - 200 : 0, 400)));
        assert_true(str_find(all, STR("(sensitive)")) >= 0);
        free((char *)(uintptr_t)all.p);
    }
    trial_close(&trial);
}

/* A plan for the analyses of naming: two resources with these names. */
static struct str named_plan(struct trial *trial, const char *variables, const char *configuration, const char *first,
                             const char *second)
{
    struct str a = arena_format(trial->arena, "{\"name\":\"%s\"}", first);
    struct str b = arena_format(trial->arena, "{\"name\":\"%s\"}", second);
    struct str parts[] = { change(trial->arena, "a", "\"create\"", a.p, "{}"), STR(","),
                           change(trial->arena, "b", "\"create\"", b.p, "{}") };
    struct str changes = arena_join(trial->arena, parts, 3);
    return arena_format(trial->arena, "{\"format_version\":\"1.2\",\"variables\":%s,\"resource_changes\":[%.*s],"
        "\"configuration\":{\"root_module\":{\"resources\":["
        "{\"address\":\"aws_x.a\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"a\","
        "\"provider_config_key\":\"aws\","
        "\"expressions\":{\"name\":{\"constant_value\":\"%s\"}}},"
        "{\"address\":\"aws_x.b\",\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"b\","
        "\"provider_config_key\":\"aws\","
        "\"expressions\":{\"name\":{\"constant_value\":\"%s\"}}}],\"variables\":%s}}}",
        variables, STR_ARG(changes), first, second, configuration);
}

static const char suffix_pr[] = "{\"environment_suffix\":{\"value\":\"pr4821\"}}";

static void the_suffix_itself_is_looked_at(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    load_naming(&trial);
    trial_run(&trial, named_plan(&trial, "{\"environment_suffix\":{\"value\":\"PR_1\"}}", "{}", "a-pr-1", "b-pr-1"));
    const struct finding *finding = trial_find(&trial, "suffix-form", "var.environment_suffix");
    assert_non_null(finding);
    assert_text(finding->message, "the environment suffix \"PR_1\" does not match ^[a-z0-9-]+$");
    trial_run(&trial, named_plan(&trial, suffix_pr, "{}", "a-pr4821", "b-pr4821"));
    assert_null(trial_find(&trial, "suffix-form", "var.environment_suffix"));
    trial_close(&trial);
}

static void names_without_the_suffix_are_reported_together(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    load_naming(&trial);
    trial_run(&trial, named_plan(&trial, suffix_pr, "{}", "b", "a"));
    const struct finding *finding = trial_find(&trial, "suffix", NULL);
    assert_non_null(finding);
    assert_text(finding->message, "2 of 2 names lack the suffix \"pr4821\" of var.environment_suffix");
    assert_int_equal(finding->address_count, 2);
    trial_run(&trial, named_plan(&trial, suffix_pr, "{}", "b-PR4821", "a"));
    finding = trial_find(&trial, "suffix", "aws_x.b");
    assert_non_null(finding);
    assert_text(finding->message, "the name \"a\" lacks the suffix \"pr4821\" of var.environment_suffix");
    assert_text(finding->path, "name");
    trial_close(&trial);
}

static void equal_names_of_one_type_collide(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    load_naming(&trial);
    trial_run(&trial, named_plan(&trial, "{}", "{}", "same", "same"));
    const struct finding *finding = trial_find(&trial, "collision", "aws_x.b");
    assert_non_null(finding);
    assert_text(finding->message, "gets the name \"same\", which aws_x.a has too");
    assert_text(finding->related[0], "aws_x.a");
    trial_run(&trial, named_plan(&trial, "{}", "{}", "same", "other"));
    assert_null(trial_find(&trial, "collision", "aws_x.b"));
    trial_close(&trial);
}

static void an_environment_written_into_a_name_is_found(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    load_naming(&trial);
    trial_run(&trial, named_plan(&trial, suffix_pr, "{}", "prod-a-pr4821", "product-pr4821"));
    const struct finding *finding = trial_find(&trial, "words", "aws_x.a");
    assert_non_null(finding);
    assert_text(finding->message, "the name \"prod-a-pr4821\" has the environment \"prod\" written into it");
    assert_null(trial_find(&trial, "words", "aws_x.b"));
    trial_close(&trial);
}

static void a_name_that_a_longer_suffix_would_break_is_found(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    load_naming(&trial);
    trial_run(&trial, named_plan(&trial, suffix_pr, "{}", "orders-pr4821", "a-pr4821"));
    const struct finding *finding = trial_find(&trial, "length", "aws_x.a");
    assert_non_null(finding);
    assert_text(finding->message,
                "the name \"orders-pr4821\" would have 23 characters with a suffix of 16; 20 are allowed");
    assert_null(trial_find(&trial, "length", "aws_x.b"));
    trial_close(&trial);
}

static void a_sensitive_suffix_is_not_told(void **state)
{
    (void)state;
    struct trial trial;
    static const char secret[] = "{\"environment_suffix\":{\"value\":\"Hush_77\"}}";
    static const char declared[] = "{\"environment_suffix\":{\"sensitive\":true}}";
    trial_open(&trial);
    load_naming(&trial);
    trial_run(&trial, named_plan(&trial, secret, declared, "prod-orders-Hush_77", "plain"));
    assert_non_null(trial_find(&trial, "suffix-form", "var.environment_suffix"));
    assert_non_null(trial_find(&trial, "suffix", "aws_x.b"));
    assert_non_null(trial_find(&trial, "words", "aws_x.a"));
    struct str all = all_texts(&trial);
    if (str_find(all, STR("Hush")) >= 0)
        fail_msg("%.*s", STR_ARG(all));
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_result_is_the_same_in_any_order_of_keys_and_any_chunks),
        cmocka_unit_test(an_unknown_operand_is_explained_alike_in_any_order),
        cmocka_unit_test(only_what_the_plan_changes_is_judged_on_request),
        cmocka_unit_test(rules_are_chosen_and_left_out_by_glob),
        cmocka_unit_test(the_profile_is_learnt_from_the_variables),
        cmocka_unit_test(the_value_of_a_sensitive_variable_is_not_told_in_any_order),
        cmocka_unit_test(a_given_profile_beats_the_plan),
        cmocka_unit_test(severity_follows_the_profile_and_the_mild_is_left_out),
        cmocka_unit_test(when_asks_for_variables_profile_and_number_of_actions),
        cmocka_unit_test(selection_asks_for_mode_action_provider_address_and_attribute),
        cmocka_unit_test(a_rule_that_reports_once_lists_all_resources_in_order),
        cmocka_unit_test(sensitive_values_are_masked_in_messages),
        cmocka_unit_test(no_report_tells_a_secret_of_the_sensitive_plan),
        cmocka_unit_test(the_suffix_itself_is_looked_at),
        cmocka_unit_test(names_without_the_suffix_are_reported_together),
        cmocka_unit_test(equal_names_of_one_type_collide),
        cmocka_unit_test(an_environment_written_into_a_name_is_found),
        cmocka_unit_test(a_name_that_a_longer_suffix_would_break_is_found),
        cmocka_unit_test(a_sensitive_suffix_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
