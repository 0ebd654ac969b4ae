/* bench.h - what ./dev bench measures inside one process. */
#pragma once

/* Makes a store in `folder`, validates sessions until `seconds` have passed (each commit fsynced, its papers
 * typeset and stored, its mail queued), and weighs one convention's job against bare typesetting. Prints one
 * JSON object; returns the exit code. */
int bench_run(const char *folder, int seconds);
