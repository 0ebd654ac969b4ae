/* What happens when the store goes away, fills up or is wanted by many: nothing
 * acknowledged is lost, and work resumes by itself. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db.h"
#include "test.h"
#include "test_db.h"

enum { WRITERS = 4, TURNS = 100 };

static int64_t number(Tx *tx, const char *sql) {
    Stmt *st = db_prepare(tx, sql, sql);
    int64_t n = db_step(st) ? db_int(st, 0) : -1;
    db_finish(st);
    return n;
}

static void count_up(Tx *tx) { number(tx, "UPDATE counter SET turn_count = turn_count + 1"); }

static DbFault try_to_write(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_begin(db, arena);
    count_up(&tx);
    db_commit(&tx);
    return tx.fault;
}

static int64_t turns(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_read(db, arena);
    return number(&tx, "SELECT turn_count FROM counter");
}

static void with_counter(Db *db, Arena *arena) {
    Tx tx = db_begin(db, arena);
    db_run(&tx, "CREATE TABLE counter (turn_count INTEGER); INSERT INTO counter VALUES (0)");
    assert_true(db_commit(&tx));
}

static Db *fresh(Arena *arena, const char **ret_path) {
    const char *why = NULL;
    *ret_path = arena_print(arena, "%s/away.db", test_folder(arena));
    Db *db = db_open(*ret_path, &why);
    assert_non_null(db);
    with_counter(db, arena);
    return db;
}

/* ---- one SQLite file ---- */

static void a_moved_file_is_missed(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path, *away;
    Db *db = fresh(arena, &path);
    away = arena_print(arena, "%s.away", path);
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    assert_int_equal(rename(path, away), 0);
    assert_int_equal(try_to_write(db, arena), DB_AWAY);
    assert_int_equal(turns(db, arena), -1);
    assert_int_not_equal(access(path, F_OK), 0); /* no empty store in its place */
    assert_int_equal(rename(away, path), 0);
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    assert_int_equal(turns(db, arena), 2);
    db_close(db);
}

static void write_file(const char *path, const char *words) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (int i = 0; i < 1000; i++)
        fputs(words, file);
    fclose(file);
}

static void move(Arena *arena, const char *from, const char *to) {
    const char *files[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < 3; i++)
        (void)!rename(arena_print(arena, "%s%s", from, files[i]), arena_print(arena, "%s%s", to, files[i]));
}

static void a_damaged_file_is_no_store(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path, *away;
    Db *db = fresh(arena, &path);
    away = arena_print(arena, "%s.away", path);
    move(arena, path, away);
    write_file(path, "This is no database. ");
    assert_int_equal(try_to_write(db, arena), DB_BROKEN);
    assert_int_equal(remove(path), 0);
    move(arena, away, path);
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    assert_int_equal(turns(db, arena), 1);
    db_close(db);
}

/* Rights mean nothing to root: the test becomes nobody for a while. */
static void a_read_only_file_is_full(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path;
    Db *db = fresh(arena, &path);
    char *folder = arena_copy_n(arena, path, (size_t)(strrchr(path, '/') - path));
    db_close(db);
    bool is_root = geteuid() == 0;
    assert_int_equal(chmod(folder, 0777), 0);
    if (is_root) {
        const char *files[] = { "", "-wal", "-shm", ".lock" };
        for (size_t i = 0; i < 4; i++)
            (void)!chown(arena_print(arena, "%s%s", path, files[i]), 65534, 65534);
        assert_int_equal(chown(folder, 65534, 65534), 0);
        assert_int_equal(seteuid(65534), 0);
    }
    const char *why = NULL;
    db = db_open(path, &why);
    DbFault before = db ? try_to_write(db, arena) : DB_AWAY;
    chmod(path, 0444);
    AUTO_ARENA Arena *other = arena_new();
    Db *late = db_open(path, &why);
    DbFault during = late ? try_to_write(late, other) : DB_BROKEN;
    chmod(path, 0666);
    DbFault after = late ? try_to_write(late, other) : DB_BROKEN;
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    db_close(db);
    db_close(late);
    assert_int_equal(before, DB_FINE);
    assert_int_equal(during, DB_FULL);
    assert_int_equal(after, DB_FINE);
}

static void a_full_disk_undoes_everything(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path;
    Db *db = fresh(arena, &path);
    AUTO_TX Tx tx = db_begin(db, arena);
    count_up(&tx);
    number(&tx, "PRAGMA max_page_count = 3");
    db_run(&tx, "CREATE TABLE big (x BLOB); INSERT INTO big VALUES (zeroblob(100000))");
    assert_int_equal(tx.fault, DB_FULL);
    assert_false(db_commit(&tx));
    assert_int_equal(turns(db, arena), 0);
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    db_close(db);
}

static void a_backup_is_a_store(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path, *why = "";
    Db *db = fresh(arena, &path);
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    AUTO_TX Tx tx = db_begin(db, arena); /* by somebody in the middle of something */
    Db *reader = test_db_again(db);
    count_up(&tx);
    const char *copy = arena_print(arena, "%s.copy", path);
    assert_true(db_backup(reader, copy, &why));
    assert_false(db_backup(reader, copy, &why)); /* never over another one */
    assert_non_null(strstr(why, copy));
    Db *back = db_open(copy, &why);
    assert_int_equal(turns(back, arena), 1);
    db_close(back);
    db_close(reader);
    db_rollback(&tx);
    db_close(db);
}

