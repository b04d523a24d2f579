package privilege

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// ChangeBody is a change on the wire.
type ChangeBody struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Digest     string     `json:"digest" doc:"SM3 of the script"`
	Tables     []string   `json:"tables"`
	Objects    []string   `json:"objects"`
	Risk       string     `json:"risk" enum:"low,medium,high"`
	Since      time.Time  `json:"since"`
	Until      time.Time  `json:"until"`
	State      string     `json:"state" enum:"asked,reviewed,approved,running,closed,refused,lapsed"`
	Open       bool       `json:"open" doc:"its window is open now"`
	AskedBy    string     `json:"askedBy"`
	Asked      time.Time  `json:"asked"`
	ReviewedBy string     `json:"reviewedBy,omitempty"`
	Reviewed   *time.Time `json:"reviewed,omitempty"`
	ApprovedBy string     `json:"approvedBy,omitempty"`
	Approved   *time.Time `json:"approved,omitempty"`
	Began      *time.Time `json:"began,omitempty"`
	Closed     *time.Time `json:"closed,omitempty"`
	ClosedBy   string     `json:"closedBy,omitempty" doc:"absent when the house did"`
	Outcome    string     `json:"outcome,omitempty" enum:"carried-out,rolled-back,nothing-done,window-over"`
}

func wireChange(c Change, now time.Time) ChangeBody {
	return ChangeBody{
		ID: c.ID, Title: c.Title, Digest: hex.EncodeToString(c.Digest), Tables: c.Tables, Objects: c.Objects, Risk: c.Risk, Since: c.Since, Until: c.Until,
		State: c.State, Open: c.InWindow(now), AskedBy: c.AskedBy, Asked: c.AskedAt, ReviewedBy: c.ReviewedBy, Reviewed: web.Moment(c.ReviewedAt),
		ApprovedBy: c.ApprovedBy, Approved: web.Moment(c.ApprovedAt), Began: web.Moment(c.Began), Closed: web.Moment(c.Closed), ClosedBy: c.ClosedBy, Outcome: c.Outcome,
	}
}

// CaptureBody is a table before or after a change.
type CaptureBody struct {
	Moment string    `json:"moment" enum:"before,after"`
	Table  string    `json:"table"`
	Rows   int64     `json:"rows"`
	Digest string    `json:"digest" doc:"SM3 over all rows in the order of their key"`
	At     time.Time `json:"at"`
}

type seenChangeBody struct {
	ChangeBody
	Reason   string                    `json:"reason"`
	Script   string                    `json:"script"`
	Result   string                    `json:"result,omitempty" doc:"what was done and checked, or why it was refused"`
	Captures []CaptureBody             `json:"captures"`
	Touched  []FindingBody             `json:"touched" doc:"rows that the change accounts for"`
	Names    map[string]staff.NameBody `json:"names"`
}

func wireSeenChange(s SeenChange, now time.Time) seenChangeBody {
	body := seenChangeBody{
		ChangeBody: wireChange(s.Change, now), Reason: s.Why, Script: s.Text, Result: s.Said, Captures: make([]CaptureBody, len(s.Captures)),
		Touched: make([]FindingBody, len(s.Findings)), Names: staff.WireNames(s.Names),
	}
	for i, c := range s.Captures {
		body.Captures[i] = CaptureBody{Moment: c.Moment, Table: c.Table, Rows: c.Rows, Digest: hex.EncodeToString(c.Digest), At: c.At}
	}
	for i, f := range s.Findings {
		body.Touched[i] = wireFinding(f)
	}
	return body
}

