/* log.h - one line per event on stderr: time level what key=value ... Values are quoted when needed. */
#pragma once

void log_info(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_warning(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_error(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_silence(void); /* tests */
