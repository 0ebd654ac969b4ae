/* xml.h - writes XML with libxml2, and checks it against an XSD (no network, no entities). */
#pragma once
#include "arena.h"
#include "types.h"

typedef struct Xml Xml;

Xml *xml_new(Arena *arena, const char *root, const char *name_space);
void xml_open(Xml *xml, const char *element);
void xml_attribute(Xml *xml, const char *name, const char *value); /* right after xml_open */
void xml_close(Xml *xml);
void xml_text(Xml *xml, const char *element, const char *value); /* <element>value</element> */
void xml_content(Xml *xml, const char *value); /* the text of an open element that has attributes */
Bytes xml_end(Xml *xml);                       /* UTF-8 with declaration */
bool xml_is_valid(Arena *arena, Bytes xml, const char *xsd_path, const char **ret_why); /* tests, doctor */
