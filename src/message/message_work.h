/* message_work.h - sends what is queued. */
#pragma once
#include "db.h"
#include "mail.h"

/* Sends the next due mail; false when none is due. Those found "sending" from a dead worker become unknown
 * over SMTP, and are simply sent again into a folder (the file's name makes it exactly-once). */
bool message_send_next(Db *db, Arena *arena, const MailRoute *route, const char *from_address,
                       const char *from_name, Instant now);
