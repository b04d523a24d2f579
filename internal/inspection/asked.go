package inspection

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// asked is one answer while it is compiled.
type asked struct {
	room      *Room
	r         *act.Reading
	org       string
	now       time.Time
	reach     *access.PatientReach // nil where it is not for whoever asks
	subject   Subject
	questions []Question
}

// step answers one question; a dossier is a list of them.
type step func(ctx context.Context, q *Question) error

// question is a question with the act by which its lines would be seen, and what it
// would be done to.
type question struct {
	Question
	guard  string
	object policy.Object
	answer step
}

func (a *asked) askAll(ctx context.Context, all []question) error {
	for _, q := range all {
		if err := a.ask(ctx, q.Question, q.guard, q.object, q.answer); err != nil {
			return err
		}
	}
	return nil
}

// ask answers a question and adds it. The lines behind it are for those who may do the
// act named by guard about object; an empty guard is for all who may ask.
func (a *asked) ask(ctx context.Context, q Question, guard string, object policy.Object, answer step) error {
	q.Verdict, q.Figures, q.Lines, q.Entries = InOrder, []Figure{}, []Line{}, []string{}
	if err := answer(ctx, &q); err != nil {
		return err
	}
	if guard != "" && q.Withheld == nil && !a.sees(guard, object) {
		q.Lines, q.Withheld = []Line{}, a.withheld(guard)
	}
	q.bound()
	a.questions = append(a.questions, q)
	return nil
}

func (a *asked) sees(verb string, o policy.Object) bool {
	return a.room.may(a.r.Actor(), a.now, verb, o)
}

// book is the ledger as policy sees it.
func (a *asked) book() policy.Object { return policy.Object{Kind: "Ledger", ID: a.org, Org: a.org} }

func (a *asked) house() policy.Object { return policy.Object{Kind: "House", ID: a.org, Org: a.org} }

// withheld says which roles the rules let do an act.
func (a *asked) withheld(verb string) *Withheld {
	w := &Withheld{Verb: verb, Who: []fault.Text{}}
	var may []string
	for _, rule := range a.room.rules.At(a.now).Rules() {
		if rule.Effect == policy.Permit && slices.Contains(rule.Verbs, verb) {
			may = append(may, rule.Roles...)
		}
	}
	for _, role := range policy.Roles() {
		if role.Person && slices.Contains(may, role.ID) {
			w.Who = append(w.Who, role.Name)
		}
	}
	return w
}

// maxTraces bounds how many entries one question goes through.
const maxTraces = 5000

// traces are the entries of the ledger that a query finds, the newest first, and
// whether there are more than were read.
func (a *asked) traces(ctx context.Context, q ledger.Query) (found []ledger.Line, more bool, err error) {
	q.Org, q.Limit = a.org, ledger.MaxPage
	for {
		page, err := a.room.ledger.Search(ctx, a.r, q)
		if err != nil {
			return nil, false, err
		}
		found = append(found, page.Lines...)
		if page.Next == 0 || len(found) >= maxTraces {
			return found, page.Next != 0, nil
		}
		q.After = page.Next
	}
}

// oldest is the first entry that a query finds; its id is empty when there is none.
func (a *asked) oldest(ctx context.Context, q ledger.Query) (ledger.Line, error) {
	found, _, err := a.traces(ctx, q)
	if err != nil || len(found) == 0 {
		return ledger.Line{}, err
	}
	return found[len(found)-1], nil
}

// opening are the acts that show what a record says.
var opening = []string{
	"patient.view", "record.list", "record.view", "record.attachment", "record.versions", "record.observations", "record.orders", "record.print", "sharing.disclose",
}

// openings are accesses, by how they are explained.
type openings struct {
	all         []ledger.Line
	byTie       map[string]int
	people      map[string]bool
	patients    map[string]bool
	unexplained []ledger.Line
	refused     []ledger.Line
}

// sortOut tells explained accesses from others. An access is explained by a tie, by a
// purpose beyond care that a rule allowed, or by the department in which the patient is
// or was treated; wards tells that of a patient.
func sortOut(lines []ledger.Line, wards func(patient string) []string) openings {
	o := openings{byTie: map[string]int{}, people: map[string]bool{}, patients: map[string]bool{}}
	for _, l := range lines {
		if !slices.Contains(opening, l.Verb) {
			continue
		}
		if l.Outcome == ledger.Refused {
			o.refused = append(o.refused, l)
			continue
		}
		o.all = append(o.all, l)
		o.people[l.Actor] = true
		if l.Patient != "" {
			o.patients[l.Patient] = true
		}
		switch {
		case l.Tie != "":
			o.byTie[l.Tie]++
		case l.ActorKind != act.Person:
			o.byTie["machine"]++
		case l.Purpose != "care":
			o.byTie["purpose"]++
		case l.Patient == "":
			o.byTie["list"]++
		case slices.Contains(wards(l.Patient), l.Department):
			o.byTie["department"]++
		default:
			o.unexplained = append(o.unexplained, l)
		}
	}
	return o
}

// tieNames are how kinds of explanation are called.
var tieNames = []struct {
	kind string
	name fault.Text
}{
	{policy.TieCare, words("诊疗关系", "care relation")},
	{policy.TieDuty, words("值班", "duty")},
	{policy.TieTask, words("任务", "task")},
	{policy.TieTheatre, words("手术排班", "operation list")},
	{policy.TieWork, words("工作清单", "worklist")},
	{policy.TieGrant, words("授权", "grant")},
	{policy.TieReason, words("自述理由", "stated reason")},
	{policy.TieGlass, words("紧急调阅", "break-glass")},
	{policy.TieOwn, words("本人", "own record")},
	{policy.TieConsent, words("患者同意", "consent")},
	{policy.TieExempt, words("法定豁免", "exemption")},
	{"department", words("所在科室", "department")},
	{"purpose", words("诊疗以外的目的", "purpose beyond care")},
	{"list", words("清单检索", "search of a list")},
	{"machine", words("系统", "machine")},
}

func tieName(kind string) fault.Text {
	for _, t := range tieNames {
		if t.kind == kind {
			return t.name
		}
	}
	return words(kind, kind)
}

// lineOf is a ledger entry as a line of an answer.
func lineOf(l ledger.Line, wrong bool) Line {
	why := words("无法解释", "unexplained")
	if l.Tie != "" {
		why = tieName(l.Tie)
	}
	if l.Outcome == ledger.Refused {
		why = words("已拒绝", "refused")
	}
	return Line{
		At: l.At, Person: personOf(l), Patient: l.Patient, Entry: l.ID, Wrong: wrong,
		Says: joined(called(l.Verb), why),
	}
}

func personOf(l ledger.Line) string {
	if l.ActorKind != act.Person {
		return ""
	}
	return l.Actor
}

// since counts the lines that are not older than a moment.
func since(lines []ledger.Line, at time.Time) int {
	n := 0
	for _, l := range lines {
		if !l.At.Before(at) {
			n++
		}
	}
	return n
}

// wardsOf tells in which departments patients were treated, asking once for each.
func (a *asked) wardsOf(ctx context.Context) (func(patient string) []string, func() error) {
	known := map[string][]string{}
	var failed error
	return func(patient string) []string {
		if found, asked := known[patient]; asked {
			return found
		}
		found, err := treatedIn(ctx, a.r, a.org, patient)
		if err != nil {
			failed = err
		}
		known[patient] = found
		return found
	}, func() error { return failed }
}
