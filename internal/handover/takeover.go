package handover

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/cda"
	"github.com/medward/medward/kit/sm"
)

// Taker is an empty house that takes an export over in a rehearsal, and is gone when it
// is closed.
type Taker struct {
	Org      string
	Door     *act.Door
	Intake   *intake.Room
	Records  *record.Room
	Patients *patient.Room
	As       func(ctx context.Context) context.Context // who takes things in there
	Close    func() error
}

// Takeover is what became of an export in an empty house. It never changes.
type Takeover struct {
	Org      string    `db:"org,key"`
	Handover string    `db:"handover,key"`
	Run      int       `db:"run,key"`
	Given    int64     `db:"given"`    // versions in the form of shared documents
	Taken    int64     `db:"taken"`    // versions that the empty house then held
	Aside    int64     `db:"aside"`    // documents that it put aside
	Patients int64     `db:"patients"` // that it then knew
	Formless int64     `db:"formless"` // versions that have no such form, and stay to be read as they are
	Missing  int64     `db:"missing"`  // given, and not held there as they were written
	Extra    int64     `db:"extra"`    // held there, and not given
	At       time.Time `db:"at"`
}

// takeOver has an empty house import an export by the way on which it takes documents of
// every other house, and holds what it has then against what was written here.
func (room *Room) takeOver(ctx context.Context, back *readingBack, b *besides) (t Takeover, err error) {
	t = Takeover{Org: b.Org, Handover: b.Handover, Run: b.Run}
	empty, err := room.empty(ctx)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, empty.Close()) }()
	parts, err := back.parts(ctx)
	if err != nil {
		return t, err
	}
	for _, p := range parts {
		if err := empty.take(ctx, back, p, &t); err != nil {
			return t, err
		}
	}
	held, err := empty.held(ctx, &t)
	if err != nil {
		return t, err
	}
	t.Taken = int64(len(held.all))
	for _, p := range parts {
		if err := held.against(ctx, back, p, b, &t); err != nil {
			return t, err
		}
	}
	t.Extra = t.Taken - (t.Given - t.Missing)
	return t, nil
}

// take imports the shared documents of a part.
func (e *Taker) take(ctx context.Context, back *readingBack, p Part, t *Takeover) error {
	var files []intake.Handed
	err := back.documents(ctx, p, func(name string, shared, _ []byte) error {
		if shared == nil {
			t.Formless++
			return nil
		}
		t.Given++
		files = append(files, intake.Handed{Name: name, Raw: shared})
		return nil
	})
	if err != nil || len(files) == 0 {
		return err
	}
	report, err := e.Intake.Import(e.As(ctx), intake.Input{Source: "rehearsal", Each: func(yield func(intake.Handed, error) bool) {
		for _, f := range files {
			if !yield(f, nil) {
				return
			}
		}
	}}, nil)
	t.Aside += int64(report.Total.Quarantined)
	return err
}

// prints are what versions say, as digests in ascending order: enough to tell one from another
// without holding them.
type prints struct {
	all  []uint64
	seen []bool // it was found among what was written
}

// find takes one that was not taken yet.
func (p *prints) find(one uint64) bool {
	for at, _ := slices.BinarySearch(p.all, one); at < len(p.all) && p.all[at] == one; at++ {
		if !p.seen[at] {
			p.seen[at] = true
			return true
		}
	}
	return false
}

