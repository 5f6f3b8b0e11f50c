/* Waivers in the configuration, or in a file that it names. */
#ifndef TFCHECK_CLI_CONFIG_WAIVERS_H
#define TFCHECK_CLI_CONFIG_WAIVERS_H
#include "findings/waiver.h"
#include "rules/shape.h"

/* Add the waivers of node: a list, or the name of a YAML file that holds one, from folder on. False and the error
 * filled when one is not of the right form; one without a reason or past its date is of the right form. */
bool config_read_waivers(const struct shape *shape, const struct yaml_node *node, struct str folder,
                         struct waivers *waivers);
#endif
