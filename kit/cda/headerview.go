package cda

import "strings"

// rootLabels name the identifiers of WS/T 500.
var rootLabels = map[string]Text{
	RootDocument: {"文档流水号", "Document number"}, RootHealthRecord: {"健康档案号", "Health record number"}, RootIDCard: {"身份证号", "ID number"},
	RootStaff: {"医务人员编号", "Staff number"}, RootOrganization: {"机构代码", "Organisation code"}, RootAuthor: {"作者编号", "Author number"},
	RootPathology: {"病理号", "Pathology number"}, RootOutpatient: {"门（急）诊号", "Outpatient number"}, RootAdmission: {"住院号", "Admission number"},
	RootRecord: {"病案号", "Record number"}, RootSpecimen: {"标本编号", "Specimen number"}, RootHealthCard: {"健康卡号", "Health card number"},
	RootPrescription: {"处方编号", "Prescription number"}, RootRoom: {"病房", "Room"}, RootBed: {"病床", "Bed"}, RootRequest: {"电子申请单编号", "Request number"},
	RootDepartment: {"科室", "Department"}, RootWard: {"病区", "Ward"}, RootImaging: {"检查报告单号", "Imaging report number"},
	RootLaboratory: {"检验报告单号", "Laboratory report number"}, RootConsent: {"知情同意书编号", "Consent number"},
}

// detailLabels name elements of the model.
var detailLabels = map[string]Text{
	"id": {"编号", "Number"}, "code": {"代码", "Code"}, "name": {"名称", "Name"}, "time": {"时间", "Time"}, "effectiveTime": {"时间", "Time"},
	"value": {"值", "Value"}, "text": {"说明", "Text"}, "desc": {"描述", "Description"}, "period": {"间隔", "Every"},
	"routeCode": {"途径", "Route"}, "doseQuantity": {"剂量", "Dose"}, "rateQuantity": {"速率", "Rate"}, "maxDoseQuantity": {"最大剂量", "Maximum dose"},
	"administrationUnitCode": {"给药单位", "Administration unit"}, "methodCode": {"方法", "Method"}, "targetSiteCode": {"部位", "Site"},
	"approachSiteCode": {"入路", "Approach"}, "priorityCode": {"优先级", "Priority"}, "interpretationCode": {"判读", "Interpretation"},
	"repeatNumber": {"次数", "Times"}, "quantity": {"数量", "Quantity"}, "lotNumberText": {"批号", "Lot"}, "languageCode": {"语言", "Language"},
	"manufacturerModelName": {"型号", "Model"}, "softwareName": {"软件", "Software"}, "telecom": {"电话", "Telephone"}, "addr": {"地址", "Address"},
	"observation": {"观察", "Observation"}, "organizer": {"分组", "Group"}, "procedure": {"操作", "Procedure"}, "act": {"活动", "Act"},
	"substanceAdministration": {"用药", "Medication"}, "supply": {"供给", "Supply"}, "encounter": {"就诊", "Encounter"},
	"observationMedia": {"图像", "Picture"}, "regionOfInterest": {"图像区域", "Region"},
	"birthplace": {"出生地", "Place of birth"}, "nativePlace": {"籍贯", "Native place"}, "household": {"户口地址", "Registered residence"},
	"performer": {"执行者", "Performer"}, "author": {"作者", "Author"}, "informant": {"提供者", "Informant"}, "participant": {"参与者", "Participant"},
	"subject": {"对象", "Subject"}, "specimen": {"标本", "Specimen"}, "consumable": {"药品", "Product"}, "product": {"物品", "Product"},
	"referenceRange": {"参考范围", "Reference range"}, "reference": {"引用", "Reference"}, "precondition": {"前提", "Precondition"},
}

// detailLabel names a detail by where it begins and where it ends.
func detailLabel(name string) Text {
	first, _, nested := strings.Cut(name, "/")
	last := labelOf(name[strings.LastIndexByte(name, '/')+1:])
	if !nested {
		return last
	}
	whole := labelOf(first)
	return Text{whole.Zh + " · " + last.Zh, whole.En + " · " + last.En}
}

func labelOf(name string) Text {
	if t, known := detailLabels[name]; known {
		return t
	}
	return same(name)
}

// headerLister gathers rows that say something.
type headerLister []Row

func (l *headerLister) add(zh, en, value string) {
	if value != "" {
		*l = append(*l, Row{Label: Text{zh, en}, Value: same(value)})
	}
}

func (l *headerLister) code(zh, en string, c Code) {
	if said := c.told(); said != "" {
		row := Row{Label: Text{zh, en}, Value: same(said)}
		if c.Null != "" && said == c.Null {
			row.Value = nullWords(c.Null)
		}
		if c.Code != said {
			row.Coded = c.Code
		}
		*l = append(*l, row)
		translated(c, row, (*[]Row)(l))
	}
}

func (l *headerLister) ids(all []II) {
	for _, id := range all {
		label, known := rootLabels[id.Root]
		if !known {
			label = Text{"编号", "Number"}
		}
		if number := orElse(id.Extension, unknownRoot(id, known)); number != "" {
			*l = append(*l, Row{Label: label, Value: same(number), Code: id.Root})
		}
	}
}

// unknownRoot is the root of an identifier that is one by itself.
func unknownRoot(id II, known bool) string {
	if known {
		return ""
	}
	return id.Root
}

// kindNamed is the code of a document with the name of its kind.
func kindNamed(c Code) Code {
	if kind, known := KindOf(c.Code); known {
		c.Name = orElse(c.Name, kind.Title)
	}
	return c
}

