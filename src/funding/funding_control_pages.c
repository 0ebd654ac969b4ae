#include "date.h"
#include "directory_store.h"
#include "document_store.h"
#include "frame.h"
#include "funding_control_html.h"
#include "funding_pages.h"
#include "funding_parts_pages.h"
#include "story_pages.h"
#include "viewer.h"

static const char *const circuits[] = { "direct", "mixed", "refund", NULL };
enum { CIRCUIT_COUNT = 3, NOTE_LONGEST = 1000, REASON_LONGEST = 1000 };

static Url control_url(Arena *arena, const char *reference) {
    return url_print(arena, "/g/accords/%s", reference);
}

void funding_queue_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Html *h = page_html(rq);
    Waitings all = funding_waiting(&tx);
    QueueLine *lines = arena_zero(rq->arena, all.count + 1, sizeof *lines);
    for (size_t i = 0; i < all.count; i++)
        lines[i] = (QueueLine){ .url = control_url(rq->arena, all.at[i].reference),
                                .reference = all.at[i].reference,
                                .company = all.at[i].company_name,
                                .title = all.at[i].title,
                                .starts_on = all.at[i].starts_on,
                                .since = all.at[i].since,
                                .price = all.at[i].price_cents };
    view_funding_queue(h, &(QueueView){ lines, all.count });
    page_send(
        rq, 200,
        &(Page){ .title = funding_word(FUNDING_T_QUEUE), .body = h, .is_dense = true, .nav = "dossiers" });
}

/* Where this dossier stands in the queue: 0 when it is not in it. */
static size_t place_in(const Waitings *all, DossierId dossier_id) {
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].dossier_id.value == dossier_id.value)
            return i + 1;
    return 0;
}

static void set_place(Request *rq, Tx *tx, const Dossier *dossier, ControlView *view) {
    Waitings all = funding_waiting(tx);
    size_t place = place_in(&all, dossier->id);
    if (!place)
        return;
    view->place = place == 1 ? arena_print(rq->arena, funding_word(FUNDING_FIRST_OF), all.count)
                             : arena_print(rq->arena, funding_word(FUNDING_NTH_OF), place, all.count);
    if (place > 1)
        view->previous = control_url(rq->arena, all.at[place - 2].reference);
    if (place < all.count)
        view->next = control_url(rq->arena, all.at[place].reference);
}

static void set_options(Request *rq, Tx *tx, ControlView *view) {
    Funders all = directory_funders(tx);
    Option *funders = arena_zero(rq->arena, all.count + 1, sizeof *funders);
    Option *ways = arena_zero(rq->arena, CIRCUIT_COUNT, sizeof *ways);
    for (size_t i = 0; i < all.count; i++)
        funders[i] = (Option){ all.at[i].code, all.at[i].name, "" };
    for (size_t i = 0; i < CIRCUIT_COUNT; i++)
        ways[i] = (Option){ circuits[i], funding_circuit_label(circuits[i]), "" };
    view->funders = funders;
    view->funder_count = all.count;
    view->circuits = ways;
    view->circuit_count = CIRCUIT_COUNT;
}

static const char *missing_for(const Facts *facts, Event event) {
    Verdict verdict = story_judge(facts, event, STAFF);
    return verdict.move && verdict.missing == NO_NEED ? NULL : story_need_message(verdict.missing);
}

/* Codes are for machines: people read the funder's name. */
static void name_funders(Tx *tx, const Asked *asked, const Granted *granted, Differences *all) {
    if (!all->count)
        return;
    all->at[0].asked = funding_funder_name(tx, asked->funder_code);
    all->at[0].read = funding_funder_name(tx, granted->funder_code);
}

static Differences differences_of(Tx *tx, const Dossier *dossier, const Answer *answer, Date today) {
    Asked asked = funding_asked(tx, dossier->id);
    Granted granted = funding_granted(answer);
    Differences all = funding_compare(tx->arena, &asked, &granted, today);
    name_funders(tx, &asked, &granted, &all);
    return all;
}

