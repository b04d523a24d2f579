package output

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

type profileBody struct {
	ID          string     `json:"id" example:"patient"`
	Name        fault.Text `json:"name"`
	Purposes    []string   `json:"purposes"`
	Prints      bool       `json:"prints"`
	Exports     bool       `json:"exports"`
	Named       bool       `json:"named" doc:"the page bears the name of who made it"`
	Recipient   bool       `json:"recipient" doc:"whom it is for must be said, and stands in the footer"`
	Stamp       bool       `json:"stamp" doc:"the last page has a place for the seal of the house"`
	Case        bool       `json:"case" doc:"a case number must be given"`
	Quotas      []Quota    `json:"quotas"`
	Threshold   int        `json:"threshold" doc:"more patients in one file are for two people to decide"`
	Burst       int        `json:"burst" doc:"more patients in an hour are suspicious"`
	Night       int        `json:"night" doc:"more patients between 22:00 and 06:00 are suspicious"`
	HoldMinutes int        `json:"holdMinutes"`
	FileHours   int        `json:"fileHours"`
	Downloads   int        `json:"downloads"`
	CodeHours   int        `json:"codeHours"`
	Rev         int        `json:"rev" doc:"0: as delivered"`
	SetBy       string     `json:"setBy,omitempty"`
	SetAt       *time.Time `json:"setAt,omitempty"`
}

func wireProfile(p Profile) profileBody {
	return profileBody{
		ID: p.ID, Name: p.Name, Purposes: p.Purposes, Prints: p.Prints, Exports: p.Exports, Named: p.Named, Recipient: p.Recipient, Stamp: p.Stamp, Case: p.Case,
		Quotas: p.Quotas, Threshold: p.Threshold, Burst: p.Burst, Night: p.Night, HoldMinutes: p.HoldMinutes, FileHours: p.FileHours, Downloads: p.Downloads,
		CodeHours: p.CodeHours, Rev: p.Rev, SetBy: p.SetBy, SetAt: web.Moment(p.SetAt),
	}
}

type profileIn struct {
	Name        fault.Text `json:"name"`
	Purposes    []string   `json:"purposes" maxItems:"12"`
	Prints      bool       `json:"prints"`
	Exports     bool       `json:"exports"`
	Named       bool       `json:"named"`
	Recipient   bool       `json:"recipient"`
	Stamp       bool       `json:"stamp"`
	Case        bool       `json:"case"`
	Quotas      []Quota    `json:"quotas" maxItems:"40"`
	Threshold   int        `json:"threshold" minimum:"0"`
	Burst       int        `json:"burst" minimum:"1"`
	Night       int        `json:"night" minimum:"0"`
	HoldMinutes int        `json:"holdMinutes" minimum:"1"`
	FileHours   int        `json:"fileHours" minimum:"1"`
	Downloads   int        `json:"downloads" minimum:"1"`
	CodeHours   int        `json:"codeHours" minimum:"1"`
	Rev         int        `json:"rev" minimum:"0" doc:"of the profile it was made from"`
}

func (in profileIn) domain(profile string) Profile {
	return Profile{
		ID: profile, Name: in.Name, Purposes: in.Purposes, Prints: in.Prints, Exports: in.Exports, Named: in.Named, Recipient: in.Recipient, Stamp: in.Stamp, Case: in.Case,
		Quotas: in.Quotas, Threshold: in.Threshold, Burst: in.Burst, Night: in.Night, HoldMinutes: in.HoldMinutes, FileHours: in.FileHours, Downloads: in.Downloads,
		CodeHours: in.CodeHours,
	}
}

// IssueBody is an issue on the wire. It is exported because the binding passes over
// embedded types that are not.
type IssueBody struct {
	ID        string    `json:"id"`
	Serial    string    `json:"serial" example:"20260302-7Q3MKZ1"`
	Kind      string    `json:"kind" enum:"print,export,copy,attachment"`
	Profile   string    `json:"profile"`
	Patient   string    `json:"patient,omitempty"`
	Documents []Sheet   `json:"documents"`
	List      string    `json:"list,omitempty"`
	Copies    int       `json:"copies"`
	Lines     int       `json:"lines" doc:"rows of a list, or characters that were copied"`
	Patients  int       `json:"patients"`
	Purpose   string    `json:"purpose"`
	Case      string    `json:"case,omitempty"`
	Person    string    `json:"person"`
	Terminal  string    `json:"terminal,omitempty"`
	At        time.Time `json:"at"`
	Digest    string    `json:"digest" doc:"SM3 of the content"`
}

