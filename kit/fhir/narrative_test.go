package fhir_test

import (
	"strings"
	"testing"

	"github.com/medward/medward/kit/fhir"
)

func div(inner string) string {
	return `<div xmlns="http://www.w3.org/1999/xhtml">` + inner + `</div>`
}

func TestNarrativeBecomesText(t *testing.T) {
	for markup, want := range map[string]string{
		div("血型 Rh-"):                                         "血型 Rh-",
		div("<p>一</p>\n <p>二<br/>三</p>"):                      "一\n二\n三",
		div("<ul><li>甲</li><li><p>乙</p></li><li></li></ul>丙"): "- 甲\n- 乙\n- 丙",
		div("<table><tr><th>钾</th><td> 4.1 </td></tr><tr><td>钠</td><td>140</td></tr></table>"): "钾\t4.1\n钠\t140",
		div("a &lt; b &amp; c&#160;d &eacute;"):                                                "a < b & c d é",
		div("<pre>x\n  y</pre>"):                                                               "x\n  y",
		div("<b>粗</b>体 <!-- note -->文"):                                                        "粗体 文",
		div(`<img src="#i" alt="胸片"/>`):                                                        "胸片",
		div(`<img src="#i"/>`):                                                                 "",
		div(`<a href="https://a.cn">链接</a>`):                                                   "链接",
	} {
		text, problems := fhir.Narrative(markup)
		if text != want || len(problems) > 0 {
			t.Errorf("%s\n is %q, %v; want %q", markup, text, problems, want)
		}
	}
}

func TestNarrativeDropsAndReports(t *testing.T) {
	for markup, want := range map[string]struct {
		text string
		code fhir.Code
	}{
		div("a<script>alert(1)</script>b"):                  {"ab", fhir.CodeNarrativeActive},
		div("a<SCRIPT src='//x'/>b"):                        {"ab", fhir.CodeNarrativeActive},
		div("a<style>p{}</style>b"):                         {"ab", fhir.CodeNarrativeActive},
		div("a<iframe src='https://x'>c</iframe>b"):         {"ab", fhir.CodeNarrativeActive},
		div("<object><p>c</p></object>b"):                   {"b", fhir.CodeNarrativeActive},
		div(`<p onclick="x()">b</p>`):                       {"b", fhir.CodeNarrativeActive},
		div(`<a href="javascript:x()">b</a>`):               {"b", fhir.CodeNarrativeActive},
		div(`<a href=" JaVa&#x9;script&#10;:x()">b</a>`):    {"b", fhir.CodeNarrativeActive},
		div("<a href=\"java\u00ADscript:x()\">b</a>"):       {"b", fhir.CodeNarrativeActive},
		div(`<a href="data:text/html,x">b</a>`):             {"b", fhir.CodeNarrativeActive},
		div(`<p style="width: expression(x)">b</p>`):        {"b", fhir.CodeNarrativeActive},
		div(`<p style="background:url(https://x/y)">b</p>`): {"b", fhir.CodeNarrativeExternal},
		div(`<img src="https://x/y.png" alt="b"/>`):         {"b", fhir.CodeNarrativeExternal},
		div("<form>b</form>"):                               {"b", fhir.CodeNarrativeElement},
		div("<p>b"):                                         {"b", fhir.CodeNarrativeMalformed},
		div("<p>b&unknown;</p>"):                            {"b&unknown;", fhir.CodeNarrativeMalformed},
		"<p xmlns='http://www.w3.org/1999/xhtml'>b</p>":     {"b", fhir.CodeNarrativeRoot},
		"<div>b</div>":                                      {"b", fhir.CodeNarrativeRoot},
		div("b") + div("c"):                                 {"b\nc", fhir.CodeNarrativeRoot},
		div(" <p> </p> "):                                   {"", fhir.CodeNarrativeEmpty},
		"<!DOCTYPE div [<!ENTITY a 'b'>]>" + div("b"):       {"b", fhir.CodeNarrativeDoctype},
		div("<?php x ?>b"):                                  {"b", fhir.CodeNarrativeDoctype},
		div(strings.Repeat("<b>", 200) + "c"):               {"", fhir.CodeNarrativeLimit},
		div(strings.Repeat("b", 5<<20)):                     {"", fhir.CodeNarrativeLimit},
	} {
		text, problems := fhir.Narrative(markup)
		found := false
		for _, p := range problems {
			found = found || p.Code == want.code
		}
		if text != want.text || !found {
			t.Errorf("%.80s\n is %q, %v; want %q and %s", markup, text, problems, want.text, want.code)
		}
	}
}

func TestEntityBombStaysSmall(t *testing.T) {
	bomb := `<!DOCTYPE div [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>` + div(strings.Repeat("&b;", 100))
	text, problems := fhir.Narrative(bomb)
	if strings.Contains(text, "xxx") || len(text) > len(bomb) || len(problems) == 0 {
		t.Errorf("expanded to %d bytes, %v", len(text), problems)
	}
}
