#include "embed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"
#include "text.h"

static void files_are_sorted_and_whole(void **state) {
    (void)state;
    const Embedded *all;
    size_t count = embed_list(&all);
    assert_true(count > 3);
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || strcmp(all[i - 1].path, all[i].path) < 0);
        assert_int_equal(strlen(all[i].sha256), 64);
        assert_int_equal(((const char *)all[i].body.p)[all[i].body.n], 0);
        assert_ptr_equal(embed_find(all[i].path), &all[i]);
        if (all[i].gzip.n)
            assert_memory_equal(all[i].gzip.p, "\x1f\x8b\x08", 3);
    }
    assert_null(embed_find("assets"));
    assert_null(embed_find(""));
    assert_null(embed_find("zzz"));
}

static void served_text_is_compressed(void **state) {
    (void)state;
    assert_true(embed_find("assets/app.css")->gzip.n > 0);
    assert_true(embed_find("assets/icons.svg")->gzip.n > 0);
    assert_int_equal(embed_find("assets/source-sans-3.woff2")->gzip.n, 0);
}

static void write_file(Arena *arena, const char *folder, const char *name, const char *words) {
    FILE *file = fopen(arena_print(arena, "%s/%s", folder, name), "w");
    assert_non_null(file);
    fputs(words, file);
    fclose(file);
}

/* In a child: what is read from the disk is read once per process. */
static int read_folder(const char *folder) {
    setenv("QUITUS_FILES", folder, 1);
    const Embedded *hello = embed_find("texts/hello.md"), *sheet = embed_find("assets/app.css");
    bool is_right = hello && strcmp(hello->body.p, "bonjour") == 0 && hello->body.n == 7 &&
                    text_starts(hello->sha256,
                                "2cb4b1431b84ec15d35ed83bb927e27e8967d75f4bcd9cc4b25c8d879ae23e18");
    bool has_only_ours = !embed_find("texts/other.md") && sheet && !embed_find("assets/mine.css");
    return is_right && has_only_ours ? 0 : 1;
}

static void a_folder_stands_for_the_texts(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *folder = test_folder(arena);
    assert_int_equal(mkdir(arena_print(arena, "%s/texts", folder), 0777), 0);
    assert_int_equal(mkdir(arena_print(arena, "%s/assets", folder), 0777), 0);
    write_file(arena, folder, "texts/hello.md", "bonjour");
    write_file(arena, folder, "assets/mine.css", "p {}");
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        _exit(read_folder(folder));
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_stands_for_the_texts), /* first: nothing was read yet */
        cmocka_unit_test(files_are_sorted_and_whole),
        cmocka_unit_test(served_text_is_compressed),
    };
    return cmocka_run_group_tests_name("embed", tests, NULL, NULL);
}