static void set_typed(Request *rq, Tx *tx, const Dossier *dossier, const Answer *answer, ControlView *view) {
    view->is_typed = answer->typed_at.ms != 0;
    if (!view->is_typed)
        return;
    Shares shares = funding_shares(dossier->price_cents, answer->granted_cents, answer->direct_cents,
                                   answer->circuit);
    view->differences = differences_of(tx, dossier, answer, rq->today);
    view->funder_share = shares.funder;
    view->company_share = shares.company;
    view->granted = answer->granted_cents;
    view->circuit = funding_circuit_label(answer->circuit);
    view->is_partial = money_compare(answer->granted_cents, funding_asked(tx, dossier->id).requested) < 0;
}

static void show(Request *rq, Tx *tx, const Dossier *dossier, const Answer *answer, Form *form,
                 const char *refusal) {
    Html *h = page_html(rq);
    Session session = { .title = "" };
    Company company = { .name = "" };
    Document document = { .file_name = "", .mime = "" };
    session_get(tx, dossier->session_id, &session);
    people_company(tx, dossier->company_id, &company);
    document_get(tx, answer->document_id, &document);
    Facts facts = story_facts(tx, THING(dossier, dossier->id));
    ControlView view = {
        .form = form,
        .action = control_url(rq->arena, dossier->reference),
        .decision = url_print(rq->arena, "/g/accords/%s/decision", dossier->reference),
        .original = url_print(rq->arena, "/documents/%ld", (int64_t)answer->document_id.value),
        .dossier = url_print(rq->arena, "/dossiers/%s", dossier->reference),
        .title = session.title,
        .company = company.name,
        .reference = dossier->reference,
        .dates = date_is_none(session.starts_on) ? NULL
                                                 : date_span(rq->arena, session.starts_on, session.ends_on),
        .refusal = refusal,
        .deposited_by = answer->deposited_by,
        .deposited_at = answer->deposited_at,
        .file_name = document.file_name,
        .is_image = text_same(document.mime, "image/jpeg") || text_same(document.mime, "image/png"),
        .waits = facts.state == STATE_dossier_agreement_received,
        .ok_missing = missing_for(&facts, EVENT_control_ok),
        .partial_missing = missing_for(&facts, EVENT_partial_amount)
    };
    set_place(rq, tx, dossier, &view);
    set_options(rq, tx, &view);
    set_typed(rq, tx, dossier, answer, &view);
    view_funding_control(h, &view);
    page_send(rq,
              refusal         ? 409
              : form_ok(form) ? 200
                              : 422,
              &(Page){ .title = arena_print(rq->arena, funding_word(FUNDING_T_CONTROL), company.name),
                       .body = h,
                       .form = form,
                       .is_dense = true,
                       .nav = "dossiers" });
}

static const char *reasons(Tx *tx, const Dossier *dossier, const Answer *answer, Date today) {
    Differences all = differences_of(tx, dossier, answer, today);
    Text text = text_new(tx->arena);
    text_add(&text, "");
    for (size_t i = 0; i < all.count; i++)
        if (!all.at[i].is_conform)
            text_print(&text, "%s%s", text.n ? "\n" : "",
                       arena_print(tx->arena, funding_word(FUNDING_REASON_LINE), all.at[i].point,
                                   all.at[i].read, all.at[i].asked));
    return text.p;
}

static const char *day(Arena *arena, Date d) { return date_is_none(d) ? "" : date_text(arena, d); }

