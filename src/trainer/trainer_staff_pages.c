/* Staff look after trainers: who may work, what is missing, where they are paid. */
#include "date.h"
#include "frame.h"
#include "once_pages.h"
#include "story_pages.h"
#include "text.h"
#include "trainer_pages.h"
#include "trainer_paper_pages.h"
#include "trainer_staff_html.h"
#include "trainer_words.h"

static size_t missing_papers(Tx *tx, TrainerId id, Date today) {
    TrainerPapers papers = trainer_papers(tx, id, today);
    size_t count = 0;
    for (size_t i = 0; i < papers.count; i++)
        count += papers.at[i].is_required && (!papers.at[i].is_there || papers.at[i].is_expired);
    return count;
}

static const char *full_name(Arena *arena, const Trainer *t) {
    return arena_print(arena, "%s %s", t->first_name, t->last_name);
}

static Url list_url(Request *rq) { return url_print(rq->arena, "/g/formateurs"); }

static Url trainer_url(Request *rq, TrainerId id) {
    return url_print(rq->arena, "/g/formateurs/%ld", id.value);
}

void trainer_list_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Html *h = page_html(rq);
    Trainers all = people_trainers(&tx);
    TrainerLine *lines = arena_zero(rq->arena, all.count, sizeof *lines);
    for (size_t i = 0; i < all.count; i++) {
        const Trainer *t = &all.at[i];
        State state = story_where(&tx, THING(trainer, t->id));
        lines[i] = (TrainerLine){ .name = full_name(rq->arena, t),
                                  .email = t->email,
                                  .state = state ? story_state(state)->label : "",
                                  .missing = missing_papers(&tx, t->id, rq->today),
                                  .is_active = state == STATE_trainer_active,
                                  .iban_waits = !text_is_empty(t->iban) && !t->iban_verified_at.ms,
                                  .url = trainer_url(rq, t->id) };
    }
    view_trainer_list(h, &(TrainersView){ lines, all.count, url_print(rq->arena, "/g/formateurs/nouveau") });
    page_send(
        rq, 200,
        &(Page){ .title = trainer_word(TRAINER_WORD_list), .body = h, .nav = "reglages", .is_dense = true });
}

static void show_invite(Request *rq, const Form *form) {
    Html *h = page_html(rq);
    view_trainer_invite(h,
                        &(InviteView){ form, url_print(rq->arena, "/g/formateurs/nouveau"), list_url(rq) });
    page_send(rq, form_ok(form) ? 200 : 422,
              &(Page){ .title = trainer_word(TRAINER_WORD_invite),
                       .body = h,
                       .form = form,
                       .nav = "reglages",
                       .is_dense = true,
                       .crumbs = { { trainer_word(TRAINER_WORD_list), list_url(rq) } } });
}

void trainer_invite_page(Request *rq) { show_invite(rq, form_empty(rq->arena, rq->today)); }

void trainer_invite_post(Request *rq) {
    Form *form = rq_form(rq);
    Email email = form_email(form, "email", trainer_word(TRAINER_WORD_email), REQUIRED);
    Phone phone = form_phone(form, "phone", trainer_word(TRAINER_WORD_phone), OPTIONAL);
    Trainer t = {
        .first_name = form_text(form, "first_name", trainer_word(TRAINER_WORD_first_name), REQUIRED, 80),
        .last_name = form_text(form, "last_name", trainer_word(TRAINER_WORD_last_name), REQUIRED, 80),
        .email = email.text,
        .phone = phone.text,
    };
    if (!form_ok(form)) {
        show_invite(rq, form);
        return;
    }
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    if (once_was_done(rq, &tx))
        return;
    Act act = story_act(rq, EVENT_invited, STAFF);
    TrainerId id = trainer_invite(&tx, &t, &act);
    if (!id.value && !tx.error) {
        form_refuse(form, "email", NULL, trainer_word(TRAINER_WORD_known_email));
        show_invite(rq, form);
        return;
    }
    Url next = trainer_url(rq, id);
    once_done(rq, &tx, next);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, trainer_word(TRAINER_WORD_invited));
    reply_see(rq, next);
}

static bool find(Request *rq, Tx *tx, Trainer *ret) {
    const FieldValue field = { "trainer", rq_param(rq, "trainer") };
    Form *form = form_new(rq->arena, &field, 1, rq->today);
    TrainerId id = { form_int(form, "trainer", "trainer", REQUIRED, 1, INT64_MAX) };
    if (id.value && people_trainer(tx, id, ret))
        return true;
    reply_error(rq, 404, NULL);
    return false;
}

