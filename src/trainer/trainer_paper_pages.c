#include "trainer_paper_pages.h"

#include <string.h>

#include "date.h"
#include "document_store.h"
#include "story_pages.h"
#include "trainer_words.h"

static const char *about(Arena *arena, const TrainerPaper *p) {
    if (!p->is_there)
        return trainer_word(TRAINER_WORD_missing);
    if (date_is_none(p->valid_to_on))
        return trainer_word(TRAINER_WORD_no_end);
    return arena_print(arena, trainer_word(p->is_expired ? TRAINER_WORD_ended : TRAINER_WORD_until),
                       date_text(arena, p->valid_to_on));
}

PapersView trainer_papers_view(Request *rq, Tx *tx, TrainerId trainer_id, const Form *form, Url action) {
    TrainerPapers papers = trainer_papers(tx, trainer_id, rq->today);
    PaperLine *lines = arena_zero(rq->arena, papers.count, sizeof *lines);
    Option *kinds = arena_zero(rq->arena, papers.count, sizeof *kinds);
    for (size_t i = 0; i < papers.count; i++) {
        const TrainerPaper *p = &papers.at[i];
        kinds[i] = (Option){ .value = p->kind, .label = p->label };
        lines[i] = (PaperLine){ .label = p->label,
                                .about = about(rq->arena, p),
                                .is_good = p->is_there && !p->is_expired,
                                .is_missing = !p->is_there };
        if (p->document_id.value)
            lines[i].url = url_print(rq->arena, "/documents/%ld", p->document_id.value);
    }
    return (PapersView){ .form = form,
                         .action = action,
                         .lines = lines,
                         .line_count = papers.count,
                         .kinds = kinds,
                         .kind_count = papers.count,
                         .is_staff = rq->viewer->role == ROLE_STAFF };
}

static const char *read_kind(Request *rq, Tx *tx, TrainerId trainer_id, Form *form) {
    TrainerPapers papers = trainer_papers(tx, trainer_id, rq->today);
    const char **words = arena_zero(rq->arena, papers.count + 1, sizeof *words);
    for (size_t i = 0; i < papers.count; i++)
        words[i] = papers.at[i].kind;
    return form_choice(form, "kind", trainer_word(TRAINER_WORD_kind), REQUIRED, words);
}

bool trainer_paper_receive(Request *rq, Tx *tx, TrainerId trainer_id, Form *form) {
    const Upload *file = rq_upload(rq, "file");
    const char *kind = read_kind(rq, tx, trainer_id, form);
    Date from = form_date(form, "from", trainer_word(TRAINER_WORD_from), REQUIRED);
    Date to = form_date(form, "to", trainer_word(TRAINER_WORD_to), OPTIONAL);
    if (!file)
        form_refuse(form, "file", NULL, trainer_word(TRAINER_WORD_file_needed));
    else if (!*file->mime)
        form_refuse(form, "file", NULL, trainer_word(TRAINER_WORD_file_kind));
    if (from.days > rq->today.days)
        form_refuse(form, "from", NULL, trainer_word(TRAINER_WORD_from_ahead));
    if (!date_is_none(to) && to.days <= from.days)
        form_refuse(form, "to", NULL, trainer_word(TRAINER_WORD_to_early));
    if (!form_ok(form) || !file)
        return false;
    NewDocument document = { .kind = arena_print(rq->arena, "trainer_%s", kind),
                             .title = trainer_paper_label(kind),
                             .file_name = file->file_name,
                             .mime = file->mime,
                             .template_sha256 = "",
                             .key = arena_print(rq->arena, "paper-%lld-%s", (long long)trainer_id.value,
                                                rq_key(rq)),
                             .made_by = rq->viewer->name,
                             .is_received = true,
                             .now = rq->now };
    DocumentId kept = document_keep_fd(tx, &document, file->fd, file->size, file->sha256);
    Act act = story_act(rq, EVENT_papers_renewed, story_own_actor(rq));
    if (!trainer_has_document(tx, trainer_id, kept)) /* the same form sent twice is one paper */
        trainer_paper_add(tx, trainer_id, kind, kept, from, to, &act);
    return true;
}