static Form *form_of(Request *rq, Tx *tx, const Dossier *dossier, const Answer *a) {
    Form *form = form_empty(rq->arena, rq->today);
    if (!a->typed_at.ms)
        return form;
    const FieldValue values[] = {
        { "funder_code", a->funder_code },
        { "file_number", a->file_number },
        { "letter_on", day(rq->arena, a->letter_on) },
        { "company_siret", a->company_siret },
        { "starts_on", day(rq->arena, a->starts_on) },
        { "ends_on", day(rq->arena, a->ends_on) },
        { "granted_hours", minutes_hours(rq->arena, a->granted_minutes) },
        { "participant_count", arena_print(rq->arena, "%lld", (long long)a->participant_count) },
        { "granted", money_field(rq->arena, a->granted_cents) },
        { "circuit", a->circuit },
        { "direct", a->direct_cents.cents ? money_field(rq->arena, a->direct_cents) : "" },
        { "invoice_by_on", day(rq->arena, a->invoice_by_on) },
        { "note", a->note },
        { "reason_ko", reasons(tx, dossier, a, rq->today) }
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        form_preset(form, values[i].name, values[i].value);
    return form;
}

/* The dossier and its last answer; else the reply is written. */
static bool found(Request *rq, Tx *tx, Dossier *dossier, Answer *answer) {
    if (!funding_sees(rq, tx, dossier))
        return false;
    if (funding_answer(tx, dossier->id, answer))
        return true;
    reply_error(rq, 404, funding_word(FUNDING_NO_ANSWER));
    return false;
}

void funding_control_page(Request *rq) {
    AUTO_TX Tx tx = db_read(rq->db, rq->arena);
    Dossier dossier;
    Answer answer;
    if (found(rq, &tx, &dossier, &answer))
        show(rq, &tx, &dossier, &answer, form_of(rq, &tx, &dossier, &answer), NULL);
}

static const char *funder_typed(Tx *tx, Form *form) {
    Funders all = directory_funders(tx);
    const char **words = arena_zero(tx->arena, all.count + 1, sizeof *words);
    for (size_t i = 0; i < all.count; i++)
        words[i] = all.at[i].code;
    return form_choice(form, "funder_code", funding_word(FUNDING_F_FUNDER), REQUIRED, words);
}

/* What the OPCO pays to the body itself: all of the grant, none of it, or what the letter says. */
static void read_direct(Form *form, Answer *a) {
    const char *label = funding_word(FUNDING_F_DIRECT);
    a->direct_cents = form_money(form, "direct", label, OPTIONAL);
    if (text_same(a->circuit, "refund"))
        a->direct_cents = (Money){ 0 };
    else if (money_is_zero(a->direct_cents))
        a->direct_cents = a->granted_cents;
    if (money_compare(a->direct_cents, a->granted_cents) > 0)
        form_refuse(form, "direct", label, funding_word(FUNDING_DIRECT_TOO_MUCH));
}

static void read_letter(Tx *tx, Form *form, Answer *a) {
    a->funder_code = funder_typed(tx, form);
    a->file_number = form_text(form, "file_number", funding_word(FUNDING_F_NUMBER), OPTIONAL, 60);
    a->letter_on = form_date(form, "letter_on", funding_word(FUNDING_F_LETTER), REQUIRED);
    a->company_siret = arena_copy(
        tx->arena, form_siret(form, "company_siret", funding_word(FUNDING_F_SIRET), REQUIRED).digits);
    a->starts_on = form_date(form, "starts_on", funding_word(FUNDING_F_STARTS), REQUIRED);
    a->ends_on = form_date(form, "ends_on", funding_word(FUNDING_F_ENDS), REQUIRED);
    a->granted_minutes = form_hours(form, "granted_hours", funding_word(FUNDING_F_HOURS), REQUIRED);
    a->participant_count = form_int(form, "participant_count", funding_word(FUNDING_F_PEOPLE), REQUIRED, 0,
                                    999);
    a->granted_cents = form_money(form, "granted", funding_word(FUNDING_F_GRANTED), REQUIRED);
    a->circuit = form_choice(form, "circuit", funding_word(FUNDING_F_CIRCUIT), REQUIRED, circuits);
    a->invoice_by_on = form_date(form, "invoice_by_on", funding_word(FUNDING_F_INVOICE_BY), OPTIONAL);
    a->note = form_text(form, "note", funding_word(FUNDING_F_NOTE), OPTIONAL, NOTE_LONGEST);
    if (!date_is_none(a->ends_on) && a->ends_on.days < a->starts_on.days)
        form_refuse(form, "ends_on", funding_word(FUNDING_F_ENDS), funding_word(FUNDING_ENDS_EARLY));
    read_direct(form, a);
}

void funding_control_post(Request *rq) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    Answer answer;
    const char *why = NULL;
    Form *form = rq_form(rq);
    if (!found(rq, &tx, &dossier, &answer))
        return;
    Answer before = answer;
    read_letter(&tx, form, &answer);
    if (story_where(&tx, THING(dossier, dossier.id)) != STATE_dossier_agreement_received)
        why = funding_word(FUNDING_ALREADY_DECIDED);
    if (why || !form_ok(form)) {
        show(rq, &tx, &dossier, &before, form, why);
        return;
    }
    Act act = story_act(rq, EVENT_NONE, STAFF);
    funding_type(&tx, answer.id, &answer, &act);
    if (!db_commit(&tx)) {
        reply_fault(rq, &tx);
        return;
    }
    page_say(rq, funding_word(FUNDING_SAID_TYPED));
    reply_see(rq, control_url(rq->arena, dossier.reference));
}

