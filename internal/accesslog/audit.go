package accesslog

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

const (
	maxDepth    = 16
	maxElements = 2000
)

// readAudit reads an audit message of DICOM PS3.15 A.5 or RFC 3881 (IHE ATNA) into
// fields: event.id, event.name, event.action, event.time, event.outcome, event.type,
// user.id, user.other, user.name, user.ip, source.id, patient.id, object.id. The user is
// who asked for it; where several did, the first. A declaration of a document type, and
// so every entity of its own, is refused.
func readAudit(text string) (map[string]string, error) {
	start := strings.Index(text, "<")
	if start < 0 {
		return nil, ruleShape.in("xml")
	}
	a := audit{told: map[string]string{}, decoder: xml.NewDecoder(strings.NewReader(text[start:]))}
	a.decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	if err := a.read(); err != nil {
		return nil, err
	}
	if a.told["event.time"] == "" {
		return nil, ruleShape.in("xml")
	}
	return a.told, nil
}

type audit struct {
	decoder *xml.Decoder
	told    map[string]string
	asked   bool // whoever asked for it was met
}

func (a *audit) read() error {
	depth, seen := 0, 0
	for {
		token, err := a.decoder.Token()
		if errors.Is(err, io.EOF) && depth == 0 && seen > 0 {
			return nil
		}
		if err != nil {
			return ruleShape.in("xml")
		}
		switch token := token.(type) {
		case xml.Directive:
			return ruleForeign.in("xml")
		case xml.StartElement:
			depth++
			seen++
			if depth > maxDepth || seen > maxElements {
				return ruleForeign.in("xml")
			}
			a.element(token)
		case xml.EndElement:
			depth--
		}
	}
}

func (a *audit) element(e xml.StartElement) {
	has := func(names ...string) string {
		for _, name := range names {
			for _, attribute := range e.Attr {
				if attribute.Name.Local == name && attribute.Value != "" {
					return attribute.Value
				}
			}
		}
		return ""
	}
	set := func(name, value string) {
		if value != "" && a.told[name] == "" {
			a.told[name] = value
		}
	}
	switch e.Name.Local {
	case "EventIdentification":
		set("event.action", has("EventActionCode"))
		set("event.time", has("EventDateTime"))
		set("event.outcome", has("EventOutcomeIndicator"))
	case "EventID":
		set("event.id", has("csd-code", "code"))
		set("event.name", has("originalText", "displayName"))
	case "EventTypeCode":
		set("event.type", has("csd-code", "code"))
	case "ActiveParticipant":
		requestor := has("UserIsRequestor") != "false"
		if a.told["user.id"] == "" || requestor && !a.asked {
			a.asked = a.asked || requestor
			for field, attribute := range map[string]string{"user.id": "UserID", "user.other": "AlternativeUserID", "user.name": "UserName", "user.ip": "NetworkAccessPointID"} {
				a.told[field] = has(attribute)
			}
		}
	case "AuditSourceIdentification":
		set("source.id", has("AuditSourceID"))
	case "ParticipantObjectIdentification":
		if has("ParticipantObjectTypeCode") == "1" && has("ParticipantObjectTypeCodeRole") == "1" {
			set("patient.id", beforeCaret(has("ParticipantObjectID")))
			return
		}
		set("object.id", has("ParticipantObjectID"))
	}
}

// beforeCaret is an identifier without its assigning authority, which HL7 writes behind
// it: 1234^^^&1.2.3&ISO.
func beforeCaret(id string) string {
	id, _, _ = strings.Cut(id, "^")
	return id
}
