package inspection

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/staff"
)

// DrawBody is a draw on the wire.
type DrawBody struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"patient,person,leaver,seal,glass,grant"`
	Named      bool       `json:"named" doc:"the subject was named and not drawn"`
	Days       int        `json:"days"`
	Prepared   time.Time  `json:"prepared"`
	By         string     `json:"by"`
	Size       int        `json:"size" doc:"of the frame"`
	Digest     string     `json:"digest,omitempty" doc:"SM3 of the frame, in hex"`
	Checkpoint string     `json:"checkpoint" doc:"the newest signed note when the frame was laid down"`
	Number     *int64     `json:"number,omitempty" doc:"that the inspector said"`
	Seed       string     `json:"seed,omitempty" doc:"in hex; docs/format/inspection.md"`
	Chosen     *int       `json:"chosen,omitempty" doc:"place in the frame, from 0"`
	Subject    string     `json:"subject,omitempty"`
	Drawn      *time.Time `json:"drawn,omitempty"`
	DrawnBy    string     `json:"drawnBy,omitempty"`
}

func wireDraw(d Draw) DrawBody {
	b := DrawBody{
		ID: d.ID, Kind: d.Kind, Named: d.Named, Days: d.Days, Prepared: d.Prepared, By: d.By, Size: d.Size, Digest: hex.EncodeToString(d.Digest),
		Checkpoint: d.Checkpoint, Subject: d.Subject, DrawnBy: d.DrawnBy,
	}
	if !d.Drawn.IsZero() {
		b.Drawn = &d.Drawn
	}
	if d.Chosen != undrawn {
		b.Number, b.Chosen, b.Seed = &d.Number, &d.Chosen, hex.EncodeToString(d.Seed())
	}
	return b
}

// DossierBody is a dossier on the wire.
type DossierBody struct {
	Draw         DrawBody                  `json:"draw"`
	Subject      Subject                   `json:"subject"`
	At           time.Time                 `json:"at"`
	By           string                    `json:"by"`
	Verdict      Verdict                   `json:"verdict" enum:"in-order,to-explain,not-in-order"`
	Questions    []Question                `json:"questions"`
	Entries      []Proven                  `json:"entries" doc:"the ledger entries that the answers name, in the order of their places"`
	Checkpoint   string                    `json:"checkpoint" doc:"the signed note against which the proofs are"`
	Size         int64                     `json:"size" doc:"of the tree of the checkpoint"`
	Digest       string                    `json:"digest" doc:"SM3 of the questions; the account of this answer holds it"`
	Milliseconds int64                     `json:"milliseconds" doc:"how long the answer took"`
	Proofs       *Withheld                 `json:"proofs,omitempty" doc:"who may have the proofs, when there are none"`
	People       map[string]staff.NameBody `json:"people"`
	Patients     map[string]string         `json:"patients" doc:"masked names, by id"`
}

func wireDossier(d Dossier) DossierBody {
	entries := d.Entries
	if entries == nil {
		entries = []Proven{}
	}
	return DossierBody{
		Draw: wireDraw(d.Draw), Subject: d.Subject, At: d.At, By: d.By, Verdict: d.Verdict, Questions: d.Questions, Entries: entries,
		Checkpoint: d.Checkpoint.Note, Size: d.Checkpoint.Size, Digest: hex.EncodeToString(d.Digest), Milliseconds: d.Took.Milliseconds(),
		Proofs: d.Proofs, People: staff.WireNames(d.People), Patients: d.Patients,
	}
}
