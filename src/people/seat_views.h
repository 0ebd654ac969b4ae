/* seat_views.h - who sits before us, in whose house: what people_recognise() found. Private to people. */
#pragma once
#include "people_login_store.h"
#include "request.h"

typedef struct Seat {
    Viewer       viewer;
    Entered      entered; /* zero for a nobody */
    const char  *house_name, *house_nda, *house_phone; /* of the organisation: what every page says of it */
} Seat;

/* NULL before people_recognise(), for example when a body was too long to be read. */
const Seat *seat_of(const Request *rq);
const char *seat_token(const Request *rq); /* of the login's cookie */
const char *seat_address(Request *rq); /* of this very page, ready to be a parameter: where to come back */
Instant     seat_real_now(const Request *rq); /* limits follow the real clock, also in the demo */
const char *seat_digits(Arena *arena, const char *typed); /* "482 913" -> "482913" */
Url         seat_home(Arena *arena, unsigned role);
void        seat_cookie(Request *rq, const char *name, const char *value, int64_t seconds);
/* After a login: its cookie, the former login closed, and on to `wanted` or the role's own page. */
void seat_enter(Request *rq, Tx *tx, AccountId account_id, LinkId link_id, bool is_proved, const char *wanted,
                unsigned role);
bool seat_may_try(Request *rq, Tx *tx, const char *what, const char *who); /* false: 429 is the reply */
