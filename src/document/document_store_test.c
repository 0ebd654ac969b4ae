#include "document_store.h"

#include <string.h>

#include "crypt.h"
#include "db.h"
#include "file.h"
#include "test.h"
#include "test_db.h"

enum { CHUNK = 256 * 1024, LARGE = 3 * 1024 * 1024 };
static const Instant NOW = { 1796000000000 };

static Bytes noise(Arena *arena, size_t n) {
    unsigned char *p = arena_zero(arena, n + 1, 1);
    uint32_t x = 2463534242u;
    for (size_t i = 0; i < n; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        p[i] = (unsigned char)x;
    }
    return (Bytes){ p, n };
}

static NewDocument paper(const char *kind, const char *key) {
    return (NewDocument){ .kind = kind,
                          .title = "Convention de formation professionnelle",
                          .file_name = "convention-2026-0417.pdf",
                          .mime = "application/pdf",
                          .template_sha256 = "abc",
                          .key = key,
                          .made_by = "Quitus",
                          .session_id = { 3 },
                          .dossier_id = { 7 },
                          .now = NOW };
}

static int64_t count_of(Tx *tx, const char *sql) {
    Stmt *st = db_prepare(tx, sql, sql);
    int64_t count = db_step(st) ? db_int(st, 0) : -1;
    db_finish(st);
    return count;
}

static void keep(Tx *tx, NewDocument document, const char *words) {
    assert_true(document_keep(tx, &document, (Bytes){ words, strlen(words) }).value > 0);
}

/* Whatever its size, what comes out is what went in, by memory and by file. */
static void bytes_come_back(Db *db, Arena *arena) {
    static const size_t sizes[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, LARGE };
    AUTO_TX Tx tx = db_begin(db, arena);
    int64_t chunks = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        Bytes bytes = noise(arena, sizes[i]);
        NewDocument document = paper("convention", arena_print(arena, "memory/%zu", i));
        DocumentId by_memory = document_keep(&tx, &document, bytes);
        const char *sha256 = crypt_sha256(arena, bytes);
        int fd = file_nameless(test_folder(arena));
        assert_true(file_write(fd, bytes));
        document.key = arena_print(arena, "file/%zu", i);
        DocumentId by_file = document_keep_fd(&tx, &document, fd, (int64_t)bytes.n, sha256);
        file_close(fd);
        DocumentId both[] = { by_memory, by_file };
        for (int k = 0; k < 2; k++) {
            Document got;
            assert_true(document_get(&tx, both[k], &got));
            assert_string_equal(got.sha256, sha256);
            assert_int_equal(got.body_bytes, bytes.n);
            Bytes body = document_body(&tx, both[k]);
            assert_int_equal(body.n, bytes.n);
            assert_memory_equal(body.p, bytes.p, bytes.n);
            char *read = arena_zero(arena, bytes.n + 1, 1), one;
            int out = document_open(&tx, both[k], test_folder(arena));
            assert_true(out >= 0 && file_read_at(out, read, bytes.n, 0));
            assert_false(file_read_at(out, &one, 1, (int64_t)bytes.n));
            assert_memory_equal(read, bytes.p, bytes.n);
            file_close(out);
        }
        chunks += 2 * (int64_t)((bytes.n + CHUNK - 1) / CHUNK);
    }
    assert_int_equal(count_of(&tx, "SELECT count(*) FROM document_chunk"), chunks);
    assert_true(db_commit(&tx));
}