func headerRows(h Header) []Row {
	var l headerLister
	l.ids([]II{h.ID})
	l.code("文档类型", "Kind", kindNamed(h.Code))
	l.add("生成时间", "Made", h.Time.String())
	l.code("密级", "Confidentiality", h.Confidentiality)
	l.add("版本集", "Set", h.Set.Extension)
	l.add("版本", "Version", h.Version)
	for _, p := range h.Patients {
		l.patient(p)
	}
	l.encounter(h.Encounter)
	l.participants("作者", "Author", h.Authors)
	if h.Enterer != nil {
		l.participants("录入者", "Entered by", []Participant{*h.Enterer})
	}
	l.participants("陈述者", "Informant", h.Informers)
	l.organization("保管机构", "Custodian", &h.Custodian)
	l.participants("接收者", "Recipient", h.Receivers)
	if h.Legal != nil {
		l.participants("法定审核者", "Legally authenticated by", []Participant{*h.Legal})
	}
	l.participants("签名者", "Signed by", h.Signers)
	l.participants("联系人与参与者", "Contact or participant", h.Others)
	l.ids(h.Orders)
	for _, s := range h.Services {
		l.code("服务", "Service", s.Code)
		l.numbers(s.IDs)
		l.add("服务时间", "Service time", s.Time.String())
		l.participants("执行者", "Performer", s.Performers)
	}
	for _, r := range h.Related {
		l.add("相关文档", "Related document", strings.Join(strings.Fields(r.Kind+" "+firstNumber(r.IDs)+" "+r.Set.Extension+" "+r.Version), " "))
	}
	return l
}

// sectionRows are who stands behind a section, where it says so itself.
func sectionRows(s Section) []Row {
	var l headerLister
	l.numbers([]II{s.ID})
	l.code("密级", "Confidentiality", s.Confidentiality)
	l.participants("作者", "Author", s.Authors)
	l.participants("陈述者", "Informant", s.Informers)
	return l
}

func (l *headerLister) patient(p Patient) {
	l.add("姓名", "Name", p.Name)
	l.code("性别", "Gender", p.Gender)
	l.add("出生日期", "Born", p.Birth.String())
	for _, a := range p.Ages {
		if a.Number != "" {
			*l = append(*l, Row{Label: Text{"年龄", "Age"}, Value: same(a.Number), Unit: a.Unit})
		}
	}
	l.ids(p.NationalIDs)
	l.ids(p.IDs)
	l.code("婚姻", "Marital status", p.Marital)
	l.code("民族", "Ethnic group", p.Ethnic)
	l.code("国籍", "Nationality", p.Nationality)
	l.code("职业", "Occupation", p.Occupation)
	l.code("学历", "Education", p.Education)
	for _, place := range p.Places {
		label := labelOf(place.Kind)
		l.add(label.Zh, label.En, place.Address.String())
	}
	l.reach(p.Telecoms, p.Addresses)
	for at := p.Provider; at != nil; at = at.PartOf {
		l.organization("就诊机构", "Provider", at)
	}
	l.organization("工作单位", "Employer", p.Employer)
}

// participants are a row each, and under it what else is known of them.
func (l *headerLister) participants(zh, en string, all []Participant) {
	for _, p := range all {
		row := Row{Label: Text{zh, en}, Value: same(p.Name), When: p.Time.String()}
		var more headerLister
		more.add("设备", "Device", p.Device)
		more.code("职责", "Function", p.Function)
		more.code("身份", "As", p.Code)
		more.code("职称", "Title", p.Title)
		more.numbers(p.IDs)
		more.reach(p.Telecoms, p.Addresses)
		for at := p.Organization; at != nil; at = at.PartOf {
			more.organization("机构", "Organisation", at)
		}
		if row.Value.Zh == "" && row.When == "" && len(more) == 0 {
			continue
		}
		*l = append(*l, row)
		l.under(more)
	}
}

// under adds rows that belong to the one before.
func (l *headerLister) under(more headerLister) {
	for _, r := range more {
		r.Depth++
		*l = append(*l, r)
	}
}

func (l *headerLister) organization(zh, en string, o *Organization) {
	if o == nil {
		return
	}
	l.add(zh, en, o.Name)
	var more headerLister
	more.numbers(o.IDs)
	more.reach(o.Telecoms, o.Addresses)
	l.under(more)
}

func (l *headerLister) reach(telecoms []string, addresses []Address) {
	l.add("电话", "Telephone", strings.Join(telecoms, ", "))
	for _, a := range addresses {
		l.add("地址", "Address", a.String())
	}
}

// numbers are identifiers that say something: a root alone does not.
func (l *headerLister) numbers(all []II) {
	for _, id := range all {
		if id.Extension != "" {
			l.ids([]II{id})
		}
	}
}

func (l *headerLister) encounter(e *Encounter) {
	if e == nil {
		return
	}
	l.ids(e.IDs)
	l.code("就诊类型", "Encounter", e.Code)
	l.add("就诊时间", "Stay", e.Time.String())
	l.code("离院去向", "Discharged to", e.Discharge)
	l.code("就诊场所", "Facility", e.Facility)
	for place := e.Place; place != nil; place = place.PartOf {
		label := Text{"地点", "Place"}
		for _, id := range place.IDs {
			if t, known := rootLabels[id.Root]; known {
				label = t
			}
		}
		l.organization(label.Zh, label.En, place)
	}
	l.participants("负责医师", "Attending", e.Attending)
}

func firstNumber(ids []II) string {
	for _, id := range ids {
		if id.Extension != "" {
			return id.Extension
		}
	}
	return ""
}
