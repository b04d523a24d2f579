package synth

var organisation = Organisation{
	Key: "org-xizhou-second", Code: "XZ2H",
	Name:   Label{"汐州市第二人民医院", "Xizhou Second People's Hospital"},
	Level:  Label{"三级甲等综合医院", "Tertiary general hospital, grade A"},
	Notice: Label{"虚构机构，人物与病历均由程序生成，仅供演示", "Fictitious: people and records are generated, for demonstration only"},
}

const (
	mainCampus   = "campus-main"
	harborCampus = "campus-harbor"
)

var campuses = []Campus{
	{mainCampus, "01", Label{"江左院区", "Jiangzuo Campus"}, "东澜省汐州市江左区听潮路166号"},
	{harborCampus, "02", Label{"望潮院区", "Wangchao Campus"}, "东澜省汐州市望潮区望潮大道9号"},
}

// unit is a department with the beds of its ward, if it has one.
type unit struct {
	key, code string
	name      Label
	kind      DepartmentKind
	campus    string
	beds      int
}

var units = []unit{
	{"cardiology", "0301", Label{"心内科", "Cardiology"}, Clinical, mainCampus, 46},
	{"respiratory", "0302", Label{"呼吸内科", "Respiratory Medicine"}, Clinical, mainCampus, 44},
	{"gastroenterology", "0303", Label{"消化内科", "Gastroenterology"}, Clinical, mainCampus, 42},
	{"neurology", "0304", Label{"神经内科", "Neurology"}, Clinical, mainCampus, 44},
	{"endocrinology", "0305", Label{"内分泌科", "Endocrinology"}, Clinical, mainCampus, 30},
	{"general-surgery", "0401", Label{"普外科", "General Surgery"}, Clinical, mainCampus, 48},
	{"orthopaedics", "0402", Label{"骨科", "Orthopaedics"}, Clinical, mainCampus, 46},
	{"obstetrics", "0501", Label{"妇产科", "Obstetrics and Gynaecology"}, Clinical, harborCampus, 50},
	{"paediatrics", "0701", Label{"儿科", "Paediatrics"}, Clinical, harborCampus, 40},
	{"emergency", "2001", Label{"急诊科", "Emergency Department"}, Clinical, mainCampus, 16},
	{"icu", "2800", Label{"重症医学科（ICU）", "Intensive Care Unit"}, Clinical, mainCampus, 18},
	{"infectious", "1601", Label{"感染科", "Infectious Diseases"}, Clinical, harborCampus, 30},
	{"psychiatry", "1501", Label{"精神科", "Psychiatry"}, Clinical, harborCampus, 36},
	{"oncology", "1901", Label{"肿瘤科", "Oncology"}, Clinical, mainCampus, 40},
	{"anaesthesia", "2600", Label{"麻醉科", "Anaesthesiology"}, Clinical, mainCampus, 0},
	{"laboratory", "3001", Label{"检验科", "Clinical Laboratory"}, Technical, mainCampus, 0},
	{"imaging", "3201", Label{"影像科", "Medical Imaging"}, Technical, mainCampus, 0},
	{"function", "3202", Label{"功能检查科", "Functional Examination"}, Technical, mainCampus, 0},
	{"pathology", "3101", Label{"病理科", "Pathology"}, Technical, mainCampus, 0},
	{"pharmacy", "3301", Label{"药学部", "Pharmacy"}, Technical, mainCampus, 0},
	{"records", "9001", Label{"病案室", "Medical Records"}, Administrative, mainCampus, 0},
	{"medical-affairs", "9002", Label{"医务科", "Medical Affairs"}, Administrative, mainCampus, 0},
	{"quality", "9003", Label{"质控科", "Quality Control"}, Administrative, mainCampus, 0},
	{"nursing", "9004", Label{"护理部", "Nursing Department"}, Administrative, mainCampus, 0},
	{"discipline", "9005", Label{"纪检监察室", "Discipline Inspection"}, Administrative, mainCampus, 0},
	{"information", "9006", Label{"信息科", "Information Technology"}, Administrative, mainCampus, 0},
	{"research", "9007", Label{"科教科", "Research and Education"}, Administrative, mainCampus, 0},
	{"office", "9008", Label{"院办", "Hospital Office"}, Administrative, mainCampus, 0},
}

func departmentKey(unitKey string) string { return "dept-" + unitKey }

func wardKey(unitKey string) string { return "ward-" + unitKey }

func departments() []Department {
	out := make([]Department, 0, len(units))
	for _, u := range units {
		out = append(out, Department{departmentKey(u.key), u.code, u.name, u.kind, u.campus})
	}
	return out
}

func wards() []Ward {
	var out []Ward
	for _, u := range units {
		if u.beds > 0 {
			out = append(out, Ward{
				Key: wardKey(u.key), Code: "W" + u.code, Department: departmentKey(u.key), Beds: u.beds,
				Name: Label{u.name.Zh + "病区", u.name.En + " Ward"},
			})
		}
	}
	return out
}

func unitName(unitKey string) string {
	for _, u := range units {
		if u.key == unitKey {
			return u.name.Zh
		}
	}
	return ""
}
