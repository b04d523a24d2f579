package sharing

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/sm"
)

// Grounds on which an item is disclosed or masked.
const (
	Ordered    = "ordered"     // the legal document names it
	Needed     = "needed"      // the purpose cannot do without it
	Unrelated  = "unrelated"   // another condition than the one that is asked about
	ThirdParty = "third-party" // it tells of somebody else
	Private    = "private"     // what the law protects beyond the rest
	Beyond     = "beyond"      // outside the minimum for the requester, and nobody disclosed it
)

var (
	groundsToDisclose = []string{Ordered, Needed}
	groundsToMask     = []string{Unrelated, ThirdParty, Private}
)

// facts are the sections that tell when somebody was treated, of what, and how it ended.
var facts = []string{"dates", "admission-diagnosis", "discharge-diagnosis", "initial-diagnosis", "post-diagnosis", "diagnosis", "operation", "outcome"}

// minima are the sections that a kind of requester gets where nobody ruled otherwise
// (B-090). Kinds that are missing get whole documents: what a patient's side asks for is
// the patient's own.
var minima = map[string][]string{
	"court": facts, "police": facts, "prosecutor": facts, "supervision": facts, "insurer": facts, "insurance-fund": facts,
	"institution": slices.Concat(facts, []string{
		"chief-complaint", "present-illness", "past-history", "physical-examination", "auxiliary-examination", "hospital-course", "course",
		"treatment-plan", "discharge-state", "discharge-orders", "findings", "impression", "results", "progress",
	}),
}

// narrowed reports whether a kind gets less than whole documents.
func (k Kind) narrowed() bool { return minima[k.ID] != nil }

func (k Kind) minimal(section string) bool {
	return !k.narrowed() || slices.Contains(minima[k.ID], section)
}

// Masking is the legal review of one scope: which of its items are disclosed and which
// masked. A new round replaces the one before. Its row is keyed and never changes.
type Masking struct {
	Org       string    `db:"org,key"`
	Case      string    `db:"case_id,key"`
	Round     int       `db:"round,key"` // from 1
	Scope     []byte    `db:"scope"`     // SM3 of the scope that was ruled upon
	Disclosed int       `db:"disclosed"`
	Masked    int       `db:"masked"`
	At        time.Time `db:"at"`
	By        string    `db:"by_person"`
	MAC       []byte    `db:"mac"`
}

// Ruling is what was decided of one section of one document. Its row is keyed and never
// changes.
type Ruling struct {
	Org       string `db:"org,key"`
	Case      string `db:"case_id,key"`
	Round     int    `db:"round,key"`
	Document  string `db:"document,key"`
	Section   string `db:"section,key"`
	Disclosed bool   `db:"disclosed"`
	Ground    string `db:"ground"`
	Why       []byte `db:"why"` // [Reasons], sealed
	MAC       []byte `db:"mac"`
}

// Reasons are why an item was ruled upon as it was. They are kept sealed.
type Reasons struct {
	Words string `json:"words" maxLength:"2000"`
	// Phrases are blotted out of what is disclosed: names of others, other conditions.
	Phrases []string `json:"phrases,omitempty" maxItems:"30"`
}

// Item is a decision about one section.
type Item struct {
	Document  string `json:"document" maxLength:"40"`
	Section   string `json:"section" maxLength:"60"`
	Disclosed bool   `json:"disclosed"`
	Ground    string `json:"ground" enum:"ordered,needed,unrelated,third-party,private"`
	Reasons
}

// Cut is something that was kept back from a hand-over. It never changes.
type Cut struct {
	Org      string `db:"org,key" json:"-"`
	Handover string `db:"handover,key" json:"-"`
	Document string `db:"document,key" json:"document"`
	Section  string `db:"section,key" json:"section"`
	Ground   string `db:"ground" json:"ground"`
	Phrases  int    `db:"phrases" json:"phrases,omitempty" doc:"blotted out of a section that was disclosed; 0: the whole section was kept back"`
}

