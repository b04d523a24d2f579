package dicom

import (
	"encoding/binary"
	"strings"
)

// Syntax is how a file is encoded, by its transfer syntax (0002,0010).
type Syntax struct {
	UID      string
	Implicit bool // no value representations in the file
	Big      bool
	Deflated bool
}

const (
	implicitLittle = "1.2.840.10008.1.2"
	explicitBig    = "1.2.840.10008.1.2.2"
)

// deflatedSyntaxes are those whose dataset is deflated.
var deflatedSyntaxes = map[string]bool{"1.2.840.10008.1.2.1.99": true, "1.2.840.10008.1.2.4.95": true, "1.2.840.10008.1.2.4.205": true}

// syntaxOf reads a transfer syntax. All that compress pixels are explicit, little
// endian; those of manufacturers are taken to be.
func syntaxOf(uid string) Syntax {
	uid = strings.TrimRight(uid, "\x00 ")
	return Syntax{UID: uid, Implicit: uid == implicitLittle, Big: uid == explicitBig, Deflated: deflatedSyntaxes[uid]}
}

func (s Syntax) order() binary.ByteOrder {
	if s.Big {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// longVRs are followed by two empty bytes and a length of four.
var longVRs = map[string]bool{"OB": true, "OD": true, "OF": true, "OL": true, "OV": true, "OW": true, "SQ": true, "SV": true, "UC": true, "UN": true, "UR": true, "UT": true, "UV": true}

var shortVRs = map[string]bool{
	"AE": true, "AS": true, "AT": true, "CS": true, "DA": true, "DS": true, "DT": true, "FL": true, "FD": true, "IS": true, "LO": true, "LT": true,
	"PN": true, "SH": true, "SL": true, "SS": true, "ST": true, "TM": true, "UI": true, "UL": true, "US": true,
}
