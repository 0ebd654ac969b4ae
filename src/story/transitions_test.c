/* Every row of the trade's own table of transitions finds its place in the story; rows that were split,
 * joined or renamed on purpose stand in excused.tsv with the reason (docs/decisions/0015). */
#include "story.h"

#include <stdio.h>
#include <string.h>

#include "test.h"
#include "text.h"
#include "tsv.h"

/* ---- CSV, with its quotes ---- */

typedef struct Csv {
    Arena *arena;
    const char *at;
} Csv;

static bool csv_is_end_of_field(const Csv *csv, bool quoted) {
    return *csv->at == 0 || (!quoted && strchr(",\r\n", *csv->at));
}

/* The next field; *ret_is_last when the row ends with it. */
static const char *csv_field(Csv *csv, bool *ret_is_last) {
    Text field = text_new(csv->arena);
    bool quoted = false;
    text_add(&field, "");
    for (; !csv_is_end_of_field(csv, quoted); csv->at++) {
        if (*csv->at == '"' && quoted && csv->at[1] == '"')
            text_add_char(&field, *++csv->at);
        else if (*csv->at == '"')
            quoted = !quoted;
        else
            text_add_char(&field, *csv->at);
    }
    assert_false(quoted);
    *ret_is_last = *csv->at != ',';
    while (*ret_is_last && *csv->at && strchr("\r\n", *csv->at))
        csv->at++;
    if (!*ret_is_last)
        csv->at++;
    return field.p ? field.p : "";
}

enum { MACHINE_COLUMN, FROM_COLUMN, EVENT_COLUMN, ACTOR_COLUMN, GUARD_COLUMN, TO_COLUMN, COLUMN_COUNT = 9 };

typedef struct Told {
    const char *fields[COLUMN_COUNT];
} Told;

static bool csv_row(Csv *csv, Told *ret) {
    bool is_last = false;
    if (!*csv->at)
        return false;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        assert_false(is_last);
        ret->fields[i] = csv_field(csv, &is_last);
    }
    assert_true(is_last);
    return true;
}

static char *read_whole(Arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    Text text = text_new(arena);
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        text_add_n(&text, piece, n);
    fclose(file);
    return text.p;
}

/* ---- what a row says ---- */

/* "staff (two persons)", "trainer or staff", "company/funder": a set of actors; brackets hold remarks. */
static unsigned actors_of(Arena *arena, const char *words) {
    unsigned actors = NOBODY;
    for (const char *p = words; *p && *p != '(';) {
        size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz");
        const char *word = arena_copy_n(arena, p, n);
        actors |= strcmp(word, "system") == 0 ? CLOCK : story_actor_named(word);
        p += n ? n : 1;
    }
    assert_int_not_equal(actors, NOBODY);
    return actors;
}

static State state_of(Arena *arena, const char *machine, const char *word) {
    return story_state_named(arena_print(arena, "%s_%s", machine, word));
}

/* Is there such a move from here, open to all these actors (one row may serve each)? */
static bool place_has(Machine machine, State from, const Told *told, unsigned actors, State to) {
    const Row *const *moves;
    size_t count = story_moves(machine, from, &moves);
    unsigned may = NOBODY;
    for (size_t i = 0; i < count; i++)
        if (strcmp(story_event_name(moves[i]->event), told->fields[EVENT_COLUMN]) == 0 &&
            moves[i]->state == to)
            may |= moves[i]->who;
    return (may & actors) == actors;
}

/* "a", "-", "a..b" (with all between, in the order of the file) or "a/b". */
static bool story_has(Arena *arena, const Told *told) {
    const char *name = told->fields[MACHINE_COLUMN], *from = told->fields[FROM_COLUMN];
    Machine machine = story_machine_named(name);
    State to = state_of(arena, name, told->fields[TO_COLUMN]);
    unsigned actors = actors_of(arena, told->fields[ACTOR_COLUMN]);
    if (machine == MACHINE_NONE || to == STATE_UNBORN)
        return false;
    if (strcmp(from, "-") == 0)
        return place_has(machine, STATE_UNBORN, told, actors, to);
    const char *cut = strpbrk(from, "./");
    bool is_range = cut && *cut == '.';
    State first = state_of(arena, name, cut ? arena_copy_n(arena, from, (size_t)(cut - from)) : from),
          last = first;
    if (cut)
        last = state_of(arena, name, cut + (is_range ? 2 : 1));
    if (first == STATE_UNBORN || last == STATE_UNBORN)
        return false;
    for (State s = first; s <= last; s++)
        if ((is_range || s == first || s == last) && !place_has(MACHINE_NONE, s, told, actors, to))
            return false;
    return true;
}

