/* ids.h - one type per kind of id, so that the compiler keeps them apart. The
 * name is the table's: table `half_day` has HalfDayId, columns `half_day_id`.
 * A value of 0 means none, and is NULL in the database. */
#pragma once
#include <stdint.h>

typedef struct { int64_t value; } OrganisationId;
typedef struct { int64_t value; } AccountId;
typedef struct { int64_t value; } LoginId;
typedef struct { int64_t value; } LinkId;
typedef struct { int64_t value; } CompanyId;
typedef struct { int64_t value; } TrainerId;
typedef struct { int64_t value; } PaperId;
typedef struct { int64_t value; } CourseId;
typedef struct { int64_t value; } SessionId;
typedef struct { int64_t value; } HalfDayId;
typedef struct { int64_t value; } DossierId;
typedef struct { int64_t value; } ParticipantId;
typedef struct { int64_t value; } SignatureId;
typedef struct { int64_t value; } RequestId;
typedef struct { int64_t value; } AnswerId;
typedef struct { int64_t value; } SlotId;
typedef struct { int64_t value; } CertificatId;
typedef struct { int64_t value; } InvoiceId;
typedef struct { int64_t value; } InvoiceLineId;
typedef struct { int64_t value; } PaymentId;
typedef struct { int64_t value; } AllocationId;
typedef struct { int64_t value; } PayoutId;
typedef struct { int64_t value; } BatchId;
typedef struct { int64_t value; } AuditId;
typedef struct { int64_t value; } DocumentId;
typedef struct { int64_t value; } MailId;
typedef struct { int64_t value; } JobId;
typedef struct { int64_t value; } JournalId;
typedef struct { int64_t value; } ThingId; /* of any machine of the story */
