package sharing

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/kit/sm"
)

// ClaimFile is an export with the envelope that only the insurer opens.
type ClaimFile struct {
	ClaimExport
	Envelope []byte // GB/T 35275 enveloped data, DER
}

// claimSheet is what stands in an envelope.
type claimSheet struct {
	Task    string              `json:"task"`
	Export  string              `json:"export"`
	Insurer string              `json:"insurer"`
	Kind    string              `json:"kind"`
	Basis   string              `json:"basis"`
	Article string              `json:"article"`
	Fields  []ClaimField        `json:"fields"`
	Rows    []map[string]string `json:"rows"`
	// Sources are for each row the signed versions from which it was read.
	Sources [][]ClaimSource `json:"sources"`
}

// ExportClaims makes one file of all rows of a task, encrypted to the certificate of its
// insurer. The account, the register of what left and the export's own row name
// the recipient and count the rows; what was stripped and withheld is kept with it.
func (room *Room) ExportClaims(ctx context.Context, task string) (ClaimFile, error) {
	if err := room.desk.Begin(ctx, "sharing.export-claims"); err != nil {
		return ClaimFile{}, err
	}
	rows, err := room.gatherClaims(ctx, task)
	if err != nil {
		return ClaimFile{}, err
	}
	made, sent, err := room.pack(ctx, rows)
	if err != nil {
		return ClaimFile{}, err
	}
	var file ClaimFile
	err = room.desk.Do(ctx, "sharing.export-claims", func(ctx context.Context, w *act.Work) error {
		file = made
		t, err := claimTasks.Get(ctx, w, file.Org, task)
		if err != nil {
			return w.MissingTo(ctx, "sharing.view-claims", ClaimTask{Org: file.Org, ID: task}.object(), absent(err))
		}
		if err := w.PermitTo(ctx, "sharing.view-claims", t.object()); err != nil {
			return err
		}
		if err := room.mustStillTell(ctx, w, t, rows); err != nil {
			return err
		}
		if err := room.mustBeAgreedFor(ctx, w, &t); err != nil {
			return err
		}
		w.Note("task", t.ID)
		w.Note("export", file.ID)
		w.Note("rows", strconv.Itoa(file.Rows))
		leaving := sent
		if _, err := room.outward.KeepIn(ctx, w, &leaving); err != nil {
			return err
		}
		file.At, file.By = w.Now(), w.Actor().ID
		return claimExports.Insert(ctx, w, &file.ClaimExport)
	})
	return file, err
}

// gatherClaims discloses all rows of a task to whoever exports them.
func (room *Room) gatherClaims(ctx context.Context, task string) (rows ClaimRows, err error) {
	err = room.desk.Disclose(ctx, "sharing.export-claims", func(ctx context.Context, r *act.Reading) error {
		rows = ClaimRows{Withheld: []string{}}
		if err := rows.take(ctx, r, task); err != nil {
			return err
		}
		listed, err := claims.Select(ctx, r, "WHERE org = $1 AND task = $2 ORDER BY number", rows.Task.Org, task)
		if err != nil {
			return err
		}
		return room.readRows(ctx, r, listed, &rows)
	})
	return rows, err
}

// pack encrypts the rows and makes their line in the register of what left.
func (room *Room) pack(ctx context.Context, rows ClaimRows) (ClaimFile, recipient.Prepared, error) {
	t, now := rows.Task, room.desk.Now()
	sheet := claimSheet{Task: t.ID, Export: id.New(now), Insurer: t.Insurer, Kind: t.Kind, Basis: t.Basis, Article: t.Article, Fields: rows.Fields, Rows: []map[string]string{}}
	leaving := recipient.Leaving{Recipient: t.ID, Party: recipient.ByCase, Channel: "数字信封", Shape: "claims", Basis: t.Article}
	file := ClaimFile{ClaimExport: ClaimExport{
		Org: t.Org, ID: sheet.Export, Task: t.ID, Recipient: t.Insurer, Rows: len(rows.Items), Withheld: rows.Withheld, Fields: []string{}, Stripped: t.stripped(),
	}}
	for _, f := range rows.Fields {
		file.Fields = append(file.Fields, f.ID)
	}
	for _, row := range rows.Items {
		sheet.Rows, sheet.Sources = append(sheet.Rows, row.Cells), append(sheet.Sources, row.Sources)
		leaving.Items = append(leaving.Items, recipient.Item{Kind: "Encounter", ID: row.claim.Encounter, Patient: row.claim.Patient})
	}
	if len(rows.Items) == 0 {
		return file, recipient.Prepared{}, errNoRows.With()
	}
	plain, err := json.Marshal(sheet)
	if err != nil {
		return file, recipient.Prepared{}, err
	}
	if file.Envelope, err = envelope(t.Certificate, plain, now); err != nil {
		return file, recipient.Prepared{}, err
	}
	digest, certificate := sm.Sum(file.Envelope), sm.Sum(t.Certificate)
	file.Digest, file.Certificate = digest[:], certificate[:]
	leaving.Digest, leaving.Bytes = file.Digest, int64(len(file.Envelope))
	sent, err := room.outward.Prepare(ctx, leaving)
	return file, sent, err
}

// mustStillTell holds what was gathered against what may be told when it leaves.
func (room *Room) mustStillTell(ctx context.Context, w *act.Work, t ClaimTask, rows ClaimRows) error {
	listed := make([]Claim, len(rows.Items))
	for i, row := range rows.Items {
		listed[i] = row.claim
	}
	told, err := room.mayTell(ctx, &w.Reading, t, listed)
	if err != nil {
		return err
	}
	if len(told) != len(listed) || !slices.Equal(t.Extras, rows.Task.Extras) {
		return errOrder.With("state", t.State)
	}
	return nil
}
