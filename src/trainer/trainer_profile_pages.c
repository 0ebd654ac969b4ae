/* The trainer's own page: who he is, where he is paid, his papers. */
#include "date.h"
#include "frame.h"
#include "text.h"
#include "trainer_pages.h"
#include "trainer_paper_pages.h"
#include "trainer_profile_html.h"
#include "trainer_words.h"

static const char *const regimes[] = {
#define REGIME(word, label, hint) word,
#include "vat_regimes.def"
    NULL,
};
static const Option vat_options[] = {
#define REGIME(word, label, hint) { word, label, hint },
#include "vat_regimes.def"
};
enum { VAT_OPTIONS = sizeof vat_options / sizeof vat_options[0] };

static Form *profile_form(Request *rq, const Trainer *t) {
    Form *form = form_empty(rq->arena, rq->today);
    form_preset(form, "first_name", t->first_name);
    form_preset(form, "last_name", t->last_name);
    form_preset(form, "phone", text_is_empty(t->phone) ? "" : phone_text(rq->arena, t->phone));
    form_preset(form, "business", t->business);
    form_preset(form, "siret", text_is_empty(t->siret) ? "" : siret_text(rq->arena, t->siret));
    form_preset(form, "nda", text_is_empty(t->nda) ? "" : nda_text(rq->arena, t->nda));
    form_preset(form, "vat_regime", t->vat_regime);
    form_preset(form, "iban", text_is_empty(t->iban) ? "" : iban_text(rq->arena, t->iban));
    form_preset(form, "bank_name", t->bank_name);
    return form;
}

/* `paper` is the form of the papers when it was the one that was sent. */
static void show(Request *rq, Tx *tx, const Trainer *t, const Form *form, const Form *paper,
                 const char *refusal) {
    Html *h = page_html(rq);
    const Form *papers = paper ? paper : form_empty(rq->arena, rq->today);
    const Form *faulty = paper ? paper : form;
    bool is_verified = t->iban_verified_at.ms != 0;
    ProfileView view = {
        .form = form,
        .action = url_print(rq->arena, "/f/profil"),
        .refusal = refusal,
        .iban_state = trainer_word(is_verified ? TRAINER_WORD_iban_verified : TRAINER_WORD_iban_waits),
        .version = t->version,
        .vat = vat_options,
        .vat_count = VAT_OPTIONS,
        .has_iban = !text_is_empty(t->iban),
        .is_verified = is_verified,
        .papers = trainer_papers_view(rq, tx, t->id, papers, url_print(rq->arena, "/f/profil/piece"))
    };
    if (paper)
        form_summary(h, paper);
    view_trainer_profile(h, &view);
    page_send(rq,
              refusal           ? 409
              : form_ok(faulty) ? 200
                                : 422,
              &(Page){ .title = trainer_word(TRAINER_WORD_profile), .body = h, .form = faulty });
}

static bool find(Request *rq, Tx *tx, Trainer *ret) {
    if (people_trainer(tx, rq->viewer->trainer_id, ret))
        return true;
    reply_error(rq, 404, NULL);
    return false;
}

void trainer_profile_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Trainer t;
    if (find(rq, &tx, &t))
        show(rq, &tx, &t, profile_form(rq, &t), NULL, NULL);
}

static void read_profile(Request *rq, Form *form, Trainer *t) {
    /* in the order of the page: so the messages come */
    t->first_name = form_text(form, "first_name", trainer_word(TRAINER_WORD_first_name), REQUIRED, 80);
    t->last_name = form_text(form, "last_name", trainer_word(TRAINER_WORD_last_name), REQUIRED, 80);
    Phone phone = form_phone(form, "phone", trainer_word(TRAINER_WORD_phone), OPTIONAL);
    t->business = form_text(form, "business", trainer_word(TRAINER_WORD_business), REQUIRED, 120);
    Siret siret = form_siret(form, "siret", trainer_word(TRAINER_WORD_siret), REQUIRED);
    Nda nda = form_nda(form, "nda", trainer_word(TRAINER_WORD_nda), OPTIONAL);
    t->vat_regime = form_choice(form, "vat_regime", trainer_word(TRAINER_WORD_vat_regime), REQUIRED, regimes);
    Iban iban = form_iban(form, "iban", trainer_word(TRAINER_WORD_iban), OPTIONAL);
    t->bank_name = form_text(form, "bank_name", trainer_word(TRAINER_WORD_bank_name), OPTIONAL, 70);
    t->siret = arena_copy(rq->arena, siret.digits);
    t->nda = arena_copy(rq->arena, nda.digits);
    t->iban = arena_copy(rq->arena, iban.text);
    t->phone = arena_copy(rq->arena, phone.text);
    t->version = form_int(form, "version", "version", REQUIRED, 0, INT64_MAX);
    if (*t->iban && text_is_empty(t->bank_name))
        form_refuse(form, "bank_name", NULL, trainer_word(TRAINER_WORD_bank_needed));
    if (text_is_empty(form_typed(form, "iban")) && !text_is_empty(t->bank_name))
        form_refuse(form, "iban", NULL, trainer_word(TRAINER_WORD_iban_needed));
}

void trainer_profile_post(Request *rq) {
    if (!page_needs_proof(rq))
        return;
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Trainer before;
    if (!find(rq, &tx, &before))
        return;
    Trainer t = before;
    read_profile(rq, form, &t);
    if (!form_ok(form)) {
        before.version = t.version;
        show(rq, &tx, &before, form, NULL, NULL);
        return;
    }
    if (!trainer_save(&tx, &t) && !tx.error) {
        show(rq, &tx, &before, form, NULL, trainer_word(TRAINER_WORD_changed));
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    bool same = text_same(t.iban, before.iban) && text_same(t.bank_name, before.bank_name);
    page_say(rq, trainer_word(same || !*t.iban ? TRAINER_WORD_saved : TRAINER_WORD_saved_iban));
    reply_see(rq, url_print(rq->arena, "/f/profil"));
}

void trainer_paper_post(Request *rq) {
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Trainer t;
    if (!find(rq, &tx, &t))
        return;
    if (!trainer_paper_receive(rq, &tx, t.id, form)) {
        show(rq, &tx, &t, profile_form(rq, &t), form, NULL);
        return;
    }
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, trainer_word(TRAINER_WORD_paper_kept));
    reply_see(rq, url_print(rq->arena, "/f/profil"));
}
