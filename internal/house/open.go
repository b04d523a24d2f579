package house

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/amendment"
	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/obs"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/console"
	"github.com/medward/medward/internal/deadline"
	"github.com/medward/medward/internal/debarment"
	"github.com/medward/medward/internal/decide"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/exchange"
	feeds "github.com/medward/medward/internal/feed"
	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/internal/fhir"
	"github.com/medward/medward/internal/figures"
	"github.com/medward/medward/internal/handover"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/inspection"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/intake/screen"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/lineage"
	"github.com/medward/medward/internal/order"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/privilege"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/retention"
	"github.com/medward/medward/internal/schema"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/sysaccount"
	"github.com/medward/medward/internal/template"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Config says which house to open and with what.
type Config struct {
	Folder  string // of the store
	URL     string // of PostgreSQL; the embedded store when empty
	Version string
	Clock   clock.Clock // the system's when nil
	Log     *slog.Logger
	Cost    identity.HashCost // of password hashes; the default when zero
	// Inside are the organisation's own networks, Proxies those in front of the house.
	Inside, Proxies []netip.Prefix
	// Gateways are VPN gateways that show a certificate; nil: none does.
	Gateways *identity.Gateways
	// Address is under which people reach the house, such as https://records.example; it
	// stands on copies that leave, for whoever verifies them.
	Address string
	// MLLP is where HL7 v2 is listened for: localhost:2575 without TLS, or
	// tls://0.0.0.0:2576 with client certificates. Nowhere when empty.
	MLLP string
	// Connections are the databases and folders from which feeds are read.
	Connections []view.Connection
	// Syslog is where logs of other systems are listened for, in the same way.
	Syslog string
	// Scanner looks for malware in what arrives; nil where the house has none.
	Scanner screen.Scanner
	// Step is between the moments at which what says no leaves, so that its time does
	// not tell what exists; zero lets it leave at once.
	Step time.Duration
	// Fatal ends the process when the storage failed; the default exits.
	Fatal func(error)
}

// EvenStep is the step with which a house is served. It was chosen by measuring, see
// docs/adr/0049.
const EvenStep = 50 * time.Millisecond

// House is every room, put together.
type House struct {
	Birth      Birth
	Place      Place
	Version    string
	Store      db.Store
	Clock      *clock.Floored
	Log        *slog.Logger
	Health     *obs.Health
	Vault      *vault.Vault
	Ledger     *ledger.Ledger
	Jobs       *job.Runner
	Rules      *policy.Shelf
	Door       *act.Door
	Staff      *staff.Room
	Identity   *identity.Room
	Patients   *patient.Room
	Duty       *duty.Room
	Debarments *debarment.Room
	Records    *record.Room
	Access     *access.Room
	Consent    *consent.Room
	Recipients *recipient.Room
	Sharing    *sharing.Room
	Output     *output.Room
	Privilege  *privilege.Room
	Templates  *template.Room
	Retention  *retention.Room
	Sources    *source.Room
	Deadlines  *deadline.Room
	AccessLogs *accesslog.Room
	Accounts   *sysaccount.Room
	Orders     *order.Room
	Intake     *intake.Room
	Feeds      *feeds.Room
	Exchange   *exchange.Room
	Handovers  *handover.Room
	Amendments *amendment.Room
	Console    *console.Room
	Inspector  *inspection.Room
	Lineage    *lineage.Room
	Figures    *figures.Room
	Decisions  *decide.Room
	FHIR       *fhir.Room
	keyring    *vault.Keyring
	mllp       string
	syslog     string
}

