#include <qpdf/qpdf-c.h>

#include "typeset.h"

static qpdf_data open_quietly(void) {
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    return pdf;
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
        set_scopes(pdf);
        is_done = write_bytes(arena, pdf, ret);
    }
    qpdf_cleanup(&pdf);
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
    qpdf_cleanup(&whole);
    for (size_t i = 0; i < n; i++)
        qpdf_cleanup(&opened[i]);
    return is_done;
}

int pdf_pages(Bytes pdf) {
    qpdf_data opened = open_quietly();
    int pages = read_bytes(opened, pdf) ? qpdf_get_num_pages(opened) : 0;
    qpdf_cleanup(&opened);
    return pages > 0 ? pages : 0;
}
