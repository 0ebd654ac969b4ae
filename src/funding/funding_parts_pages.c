#include "funding_parts_pages.h"

#include "directory_store.h"
#include "frame.h"
#include "viewer.h"

enum { VAT_20_BP = 2000 };

bool funding_sees(Request *rq, Tx *tx, Dossier *ret) {
    if (dossier_seen(tx, rq->viewer, rq_param(rq, "reference"), ret))
        return true;
    reply_error(rq, 404, NULL);
    return false;
}

void funding_line(SumLines *lines, FundingWord label, const char *value, bool is_total) {
    if (lines->count < SUM_LINES_MOST && !text_is_empty(value))
        lines->at[lines->count++] = (SumLine){ .label = funding_word(label),
                                               .value = value,
                                               .is_total = is_total };
}

void funding_send_page(Request *rq, Html *body, const Form *form, FundingWord title, const Dossier *dossier,
                       const char *refusal) {
    const char *crumb = arena_print(rq->arena, funding_word(FUNDING_L_DOSSIER), dossier->reference);
    page_send(rq,
              refusal         ? 409
              : form_ok(form) ? 200
                              : 422,
              &(Page){ .title = funding_word(title),
                       .body = body,
                       .form = form,
                       .nav = "dossiers",
                       .crumbs = { { crumb, url_print(rq->arena, "/dossiers/%s", dossier->reference) } } });
}

const char *funding_funder_name(Tx *tx, const char *code) {
    Funder funder;
    return directory_funder(tx, code, &funder) ? funder.name : funding_word(FUNDING_YOUR_OPCO);
}

Money funding_with_vat(Tx *tx, Money net) {
    Organisation house = { .vat_regime = "" };
    people_organisation(tx, &house);
    return text_same(house.vat_regime, "vat_20") ? money_add(net, money_rate(net, (Rate){ VAT_20_BP })) : net;
}

bool funding_commit(Request *rq, Tx *tx, Event event, Url to) {
    if (!db_commit(tx)) {
        reply_fault(rq, tx);
        return false;
    }
    page_say(rq, story_event_past(event));
    reply_see(rq, to);
    return true;
}

void funding_field(Html *h, const Form *form, const char *name, FundingWord label, const char *type,
                   bool optional) {
    form_field(h, form,
               &(Field){ .name = name, .label = funding_word(label), .type = type, .optional = optional });
}

void funding_select(Html *h, const Form *form, const char *name, FundingWord label, const Option *options,
                    size_t count) {
    form_select(h, form, name, funding_word(label), options, count);
}
