/* form_view.c - fields made ready for form.html. */
#include "form_view.h"

#include <string.h>

#include "form_html.h"

static const char *french(Html *h, const char *s) { return s && *s ? text_typographic(h->arena, s) : ""; }

static FieldView view_of(Html *h, const Form *form, const char *name, const char *label, const char *hint) {
    const char *message = form_message(form, name);
    const char *hint_id = hint && *hint ? arena_print(h->arena, "%s-aide", name) : "";
    const char *fault_id = message ? arena_print(h->arena, "%s-erreur", name) : "";
    return (FieldView){
        .name = name,
        .label = french(h, label),
        .hint = french(h, hint),
        .message = message,
        .value = form_typed(form, name),
        .tag_type = "text",
        .mode = "",
        .autocomplete = "",
        .css = "",
        .described_by = arena_print(h->arena, "%s%s%s", hint_id, *hint_id && *fault_id ? " " : "", fault_id),
    };
}

void form_summary(Html *h, const Form *form) {
    size_t count = form_errors(form);
    FieldValue *faults = arena_zero(h->arena, count + 1, sizeof *faults);
    for (size_t i = 0; i < count; i++)
        faults[i].value = form_error(form, i, &faults[i].name);
    if (count)
        view_form_summary(h, &(SummaryView){ faults, count });
}

/* How each type of field is written. */
static const struct Kind {
    const char *type, *tag_type, *mode, *autocomplete, *css;
    bool is_literal;
} kinds[] = {
    { "email", "email", "email", "email", "", true },
    { "tel", "tel", "tel", "tel", "", false },
    { "numeric", "text", "numeric", "", " in-num", false },
    { "decimal", "text", "decimal", "", " in-num", false },
    { "date", "text", "numeric", "", " in-num", false },
    { "password", "password", "", "current-password", "", true },
    { "code", "text", "numeric", "one-time-code", " in-code", true },
    { "search", "search", "search", "", "", false },
};

void form_field(Html *h, const Form *form, const Field *field) {
    const char *type = field->type ? field->type : "text";
    FieldView view = view_of(h, form, field->name, field->label, field->hint);
    view.is_optional = field->optional;
    view.longest = field->longest;
    view.is_area = strcmp(type, "textarea") == 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].type, type) != 0)
            continue;
        view.tag_type = kinds[i].tag_type;
        view.mode = kinds[i].mode;
        view.autocomplete = kinds[i].autocomplete;
        view.css = kinds[i].css;
        view.is_literal = kinds[i].is_literal;
    }
    if (field->autocomplete)
        view.autocomplete = field->autocomplete;
    if (strcmp(type, "password") == 0)
        view.value = ""; /* never sent back */
    if (strcmp(type, "hidden") == 0)
        view_form_hidden(h, &view);
    else
        view_form_field(h, &view);
}

void form_file(Html *h, const Form *form, const char *name, const char *label, const char *hint,
               const char *accept) {
    FieldView view = view_of(h, form, name, label, hint);
    view.accept = accept;
    view_form_file(h, &view);
}

static ChoiceView choice_of(Html *h, const Form *form, const char *name, const char *label,
                            const Option *options, size_t count) {
    ChoiceView view = { .field = view_of(h, form, name, label, NULL), .count = count };
    OptionView *all = arena_zero(h->arena, count + 1, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        all[i] = (OptionView){
            .id = i ? arena_print(h->arena, "%s-%zu", name, i + 1) : name,
            .value = options[i].value,
            .label = french(h, options[i].label),
            .hint = french(h, options[i].hint),
            .is_chosen = strcmp(options[i].value, view.field.value) == 0,
        };
        view.has_empty = view.has_empty || !*options[i].value;
    }
    view.options = all;
    return view;
}

void form_select(Html *h, const Form *form, const char *name, const char *label, const Option *options,
                 size_t count) {
    ChoiceView view = choice_of(h, form, name, label, options, count);
    view_form_select(h, &view);
}

void form_radios(Html *h, const Form *form, const char *name, const char *legend, const Option *options,
                 size_t count) {
    ChoiceView view = choice_of(h, form, name, legend, options, count);
    view_form_radios(h, &view);
}

void form_tickbox(Html *h, const Form *form, const char *name, const char *label, const char *hint) {
    FieldView view = view_of(h, form, name, label, hint);
    view_form_tickbox(h, &view);
}
