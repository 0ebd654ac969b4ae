/* access.h - what app does before a handler: who is it, may he come here, is this POST really his. */
#pragma once
#include "request.h"
#include "viewer.h"

/* Reads the cookie; sets rq->viewer (a nobody when there is none) and rq->csrf. One query at most. When the
 * store fails the reply is written: rq->status is set. */
void people_recognise(Request *rq);
/* Role and CSRF. True: go on. False: the reply is written (login page, 404 for another's place, 403 for a
 * foreign form). */
bool people_admit(Request *rq, unsigned roles);
/* Sets the login cookie (HttpOnly; SameSite=Lax; Secure when https). */
void people_cookie(Request *rq, const char *token);
void people_error_page(Request *rq, int status, const char *what); /* for reply_error_page() */