// Open opens the house whose store lies in a folder.
func Open(ctx context.Context, c Config) (*House, error) {
	place, err := FindPlace(c.Folder)
	if err != nil {
		return nil, err
	}
	h, err := openParts(ctx, c, place)
	if err != nil {
		return nil, err
	}
	if h.Birth, err = readBirth(ctx, h.Store); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	if err := h.furnish(ctx, c); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// openParts opens the store and the keys, which a birth needs too.
func openParts(ctx context.Context, c Config, place Place) (*House, error) {
	if err := sm.SelfTest(); err != nil {
		return nil, err
	}
	h := &House{Place: place, Version: c.Version, mllp: c.MLLP, syslog: c.Syslog, Log: c.Log, Health: obs.NewHealth()}
	if h.Log == nil {
		h.Log = slog.Default()
	}
	under := c.Clock
	if under == nil {
		under = clock.System()
	}
	h.Clock = clock.NotBefore(under, under.Now())
	passphrase, err := vault.ReadPassphrase(place.PassphraseFile)
	if err != nil {
		return nil, err
	}
	if h.keyring, err = vault.OpenKeyring(place.Keyring, passphrase); err != nil {
		return nil, err
	}
	if h.Vault, err = vault.New(h.keyring, h.Clock); err != nil {
		return nil, errors.Join(err, h.keyring.Close())
	}
	if h.Store, err = openStore(ctx, c, place); err != nil {
		return nil, errors.Join(err, h.keyring.Close())
	}
	fatal := c.Fatal
	if fatal == nil {
		fatal = h.die
	}
	h.Store.Bind(db.Hooks{MAC: h.Vault.MACRow, Fatal: fatal, Log: h.Log})
	return h, nil
}

func openStore(ctx context.Context, c Config, place Place) (db.Store, error) {
	if c.URL != "" {
		return db.OpenPostgres(ctx, c.URL)
	}
	if err := claimFile(place.database()); err != nil {
		return nil, err
	}
	if err := schema.MigrateSQLite(ctx, place.database()); err != nil {
		return nil, err
	}
	return db.OpenSQLite(place.database())
}

// claimFile makes a file that nobody but its owner reads, if it is not there: the
// engine would make it readable by all.
func claimFile(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // inside the store's folder
	if err != nil {
		return err
	}
	return file.Close()
}

// die ends the process after the storage failed: what it would answer from now
// on could be wrong, and a restart reads what is really there.
func (h *House) die(err error) {
	h.Log.Error("the storage failed and the process ends, so that a restart reads what is really there", "cause", err)
	fmt.Fprintln(os.Stderr, "medward: the storage failed:", err)
	os.Exit(70) //nolint:forbidigo // whatever ran on could answer what is not so
}

// furnish makes the rooms of a house that knows what it is.
func (h *House) furnish(ctx context.Context, c Config) error {
	var err error
	h.Ledger, err = ledger.New(h.Store, ledger.Options{
		Clock: h.Clock, Log: h.Log, Origin: h.Birth.Origin, Signer: h.Vault.LedgerSigner(), Metrics: h.Health.Metrics,
		Alarm: func(ctx context.Context, f ledger.Finding) { h.alarm(ctx, "ledger: "+f.Kind, f.Cause) },
	})
	if err != nil {
		return err
	}
	if h.Rules, err = rulesOf(h.Birth.Org); err != nil {
		return err
	}
	h.Jobs = job.NewRunner(h.Store, h.Clock, h.Log)
	h.Store.Bind(db.Hooks{BeforeCommit: h.Ledger.BeforeCommit, Committed: func() { h.Ledger.Committed(); h.Jobs.Wake() }})
	if err := errors.Join(h.Store.Read(ctx, func(r db.Reader) error { return h.Vault.Settle(ctx, r) }), h.liftClock(ctx)); err != nil {
		return err
	}
	h.Door = act.New(act.Options{Store: h.Store, Rules: h.Rules, Clock: h.Clock, Log: h.Log, Blind: h.Vault.Blind, Step: c.Step, Alarm: h.alarm})
	h.Staff = staff.New(staff.Options{Desk: h.Door.Desk("staff"), Vault: h.Vault, Bonds: bonds})
	breached, err := identity.OpenBreached(h.Place.breached())
	if err != nil {
		return err
	}
	h.Identity = identity.New(identity.Options{
		Desk: h.Door.Desk("identity"), Staff: h.Staff, Vault: h.Vault, Org: h.Birth.Org, Demo: h.Birth.Kind == DemoStore, Cost: c.Cost,
		Breached: breached, Alarm: h.alarm, Inside: h.inside(c.Inside), Proxies: c.Proxies, Gateways: c.Gateways,
	})
	h.Patients = patient.New(h.Door, h.Vault)
	h.Duty = duty.New(duty.Options{
		Desk: h.Door.Desk("duty"), Rules: h.Rules, Staff: h.Staff, Vault: h.Vault, Jobs: h.Jobs, Dial: dial.New(nil).Guarded(h.guard(recipient.ShapeNotices)), Org: h.Birth.Org,
		Alarm: h.alarm, Live: h.Identity.StillPresent, Patients: h.Patients,
		Ends: func(person string) (<-chan duty.Ended, func()) { return h.Access.Listen(person) },
	})
	h.Identity.OnNotice(h.bringNotice)
	h.Door.Ties(h.Duty.Ties)
	h.Patients.Reaches(h.Duty.Reach)
	h.Patients.Rosters(shifts(h.Duty))
	h.Staff.Tie(staffTasks{h.Duty}, signer{h.Identity})
	h.Debarments = debarment.New(debarment.Options{Door: h.Door, Duty: h.Duty, Vault: h.Vault, Org: h.Birth.Org, Bonds: bonds})
	h.Staff.Bars(h.Debarments)
	h.Records = record.New(h.Door, h.Patients, signer{h.Identity})
	h.Access = access.New(access.Options{
		Door: h.Door, Rules: h.Rules, Patients: h.Patients, Duty: h.Duty, Staff: h.Staff, Vault: h.Vault, Jobs: h.Jobs, Ledger: h.Ledger, Org: h.Birth.Org, Bonds: bonds, Forget: h.Identity.Forget, Alarm: h.alarm,
	})
	h.Staff.Frames(h.Access.RoleFits)
	if err := h.Access.Follow(ctx); err != nil {
		return err
	}
	h.Consent = consent.New(consent.Options{Door: h.Door, Patients: h.Patients, Duty: h.Duty, Vault: h.Vault, Org: h.Birth.Org, Texts: h.Duty.Text})
	h.agree()
	h.Output = h.outputs(c.Address)
	h.Recipients = recipient.New(recipient.Options{Door: h.Door, Patients: h.Patients, Duty: h.Duty, Vault: h.Vault, Jobs: h.Jobs, Org: h.Birth.Org, Bonds: bonds, Barring: h.Debarments})
	h.Sharing = sharing.New(sharing.Options{
		Door: h.Door, Patients: h.Patients, Records: h.Records, Duty: h.Duty, Outputs: h.Output, Recipients: h.Recipients, Bonds: bonds, Barring: h.Debarments,
	})
	h.Deadlines = deadline.New(deadline.Options{
		Door: h.Door, Patients: h.Patients, Records: h.Records, Duty: h.Duty, Ledger: h.Ledger, Verbs: h.Rules.Verbs(), Org: h.Birth.Org, Bonds: bonds,
	})
	h.Records.Completes(h.Deadlines.MayArchive)
	h.Patients.Counts(h.Output.Count)
	h.Privilege = privilege.New(privilege.Options{
		Door: h.Door, Duty: h.Duty, Vault: h.Vault, Jobs: h.Jobs, Org: h.Birth.Org, Eyes: h.eyes(), Bonds: bonds, Suspend: h.suspend, Alarm: h.alarm,
		Verbs: h.Rules.Verbs(), Ledger: h.Ledger,
	})
	h.Retention = retention.New(retention.Options{Door: h.Door, Vault: h.Vault, Patients: h.Patients, Duty: h.Duty, Bonds: bonds})
	h.Templates = template.New(template.Options{Door: h.Door, Duty: h.Duty, Bonds: bonds})
	if err := h.open(c); err != nil {
		return err
	}
	h.Records.Carries(h.Intake)
	h.Output.NamesSources(h.sourceCode)
	h.Privilege.NamesSources(h.sourceCode)
	h.reports()
	h.overlook(c)
	h.Output.Offer(h.lists()...)
	h.Health.Ready("store", h.Store.Ping)
	return nil
}

// open makes the rooms by which the house takes in what others hold and passes it on.
func (h *House) open(c Config) error {
	blobs, err := vault.OpenBlobFolder(h.Place.blobs(), h.Clock)
	if err != nil {
		return err
	}
	h.Sources = source.New(source.Options{Door: h.Door, Duty: h.Duty, Vault: h.Vault, Ledger: h.Ledger, Signer: signer{h.Identity}, Org: h.Birth.Org, Bonds: bonds, Acting: h.actingIn, Address: c.Address, Alarm: h.alarm})
	h.Orders = order.New(order.Options{
		Door: h.Door, Vault: h.Vault, Jobs: h.Jobs, Duty: h.Duty, Patients: h.Patients, Records: h.Records, Sources: h.Sources, Org: h.Birth.Org, Bonds: bonds, Live: h.Identity.StillPresent, Log: h.Log,
	})
	h.Patients.Touches(h.Orders.TouchedIn)
	h.Records.Touches(h.Orders.TouchedIn)
	h.Intake = intake.New(intake.Options{Orders: h.Orders, Door: h.Door, Vault: h.Vault, Blobs: blobs, Patients: h.Patients, Records: h.Records, Sources: h.Sources, Log: h.Log, Scanner: c.Scanner})
	h.Patients.Sources(h.Intake.Silent)
	h.Feeds = feeds.New(feeds.Options{
		Door: h.Door, Vault: h.Vault, Jobs: h.Jobs, Duty: h.Duty, Staff: h.Staff, Sources: h.Sources, Orders: h.Orders, Intake: h.Intake, Org: h.Birth.Org, Bonds: bonds, Connections: c.Connections, Log: h.Log,
	})
	h.Exchange = exchange.New(exchange.Options{
		Door: h.Door, Vault: h.Vault, Blobs: blobs, Jobs: h.Jobs, Duty: h.Duty, Patients: h.Patients, Records: h.Records, Recipients: h.Recipients, Sources: h.Sources, Intake: h.Intake,
		Org: h.Birth.Org, Bonds: bonds, Barring: h.Debarments, Alarm: h.alarm,
	})
	h.Debarments.Tie(h.receivedBy, h.standing)
	h.Handovers = handover.New(handover.Options{
		Door: h.Door, Vault: h.Vault, Blobs: blobs, Jobs: h.Jobs, Duty: h.Duty, Patients: h.Patients, Records: h.Records, Recipients: h.Recipients, Exchange: h.Exchange,
		Signer: signer{h.Identity}, Ledger: h.Ledger, Org: h.Birth.Org, Bonds: bonds, Empty: h.emptyHouse,
	})
	h.Amendments = amendment.New(amendment.Options{
		Door: h.Door, Duty: h.Duty, Patients: h.Patients, Records: h.Records, Recipients: h.Recipients, Sharing: h.Sharing, Sources: h.Sources, Ledger: h.Ledger, Org: h.Birth.Org, Bonds: bonds,
	})
	return nil
}

// overlook makes the rooms that read what the others hold: oversight and gates.
func (h *House) overlook(c Config) {
	h.Console = console.New(console.Options{Door: h.Door, Ledger: h.Ledger, Patients: h.Patients, Rules: h.Rules, PublicKey: h.Vault.LedgerSigner().PublicKey(), Org: h.Birth.Org, Checks: h.checks})
	h.Inspector = inspection.New(inspection.Options{
		Door: h.Door, Rules: h.Rules, Ledger: h.Ledger, Patients: h.Patients, Access: h.Access, Signatures: signer{h.Identity},
	})
	h.Lineage = lineage.New(lineage.Options{
		Door: h.Door, Rules: h.Rules, Ledger: h.Ledger, Patients: h.Patients, Records: h.Records, Sources: h.Sources, Recipients: h.Recipients,
	})
	h.Figures = figures.New(figures.Options{Door: h.Door, Patients: h.Patients, Ledger: h.Ledger, Org: h.Birth.Org, Count: h.Output.Count})
	h.Decisions = decide.New(decide.Options{
		Door: h.Door, Rules: h.Rules, Identity: h.Identity, Patients: h.Patients, Records: h.Records, Sources: h.Sources, Accounts: h.Accounts,
		Duty: h.Duty, Vault: h.Vault, Org: h.Birth.Org, Address: c.Address,
	})
	h.FHIR = fhir.New(fhir.Options{
		Patients: h.Patients, Records: h.Records, Staff: h.Staff, Consents: h.Consent, Ledger: h.Console, Intake: h.Intake, Outputs: h.Output,
		Unregistered: h.Sources.Unregistered, InScope: h.Sources.InScope, Now: h.Clock.Now, Address: c.Address, Version: c.Version,
	})
}

// sourceCode is the code of a foreign system that reports by itself.
func (h *House) sourceCode(ctx context.Context, r db.Reader, org, id string) (string, error) {
	s, err := h.Sources.Find(ctx, r, org, id)
	return s.Code, err
}

// rulesOf is the rulebook of an organisation as it was delivered.
func rulesOf(org string) (*policy.Shelf, error) {
	delivered, err := policy.Default()
	if err != nil {
		return nil, err
	}
	return policy.NewShelf(delivered, org)
}

// liftClock raises security time to the newest that the ledger holds.
func (h *House) liftClock(ctx context.Context) error {
	return h.Store.Read(ctx, func(r db.Reader) error {
		top, err := h.Ledger.Top(ctx, r)
		if err != nil {
			return err
		}
		h.Clock.Raise(top)
		if behind := h.Clock.Behind(); behind > 0 {
			h.Log.Warn("the machine's clock is behind the ledger; security time stands still until it catches up", "by", behind)
		}
		return nil
	})
}

func (h *House) alarm(ctx context.Context, what string, err error) {
	h.Log.ErrorContext(ctx, "ALARM: "+what, "cause", err)
}

// checks gathers the live checks of every room.
func (h *House) checks() []evidence.Check {
	var all []evidence.Check
	for _, room := range []interface{ Checks() []evidence.Check }{h.Staff, h.Identity, h.Patients, h.Duty, h.Debarments, h.Records, h.Access, h.Consent, h.Recipients, h.Sharing, h.Output, h.Privilege, h.Templates, h.Retention, h.Sources, h.Orders, h.Intake, h.Feeds, h.Exchange, h.Handovers, h.Amendments, h.Accounts, h.Deadlines, h.AccessLogs, h.Console, h.Inspector, h.Lineage, h.Figures, h.Decisions, h.FHIR} {
		all = append(all, room.Checks()...)
	}
	return all
}

// Routes puts every operation of the house on a server.
func (h *House) Routes() *web.Server {
	s := web.New(h.Version)
	h.Identity.Routes(s)
	h.Staff.Routes(s)
	h.Patients.Routes(s)
	h.Duty.Routes(s)
	h.Debarments.Routes(s)
	h.Records.Routes(s)
	h.Access.Routes(s)
	h.Consent.Routes(s)
	h.Recipients.Routes(s)
	h.Sharing.Routes(s)
	h.Output.Routes(s)
	h.Privilege.Routes(s)
	h.Templates.Routes(s)
	h.Retention.Routes(s)
	h.Sources.Routes(s)
	h.Orders.Routes(s)
	h.Intake.Routes(s)
	h.Feeds.Routes(s)
	h.Exchange.Routes(s)
	h.Handovers.Routes(s)
	h.Amendments.Routes(s)
	h.Accounts.Routes(s)
	h.Deadlines.Routes(s)
	h.AccessLogs.Routes(s)
	h.Console.Routes(s)
	h.Inspector.Routes(s)
	h.Lineage.Routes(s)
	h.Figures.Routes(s)
	h.Decisions.Routes(s)
	h.FHIR.Routes(s)
	return s
}

// Close closes the store and forgets the keys.
func (h *House) Close() error {
	return errors.Join(h.Store.Close(), h.keyring.Close())
}

// signer lets room record sign through room identity.
type signer struct{ identity *identity.Room }

func (s signer) Sign(ctx context.Context, _ act.Actor, message []byte) (string, []byte, error) {
	open, err := s.identity.OpenSigner(ctx)
	if err != nil {
		return "", nil, err
	}
	signature, err := open.Sign(message)
	return open.Key(), signature, err
}

func (s signer) Verify(ctx context.Context, r db.Reader, org, key string, message, signature []byte) (bool, error) {
	_, valid, err := s.identity.VerifySignature(ctx, r, org, key, message, signature)
	return valid, err
}
