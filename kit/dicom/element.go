package dicom

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Tag names an element: its group in the upper half, its number in the lower.
type Tag uint32

// TagOf makes a tag of group and number.
func TagOf(group, number uint16) Tag { return Tag(uint32(group)<<16 | uint32(number)) }

func (t Tag) group() uint32  { return uint32(t) >> 16 }
func (t Tag) String() string { return fmt.Sprintf("(%04X,%04X)", t.group(), uint32(t)&0xFFFF) }

// Private reports an element of a manufacturer.
func (t Tag) Private() bool { return t.group()%2 == 1 }

// Undefined is the Length of what ends by a mark.
const Undefined = math.MaxUint32

// Element is a data element as the file has it.
type Element struct {
	Tag    Tag
	VR     string // two letters; UN where an implicit file leaves it open
	Length uint32 // as stated, or Undefined
	Raw    []byte // the value; nil in a sequence, and where it was too long to keep
	Items  []Dataset
	Offset int64 // where it begins in the file, after inflation
}

// Dataset is a list of elements in their order: a file, or an item of a sequence.
type Dataset struct {
	Elements []Element

	text  decoder
	order binary.ByteOrder
}

// Find is the element with this tag, or nil.
func (d *Dataset) Find(t Tag) *Element {
	for i := range d.Elements {
		if d.Elements[i].Tag == t {
			return &d.Elements[i]
		}
	}
	return nil
}

// Item is the first item of a sequence, or an empty dataset.
func (d *Dataset) Item(t Tag) *Dataset {
	if e := d.Find(t); e != nil && len(e.Items) > 0 {
		return &e.Items[0]
	}
	return &Dataset{}
}

// Texts are the values of an element as text, in the character set of the dataset,
// without padding. Numbers are written out.
func (d *Dataset) Texts(t Tag) []string {
	e := d.Find(t)
	if e == nil {
		return nil
	}
	return d.texts(e)
}

// Text is the first value of an element as text, or "".
func (d *Dataset) Text(t Tag) string {
	all := d.Texts(t)
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

func (d *Dataset) texts(e *Element) []string {
	if len(e.Raw) == 0 {
		return nil
	}
	if numbers := d.numbers(e); numbers != nil {
		return numbers
	}
	switch e.VR {
	case "ST", "LT", "UT", "UR": // of one value: a backslash is a backslash
		return []string{trimmed(d.decode(e))}
	case "OB", "OW", "OD", "OF", "OL", "OV", "SQ", "UN":
		return nil
	}
	parts := strings.Split(d.decode(e), `\`)
	for i := range parts {
		parts[i] = trimmed(parts[i])
	}
	return parts
}

// trimmed takes away the padding to even length, and spaces that say nothing.
func trimmed(s string) string { return strings.Trim(strings.TrimRight(s, "\x00"), " ") }

// worded are the value representations whose text is in the character set of the file.
var worded = map[string]bool{"SH": true, "LO": true, "ST": true, "PN": true, "LT": true, "UC": true, "UT": true}

func (d *Dataset) decode(e *Element) string {
	if !worded[e.VR] {
		return strings.ToValidUTF8(string(e.Raw), "�")
	}
	return d.text.decode(e.Raw)
}

// numbers are the values of an element of a binary kind, or nil.
func (d *Dataset) numbers(e *Element) []string {
	width, write := numberOf(e.VR, d.order)
	if width == 0 || d.order == nil {
		return nil
	}
	var all []string
	for b := e.Raw; len(b) >= width; b = b[width:] {
		all = append(all, write(b))
	}
	return all
}

func numberOf(vr string, o binary.ByteOrder) (width int, write func([]byte) string) {
	switch vr {
	case "US":
		return 2, func(b []byte) string { return strconv.Itoa(int(o.Uint16(b))) }
	case "SS":
		return 2, func(b []byte) string { return strconv.Itoa(int(int16(o.Uint16(b)))) } //nolint:gosec // the bits are the number
	case "UL":
		return 4, func(b []byte) string { return strconv.FormatUint(uint64(o.Uint32(b)), 10) }
	case "SL":
		return 4, func(b []byte) string { return strconv.Itoa(int(int32(o.Uint32(b)))) } //nolint:gosec // the bits are the number
	case "UV":
		return 8, func(b []byte) string { return strconv.FormatUint(o.Uint64(b), 10) }
	case "SV":
		return 8, func(b []byte) string { return strconv.FormatInt(int64(o.Uint64(b)), 10) } //nolint:gosec // the bits are the number
	case "FL":
		return 4, func(b []byte) string {
			return strconv.FormatFloat(float64(math.Float32frombits(o.Uint32(b))), 'g', -1, 32)
		}
	case "FD":
		return 8, func(b []byte) string { return strconv.FormatFloat(math.Float64frombits(o.Uint64(b)), 'g', -1, 64) }
	case "AT":
		return 4, func(b []byte) string { return TagOf(o.Uint16(b), o.Uint16(b[2:])).String() }
	}
	return 0, nil
}
