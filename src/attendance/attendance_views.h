/* attendance_views.h - what the pages of presence show: words ready to write. */
#pragma once
#include "components.h"
#include "form.h"

/* One person's half-day, as it stands on a list. */
typedef struct SlotView {
    const char *person, *company, *day, *starts, *ends;
    const char *label;  /* the state, in words */
    Tone        tone;
    Instant     signed_at;
    const char *signed_clock, *reason; /* "" unless signed; absent */
    Url         sign, absent, undo, regularise; /* none: not now, or not by this reader */
} SlotView;

typedef struct MineView {
    const char     *person, *title, *dates, *place, *trainer, *reference;
    bool            is_remote;
    const TurnCard *turn;   /* NULL: nothing to sign now */
    const char     *next;   /* "La signature ouvre ...", or NULL */
    const SlotView *slots;
    size_t          slot_count;
    const DocLine  *docs;
    size_t          doc_count;
} MineView;

typedef struct HalfView {
    const char *label, *starts, *ends;
    Url         url;
    bool        is_current;
} HalfView;

typedef struct SheetView {
    const char     *title, *city, *reference;
    const HalfView *halves;
    size_t          half_count;
    const SlotView *slots;
    size_t          slot_count, signed_count, present_count;
    const char     *refusal, *no_light; /* sentences, or NULL */
    Url             action, declare_end, certificats; /* none: not now */
    const char     *ends;       /* the clock from which one may countersign */
    bool            is_over, is_complete, is_countersigned;
    const char     *countersigned_by;
    Instant         countersigned_at;
} SheetView;

typedef struct SignView {
    const char *person, *day, *starts, *ends, *title, *trainer, *company;
    const Form *form;
    const char *tick;    /* the label of the box */
    const char *refusal; /* why not (NULL: it can be signed) */
    bool        is_signed, is_handed; /* handed: on the trainer's device */
    Instant     signed_at;
    Url         action, back, absent, regularise;
} SignView;

typedef struct PupilView {
    const char *name, *job, *hours; /* attended */
    bool        has_hours;
    const char *field, *field_label, *skills; /* skills: attested, in words, or NULL */
    const char *attested_by;
    Instant     attested_at, signed_at;
} PupilView;

typedef struct DossierView {
    const char      *reference, *company;
    const PupilView *people;
    size_t           count;
    bool             is_attested, is_delivered, is_empty; /* empty: nobody attended at all */
    bool             may_sign;
    int64_t          id;
} DossierView;

typedef struct CertificatsView {
    const char        *title, *reference, *refusal;
    const char        *not_ended; /* the sentence, or NULL */
    const Form        *form;
    const Option      *skills;
    size_t             skill_count;
    const DossierView *dossiers;
    size_t             count;
    bool               may_attest, is_staff;
    Url                action, sheet;
} CertificatsView;
