package dicom

import "strings"

// Study is what a picture says of its patient and of the examination it belongs to.
type Study struct {
	PatientID, Issuer string
	Name              Name
	BirthDate, Sex    string // yyyyMMdd; M, F or O

	Accession, StudyID     string
	Study, Series, Picture string // UIDs
	Class                  string // SOP class UID
	Modality               string
	Date, Time, Timezone   string // yyyyMMdd, HHmmss[.ffffff], ±ZZZZ
	StudyDescription       string
	SeriesDescription      string
	BodyPart               string
	Institution, Station   string
	Referring, Performing  Name
	Request                string // number of the requested procedure
	Number                 string // of the picture in its series
	BurnedIn               bool   // the pixels show text, such as the patient's name
}

// Name is a PN: the groups of a person's name.
type Name struct {
	Alphabetic, Ideographic, Phonetic string
}

// String is the name as it is written where it is at home.
func (n Name) String() string {
	if n.Ideographic != "" {
		return n.Ideographic
	}
	return n.Alphabetic
}

// nameOf parts a PN into its groups, and joins the components of each.
func nameOf(pn string) Name {
	groups := strings.SplitN(pn, "=", 3)
	for len(groups) < 3 {
		groups = append(groups, "")
	}
	for i, g := range groups {
		groups[i] = strings.Join(strings.FieldsFunc(g, func(r rune) bool { return r == '^' || r == ' ' }), " ")
	}
	return Name{groups[0], groups[1], groups[2]}
}

// Study reads what the file says of its patient and examination.
func (f *File) Study() Study {
	d := &f.Data
	request := d.Item(RequestAttributes)
	return Study{
		PatientID: d.Text(PatientID), Issuer: d.Text(PatientIDIssuer), Name: nameOf(d.Text(PatientName)),
		BirthDate: d.Text(PatientBirthDate), Sex: d.Text(PatientSex),
		Accession: d.Text(AccessionNumber), StudyID: d.Text(StudyID), Study: d.Text(StudyInstance), Series: d.Text(SeriesInstance), Picture: d.Text(SOPInstance),
		Class: d.Text(SOPClass), Modality: d.Text(Modality), Date: d.Text(StudyDate), Time: d.Text(StudyTime), Timezone: d.Text(TimezoneOffset),
		StudyDescription: d.Text(StudyDescription), SeriesDescription: d.Text(SeriesDescription), BodyPart: d.Text(BodyPart),
		Institution: d.Text(Institution), Station: d.Text(StationName), Referring: nameOf(d.Text(ReferringPhysician)), Performing: nameOf(d.Text(PerformingPhysician)),
		Request: request.Text(RequestedProcedure), Number: d.Text(InstanceNumber), BurnedIn: d.Text(BurnedIn) == "YES",
	}
}

// identifying are what a picture must have to be filed with its study.
var identifying = []Tag{PatientID, StudyInstance, SeriesInstance, SOPInstance, Modality}

// Check lists what was found while reading, and what is missing to file the picture.
func (f *File) Check() []Finding {
	all := append([]Finding(nil), f.Findings...)
	for _, t := range identifying {
		if f.Data.Text(t) == "" {
			all = append(all, RuleMissing.finding(t.String(), -1))
		}
	}
	return all
}

// judge looks at an element when it was read: the character set of what follows, text
// that is not in it, and UIDs that are none.
func (s *scanner) judge(d *Dataset, e *Element) {
	switch {
	case e.Tag == SpecificCharset:
		var supported bool
		if d.text, supported = decoderFor(d.texts(e)); !supported {
			s.found(RuleCharset, e.Tag, e.Offset)
		}
	case worded[e.VR] && !d.text.fits(e.Raw):
		s.found(RuleText, e.Tag, e.Offset)
	case e.VR == "UI" && !isUID(e.Raw):
		s.found(RuleUID, e.Tag, e.Offset)
	}
}

// isUID reports numbers with dots between them, of at most 64 places each.
func isUID(raw []byte) bool {
	for uid := range strings.SplitSeq(trimmed(string(raw)), `\`) {
		if len(uid) > 64 || strings.Trim(uid, "0123456789.") != "" || strings.HasPrefix(uid, ".") || strings.HasSuffix(uid, ".") || strings.Contains(uid, "..") {
			return false
		}
	}
	return true
}