/* ---- many writers ---- */

/* What one writer does: takes its turns, and finds how many others came between two of its own. */
static int take_turns(const char *path) {
    AUTO_ARENA Arena *arena = arena_new();
    const char *why = NULL;
    Db *db = db_open(path, &why);
    int64_t last = 0, most = 0;
    for (int i = 0; db && i < TURNS; i++) {
        AUTO_TX Tx tx = db_begin(db, arena);
        int64_t now = number(&tx, "UPDATE counter SET turn_count = turn_count + 1 RETURNING turn_count");
        if (!db_commit(&tx))
            return 1;
        if (last && now - last > most)
            most = now - last;
        last = now;
    }
    db_close(db);
    return !db || most > 15 * WRITERS ? 2 : 0;
}

static void writers_queue(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path;
    Db *db = fresh(arena, &path);
    pid_t writers[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = fork();
        if (writers[i] == 0)
            _exit(take_turns(path));
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(turns(db, arena), WRITERS * TURNS);
    db_close(db);
}

static void a_dead_writer_lets_go(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path;
    Db *db = fresh(arena, &path);
    pid_t writer = fork();
    if (writer == 0) {
        const char *why = NULL;
        Tx tx = db_begin(db_open(path, &why), arena);
        count_up(&tx);
        _exit(tx.error != NULL); /* neither commit nor rollback */
    }
    int status = -1;
    assert_int_equal(waitpid(writer, &status, 0), writer);
    assert_int_equal(status, 0);
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    assert_int_equal(turns(db, arena), 1);
    db_close(db);
}

/* ---- PostgreSQL ---- */

static int64_t pid_of(Db *db, Arena *arena) {
    AUTO_TX Tx tx = db_read(db, arena);
    return number(&tx, "SELECT pg_backend_pid()");
}

static void cut(Db *db, Arena *arena, int64_t pid) {
    AUTO_TX Tx tx = db_read(db, arena);
    db_run(&tx, arena_print(arena, "SELECT pg_terminate_backend(%d, 5000)", (int)pid));
    assert_null(tx.error);
}

static void a_cut_connection_is_made_again(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db_postgres(arena), *other = test_db_again(db);
    with_counter(db, arena);
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    cut(other, arena, pid_of(db, arena)); /* while idle: nobody notices */
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    int64_t pid = pid_of(db, arena);
    AUTO_TX Tx tx = db_begin(db, arena);
    count_up(&tx);
    cut(other, arena, pid); /* in the middle: nothing was done */
    count_up(&tx);
    assert_int_equal(tx.fault, DB_AWAY);
    assert_false(db_commit(&tx));
    assert_int_equal(turns(db, arena), 2);
    assert_int_equal(try_to_write(db, arena), DB_FINE);
    assert_int_equal(turns(db, arena), 3);
    db_close(db);
    db_close(other);
}

/* Two rows locked crosswise: one of both is told to try again. */
static void a_deadlock_is_busy(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Db *db = test_db_postgres(arena), *other = test_db_again(db);
    AUTO_TX Tx tx = db_begin(db, arena);
    db_run(&tx, "CREATE TABLE pair (id INTEGER, n INTEGER); INSERT INTO pair VALUES (1, 0), (2, 0)");
    assert_true(db_commit(&tx));
    pid_t child = fork();
    if (child == 0) {
        Db *own = test_db_again(db);
        Tx mine = db_begin(own, arena);
        db_run(&mine, "UPDATE pair SET n = 1 WHERE id = 2; SELECT pg_sleep(0.3);"
                      "UPDATE pair SET n = 1 WHERE id = 1");
        bool is_done = db_commit(&mine);
        db_close(own);
        _exit(is_done ? 0 : mine.fault == DB_BUSY ? 1 : 2);
    }
    AUTO_TX Tx mine = db_begin(other, arena);
    db_run(&mine, "UPDATE pair SET n = 2 WHERE id = 1; SELECT pg_sleep(0.3);"
                  "UPDATE pair SET n = 2 WHERE id = 2");
    bool is_done = db_commit(&mine);
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(is_done || mine.fault == DB_BUSY);
    assert_int_equal(WEXITSTATUS(status), is_done ? 1 : 0);
    db_close(db);
    db_close(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moved_file_is_missed),
        cmocka_unit_test(a_damaged_file_is_no_store),
        cmocka_unit_test(a_read_only_file_is_full),
        cmocka_unit_test(a_full_disk_undoes_everything),
        cmocka_unit_test(a_backup_is_a_store),
        cmocka_unit_test(writers_queue),
        cmocka_unit_test(a_dead_writer_lets_go),
        cmocka_unit_test(a_cut_connection_is_made_again), /* these two want PostgreSQL */
        cmocka_unit_test(a_deadlock_is_busy),
    };
    size_t count = sizeof tests / sizeof *tests - (test_has_postgres() ? 0 : 2);
    return _cmocka_run_group_tests("db_away", tests, count, NULL, NULL);
}
