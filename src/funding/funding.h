/* funding.h - what was asked against what the letter says; who pays what. Pure. */
#pragma once
#include "arena.h"
#include "ids.h"
#include "types.h"

typedef struct Asked {
    const char *funder_code, *company_siret, *circuit_wished;
    Money       requested;
    int64_t     minutes, participants; /* minutes per participant */
    Date        starts_on, ends_on;
} Asked;
typedef struct Granted {
    const char *funder_code, *company_siret, *circuit, *file_number;
    Money       granted, direct;
    int64_t     minutes, participants;
    Date        letter_on, starts_on, ends_on, invoice_by_on;
} Granted;

/* One point of the comparison, in the order of the control screen. */
typedef struct Difference {
    const char *point;            /* "Montant accordé" */
    const char *asked, *read;     /* as shown */
    const char *consequence;      /* what follows, a plain sentence; "" when conform */
    bool        is_conform;
    bool        blocks;           /* red: not green while it stands */
} Difference;
typedef struct Differences { Difference *at; size_t count; size_t blocking, differing; } Differences;
Differences funding_compare(Arena *arena, const Asked *asked, const Granted *granted, Date today);

/* Circuit: no direct payment -> refund; direct and the whole -> direct; else mixed. Words of
 * the letter. */
const char *funding_circuit(Money price, Money direct);
const char *funding_circuit_label(const char *circuit); /* in French; "" when unknown */
/* The two shares always add up to `price`, to the cent: what the funder is invoiced (0 in refund), and the
 * rest to the company. */
typedef struct Shares { Money funder, company; } Shares;
Shares funding_shares(Money price, Money granted, Money direct, const char *circuit);
