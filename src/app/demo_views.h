/* demo_views.h - what the demo's pages show. */
#pragma once
#include "components.h"
#include "demo.h"
#include "html.h"
#include "message_store.h"

typedef struct DemoStop {
    const char *title, *text, *who;
    Url url;
} DemoStop;

typedef struct DemoView {
    const char *now;
    int64_t waiting; /* jobs not done yet */
    const DemoPerson *people;
    size_t people_count;
    const DemoStop *stops;
    size_t stop_count;
    const Form *form;
} DemoView;

typedef struct DemoMailsView {
    const char *address; /* "" : everybody's */
    Mails mails;
} DemoMailsView;

/* A mail's text, cut where its links are. */
typedef struct MailPart {
    const char *text;
    Url url; /* none: words */
} MailPart;
typedef struct DemoMailView {
    Mail mail;
    MailPart *parts;
    size_t part_count;
} DemoMailView;
