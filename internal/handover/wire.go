package handover

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/staff"
)

// CaseBody is a handover on the wire.
type CaseBody struct {
	ID         string     `json:"id"`
	Ground     string     `json:"ground" enum:"merger,closing,system,authority,rehearsal"`
	Partner    string     `json:"partner,omitempty" doc:"of exchange; none for a rehearsal"`
	Receiver   string     `json:"receiver"`
	State      string     `json:"state" enum:"asked,making,ready,released,differs,matched,signed,closed,stopped"`
	Freezes    bool       `json:"freezes" doc:"people do not write at this moment"`
	Run        int        `json:"run" doc:"1 is the whole export, later ones are supplements"`
	Opened     time.Time  `json:"opened"`
	OpenedBy   string     `json:"openedBy"`
	Approved   *time.Time `json:"approved,omitempty"`
	ApprovedBy string     `json:"approvedBy,omitempty"`
	Until      time.Time  `json:"until"`
	Rows       int64      `json:"rows"`
	Parts      int        `json:"parts" doc:"of the newest run"`
	Digest     string     `json:"digest,omitempty" doc:"SM3 of the manifest of the newest run, hexadecimal"`
	Settled    *time.Time `json:"settled,omitempty"`
	ClosedBy   string     `json:"closedBy,omitempty"`
	Missing    int64      `json:"missing" doc:"records that the last comparison did not find carried"`
	Compared   *time.Time `json:"compared,omitempty"`
}

func wireCase(c Case, now time.Time) CaseBody {
	return CaseBody{
		ID: c.ID, Ground: c.Ground, Partner: c.Partner, Receiver: c.Receiver, State: c.State, Freezes: c.Freezes(now), Run: c.Run, Opened: c.Opened, OpenedBy: c.OpenedBy,
		Approved: web.Moment(c.Approved), ApprovedBy: c.ApprovedBy, Until: c.Until, Rows: c.Rows, Parts: c.Parts, Digest: c.Digest, Settled: web.Moment(c.Settled),
		ClosedBy: c.ClosedBy, Missing: c.Missing, Compared: web.Moment(c.Compared),
	}
}

// CasesBody is a page of handovers.
type CasesBody struct {
	web.Page[CaseBody]
	Names map[string]staff.NameBody `json:"names"`
}

// OpeningBody asks for a handover.
type OpeningBody struct {
	Ground  string    `json:"ground" enum:"merger,closing,system,authority,rehearsal"`
	Words   string    `json:"words" maxLength:"2000"`
	Partner string    `json:"partner,omitempty" maxLength:"40" doc:"of exchange, by whose keys the export is sealed; none for a rehearsal"`
	Until   time.Time `json:"until" doc:"when the house is written to again, at the latest"`
}

// PartBody is a part of an export.
type PartBody struct {
	Number int       `json:"number"`
	Bytes  int64     `json:"bytes"`
	SM3    string    `json:"sm3"`
	SHA256 string    `json:"sha256"`
	Made   time.Time `json:"made"`
}

// ToldBody counts what the receiver has to know of the records.
type ToldBody struct {
	Sealed    int64 `json:"sealed" doc:"documents under seal, carried with their seal"`
	Sensitive int64 `json:"sensitive" doc:"documents of the levels 4 and 5, carried with their level"`
	Destroyed int64 `json:"destroyed" doc:"versions whose content was destroyed"`
	Shared    int64 `json:"shared" doc:"versions with a form of WS/T 500"`
}

// ExportDifferenceBody is one thing in which an export was not what its manifest says.
type ExportDifferenceBody struct {
	Kind  string `json:"kind"`
	Where string `json:"where"`
	What  string `json:"what,omitempty"`
}

// RecordDifferenceBody is a record that was not carried as it is held.
type RecordDifferenceBody struct {
	Kind string `json:"kind"`
	Set  string `json:"set"`
	Key  string `json:"key"`
}

// CountBody is how many rows of a table were carried.
type CountBody struct {
	Set  string     `json:"set"`
	Name fault.Text `json:"name"`
	Rows int64      `json:"rows"`
}

// ReceiptBody is what the receiver said.
type ReceiptBody struct {
	Number         int                    `json:"number"`
	Run            int                    `json:"run"`
	Outcome        string                 `json:"outcome" enum:"match,differ"`
	Found          int64                  `json:"found"`
	Differences    []ExportDifferenceBody `json:"differences" nullable:"false"`
	Representative string                 `json:"representative" doc:"who signed for the receiver"`
	At             time.Time              `json:"at"`
	BroughtBy      string                 `json:"broughtBy"`
}

func wireReceipt(r Receipt) ReceiptBody {
	b := ReceiptBody{Number: r.Number, Run: r.Run, Outcome: r.Outcome, Found: r.Found, Differences: []ExportDifferenceBody{}, At: r.At, BroughtBy: r.BroughtBy}
	if said, err := bundle.ReadReceipt(r.Receipt); err == nil {
		b.Representative = said.Representative
		for _, d := range said.Differences {
			b.Differences = append(b.Differences, ExportDifferenceBody(d))
		}
	}
	return b
}

// ComparisonBody is one time that the house was compared with what was carried.
type ComparisonBody struct {
	Number      int                    `json:"number"`
	Run         int                    `json:"run"`
	Compared    int64                  `json:"compared"`
	Missing     int64                  `json:"missing"`
	Gone        int64                  `json:"gone"`
	Differences []RecordDifferenceBody `json:"differences" nullable:"false"`
	At          time.Time              `json:"at"`
	By          string                 `json:"by"`
}

