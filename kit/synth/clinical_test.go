package synth

import (
	"regexp"
	"strings"
	"testing"
)

func TestEveryConditionIsWhole(t *testing.T) {
	for _, c := range conditions {
		for part, text := range map[string]string{
			"complaint": c.complaint, "history": c.history, "exam": c.exam, "features": c.features,
			"differential": c.differential, "plan": c.plan, "visit": c.visit, "round": c.round,
			"early course": c.course[0], "middle course": c.course[1], "late course": c.course[2],
			"nursing": c.nursing, "advice": c.advice, "follow": c.follow, "outcome": c.outcome,
			"diet": c.diet, "grade": c.grade, "drugs": c.drugs,
		} {
			if text == "" {
				t.Errorf("%s has no %s", c.key, part)
			}
		}
	}
}

func TestNoPatternShowsThrough(t *testing.T) {
	leftover := regexp.MustCompile(`[\[\]{}|;]|。。|，，|，。|；。|：。`)
	for _, seed := range []uint64{1, 2, 3} {
		for _, d := range New(seed, Options{Patients: 480}).Documents {
			for _, s := range d.Sections {
				if at := leftover.FindStringIndex(s.Text); at != nil {
					t.Errorf("seed %d %s %s: …%s", seed, d.Key, s.Title, s.Text[max(at[0]-30, 0):min(at[1]+30, len(s.Text))])
				}
				if strings.TrimSpace(s.Text) == "" {
					t.Errorf("seed %d %s: %s is empty", seed, d.Key, s.Title)
				}
			}
		}
	}
}

func TestHistoriesDoNotReadAlike(t *testing.T) {
	seen := make(map[string]int)
	total := 0
	for _, d := range defaultHospital.Documents {
		if d.Kind != "C0034" {
			continue
		}
		total++
		for _, s := range d.Sections {
			if s.Key == "present-illness" {
				seen[s.Text]++
			}
		}
	}
	if total == 0 || len(seen)*100 < total*95 {
		t.Errorf("%d different histories in %d admissions", len(seen), total)
	}
}

func TestFlagsFollowTheRanges(t *testing.T) {
	checked := 0
	for _, report := range defaultHospital.LabReports {
		for _, r := range report.Results {
			places := decimals(r.Value)
			value, isNumber := parseScaled(r.Value, places)
			if !isNumber || r.High == "" {
				continue
			}
			low, _ := parseScaled(orElse(r.Low, "0"), places)
			high, _ := parseScaled(r.High, places)
			want := ""
			switch {
			case value < low:
				want = "L"
			case value > high:
				want = "H"
			}
			if got := strings.TrimSuffix(string(r.Flag), string(r.Flag)[min(1, len(r.Flag)):]); got != want {
				t.Errorf("%s: %s %s of %s is flagged %q", report.Key, r.Code, r.Value, r.Reference, r.Flag)
			}
			checked++
		}
	}
	if checked < 10_000 {
		t.Errorf("only %d results checked", checked)
	}
}

func TestBloodCountsAddUp(t *testing.T) {
	for _, report := range defaultHospital.LabReports {
		if report.Panel != "cbc" {
			continue
		}
		sum := 0
		for _, r := range report.Results {
			switch r.Code {
			case "NEUT%", "LYM%", "MONO%", "EO%", "BASO%":
				share, _ := parseScaled(r.Value, 1)
				sum += share
			}
		}
		if sum != 1000 {
			t.Errorf("%s adds up to %s %%", report.Key, formatScaled(sum, 1))
		}
	}
}

// What a diagnosis rests on must be abnormal on admission.
func TestLabsShowTheDiagnosis(t *testing.T) {
	telling := map[string]string{
		"社区获得性肺炎": "WBC", "急性阑尾炎": "WBC", "2型糖尿病": "GLU", "肝硬化失代偿期": "ALB", "脓毒症": "LAC",
		"慢性心力衰竭急性加重": "BNP", "急性前壁ST段抬高型心肌梗死": "cTnI", "慢性乙型病毒性肝炎": "ALT", "人类免疫缺陷病毒病": "CD4", "十二指肠溃疡伴出血": "HGB",
	}
	h := New(2, Options{Patients: 640})
	diagnosis := make(map[string]string)
	for _, e := range h.Encounters {
		if e.Class == Inpatient {
			diagnosis[e.Key] = e.Diagnoses[0].Name
		}
	}
	seen := make(map[string]bool)
	for _, report := range h.LabReports {
		code := telling[diagnosis[report.Encounter]]
		for _, r := range report.Results {
			if code == "" || r.Code != code || seen[report.Encounter] {
				continue
			}
			seen[report.Encounter] = true
			if r.Flag == FlagNormal {
				t.Errorf("%s with normal %s %s", diagnosis[report.Encounter], code, r.Value)
			}
		}
	}
	if len(seen) < 40 {
		t.Errorf("only %d admissions looked at", len(seen))
	}
}

func TestNobodyGetsWhatTheyAreAllergicTo(t *testing.T) {
	h := largeHospital()
	allergies := make(map[string]string)
	for _, p := range h.Patients {
		allergies[p.Key] = strings.Join(p.Allergies, " ")
	}
	for _, o := range h.Orders {
		if o.Kind != OrderDrug {
			continue
		}
		for _, word := range []string{"头孢", "培南", "西林"} {
			if strings.Contains(o.Text, word) && (strings.Contains(allergies[o.Patient], penicillinAllergy) || strings.Contains(allergies[o.Patient], cephalosporinAllergy)) {
				t.Errorf("%s orders %s against %s", o.Key, o.Text, allergies[o.Patient])
			}
		}
		if strings.Contains(o.Text, "磺胺") && strings.Contains(allergies[o.Patient], sulfaAllergy) {
			t.Errorf("%s orders %s against %s", o.Key, o.Text, allergies[o.Patient])
		}
		if o.Dose == "" || o.Route == "" || o.Frequency == "" {
			t.Errorf("%s lacks dose, route or frequency: %+v", o.Key, o)
		}
	}
}

func TestPhrase(t *testing.T) {
	s := newStream(1, "phrase", 0)
	seen := make(map[string]bool)
	for range 200 {
		seen[s.say("{甲|乙{丙|}}[1-2][x]", facts{"x": "尾"})] = true
	}
	for _, want := range []string{"甲1尾", "甲2尾", "乙丙1尾", "乙丙2尾", "乙1尾", "乙2尾"} {
		if !seen[want] {
			t.Errorf("never says %s", want)
		}
	}
	if len(seen) != 6 {
		t.Errorf("says %v", seen)
	}
	if got := s.say("[1.20-1.20]与[缺]", nil); got != "1.20与[缺]" {
		t.Errorf("says %s", got)
	}
}
