package synth

// analyte is a test the laboratory offers. Limits are scaled by places; the
// adult references follow WS/T 404 and WS/T 405. Qualitative analytes have a
// normal word instead of limits.
type analyte struct {
	code   string
	loinc  string
	name   Label
	unit   string
	places int
	male   limits
	female limits
	child  limits // under 14; the zero value means the adult limits
	alarm  limits // critical values, 0 where there is none
	word   string
}

type limits struct{ low, high int }

func both(low, high int) (male, female limits) { return limits{low, high}, limits{low, high} }

func (a analyte) reference(sex Sex, age int) limits {
	switch {
	case age < 14 && a.child != (limits{}):
		return a.child
	case sex == Female:
		return a.female
	}
	return a.male
}

// panel is a group of analytes drawn from one specimen.
type panel struct {
	key      string
	name     Label
	specimen string
	once     bool // not repeated during a stay
	analytes []analyte
}

func quantity(code, loinc, zh, en, unit string, places, low, high int) analyte {
	male, female := both(low, high)
	return analyte{code: code, loinc: loinc, name: Label{zh, en}, unit: unit, places: places, male: male, female: female}
}

func (a analyte) women(low, high int) analyte    { a.female = limits{low, high}; return a }
func (a analyte) children(low, high int) analyte { a.child = limits{low, high}; return a }
func (a analyte) critical(low, high int) analyte { a.alarm = limits{low, high}; return a }

func quality(code, loinc, zh, en, normal string) analyte {
	return analyte{code: code, loinc: loinc, name: Label{zh, en}, word: normal}
}

const (
	giga  = "10^9/L"
	urine = "尿液"
	serum = "血清"
	blood = "EDTA全血"
)

