#include "rule_trial.h"

#define HEAD "id: r\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { type: aws_x }\n"

static void add_table(struct trial *trial)
{
    static const char text[] = "table: runtimes\nabout: a\nsource: s\ndate: 2026-01-01\nrows: [one, two]\n";
    assert_true(rule_load_table(&trial->rules, STR("runtimes.yaml"), str_from(text), &trial->error));
}

struct mistake {
    const char *yaml;
    const char *wanted; /* line:column: the whole text, or its beginning and "..." */
};

static bool fits(const char *got, const char *wanted)
{
    size_t n = strlen(wanted);
    if (n > 3 && strcmp(wanted + n - 3, "...") == 0)
        return strncmp(got, wanted, n - 3) == 0;
    return strcmp(got, wanted) == 0;
}

static void assert_mistakes(const struct mistake *mistakes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct trial trial;
        char got[1000];
        trial_open(&trial);
        add_table(&trial);
        if (trial_load(&trial, "policies/own/r.yaml", mistakes[i].yaml))
            fail_msg("was taken:\n%s", mistakes[i].yaml);
        snprintf(got, sizeof got, "%zu:%zu: %s", trial.error.line, trial.error.column, trial.error.text);
        if (!fits(got, mistakes[i].wanted))
            fail_msg("%s\nexpected %s\ngot      %s", mistakes[i].yaml, mistakes[i].wanted, got);
        assert_int_equal(trial.error.code, ERROR_POLICY);
        assert_text(trial.error.file, "policies/own/r.yaml");
        trial_close(&trial);
    }
}

#define ASSERT_MISTAKES(mistakes) assert_mistakes((mistakes), sizeof(mistakes) / sizeof(mistakes)[0])

static void misspelt_keys_come_with_their_place_and_a_suggestion(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { HEAD "requires: { a: { equals: 1 } }\n", "7:1: a rule has no key \"requires\"; did you mean \"require\"?" },
        { HEAD "require: { a: { equals: 1 } }\nzebra: 1\n",
          "8:1: a rule has no key \"zebra\"; id, title, severity, ..." },
        { "id: r\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { types: aws_x }\nforbid: always\n",
          "6:11: select has no key \"types\"; did you mean \"type\"?" },
        { HEAD "forbid: always\nexample: { hcl2: x }\n", "8:12: example has no key \"hcl2\"; did you mean \"hcl\"?" },
        { HEAD "forbid: always\nprofiles: { prodction: low }\n",
          "8:13: profiles has no key \"prodction\"; did you mean \"production\"?" },
        { HEAD "forbid: always\ntreat: { abesnt: pass }\n",
          "8:10: treat has no key \"abesnt\"; did you mean \"absent\"?" },
        { HEAD "forbid: always\nwhen: { variable: { a: { equals: 1 } } }\n",
          "8:9: when has no key \"variable\"; did you mean \"variables\"?" },
        { HEAD "require: { a: { equals: { path: b, pluss: 1 } } }\n",
          "7:36: an operand with a path has no key \"pluss\"; did you mean \"plus\"?" },
    };
    ASSERT_MISTAKES(mistakes);
}

static void misspelt_operators_parameters_tables_and_analyses_come_with_a_suggestion(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { HEAD "require:\n  a: { equal: 1 }\n", "8:8: there is no operator \"equal\"; did you mean \"equals\"?" },
        { HEAD "require:\n  a: { startswith: x }\n",
          "8:8: there is no operator \"startswith\"; did you mean \"starts_with\"?" },
        { HEAD "require:\n  a: { zzz: x }\n", "8:8: there is no operator \"zzz\"; see policies/README.md" },
        { HEAD "parameters: { most: 3 }\nrequire:\n  a: { at_most: { parameter: mots } }\n",
          "9:30: there is no parameter \"mots\"; did you mean \"most\"?" },
        { HEAD "require:\n  a: { at_most: { parameter: most } }\n", "8:30: there is no parameter \"most\"" },
        { HEAD "require:\n  a: { in: { table: runtime } }\n",
          "8:21: there is no table \"runtime\"; did you mean \"runtimes\"?" },
        { HEAD "require:\n  a: { in: { table: runtimes, key: b } }\n",
          "8:36: table \"runtimes\" is a list and has no keys" },
        { HEAD "analysis: name-colision\n", "7:11: \"name-colision\" is none of ..." },
        { HEAD "analysis: { name: name-length }\n",
          "7:11: analysis name-length needs the parameter \"suffix_length\"" },
    };
    ASSERT_MISTAKES(mistakes);
}

