/* funding_store.h - the request to the OPCO and its answer. Owns request, answer. */
#pragma once
#include "db.h"
#include "dossier_store.h"
#include "funding.h"
#include "ids.h"
#include "story_store.h"

typedef struct FundingRequest {
    RequestId   id;
    DossierId   dossier_id;
    int64_t     version, planned_minutes, participant_count;
    const char *funder_code, *circuit_wished, *funder_ref, *missing;
    Money       requested_cents;
    Date        starts_on, ends_on, sent_on, incomplete_on;
} FundingRequest;
typedef struct Answer {
    AnswerId    id;
    DossierId   dossier_id;
    int64_t     version, granted_minutes, participant_count;
    DocumentId  document_id;
    const char *deposited_by, *verdict, *funder_code, *file_number, *company_siret, *circuit, *note,
        *typed_by;
    Instant     deposited_at, typed_at;
    Date        letter_on, starts_on, ends_on, invoice_by_on;
    Money       granted_cents, direct_cents;
} Answer;

bool funding_request(Tx *tx, DossierId dossier_id, FundingRequest *ret); /* the last version */
bool funding_answer(Tx *tx, DossierId dossier_id, Answer *ret);
Asked   funding_asked(Tx *tx, DossierId dossier_id);
Granted funding_granted(const Answer *answer);

/* The acts. Each keeps its facts, ticks its needs and fires in the caller's transaction. */
Outcome funding_send(Tx *tx, DossierId dossier_id, Date sent_on, const char *funder_ref, const Act *act);
Outcome funding_deposit(Tx *tx, DossierId dossier_id, DocumentId document_id, const Act *act);
/* the OPCO wants one more paper: kept on the last request */
void    funding_missing(Tx *tx, DossierId dossier_id, const char *document, Instant now);
/* what the letter says; ticks the needs */
void    funding_type(Tx *tx, AnswerId answer_id, const Answer *values, const Act *act);
/* control_ok, partial_amount, control_ko, refused, ... */
Outcome funding_decide(Tx *tx, DossierId dossier_id, Event event, const Act *act);
Outcome funding_accept_share(Tx *tx, DossierId dossier_id, const Signature *signature, const Act *act);
/* company_pays_itself or company_accepts_to_pay, with its signed commitment: the circuit becomes `self`. */
Outcome funding_self_pay(Tx *tx, DossierId dossier_id, const Signature *signature, const Act *act);

/* Who pays what once green: circuit direct, refund, mixed, or self (no OPCO). False: not known yet. */
typedef struct Plan {
    const char *circuit, *funder_code, *file_number;
    Shares      shares; /* before tax */
    Date        invoice_by_on;
} Plan;
bool funding_plan(Tx *tx, DossierId dossier_id, Plan *ret);

/* The answers that wait for a control, the most urgent first; 100 at most. */
typedef struct Waiting {
    DossierId   dossier_id;
    const char *reference, *company_name, *title;
    Date        starts_on;
    Instant     since;
    Money       price_cents;
} Waiting;
typedef struct Waitings { Waiting *at; size_t count; } Waitings;
Waitings funding_waiting(Tx *tx);
