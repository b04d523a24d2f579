package template

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/form"
)

var (
	keyShape     = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	elementShape = regexp.MustCompile(`^(DE[0-9]{2}\.[0-9]{2}\.[0-9]{3}\.[0-9]{2}|HDS[A-Z][0-9]{2}\.[0-9]{2}\.[0-9]{3})$`)
)

// Defect is something for which a version cannot be submitted.
type Defect struct {
	Path   string     `json:"path" example:"sections.vital_signs.fields.pulse.when"`
	Says   fault.Text `json:"says"`
	Column int        `json:"column,omitempty" doc:"in the expression, from 1; absent where the defect is none of an expression"`
}

// Outcome is how the form judged a sample.
type Outcome struct {
	Name     string         `json:"name"`
	Agrees   bool           `json:"agrees" doc:"the verdict is what the sample says"`
	Findings []form.Finding `json:"findings"`
	Needed   int            `json:"needed"`
	Given    int            `json:"given"`
}

// Report is everything there is to say of a content before it is submitted.
type Report struct {
	Defects  []Defect  `json:"defects"`
	Outcomes []Outcome `json:"outcomes" doc:"of each sample, in order; none while the definition cannot be read"`
}

// Judge looks for everything that keeps a content from being submitted.
func Judge(c Content) Report {
	r := Report{Defects: []Defect{}, Outcomes: []Outcome{}}
	if c.Definition.Version == 0 {
		c.Definition.Version = 1
	}
	compiled, err := form.Compile(c.Definition)
	if of, wrong := errors.AsType[form.Defects](err); wrong {
		for _, one := range of {
			r.Defects = append(r.Defects, said(one))
		}
	}
	r.standard(c)
	if err == nil {
		r.samples(compiled, c.Samples)
	}
	return r
}

func (r *Report) defect(path, zh, en string) {
	r.Defects = append(r.Defects, Defect{Path: path, Says: fault.Text{ZH: zh, EN: en}})
}

func (r *Report) standard(c Content) {
	s := c.Standard
	if strings.TrimSpace(s.Title.ZH) == "" || strings.TrimSpace(s.Title.EN) == "" {
		r.defect("standard.title", "请写明录入规范的中英文名称", "the entry standard has a name in Chinese and in English")
	}
	if strings.TrimSpace(s.Basis) == "" {
		r.defect("standard.basis", "请写明录入规范的依据，如 WS/T 500.34-2016", "the entry standard says which norm it follows, such as WS/T 500.34-2016")
	}
	asked := fieldsOf(c.Definition)
	about := map[string]Entry{}
	for _, one := range s.Entries {
		path := "standard.entries." + one.Field
		switch _, twice := about[one.Field]; {
		case twice:
			r.defect(path, "同一项目在规范中出现了两次", "the standard names this field twice")
		case !slices.Contains(asked, one.Field):
			r.defect(path, "表单中没有这个项目", "the form has no such field")
		}
		if one.Element != "" && !elementShape.MatchString(one.Element) {
			r.defect(path+".element", "数据元标识符形如 DE04.01.119.00", "an identifier of a data element looks like DE04.01.119.00")
		}
		about[one.Field] = one
	}
	for _, field := range asked {
		if why := about[field].Why; strings.TrimSpace(why.ZH) == "" || strings.TrimSpace(why.EN) == "" {
			r.defect("standard.entries."+field+".why", "请用中英文写明为什么必须采集此项", "say in Chinese and in English why this field must be collected")
		}
	}
}

// fieldsOf are the keys of all fields, in the order of the form.
func fieldsOf(d form.Definition) []string {
	var all []string
	for _, s := range d.Sections {
		for _, f := range s.Fields {
			all = append(all, f.Key)
		}
	}
	return all
}

// samples wants one set of answers that passes and one that does not, and of each the
// verdict that it says.
func (r *Report) samples(compiled *form.Form, all []Sample) {
	for _, blocked := range []bool{false, true} {
		if slices.ContainsFunc(all, func(s Sample) bool { return s.Blocked() == blocked }) {
			continue
		}
		if blocked {
			r.defect("samples", "至少要有一个应被拦下的样例", "at least one sample is of answers that must not pass")
		} else {
			r.defect("samples", "至少要有一个可以通过的样例", "at least one sample is of answers that pass")
		}
	}
	for i, s := range all {
		v := compiled.Check(form.Input{Answers: s.Answers, Facts: s.Facts, Reasons: s.Reasons})
		o := Outcome{Name: s.Name, Agrees: same(v.Findings, s.Expected), Findings: append([]form.Finding{}, v.Findings...), Needed: v.Needed, Given: v.Given}
		if !o.Agrees {
			r.defect("samples["+strconv.Itoa(i)+"]", "样例“"+s.Name+"”的判定与预期不符", "the sample "+s.Name+" is judged otherwise than it says")
		}
		r.Outcomes = append(r.Outcomes, o)
	}
}

func same(a, b []form.Finding) bool {
	order := func(x, y form.Finding) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Code, y.Code), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Level, y.Level))
	}
	return slices.Equal(slices.SortedFunc(slices.Values(a), order), slices.SortedFunc(slices.Values(b), order))
}

// refusal is the report as an answer to whoever wanted to submit.
func (r Report) refusal() error {
	if len(r.Defects) == 0 {
		return nil
	}
	e := errDefects.With("count", strconv.Itoa(len(r.Defects)))
	for _, d := range r.Defects {
		e.At(d.Path, d.Says)
	}
	return e
}