// FindingBody is a finding on the wire.
type FindingBody struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"row-altered,row-missing,row-inserted,table-unreadable,many-rows,ledger-amiss,outside-use,concurrent-use"`
	Subject    string     `json:"subject,omitempty" doc:"the recording of a use"`
	Table      string     `json:"table,omitempty"`
	Row        string     `json:"row,omitempty"`
	Was        string     `json:"was,omitempty" doc:"digest of the row by the ledger"`
	Is         string     `json:"is,omitempty" doc:"digest of the row as it was found"`
	Person     string     `json:"person,omitempty" doc:"whom the row names"`
	Suspended  bool       `json:"suspended" doc:"the account of that person was stopped"`
	Change     string     `json:"change,omitempty" doc:"that explains it; absent: unexplained"`
	Found      time.Time  `json:"found"`
	Gone       *time.Time `json:"gone,omitempty" doc:"when the row agreed with the ledger again"`
	Disposal   string     `json:"disposal,omitempty" enum:"restored,accounted,misconduct"`
	DisposedBy string     `json:"disposedBy,omitempty"`
	Disposed   *time.Time `json:"disposed,omitempty"`
}

func wireFinding(f Finding) FindingBody {
	return FindingBody{
		ID: f.ID, Kind: f.Kind, Subject: f.Subject, Table: f.Table, Row: f.Row, Was: hex.EncodeToString(f.Was), Is: hex.EncodeToString(f.Is), Person: f.Person,
		Suspended: f.Suspended, Change: f.Change, Found: f.Found, Gone: web.Moment(f.Gone), Disposal: f.Disposal, DisposedBy: f.DisposedBy, Disposed: web.Moment(f.Disposed),
	}
}

// RoundBody is when rows were looked at last.
type RoundBody struct {
	Kind        string    `json:"kind" enum:"permissions,whole"`
	At          time.Time `json:"at"`
	Millis      int64     `json:"millis" doc:"how long it took"`
	Tables      int64     `json:"tables"`
	Rows        int64     `json:"rows"`
	Differences int64     `json:"differences" doc:"rows that do not agree with the ledger"`
}

func wireRound(r Round) RoundBody {
	return RoundBody{Kind: r.Kind, At: r.At, Millis: r.Took.Milliseconds(), Tables: r.Tables, Rows: r.Rows, Differences: r.Differences}
}

// EnvelopeBody is an envelope on the wire, without what it holds.
type EnvelopeBody struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	System     string     `json:"system"`
	Account    string     `json:"account"`
	Generation int        `json:"generation"`
	State      string     `json:"state" enum:"empty,half,filled,used,overdue"`
	FirstBy    string     `json:"firstBy,omitempty" doc:"who wrote the first half"`
	SecondBy   string     `json:"secondBy,omitempty"`
	Filled     *time.Time `json:"filled,omitempty"`
	Used       *time.Time `json:"used,omitempty"`
	RotateBy   *time.Time `json:"rotateBy,omitempty" doc:"by when the credential must be changed"`
}

func wireEnvelope(e Envelope, now time.Time) EnvelopeBody {
	return EnvelopeBody{
		ID: e.ID, Name: e.Name, System: e.System, Account: e.Account, Generation: e.Generation, State: e.State(now), FirstBy: e.FirstBy, SecondBy: e.SecondBy,
		Filled: web.Moment(e.Filled), Used: web.Moment(e.Used), RotateBy: web.Moment(e.RotateBy),
	}
}

// CheckoutBody is a use of a credential on the wire.
type CheckoutBody struct {
	ID         string     `json:"id"`
	Envelope   string     `json:"envelope"`
	Minutes    int        `json:"minutes"`
	State      string     `json:"state" enum:"asked,approved,running,closed,refused,lapsed"`
	AskedBy    string     `json:"askedBy"`
	Asked      time.Time  `json:"asked"`
	ApprovedBy string     `json:"approvedBy,omitempty"`
	Approved   *time.Time `json:"approved,omitempty"`
	Opened     *time.Time `json:"opened,omitempty" doc:"when whoever asked saw his half"`
	Other      *time.Time `json:"openedOther,omitempty" doc:"when whoever approved saw his"`
	Until      *time.Time `json:"until,omitempty"`
	Ended      *time.Time `json:"ended,omitempty"`
}

func wireCheckout(c Checkout) CheckoutBody {
	return CheckoutBody{
		ID: c.ID, Envelope: c.Envelope, Minutes: c.Minutes, State: c.State, AskedBy: c.AskedBy, Asked: c.AskedAt, ApprovedBy: c.ApprovedBy,
		Approved: web.Moment(c.ApprovedAt), Opened: web.Moment(c.Opened), Other: web.Moment(c.OpenedOther), Until: web.Moment(c.Until), Ended: web.Moment(c.Ended),
	}
}

// SessionBody is a privileged session on the wire, without what was recorded.
type SessionBody struct {
	ID         string     `json:"id"`
	System     string     `json:"system"`
	Change     string     `json:"change,omitempty"`
	Urgent     bool       `json:"urgent"`
	Minutes    int        `json:"minutes"`
	State      string     `json:"state" enum:"asked,approved,running,closed,refused,lapsed"`
	AskedBy    string     `json:"askedBy"`
	Asked      time.Time  `json:"asked"`
	Terminal   string     `json:"terminal,omitempty"`
	ApprovedBy string     `json:"approvedBy,omitempty" doc:"absent for an urgent session"`
	Approved   *time.Time `json:"approved,omitempty"`
	ApprovedAt string     `json:"approvedAt,omitempty" doc:"terminal of the second person"`
	Began      *time.Time `json:"began,omitempty"`
	Until      *time.Time `json:"until,omitempty"`
	Parts      int        `json:"parts" doc:"of its recording"`
	Head       string     `json:"head,omitempty" doc:"digest of the last part, which holds on to all before"`
	Ended      *time.Time `json:"ended,omitempty"`
	EndReason  string     `json:"endReason,omitempty" enum:"finished,time-over,recording-stopped,lapsed"`
	Verdict    string     `json:"verdict,omitempty" enum:"proper,improper"`
	ReviewedBy string     `json:"reviewedBy,omitempty"`
	Reviewed   *time.Time `json:"reviewed,omitempty"`
}

func wireSession(s Session) SessionBody {
	return SessionBody{
		ID: s.ID, System: s.System, Change: s.Change, Urgent: s.Urgent, Minutes: s.Minutes, State: s.State, AskedBy: s.AskedBy, Asked: s.AskedAt, Terminal: s.Terminal,
		ApprovedBy: s.ApprovedBy, Approved: web.Moment(s.ApprovedAt), ApprovedAt: s.Elsewhere, Began: web.Moment(s.Began), Until: web.Moment(s.Until), Parts: s.Parts,
		Head: hex.EncodeToString(s.Head), Ended: web.Moment(s.Ended), EndReason: s.EndReason, Verdict: s.Verdict, ReviewedBy: s.ReviewedBy, Reviewed: web.Moment(s.ReviewedAt),
	}
}

// RecordingBody is what another system has recorded, without its commands.
type RecordingBody struct {
	ID       string    `json:"id"`
	Source   string    `json:"source"`
	System   string    `json:"system"`
	Account  string    `json:"account"`
	Person   string    `json:"person" doc:"as the source names him"`
	Terminal string    `json:"terminal,omitempty"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
	Digest   string    `json:"digest" doc:"SM3 of the file"`
	Address  string    `json:"address,omitempty" doc:"where the file lies"`
	Held     bool      `json:"held" doc:"the file is kept here"`
	Received time.Time `json:"received"`
}

func wireRecording(r Recording) RecordingBody {
	return RecordingBody{
		ID: r.ID, Source: r.Source, System: r.System, Account: r.Account, Person: r.Person, Terminal: r.Terminal, Since: r.Since, Until: r.Until,
		Digest: hex.EncodeToString(r.Digest), Address: r.Address, Held: len(r.File) > 0, Received: r.Received,
	}
}