var panels = []panel{
	{"cbc", Label{"血常规", "Complete blood count"}, blood, false, []analyte{
		quantity("WBC", "6690-2", "白细胞计数", "Leukocytes", giga, 1, 35, 95).children(44, 119).critical(15, 300),
		quantity("NEUT%", "770-8", "中性粒细胞百分比", "Neutrophils/100 leukocytes", "%", 1, 400, 750).children(220, 650),
		quantity("LYM%", "736-9", "淋巴细胞百分比", "Lymphocytes/100 leukocytes", "%", 1, 200, 500).children(230, 690),
		quantity("MONO%", "5905-5", "单核细胞百分比", "Monocytes/100 leukocytes", "%", 1, 15, 100),
		quantity("EO%", "713-8", "嗜酸性粒细胞百分比", "Eosinophils/100 leukocytes", "%", 1, 0, 80),
		quantity("BASO%", "706-2", "嗜碱性粒细胞百分比", "Basophils/100 leukocytes", "%", 1, 0, 10),
		quantity("NEUT#", "751-8", "中性粒细胞绝对值", "Neutrophils", giga, 2, 180, 630).children(120, 700),
		quantity("RBC", "789-8", "红细胞计数", "Erythrocytes", "10^12/L", 2, 430, 580).women(380, 510).children(400, 550),
		quantity("HGB", "718-7", "血红蛋白", "Hemoglobin", "g/L", 0, 130, 175).women(115, 150).children(112, 149).critical(60, 0),
		quantity("HCT", "4544-3", "红细胞压积", "Hematocrit", "%", 1, 400, 500).women(350, 450).children(340, 430),
		quantity("MCV", "787-2", "平均红细胞体积", "MCV", "fL", 1, 820, 1000).children(760, 880),
		quantity("MCH", "785-6", "平均红细胞血红蛋白量", "MCH", "pg", 1, 270, 340).children(240, 300),
		quantity("MCHC", "786-4", "平均红细胞血红蛋白浓度", "MCHC", "g/L", 0, 316, 354).children(310, 355),
		quantity("PLT", "777-3", "血小板计数", "Platelets", giga, 0, 125, 350).children(188, 472).critical(50, 1000),
	}},
	{"liver", Label{"肝功能", "Liver function"}, serum, false, []analyte{
		quantity("ALT", "1742-6", "丙氨酸氨基转移酶", "Alanine aminotransferase", "U/L", 0, 9, 50).women(7, 40).children(7, 30),
		quantity("AST", "1920-8", "天门冬氨酸氨基转移酶", "Aspartate aminotransferase", "U/L", 0, 15, 40).women(13, 35).children(14, 44),
		quantity("GGT", "2324-2", "γ-谷氨酰转移酶", "Gamma glutamyl transferase", "U/L", 0, 10, 60).women(7, 45).children(5, 19),
		quantity("ALP", "6768-6", "碱性磷酸酶", "Alkaline phosphatase", "U/L", 0, 45, 125).women(35, 135).children(143, 406),
		quantity("TP", "2885-2", "总蛋白", "Protein", "g/L", 1, 650, 850).children(560, 780),
		quantity("ALB", "1751-7", "白蛋白", "Albumin", "g/L", 1, 400, 550).children(390, 540),
		quantity("GLB", "10834-0", "球蛋白", "Globulin", "g/L", 1, 200, 400).children(140, 330),
		quantity("TBIL", "14631-6", "总胆红素", "Bilirubin total", "μmol/L", 1, 34, 260).women(30, 210),
		quantity("DBIL", "14629-0", "直接胆红素", "Bilirubin direct", "μmol/L", 1, 0, 80),
	}},
	{"renal", Label{"肾功能", "Renal function"}, serum, false, []analyte{
		quantity("UREA", "22664-7", "尿素", "Urea", "mmol/L", 1, 31, 80).women(26, 75).children(25, 65).critical(0, 360),
		quantity("CREA", "14682-9", "肌酐", "Creatinine", "μmol/L", 0, 57, 97).women(41, 73).children(19, 57),
		quantity("UA", "14933-6", "尿酸", "Urate", "μmol/L", 0, 208, 428).women(155, 357).children(120, 340),
	}},
	{"electrolytes", Label{"电解质", "Electrolytes"}, serum, false, []analyte{
		quantity("K", "2823-3", "钾", "Potassium", "mmol/L", 2, 350, 530).critical(280, 620),
		quantity("NA", "2951-2", "钠", "Sodium", "mmol/L", 0, 137, 147).critical(120, 160),
		quantity("CL", "2075-0", "氯", "Chloride", "mmol/L", 0, 99, 110),
		quantity("CA", "2000-8", "总钙", "Calcium", "mmol/L", 2, 211, 252).children(220, 270).critical(160, 350),
		quantity("MG", "2601-3", "镁", "Magnesium", "mmol/L", 2, 75, 102),
		quantity("PHOS", "14879-1", "无机磷", "Phosphate", "mmol/L", 2, 85, 151).children(110, 195),
	}},
	{"glucose", Label{"空腹血糖", "Fasting glucose"}, "氟化钠血浆", false, []analyte{
		quantity("GLU", "14749-6", "葡萄糖", "Glucose", "mmol/L", 2, 390, 610).critical(250, 2220),
	}},
	{"coagulation", Label{"凝血功能", "Coagulation"}, "枸橼酸钠血浆", false, []analyte{
		quantity("PT", "5902-2", "凝血酶原时间", "Prothrombin time", "s", 1, 94, 125).critical(0, 300),
		quantity("INR", "6301-6", "国际标准化比值", "INR", "", 2, 80, 120),
		quantity("APTT", "14979-9", "活化部分凝血活酶时间", "aPTT", "s", 1, 251, 365).critical(0, 700),
		quantity("FIB", "3255-7", "纤维蛋白原", "Fibrinogen", "g/L", 2, 200, 400).critical(100, 0),
		quantity("TT", "3243-3", "凝血酶时间", "Thrombin time", "s", 1, 103, 166),
		quantity("DD", "48065-7", "D-二聚体", "D-dimer FEU", "mg/L FEU", 2, 0, 50),
	}},
	{"urinalysis", Label{"尿常规", "Urinalysis"}, urine, false, []analyte{
		quantity("USG", "5811-5", "尿比重", "Specific gravity", "", 3, 1005, 1030),
		quantity("UPH", "5803-2", "尿酸碱度", "pH of urine", "", 1, 45, 80),
		quality("UPRO", "20454-5", "尿蛋白", "Protein in urine", "阴性"),
		quality("UGLU", "25428-4", "尿葡萄糖", "Glucose in urine", "阴性"),
		quality("UKET", "2514-8", "尿酮体", "Ketones in urine", "阴性"),
		quality("UBLD", "5794-3", "尿隐血", "Blood in urine", "阴性"),
		quality("ULEU", "5799-2", "尿白细胞酯酶", "Leukocyte esterase in urine", "阴性"),
		quality("UNIT", "5802-4", "尿亚硝酸盐", "Nitrite in urine", "阴性"),
	}},
	{"cardiac", Label{"心肌损伤标志物", "Cardiac markers"}, serum, false, []analyte{
		quantity("CK", "2157-6", "肌酸激酶", "Creatine kinase", "U/L", 0, 50, 310).women(40, 200),
		quantity("CKMB", "32673-6", "肌酸激酶同工酶", "Creatine kinase MB", "U/L", 0, 0, 25),
		quantity("LDH", "2532-0", "乳酸脱氢酶", "Lactate dehydrogenase", "U/L", 0, 120, 250),
		quantity("MYO", "2639-3", "肌红蛋白", "Myoglobin", "ng/mL", 0, 0, 70),
		quantity("cTnI", "10839-9", "心肌肌钙蛋白I", "Troponin I cardiac", "ng/mL", 2, 0, 4).critical(0, 50),
		quantity("BNP", "33762-6", "N末端B型钠尿肽前体", "NT-proBNP", "pg/mL", 0, 0, 300),
	}},
	{"crp", Label{"C反应蛋白", "C-reactive protein"}, serum, false, []analyte{
		quantity("CRP", "1988-5", "C反应蛋白", "C reactive protein", "mg/L", 1, 0, 100),
	}},
	{"inflammation", Label{"炎症指标", "Inflammation markers"}, serum, false, []analyte{
		quantity("CRP", "1988-5", "C反应蛋白", "C reactive protein", "mg/L", 1, 0, 100),
		quantity("PCT", "33959-8", "降钙素原", "Procalcitonin", "ng/mL", 2, 0, 5),
		quantity("ESR", "", "红细胞沉降率", "Erythrocyte sedimentation rate", "mm/h", 0, 0, 15).women(0, 20),
	}},
	{"gas", Label{"血气分析", "Arterial blood gas"}, "动脉血", false, []analyte{
		quantity("pH", "2744-1", "酸碱度", "pH of arterial blood", "", 2, 735, 745).critical(720, 760),
		quantity("PCO2", "2019-8", "二氧化碳分压", "pCO2", "mmHg", 0, 35, 45).critical(20, 70),
		quantity("PO2", "2703-7", "氧分压", "pO2", "mmHg", 0, 80, 100).critical(45, 0),
		quantity("HCO3", "1960-4", "碳酸氢根", "Bicarbonate", "mmol/L", 0, 21, 28),
		quantity("BE", "1925-7", "碱剩余", "Base excess", "mmol/L", 1, -30, 30),
		quantity("SAO2", "2708-6", "氧饱和度", "Oxygen saturation", "%", 0, 94, 99),
		quantity("LAC", "2518-9", "乳酸", "Lactate", "mmol/L", 1, 5, 17).critical(0, 50),
	}},
	{"lipid", Label{"血脂", "Lipids"}, serum, true, []analyte{
		quantity("TG", "14927-8", "甘油三酯", "Triglyceride", "mmol/L", 2, 30, 170),
		quantity("LDLC", "", "低密度脂蛋白胆固醇", "LDL cholesterol", "mmol/L", 2, 130, 340),
	}},
	{"hba1c", Label{"糖化血红蛋白", "Glycated haemoglobin"}, blood, true, []analyte{
		quantity("HBA1C", "4548-4", "糖化血红蛋白A1c", "Hemoglobin A1c", "%", 1, 40, 60),
	}},
	{"stool", Label{"粪便常规+隐血", "Stool examination"}, "粪便", true, []analyte{
		quality("FOB", "", "粪便隐血", "Occult blood in stool", "阴性"),
		quality("SWBC", "", "粪便白细胞", "Leukocytes in stool", "未见"),
	}},
	{"afp", Label{"甲胎蛋白", "Alpha-fetoprotein"}, serum, true, []analyte{
		quantity("AFP", "1834-1", "甲胎蛋白", "Alpha-1-fetoprotein", "ng/mL", 1, 0, 70),
	}},
	{"hbv", Label{"乙肝标志物", "Hepatitis B markers"}, serum, true, []analyte{
		quality("HBSAG", "5195-3", "乙型肝炎表面抗原", "Hepatitis B surface antigen", "阴性"),
	}},
	{"cd4", Label{"淋巴细胞亚群", "Lymphocyte subsets"}, blood, true, []analyte{
		quantity("CD4", "24467-3", "CD4+T淋巴细胞计数", "CD4 cells", "个/μL", 0, 410, 1590),
	}},
	{"hcg", Label{"人绒毛膜促性腺激素", "hCG"}, serum, true, []analyte{
		quantity("HCG", "21198-7", "β-人绒毛膜促性腺激素", "Choriogonadotropin beta", "IU/L", 0, 0, 5),
	}},
	{"thyroid", Label{"甲状腺功能", "Thyroid function"}, serum, true, []analyte{
		quantity("TSH", "3016-3", "促甲状腺激素", "Thyrotropin", "mIU/L", 2, 27, 420),
		quantity("FT4", "14920-3", "游离甲状腺素", "Free thyroxine", "pmol/L", 1, 120, 220),
	}},
	{"tumour", Label{"肿瘤标志物", "Tumour markers"}, serum, true, []analyte{
		quantity("CEA", "2039-6", "癌胚抗原", "Carcinoembryonic antigen", "ng/mL", 2, 0, 500),
		quantity("CA125", "10334-1", "糖类抗原125", "CA 125", "U/mL", 1, 0, 350),
		quantity("CA153", "6875-9", "糖类抗原15-3", "CA 15-3", "U/mL", 1, 0, 250),
	}},
}

func panelOf(key string) *panel {
	for i := range panels {
		if panels[i].key == key {
			return &panels[i]
		}
	}
	panic("synth: no such panel: " + key)
}
