package bench

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
)

// patients is how many the invented hospital has.
const patients = 100

// inScratch bears a store for the measurement, runs fn with it, and removes it.
func (b *bench) inScratch(ctx context.Context, fn func() error) (err error) {
	if b.folder, err = os.MkdirTemp(besides(b.Folder), ".medward-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()
	b.config = house.Config{Folder: filepath.Join(b.folder, "store"), URL: b.URL, Version: b.Version, Log: b.Log, Step: house.EvenStep}
	b.Progress("store")
	if _, err := house.Bear(ctx, house.Bearing{Config: b.config, Demo: true, Patients: patients}); err != nil {
		return err
	}
	if b.house, err = house.Open(ctx, b.config); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.house.Close()) }()
	if err := db.FitToServe(ctx, b.house.Store); err != nil {
		return err
	}
	return fn()
}

// besides is the nearest folder that is there and on the disk of a store that
// may not be there yet.
func besides(folder string) string {
	at, err := filepath.Abs(folder)
	if err != nil {
		return ""
	}
	for at != filepath.Dir(at) {
		at = filepath.Dir(at)
		if info, err := os.Stat(at); err == nil && info.IsDir() {
			return at
		}
	}
	return at
}

// doctor is somebody with patients of his own.
type doctor struct {
	person   string
	actor    act.Actor
	patients []string
}

// doctors finds the doctors of the invented hospital who have patients whom they
// may open.
func (b *bench) doctors(ctx context.Context) ([]doctor, error) {
	people, err := b.house.Identity.DemoPeople(ctx)
	if err != nil {
		return nil, err
	}
	var found []doctor
	for _, p := range people {
		d := doctor{person: p.Person}
		err := b.house.Store.Read(ctx, func(r db.Reader) (err error) {
			d.actor, err = staff.ActorOf(ctx, r, b.house.Birth.Org, p.Person, b.house.Clock.Now())
			return err
		})
		if err != nil {
			return nil, err
		}
		d.actor.Purpose = "care"
		mine, err := b.house.Patients.Search(act.With(ctx, d.actor), patient.Query{Scope: patient.Mine, Limit: 100})
		if errors.Is(err, act.ErrRefused) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, one := range mine.Items {
			if one.Level <= 2 {
				d.patients = append(d.patients, one.ID)
			}
		}
		if len(d.patients) > 0 {
			found = append(found, d)
		}
	}
	if len(found) == 0 {
		return nil, errors.New("bench: nobody in the invented hospital has a patient")
	}
	return found, nil
}
