package deadline

import (
	"errors"
	"strconv"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/vault"
)

// missing are the mandatory documents that an encounter lacks, one of each requirement.
func (by rules) missing(k known, had []Due) []Missing {
	taken, met := map[string]map[string]bool{}, map[string]bool{}
	for _, d := range had {
		if d.State != Met {
			continue
		}
		met[d.Requirement+"\n"+d.Ref] = true
		if taken[d.Requirement] == nil {
			taken[d.Requirement] = map[string]bool{}
		}
		taken[d.Requirement][d.Document] = true
	}
	var all []Missing
	seen := map[string]bool{}
	for _, one := range by.instances(k, taken) {
		runsOut, _ := one.runsOut(by.cal, k.conditions, nil)
		if !one.Mandatory || one.document != nil || met[one.Key+"\n"+one.ref] || seen[one.Key] || !one.wanted(k, runsOut) || one.Recurs() {
			continue
		}
		seen[one.Key] = true
		all = append(all, Missing{one.Key, one.NameZH, one.NameEN, "/deadlines/encounters/" + k.ID + "#" + one.Key})
	}
	return all
}

// refusal names each missing document, with where it is shown.
func refusal(missing []Missing) error {
	e := errMissing.With("count", strconv.Itoa(len(missing))).Carrying(struct {
		Missing []Missing `json:"missing"`
	}{missing})
	for _, one := range missing {
		e.At("missing."+one.Requirement, fault.Text{ZH: "缺“" + one.NameZH + "”，请补写或由来源系统补传：" + one.Href, EN: one.NameEN + " is missing; write it or have its source send it: " + one.Href})
	}
	return e
}

func openSealed(subject *vault.Subject, at vault.Place, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := subject.Open(at, sealed)
	if errors.Is(err, vault.KeyDestroyed) {
		return "", nil
	}
	return string(plain), err
}
