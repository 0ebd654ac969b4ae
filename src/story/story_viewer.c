#include "story_viewer.h"

unsigned story_actors(const Viewer *viewer) {
    switch (viewer->role) {
    case ROLE_STAFF: return STAFF | FUNDER | BANK;
    case ROLE_TRAINER: return TRAINER;
    case ROLE_COMPANY: return COMPANY;
    case ROLE_PARTICIPANT: return TRAINEE;
    default: return NOBODY;
    }
}
