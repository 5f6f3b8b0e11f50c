#include "wiring/rights.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "wiring/link.h"
#include "wiring/wiring.h"

const struct str rights_reads[] = {
    STR_INIT("aws_lambda_function.role"),
    STR_INIT("aws_iam_role.name"),
    STR_INIT("aws_iam_role.assume_role_policy"),
    STR_INIT("aws_iam_role.inline_policy"),
    STR_INIT("aws_iam_role.managed_policy_arns"),
    STR_INIT("aws_iam_instance_profile.role"),
    STR_INIT("aws_iam_role_policy.role"),
    STR_INIT("aws_iam_role_policy.policy"),
    STR_INIT("aws_iam_role_policy_attachment.role"),
    STR_INIT("aws_iam_role_policy_attachment.policy_arn"),
    STR_INIT("aws_iam_policy_attachment.roles"),
    STR_INIT("aws_iam_policy_attachment.policy_arn"),
    STR_INIT("aws_iam_policy.policy"),
    STR_INIT("data.aws_iam_policy_document.statement"),
    STR_INIT("data.aws_iam_policy_document.source_policy_documents"),
    STR_INIT("data.aws_iam_policy_document.override_policy_documents"),
    { NULL, 0 },
};

struct rights {
    struct wiring *wiring;
    const struct value *managed;
    struct link_index *roles;    /* roles and instance profiles by name, ARN and place */
    struct link_index *attached; /* what names a role */
    struct link_index *policies; /* aws_iam_policy by ARN and place */
    const struct path *policy, *policy_arn, *inline_policy, *managed_arns, *profile_role;
};

static const struct path *compile(struct arena *arena, const char *text)
{
    struct error ignored = { 0 };
    return path_compile(arena, str_from(text), &ignored);
}

static struct link_end end_of(struct arena *arena, const char *const *paths, size_t count)
{
    struct link_end end = { .count = count };
    end.paths = arena_get(arena, (count + 1) * sizeof *end.paths);
    for (size_t i = 0; i < count; i++)
        end.paths[i] = compile(arena, paths[i]);
    return end;
}

struct rights *rights_open(struct wiring *wiring, struct arena *arena, const struct value *managed)
{
    static const struct str role_types[] = { STR_INIT("aws_iam_role"), STR_INIT("aws_iam_instance_profile") };
    static const struct str attached_types[] = { STR_INIT("aws_iam_role_policy"),
                                                 STR_INIT("aws_iam_role_policy_attachment"),
                                                 STR_INIT("aws_iam_policy_attachment") };
    static const struct str policy_types[] = { STR_INIT("aws_iam_policy") };
    static const char *const role_paths[] = { "role", "roles[*]" };
    struct rights *rights = arena_get(arena, sizeof *rights);
    rights->wiring = wiring;
    rights->managed = managed;
    rights->roles = link_index_build(wiring, arena, role_types, 2, (struct link_end){ 0 });
    rights->attached = link_index_build(wiring, arena, attached_types, 3, end_of(arena, role_paths, 2));
    rights->policies = link_index_build(wiring, arena, policy_types, 1, (struct link_end){ 0 });
    rights->policy = compile(arena, "policy");
    rights->policy_arn = compile(arena, "policy_arn");
    rights->inline_policy = compile(arena, "inline_policy[*].policy");
    rights->managed_arns = compile(arena, "managed_policy_arns[*]");
    rights->profile_role = compile(arena, "role");
    return rights;
}

struct collecting {
    struct rights *rights;
    struct role_rights *role;
    bool is_sure;
    size_t found;
};

static void leave_open(struct collecting *collecting, struct str reason)
{
    collecting->role->document.is_open = true;
    collecting->role->document.reason = reason;
}

static void note_address(struct role_rights *role, struct str address)
{
    if (role->address_count < sizeof role->addresses / sizeof role->addresses[0])
        role->addresses[role->address_count++] = address;
}

/* A policy that AWS manages, by its ARN. */
static void add_managed(struct collecting *collecting, struct str arn)
{
    struct arena *scratch = collecting->rights->wiring->scratch;
    size_t n = arn.n;
    while (n > 0 && arn.p[n - 1] != '/')
        n--;
    const struct value *actions = value_find(collecting->rights->managed, str_from_offset(arn, n));
    if (!str_starts_with(arn, STR("arn:aws")) || actions == NULL) {
        leave_open(collecting, arn);
        return;
    }
    struct statement statement = { .is_allow = true, .has_actions = true, .has_resources = true };
    for (const struct value *item = actions->first; item != NULL; item = item->next)
        VEC_ADD(scratch, &statement.actions, item->text);
    VEC_ADD(scratch, &statement.resources, STR("*"));
    VEC_ADD(scratch, &collecting->role->document, statement);
}

