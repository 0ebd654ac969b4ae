#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "typeset.h"

static qpdf_data open_quietly(void) {
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    return pdf;
}

/* An error that nobody asked for would be printed. */
static void close_quietly(qpdf_data *pdf) {
    if (qpdf_has_error(*pdf))
        qpdf_get_error(*pdf);
    qpdf_cleanup(pdf);
}

static bool read_bytes(qpdf_data pdf, Bytes bytes) {
    return bytes.n > 0 && !(qpdf_read_memory(pdf, "document", bytes.p, bytes.n, NULL) & QPDF_ERRORS);
}

static bool write_bytes(Arena *arena, qpdf_data pdf, Bytes *ret) {
    if (qpdf_init_write_memory(pdf) & QPDF_ERRORS)
        return false;
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) & QPDF_ERRORS)
        return false;
    size_t n = qpdf_get_buffer_length(pdf);
    *ret = (Bytes){ arena_copy_n(arena, (const char *)qpdf_get_buffer(pdf), n), n };
    return true;
}

static void set_language(qpdf_data pdf) {
    qpdf_oh root = qpdf_get_root(pdf);
    qpdf_oh_replace_key(pdf, root, "/Lang", qpdf_oh_parse(pdf, "(fr-FR)"));
    qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", qpdf_oh_parse(pdf, "<< /DisplayDocTitle true >>"));
}

static bool ends_with(const char *line, size_t n, const char *word) {
    while (n && strchr(" \r\n", line[n - 1]))
        n--;
    return n >= 3 && memcmp(line + n - 3, word, 3) == 0;
}

/* What stands outside every tag (rules, grounds, heads and feet of pages) is furniture: screen readers skip
 * it. Cairo writes the beginning and the end of a tag at the end of a line. */
static Text mark_furniture(Arena *arena, const char *content, size_t n) {
    Text out = text_new(arena);
    int depth = 0;
    bool is_marked = false;
    for (size_t at = 0, length; at < n; at += length) {
        const char *newline = memchr(content + at, '\n', n - at);
        length = newline ? (size_t)(newline - (content + at)) + 1 : n - at;
        bool begins = ends_with(content + at, length, "BDC");
        if (depth == 0 && begins == is_marked) {
            text_add(&out, is_marked ? "EMC\n" : "/Artifact BMC\n");
            is_marked = !is_marked;
        }
        depth += begins;
        depth -= ends_with(content + at, length, "EMC");
        text_add_n(&out, content + at, length);
    }
    text_add(&out, is_marked ? "\nEMC\n" : "");
    return out;
}

static void improve_page(Arena *arena, qpdf_data pdf, qpdf_oh page) {
    unsigned char *content = NULL;
    size_t n = 0;
    if (qpdf_oh_get_page_content_data(pdf, page, &content, &n) & QPDF_ERRORS)
        return;
    Text marked = mark_furniture(arena, (const char *)content, n);
    free(content);
    qpdf_oh stream = qpdf_oh_new_stream(pdf), none = qpdf_oh_new_null(pdf);
    qpdf_oh_replace_stream_data(pdf, stream, (const unsigned char *)marked.p, marked.n, none, none);
    qpdf_oh_replace_key(pdf, page, "/Contents", stream);
    qpdf_oh_replace_key(pdf, page, "/Tabs", qpdf_oh_new_name(pdf, "/S"));
}

/* Heads of tables say that they speak for their column. */
static void set_scopes(qpdf_data pdf) {
    int size = (int)qpdf_oh_get_int_value(pdf, qpdf_oh_get_key(pdf, qpdf_get_trailer(pdf), "/Size"));
    for (int id = 1; id < size; id++) {
        qpdf_oh object = qpdf_get_object_by_id(pdf, id, 0);
        if (qpdf_oh_is_dictionary(pdf, object) && qpdf_oh_has_key(pdf, object, "/S") &&
            qpdf_oh_is_name_and_equals(pdf, qpdf_oh_get_key(pdf, object, "/S"), "/TH"))
            qpdf_oh_replace_key(pdf, object, "/A", qpdf_oh_parse(pdf, "<< /O /Table /Scope /Column >>"));
        qpdf_oh_release(pdf, object);
    }
}

bool join_finish(Arena *arena, Bytes drawn, Bytes *ret) {
    qpdf_data pdf = open_quietly();
    bool is_done = read_bytes(pdf, drawn);
    if (is_done) {
        set_language(pdf);
        qpdf_oh_replace_key(pdf, qpdf_get_root(pdf), "/MarkInfo", qpdf_oh_parse(pdf, "<< /Marked true >>"));
        set_scopes(pdf);
        int count = qpdf_get_num_pages(pdf);
        for (int i = 0; i < count; i++)
            improve_page(arena, pdf, qpdf_get_page_n(pdf, (size_t)i));
        is_done = write_bytes(arena, pdf, ret);
    }
    close_quietly(&pdf);
    return is_done;
}

/* The tree of tags stays behind: pages of several files have no common one. */
static void add_pages(qpdf_data whole, qpdf_data part) {
    int count = qpdf_get_num_pages(part);
    for (int i = 0; i < count; i++) {
        qpdf_oh page = qpdf_get_page_n(part, (size_t)i);
        qpdf_oh_remove_key(part, page, "/StructParents");
        qpdf_add_page(whole, part, page, QPDF_FALSE);
    }
}

static void set_title(qpdf_data pdf, const char *title) {
    qpdf_oh info = qpdf_make_indirect_object(pdf, qpdf_oh_new_dictionary(pdf));
    qpdf_oh_replace_key(pdf, info, "/Title", qpdf_oh_new_unicode_string(pdf, title ? title : ""));
    qpdf_oh_replace_key(pdf, qpdf_get_trailer(pdf), "/Info", info);
}

bool pdf_join(Arena *arena, const Bytes *parts, size_t count, const char *title, Bytes *ret,
              const char **ret_why) {
    qpdf_data whole = open_quietly();
    qpdf_data *opened = arena_zero(arena, count + 1, sizeof(qpdf_data));
    bool is_done = !(qpdf_empty_pdf(whole) & QPDF_ERRORS);
    size_t n = 0;
    for (; n < count && is_done; n++) {
        opened[n] = open_quietly();
        is_done = read_bytes(opened[n], parts[n]);
        if (is_done)
            add_pages(whole, opened[n]);
        is_done = is_done && !qpdf_has_error(whole) && !qpdf_has_error(opened[n]);
    }
    if (!is_done)
        *ret_why = arena_print(
            arena, "Le fichier n° %zu n’est pas un PDF lisible (abîmé ou protégé par un mot de passe).", n);
    if (is_done) {
        set_language(whole);
        set_title(whole, title);
        is_done = write_bytes(arena, whole, ret);
        if (!is_done)
            *ret_why = "Les documents n’ont pas pu être réunis en un seul PDF.";
    }
    close_quietly(&whole);
    for (size_t i = 0; i < n; i++)
        close_quietly(&opened[i]);
    return is_done;
}

int pdf_pages(Bytes pdf) {
    qpdf_data opened = open_quietly();
    int pages = read_bytes(opened, pdf) ? qpdf_get_num_pages(opened) : 0;
    close_quietly(&opened);
    return pages > 0 ? pages : 0;
}