// MaxItems bounds a legal review.
const MaxItems = 400

func checkItems(items []Item) error {
	e := errInput.With()
	if len(items) > MaxItems {
		return e.At("items", fault.Text{ZH: "最多 400 项", EN: "at most 400 items"})
	}
	seen := map[[2]string]bool{}
	for i, one := range items {
		at := "items[" + strconv.Itoa(i) + "]"
		grounds := groundsToMask
		if one.Disclosed {
			grounds = groundsToDisclose
		}
		if !slices.Contains(grounds, one.Ground) {
			e.At(at+".ground", fault.Text{ZH: "请从以下选择：" + strings.Join(grounds, "、"), EN: "choose from: " + strings.Join(grounds, ", ")})
		}
		e.MustSay(at+".words", one.Words, maxWords)
		if len(one.Phrases) > 30 || !one.Disclosed && len(one.Phrases) > 0 {
			e.At(at+".phrases", fault.Text{ZH: "只在披露的项目中涂黑词句，最多 30 处", EN: "phrases are blotted out of what is disclosed, at most 30"})
		}
		for _, phrase := range one.Phrases {
			e.MustName(at+".phrases", phrase, maxName)
		}
		if seen[[2]string{one.Document, one.Section}] {
			e.At(at+".section", fault.Text{ZH: "同一项目只能裁定一次", EN: "an item is ruled upon once"})
		}
		seen[[2]string{one.Document, one.Section}] = true
	}
	return e.OrNil()
}

// digest names a scope, so that a review counts for no other.
func (s Scope) digest() ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	sum := sm.Sum(text)
	return sum[:], nil
}

// ruled is a ruling with its reasons open.
type ruled struct {
	Ruling
	Reasons
}

const (
	blot     = "■■■"
	scopeKey = "disclosure-scope"
)

// strip leaves of a document what its requester may have, says at its end what is
// missing, and returns that.
func (k Kind) strip(v *record.View, rulings []ruled) []Cut {
	if !k.narrowed() {
		return nil
	}
	cuts, kept, missing := []Cut{}, []record.Section{}, []string{}
	for _, s := range v.Content.Sections {
		cut := Cut{Document: v.ID, Section: s.Key}
		i := slices.IndexFunc(rulings, func(r ruled) bool { return r.Document == v.ID && r.Section == s.Key })
		switch {
		case i < 0 && k.minimal(s.Key):
			kept = append(kept, s)
			continue
		case i < 0:
			cut.Ground = Beyond
		case rulings[i].Disclosed:
			s.Text, cut.Phrases = blotted(s.Text, rulings[i].Phrases)
			kept = append(kept, s)
			if cut.Phrases == 0 {
				continue
			}
			cut.Ground = ThirdParty
		default:
			cut.Ground = rulings[i].Ground
		}
		cuts = together(cuts, cut)
		if cut.Phrases == 0 {
			missing = append(missing, s.Title)
		}
	}
	if len(cuts) > 0 {
		v.Reason = ""
		note := "依核准的披露范围，本件为节录。"
		if len(missing) > 0 {
			note += "未提供：" + strings.Join(missing, "、") + "。"
		}
		kept = append(kept, record.Section{Key: scopeKey, Title: "披露范围", Text: note})
	}
	v.Content.Sections = kept
	return cuts
}

// together adds a cut to those that were made; sections of one key in one document are
// ruled upon as one.
func together(cuts []Cut, one Cut) []Cut {
	for i := range cuts {
		if cuts[i].Document == one.Document && cuts[i].Section == one.Section {
			cuts[i].Phrases += one.Phrases
			return cuts
		}
	}
	return append(cuts, one)
}

// blotted blots phrases out of a text and counts how often.
func blotted(text string, phrases []string) (string, int) {
	n := 0
	for _, phrase := range phrases {
		n += strings.Count(text, phrase)
		text = strings.ReplaceAll(text, phrase, blot)
	}
	return text, n
}
