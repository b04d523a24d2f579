package cda_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/cda"
)

func TestAChangeTouchesOnlyWhatItChanges(t *testing.T) {
	text := document(smallHeader, section("<text>\r\n <!-- kept -->a &#x4E2D; b<![CDATA[<c>]]></text ><x:own xmlns:x='urn:x'  y = \"1\"/>"))
	d := parse(t, text)
	if written(t, d) != text {
		t.Fatal("not written back byte for byte")
	}
	d.At("/ClinicalDocument/id").SetAttr("extension", `8"<&`)
	d.At("/ClinicalDocument/title").SetText("a<b")
	want := strings.Replace(text, `<id root="1.2.3" extension="7"/>`, `<id root="1.2.3" extension="8&quot;&lt;&amp;"/>`, 1)
	want = strings.Replace(want, `<title>小结</title>`, `<title>a&lt;b</title>`, 1)
	if got := written(t, d); got != want {
		t.Errorf("wrote\n%s\nnot\n%s", got, want)
	}
	if got := d.Read().Header; got.ID.Extension != `8"<&` || got.Title != "a<b" {
		t.Errorf("read %+v after the change", got.ID)
	}
}

func TestWhatIsAppendedStandsInTheNamespaceOfCDA(t *testing.T) {
	d := parse(t, `<h:ClinicalDocument xmlns:h="urn:hl7-org:v3"><h:id root="1"/></h:ClinicalDocument>`)
	d.Root().Append(cda.New("title", "x", "\x00"))
	again := parse(t, written(t, d))
	if again.Root().Child("title") == nil {
		t.Errorf("not in the namespace: %s", written(t, d))
	}
}

// tree draws an element of any shape, as text.
func tree(t *rapid.T, depth int) string {
	name := rapid.SampledFrom([]string{"section", "entry", "observation", "x:own", "value", "text"}).Draw(t, "name")
	attr := rapid.SampledFrom([]string{"", ` code="1"`, ` value = '2'`, "\n\tdisplayName=\"&lt;&#20013;\"", ` xsi:type="CD"`}).Draw(t, "attr")
	if depth == 0 || rapid.Bool().Draw(t, "empty") {
		return "<" + name + attr + rapid.SampledFrom([]string{"/>", " />", "></" + name + ">"}).Draw(t, "end")
	}
	var b strings.Builder
	b.WriteString("<" + name + attr + ">")
	for range rapid.IntRange(0, 4).Draw(t, "children") {
		switch rapid.IntRange(0, 4).Draw(t, "what") {
		case 0:
			b.WriteString(rapid.SampledFrom([]string{"\r\n  ", "中&amp;文", "a\tb", "<![CDATA[&<]]>", "&#x20000;"}).Draw(t, "text"))
		case 1:
			b.WriteString(rapid.SampledFrom([]string{"<!---->", "<!-- <a> -->", "<?pi x?>"}).Draw(t, "aside"))
		default:
			b.WriteString(tree(t, depth-1))
		}
	}
	return b.String() + "</" + name + " >"
}

func TestAnyTreeIsWrittenBackAndEveryElementIsFoundByItsPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := document(smallHeader+`<x:own xmlns:x="urn:x">`+strings.ReplaceAll(tree(t, 4), "<x:own", `<x:own xmlns:x="urn:x"`)+`</x:own>`, "")
		d, err := cda.Parse([]byte(text), cda.Limits{})
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		if back, err := d.Bytes(); err != nil || string(back) != text {
			t.Fatalf("wrote\n%s\nnot\n%s (%v)", back, text, err)
		}
		everyElement(d.Root(), func(e *cda.Element) {
			if d.At(e.Path()) != e {
				t.Fatalf("%s is not found", e.Path())
			}
		})
	})
}

func everyElement(e *cda.Element, do func(*cda.Element)) {
	do(e)
	for c := range e.Elements() {
		everyElement(c, do)
	}
}