// held are the versions that the empty house has.
func (e *Taker) held(ctx context.Context, t *Takeover) (*prints, error) {
	var all []uint64
	desk := e.Door.Desk("handover")
	about := map[string]patient.Demographics{}
	document, number := "", 0
	for {
		var page []record.Whole
		err := desk.Look(ctx, func(r db.Reader) (err error) {
			if page, err = e.Records.WholesAfter(ctx, r, e.Org, document, number, pageVersions); err != nil {
				return err
			}
			for _, w := range page {
				if _, known := about[w.Patient]; known {
					continue
				}
				f, err := e.Patients.FactsOf(ctx, r, e.Org, w.Patient)
				if err != nil {
					return err
				}
				about[w.Patient] = f.Demographics
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			t.Patients = int64(len(about))
			slices.Sort(all)
			return &prints{all, make([]bool, len(all))}, nil
		}
		for _, w := range page {
			all = append(all, printOf(w.Kind, about[w.Patient].Name, about[w.Patient].IDNumber, w.Content))
			document, number = w.ID, w.Version.Number
		}
	}
}

// against looks for the versions of a part among those that are held.
func (p *prints) against(ctx context.Context, back *readingBack, of Part, b *besides, t *Takeover) error {
	return back.documents(ctx, of, func(name string, shared, content []byte) error {
		if shared == nil {
			return nil
		}
		one, err := writtenPrint(shared, content)
		if err != nil {
			return err
		}
		if p.find(one) {
			return nil
		}
		t.Missing++
		b.Missing++
		return b.list(ctx, Difference{NotTaken, "version", name})
	})
}

// writtenPrint is the print of a version as it was written here: its content, and whom its
// shared form names.
func writtenPrint(shared, content []byte) (uint64, error) {
	var said record.Content
	if err := json.Unmarshal(content, &said); err != nil {
		return 0, errUnreadable.Because(err)
	}
	d, err := cda.Parse(shared, cda.Limits{})
	if err != nil {
		return 0, errUnreadable.Because(err)
	}
	h := d.Read().Header
	var name, number string
	if len(h.Patients) > 0 {
		name = h.Patients[0].Name
		if ids := h.Patients[0].NationalIDs; len(ids) > 0 {
			number = ids[0].Extension
		}
	}
	return printOf(h.Code.Code, name, number, said), nil
}

// fromHeader begins the keys of the sections that the import makes of what stands beside
// the sections of a document.
const fromHeader = "cda."

// printOf tells versions apart by their kind, whom they are about, and every line of what
// they say. In which section a line stands the standard decides; headings it adds are left out.
func printOf(kind, name, number string, said record.Content) uint64 {
	var lines []string
	for _, s := range said.Sections {
		if strings.HasPrefix(s.Key, fromHeader) {
			continue
		}
		for line := range strings.Lines(s.Text) {
			line = strings.Join(strings.Fields(line), "")
			if line != "" && !strings.HasSuffix(line, "：") {
				lines = append(lines, line)
			}
		}
	}
	slices.Sort(lines)
	sum := sm.Sum([]byte(strings.Join(append([]string{kind, name, number}, lines...), "\n")))
	var short uint64
	for _, c := range sum[:8] {
		short = short<<8 | uint64(c)
	}
	return short
}

// documents reads the versions of a part back: their content, and their shared form or nil.
func (b *readingBack) documents(ctx context.Context, p Part, each func(name string, shared, content []byte) error) error {
	var of string
	var content []byte
	flush := func(shared []byte) error {
		if of == "" {
			return nil
		}
		name, said := of, content
		of, content = "", nil
		return each(name, shared, said)
	}
	limits := parcel.Limits{Bytes: p.Bytes, Items: maxItems, Item: p.Bytes}
	err := b.reading(ctx, p, func(in io.Reader) error {
		_, err := parcel.Open(in, b.key, limits, func(item parcel.Item, raw []byte) error {
			folder, file := cutName(item.Name)
			switch {
			case file == "content.json":
				if err := flush(nil); err != nil {
					return err
				}
				of, content = folder, bytes.Clone(raw)
			case file == "cda.xml" && folder == of:
				return flush(bytes.Clone(raw))
			}
			return nil
		})
		return err
	})
	return errors.Join(err, flush(nil))
}

// cutName is the version to which a file belongs, and the name of the file.
func cutName(name string) (folder, file string) {
	at := strings.LastIndexByte(name, '/')
	if at < 0 {
		return "", name
	}
	return strings.TrimPrefix(name[:at], "originals/"), name[at+1:]
}

func (t Takeover) note(w *act.Work) {
	w.Note("given", strconv.FormatInt(t.Given, 10))
	w.Note("taken", strconv.FormatInt(t.Taken, 10))
}
