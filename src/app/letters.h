/* letters.h - writes the mails of the story: one per recipient, with the values of message/mail_fields.def
 * and a link. */
#pragma once
#include "house.h"
#include "reach.h"

/* Queues `mail` for everybody `actors` stands for. The key makes each recipient's mail unique: a job run
 * twice writes it once. */
void letters_queue(Tx *tx, const House *house, const char *mail, Thing thing, unsigned actors,
                   const char *key, Instant now);
/* A code or a login link for one account: `secret` is "code|path". Of a nobody (id 0) nothing is written. */
void letters_account(Tx *tx, const House *house, const char *mail, AccountId account_id, const char *secret,
                     const char *key, Instant now);
/* The text that this role reads: "<mail>_<role>" when the house has one, else "<mail>". */
const char *letters_kind(Arena *arena, const char *mail, const char *role);
