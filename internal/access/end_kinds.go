package access

import (
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
)

// endKind is a kind of right whose end can be ordered: by which acts, where it lies, and
// what tells that it lives.
type endKind struct {
	id    string
	name  fault.Text
	verbs []string
	table string // whose rows the order writes; empty: subjects says what it names
	op    db.Op  // with which it writes them
	// subjects are what an order names.
	subjects func(ledger.Entry) []string
	// about reads, of an organisation ($1) and a subject ($2), whose it is, the patient,
	// and when it ends (0: at once). No row: the order did not end it. A release has none:
	// what ends is the turn before the one that was written.
	about string
	// lives counts what is left of it, asked with what with gives.
	lives string
	with  func(e EndingOf, now int64) []any
}

// Kinds of rights that end.
const (
	EndOfGrant    = "grant"
	EndOfReason   = "reason"
	EndOfGlass    = "glass"
	EndOfPost     = "post"
	EndOfTurn     = "turn" // on a roster, covers included
	EndOfAccount  = "account"
	EndOfSession  = "session"
	EndOfSessions = "sessions" // of an account, all of them
	EndOfExport   = "export"
	EndOfHandover = "handover"
	EndOfRelease  = "release"
)

const withdrawnReason = "SELECT person, patient, 0 FROM access_reason WHERE org = $1 AND id = $2 AND kind "

var endKinds = []endKind{
	{
		id: EndOfGrant, name: fault.Text{ZH: "授权", EN: "Grant"}, verbs: []string{"access.revoke", "access.decide-line", "access.decide-exception", "access.clock"}, table: "access_grant", op: db.Update,
		about: "SELECT person, patient, ended FROM access_grant WHERE org = $1 AND id = $2 AND ended IS NOT NULL",
		lives: "SELECT COUNT(*) FROM access_grant WHERE org = $1 AND id = $2 AND state = 'live'", with: ofKey,
	},
	{
		id: EndOfReason, name: fault.Text{ZH: "自述理由", EN: "Stated reason"}, verbs: []string{"access.withdraw"}, table: "access_reason", op: db.Update,
		about: withdrawnReason + "<> 'glass'",
		lives: "SELECT COUNT(*) FROM access_reason WHERE org = $1 AND id = $2 AND until > $3", with: ofKeyNow,
	},
	{
		id: EndOfGlass, name: fault.Text{ZH: "紧急调阅", EN: "Break-glass"}, verbs: []string{"access.withdraw"}, table: "access_reason", op: db.Update,
		about: withdrawnReason + "= 'glass'",
		lives: "SELECT COUNT(*) FROM access_reason WHERE org = $1 AND id = $2 AND until > $3", with: ofKeyNow,
	},
	{
		id: EndOfPost, name: fault.Text{ZH: "任职", EN: "Appointment"}, table: "staff_appointment", op: db.Update,
		verbs: []string{"staff.end-appointment", "staff.leave", "staff.begin-stay", "staff.move-stay", "staff.end-stay", "staff.apply-roster"},
		about: "SELECT person, '', ended FROM staff_appointment WHERE org = $1 AND id = $2 AND ended IS NOT NULL",
		lives: "SELECT COUNT(*) FROM staff_appointment WHERE org = $1 AND id = $2 AND until > $3 AND ended IS NULL", with: ofKeyNow,
	},
	{
		id: EndOfTurn, name: fault.Text{ZH: "值班或代班", EN: "Turn on a roster"}, verbs: []string{"duty.set-roster"}, table: "duty_roster", op: db.Update,
		about: "SELECT person, '', ended FROM duty_roster WHERE org = $1 AND id = $2 AND ended IS NOT NULL",
		lives: "SELECT COUNT(*) FROM duty_roster WHERE org = $1 AND id = $2 AND until > $3 AND ended IS NULL", with: ofKeyNow,
	},
	{
		id: EndOfAccount, name: fault.Text{ZH: "账号", EN: "Account"}, verbs: []string{"identity.disable-account", "identity.lock-account"}, table: "identity_account", op: db.Update,
		about: "SELECT person, '', 0 FROM identity_account WHERE org = $1 AND id = $2 AND state <> 'active'",
		lives: `SELECT (SELECT COUNT(*) FROM identity_account WHERE org = $1 AND id = $2 AND state = 'active')
			+ (SELECT COUNT(*) FROM identity_session WHERE org = $3 AND account = $4 AND ended IS NULL AND until > $5)`, with: ofAccount,
	},
	{
		id: EndOfSession, name: fault.Text{ZH: "会话", EN: "Session"}, verbs: []string{"identity.end-session"}, subjects: notedAs("session"),
		about: "SELECT person, '', ended FROM identity_session WHERE org = $1 AND id = $2 AND ended IS NOT NULL",
		lives: "SELECT COUNT(*) FROM identity_session WHERE org = $1 AND id = $2 AND until > $3 AND ended IS NULL", with: ofKeyNow,
	},
	{
		id: EndOfSessions, name: fault.Text{ZH: "全部会话", EN: "All sessions"}, verbs: []string{"identity.sign-out-everywhere", "identity.reset-password"}, subjects: accountsOf,
		about: "SELECT person, '', 0 FROM identity_account WHERE org = $1 AND id = $2",
		lives: "SELECT COUNT(*) FROM identity_session WHERE org = $1 AND account = $2 AND until > $3 AND since < $4 AND ended IS NULL", with: ofSessions,
	},
	{
		id: EndOfExport, name: fault.Text{ZH: "导出", EN: "Export"}, verbs: []string{"output.cancel", "output.clock", "output.refuse", "output.dispose"}, table: "output_export", op: db.Update,
		about: "SELECT person, '', ended FROM output_export WHERE org = $1 AND id = $2 AND state IN ('stopped', 'cancelled', 'refused', 'confirmed')",
		lives: "SELECT COUNT(*) FROM output_part WHERE org = $1 AND export = $2", with: ofKey,
	},
	{
		id: EndOfHandover, name: fault.Text{ZH: "外部调阅副本", EN: "Copy handed over"}, verbs: []string{"sharing.return"}, table: "sharing_return", op: db.Insert,
		about: `SELECT h.by_person, h.patient, r.at FROM sharing_return r JOIN sharing_handover h ON h.org = r.org AND h.id = r.handover
			WHERE r.org = $1 AND r.handover = $2 AND r.outcome <> 'kept-on-file'`,
		lives: `SELECT COUNT(*) FROM sharing_handover h WHERE h.org = $1 AND h.id = $2
			AND NOT EXISTS (SELECT 1 FROM sharing_return r WHERE r.org = h.org AND r.handover = h.id)`, with: ofKey,
	},
	{
		id: EndOfRelease, name: fault.Text{ZH: "本院策略", EN: "Release of the rules"}, verbs: []string{"policy.date", "policy.roll-back"}, table: "access_turn", op: db.Insert,
	},
}

