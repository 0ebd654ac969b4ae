/* frame_views.h - what frame.html shows: the page around a page, ready to write. Private to the room. */
#pragma once
#include "components.h"
#include "frame.h"

typedef struct FrameView {
    const Page         *page;
    const Viewer       *viewer;
    const char         *house;       /* its name */
    const char         *window_title, *said; /* said: one sentence of the page before, or "" */
    CrumbLink           crumbs[3];
    size_t              crumb_count;
    Url                 home, app_css, font, logo, script, phone_url;
    const char         *refresh;     /* seconds, or NULL */
    const char         *demo_date;   /* NULL: no demo */
    const char         *nda;         /* in groups; "" : none yet */
    bool                is_bare;     /* error pages: no menu, light to send */
} FrameView;

typedef struct ErrorView {
    int         status;
    const char *title, *what, *number, *when, *phone;
    Url         phone_url, home;
    bool        is_known; /* logged in */
} ErrorView;
