package fhir

// rulesOf are the constraints of R4 that bear on acceptance, by the shape they
// stand in and under the key R4 gives them.
var rulesOf map[string][]func(*checker, value)

// Filled at start because the rules reach the checker, which reaches rulesOf.
func init() {
	rulesOf = map[string][]func(*checker, value){
		"Period":              {per1},
		"Quantity":            {qty3},
		"Age":                 {qty3},
		"Duration":            {qty3},
		"Ratio":               {rat1},
		"Attachment":          {att1},
		"ContactPoint":        {cpt2},
		"Extension":           {ext1},
		"Timing.repeat":       {tim1, tim2},
		"Patient.contact":     {pat1},
		"Organization":        {org1},
		"Observation":         {obs6},
		"Condition":           {con4, con5},
		"AllergyIntolerance":  {ait1, ait2},
		"Composition.section": {cmp1, cmp2},
		"CarePlan.activity":   {cpl3},
		"ServiceRequest":      {prr1},
	}
}

func has(v value, name string) bool {
	if _, ok := v.member(name); ok {
		return true
	}
	_, ok := v.member("_" + name)
	return ok
}

func hasAny(v value, names ...string) bool {
	for _, n := range names {
		if has(v, n) {
			return true
		}
	}
	return false
}

func hasChoice(v value, prefix string) bool {
	for name := range v.members() {
		if _, ok := choiceType(name.text(), prefix); ok {
			return true
		}
	}
	return false
}

// hasCode reports a coding with one of the codes in a CodeableConcept member.
func hasCode(v value, name string, codes ...string) bool {
	concept, ok := v.member(name)
	if !ok {
		return false
	}
	list, ok := concept.member("coding")
	if !ok || list.kind() != kindArray {
		return false
	}
	for _, coding := range list.elements() {
		for _, code := range codes {
			if coding.memberText("code") == code {
				return true
			}
		}
	}
	return false
}

func (c *checker) rule(holds bool, code Code, at value) {
	if !holds {
		c.fault(Error, code, at)
	}
}

// per1 compares dates of the same kind only: without a zone a date cannot be
// put before or after an instant.
func per1(c *checker, v value) {
	start, err := ParseDateTime(v.memberText("start"))
	if err != nil {
		return
	}
	end, err := ParseDateTime(v.memberText("end"))
	if err != nil || start.HasZone() != end.HasZone() {
		return
	}
	from, _ := start.Span(start.Time.Location())
	_, before := end.Span(end.Time.Location())
	c.rule(from.Before(before), CodePer1, v)
}

func qty3(c *checker, v value) { c.rule(!has(v, "code") || has(v, "system"), CodeQty3, v) }

func rat1(c *checker, v value) {
	both := has(v, "numerator") && has(v, "denominator")
	neither := !hasAny(v, "numerator", "denominator") && has(v, "extension")
	c.rule(both || neither, CodeRat1, v)
}

func att1(c *checker, v value) { c.rule(!has(v, "data") || has(v, "contentType"), CodeAtt1, v) }

func cpt2(c *checker, v value) { c.rule(!has(v, "value") || has(v, "system"), CodeCpt2, v) }

func ext1(c *checker, v value) {
	c.rule(has(v, "extension") != (hasChoice(v, "value") || hasChoice(v, "_value")), CodeExt1, v)
}

func tim1(c *checker, v value) {
	c.rule(!has(v, "duration") || has(v, "durationUnit"), CodeTim1, v)
}

func tim2(c *checker, v value) { c.rule(!has(v, "period") || has(v, "periodUnit"), CodeTim2, v) }

func pat1(c *checker, v value) {
	c.rule(hasAny(v, "name", "telecom", "address", "organization"), CodePat1, v)
}

func org1(c *checker, v value) { c.rule(hasAny(v, "identifier", "name"), CodeOrg1, v) }

func obs6(c *checker, v value) {
	c.rule(!has(v, "dataAbsentReason") || !hasChoice(v, "value"), CodeObs6, v)
}

func con4(c *checker, v value) {
	over := hasCode(v, "clinicalStatus", "resolved", "remission", "inactive")
	c.rule(!hasChoice(v, "abatement") || over, CodeCon4, v)
}

func con5(c *checker, v value) {
	withdrawn := hasCode(v, "verificationStatus", "entered-in-error")
	c.rule(!withdrawn || !has(v, "clinicalStatus"), CodeCon5, v)
}

func ait1(c *checker, v value) {
	withdrawn := hasCode(v, "verificationStatus", "entered-in-error")
	c.rule(withdrawn || has(v, "clinicalStatus"), CodeAit1, v)
}

func ait2(c *checker, v value) {
	withdrawn := hasCode(v, "verificationStatus", "entered-in-error")
	c.rule(!withdrawn || !has(v, "clinicalStatus"), CodeAit2, v)
}

func cmp1(c *checker, v value) { c.rule(hasAny(v, "text", "entry", "section"), CodeCmp1, v) }

func cmp2(c *checker, v value) {
	c.rule(!has(v, "emptyReason") || !has(v, "entry"), CodeCmp2, v)
}

func cpl3(c *checker, v value) {
	c.rule(!has(v, "detail") || !has(v, "reference"), CodeCpl3, v)
}

func prr1(c *checker, v value) { c.rule(!has(v, "orderDetail") || has(v, "code"), CodePrr1, v) }