// ListedDifferenceBody is a difference in the list of a comparison.
type ListedDifferenceBody struct {
	Number int64  `json:"number"`
	Kind   string `json:"kind" doc:"missing, changed or gone; what a rehearsal finds amiss in the export itself has the kinds of its verification"`
	Set    string `json:"set"`
	Key    string `json:"key"`
}

// ComparingBody is a comparison that is under way.
type ComparingBody struct {
	Number   int        `json:"number"`
	Run      int        `json:"run"`
	State    string     `json:"state" enum:"reading,compared,cancelled"`
	By       string     `json:"by"`
	Since    time.Time  `json:"since"`
	Ended    *time.Time `json:"ended,omitempty"`
	Compared int64      `json:"compared" doc:"rows, so far"`
	Missing  int64      `json:"missing"`
	Gone     int64      `json:"gone"`
}

func wireComparing(c Comparing) ComparingBody {
	return ComparingBody{c.Number, c.Run, c.State, c.AskedBy, c.Since, web.Moment(c.Ended), c.Compared, c.Missing, c.Gone}
}

// TakeoverBody is what became of an export in an empty house.
type TakeoverBody struct {
	Given    int64     `json:"given" doc:"versions in the form of shared documents"`
	Taken    int64     `json:"taken" doc:"versions that the empty house then held"`
	Aside    int64     `json:"aside" doc:"documents that it put aside"`
	Patients int64     `json:"patients"`
	Formless int64     `json:"formless" doc:"versions without such a form, which are read as they are"`
	Missing  int64     `json:"missing"`
	Extra    int64     `json:"extra"`
	At       time.Time `json:"at"`
}

// MovingBody is how far an export or a comparison has come.
type MovingBody struct {
	Doing   string `json:"doing" enum:"carry,compare"`
	Set     string `json:"set" doc:"the table that is read now"`
	At      int64  `json:"at" doc:"tables that were read"`
	Of      int64  `json:"of"`
	Failure string `json:"failure,omitempty" doc:"code of the last try that failed"`
	Stopped bool   `json:"stopped" doc:"it gave up and waits to be resumed"`
}

func wireComparison(c Comparison) ComparisonBody {
	b := ComparisonBody{c.Number, c.Run, c.Compared, c.Missing, c.Gone, []RecordDifferenceBody{}, c.At, c.By}
	for _, d := range c.Differences {
		b.Differences = append(b.Differences, RecordDifferenceBody(d))
	}
	return b
}

// SignatureBody is a signature for the giver.
type SignatureBody struct {
	Person string    `json:"person"`
	Digest string    `json:"digest"`
	At     time.Time `json:"at"`
}

// SeenBody is a handover with everything that belongs to it.
type SeenBody struct {
	CaseBody
	Words       string                    `json:"words"`
	Export      []PartBody                `json:"export" nullable:"false" doc:"the parts of the newest run"`
	Counts      []CountBody               `json:"counts" nullable:"false"`
	Told        ToldBody                  `json:"told"`
	Receipts    []ReceiptBody             `json:"receipts" nullable:"false"`
	Comparisons []ComparisonBody          `json:"comparisons" nullable:"false"`
	Takeover    *TakeoverBody             `json:"takeover,omitempty" doc:"of a rehearsal"`
	Comparing   *ComparingBody            `json:"comparing,omitempty" doc:"the comparison that is under way"`
	Progress    *MovingBody               `json:"progress,omitempty"`
	Signatures  []SignatureBody           `json:"signatures" nullable:"false"`
	Names       map[string]staff.NameBody `json:"names"`
}

func wireSeen(s Seen, now time.Time) SeenBody {
	b := SeenBody{
		CaseBody: wireCase(s.Case, now), Words: s.Words, Told: ToldBody(s.Told), Names: staff.WireNames(s.Names), Export: []PartBody{}, Counts: []CountBody{}, Receipts: []ReceiptBody{},
		Comparisons: []ComparisonBody{}, Signatures: []SignatureBody{},
	}
	for _, p := range s.Parts {
		b.Export = append(b.Export, PartBody{p.Number, p.Bytes, hex.EncodeToString(p.SM3), hex.EncodeToString(p.SHA256), p.Made})
	}
	for _, c := range s.Counts {
		b.Counts = append(b.Counts, CountBody{c.Set, fault.Text{ZH: c.ZH, EN: c.EN}, c.Rows})
	}
	for _, r := range s.Receipts {
		b.Receipts = append(b.Receipts, wireReceipt(r))
	}
	for _, c := range s.Comparisons {
		b.Comparisons = append(b.Comparisons, wireComparison(c))
	}
	if t := s.Takeover; t != nil {
		b.Takeover = &TakeoverBody{t.Given, t.Taken, t.Aside, t.Patients, t.Formless, t.Missing, t.Extra, t.At}
	}
	if s.Comparing != nil {
		under := wireComparing(*s.Comparing)
		b.Comparing = &under
	}
	if s.Progress != nil {
		at := MovingBody(*s.Progress)
		b.Progress = &at
	}
	for _, x := range s.Signatures {
		b.Signatures = append(b.Signatures, SignatureBody{x.Person, x.Digest, x.At})
	}
	return b
}
