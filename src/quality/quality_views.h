/* quality_views.h - what the templates of this room show. */
#pragma once
#include "components.h"
#include "document_store.h"
#include "form.h"
#include "quality_store.h"

typedef struct AuditRowView { const Audit *audit; Url url; Tag tag; } AuditRowView;
typedef struct AuditListView { AuditRowView *rows; size_t count; Empty empty; } AuditListView;

typedef struct AuditFormView {
    const Dossier *dossier;
    const Form    *form;
    const Option  *funders;
    size_t         funder_count;
    Url            action;
} AuditFormView;

typedef struct AuditView {
    const Audit   *audit;
    const char    *funder, *dossier_ref, *link; /* link: shown once, or NULL */
    Tag            tag;
    Button        *acts;
    size_t         act_count;
    Visits         visits;
    Lines          lines;
    const Form    *form;
    Url            dossier_url, link_action, revoke_action;
} AuditView;

typedef struct PieceView { const Document *document; Url url; } PieceView;
typedef struct PresenceView { const char *name, *when, *signed_text, *counter_text, *note; } PresenceView;
typedef struct RoomView {
    const Audit   *audit;
    const Dossier *dossier;
    const Session *session;
    const Company *company;
    PieceView     *pieces;
    size_t         piece_count;
    PresenceView  *presences;
    size_t         presence_count;
    Invoices       invoices;
    Signature      convention;
    bool           has_convention;
} RoomView;

/* The field of a form of this room. */
void quality_field(Html *h, const Form *form, const char *name, const char *label, const char *type);
