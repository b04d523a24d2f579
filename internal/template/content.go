package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/form"
	"github.com/medward/medward/kit/sm"
)

// Content is what is approved as one: the definition of a form, the entry standard that
// it follows, and samples. It is also the format in which definitions are handed on as
// files (docs/format/template.md).
type Content struct {
	Kind       string          `json:"kind" enum:"document,register,application"`
	Standard   Standard        `json:"standard"`
	Definition form.Definition `json:"definition"`
	Samples    []Sample        `json:"samples"`
}

// Kinds of form.
const (
	Document    = "document"
	Register    = "register"
	Application = "application"
)

// Standard is the entry standard of a form: what each field means and why it is asked
// (A-018, B-010).
type Standard struct {
	Title   form.Text `json:"title"`
	Basis   string    `json:"basis" doc:"the norm that it follows, such as WS/T 500.34-2016"`
	Entries []Entry   `json:"entries" doc:"one for each field"`
}

// Entry is what the standard says of one field.
type Entry struct {
	Field   string    `json:"field"`
	Element string    `json:"element,omitempty" doc:"identifier of the data element, such as DE04.01.119.00; absent where the standards have none"`
	Values  string    `json:"values,omitempty" doc:"value set, such as GB/T 2261.1-2003"`
	Why     form.Text `json:"why" doc:"why the field is needed"`
}

// Sample is a set of answers with everything that the form must hold against it.
type Sample struct {
	Name     string            `json:"name"`
	Answers  form.Answers      `json:"answers"`
	Facts    map[string]any    `json:"facts,omitempty"`
	Reasons  map[string]string `json:"reasons,omitempty"`
	Expected []form.Finding    `json:"expected"`
}

// Blocked reports whether the sample is of answers that may not be signed.
func (s Sample) Blocked() bool { return form.Verdict{Findings: s.Expected}.Blocked() }

// ParseContent reads a file of a definition. What it does not know is refused.
func ParseContent(raw []byte) (Content, error) {
	var c Content
	from := json.NewDecoder(bytes.NewReader(raw))
	from.DisallowUnknownFields()
	from.UseNumber()
	if err := from.Decode(&c); err != nil {
		return Content{}, fmt.Errorf("reading a form definition: %w", err)
	}
	if _, err := from.Token(); err != io.EOF {
		return Content{}, fmt.Errorf("reading a form definition: something follows it")
	}
	return c, nil
}

const (
	maxName    = 80
	maxWords   = 1000
	maxSamples = 40
	maxContent = 600 << 10
)

// check refuses what cannot even be kept as a draft.
func (c Content) check() error {
	e := errInput.With()
	if c.Kind != Document && c.Kind != Register && c.Kind != Application {
		e.At("kind", fault.Text{ZH: "请选择种类：文书、登记或申请", EN: "choose a kind: document, register or application"})
	}
	if !keyShape.MatchString(c.Definition.Key) {
		e.At("definition.key", fault.Text{ZH: "代码以小写字母开头，只含小写字母、数字和下划线，最多 40 位", EN: "a key begins with a small letter and holds small letters, digits and _, 40 at most"})
	}
	e.MustName("definition.title.zh", c.Definition.Title.ZH, maxName)
	e.MayName("definition.title.en", c.Definition.Title.EN, maxName)
	e.MayName("standard.title.zh", c.Standard.Title.ZH, maxName)
	e.MayName("standard.title.en", c.Standard.Title.EN, maxName)
	e.MaySay("standard.basis", c.Standard.Basis, maxWords)
	for i, one := range c.Standard.Entries {
		path := "standard.entries[" + strconv.Itoa(i) + "]."
		e.MayName(path+"values", one.Values, maxName)
		e.MaySay(path+"why.zh", one.Why.ZH, maxWords)
		e.MaySay(path+"why.en", one.Why.EN, maxWords)
	}
	if len(c.Samples) > maxSamples {
		e.At("samples", fault.Text{ZH: "最多 40 个样例", EN: "at most 40 samples"})
	}
	for i, s := range c.Samples {
		e.MustName("samples["+strconv.Itoa(i)+"].name", s.Name, maxName)
	}
	if size, err := json.Marshal(c); err != nil || len(size) > maxContent || len(c.Standard.Entries) > form.MostFields {
		e.At("definition", fault.Text{ZH: "定义过大，请拆分为几张表单（上限 600 KB、400 项）", EN: "the definition is too large; make several forms of it (600 KB and 400 fields at most)"})
	}
	return e.OrNil()
}

// digest is the SM3 of the content as it is stored.
func (c Content) digest() ([]byte, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	sum := sm.Sum(text)
	return sum[:], nil
}