/* The event of the pressed button and its reason; EVENT_NONE: not one of ours. */
static Event decision_of(const Request *rq, Form *form, const char **ret_reason) {
    static const Event events[] = { EVENT_control_ok, EVENT_partial_amount, EVENT_control_ko, EVENT_refused };
    Event event = story_event_named(rq_field(rq, "event"));
    *ret_reason = NULL;
    if (event == EVENT_control_ko)
        *ret_reason = form_text(form, "reason_ko", funding_word(FUNDING_F_REASON_KO), REQUIRED,
                                REASON_LONGEST);
    if (event == EVENT_refused)
        *ret_reason = form_text(form, "reason_no", funding_word(FUNDING_F_REASON_NO), REQUIRED,
                                REASON_LONGEST);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (events[i] == event)
            return event;
    return EVENT_NONE;
}

/* Where to go on: the one that now stands at this place of the queue, else the queue. */
static Url next_of(Request *rq, Tx *tx, size_t place) {
    Waitings all = funding_waiting(tx);
    if (!all.count)
        return url_print(rq->arena, "/g/accords");
    size_t index = place && place <= all.count ? place - 1 : 0;
    return control_url(rq->arena, all.at[index].reference);
}

void funding_decision_post(Request *rq) {
    AUTO_TX Tx tx = db_begin(rq->db, rq->arena);
    Dossier dossier;
    Answer answer;
    const char *reason;
    Form *form = rq_form(rq);
    if (!found(rq, &tx, &dossier, &answer))
        return;
    Event event = decision_of(rq, form, &reason);
    if (event == EVENT_NONE) {
        reply_error(rq, 400, NULL);
        return;
    }
    if (!form_ok(form)) {
        const char *name, *message = form_error(form, 0, &name);
        Form *shown = form_of(rq, &tx, &dossier, &answer); /* what the letter says stays in its form */
        form_refuse(shown, name, "", message);
        show(rq, &tx, &dossier, &answer, shown, NULL);
        return;
    }
    Act act = story_act(rq, event, event == EVENT_refused ? FUNDER : STAFF);
    act.reason = reason;
    Waitings queue = funding_waiting(&tx);
    size_t place = place_in(&queue, dossier.id);
    Outcome outcome = funding_decide(&tx, dossier.id, event, &act);
    if (tx.error) {
        reply_fault(rq, &tx);
        return;
    }
    if (!outcome.done) {
        db_rollback(&tx);
        AUTO_TX Tx look = db_read(rq->db, rq->arena);
        show(rq, &look, &dossier, &answer, form_of(rq, &look, &dossier, &answer), outcome.why);
        return;
    }
    Url next = next_of(rq, &tx, place);
    funding_commit(rq, &tx, event, next);
}
