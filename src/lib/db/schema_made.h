/* schema_made.h - the whole schema, all rooms in the order of src/ORDER, in the words of both engines.
 * The build writes schema_made.c (tools/sqlgen --schemas). */
#pragma once

extern const char *const schema_sqlite, *const schema_postgres;