func wireIssue(i Issue) IssueBody {
	return IssueBody{
		ID: i.ID, Serial: i.Serial, Kind: i.Kind, Profile: i.Profile, Patient: i.Patient, Documents: i.Documents, List: i.List, Copies: i.Copies, Lines: i.Lines,
		Patients: i.Patients, Purpose: i.Purpose, Case: i.Case, Person: i.Person, Terminal: i.Terminal, At: i.At, Digest: hex.EncodeToString(i.Digest),
	}
}

type holdBody struct {
	ID      string     `json:"id" doc:"that of its issue"`
	Patient string     `json:"patient"`
	Media   string     `json:"media"`
	State   string     `json:"state" enum:"waiting,released,cancelled,expired"`
	Made    time.Time  `json:"made"`
	Until   time.Time  `json:"until" doc:"when it is destroyed"`
	Ended   *time.Time `json:"ended,omitempty"`
}

func wireHold(h Hold) holdBody {
	return holdBody{ID: h.ID, Patient: h.Patient, Media: h.Media, State: h.State, Made: h.Made, Until: h.Until, Ended: web.Moment(h.Ended)}
}

// MadeBody is a copy on the wire, with its bytes.
type MadeBody struct {
	IssueBody
	Code    string    `json:"code" example:"HHFG-W2MN-QPFE-XPAN-G8"`
	Media   string    `json:"media,omitempty" example:"application/pdf"`
	File    []byte    `json:"file,omitempty" doc:"absent while it is held"`
	Missing string    `json:"missing,omitempty" doc:"characters that the server's font does not have and that are left open; print as html instead"`
	Held    *holdBody `json:"held,omitempty"`
}

// WireMade brings a copy onto the wire.
func WireMade(m Made) MadeBody {
	b := MadeBody{IssueBody: wireIssue(m.Issue), Code: m.Code, Media: m.Media, File: m.Bytes, Missing: m.Missing}
	if m.Held != nil {
		held := wireHold(*m.Held)
		b.Held = &held
	}
	return b
}

type sheetsBody struct {
	ID    string `json:"id"`
	Media string `json:"media"`
	File  []byte `json:"file"`
}

func wireSheets(s Sheets) sheetsBody { return sheetsBody{s.ID, s.Media, s.Bytes} }

// ExportBody is an export on the wire. It is exported because the binding passes over
// embedded types that are not.
type ExportBody struct {
	ID        string            `json:"id"`
	List      string            `json:"list"`
	Filter    map[string]string `json:"filter,omitempty"`
	Columns   []string          `json:"columns,omitempty" doc:"all when absent"`
	Unmasked  bool              `json:"unmasked"`
	Format    string            `json:"format" enum:"csv,xlsx,ndjson"`
	Profile   string            `json:"profile"`
	Purpose   string            `json:"purpose"`
	Case      string            `json:"case,omitempty"`
	Person    string            `json:"person"`
	State     string            `json:"state" enum:"running,held,approval,ready,stopped,refused,confirmed,cancelled,expired"`
	Why       string            `json:"why,omitempty" enum:"person,session,rights,patient,consent,sealed,quota,too-large" doc:"it stopped"`
	Alarm     string            `json:"alarm,omitempty" enum:"burst,night" doc:"the rule that held it"`
	Asked     time.Time         `json:"asked"`
	Ended     *time.Time        `json:"ended,omitempty"`
	Pages     int               `json:"pages" doc:"read so far"`
	Lines     int               `json:"lines"`
	Patients  int               `json:"patients"`
	LeftOut   int               `json:"leftOut" doc:"rows of patients who may be seen but not taken along"`
	Issue     string            `json:"issue,omitempty" doc:"once it left"`
	NeedsCode bool              `json:"needsCode" doc:"who approved has the release code"`
	CodeUntil *time.Time        `json:"codeUntil,omitempty"`
	Until     *time.Time        `json:"until,omitempty" doc:"when the file is destroyed"`
	Downloads int               `json:"downloads"`
}

func wireExport(x Export) ExportBody {
	return ExportBody{
		ID: x.ID, List: x.List, Filter: x.Filter, Columns: x.Columns, Unmasked: x.Unmasked, Format: x.Format, Profile: x.Profile, Purpose: x.Purpose, Case: x.Case,
		Person: x.Person, State: x.State, Why: x.Why, Alarm: x.Alarm, Asked: x.Asked, Ended: web.Moment(x.Ended), Pages: x.Pages, Lines: x.Lines, Patients: x.Patients,
		LeftOut: x.LeftOut, Issue: x.Issue, NeedsCode: x.CodeBy != "" && x.Released.IsZero(), CodeUntil: web.Moment(x.CodeUntil), Until: web.Moment(x.Until), Downloads: x.Downloads,
	}
}

