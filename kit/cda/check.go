package cda

import (
	"regexp"
	"slices"
	"strings"
)

// Check holds a document to CDA R2 and, when its code is one of WS/T 500, to that
// kind. It refuses what could not be filed: no patient, no code, no body, or a template
// that names another kind than the code does; everything else warns.
func (d *Document) Check() []Finding { return d.check(d.Read()) }

// check is Check for whoever has read the document already.
func (d *Document) check(all Reading) []Finding {
	c := &checker{root: d.root, found: findings{limit: d.limits.Findings}}
	c.header(all)
	if all.Header.Code.System == KindSystem || strings.HasPrefix(all.Header.Code.Code, "C00") && len(all.Header.Code.Code) == 5 {
		c.kindOf(all)
	}
	c.values(d.root)
	if len(all.Sections) == 0 && all.Body == nil {
		c.whole(Refuse, RuleNoBody)
	}
	for _, s := range all.Sections {
		c.section(s)
	}
	return c.found.all
}

type checker struct {
	root  *Element
	kind  *Kind
	found findings
}

func (c *checker) at(s Severity, rule Rule, e *Element) { c.found.add(s, rule, e.Path) }

func (c *checker) whole(s Severity, rule Rule) { c.at(s, rule, c.root) }

// missing notes a part of the header that is not there, under the path it would have.
func (c *checker) missing(s Severity, rule Rule, part string) {
	c.found.add(s, rule, func() string { return c.root.Path() + "/" + part })
}

// headerOrder is the order in which CDA R2 puts what stands in a document.
var headerOrder = []string{"realmCode", "typeId", "templateId", "id", "code", "title", "effectiveTime", "confidentialityCode", "languageCode",
	"setId", "versionNumber", "copyTime", "recordTarget", "author", "dataEnterer", "informant", "custodian", "informationRecipient",
	"legalAuthenticator", "authenticator", "participant", "inFulfillmentOf", "documentationOf", "relatedDocument", "authorization",
	"componentOf", "component"}

func (c *checker) header(all Reading) {
	h := all.Header
	switch {
	case h.Code.Code == "" && h.Code.Null == "":
		c.missing(Refuse, RuleNoCode, "code")
	case len(h.Patients) == 0 || c.root.Child("recordTarget").Child("patientRole") == nil:
		c.missing(Refuse, RuleNoPatient, "recordTarget/patientRole")
	}
	if h.Type.Root != "2.16.840.1.113883.1.3" {
		c.missing(Warn, RuleType, "typeId")
	}
	for _, part := range []struct {
		path  string
		given bool
	}{
		{"id", h.ID.Extension != "" || h.ID.Root != "" && h.ID.Root != RootDocument},
		{"title", h.Title != ""},
		{"effectiveTime", h.Time.Text != ""},
		{"confidentialityCode", h.Confidentiality.Code != ""},
		{"author", len(h.Authors) > 0},
		{"custodian", h.Custodian.Name != "" || len(h.Custodian.IDs) > 0},
	} {
		if !part.given {
			c.missing(Warn, RuleMissing, part.path)
		}
	}
	for _, p := range h.Patients {
		for _, id := range p.NationalIDs {
			if id.Root == RootIDCard && id.Extension != "" && !ValidIDNumber(id.Extension) {
				c.missing(Warn, RuleIDNumber, "recordTarget/patientRole/patient/id")
			}
		}
	}
	c.order()
}

func (c *checker) order() {
	reached := 0
	for e := range c.root.Elements() {
		if e.Name.Space != Namespace {
			continue
		}
		place := slices.Index(headerOrder, e.Name.Local)
		if place >= 0 && place < reached {
			c.at(Warn, RuleOrder, e)
			return
		}
		reached = max(reached, place)
	}
}

func (c *checker) kindOf(all Reading) {
	h := all.Header
	kind, known := KindOf(h.Code.Code)
	if !known {
		c.missing(Warn, RuleUnknownKind, "code")
		return
	}
	c.kind = &kind
	c.template(h)
	for _, p := range h.Patients {
		for _, root := range kind.Roots {
			if !slices.ContainsFunc(slices.Concat(p.IDs, p.NationalIDs), func(id II) bool { return id.Root == root }) {
				c.missing(Warn, RuleHeaderOID, "recordTarget/patientRole/id")
			}
		}
	}
	for i := range kind.Sections {
		want := &kind.Sections[i]
		if !slices.ContainsFunc(all.Sections, func(s Section) bool { return kind.section(s.Code.Code, nameOf(s)) == want }) {
			c.missing(Warn, RuleSectionMissing, "component/structuredBody/component/section["+want.key()+"]")
		}
	}
}

