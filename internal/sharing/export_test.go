package sharing

import "github.com/medward/medward/internal/record"

// Strip cuts a document as a hand-over to a kind of requester does.
func Strip(kind string, v *record.View, items []Item) []Cut {
	k, _ := kindOf(kind)
	var said []ruled
	for _, one := range items {
		said = append(said, ruled{Ruling{Document: one.Document, Section: one.Section, Disclosed: one.Disclosed, Ground: one.Ground}, one.Reasons})
	}
	return k.strip(v, said)
}
