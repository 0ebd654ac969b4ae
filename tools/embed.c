/* embed - puts files into the program.
 *
 *   embed OUT.bin OUT.S OUT.c NAME=FILE...
 *
 * OUT.bin holds all bytes, OUT.S carries them into the program, OUT.c is the table of
 * lib/base/embed_table.h. Text that is served (css, js, svg, html, txt) also stands there
 * gzipped. Files of one name that follow each other are joined. In style sheets url(x)
 * becomes the hashed address of assets/x.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "text.h"

typedef struct File {
    const char *name;
    Bytes body, gzip;
    char *sha256;
    size_t body_at, gzip_at;
} File;

static Arena *arena;

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "embed: error: %s: %s\n", what, why);
    exit(1);
}

static Bytes read_file(const char *path) {
    char *p;
    size_t n;
    GError *error = NULL;
    if (!g_file_get_contents(path, &p, &n, &error))
        fail(path, error->message);
    return (Bytes){ p, n };
}

static bool is_kind(const char *name, const char *const *ends) {
    for (; *ends; ends++)
        if (text_ends(name, *ends))
            return true;
    return false;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const File *)a)->name, ((const File *)b)->name);
}

static const File *find(const File *files, size_t count, const char *name) {
    const File key = { .name = name };
    return bsearch(&key, files, count, sizeof key, by_name);
}

static void hash(File *file) {
    file->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, file->body.p, file->body.n);
}

static void rewrite_addresses(File *sheet, const File *files, size_t count) {
    Text out = text_new(arena);
    const char *s = sheet->body.p, *hole; /* GLib ends the bytes with a NUL */
    while ((hole = strstr(s, "url("))) {
        size_t length = strcspn(hole + 4, ")");
        const char *name = arena_print(arena, "assets/%.*s", (int)length, hole + 4);
        const File *target = find(files, count, name);
        text_add_n(&out, s, (size_t)(hole - s) + 4);
        if (target && target->sha256)
            text_print(&out, "/static/%.12s/%s", target->sha256, name + strlen("assets/"));
        else if (hole[4] == '#' || text_starts(hole + 4, "data:"))
            text_add_n(&out, hole + 4, length);
        else
            fail(sheet->name, arena_print(arena, "no such file: %s", name));
        s = hole + 4 + length;
    }
    text_add(&out, s);
    sheet->body = text_bytes(&out);
}

/* Always the same bytes for the same file: no name, no time in the head. */
static void compress_file(File *file) {
    z_stream z = { 0 };
    if (file->body.n < 256 || deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    size_t room = deflateBound(&z, file->body.n);
    Bytef *out = arena_zero(arena, room, 1);
    z.next_in = (z_const Bytef *)(uintptr_t)file->body.p;
    z.avail_in = (uInt)file->body.n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < file->body.n - file->body.n / 10)
        file->gzip = (Bytes){ out, z.total_out };
    deflateEnd(&z);
}

static FILE *open_out(const char *path) {
    FILE *out = fopen(path, "wb");
    if (!out)
        fail(path, "cannot write");
    return out;
}

static void close_out(FILE *out, const char *path) {
    if (ferror(out) || fclose(out))
        fail(path, "cannot write");
}

static size_t append(FILE *out, Bytes bytes, size_t *at) {
    size_t start = *at;
    fwrite(bytes.p, 1, bytes.n, out);
    putc(0, out);
    *at += bytes.n + 1;
    return start;
}

static void write_bytes(const char *path, File *files, size_t count) {
    FILE *out = open_out(path);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        files[i].body_at = append(out, files[i].body, &at);
        if (files[i].gzip.n)
            files[i].gzip_at = append(out, files[i].gzip, &at);
    }
    close_out(out, path);
}

static void write_assembly(const char *path, const char *bytes) {
    FILE *out = open_out(path);
    fprintf(out,
            "    .section .rodata\n    .globl embed_bytes\n    .balign 16\nembed_bytes:\n    .incbin \"%s\"\n"
            "    .size embed_bytes, . - embed_bytes\n    .section .note.GNU-stack,\"\",@progbits\n",
            bytes);
    close_out(out, path);
}

static void write_table(const char *path, const File *files, size_t count) {
    FILE *out = open_out(path);
    fputs("#include \"embed_table.h\"\n\nextern const char embed_bytes[];\n\n", out);
    fputs("const Embedded embed_table[] = {\n", out);
    for (size_t i = 0; i < count; i++) {
        const File *f = &files[i];
        fprintf(out, "    { \"%s\", { embed_bytes + %zu, %zu }, ", f->name, f->body_at, f->body.n);
        if (f->gzip.n)
            fprintf(out, "{ embed_bytes + %zu, %zu }", f->gzip_at, f->gzip.n);
        else
            fputs("{ NULL, 0 }", out);
        fprintf(out, ", \"%s\" },\n", f->sha256);
    }
    fprintf(out, "};\nconst size_t embed_table_count = %zu;\n", count);
    close_out(out, path);
}

static File *read_files(char **args, size_t arg_count, size_t *ret_count) {
    File *files = arena_zero(arena, arg_count, sizeof *files);
    *ret_count = 0;
    for (size_t i = 0; i < arg_count; i++) {
        const char *equals = strchr(args[i], '=');
        if (!equals)
            fail(args[i], "NAME=FILE is expected");
        const char *name = arena_copy_n(arena, args[i], (size_t)(equals - args[i]));
        Bytes body = read_file(equals + 1);
        File *last = *ret_count ? &files[*ret_count - 1] : NULL;
        if (last && strcmp(last->name, name) == 0) {
            Text both = text_new(arena);
            text_add_n(&both, last->body.p, last->body.n);
            text_add_n(&both, body.p, body.n);
            last->body = text_bytes(&both);
        } else {
            files[(*ret_count)++] = (File){ .name = name, .body = body };
        }
    }
    return files;
}

int main(int argc, char **argv) {
    static const char *const sheets[] = { ".css", NULL };
    static const char *const served[] = { ".css", ".js", ".svg", ".html", ".txt", NULL };
    if (argc < 5)
        fail("usage", "embed OUT.bin OUT.S OUT.c NAME=FILE...");
    arena = arena_new();
    size_t count;
    File *files = read_files(argv + 4, (size_t)argc - 4, &count);
    qsort(files, count, sizeof *files, by_name);
    for (size_t i = 0; i < count; i++)
        if (!is_kind(files[i].name, sheets))
            hash(&files[i]);
    for (size_t i = 0; i < count; i++) {
        if (is_kind(files[i].name, sheets)) {
            rewrite_addresses(&files[i], files, count);
            hash(&files[i]);
        }
        if (is_kind(files[i].name, served))
            compress_file(&files[i]);
    }
    write_bytes(argv[1], files, count);
    write_assembly(argv[2], argv[1]);
    write_table(argv[3], files, count);
    return 0;
}
