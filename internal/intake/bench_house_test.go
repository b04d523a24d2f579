package intake_test

import (
	"context"
	"os"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// house is a bench with the rooms that an import writes into.
type house struct {
	*acttest.Bench
	patients *patient.Room
	records  *record.Room
	staff    *staff.Room
	sources  *source.Room
	intake   *intake.Room
}

type nobodySigns struct{}

func (nobodySigns) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "", nil, os.ErrPermission
}

func (nobodySigns) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return false, nil
}

func newHouse(t testing.TB, at dbtest.Place) *house {
	t.Helper()
	return houseOn(t, acttest.New(t, at, nil))
}

func houseOn(t testing.TB, bench *acttest.Bench) *house {
	t.Helper()
	h := &house{Bench: bench}
	blobs, err := vault.OpenBlobFolder(t.TempDir(), h.Time)
	if err != nil {
		t.Fatal(err)
	}
	h.staff = staff.New(staff.Options{Desk: h.Door.Desk("staff"), Vault: h.Vault})
	h.patients = patient.New(h.Door, h.Vault)
	h.records = record.New(h.Door, h.patients, nobodySigns{})
	h.sources = source.New(source.Options{Door: h.Door, Vault: h.Vault, Org: acttest.Org})
	h.intake = intake.New(intake.Options{Door: h.Door, Vault: h.Vault, Blobs: blobs, Patients: h.patients, Records: h.records, Sources: h.sources})
	return h
}

func both(t *testing.T, fn func(t *testing.T, h *house)) {
	t.Helper()
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) { fn(t, newHouse(t, at)) })
}

// operator is who runs the machine: he imports and reads nothing.
func (h *house) operator() context.Context {
	return acttest.For(h.Person("p-operator", nil, 1, "system-administrator"), "operation")
}

// clerk is of the records office: he settles what waits.
func (h *house) clerk() context.Context {
	return acttest.For(h.Person("p-clerk", nil, 3, "records-clerk"), "coding")
}

func fuzzHouse(f *testing.F) *house {
	f.Helper()
	return newHouse(f, schematest.Prepared.On(f, db.SQLite))
}
