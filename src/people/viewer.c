#include "viewer.h"

#include <string.h>

static const struct {
    unsigned role;
    const char *name;
} roles[] = {
    { ROLE_STAFF, "staff" },     { ROLE_ADVISER, "adviser" },         { ROLE_TRAINER, "trainer" },
    { ROLE_COMPANY, "company" }, { ROLE_PARTICIPANT, "participant" }, { ROLE_AUDITOR, "auditor" },
};

bool viewer_sees_all(const Viewer *viewer) {
    return viewer->role == ROLE_STAFF || viewer->role == ROLE_ADVISER;
}

const char *viewer_role_name(unsigned role) {
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (roles[i].role == role)
            return roles[i].name;
    return "";
}

unsigned viewer_role_named(const char *name) {
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (!strcmp(roles[i].name, name))
            return roles[i].role;
    return ROLE_NOBODY;
}
