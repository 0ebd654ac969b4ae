#include "xml.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static const char SCHEMA[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t' "
    "elementFormDefault='qualified'><xs:element name='a'><xs:complexType><xs:sequence>"
    "<xs:element name='b' maxOccurs='2' type='xs:string'/><xs:element name='c' minOccurs='0'>"
    "<xs:complexType><xs:simpleContent><xs:extension base='xs:decimal'>"
    "<xs:attribute name='ccy' use='required'/></xs:extension></xs:simpleContent>"
    "</xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>";

static const char *schema_file(Arena *arena) {
    const char *path = arena_print(arena, "%s/t.xsd", test_folder(arena));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(SCHEMA, file);
    fclose(file);
    return path;
}

static Bytes said(const char *s) { return (Bytes){ s, strlen(s) }; }

static void writes_what_was_meant(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    Xml *xml = xml_new(arena, "a", "urn:t");
    xml_text(xml, "b", "L’été <&> \"œuf\"\x01");
    xml_open(xml, "c");
    xml_attribute(xml, "ccy", "E\"UR");
    xml_content(xml, "12.50");
    xml_close(xml);
    Bytes bytes = xml_end(xml);
    const char *expected =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"urn:t\">\n"
        " <b>L’été &lt;&amp;&gt; &quot;œuf&quot;</b>\n <c ccy=\"E&quot;UR\">12.50</c>\n</a>\n";
    assert_string_equal(bytes.p, expected);
    const char *why = NULL;
    assert_true(xml_is_valid(arena, bytes, schema_file(arena), &why));
}

static void refuses_what_breaks_the_schema(void **state) {
    (void)state;
    AUTO_ARENA Arena *arena = arena_new();
    const char *xsd = schema_file(arena);
    static const struct {
        const char *xml, *why;
    } cases[] = {
        { "<a xmlns='urn:t'><c ccy='EUR'>1</c></a>", "This element is not expected" },
        { "<a xmlns='urn:t'><b>1</b><c>1</c></a>", "attribute 'ccy' is required" },
        { "<a xmlns='urn:other'><b>1</b></a>", "No matching global declaration" },
        { "<a xmlns='urn:t'><b>1</b>", "Premature end of data" },
        { "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a xmlns='urn:t'><b>&x;</b></a>",
          "DOCTYPE" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why = NULL;
        assert_false(xml_is_valid(arena, said(cases[i].xml), xsd, &why));
        assert_non_null(why);
        if (!strstr(why, cases[i].why))
            fail_msg("%s: %s", cases[i].xml, why);
    }
    const char *why = NULL;
    assert_false(xml_is_valid(arena, said("<a/>"), "/nowhere.xsd", &why));
    assert_non_null(why);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(writes_what_was_meant),
                                        cmocka_unit_test(refuses_what_breaks_the_schema) };
    return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
