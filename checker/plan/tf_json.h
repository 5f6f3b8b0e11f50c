/* Configuration in JSON syntax (Terraform JSON Configuration Syntax), as CDKTF writes it to cdk.tf.json: turned into
 * the same resources and configuration that a plan has. */
#ifndef TFCHECK_PLAN_TF_JSON_H
#define TFCHECK_PLAN_TF_JSON_H
#include "plan/plan_read.h"
#include "plan/value.h"
struct arena;
struct expression;
struct plan;

/* Fill plan from plan->written, the whole document, and tell events every resource, data source and other block. A
 * resource's after is what was written, evaluated; what nobody wrote is not in it. Works in scratch, which is reset. */
void tf_json_read(struct plan *plan, struct arena *scratch, const struct plan_events *events, void *context);

/* Call visit with every block of that kind ("resource", "variable", ...) in the document: labels are its type and name,
 * or its name alone (type no string). body is an object. Several documents' worth of lists and repeated bodies are
 * passed through. */
void tf_json_each(const struct value *document, struct str kind,
                  void (*visit)(void *context, struct str type, struct str name, const struct value *body),
                  void *context);

/* The value that is written, evaluated as far as literals, defaults of variables, locals and literal arguments of other
 * resources go; what is more is unknown, with the template as its text. In arena. */
struct value *tf_json_evaluate(const struct plan *plan, struct arena *arena, const struct value *written);

/* The value of a literal, in arena; NULL for a reference and every other expression. */
struct value *tf_json_scalar(struct arena *arena, const struct expression *expression);

/* The tree of a template that holds JSON, such as a policy with the ARN of a resource in it: texts that are known later
 * are unknown in it. In arena. An unknown value when it is no JSON. */
struct value *tf_json_parse(const struct plan *plan, struct arena *arena, struct str template);

/* The texts that a template, the text of an unknown value, is sure to begin and to end with; empty where it begins or
 * ends with what is not known. In arena. */
void tf_json_find_ends(const struct plan *plan, struct arena *arena, struct str template, struct str *beginning,
                       struct str *end);

/* What is written, as the expressions of a plan's configuration part: references, or a constant. A local counts as what
 * it refers to itself. In arena. */
struct value *tf_json_expression(const struct plan *plan, struct arena *arena, const struct value *written);

/* Everything that is referred to in written, as a list of texts, each followed by the address it belongs to. In arena.
 */
struct value *tf_json_references(const struct plan *plan, struct arena *arena, const struct value *written);
#endif