/* Papers expire by themselves: what the store ticked yesterday may not hold today. */
static const Button *buttons_of(Request *rq, Tx *tx, TrainerId id, size_t *ret_count) {
    StoryButtons choices = story_buttons(tx, THING(trainer, id), STAFF);
    bool ready = trainer_is_ready(tx, id, rq->today);
    Button *buttons = arena_zero(rq->arena, choices.count, sizeof *buttons);
    for (size_t i = 0; i < choices.count; i++) {
        const StoryButton *b = &choices.at[i];
        buttons[i] = (Button){ .label = b->label,
                               .url = url_print(rq->arena, "/acte/trainer/%ld/%s", id.value, b->name),
                               .kind = b->event == EVENT_doc_expired ? BUTTON_second : BUTTON_main,
                               .missing = b->missing };
        if (!ready && b->event != EVENT_doc_expired)
            buttons[i].missing = story_need_message(PAPERS_ARE_VALID);
    }
    *ret_count = choices.count;
    return buttons;
}

static const char *regime_label(const char *regime) {
#define REGIME(word, label, hint)                                                                            \
    if (text_same(regime, word))                                                                             \
        return label;
#include "vat_regimes.def"
    return "";
}

static const SumLine *lines_of(Arena *arena, const Trainer *t, size_t *ret_count) {
    const SumLine lines[] = {
        { .label = trainer_word(TRAINER_WORD_email), .value = t->email },
        { .label = trainer_word(TRAINER_WORD_phone),
          .value = text_is_empty(t->phone) ? "" : phone_text(arena, t->phone) },
        { .label = trainer_word(TRAINER_WORD_business), .value = t->business },
        { .label = trainer_word(TRAINER_WORD_siret),
          .value = text_is_empty(t->siret) ? "" : siret_text(arena, t->siret) },
        { .label = trainer_word(TRAINER_WORD_nda),
          .value = text_is_empty(t->nda) ? "" : nda_text(arena, t->nda) },
        { .label = trainer_word(TRAINER_WORD_vat_regime), .value = regime_label(t->vat_regime) },
    };
    SumLine *kept = arena_zero(arena, sizeof lines / sizeof lines[0], sizeof *kept);
    *ret_count = 0;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (*lines[i].value)
            kept[(*ret_count)++] = lines[i];
    return kept;
}

static void show(Request *rq, Tx *tx, const Trainer *t, const Form *form, const char *refusal) {
    Html *h = page_html(rq);
    State state = story_where(tx, THING(trainer, t->id));
    TrainerView view = { .name = full_name(rq->arena, t),
                         .state = state ? story_state(state)->label : "",
                         .meaning = state ? story_state(state)->meaning : "",
                         .refusal = refusal,
                         .iban = text_is_empty(t->iban) ? "" : iban_text(rq->arena, t->iban),
                         .bank_name = t->bank_name,
                         .version = t->version,
                         .verify = url_print(rq->arena, "/g/formateurs/%ld/iban", t->id.value),
                         .papers = trainer_papers_view(
                             rq, tx, t->id, form,
                             url_print(rq->arena, "/g/formateurs/%ld/piece", t->id.value)) };
    if (t->iban_verified_at.ms)
        view.verified = arena_print(rq->arena, trainer_word(TRAINER_WORD_verified_by), t->iban_verified_by,
                                    instant_prose(rq->arena, t->iban_verified_at));
    view.buttons = buttons_of(rq, tx, t->id, &view.button_count);
    view.lines = lines_of(rq->arena, t, &view.line_count);
    view_trainer(h, &view);
    page_send(rq,
              refusal         ? 409
              : form_ok(form) ? 200
                              : 422,
              &(Page){ .title = view.name,
                       .body = h,
                       .form = form,
                       .nav = "reglages",
                       .is_dense = true,
                       .crumbs = { { trainer_word(TRAINER_WORD_list), list_url(rq) } } });
}

void trainer_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Trainer t;
    if (find(rq, &tx, &t))
        show(rq, &tx, &t, form_empty(rq->arena, rq->today), NULL);
}

static void go_back(Request *rq, Tx *tx, TrainerId id, TrainerWord said) {
    if (!db_commit(tx)) {
        reply_fault(rq, tx);
        return;
    }
    page_say(rq, trainer_word(said));
    reply_see(rq, trainer_url(rq, id));
}

void trainer_staff_paper_post(Request *rq) {
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Trainer t;
    if (!find(rq, &tx, &t))
        return;
    if (trainer_paper_receive(rq, &tx, t.id, form))
        go_back(rq, &tx, t.id, TRAINER_WORD_paper_kept);
    else
        show(rq, &tx, &t, form, NULL);
}

void trainer_iban_verified_post(Request *rq) {
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Trainer t;
    if (!find(rq, &tx, &t))
        return;
    int64_t version = form_int(form, "version", "version", REQUIRED, 0, INT64_MAX);
    if (trainer_iban_verify(&tx, t.id, version, rq->viewer->name, rq->now) || tx.error)
        go_back(rq, &tx, t.id, TRAINER_WORD_iban_verified);
    else
        show(rq, &tx, &t, form_empty(rq->arena, rq->today), trainer_word(TRAINER_WORD_iban_changed));
}
