/* markdown_html.h - texts of ours in Markdown (help pages) into HTML; raw HTML and unsafe links in it are
 * left out. */
#pragma once
#include "html.h"

void html_markdown(Html *h, const char *markdown);
