/* reach.h - whom a mail of the story goes to, and with which link. */
#pragma once
#include "quality_store.h"
#include "story_store.h"

/* What a thing is about: found once, used for recipients and values. */
typedef struct About {
    SessionId session_id;
    DossierId dossier_id;
    ParticipantId participant_id;
    InvoiceId invoice_id;
    PayoutId payout_id;
    AuditId audit_id;
    TrainerId trainer_id;
    SlotId slot_id;
} About;
About reach_about(Tx *tx, Thing thing);

typedef struct Recipient {
    const char *role; /* company, trainer, staff, participant, funder */
    const char *first_name, *name, *address;
    AccountId account_id;
    ParticipantId participant_id;
    DossierId dossier_id; /* the one the mail speaks of, for this person */
} Recipient;
typedef struct Recipients {
    Recipient *at;
    size_t count;
} Recipients;

/* Everybody that one actor stands for, about that thing. A person without address is left out: staff see it
 * in the file. */
Recipients reach_recipients(Tx *tx, const About *about, unsigned actor);