static bool add_policy(void *context, struct node *node, bool is_sure)
{
    struct collecting *collecting = context;
    collecting->found++;
    if (!is_sure)
        leave_open(collecting, node->resource.address);
    document_add_path(collecting->rights->wiring, node, collecting->rights->policy, &collecting->role->document);
    note_address(collecting->role, node->resource.address);
    return true;
}

/* The policies that an attribute with ARNs leads to. */
static void add_arns(struct collecting *collecting, const struct node *node, const struct path *path)
{
    struct wiring *wiring = collecting->rights->wiring;
    struct terms terms = { 0 };
    terms_add_path(wiring, node, path, &terms);
    size_t before = collecting->found;
    link_each(wiring, collecting->rights->policies, &terms, add_policy, collecting);
    for (size_t i = 0; i < terms.count; i++)
        if (terms.items[i].kind == TERM_VALUE && str_find(terms.items[i].text, STR(":iam::aws:policy/")) > 0)
            add_managed(collecting, terms.items[i].text);
        else if (terms.items[i].kind == TERM_VALUE && collecting->found == before &&
                 str_starts_with(terms.items[i].text, STR("arn:")))
            leave_open(collecting, terms.items[i].text);
    if (terms.is_open)
        leave_open(collecting, terms.reason);
    else if (terms.count > 0 && terms.items[0].kind == TERM_PLACE && collecting->found == before)
        leave_open(collecting, terms.items[0].text);
}

static bool add_attached(void *context, struct node *node, bool is_sure)
{
    struct collecting *collecting = context;
    if (!is_sure)
        leave_open(collecting, node->resource.address);
    note_address(collecting->role, node->resource.address);
    if (str_equal(node->resource.type, STR("aws_iam_role_policy")))
        document_add_path(collecting->rights->wiring, node, collecting->rights->policy, &collecting->role->document);
    else
        add_arns(collecting, node, collecting->rights->policy_arn);
    return true;
}

static bool note_open(void *context, struct node *node, struct str reason)
{
    (void)node;
    leave_open(context, reason);
    return false;
}

void rights_collect(struct rights *rights, struct role_rights *role)
{
    struct collecting collecting = { .rights = rights, .role = role };
    struct wiring *wiring = rights->wiring;
    note_address(role, role->role->resource.address);
    document_add_path(wiring, role->role, rights->inline_policy, &role->document);
    add_arns(&collecting, role->role, rights->managed_arns);
    struct terms ours = link_terms(wiring, role->role, (struct link_end){ 0 }, (struct link_end){ 0 }, STR(""));
    link_each(wiring, rights->attached, &ours, add_attached, &collecting);
    link_each_open(rights->attached, note_open, &collecting);
}

struct visiting {
    struct rights *rights;
    void (*visit)(void *context, struct role_rights *role, bool is_sure);
    void *context;
    bool is_sure;
    int depth;
};

static void each_role(struct visiting *visiting, const struct node *node, const struct path *path);

static bool visit_role(void *context, struct node *node, bool is_sure)
{
    struct visiting *visiting = context;
    if (str_equal(node->resource.type, STR("aws_iam_role"))) {
        struct role_rights role = { .role = node };
        visiting->visit(visiting->context, &role, is_sure && visiting->is_sure);
    } else if (visiting->depth == 0) {
        struct visiting inner = *visiting;
        inner.depth = 1;
        inner.is_sure &= is_sure;
        each_role(&inner, node, visiting->rights->profile_role);
    }
    return true;
}

/* An instance profile leads to its role: two steps at most. */
static void each_role(struct visiting *visiting, const struct node *node, const struct path *path)
{
    struct terms terms = { 0 };
    terms_add_path(visiting->rights->wiring, node, path, &terms);
    link_each(visiting->rights->wiring, visiting->rights->roles, &terms, visit_role, visiting);
}

void rights_each_role(struct rights *rights, const struct node *node, const struct path *path,
                      void (*visit)(void *context, struct role_rights *role, bool is_sure), void *context)
{
    struct visiting visiting = { rights, visit, context, true, 0 };
    each_role(&visiting, node, path);
}
