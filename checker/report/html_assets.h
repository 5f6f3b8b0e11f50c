/* Style and script of the HTML report. For the room's own use. */
#ifndef TFCHECK_REPORT_HTML_ASSETS_H
#define TFCHECK_REPORT_HTML_ASSETS_H

/* Lines without line ends, up to NULL. */
extern const char *const html_style[];
extern const char *const html_script[];

/* The page's content security policy: nothing but this style and this script, known by their SHA-256. */
extern const char html_policy[];
#endif