type voteBody struct {
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

type seenExportBody struct {
	ExportBody
	Votes      []voteBody                `json:"votes"`
	Reason     string                    `json:"reason,omitempty" doc:"why it is unmasked"`
	Commitment *fault.Text               `json:"commitment,omitempty" doc:"what whoever asked signs before he fetches it"`
	Pledged    *time.Time                `json:"pledged,omitempty" doc:"when he signed"`
	Names      map[string]staff.NameBody `json:"names"`
}

func wireSeenExport(s SeenExport) seenExportBody {
	b := seenExportBody{ExportBody: wireExport(s.Export), Votes: []voteBody{}, Reason: s.Reason, Pledged: web.Moment(s.Pledged), Names: staff.WireNames(s.Names)}
	if s.Commitment != (fault.Text{}) {
		b.Commitment = &s.Commitment
	}
	for _, v := range s.Votes {
		b.Votes = append(b.Votes, voteBody{v.Person, v.At})
	}
	return b
}

type fetchedBody struct {
	Export ExportBody `json:"export"`
	Serial string     `json:"serial"`
	Code   string     `json:"code"`
	Name   string     `json:"name" example:"patients-20260302-7Q3MKZ1.xlsx"`
	Media  string     `json:"media"`
	File   []byte     `json:"file"`
}

func wireFetched(f Fetched) fetchedBody {
	media := "text/csv; charset=utf-8"
	if f.Export.Format == XLSX {
		media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return fetchedBody{wireExport(f.Export), f.Issue.Serial, f.Code, f.Name, media, f.Bytes}
}

type sourceBody struct {
	ID      string     `json:"id"`
	Name    fault.Text `json:"name"`
	Columns []Column   `json:"columns"`
	Filters []string   `json:"filters"`
}

type verifiedBody struct {
	Serial    string    `json:"serial"`
	Kind      string    `json:"kind" enum:"print,export,copy,attachment"`
	At        time.Time `json:"at"`
	Copies    int       `json:"copies"`
	Lines     int       `json:"lines"`
	Documents []Sheet   `json:"documents"`
	Digest    string    `json:"digest" doc:"SM3 of the content"`
	Left      bool      `json:"left" doc:"false: it never left the queue, and should not exist"`
	Recalled  bool      `json:"recalled" doc:"it came back or was destroyed, and should not exist"`
	File      string    `json:"file,omitempty" enum:"same,differs" doc:"of the file that was shown"`
}

func wireVerified(v Verified) verifiedBody {
	return verifiedBody{v.Serial, v.Kind, v.At, v.Copies, v.Lines, v.Documents, hex.EncodeToString(v.Digest), v.Left, v.Recalled, v.File}
}

type forwardBody struct {
	ID        string    `json:"id"`
	Document  string    `json:"document"`
	Patient   string    `json:"patient"`
	Sender    string    `json:"sender"`
	Recipient string    `json:"recipient"`
	Since     time.Time `json:"since"`
	Until     time.Time `json:"until"`
	Opened    int       `json:"opened"`
	Refused   int       `json:"refused" doc:"to others"`
}

func wireForward(f Forward) forwardBody {
	return forwardBody{f.ID, f.Document, f.Patient, f.Sender, f.Recipient, f.Since, f.Until, f.Opened, f.Refused}
}

// pointedBody leaves out what was pointed out: the recipient learns that when he opens it.
type pointedBody struct {
	ID     string    `json:"id"`
	Sender string    `json:"sender"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
	Opened int       `json:"opened"`
}

func wirePointed(f Forward) pointedBody {
	return pointedBody{f.ID, f.Sender, f.Since, f.Until, f.Opened}
}

type registeredStationBody struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Place string    `json:"place,omitempty"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
	SetBy string    `json:"setBy"`
}

func wireStation(s Station) registeredStationBody {
	return registeredStationBody{s.ID, s.Name, s.Place, s.Since, s.Until, s.SetBy}
}

type registeredBadgeBody struct {
	ID     string    `json:"id"`
	Person string    `json:"person"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
	SetBy  string    `json:"setBy"`
}

func wireBadge(b Badge) registeredBadgeBody {
	return registeredBadgeBody{b.ID, b.Person, b.Since, b.Until, b.SetBy}
}

type channelBody struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Network string         `json:"network" enum:"internal,dedicated,public"`
	Tunnel  bool           `json:"tunnel"`
	Carries int            `json:"carries"`
	Since   time.Time      `json:"since"`
	Until   time.Time      `json:"until"`
	SetBy   string         `json:"setBy"`
	Used    map[string]int `json:"used" doc:"in the last 30 days, by outcome"`
}

func wireChannel(c Channel, used map[string]int) channelBody {
	return channelBody{c.ID, c.Name, c.Network, c.Tunnel, c.Carries, c.Since, c.Until, c.SetBy, used}
}