func (c *checker) template(h Header) {
	named := ""
	for _, t := range h.Templates {
		if t.Root == c.kind.Template {
			return
		}
		named = orElse(named, catalogue().templates[t.Root])
	}
	if named == "" {
		c.missing(Warn, RuleTemplateMissing, "templateId")
		return
	}
	c.missing(Refuse, RuleTemplate, "templateId")
}

func nameOf(s Section) string { return orElse(s.Code.Name, s.Title) }

func (c *checker) section(s Section) {
	if c.kind != nil && c.kind.section(s.Code.Code, nameOf(s)) == nil {
		c.at(Warn, RuleSectionForeign, s.Element)
	}
	for _, e := range s.Entries {
		c.entry(e)
	}
	for _, sub := range s.Sections {
		c.section(sub)
	}
}

func (c *checker) entry(e Entry) {
	if c.found.full() {
		return
	}
	if c.kind != nil && (e.Code.System == ElementSystem || e.Code.System == FrontSystem) {
		c.element(e)
	}
	for _, sub := range e.Entries {
		c.entry(sub)
	}
}

func (c *checker) element(e Entry) {
	at := e.Element.Child("code")
	rules := c.kind.rules(e.Code.Code)
	if len(rules) == 0 {
		if ElementName(e.Code.Code) == "" {
			c.at(Warn, RuleElementUnknown, at)
		} else {
			c.at(Warn, RuleElementForeign, at)
		}
		return
	}
	for _, v := range e.Values {
		c.datatype(v, rules)
	}
}

// datatype holds a value to what is known of its element: any of its rules will do.
func (c *checker) datatype(v Value, rules []ElementRule) {
	typed := slices.DeleteFunc(slices.Clone(rules), func(r ElementRule) bool { return r.Type == "" || v.Type == "" || family(r.Type) != family(v.Type) })
	if len(typed) == 0 {
		if v.Type != "" && slices.ContainsFunc(rules, func(r ElementRule) bool { return r.Type != "" }) {
			c.at(Warn, RuleDatatype, v.Element)
		}
		return
	}
	if v.Code.System != "" && !slices.ContainsFunc(typed, func(r ElementRule) bool { return r.System == "" || r.System == v.Code.System }) {
		c.at(Warn, RuleCodeSystem, v.Element)
	}
}

var decimal = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$`)

// values holds everything in an element that states a data type, or whose name does,
// to that type.
func (c *checker) values(e *Element) {
	if c.found.full() {
		return
	}
	value := attr(e, "value")
	kind := stated(e)
	switch {
	case e.Name.Space != Namespace:
	case e.Is("value") && kind == "" && entryClasses[parentName(e)] && attr(e, "nullFlavor") == "":
		c.at(Warn, RuleUntyped, e)
	case value == "":
	case isTime(e, kind):
		if _, err := ParseTime(value); err != nil {
			c.at(Warn, RuleTime, e)
		}
	case family(kind) == "PQ" && !decimal.MatchString(value):
		c.at(Warn, RuleNumber, e)
	case kind == "BL" && value != "true" && value != "false":
		c.at(Warn, RuleBoolean, e)
	}
	if e.Name.Space == Namespace && attr(e, "codeSystem") != "" && !inValueSet(Code{Code: attr(e, "code"), System: attr(e, "codeSystem")}) {
		c.at(Warn, RuleValueSet, e)
	}
	if outside(e) {
		c.at(Warn, RuleExternal, e)
	}
	for child := range e.Elements() {
		c.values(child)
	}
}

func parentName(e *Element) string {
	if e.Parent == nil {
		return ""
	}
	return e.Parent.Name.Local
}

// isTime reports an element whose value is a TS.
func isTime(e *Element, kind string) bool {
	if kind != "" {
		return kind == "TS"
	}
	name := e.Name.Local
	if name == "low" || name == "high" || name == "center" {
		in := parentName(e)
		return strings.HasSuffix(in, "Time") || in == "time"
	}
	return name == "time" || strings.HasSuffix(name, "Time")
}

// outside reports an element that refers to something outside the document.
func outside(e *Element) bool {
	switch e.Name.Local {
	case "reference":
		to := attr(e, "value")
		return to != "" && !strings.HasPrefix(to, "#")
	case "linkHtml", "a":
		to := attr(e, "href")
		return to != "" && !strings.HasPrefix(to, "#")
	case "img":
		return attr(e, "src") != ""
	}
	return false
}
