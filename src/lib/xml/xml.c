#include "xml.h"

#include <assert.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>
#include <string.h>

#include "text.h"

struct Xml {
    Arena *arena;
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
};

static const xmlChar *as_xml(const char *s) { return (const xmlChar *)s; }

/* libxml2 escapes markup but lets control characters through, and no XML may hold these. */
static const xmlChar *clean(const Xml *xml, const char *value) {
    return as_xml(text_clean(xml->arena, value, strlen(value)));
}

/* The writer only fails when memory is out. */
static void must(int written) { assert(written >= 0); }

Xml *xml_new(Arena *arena, const char *root, const char *name_space) {
    Xml *xml = arena_zero(arena, 1, sizeof *xml);
    xml->arena = arena;
    xml->buffer = xmlBufferCreate();
    assert(xml->buffer);
    xml->writer = xmlNewTextWriterMemory(xml->buffer, 0);
    assert(xml->writer);
    must(xmlTextWriterSetIndent(xml->writer, 1));
    must(xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL));
    must(xmlTextWriterStartElement(xml->writer, as_xml(root)));
    if (*name_space)
        must(xmlTextWriterWriteAttribute(xml->writer, as_xml("xmlns"), as_xml(name_space)));
    return xml;
}

void xml_open(Xml *xml, const char *element) {
    must(xmlTextWriterStartElement(xml->writer, as_xml(element)));
}

void xml_attribute(Xml *xml, const char *name, const char *value) {
    must(xmlTextWriterWriteAttribute(xml->writer, as_xml(name), clean(xml, value)));
}

void xml_close(Xml *xml) { must(xmlTextWriterEndElement(xml->writer)); }

void xml_text(Xml *xml, const char *element, const char *value) {
    must(xmlTextWriterWriteElement(xml->writer, as_xml(element), clean(xml, value)));
}

void xml_content(Xml *xml, const char *value) {
    must(xmlTextWriterWriteString(xml->writer, clean(xml, value)));
}

Bytes xml_end(Xml *xml) {
    must(xmlTextWriterEndDocument(xml->writer));
    xmlFreeTextWriter(xml->writer); /* flushes */
    size_t n = (size_t)xmlBufferLength(xml->buffer);
    Bytes bytes = { arena_copy_n(xml->arena, (const char *)xmlBufferContent(xml->buffer), n), n };
    xmlBufferFree(xml->buffer);
    *xml = (Xml){ 0 };
    return bytes;
}

/* The first complaint is the one worth reading. */
typedef struct Complaint {
    Arena *arena;
    char *why;
} Complaint;

static void complain(void *data, xmlError *error) {
    Complaint *complaint = data;
    if (!complaint->why)
        complaint->why = text_squeeze(complaint->arena,
                                      arena_print(complaint->arena, "ligne %d : %s", error->line,
                                                  error->message ? error->message : "?"));
}

static xmlDocPtr parse(Bytes bytes, Complaint *complaint) {
    if (bytes.n > 64u << 20)
        return NULL;
    xmlSetStructuredErrorFunc(complaint, complain);
    xmlDocPtr doc = xmlReadMemory(bytes.p, (int)bytes.n, "", NULL, XML_PARSE_NONET);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (doc && (doc->intSubset || doc->extSubset)) { /* where entities are declared: never needed */
        complaint->why = arena_copy(complaint->arena, "un DOCTYPE n'a rien à faire ici");
        xmlFreeDoc(doc);
        return NULL;
    }
    return doc;
}

static bool obeys(xmlDocPtr doc, xmlSchemaPtr schema, Complaint *complaint) {
    xmlSchemaValidCtxtPtr check = xmlSchemaNewValidCtxt(schema);
    assert(check);
    xmlSchemaSetValidStructuredErrors(check, complain, complaint);
    bool ok = xmlSchemaValidateDoc(check, doc) == 0;
    xmlSchemaFreeValidCtxt(check);
    return ok;
}

bool xml_is_valid(Arena *arena, Bytes bytes, const char *xsd_path, const char **ret_why) {
    Complaint complaint = { .arena = arena };
    bool ok = false;
    /* A schema may name others by address: only files are looked at. */
    xmlExternalEntityLoader usual = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
    xmlSchemaParserCtxtPtr reader = xmlSchemaNewParserCtxt(xsd_path);
    assert(reader);
    xmlSchemaSetParserStructuredErrors(reader, complain, &complaint);
    xmlSchemaPtr schema = xmlSchemaParse(reader);
    xmlSchemaFreeParserCtxt(reader);
    xmlDocPtr doc = schema ? parse(bytes, &complaint) : NULL;
    if (doc)
        ok = obeys(doc, schema, &complaint);
    xmlFreeDoc(doc);
    xmlSchemaFree(schema);
    xmlSetExternalEntityLoader(usual);
    if (!ok)
        *ret_why = complaint.why ? complaint.why : "fichier illisible";
    return ok;
}