func ofKey(e EndingOf, _ int64) []any { return []any{e.Org, e.Subject} }

func ofKeyNow(e EndingOf, now int64) []any { return []any{e.Org, e.Subject, now} }

func ofAccount(e EndingOf, now int64) []any { return []any{e.Org, e.Subject, e.Org, e.Subject, now} }

func ofSessions(e EndingOf, now int64) []any {
	return []any{e.Org, e.Subject, now, e.Asked.UnixMicro()}
}

// endingVerbs are all acts by which a right can be ended.
var endingVerbs = func() []string {
	var all []string
	for _, k := range endKinds {
		all = append(all, k.verbs...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}()

func endKindOf(kind string) (endKind, bool) {
	i := slices.IndexFunc(endKinds, func(k endKind) bool { return k.id == kind })
	if i < 0 {
		return endKind{}, false
	}
	return endKinds[i], true
}

// named are the subjects of an order: what it names, or the rows that it wrote.
func (k endKind) named(e ledger.Entry) []string {
	if k.subjects != nil {
		return k.subjects(e)
	}
	var all []string
	for _, w := range e.Writes {
		if _, subject, keyed := strings.Cut(w.Key, "/"); w.Table == k.table && w.Op == string(k.op) && keyed {
			all = append(all, subject)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func notedAs(name string) func(ledger.Entry) []string {
	return func(e ledger.Entry) []string {
		if e.Note[name] == "" {
			return nil
		}
		return []string{e.Note[name]}
	}
}

func accountsOf(e ledger.Entry) []string {
	var all []string
	for _, o := range e.Objects {
		if o.Kind == "Account" {
			all = append(all, o.ID)
		}
	}
	return all
}
