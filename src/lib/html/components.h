/* components.h - the parts that pages share (components.html), as plain structs.
 *
 *   {{use "components_html.h"}} ... {{call turn_card(&p->turn)}}
 *
 * Every text is French as it stands in a table or an arena string; typography is applied
 * by the part. NULL or "" leaves a line out; a Url that is none leaves out the link. */
#pragma once
#include "html.h"

typedef enum Tone {
    TONE_plain,
    TONE_turn,
    TONE_blue,
    TONE_ok,
    TONE_bad,
    TONE_violet,
    TONE_rose,
    TONE_green,
} Tone;
const char *tone_class(Tone tone); /* "t-turn" ..., "" for plain */

typedef enum ButtonKind { BUTTON_main, BUTTON_second, BUTTON_link, BUTTON_bad } ButtonKind;
/* A link, or with `is_post` a form of its own. With `missing` it cannot be pressed: the reason is said. */
typedef struct Button {
    const char *label, *icon;
    Url         url;
    bool        is_post, is_small;
    ButtonKind  kind;
    const char *name, *value; /* a hidden field of the posted form */
    const char *missing;      /* "Il manque la convention signée" */
} Button;
const char *button_class(const Button *button);

/* Whose turn it is, and the one act. In saffron only when it is the reader's. */
typedef struct TurnCard {
    bool          is_yours, is_over; /* over: nothing is expected of anybody */
    const char   *id;                /* of its title; NULL: a-vous. Needed only where two stand on a page */
    const char   *eyebrow;           /* NULL: "À vous de jouer", or "Rien à faire pour vous" */
    const char   *title, *text;
    const char   *due;               /* "À faire avant le lundi 7 décembre (dans 14 jours)." */
    bool          is_late;
    const Html   *body;              /* a form of the room inside the card, or NULL */
    const Button *buttons;
    size_t        button_count;
    const char   *more_title, *more; /* folded: "Où trouver ce document ?" */
    const char   *aside;             /* a last link: "L'OPCO a refusé ou demande une pièce" */
    Url           aside_url;
} TurnCard;

typedef enum StepState { STEP_next, STEP_now, STEP_done } StepState;
typedef struct Step {
    StepState   state;
    const char *title, *who;
    Url         url;
} Step;

typedef struct SumLine {
    const char *label, *value;
    bool        is_total, is_number;
} SumLine;

typedef struct DocLine {
    const char *icon; /* NULL: file-text */
    const char *label, *about;
    Url         url; /* none: it does not exist yet */
    const char *action;
    Url         action_url;
} DocLine;

typedef struct Tag {
    Tone        tone;
    const char *icon, *text;
} Tag;

typedef struct Note {
    Tone        tone; /* blue, turn, ok or bad */
    const char *icon, *title, *text;
    const char *link;
    Url         url;
} Note;

/* Says why a list is empty and the one next act. */
typedef struct Empty {
    const char *title, *text;
    Button      button; /* label NULL: none */
} Empty;

typedef struct Pages {
    int64_t     first, last, total;
    const char *order; /* "triés par urgence" */
    Url         previous, next;
} Pages;

typedef struct CrumbLink {
    const char *label;
    Url         url;
} CrumbLink;

typedef struct Progress {
    const char *label; /* "Préparation du dossier de contrôle : 128 pièces sur 412" */
    int64_t     done, total; /* total 0: nobody knows */
    const char *about;
} Progress;

/* A person to talk to, on every page of a company. */
typedef struct Contact {
    const char *name, *about;
    const char *phone; /* as read: 04 00 00 00 00 */
    Url         phone_url, write_url;
} Contact;
char *initials(Arena *arena, const char *name); /* "Thomas Girard" -> "TG" */
