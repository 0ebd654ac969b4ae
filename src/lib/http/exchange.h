/* exchange.h - one request from its first line to the last byte of its answer. Private to lib/http. */
#pragma once
#include <microhttpd.h>

#include "web.h"

typedef struct Exchange Exchange;

Exchange *exchange_new(Web *web, const char *target, struct MHD_Connection *connection);
/* Called by libmicrohttpd: once with the head, then with pieces of the body, then with nothing: the
 * answer is due. */
enum MHD_Result exchange_step(Exchange *x, struct MHD_Connection *connection, const char *method,
                              const char *version, const char *data, size_t *n);
void exchange_end(Exchange *x, bool was_sent); /* logs one line and frees everything */
