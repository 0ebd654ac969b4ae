#include <string.h>

#include "mail_body.h"
#include "text.h"

/* The rest of the line after `label`, NULL when the line does not begin so; *at moves to the next line. */
static char *labelled(Arena *arena, const char **at, const char *label) {
    if (!text_starts(*at, label))
        return NULL;
    const char *from = *at + strlen(label), *end = strchrnul(from, '\n');
    *at = *end ? end + 1 : end;
    char *line = text_trim(arena, arena_copy_n(arena, from, (size_t)(end - from)));
    return text_is_empty(line) ? NULL : text_typographic(arena, line);
}

bool mail_text_parse(Arena *arena, const char *file, MailText *ret, const char **ret_why) {
    const char *at = file;
    MailText text = { .subject = labelled(arena, &at, "Sujet :") };
    if (text.subject)
        text.preheader = labelled(arena, &at, "Aperçu :");
    if (!text.subject || !text.preheader) {
        *ret_why = text.subject ? "La deuxième ligne doit être « Aperçu : … »"
                                : "La première ligne doit être « Sujet : … »";
        return false;
    }
    if (*at != '\n' || text_is_empty(at)) {
        *ret_why = "Après l’aperçu viennent une ligne vide, puis le texte du mail";
        return false;
    }
    text.body = text_typographic(arena, at + 1);
    *ret = text;
    return true;
}
