/* bank.h - SEPA credit transfers out: pain.001.001.09. */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct Transfer {
    const char *end_to_end_id;     /* <= 35, unique in the file */
    const char *name, *iban, *bic; /* account holder exactly as at the bank; bic may be "" */
    Money amount;
    const char *remittance; /* <= 140 */
} Transfer;

typedef struct TransferOrder {
    const char *message_id; /* <= 35 */
    Instant made_at;
    Date execute_on;               /* a working day */
    const char *name, *iban, *bic; /* the one who pays */
    const Transfer *transfers;
    size_t count;
} TransferOrder;

/* Texts are brought to the EPC character set (accents fall). Refuses in French: wrong IBAN key, amount not
 * positive, duplicate end_to_end_id, not a working day, nothing to pay. Sums and counts are ours. */
bool bank_pain001(Arena *arena, const TransferOrder *order, Bytes *ret, const char **ret_why);
char *bank_sepa_text(Arena *arena, const char *text, size_t longest); /* EPC217-08 character set */
