package record

import (
	"regexp"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/fault"
)

// SensitiveLevel is the lowest level of a document that tells of a sensitive history:
// hidden outside the team that treats (B-014).
const SensitiveLevel = 4

// SensitiveKind is a kind of history that needs special protection.
type SensitiveKind string

// The kinds of sensitive history.
const (
	Infectious   SensitiveKind = "infectious"   // infections that people are shunned for
	Genetic      SensitiveKind = "genetic"      // what relatives share
	Psychiatric  SensitiveKind = "psychiatric"  //
	Reproductive SensitiveKind = "reproductive" // abortion, infertility
	Confidential SensitiveKind = "confidential" // whatever else was told in confidence; only by hand
)

// SensitiveKinds are the kinds in the order in which people are shown them.
var SensitiveKinds = []SensitiveKind{Infectious, Genetic, Psychiatric, Reproductive, Confidential}

// signs are by what a kind is told: codes of ICD-10, words of a diagnosis, and titles of
// the section that takes the history.
var signs = []struct {
	kind    SensitiveKind
	codes   []string // from-to, three characters each
	words   []string // in lower case
	history []string
}{
	{
		Infectious, []string{"A50-A64", "B20-B24", "R75-R75", "Z21-Z21"},
		[]string{"艾滋", "人类免疫缺陷病毒", "hiv", "梅毒", "淋病", "尖锐湿疣", "生殖器疱疹", "syphilis", "gonorrh", "human immunodeficiency"},
		[]string{"传染病史", "性病史", "冶游史"},
	},
	{
		Genetic, []string{"D56-D58", "D66-D67", "E70-E72", "E74-E76", "E84-E84", "G10-G10", "G71-G71", "Q90-Q99"},
		[]string{"地中海贫血", "血友病", "苯丙酮尿症", "唐氏综合征", "三体综合征", "亨廷顿", "肌营养不良", "囊性纤维化", "thalass", "haemophilia", "hemophilia", "huntington", "cystic fibrosis", "down syndrome"},
		[]string{"遗传病史", "家族遗传病史"},
	},
	{
		Psychiatric, []string{"F11-F16", "F18-F50", "F52-F99"},
		[]string{"精神分裂", "分裂情感", "双相情感", "双相障碍", "躁狂", "抑郁发作", "抑郁症", "强迫症", "焦虑障碍", "人格障碍", "进食障碍", "schizo", "bipolar", "depressive", "psychosis"},
		[]string{"精神病史", "精神疾病史", "精神障碍史"},
	},
	{
		Reproductive, []string{"N97-N97", "O04-O07", "Z31-Z31"},
		[]string{"人工流产", "药物流产", "不孕症", "不育症", "induced abortion", "infertility"},
		nil,
	},
}

var (
	icd = regexp.MustCompile(`\b([A-Z]\d{2})(?:\.[0-9A-Za-z]+)?\b`)

	// weighed are sections that weigh diagnoses against each other: what they name is
	// mostly what the patient has not.
	weighed = []string{"鉴别", "依据", "differential", "basis"}
	denials = []string{"否认", "无", "未见", "未发现", "排除", "不详", "none", "denies", "no "}
)

// SensitiveIn tells which kinds of sensitive history a content states: by the codes and
// words of its diagnoses, and by sections that take such a history and do not deny it.
// What running text mentions is left to whoever writes.
func SensitiveIn(c Content) []SensitiveKind {
	var found []SensitiveKind
	for _, s := range c.Sections {
		for _, sign := range signs {
			stated := isDiagnosis(s) && (codesBetween(s.Text, sign.codes) || namedIn(s.Text, sign.words)) ||
				slices.Contains(sign.history, strings.TrimSpace(s.Title)) && !denies(s.Text)
			if stated && !slices.Contains(found, sign.kind) {
				found = append(found, sign.kind)
			}
		}
	}
	return found
}

func isDiagnosis(s Section) bool {
	name := strings.ToLower(s.Key + " " + s.Title)
	if slices.ContainsFunc(weighed, func(w string) bool { return strings.Contains(name, w) }) {
		return false
	}
	return strings.Contains(name, "诊断") || strings.Contains(name, "diagnos")
}

func codesBetween(text string, ranges []string) bool {
	for _, code := range icd.FindAllStringSubmatch(text, -1) {
		for _, r := range ranges {
			if from, to, _ := strings.Cut(r, "-"); code[1] >= from && code[1] <= to {
				return true
			}
		}
	}
	return false
}

// namedIn reports whether a line of diagnoses names one of some words and does not
// begin with a denial.
func namedIn(text string, words []string) bool {
	for clause := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune("\n。；;，,", r) }) {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(clause, w) }) && !denies(strings.TrimLeft(clause, "0123456789. 、)）")) {
			return true
		}
	}
	return false
}

// denies reports whether a text says that there is nothing. An empty one says nothing at all.
func denies(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	return text == "" || slices.ContainsFunc(denials, func(d string) bool { return strings.HasPrefix(text, d) })
}

func checkKinds(e *fault.Error, path string, kinds []SensitiveKind) {
	for _, k := range kinds {
		if !slices.Contains(SensitiveKinds, k) {
			e.At(path, text("敏感类别应为 infectious、genetic、psychiatric、reproductive 或 confidential", "a sensitive kind is infectious, genetic, psychiatric, reproductive or confidential"))
			return
		}
	}
}

// among returns the kinds in the order of the list, each once.
func among(kinds ...SensitiveKind) []SensitiveKind {
	var ordered []SensitiveKind
	for _, k := range SensitiveKinds {
		if slices.Contains(kinds, k) {
			ordered = append(ordered, k)
		}
	}
	return ordered
}
