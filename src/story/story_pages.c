#include "story_pages.h"

#include "story_viewer.h"

unsigned story_own_actor(const Request *rq) {
    return rq->viewer->role == ROLE_STAFF ? STAFF : story_actors(rq->viewer);
}

Act story_act(const Request *rq, Event event, unsigned actor) {
    return (Act){ .event = event,
                  .actor = actor,
                  .account_id = rq->viewer->account_id,
                  .person = rq->viewer->name,
                  .request_key = rq_key(rq),
                  .now = rq->now };
}
