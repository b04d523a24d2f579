package intake

import "slices"

// Counts are what became of resources or messages.
type Counts struct {
	Read        int `json:"read"`
	Created     int `json:"created"`
	Updated     int `json:"updated"`
	Unchanged   int `json:"unchanged"`
	Quarantined int `json:"quarantined"`
}

// Plus adds counts up.
func (c Counts) Plus(o Counts) Counts {
	return Counts{
		Read: c.Read + o.Read, Created: c.Created + o.Created, Updated: c.Updated + o.Updated,
		Unchanged: c.Unchanged + o.Unchanged, Quarantined: c.Quarantined + o.Quarantined,
	}
}

// again is what a second run comes to that changes nothing.
func (c Counts) again() Counts {
	return Counts{Read: c.Read, Unchanged: c.Created + c.Updated + c.Unchanged, Quarantined: c.Quarantined}
}

// FileReport is what became of one input.
type FileReport struct {
	ID       string    `json:"id,omitempty"`
	Name     string    `json:"name"`
	Kind     string    `json:"kind" enum:"fhir,hl7v2,cda,unknown"`
	State    string    `json:"state" enum:"done,refused,running,failed"`
	Counts   Counts    `json:"counts"`
	Findings []Finding `json:"findings"`
	More     int       `json:"more" doc:"findings beyond those listed"`
}

// Report is what became of an import.
type Report struct {
	Batch  string       `json:"batch"`
	Source string       `json:"source"`
	Files  []FileReport `json:"files"`
	Total  Counts       `json:"total"`
}

// Refused is how many files were over a limit and are not kept.
func (r Report) Refused() int {
	n := 0
	for _, f := range r.Files {
		if f.State == Refused {
			n++
		}
	}
	return n
}

// Refused is the state of an input that was not even kept.
const Refused = "refused"

// maxFindings is how many findings of a file are listed.
const maxFindings = 200

// tell adds findings. Warnings of one rule about one element are counted.
func (f *FileReport) tell(found []Finding) {
	for _, one := range found {
		one.Times = max(1, one.Times)
		same := slices.IndexFunc(f.Findings, func(k Finding) bool {
			return one.Severity == Warning && k.Severity == Warning && k.Rule == one.Rule && k.Element == one.Element
		})
		if same >= 0 {
			f.Findings[same].Times += one.Times
			continue
		}
		if len(f.Findings) >= maxFindings {
			f.More++
			continue
		}
		f.Findings = append(f.Findings, one)
	}
}

// Step is how far an import has come.
type Step struct {
	File  string // the input last worked on
	Files int    // inputs settled so far
	Of    int    // inputs in all; 0 when not known
	Total Counts
}

// Progress is told how far an import has come, at most once for each commit.
type Progress func(Step)
