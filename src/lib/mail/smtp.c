/* Out by SMTP with libcurl: we hand it the whole message, and learn how far the talk went. */
#include <assert.h>
#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>

#include "mail_route.h"
#include "text.h"

/* How far one talk with the server went. */
typedef struct Talk {
    Arena *arena;
    Bytes bytes;
    size_t handed; /* to curl, which asks for the first byte only after the server's 354 */
    char *answer;  /* the server's last line */
    char trouble[CURL_ERROR_SIZE];
} Talk;

static size_t give(char *to, size_t size, size_t count, void *data) {
    Talk *talk = data;
    size_t left = talk->bytes.n - talk->handed, n = left < size * count ? left : size * count;
    memcpy(to, (const char *)talk->bytes.p + talk->handed, n);
    talk->handed += n;
    return n;
}

static size_t hear(char *line, size_t size, size_t count, void *data) {
    Talk *talk = data;
    size_t n = size * count < 300 ? size * count : 300;
    if (n < 3 || memcmp(line, "221", 3) != 0) /* a farewell tells nothing about the mail */
        talk->answer = text_squeeze(talk->arena, text_clean(talk->arena, line, n));
    return size * count;
}

/* Our own trouble (password, TLS) is not a word about this mail: it is kept until we have mended it. */
static bool is_our_trouble(CURLcode result) {
    return result == CURLE_LOGIN_DENIED || result == CURLE_USE_SSL_FAILED ||
           result == CURLE_SSL_CONNECT_ERROR || result == CURLE_PEER_FAILED_VERIFICATION ||
           result == CURLE_SSL_CACERT_BADFILE;
}

static MailFate fate_of(const Talk *talk, CURLcode result, long code) {
    if (result == CURLE_OK)
        return MAIL_SENT;
    if (is_our_trouble(result))
        return MAIL_LATER;
    if (code >= 500 && code < 600)
        return MAIL_REFUSED;
    if (code >= 400 && code < 500)
        return MAIL_LATER;
    /* All was handed over and no final word came: the server may have it. With less it cannot take the
     * mail for whole, since the closing dot was never sent. */
    return talk->bytes.n && talk->handed == talk->bytes.n ? MAIL_UNKNOWN : MAIL_LATER;
}

static const char *detail_of(const Talk *talk, MailFate fate, CURLcode result, long code) {
    const char *trouble = *talk->trouble ? talk->trouble : curl_easy_strerror(result);
    if (fate == MAIL_SENT)
        return talk->answer;
    if (fate == MAIL_UNKNOWN)
        return arena_print(talk->arena, "Le serveur de messagerie n’a pas confirmé la réception (%s)",
                           trouble);
    if (code >= 400)
        return arena_print(talk->arena, "Le serveur de messagerie a répondu : %s", talk->answer);
    return arena_print(talk->arena, "Le serveur de messagerie ne répond pas (%s)", trouble);
}

static void set_route(CURL *curl, Arena *arena, const MailRoute *route) {
    const char *end = text_ends(route->smtp_url, "/") ? "" : "/";
    /* What follows the slash is the name we give in EHLO. */
    curl_easy_setopt(curl, CURLOPT_URL, arena_print(arena, "%s%s%s", route->smtp_url, end, route->host_name));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)route->timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)route->timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)route->timeout_seconds); /* of QUIT too */
    curl_easy_setopt(curl, CURLOPT_USE_SSL, route->needs_tls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (!text_is_empty(route->ca_file))
        curl_easy_setopt(curl, CURLOPT_CAINFO, route->ca_file);
    if (!text_is_empty(route->user)) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, route->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, route->password);
    }
}

/* After a failure curl would still say QUIT and wait for the farewell of a server that is silent. */
static void hang_up(CURL *curl) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK && socket != CURL_SOCKET_BAD)
        shutdown(socket, SHUT_RDWR);
}

MailFate mail_to_smtp(Arena *arena, const MailRoute *route, const char *from_address, const char *to_address,
                      Bytes bytes, const char **ret_detail) {
    Talk talk = { .arena = arena, .bytes = bytes, .answer = arena_copy(arena, "") };
    CURL *curl = curl_easy_init();
    assert(curl);
    struct curl_slist *to = curl_slist_append(NULL, arena_print(arena, "<%s>", to_address));
    assert(to);
    set_route(curl, arena, route);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, arena_print(arena, "<%s>", from_address));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)bytes.n);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &talk);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &talk);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, talk.trouble);
    CURLcode result = curl_easy_perform(curl);
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    /* Only answers to the mail itself count: the 2xx and 3xx before them say nothing yet. */
    MailFate fate = fate_of(&talk, result, code);
    *ret_detail = detail_of(&talk, fate, result, code);
    if (result != CURLE_OK)
        hang_up(curl);
    curl_slist_free_all(to);
    curl_easy_cleanup(curl);
    return fate;
}
