#include "test.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void folders_go_with_their_process(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *ours = test_folder(arena);
    int ends[2];
    char theirs[200] = "";
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        const char *path = test_folder(arena);
        int fd = open(arena_print(arena, "%s/file", path), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        bool is_written = write(ends[1], path, strlen(path)) > 0 && fd >= 0;
        close(fd);
        arena_free(arena);
        exit(is_written ? 0 : 1);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(read(ends[0], theirs, sizeof theirs - 1) > 0);
    close(ends[0]);
    close(ends[1]);
    struct stat about;
    assert_int_equal(stat(theirs, &about), -1);
    assert_int_equal(stat(ours, &about), 0);
    assert_true(S_ISDIR(about.st_mode));
}

/* In a scratch folder, because it writes: new, same, rewritten. */
static void goldens_are_written_on_demand_only(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    const char *update = getenv("UPDATE");
    char *kept = update ? arena_copy(arena, update) : NULL;
    assert_int_equal(chdir(test_folder(arena)), 0);
    setenv("UPDATE", "1", 1);
    test_golden("room/page.html", "one\ntwo\n", 8);
    unsetenv("UPDATE");
    test_golden("room/page.html", "one\ntwo\n", 8);
    setenv("UPDATE", "1", 1);
    test_golden("room/page.html", "one\nthree\n", 10);
    unsetenv("UPDATE");
    test_golden("room/page.html", "one\nthree\n", 10);
    if (kept)
        setenv("UPDATE", kept, 1);
    assert_int_equal(chdir(before), 0);
}

static void what_is_not_shared_is_said(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    FILE *file = tmpfile();
    int old = dup(STDERR_FILENO);
    assert_non_null(file);
    dup2(fileno(file), STDERR_FILENO);
    const char *found = test_shared(arena, "no/such/file");
    dup2(old, STDERR_FILENO);
    close(old);
    char line[300] = "";
    rewind(file);
    bool is_said = fgets(line, sizeof line, file) != NULL;
    fclose(file);
    assert_null(found);
    assert_true(is_said);
    assert_memory_equal(line, "SKIPPED: ", 9);
    assert_non_null(strstr(line, "/no/such/file absent\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(folders_go_with_their_process),
                                        cmocka_unit_test(goldens_are_written_on_demand_only),
                                        cmocka_unit_test(what_is_not_shared_is_said) };
    return cmocka_run_group_tests_name("test", tests, NULL, NULL);
}