static void values_of_the_wrong_kind_say_what_was_expected(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { HEAD "require: { a: { in: x } }\n", "7:21: in: a list was expected, not a string" },
        { HEAD "require: { a: { at_least: x } }\n", "7:27: at_least: a number was expected, not a string" },
        { HEAD "require: { a: { matches: [[x]] } }\n",
          "7:26: matches: a text or a list of texts was expected, not a list" },
        { HEAD "require: { a: { present: false } }\n",
          "7:26: present: true was expected; use not or forbid for the opposite, not true or false" },
        { HEAD "require: { a: { is: xml } }\n", "7:21: is: json, arn, cidr or number was expected, not a string" },
        { HEAD "require: { a: { length: { most: 3 } } }\n",
          "7:25: length: a number, or equals, at_least, at_most with one was expected, not a mapping" },
        { HEAD "require: { a: { contains: [x] } }\n",
          "7:27: contains: a string, number or bool was expected, not a list" },
        { HEAD "require: { a: { some: x } }\n",
          "7:23: a mapping of attribute paths to tests was expected, not a string" },
        { HEAD "require: { a: 1 }\n", "7:15: a mapping of operators was expected, as { equals: ... }, not a number" },
        { HEAD "require: { a: {} }\n", "7:15: a mapping of operators was expected..." },
        { HEAD "require: []\n", "7:10: a mapping of attribute paths to tests was expected, not a list" },
        { HEAD "require: { any: { a: { equals: 1 } } }\n",
          "7:17: any: a list of conditions was expected, not a mapping" },
        { HEAD "require: { any: [] }\n", "7:17: any: a list of conditions was expected, not a list" },
        { HEAD "require: { a: { equals: { path: b, plus: x } } }\n", "7:42: a number was expected, not a string" },
        { HEAD "forbid: always\nparameters: [a]\n",
          "8:13: parameters: a mapping of names to default values was expected" },
        { HEAD "forbid: always\ncases: {}\n", "8:8: cases: a list was expected, not a mapping" },
        { HEAD "forbid: always\nalso: { a: b }\n", "8:7: a text was expected, not a mapping" },
        { HEAD "forbid: always\nmessage: \"\"\n", "8:10: a text was expected, not an empty one" },
        { HEAD "forbid: always\nreports: twice\n", "8:10: each or once was expected" },
        { HEAD "forbid: always\ntreat: { unset: warn }\n", "8:17: pass, fail or unknown was expected" },
        { HEAD "forbid: always\nwhen: { profile: prodution }\n",
          "8:18: \"prodution\" is none of production or ephemeral; did you mean \"production\"?" },
        { HEAD "forbid: always\nwhen: { actions: { deleted: { at_least: 1 } } }\n",
          "8:20: there is no action \"deleted\"; ..." },
        { HEAD "forbid: always\nwhen: { actions: { delete: { at_least: many } } }\n",
          "8:40: a number was expected, not a string" },
        { "- id: r\n", "1:1: a rule was expected to be a mapping, not a list" },
        { "", "1:1: a rule was expected to be a mapping, not ..." },
    };
    ASSERT_MISTAKES(mistakes);
}

static void regular_expressions_and_paths_are_checked_when_the_rule_is_loaded(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { HEAD "require: { a: { matches: \"(x\" } }\n", "7:26: ..." },
        { HEAD "require: { \"a[\": { equals: 1 } }\n",
          "7:12: path \"a[\": a number, *, any or a quoted key was expected in the brackets at character 3" },
        { HEAD "require: { \"a..b\": { equals: 1 } }\n", "7:12: path \"a..b\": a name was expected at character 3" },
        { HEAD "require: { a: { equals: { path: \"b.\" } } }\n",
          "7:33: path \"b.\": a name was expected at character 3" },
        { HEAD "forbid: always\nmessage: has {a[}\n", "8:10: path \"a[\": ..." },
    };
    ASSERT_MISTAKES(mistakes);
}

