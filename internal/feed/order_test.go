package feed_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/feed"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/order"
)

const (
	orderHead = "医嘱号,病案号,姓名,编码,药品,剂量,单位,途径,频次,状态,开立,变动,执行,执行时间,医师\n"
	stockHead = "编码,药品,药房,状态,数量,单位,变动\n"
)

func ordersOf(code string) feed.Writing {
	fields := columns("number=医嘱号", "patient=病案号", "name=姓名", "code=编码", "item=药品", "dose=剂量", "unit=单位", "route=途径", "frequency=频次", "ordered=开立", "changed=变动", "done=执行时间", "prescriber=医师")
	fields["state"] = feed.Rule{Columns: []string{"状态"}, Codes: map[string]string{"执行中": "active", "停止": "stopped", "完成": "completed"}}
	fields["step"] = feed.Rule{Columns: []string{"执行"}, Codes: map[string]string{"已发药": "dispensed", "已给药": "given"}}
	return feed.Writing{Feed: code + "-orders", Source: code, Shape: feed.Orders, Mapping: feed.Mapping{Connection: "drop", Table: code + "-orders.csv", Fields: fields}}
}

func stockOf(code string) feed.Writing {
	fields := columns("code=编码", "item=药品", "place=药房", "quantity=数量", "unit=单位", "changed=变动")
	fields["state"] = feed.Rule{Columns: []string{"状态"}, Codes: map[string]string{"有货": "in-stock", "偏低": "low", "缺货": "out"}}
	return feed.Writing{Feed: code + "-stock", Source: code, Shape: feed.StockLevels, Mapping: feed.Mapping{Connection: "drop", Table: code + "-stock.csv", Fields: fields}}
}

// at is a moment some minutes ago as the lists write it.
func (o *office) at(minutes int) string {
	return o.Clock.Now().Add(-time.Duration(minutes) * time.Minute).In(time.FixedZone("CST", 8*60*60)).Format("2006-01-02 15:04")
}

// ward is an office with a patient of chen's who is given penicillin and potassium, by
// rules that somebody has approved.
func (o *office) ward() (patientID string) {
	o.T.Helper()
	o.live("his")
	o.mapped(patientsOf("his"))
	o.mapped(visitsOf("his"))
	o.mapped(ordersOf("his"))
	o.mapped(stockOf("his"))
	o.leave("his-patients.csv", patientHead+"M1,李四,男,1960-03-02,,\n")
	o.mustCount(o.runs("his-patients"), 1, 0, 0, 0, 0)
	o.leave("his-visits.csv", "病案号,姓名,就诊号,入院时间,出院时间,科室,床号,主治\n"+"M1,李四,V1,"+o.at(600)+",,0301,12,N-chen\n")
	o.mustCount(o.runs("his-visits"), 1, 0, 0, 0, 0)
	rules, err := order.Starter()
	if err != nil {
		o.T.Fatal(err)
	}
	set, err := o.orders.LoadRules(o.as("affairs"), rules)
	if err != nil {
		o.T.Fatal(err)
	}
	if _, err := o.orders.ApproveRules(o.as("affairs"), set.Number); !errors.Is(err, act.ErrRefused) {
		o.T.Fatalf("whoever loaded the rules approves them: %v", err)
	}
	if _, err := o.orders.ApproveRules(o.as("quality"), set.Number); err != nil {
		o.T.Fatal(err)
	}
	o.leave("his-orders.csv", orderHead+o.row("O1", "J01CE01", "注射用青霉素钠", "执行中", "", "")+o.row("O2", "A12BA01", "氯化钾缓释片", "执行中", "已发药", o.at(5)))
	o.mustCount(o.runs("his-orders"), 2, 0, 0, 0, 0)
	return o.text("SELECT id FROM patient_patient")
}

func (o *office) row(number, code, name, state, step, done string) string {
	return strings.Join([]string{number, "M1", "李四", code, name, "1", "片", "口服", "tid", state, o.at(120), o.at(10), step, done, "N-chen"}, ",") + "\n"
}

// open are the kinds of the conflicts that wait for chen.
func (o *office) conflicts(state string) []order.Clash {
	o.T.Helper()
	l, err := o.orders.Conflicts(o.as("chen"), state, web.Paging{})
	if err != nil {
		o.T.Fatal(err)
	}
	return l.Items
}

func (o *office) tasks() int {
	o.T.Helper()
	return int(o.rows("SELECT COUNT(*) FROM duty_task WHERE kind = $1 AND state = $2 AND person = $3", order.Asked.ID, string(duty.Open), o.people["chen"]))
}

