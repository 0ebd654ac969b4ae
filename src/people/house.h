/* house.h - the instance as it was started: what every page and job may know of it. */
#pragma once
#include "types.h"

typedef struct House {
    const char *folder;     /* of the instance: database, uploads, mails, config */
    const char *db_url;
    const char *public_url; /* https://formation.example, no slash at the end; begins every mailed link */
    bool        is_demo;    /* clock from the setting row, /demo/..., nothing ever leaves */
    const char *mail_folder; /* "" : SMTP */
    const char *smtp_url, *smtp_user, *smtp_password, *smtp_ca, *mail_host;
    bool        smtp_needs_tls;
} House;