static bool is_excuse_for(const Tsv *excuses, size_t i, const Told *told) {
    return strcmp(tsv_field(excuses, i, "machine"), told->fields[MACHINE_COLUMN]) == 0 &&
           strcmp(tsv_field(excuses, i, "from"), told->fields[FROM_COLUMN]) == 0 &&
           strcmp(tsv_field(excuses, i, "event"), told->fields[EVENT_COLUMN]) == 0;
}

static int check_told(Arena *arena, const Tsv *excuses, bool *is_used, const Told *told) {
    bool has = story_has(arena, told), is_excused = false;
    for (size_t i = 0; !has && i < excuses->row_count; i++)
        if (is_excuse_for(excuses, i, told))
            is_used[i] = is_excused = true;
    if (has || is_excused)
        return 0;
    printf("missing: %s, from %s, %s by %s to %s\n", told->fields[MACHINE_COLUMN], told->fields[FROM_COLUMN],
           told->fields[EVENT_COLUMN], told->fields[ACTOR_COLUMN], told->fields[TO_COLUMN]);
    return 1;
}

static void every_transition_has_its_row(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *path = test_shared(arena, "domain/transitions.csv"), *why = "";
    if (!path) {
        arena_free(arena);
        skip(); /* leaves by a long jump */
    }
    char *excused = read_whole(arena, "src/story/excused.tsv");
    Tsv excuses;
    if (!tsv_parse(arena, (Bytes){ excused, strlen(excused) }, &excuses, &why))
        fail_msg("excused.tsv: %s", why);
    bool *is_used = arena_zero(arena, excuses.row_count + 1, sizeof *is_used);
    Csv csv = { arena, read_whole(arena, path) };
    Told told = { { 0 } };
    int wrong = 0, count = 0;
    if (!csv_row(&csv, &told) || !text_same(told.fields[TO_COLUMN], "to"))
        fail_msg("transitions.csv has another header");
    for (; csv_row(&csv, &told); count++)
        wrong += check_told(arena, &excuses, is_used, &told);
    for (size_t i = 0; i < excuses.row_count; i++)
        if (!is_used[i]) {
            printf("excused for nothing: %s %s %s\n", tsv_field(&excuses, i, "machine"),
                   tsv_field(&excuses, i, "from"), tsv_field(&excuses, i, "event"));
            wrong++;
        }
    printf("%d transitions, %zu excused\n", count, excuses.row_count);
    assert_int_equal(wrong, 0);
    assert_true(count >= 105);
}

static void quotes_are_read(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    bool is_last;
    Csv csv = { arena, "a,\"b, \"\"c\"\"\",\r\nd" };
    assert_string_equal(csv_field(&csv, &is_last), "a");
    assert_false(is_last);
    assert_string_equal(csv_field(&csv, &is_last), "b, \"c\"");
    assert_string_equal(csv_field(&csv, &is_last), "");
    assert_true(is_last);
    assert_string_equal(csv_field(&csv, &is_last), "d");
    assert_true(is_last && *csv.at == 0);
    assert_int_equal(actors_of(arena, "staff (two persons)"), STAFF);
    assert_int_equal(actors_of(arena, "trainer/company/staff"), TRAINER | COMPANY | STAFF);
    assert_int_equal(actors_of(arena, "system or bank"), CLOCK | BANK);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(quotes_are_read),
                                        cmocka_unit_test(every_transition_has_its_row) };
    return cmocka_run_group_tests_name("transitions", tests, NULL, NULL);
}
