package synth_test

import (
	"fmt"

	"github.com/medward/medward/kit/synth"
)

func ExampleNew() {
	h := synth.New(1, synth.Options{Patients: 20})
	fmt.Println(h.Organisation.Name.Zh)
	fmt.Println(len(h.Patients), h.Patients[0].Key, synth.IsSyntheticID(h.Patients[0].IDNumber))
	// Output:
	// 汐州市第二人民医院
	// 20 p-0001 true
}

func ExampleValidID() {
	fmt.Println(synth.ValidID("390102200001010017"))
	// Output:
	// the check digit does not fit the ID number; look for a typing error / 身份证号校验码不符，请核对是否录错
}
