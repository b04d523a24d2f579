package dicom_test

import (
	"bytes"
	"fmt"

	"github.com/medward/medward/kit/dicom"
)

func Example() {
	f, err := dicom.Read(bytes.NewReader(encodings()["implicit little, GBK"]), dicom.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := f.Study()
	fmt.Println(s.Name, s.Accession, s.Modality, f.Pixels)
	// Output: 试 誠一 A-1 DX true
}
