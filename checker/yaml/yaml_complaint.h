/* What libyaml complains about, in words for people who do not know its grammar. For the room's own use. */
#ifndef TFCHECK_YAML_YAML_COMPLAINT_H
#define TFCHECK_YAML_YAML_COMPLAINT_H
#include <stdbool.h>
struct yaml_parser_s;
struct yaml_source;

/* Fill the source's error from a parser that failed for another reason than memory. Always false. */
bool yaml_complaint_report(struct yaml_source *source, const struct yaml_parser_s *parser);
#endif
