#include "date.h"
#include "frame.h"
#include "funding_company_html.h"
#include "funding_pages.h"
#include "funding_parts_pages.h"
#include "story_pages.h"
#include "viewer.h"

/* What the company signs for, with tax: the whole price, or what the letter leaves to it. */
static Money amount_of(Tx *tx, const Dossier *dossier, bool is_self) {
    Answer answer;
    Money net = dossier->price_cents;
    if (!is_self && funding_answer(tx, dossier->id, &answer))
        net = money_sub(net, answer.granted_cents);
    return funding_with_vat(tx, net);
}

static void figures(Request *rq, Tx *tx, const Dossier *dossier, bool is_self, SumLines *lines) {
    Answer answer = { .circuit = "" };
    Money price = dossier->price_cents, asked = funding_asked(tx, dossier->id).requested;
    Money amount = amount_of(tx, dossier, is_self);
    funding_line(lines, FUNDING_S_WHOLE, money_text(rq->arena, price), false);
    Money net = price;
    if (!is_self && funding_answer(tx, dossier->id, &answer)) {
        net = money_sub(price, answer.granted_cents);
        funding_line(lines, FUNDING_S_WANTED, money_text(rq->arena, asked), false);
        funding_line(lines, FUNDING_S_GRANTED, money_text(rq->arena, answer.granted_cents), false);
        funding_line(lines, FUNDING_S_BEFORE, money_text(rq->arena, money_sub(price, asked)), false);
        funding_line(lines, FUNDING_S_AFTER, money_text(rq->arena, net), false);
    }
    if (money_compare(amount, net))
        funding_line(lines, FUNDING_S_VAT, money_text(rq->arena, money_sub(amount, net)), false);
    funding_line(lines, FUNDING_S_TO_PAY, money_text(rq->arena, amount), true);
}

/* Whether this signature has a place now. */
static bool may_sign(Tx *tx, const Dossier *dossier, bool is_self) {
    Facts facts = story_facts(tx, THING(dossier, dossier->id));
    if (!is_self)
        return facts.state == STATE_dossier_partial_pending;
    return story_judge(&facts, EVENT_company_pays_itself, COMPANY).move ||
           story_judge(&facts, EVENT_company_accepts_to_pay, COMPANY).move;
}

static Url decline_of(Request *rq, Tx *tx, const Dossier *dossier, bool is_self) {
    Event event = is_self ? EVENT_cancelled : EVENT_company_declines_share;
    Facts facts = story_facts(tx, THING(dossier, dossier->id));
    if (!story_judge(&facts, event, COMPANY).move)
        return (Url){ NULL };
    return url_print(rq->arena, "/acte/dossier/%ld/%s", (int64_t)dossier->id.value, story_event_name(event));
}

static void show(Request *rq, Tx *tx, const Dossier *dossier, Form *form, bool is_self, const char *refusal) {
    Html *h = page_html(rq);
    SumLines lines = { .count = 0 };
    Answer answer = { .circuit = "" };
    figures(rq, tx, dossier, is_self, &lines);
    funding_answer(tx, dossier->id, &answer);
    ShareView view = { .form = form,
                       .action = url_print(rq->arena, is_self ? "/dossiers/%s/payer" : "/dossiers/%s/reste",
                                           dossier->reference),
                       .decline = decline_of(rq, tx, dossier, is_self),
                       .refusal = refusal,
                       .amount = arena_print(rq->arena, "%lld",
                                             (long long)amount_of(tx, dossier, is_self).cents),
                       .lines = lines.at,
                       .line_count = lines.count,
                       .is_self = is_self,
                       .may_sign = may_sign(tx, dossier, is_self),
                       .is_refund = !is_self && text_same(answer.circuit, "refund") };
    view_funding_share(h, &view);
    funding_send_page(rq, h, form, is_self ? FUNDING_T_PAY : FUNDING_T_SHARE, dossier, refusal);
}

static void page(Request *rq, bool is_self) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Dossier dossier;
    if (!funding_sees(rq, &tx, &dossier))
        return;
    Form *form = form_empty(rq->arena, rq->today);
    form_preset(form, "signer_name", rq->viewer->name);
    show(rq, &tx, &dossier, form, is_self, NULL);
}

static void tick_or_refuse(Form *form, const char *name) {
    if (!form_tick(form, name))
        form_refuse(form, name, funding_word(FUNDING_F_ROLE), funding_word(FUNDING_SIGN_NEEDED));
}

static Signature signature_of(Request *rq, Form *form, DossierId dossier_id, bool is_self) {
    Signature s = { .dossier_id = dossier_id,
                    .what = is_self ? "commitment" : "share",
                    .email = rq->viewer->email,
                    .proof = funding_word(FUNDING_PROOF_BY_MAIL),
                    .consent = funding_word(is_self ? FUNDING_PAY_CONSENT : FUNDING_SHARE_CONSENT),
                    .remote = rq->remote,
                    .user_agent = rq->user_agent,
                    .signed_at = rq->now };
    s.signer_name = form_text(form, "signer_name", funding_word(FUNDING_F_SIGNER), REQUIRED, 120);
    s.signer_role = form_text(form, "signer_role", funding_word(FUNDING_F_ROLE), REQUIRED, 80);
    tick_or_refuse(form, "authority");
    tick_or_refuse(form, "consent");
    return s;
}

/* Signs for the very amount that was read. */
static const char *sign(Request *rq, Tx *tx, const Dossier *dossier, Signature *signature, bool is_self) {
    Act act = story_act(rq, EVENT_NONE, COMPANY);
    signature->amount_cents = amount_of(tx, dossier, is_self);
    const char *shown = arena_print(rq->arena, "%lld", (long long)signature->amount_cents.cents);
    bool is_open = may_sign(tx, dossier, is_self);
    if (is_open && !text_same(shown, rq_field(rq, "amount")))
        return funding_word(FUNDING_AMOUNT_CHANGED);
    Outcome outcome = is_self ? funding_self_pay(tx, dossier->id, signature, &act)
                              : funding_accept_share(tx, dossier->id, signature, &act);
    if (outcome.done && outcome.is_repeat)
        db_rollback(tx); /* signed before by this very form: once is enough */
    return outcome.done ? NULL : is_open ? outcome.why : funding_word(FUNDING_NOTHING_TO_ACCEPT);
}

static void post(Request *rq, bool is_self) {
    if (!page_needs_proof(rq))
        return;
    Form *form = rq_form(rq);
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    const char *why = NULL;
    if (!funding_sees(rq, &tx, &dossier))
        return;
    Signature signature = signature_of(rq, form, dossier.id, is_self);
    Url back = url_print(rq->arena, "/dossiers/%s", dossier.reference);
    if (form_ok(form))
        why = sign(rq, &tx, &dossier, &signature, is_self);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (why || !form_ok(form)) {
        db_rollback(&tx);
        AUTO_TX Tx look = db_read(rq->db, rq->arena);
        show(rq, &look, &dossier, form, is_self, why);
        return;
    }
    if (!tx.open) {
        reply_see(rq, back);
        return;
    }
    funding_commit(rq, &tx, is_self ? EVENT_company_pays_itself : EVENT_company_accepts_share, back);
}

void funding_share_page(Request *rq) { page(rq, false); }
void funding_share_post(Request *rq) { post(rq, false); }
void funding_self_pay_page(Request *rq) { page(rq, true); }
void funding_self_pay_post(Request *rq) { post(rq, true); }
