package dicom

// Limits bounds what one file may cost. A zero field means its default.
type Limits struct {
	Bytes    int64 // before the pixels, read or passed over, after inflation; default 32 MiB
	Value    int   // bytes of one value that are kept; longer ones are passed over; default 64 KiB
	Depth    int   // sequences within sequences; default 16
	Elements int   // with those in sequences; default 20,000
	Findings int   // listed before the rest is cut off; default 100
}

func (l Limits) orDefault() Limits {
	return Limits{
		Bytes:    positive(l.Bytes, 32<<20),
		Value:    positive(l.Value, 64<<10),
		Depth:    min(positive(l.Depth, 16), mostDepth),
		Elements: positive(l.Elements, 20_000),
		Findings: positive(l.Findings, 100),
	}
}

// mostDepth bounds the depth that a caller can ask for: sequences are read recursively.
const mostDepth = 100

func positive[N int | int64](n, otherwise N) N {
	if n > 0 {
		return n
	}
	return otherwise
}
