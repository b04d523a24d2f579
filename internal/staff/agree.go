package staff

import (
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// AddVendor registers a company, and makes the key under which its papers lie.
func (r *Room) AddVendor(ctx context.Context, code, name string) (Company, error) {
	e := errInput.With()
	e.MustName("code", code, maxCode)
	e.MustName("name", name, maxName)
	if err := e.OrNil(); err != nil {
		return Company{}, err
	}
	now := r.desk.Now()
	made := Company{Org: act.From(ctx).Org, ID: id.New(now), Code: code, Name: name, Made: now, MadeBy: act.From(ctx).ID}
	subject, err := r.vault.NewSubject(made.Org, made.ID)
	if err != nil {
		return Company{}, err
	}
	taken := errVendorTaken.With("code", code)
	err = r.desk.Do(ctx, "staff.add-vendor", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: made.Org, Org: made.Org}); err != nil {
			return err
		}
		_, found := only(companies.Select(ctx, w, "WHERE org = $1 AND code = $2", made.Org, code))
		if err := mustBeFree(found, taken); err != nil {
			return err
		}
		if err := r.mustDealWith(ctx, &w.Reading, "name", code, name); err != nil {
			return err
		}
		w.Note("vendor", made.ID)
		if err := subject.Save(ctx, w); err != nil {
			return err
		}
		return companies.Insert(ctx, w, &made)
	})
	if errors.Is(err, db.ErrExists) {
		return Company{}, taken
	}
	return made, r.barring.Kept(ctx, err)
}

// FileAgreement files what a company has promised, with the scan of the paper,
// sealed.
func (r *Room) FileAgreement(ctx context.Context, n NewAgreement) (Agreement, error) {
	now := r.desk.Now()
	if n.Since.IsZero() {
		n.Since = now
	}
	if err := n.check(now); err != nil {
		return Agreement{}, err
	}
	if err := r.desk.Begin(ctx, "staff.file-agreement"); err != nil {
		return Agreement{}, err
	}
	made := Agreement{
		Org: act.From(ctx).Org, ID: id.New(now), Vendor: n.Vendor, Scope: n.Scope, Since: n.Since.UTC(), Until: n.Until.UTC(),
		Privacy: n.Privacy, Made: now, MadeBy: act.From(ctx).ID,
	}
	paper, err := r.sealPaper(ctx, made, n)
	if err != nil {
		return Agreement{}, r.desk.Missing(ctx, "staff.file-agreement", err)
	}
	err = r.desk.Do(ctx, "staff.file-agreement", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: made.Org, Org: made.Org}); err != nil {
			return err
		}
		c, err := companies.Get(ctx, w, made.Org, made.Vendor)
		if err != nil {
			return err
		}
		if err := r.mustDealWith(ctx, &w.Reading, "vendor", c.Code, c.Name); err != nil {
			return err
		}
		w.Note("vendor", made.Vendor)
		w.Note("agreement", made.ID)
		if err := agreements.Insert(ctx, w, &made); err != nil {
			return err
		}
		return scans.Insert(ctx, w, &paper)
	})
	return made, r.barring.Kept(ctx, err)
}

func (r *Room) sealPaper(ctx context.Context, a Agreement, n NewAgreement) (scan, error) {
	var subject *vault.Subject
	err := r.desk.Look(ctx, func(v db.Reader) error {
		_, err := companies.Get(ctx, v, a.Org, a.Vendor)
		if errors.Is(err, db.ErrNone) {
			return errNoVendor.Because(err)
		}
		if err != nil {
			return err
		}
		subject, err = r.vault.Subject(ctx, v, a.Org, a.Vendor)
		return err
	})
	if err != nil {
		return scan{}, err
	}
	sealed, err := subject.Seal(paperPlace(a.ID), n.File)
	return scan{Org: a.Org, Agreement: a.ID, Name: n.FileName, Content: sealed}, err
}

func paperPlace(agreement string) vault.Place {
	return vault.Place{Kind: "staff_scan", Object: agreement, Field: "content"}
}

// EndAgreement ends an agreement now. All people of the vendor lose what they have
// here at the same moment, unless another agreement counts.
func (r *Room) EndAgreement(ctx context.Context, agreement string) (Agreement, error) {
	var ended Agreement
	err := r.desk.Do(ctx, "staff.end-agreement", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		var err error
		ended, err = agreements.Get(ctx, w, org, agreement)
		if errors.Is(err, db.ErrNone) {
			return errNoVendor.Because(err)
		}
		if err != nil {
			return err
		}
		if !ended.End().After(w.Now()) {
			return errEnded.With()
		}
		ended.Ended, ended.EndedBy = w.Now(), w.Actor().ID
		w.Note("agreement", ended.ID)
		return agreements.Update(ctx, w, &ended)
	})
	return ended, err
}

// Paper opens the scan of an agreement.
func (r *Room) Paper(ctx context.Context, agreement string) (name string, content []byte, err error) {
	err = r.desk.Disclose(ctx, "staff.list-vendors", func(ctx context.Context, v *act.Reading) error {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		v.Note("agreement", agreement)
		found, err := agreements.Get(ctx, v, org, agreement)
		if errors.Is(err, db.ErrNone) {
			return errNoVendor.Because(err)
		}
		if err != nil {
			return err
		}
		paper, err := scans.Get(ctx, v, org, agreement)
		if err != nil {
			return err
		}
		subject, err := r.vault.Subject(ctx, v, org, found.Vendor)
		if err != nil {
			return err
		}
		name = paper.Name
		content, err = subject.Open(paperPlace(agreement), paper.Content)
		return err
	})
	return name, content, err
}

// VendorListed is a company with its agreements, by their beginning.
type VendorListed struct {
	Company
	Agreements []Agreement
}

// Vendors lists every company by its code.
func (r *Room) Vendors(ctx context.Context) ([]VendorListed, error) {
	var listed []VendorListed
	err := r.desk.Disclose(ctx, "staff.list-vendors", func(ctx context.Context, v *act.Reading) error {
		listed = nil
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err := companies.Select(ctx, v, "WHERE org = $1 ORDER BY code LIMIT $2", org, int64(maxDepartments))
		if err != nil {
			return err
		}
		all, err := agreements.Select(ctx, v, "WHERE org = $1 ORDER BY since, id", org)
		if err != nil {
			return err
		}
		for _, c := range found {
			of := slices.DeleteFunc(slices.Clone(all), func(a Agreement) bool { return a.Vendor != c.ID })
			listed = append(listed, VendorListed{c, of})
		}
		return nil
	})
	return listed, err
}

// vendorBound refuses a stay of a vendor's engineer that no agreement covers from
// its beginning to its end.
func vendorBound(ctx context.Context, r db.Reader, s Stay) error {
	_, err := companies.Get(ctx, r, s.Org, s.Vendor)
	if errors.Is(err, db.ErrNone) {
		return errInput.With().At("vendor", fault.Text{ZH: "没有这个服务公司", EN: "names no vendor"})
	}
	if err != nil {
		return err
	}
	all, err := agreementsOf(ctx, r, s.Org, s.Vendor)
	if err != nil {
		return err
	}
	covers := func(a Agreement) bool { return !a.Since.After(s.Since) && !a.End().Before(s.Until) }
	if !slices.ContainsFunc(all, covers) {
		return errNoAgreement.With()
	}
	return nil
}