static void versions_count_within_their_owner(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    keep(&tx, paper("convention", "a/1"), "one");
    keep(&tx, paper("convention", "b/1"), "two");
    keep(&tx, paper("convention", "b/1"), "never kept");
    keep(&tx, paper("devis", "c/1"), "price");
    NewDocument other = paper("convention", "d/1");
    other.dossier_id.value = 8;
    keep(&tx, other, "another's");
    for (int i = 0; i < 2; i++) {
        NewDocument certificat = paper("certificat", arena_print(arena, "e/%d", i));
        certificat.participant_id.value = 20 + i;
        keep(&tx, certificat, "whose");
    }
    NewDocument sheet = paper("emargement", "f/1");
    sheet.dossier_id.value = 0;
    keep(&tx, sheet, "all");
    Document last;
    assert_true(document_last(&tx, (DossierId){ 7 }, "convention", &last));
    assert_int_equal(last.version, 2);
    assert_string_equal(document_body(&tx, last.id).p, "two");
    assert_string_equal(last.template_sha256, "abc");
    assert_int_equal(last.made_at.ms, NOW.ms);
    assert_false(document_last(&tx, (DossierId){ 7 }, "avenant", &last));
    Documents of_dossier = documents_of_dossier(&tx, (DossierId){ 7 });
    assert_int_equal(of_dossier.count, 4); /* convention 2, devis, two certificats */
    assert_int_equal(of_dossier.at[0].version, 2);
    assert_int_equal(documents_of_session(&tx, (SessionId){ 3 }).count, 1);
    Documents of_one = documents_of_participant(&tx, (ParticipantId){ 21 });
    assert_int_equal(of_one.count, 1);
    assert_int_equal(of_one.at[0].version, 1);
    NewDocument facture = paper("facture", "g/1");
    facture.invoice_id.value = 5;
    keep(&tx, facture, "to pay");
    assert_true(document_of_invoice(&tx, (InvoiceId){ 5 }, &last));
    assert_string_equal(last.kind, "facture");
    assert_false(document_of_invoice(&tx, (InvoiceId){ 6 }, &last));
    assert_true(db_commit(&tx));
}

static void a_file_that_is_not_what_was_said_is_refused(Db *db, Arena *arena) {
    Bytes bytes = noise(arena, CHUNK + 5);
    const char *sha256 = crypt_sha256(arena, bytes), *other = crypt_sha256(arena, (Bytes){ "x", 1 });
    int fd = file_nameless(test_folder(arena));
    assert_true(file_write(fd, bytes));
    NewDocument document = paper("answer", "u/1");
    Tx short_one = db_begin(db, arena);
    assert_int_equal(document_keep_fd(&short_one, &document, fd, CHUNK + 6, sha256).value, 0);
    assert_false(db_commit(&short_one));
    Tx changed = db_begin(db, arena);
    assert_int_equal(document_keep_fd(&changed, &document, fd, CHUNK + 5, other).value, 0);
    assert_false(db_commit(&changed));
    file_close(fd);
    AUTO_TX Tx tx = db_begin(db, arena);
    assert_int_equal(count_of(&tx, "SELECT count(*) FROM document"), 0);
    assert_int_equal(count_of(&tx, "SELECT count(*) FROM document_chunk"), 0);
    assert_int_equal(document_open(&tx, (DocumentId){ 99 }, test_folder(arena)), -1);
    assert_non_null(tx.error);
}

static void a_missing_piece_is_a_fault(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    NewDocument document = paper("convention", "h/1");
    DocumentId id = document_keep(&tx, &document, noise(arena, CHUNK + 5));
    db_run(&tx, "DELETE FROM document_chunk WHERE position = 1");
    assert_int_equal(document_body(&tx, id).n, 0);
    assert_non_null(tx.error);
    assert_int_equal(document_open(&tx, id, test_folder(arena)), -1);
    assert_false(db_commit(&tx));
}

static void on_each(void **state) {
    void (*const *run)(Db *, Arena *) = *state;
    AUTO_ARENA Arena *arena = arena_new();
    TestDbs dbs = test_dbs(arena);
    for (size_t i = 0; i < dbs.count; i++) {
        (*run)(dbs.at[i], arena);
        db_close(dbs.at[i]);
    }
}

int main(void) {
    static void (*runs[])(Db *, Arena *) = { bytes_come_back, versions_count_within_their_owner,
                                             a_file_that_is_not_what_was_said_is_refused,
                                             a_missing_piece_is_a_fault };
    crypt_start();
    const struct CMUnitTest tests[] = {
        { "bytes_come_back", on_each, NULL, NULL, &runs[0] },
        { "versions_count_within_their_owner", on_each, NULL, NULL, &runs[1] },
        { "a_file_that_is_not_what_was_said_is_refused", on_each, NULL, NULL, &runs[2] },
        { "a_missing_piece_is_a_fault", on_each, NULL, NULL, &runs[3] },
    };
    return cmocka_run_group_tests_name("document_store", tests, NULL, NULL);
}
