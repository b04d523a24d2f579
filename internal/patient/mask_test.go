package patient

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/policy"
)

func everyMask() []policy.Mask {
	var all []policy.Mask
	for _, f := range policy.Fields() {
		all = append(all, policy.Mask{Field: f.ID})
	}
	return all
}

func TestMaskingHidesAndComesBack(t *testing.T) {
	digits := rapid.StringMatching(`[0-9]{0,18}`)
	rapid.Check(t, func(t *rapid.T) {
		d := Demographics{
			Name: "钱七", RecordNumber: "R1", IDNumber: digits.Draw(t, "id"), Phone: digits.Draw(t, "phone"), Address: rapid.StringMatching(`[省市区路号]{0,20}`).Draw(t, "address"),
			Contacts: []Contact{{Name: "钱小七", Relation: "子女", Phone: digits.Draw(t, "contact")}},
		}
		shown := d.masked(everyMask())
		if shown.Name != d.Name || shown.RecordNumber != d.RecordNumber {
			t.Fatal("who is meant was hidden")
		}
		for _, pair := range [][2]string{{d.IDNumber, shown.IDNumber}, {d.Phone, shown.Phone}, {d.Address, shown.Address}, {d.Contacts[0].Phone, shown.Contacts[0].Phone}, {d.Contacts[0].Name, shown.Contacts[0].Name}} {
			if pair[0] != "" && (strings.Contains(pair[1], pair[0]) || !strings.Contains(pair[1], dots)) {
				t.Fatalf("%q is shown as %q", pair[0], pair[1])
			}
		}
		if back := shown.unmaskedBy(d); !reflect.DeepEqual(back, d) {
			t.Fatalf("saving what was shown changed %+v to %+v", d, back)
		}
		changed := shown
		changed.Phone = "13900001111"
		if back := changed.unmaskedBy(d); back.Phone != "13900001111" || back.IDNumber != d.IDNumber {
			t.Fatalf("%+v", back)
		}
	})
}
