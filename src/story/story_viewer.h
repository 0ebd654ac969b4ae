/* story_viewer.h - as which actors of the story a viewer may act. */
#pragma once
#include "story.h"
#include "viewer.h"

/* Staff also record for FUNDER and BANK. 0: none (advisers and auditors look only). */
unsigned story_actors(const Viewer *viewer);
