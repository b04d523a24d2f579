package fhir

// Limits bounds what one input may cost. A zero field means its default.
type Limits struct {
	Bytes    int // whole input; default 64 MiB, never above 1 GiB
	Depth    int // nested objects and arrays; default 64, never above 512
	Entries  int // bundle entries or NDJSON lines; default 100,000
	Values   int // JSON values and member names; default 8,000,000
	String   int // bytes of one string as written; default 48 MiB
	Number   int // bytes of one number as written; default 64
	Problems int // problems listed before the rest is cut off; default 1,000
}

const (
	mostBytes = 1 << 30
	mostDepth = 512
)

func (l Limits) orDefault() Limits {
	return Limits{
		Bytes:    min(positive(l.Bytes, 64<<20), mostBytes),
		Depth:    min(positive(l.Depth, 64), mostDepth),
		Entries:  positive(l.Entries, 100_000),
		Values:   positive(l.Values, 8_000_000),
		String:   positive(l.String, 48<<20),
		Number:   positive(l.Number, 64),
		Problems: positive(l.Problems, 1_000),
	}
}

func positive(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}
