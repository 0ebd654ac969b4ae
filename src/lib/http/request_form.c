#include "request.h"

Form *rq_form(const Request *rq) { return form_new(rq->arena, rq->fields, rq->field_count, rq->today); }
