#include "app.h"
#include "attendance_store.h"
#include "billing_store.h"
#include "dossier_store.h"
#include "payout_store.h"
#include "session_store.h"
#include "trainer_store.h"

const StoryHouse app_story = {
    .reactions = {
#define REACTION(word, function) [REACTION_##word] = function,
#include "reactions.def"
    },
};
