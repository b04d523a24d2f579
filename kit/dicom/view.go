package dicom

import (
	"fmt"
	"strings"
)

// Row is an element as a person reads it.
type Row struct {
	Path  string
	Label Text
	Value Text
	Depth int
}

// Rows are all elements that were read, those of the file's frame first, in their
// order. What is no text is told by its size.
func (f *File) Rows() []Row {
	var all []Row
	f.Meta.rows("", 0, &all)
	f.Data.rows("", 0, &all)
	return all
}

func (d *Dataset) rows(around string, depth int, into *[]Row) {
	for i := range d.Elements {
		e := &d.Elements[i]
		path := around + e.Tag.String()
		*into = append(*into, Row{path, e.Tag.Label(), d.told(e), depth})
		for n := range e.Items {
			e.Items[n].rows(fmt.Sprintf("%s[%d]/", path, n+1), depth+1, into)
		}
	}
}

// told is the value of an element in words.
func (d *Dataset) told(e *Element) Text {
	said := strings.Join(d.texts(e), `\`)
	switch {
	case said != "" || len(e.Items) > 0 || e.Length == 0:
		return Text{said, said}
	case e.Raw != nil:
		return Text{fmt.Sprintf("%d 字节", len(e.Raw)), fmt.Sprintf("%d bytes", len(e.Raw))}
	case e.Length == Undefined:
		return Text{"未保留", "not kept"}
	}
	return Text{fmt.Sprintf("未保留，%d 字节", e.Length), fmt.Sprintf("not kept, %d bytes", e.Length)}
}
