/* mail_route.h - inside lib/mail: the two ways out that mail_send() chooses from. */
#pragma once
#include "mail.h"

MailFate mail_to_folder(Arena *arena, const char *folder, const char *message_id, Bytes bytes,
                        const char **ret_detail);
MailFate mail_to_smtp(Arena *arena, const MailRoute *route, const char *from_address, const char *to_address,
                      Bytes bytes, const char **ret_detail);