static void what_a_rule_lacks_is_named(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "title: t\n", "1:1: the rule lacks \"id\"" },
        { "id: r\nseverity: low\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n",
          "1:1: the rule lacks \"title\"" },
        { "id: r\ntitle: t\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n",
          "1:1: the rule lacks \"severity\"" },
        { "id: r\ntitle: t\nseverity: low\nfix: f\nselect: { type: a }\nforbid: always\n",
          "1:1: the rule lacks \"why\"" },
        { "id: r\ntitle: t\nseverity: low\nwhy: w\nselect: { type: a }\nforbid: always\n",
          "1:1: the rule lacks \"fix\"" },
        { "id: r\ntitle: t\nseverity: low\nwhy: w\nfix: f\nforbid: always\n", "1:1: the rule lacks \"select\"" },
        { "id: r\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { mode: data }\nforbid: always\n",
          "6:9: select: a type was expected, \"*\" for all" },
        { HEAD, "1:1: a rule has require, forbid and related, or some of them, or an analysis" },
        { HEAD "forbid: always\nanalysis: name-collision\n",
          "1:1: a rule has require, forbid and related, or some of them, or an analysis" },
    };
    ASSERT_MISTAKES(mistakes);
}

static void names_of_severities_actions_and_modes_come_from_closed_lists(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "id: r\ntitle: t\nseverity: hihg\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n",
          "3:11: \"hihg\" is none of error, high, medium, low or info; did you mean \"high\"?" },
        { "id: r\ntitle: t\nseverity: critical\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n",
          "3:11: error, high, medium, low or info was expected" },
        { "id: r\ntitle: t\nseverity: off\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n", "3:11: ..." },
        { "id: r\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { type: a, action: [create, destroy] }\nforbid: "
          "always\n",
          "6:37: ..." },
        { "id: r\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { type: a, mode: manged }\nforbid: always\n",
          "6:26: \"manged\" is none of managed, data, ephemeral, block or any; did you mean \"managed\"?" },
    };
    ASSERT_MISTAKES(mistakes);
}

static void an_id_is_kebab_case_and_the_name_of_its_file(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "id: s\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n",
          "1:5: id: the file has to be named s.yaml" },
        { "id: R\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n",
          "1:5: id: a name of small letters, digits and single - was expected" },
        { "id: r-\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n",
          "1:5: id: a name of small letters, digits and single - was expected" },
        { "id: a--b\ntitle: t\nseverity: low\nwhy: w\nfix: f\nselect: { type: a }\nforbid: always\n",
          "1:5: id: a name of small letters, digits and single - was expected" },
    };
    ASSERT_MISTAKES(mistakes);
}

static void yaml_itself_is_read_strictly(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { HEAD "forbid: always\nfix: again\n", "8:1: ..." },
        { HEAD "forbid: &a always\n", "7:9: ..." },
        { HEAD "forbid: [always\n", "8:1: ..." },
    };
    ASSERT_MISTAKES(mistakes);
}

static void two_rules_of_one_id_name_both_files(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    assert_true(trial_load(&trial, "a/r.yaml", HEAD "forbid: always\n"));
    assert_false(trial_load(&trial, "b/r.yaml", HEAD "forbid: always\n"));
    assert_text(trial.error.file, "b/r.yaml");
    assert_int_equal(trial.error.line, 1);
    assert_string_equal(trial.error.text, "there is a rule \"r\" already, in a/r.yaml");
    trial_close(&trial);
}

static void mistakes_in_tables_have_a_place_too(void **state)
{
    (void)state;
    static const struct mistake mistakes[] = {
        { "table: t\nabout: a\nsource: s\ndate: 2026-01-01\n", "1:1: the table lacks \"rows\"" },
        { "table: t\nabout: a\nsource: s\ndate: 2026-01-01\nrows: one\n",
          "5:7: rows: a list or a mapping was expected, not a string" },
        { "table: t\nabout: a\nsources: s\n", "3:1: a table has no key \"sources\"; did you mean \"source\"?" },
        { "table: runtimes\nabout: a\nsource: s\ndate: 2026-01-01\nrows: []\n",
          "1:8: there is a table \"runtimes\" already" },
        { "[]", "1:1: a table was expected to be a mapping, not a list" },
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        struct trial trial;
        char got[1000];
        trial_open(&trial);
        add_table(&trial);
        assert_false(rule_load_table(&trial.rules, STR("t.yaml"), str_from(mistakes[i].yaml), &trial.error));
        snprintf(got, sizeof got, "%zu:%zu: %s", trial.error.line, trial.error.column, trial.error.text);
        assert_string_equal(got, mistakes[i].wanted);
        trial_close(&trial);
    }
}