func (o *office) mustMeet(demand string) {
	o.T.Helper()
	for _, c := range o.orders.Checks() {
		for _, d := range c.Demands {
			if d != demand {
				continue
			}
			if f := c.Ask(o.T.Context()); f.Verdict != evidence.Met {
				o.T.Errorf("%s: %s %s (%s)", c.ID, f.Verdict, f.Figure, f.Detail.EN)
			}
		}
	}
}

func TestAnOrderIsShownAsItsSystemSaysWithItsStockAndHowOldThatIs(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patientID := o.ward()
		o.leave("his-stock.csv", stockHead+"J01CE01,注射用青霉素钠,住院药房,有货,40,瓶,"+o.at(3)+"\n")
		o.mustCount(o.runs("his-stock"), 1, 0, 0, 0, 0)
		seen, err := o.orders.OfPatient(o.as("chen"), patientID)
		if err != nil || len(seen.Courses) != 2 {
			t.Fatalf("%+v: %v", seen, err)
		}
		for _, c := range seen.Courses {
			age := seen.Now.Sub(c.Said)
			switch c.Text.Name {
			case "注射用青霉素钠":
				if c.Prescriber != o.people["chen"] || len(c.Stock) != 1 || c.Stock[0].Quantity != "40" || age < 10*time.Minute || age > 20*time.Minute {
					t.Errorf("%+v, %s old", c, age)
				}
			case "氯化钾缓释片":
				if len(c.Steps) != 1 || c.Steps[0].Kind != order.Dispensed || len(c.Stock) != 0 {
					t.Errorf("%+v", c)
				}
			}
		}
		if len(seen.Feeds) != 1 || seen.Feeds[0].Code != "his" || seen.Feeds[0].Late || seen.Feeds[0].SilentMinutes != 60 {
			t.Errorf("%+v", seen.Feeds)
		}
		if _, err := o.orders.OfPatient(o.as("mei"), patientID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("whoever does not treat him: %v", err)
		}
		o.leave("his-orders.csv", orderHead+o.row("O1", "J01CE01", "注射用青霉素钠", "停止", "", "")+o.row("O2", "A12BA01", "氯化钾缓释片", "完成", "已给药", o.at(1)))
		o.mustCount(o.runs("his-orders"), 0, 2, 0, 0, 0)
		if seen, err = o.orders.OfPatient(o.as("chen"), patientID); err != nil || len(seen.Courses) != 1 || seen.Courses[0].State != order.Stopped {
			t.Errorf("after a stop and an end: %+v: %v", seen.Courses, err)
		}
		if states := o.rows("SELECT COUNT(*) FROM record_order WHERE state IN ('stopped', 'completed')"); states != 2 {
			t.Errorf("%d of 2 orders are told as ended", states)
		}
		o.mustMeet("A-016")
	})
}

func TestAStockOutIsAskedOfThePrescriberAndLapsesWhenItIsOver(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ward()
		stock := func(inpatient, outpatient string) {
			o.leave("his-stock.csv", stockHead+"J01CE01,注射用青霉素钠,住院药房,"+inpatient+",0,瓶,"+o.at(0)+"\nJ01CE01,注射用青霉素钠,门诊药房,"+outpatient+",9,瓶,"+o.at(0)+"\n")
			if run := o.runs("his-stock"); run.State != feed.Done || run.Tally.Refused > 0 {
				t.Fatalf("%+v", run)
			}
		}
		stock("缺货", "有货")
		if found := o.conflicts(order.Open); len(found) != 0 {
			t.Fatalf("another pharmacy has it: %+v", found)
		}
		stock("缺货", "缺货")
		found := o.conflicts(order.Open)
		if len(found) != 1 || found[0].Kind != order.StockOut || found[0].Why.Order.Name != "注射用青霉素钠" || len(found[0].Why.Alternatives) == 0 || o.tasks() != 1 {
			t.Fatalf("%+v, %d tasks", found, o.tasks())
		}
		stock("缺货", "偏低")
		if len(o.conflicts(order.Open)) != 0 || len(o.conflicts(order.Lapsed)) != 1 || o.tasks() != 0 {
			t.Error("it is there again, and he is still asked")
		}
		stock("缺货", "缺货")
		found = o.conflicts(order.Open)
		if len(found) != 1 {
			t.Fatal("out again, and nobody is asked")
		}
		o.Clock.Advance(30 * time.Minute)
		if _, err := o.orders.Decide(o.as("chen"), found[0].ID, order.Adjust, " "); err == nil {
			t.Error("decided without a reason")
		}
		if _, err := o.orders.Decide(o.as("mei"), found[0].ID, order.Keep, "不归我管"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("whoever does not treat him decides: %v", err)
		}
		if _, err := o.orders.Decide(o.as("chen"), found[0].ID, order.Adjust, "改用头孢"); err != nil {
			t.Fatal(err)
		}
		if _, err := o.orders.Decide(o.as("chen"), found[0].ID, order.Keep, "再想想"); err == nil {
			t.Error("decided twice")
		}
		told := o.conflicts(order.Decided)
		if len(told) != 1 || told[0].Reason != "改用头孢" || told[0].DecidedBy != o.people["chen"] || told[0].Ended.Sub(told[0].Found) != 30*time.Minute || o.tasks() != 0 {
			t.Errorf("%+v", told)
		}
		o.mustMeet("A-017")
	})
}

