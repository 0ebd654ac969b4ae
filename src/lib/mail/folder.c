/* Out by a folder: one .eml per mail, named by its Message-ID, put there whole and once. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypt.h"
#include "mail_route.h"
#include "text.h"

/* Readable, and one name per Message-ID. */
static char *stable_name(Arena *arena, const char *message_id) {
    Text name = text_new(arena);
    for (const char *at = message_id; *at && name.n < 80; at++) {
        bool as_is = (*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
        if (as_is || (name.n && strchr("-._@", *at)))
            text_add_char(&name, *at);
    }
    char *hash = crypt_sha256(arena, (Bytes){ message_id, strlen(message_id) });
    text_print(&name, "%s%.12s.eml", name.n ? "-" : "", hash);
    return name.p;
}

static bool write_all(int file, Bytes bytes) {
    const char *p = bytes.p;
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = write(file, p + at, bytes.n - at);
        if (n < 0 && errno != EINTR)
            return false;
        at += n > 0 ? (size_t)n : 0;
    }
    return fsync(file) == 0;
}

/* The name itself must outlive a power cut too. */
static void keep_name(const char *folder) {
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir >= 0) {
        fsync(dir);
        close(dir);
    }
}

MailFate mail_to_folder(Arena *arena, const char *folder, const char *message_id, Bytes bytes,
                        const char **ret_detail) {
    char *final = arena_print(arena, "%s/%s", folder, stable_name(arena, message_id));
    char *draft = arena_print(arena, "%s/.draft-XXXXXX", folder);
    int file = mkostemp(draft, O_CLOEXEC);
    *ret_detail = final;
    bool written = file >= 0 && write_all(file, bytes) && fchmod(file, 0640) == 0;
    if (file >= 0)
        close(file);
    /* link() refuses when the name is taken: that mail is there already, and stays as it is. */
    bool there = written && (link(draft, final) == 0 || errno == EEXIST);
    int trouble = errno;
    if (file >= 0)
        unlink(draft);
    if (!there) {
        *ret_detail = arena_print(arena, "Dossier des mails %s : %s", folder, strerror(trouble));
        return MAIL_LATER;
    }
    keep_name(folder);
    return MAIL_SENT;
}
