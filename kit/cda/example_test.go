package cda_test

import (
	"fmt"

	"github.com/medward/medward/kit/cda"
)

func Example() {
	raw := []byte(document(smallHeader, section(`<text><paragraph>胸痛三天</paragraph></text>`)))
	d, err := cda.Parse(raw, cda.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Read().Header.Patients[0].Name, len(d.Check()))
	part := d.View().Parts[0]
	fmt.Println(part.Title.Zh, part.Blocks[0].Text)
	// Output:
	// 试验一 0
	// 主诉 胸痛三天
}

func ExampleBuild() {
	_, err := cda.Build(cda.Draft{Kind: "C0034"})
	fmt.Println(err)
	// Output: cda: a part of the header is missing: ID.Extension, the number of the document
}