func (o *office) says(message string) {
	o.T.Helper()
	o.Clock.Advance(time.Second)
	header := "MSH|^~\\&|HIS|M|MEDWARD|M|" + o.Clock.Now().Format("20060102150405") + "+0000||"
	report, err := o.intake.Import(o.as("sys"), intake.Input{Source: "his", Name: "m.hl7", Reader: strings.NewReader(header + message)}, nil)
	if err != nil || report.Total.Quarantined > 0 {
		o.T.Fatalf("%+v: %v", report, err)
	}
	if err := o.jobs.Settle(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
}

func TestAnAllergyAResultAndAStopAgainstAnActiveOrderAreEachAsked(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ward()
		pid := "PID|1||M1^^^his^MR||李四||19600302|M\r"
		kinds := func() (all []string) {
			for _, c := range o.conflicts(order.Open) {
				all = append(all, c.Kind+" "+c.Why.Cause)
			}
			return all
		}
		o.says("ADT^A08|A1|P|2.5.1||||||UNICODE UTF-8\rEVN|A08|20260301\r" + pid + "PV1|1|I\rAL1|1|DA|^青霉素\r")
		if got := strings.Join(kinds(), ","); got != "allergy 青霉素" {
			t.Fatal(got)
		}
		result := func(id, value string) {
			o.says("ORU^R01|" + id + "|P|2.5.1||||||UNICODE UTF-8\r" + pid + "OBR|1||L" + id + "|24323-8^生化^LN|||" + o.Clock.Now().Format("20060102150405") + "+0000\rOBX|1|NM|2823-3^血钾^LN||" + value + "|mmol/L|3.5-5.3||||F\r")
		}
		result("1", "4.1")
		if len(kinds()) != 1 {
			t.Errorf("a result within bounds: %v", kinds())
		}
		o.Clock.Advance(time.Minute)
		result("2", "6.2")
		if got := strings.Join(kinds(), ","); got != "result 血钾 6.2 mmol/L,allergy 青霉素" {
			t.Error(got)
		}
		o.Clock.Advance(time.Minute)
		result("3", "4.4")
		if got := strings.Join(kinds(), ","); got != "allergy 青霉素" {
			t.Errorf("after a newer result: %s", got)
		}
		now := o.Clock.Now()
		stop, later := now.Format("20060102150405")+"+0000", now.Add(time.Minute).Format("20060102150405")+"+0000"
		o.says("RDE^O11|S1|P|2.5.1||||||UNICODE UTF-8\r" + pid + "ORC|DC|O1|||DC||||" + stop + "|||N-chen\rRXE|^tid|J01CE01^注射用青霉素钠|1||片\r")
		if len(kinds()) != 0 {
			t.Errorf("the order was stopped: %v", kinds())
		}
		o.Clock.Advance(2 * time.Minute)
		o.says("RAS^O17|G1|P|2.5.1||||||UNICODE UTF-8\r" + pid + "ORC|RE|O1\rRXA|0|1|" + later + "||J01CE01^注射用青霉素钠|1|||||||||||||||CP\r")
		if got := strings.Join(kinds(), ","); got != "stopped given" || o.tasks() != 1 {
			t.Errorf("given after it was stopped: %s, %d tasks", got, o.tasks())
		}
		o.mustMeet("A-017")
	})
}

func TestStockThatIsPushedCountsAtOnceAndOlderNewsChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.ward()
		var source string
		err := o.Store.Read(t.Context(), func(r db.Reader) error {
			s, known, err := o.sources.Coded(t.Context(), r, "org-mingzhou", "his")
			if err == nil && !known {
				err = errors.New("no source")
			}
			source = s.ID
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		push := func(state string, minutesAgo int) error {
			err := o.orders.ReportStock(o.Feed(source), []order.Stocked{{Code: "J01CE01", Name: "注射用青霉素钠", Place: "住院药房", State: state, At: o.Clock.Now().Add(-time.Duration(minutesAgo) * time.Minute)}})
			if settled := o.jobs.Settle(t.Context()); settled != nil {
				t.Fatal(settled)
			}
			return err
		}
		if err := push(order.Out, 1); err != nil || len(o.conflicts(order.Open)) != 1 {
			t.Fatalf("out: %v, %+v", err, o.conflicts(order.Open))
		}
		if err := push(order.InStock, 5); err != nil || len(o.conflicts(order.Open)) != 1 {
			t.Errorf("older news: %v", err)
		}
		if err := push("much", 0); err == nil {
			t.Error("a state that is none was taken")
		}
		if err := push(order.InStock, -60); err == nil {
			t.Error("a moment that lies ahead was taken")
		}
		if err := o.orders.ReportStock(o.as("chen"), []order.Stocked{{Code: "X", Name: "X", Place: "X", State: order.Out, At: o.Clock.Now()}}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a person: %v", err)
		}
	})
}

