/* frame.h - the frame around every page: header with the viewer's menu, crumb, footer, title. And what
 * handlers share. */
#pragma once
#include "house.h"
#include "request.h"
#include "viewer.h"

typedef struct Crumb { const char *label; Url url; } Crumb;

typedef struct Page {
    /* of the window: begins with what matters; "Erreur :" is put before it when `form` has errors */
    const char *title;
    Html       *body;    /* what goes inside <main> */
    bool        is_dense; /* staff pages */
    bool        is_narrow; /* phone pages: sign, codes */
    /* the current entry of the main navigation: dossiers, sessions, argent, qualite, reglages */
    const char *nav;
    Html       *side;    /* staff: the side bar, or NULL */
    Crumb       crumbs[3];
    const Form *form;
    const char *script;  /* "worklist.js" or NULL */
    int         refresh_seconds; /* 0: none */
} Page;

Html *page_html(Request *rq);                         /* a new body with csrf and request_key set */
void  page_send(Request *rq, int status, const Page *page);
const House *rq_house(const Request *rq);

/* An act needs a code typed on this device lately. True: go on. False: the reply is already a redirect to
 * /code?next=... */
bool page_needs_proof(Request *rq);
/* One sentence shown on the next page (a cookie read once): "Session validée." */
void page_say(Request *rq, const char *sentence);
