package synth

// medicine is a line of the formulary. A perKg medicine is dosed by weight up
// to max, both in mg.
type medicine struct {
	key        string
	name       string
	spoken     string // as doctors say it in notes
	dose       string
	perKg, max int
	route      string
	frequency  string
	class      string
}

const (
	betaLactam   = "beta-lactam"
	sulfonamide  = "sulfonamide"
	otherAntibio = "antibacterial"
)

var formulary = []medicine{
	{key: "aspirin", name: "阿司匹林肠溶片", spoken: "阿司匹林", dose: "100 mg", route: "口服", frequency: "qd"},
	{key: "aspirin-load", name: "阿司匹林肠溶片", spoken: "阿司匹林", dose: "300 mg", route: "嚼服", frequency: "st"},
	{key: "clopidogrel", name: "硫酸氢氯吡格雷片", spoken: "氯吡格雷", dose: "75 mg", route: "口服", frequency: "qd"},
	{key: "ticagrelor", name: "替格瑞洛片", spoken: "替格瑞洛", dose: "90 mg", route: "口服", frequency: "bid"},
	{key: "ticagrelor-load", name: "替格瑞洛片", spoken: "替格瑞洛", dose: "180 mg", route: "口服", frequency: "st"},
	{key: "atorvastatin", name: "阿托伐他汀钙片", spoken: "阿托伐他汀", dose: "20 mg", route: "口服", frequency: "qn"},
	{key: "metoprolol", name: "琥珀酸美托洛尔缓释片", spoken: "美托洛尔", dose: "47.5 mg", route: "口服", frequency: "qd"},
	{key: "isosorbide", name: "单硝酸异山梨酯缓释片", spoken: "单硝酸异山梨酯", dose: "40 mg", route: "口服", frequency: "qd"},
	{key: "enoxaparin", name: "依诺肝素钠注射液", spoken: "依诺肝素", dose: "4000 IU", route: "皮下注射", frequency: "q12h"},
	{key: "furosemide", name: "呋塞米注射液", spoken: "呋塞米", dose: "20 mg", route: "静脉注射", frequency: "qd"},
	{key: "spironolactone", name: "螺内酯片", spoken: "螺内酯", dose: "20 mg", route: "口服", frequency: "qd"},
	{key: "sacubitril", name: "沙库巴曲缬沙坦钠片", spoken: "沙库巴曲缬沙坦", dose: "50 mg", route: "口服", frequency: "bid"},
	{key: "kcl", name: "氯化钾缓释片", spoken: "补钾", dose: "0.5 g", route: "口服", frequency: "tid"},
	{key: "amlodipine", name: "苯磺酸氨氯地平片", spoken: "氨氯地平", dose: "5 mg", route: "口服", frequency: "qd"},
	{key: "valsartan", name: "缬沙坦胶囊", spoken: "缬沙坦", dose: "80 mg", route: "口服", frequency: "qd"},
	{key: "pantoprazole", name: "注射用泮托拉唑钠", spoken: "泮托拉唑", dose: "40 mg", route: "静脉滴注", frequency: "q12h"},
	{key: "pantoprazole-oral", name: "泮托拉唑钠肠溶片", spoken: "泮托拉唑", dose: "40 mg", route: "口服", frequency: "qd"},
	{key: "omeprazole", name: "奥美拉唑肠溶胶囊", spoken: "奥美拉唑", dose: "20 mg", route: "口服", frequency: "bid"},
	{key: "bismuth", name: "枸橼酸铋钾胶囊", spoken: "枸橼酸铋钾", dose: "0.6 g", route: "口服", frequency: "bid"},
	{key: "saline", name: "复方氯化钠注射液", spoken: "补液", dose: "500 mL", route: "静脉滴注", frequency: "bid"},
	{key: "albumin", name: "人血白蛋白", spoken: "人血白蛋白", dose: "10 g", route: "静脉滴注", frequency: "qd"},
	{key: "glycyrrhizin", name: "异甘草酸镁注射液", spoken: "异甘草酸镁", dose: "150 mg", route: "静脉滴注", frequency: "qd"},
	{key: "moxifloxacin", name: "盐酸莫西沙星氯化钠注射液", spoken: "莫西沙星", dose: "0.4 g", route: "静脉滴注", frequency: "qd", class: otherAntibio},
	{key: "levofloxacin", name: "左氧氟沙星氯化钠注射液", spoken: "左氧氟沙星", dose: "0.5 g", route: "静脉滴注", frequency: "qd", class: otherAntibio},
	{key: "levofloxacin-oral", name: "左氧氟沙星片", spoken: "左氧氟沙星", dose: "0.5 g", route: "口服", frequency: "qd", class: otherAntibio},
	{key: "ceftriaxone", name: "注射用头孢曲松钠", spoken: "头孢曲松", dose: "2 g", route: "静脉滴注", frequency: "qd", class: betaLactam},
	{key: "cefuroxime", name: "注射用头孢呋辛钠", spoken: "头孢呋辛", dose: "1.5 g", route: "静脉滴注", frequency: "q8h", class: betaLactam},
	{key: "cefuroxime-oral", name: "头孢呋辛酯片", spoken: "头孢呋辛酯", dose: "0.25 g", route: "口服", frequency: "bid", class: betaLactam},
	{key: "metronidazole-oral", name: "甲硝唑片", spoken: "甲硝唑", dose: "0.4 g", route: "口服", frequency: "tid", class: otherAntibio},
	{key: "metronidazole", name: "甲硝唑氯化钠注射液", spoken: "甲硝唑", dose: "0.5 g", route: "静脉滴注", frequency: "q8h", class: otherAntibio},
	{key: "meropenem", name: "注射用美罗培南", spoken: "美罗培南", dose: "1 g", route: "静脉滴注", frequency: "q8h", class: betaLactam},
	{key: "ceftriaxone-child", name: "注射用头孢曲松钠", spoken: "头孢曲松", perKg: 50, max: 2000, route: "静脉滴注", frequency: "qd", class: betaLactam},
	{key: "azithromycin-child", name: "阿奇霉素干混悬剂", spoken: "阿奇霉素", perKg: 10, max: 500, route: "口服", frequency: "qd", class: otherAntibio},
	{key: "ambroxol", name: "盐酸氨溴索注射液", spoken: "氨溴索", dose: "30 mg", route: "静脉注射", frequency: "bid"},
	{key: "budesonide", name: "吸入用布地奈德混悬液", spoken: "布地奈德雾化", dose: "2 mg", route: "雾化吸入", frequency: "bid"},
	{key: "budesonide-child", name: "吸入用布地奈德混悬液", spoken: "布地奈德雾化", dose: "1 mg", route: "雾化吸入", frequency: "bid"},
	{key: "ipratropium", name: "吸入用异丙托溴铵溶液", spoken: "异丙托溴铵雾化", dose: "0.5 mg", route: "雾化吸入", frequency: "tid"},
	{key: "salbutamol", name: "吸入用硫酸沙丁胺醇溶液", spoken: "沙丁胺醇雾化", dose: "2.5 mg", route: "雾化吸入", frequency: "bid"},
	{key: "methylprednisolone", name: "注射用甲泼尼龙琥珀酸钠", spoken: "甲泼尼龙", dose: "40 mg", route: "静脉滴注", frequency: "qd"},
	{key: "amantadine", name: "复方氨酚烷胺片", spoken: "复方氨酚烷胺", dose: "1 片", route: "口服", frequency: "bid"},
	{key: "ibuprofen", name: "布洛芬混悬液", spoken: "布洛芬", dose: "10 mL", route: "口服", frequency: "prn"},
	{key: "ibuprofen-child", name: "布洛芬混悬液", spoken: "布洛芬", perKg: 10, max: 400, route: "口服", frequency: "prn"},
	{key: "smectite", name: "蒙脱石散", spoken: "蒙脱石散", dose: "1.5 g", route: "口服", frequency: "tid"},
	{key: "ors", name: "口服补液盐散（III）", spoken: "口服补液盐", dose: "1 袋", route: "口服", frequency: "tid"},
	{key: "probiotic", name: "双歧杆菌三联活菌散", spoken: "双歧杆菌三联活菌", dose: "1 g", route: "口服", frequency: "bid"},
	{key: "zinc", name: "葡萄糖酸锌口服溶液", spoken: "葡萄糖酸锌", dose: "10 mL", route: "口服", frequency: "qd"},
	{key: "butylphthalide", name: "丁苯酞氯化钠注射液", spoken: "丁苯酞", dose: "25 mg", route: "静脉滴注", frequency: "bid"},
	{key: "betahistine", name: "甲磺酸倍他司汀片", spoken: "倍他司汀", dose: "6 mg", route: "口服", frequency: "tid"},
	{key: "mecobalamin", name: "甲钴胺片", spoken: "甲钴胺", dose: "0.5 mg", route: "口服", frequency: "tid"},
	{key: "mannitol", name: "甘露醇注射液", spoken: "甘露醇", dose: "125 mL", route: "静脉滴注", frequency: "q12h"},
	{key: "glargine", name: "甘精胰岛素注射液", spoken: "甘精胰岛素", dose: "14 IU", route: "皮下注射", frequency: "qn"},
	{key: "aspart", name: "门冬胰岛素注射液", spoken: "门冬胰岛素", dose: "6 IU", route: "皮下注射", frequency: "tid ac"},
	{key: "metformin", name: "盐酸二甲双胍片", spoken: "二甲双胍", dose: "0.5 g", route: "口服", frequency: "tid"},
	{key: "celecoxib", name: "塞来昔布胶囊", spoken: "塞来昔布", dose: "200 mg", route: "口服", frequency: "qd", class: sulfonamide},
	{key: "flurbiprofen", name: "氟比洛芬酯注射液", spoken: "氟比洛芬酯", dose: "50 mg", route: "静脉注射", frequency: "bid"},
	{key: "calcium", name: "碳酸钙D3片", spoken: "碳酸钙D3", dose: "0.6 g", route: "口服", frequency: "qd"},
	{key: "oxytocin", name: "缩宫素注射液", spoken: "缩宫素", dose: "10 IU", route: "肌内注射", frequency: "st"},
	{key: "iron", name: "多糖铁复合物胶囊", spoken: "铁剂", dose: "150 mg", route: "口服", frequency: "qd"},
	{key: "misoprostol", name: "米索前列醇片", spoken: "米索前列醇", dose: "0.4 mg", route: "口服", frequency: "st"},
	{key: "tetanus", name: "破伤风人免疫球蛋白", spoken: "破伤风人免疫球蛋白", dose: "250 IU", route: "肌内注射", frequency: "st"},
	{key: "naloxone", name: "盐酸纳洛酮注射液", spoken: "纳洛酮", dose: "0.4 mg", route: "静脉注射", frequency: "st"},
	{key: "glucose-saline", name: "葡萄糖氯化钠注射液", spoken: "葡萄糖补液", dose: "500 mL", route: "静脉滴注", frequency: "st"},
	{key: "vitamin-b1", name: "维生素B1注射液", spoken: "维生素B1", dose: "100 mg", route: "肌内注射", frequency: "st"},
	{key: "crystalloid", name: "乳酸钠林格注射液", spoken: "液体复苏", dose: "1000 mL", route: "静脉滴注", frequency: "st"},
	{key: "norepinephrine", name: "重酒石酸去甲肾上腺素注射液", spoken: "去甲肾上腺素", dose: "8 mg", route: "微量泵入", frequency: "持续"},
	{key: "dexmedetomidine", name: "盐酸右美托咪定注射液", spoken: "右美托咪定", dose: "0.2 mg", route: "微量泵入", frequency: "持续"},
	{key: "entecavir", name: "恩替卡韦片", spoken: "恩替卡韦", dose: "0.5 mg", route: "口服", frequency: "qd"},
	{key: "tenofovir", name: "富马酸替诺福韦二吡呋酯片", spoken: "替诺福韦", dose: "300 mg", route: "口服", frequency: "qd"},
	{key: "lamivudine", name: "拉米夫定片", spoken: "拉米夫定", dose: "300 mg", route: "口服", frequency: "qd"},
	{key: "dolutegravir", name: "多替拉韦钠片", spoken: "多替拉韦", dose: "50 mg", route: "口服", frequency: "qd"},
	{key: "cotrimoxazole", name: "复方磺胺甲噁唑片", spoken: "复方磺胺甲噁唑", dose: "0.96 g", route: "口服", frequency: "tid", class: sulfonamide},
	{key: "isoniazid", name: "异烟肼片", spoken: "异烟肼", dose: "0.3 g", route: "口服", frequency: "qd"},
	{key: "rifampicin", name: "利福平胶囊", spoken: "利福平", dose: "0.45 g", route: "口服", frequency: "qd"},
	{key: "pyrazinamide", name: "吡嗪酰胺片", spoken: "吡嗪酰胺", dose: "1.5 g", route: "口服", frequency: "qd"},
	{key: "ethambutol", name: "盐酸乙胺丁醇片", spoken: "乙胺丁醇", dose: "0.75 g", route: "口服", frequency: "qd"},
	{key: "sertraline", name: "盐酸舍曲林片", spoken: "舍曲林", dose: "50 mg", route: "口服", frequency: "qd"},
	{key: "lorazepam", name: "劳拉西泮片", spoken: "劳拉西泮", dose: "0.5 mg", route: "口服", frequency: "qn"},
	{key: "olanzapine", name: "奥氮平片", spoken: "奥氮平", dose: "10 mg", route: "口服", frequency: "qn"},
	{key: "trihexyphenidyl", name: "盐酸苯海索片", spoken: "苯海索", dose: "2 mg", route: "口服", frequency: "bid"},
	{key: "pemetrexed", name: "注射用培美曲塞二钠", spoken: "培美曲塞", dose: "0.8 g", route: "静脉滴注", frequency: "st"},
	{key: "carboplatin", name: "卡铂注射液", spoken: "卡铂", dose: "450 mg", route: "静脉滴注", frequency: "st"},
	{key: "epirubicin", name: "注射用盐酸表柔比星", spoken: "表柔比星", dose: "140 mg", route: "静脉滴注", frequency: "st"},
	{key: "cyclophosphamide", name: "注射用环磷酰胺", spoken: "环磷酰胺", dose: "0.9 g", route: "静脉滴注", frequency: "st"},
	{key: "dexamethasone", name: "地塞米松磷酸钠注射液", spoken: "地塞米松", dose: "5 mg", route: "静脉注射", frequency: "st"},
	{key: "ondansetron", name: "盐酸昂丹司琼注射液", spoken: "昂丹司琼", dose: "8 mg", route: "静脉注射", frequency: "bid"},
	{key: "folic", name: "叶酸片", spoken: "叶酸", dose: "0.4 mg", route: "口服", frequency: "qd"},
}

func (m medicine) antibacterial() bool { return m.class == betaLactam || m.class == otherAntibio }

func medicineOf(key string) medicine {
	for _, m := range formulary {
		if m.key == key {
			return m
		}
	}
	panic("synth: no such medicine: " + key)
}

// suitable swaps or drops what the patient does not tolerate.
func (m medicine) suitable(allergies []string, child bool) (medicine, bool) {
	for _, allergy := range allergies {
		switch {
		case m.class == betaLactam && (allergy == penicillinAllergy || allergy == cephalosporinAllergy):
			switch {
			case child:
				return medicineOf("azithromycin-child"), true
			case m.route == "口服":
				return medicineOf("metronidazole-oral"), true
			}
			return medicineOf("levofloxacin"), true
		case m.class == sulfonamide && allergy == sulfaAllergy:
			return medicine{}, false
		}
	}
	return m, true
}

func (m medicine) doseFor(weightKg int) string {
	if m.perKg == 0 {
		return m.dose
	}
	mg := min(m.perKg*weightKg, m.max)
	if mg < 1000 {
		return formatScaled(mg, 0) + " mg"
	}
	return formatScaled(mg/100, 1) + " g"
}