func TestWhoPrescribedIsAskedAlsoWhenHeTreatsThePatientNoMore(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patientID := o.ward()
		o.leave("his-orders.csv", orderHead+strings.ReplaceAll(o.row("O3", "B01AA03", "华法林钠片", "执行中", "", ""), "N-chen", "N-mei"))
		o.runs("his-orders")
		o.leave("his-stock.csv", stockHead+"B01AA03,华法林钠片,住院药房,缺货,0,片,"+o.at(0)+"\n")
		o.runs("his-stock")
		mine, err := o.orders.Conflicts(o.as("mei"), order.Open, web.Paging{})
		if err != nil || len(mine.Items) != 1 || mine.Items[0].Why.Order.Name != "华法林钠片" {
			t.Fatalf("%+v: %v", mine.Items, err)
		}
		if _, err := o.orders.OfPatient(o.as("mei"), patientID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the other orders of the patient: %v", err)
		}
		if _, err := o.orders.Decide(o.as("mei"), mine.Items[0].ID, order.Keep, "已联系备用药房"); err != nil {
			t.Error(err)
		}
	})
}

const ordersInFHIR = `{"resourceType":"Bundle","type":"collection","entry":[
 {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000001","resource":{"resourceType":"Patient","name":[{"text":"赵六"}],"gender":"male","birthDate":"1971-05-06"}},
 {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000002","resource":{"resourceType":"MedicationRequest","identifier":[{"value":"F1"}],"status":"active","intent":"order",
  "medicationCodeableConcept":{"coding":[{"system":"http://www.whocc.no/atc","code":"J01CE01"}],"text":"青霉素"},"subject":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000001"},"authoredOn":"2026-03-01T08:00:00+08:00",
  "requester":{"identifier":{"value":"N-chen"},"display":"chen"}}},
 {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000003","resource":{"resourceType":"MedicationAdministration","status":"completed","medicationCodeableConcept":{"text":"青霉素"},
  "subject":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000001"},"effectiveDateTime":"2026-03-01T09:00:00+08:00","request":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000002"}}},
 {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000004","resource":{"resourceType":"MedicationDispense","status":"completed","medicationCodeableConcept":{"text":"青霉素"},
  "subject":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000001"},"whenHandedOver":"2026-03-01T08:30:00+08:00","authorizingPrescription":[{"identifier":{"value":"F1"}}]}}]}`

func TestAnOrderInFHIRIsFollowedWithWhatWasDoneOnIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("his")
		report, err := o.intake.Import(o.as("sys"), intake.Input{Source: "his", Name: "orders.json", Reader: strings.NewReader(ordersInFHIR)}, nil)
		if err != nil || report.Total.Quarantined > 0 {
			t.Fatalf("%+v: %v", report, err)
		}
		if err := o.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		courses := o.rows("SELECT COUNT(*) FROM order_course WHERE state = $1 AND prescriber = $2 AND kind = 'drug'", order.Active, o.people["chen"])
		steps := o.rows("SELECT COUNT(*) FROM order_step s WHERE EXISTS (SELECT 1 FROM order_course c WHERE c.org = s.org AND c.id = s.course)")
		if courses != 1 || steps != 2 {
			t.Errorf("%d courses, %d of 2 steps", courses, steps)
		}
	})
}

func TestASourceThatLagsBeyondItsThresholdIsTold(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patientID := o.ward()
		o.Clock.Advance(2 * time.Hour)
		seen, err := o.orders.OfPatient(o.as("chen"), patientID)
		if err != nil || len(seen.Feeds) != 1 || !seen.Feeds[0].Late {
			t.Fatalf("%+v: %v", seen.Feeds, err)
		}
		watched := func() evidence.Verdict { return o.orders.Checks()[0].Ask(t.Context()).Verdict }
		if watched() != evidence.NotMet {
			t.Error("nobody was told, and the check is met")
		}
		if err := o.sources.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if watched() != evidence.Met {
			t.Error("its owner was told, and the check is not met")
		}
	})
}