/* Load a rule with two parameters after setting one of them. */
static bool load_with(struct trial *trial, const char *id, const char *name, const char *text)
{
    trial_open(trial);
    return rule_set_parameter(&trial->rules, str_from(id), str_from(name), str_from(text), &trial->error) &&
           trial_load(trial, "r.yaml", HEAD "parameters: { most: 3, names: [a, b] }\nrequire: { a: { at_most: { "
                                            "parameter:"
                                            " most } }, b: { in: { parameter: names } } }\n") &&
           rules_close(&trial->rules, &trial->error);
}

static void set_of_the_wrong_kind_or_of_nothing_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *id, *name, *text, *wanted;
    } rows[] = {
        { "r", "most", "many", "--set r.most: a number was expected, not a string" },
        { "r", "most", "[1]", "--set r.most: a number was expected, not a list" },
        { "r", "names", "a", "--set r.names: a list was expected, not a string" },
        { "r", "mots", "1", "--set r.mots: there is no such parameter of that rule" },
        { "q", "most", "1", "--set q.most: there is no such rule" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct trial trial;
        assert_false(load_with(&trial, rows[i].id, rows[i].name, rows[i].text));
        assert_string_equal(trial.error.text, rows[i].wanted);
        assert_int_equal(trial.error.code, ERROR_USAGE);
        trial_close(&trial);
    }
}

static void set_gives_the_parameter_another_value(void **state)
{
    (void)state;
    struct trial trial;
    assert_true(load_with(&trial, "r", "most", "7"));
    trial_run(&trial,
              STR("{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"aws_x.a\",\"mode\":\"managed\","
                          "\"type\":\"aws_x\",\"name\":\"a\",\"change\":{\"actions\":[\"create\"],\"after\":{\"a\":7,"
                          "\"b\":\"a\"},\"after_unknown\":{}}}]}"));
    assert_int_equal(trial.findings.count, 0);
    trial_close(&trial);
    assert_true(load_with(&trial, "r", "names", "[x, y]"));
    trial_close(&trial);
}

static void a_rule_may_be_written_in_json(void **state)
{
    (void)state;
    struct trial trial;
    trial_open(&trial);
    assert_true(trial_load(&trial, "r.json",
                           "{\"id\":\"r\",\"title\":\"t\",\"severity\":\"low\",\"why\":\"w\",\"fix\":\"f\","
                                             "\"select\":{\"type\":\"aws_x\"},\"require\":{\"a\":{\"equals\":1}}}"));
    assert_non_null(rule_find(&trial.rules, STR("r")));
    assert_null(rule_find(&trial.rules, STR("s")));
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misspelt_keys_come_with_their_place_and_a_suggestion),
        cmocka_unit_test(misspelt_operators_parameters_tables_and_analyses_come_with_a_suggestion),
        cmocka_unit_test(values_of_the_wrong_kind_say_what_was_expected),
        cmocka_unit_test(regular_expressions_and_paths_are_checked_when_the_rule_is_loaded),
        cmocka_unit_test(what_a_rule_lacks_is_named),
        cmocka_unit_test(names_of_severities_actions_and_modes_come_from_closed_lists),
        cmocka_unit_test(an_id_is_kebab_case_and_the_name_of_its_file),
        cmocka_unit_test(yaml_itself_is_read_strictly),
        cmocka_unit_test(two_rules_of_one_id_name_both_files),
        cmocka_unit_test(mistakes_in_tables_have_a_place_too),
        cmocka_unit_test(set_of_the_wrong_kind_or_of_nothing_is_refused),
        cmocka_unit_test(set_gives_the_parameter_another_value),
        cmocka_unit_test(a_rule_may_be_written_in_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
