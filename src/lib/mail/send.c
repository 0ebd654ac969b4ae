#include <string.h>

#include "mail.h"
#include "mail_route.h"

/* What stands between < and > in MAIL FROM and RCPT TO: visible ASCII with one @ inside. */
static bool is_address(const char *s) {
    const char *at = strchr(s, '@');
    for (const char *c = s; *c; c++)
        if (*c <= ' ' || *c >= 0x7f || strchr("<>()[]\\,;:\"", *c))
            return false;
    return at && at > s && at[1] && !strchr(at + 1, '@') && strlen(s) <= 254;
}

MailFate mail_send(Arena *arena, const MailRoute *route, const char *from_address, const char *to_address,
                   const char *message_id, Bytes bytes, const char **ret_detail) {
    const char *wrong = !is_address(to_address)     ? to_address
                        : !is_address(from_address) ? from_address
                                                    : NULL;
    if (wrong) {
        *ret_detail = arena_print(arena, "Adresse inutilisable : %s", wrong);
        return MAIL_REFUSED;
    }
    if (route->folder && *route->folder)
        return mail_to_folder(arena, route->folder, message_id, bytes, ret_detail);
    return mail_to_smtp(arena, route, from_address, to_address, bytes, ret_detail);
}
