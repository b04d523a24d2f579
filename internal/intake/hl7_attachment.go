package intake

import (
	"strings"

	"github.com/medward/medward/kit/fhir"
)

// encapsulated reads an OBX of type ED: text is shown, anything else is attached
// and said to be there.
func (m *message) encapsulated(r result) (text string, attached []attachment) {
	element := "OBX[" + itoa(r.place) + "]-5"
	var said []string
	for _, v := range r.Get("5").Repetitions() {
		e := v.ED()
		content, err := e.Content()
		if err != nil {
			m.found(ruleAttachmentBroken.warning(element))
			continue
		}
		switch kind := e.MediaType(); kind {
		case "text/plain":
			said = append(said, e.TextOf(content))
		case "text/html":
			shown, problems := fhir.Narrative(e.TextOf(content))
			for _, p := range problems {
				f := fromFHIR(p)
				f.Severity, f.Element = Warning, element
				m.found(f)
			}
			said = append(said, shown)
		default:
			said = append(said, attachedLine(kind, len(content)))
			attached = append(attached, attachment{kind, content, "OBX-5"})
		}
	}
	return strings.Join(said, "\n"), attached
}
