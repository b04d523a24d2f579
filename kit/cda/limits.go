package cda

// Limits bounds what one document may cost. A zero field means its default.
type Limits struct {
	Bytes      int // whole document, as received and as text; default 32 MiB
	Depth      int // nested elements; default 64
	Nodes      int // elements, attributes, runs of text, comments; default 1,000,000
	Attributes int // of one element; default 64
	Text       int // bytes of one run of text, comment or attribute; default 24 MiB
	Name       int // bytes of one name; default 128
	Findings   int // listed before the rest is cut off; default 500
}

func (l Limits) orDefault() Limits {
	return Limits{
		Bytes:      positive(l.Bytes, 32<<20),
		Depth:      min(positive(l.Depth, 64), mostDepth),
		Nodes:      positive(l.Nodes, 1_000_000),
		Attributes: positive(l.Attributes, 64),
		Text:       positive(l.Text, 24<<20),
		Name:       positive(l.Name, 128),
		Findings:   positive(l.Findings, 500),
	}
}

// mostDepth bounds the depth that a caller can ask for: the tree is walked
// recursively.
const mostDepth = 1000

func positive(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}
