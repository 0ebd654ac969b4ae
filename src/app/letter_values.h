/* letter_values.h - what the holes of texts/mails are filled with, for one recipient. */
#pragma once
#include "reach.h"
#include "template.h"

enum { LETTER_FILES_MAX = 12 };

/* Every hole of message/mail_fields.def is set: to "" where the mail does not speak of it. */
Values *letter_values(Tx *tx, const char *mail, const Recipient *to, const About *about, Instant now);
