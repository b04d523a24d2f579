package feed_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/feed"
)

const requestHead = "单号,病案号,姓名,类型,申请时间,安排,状态,执行科室,执行人,申请人\n"

func requestsOf(code string) feed.Writing {
	fields := columns("number=单号", "patient=病案号", "name=姓名", "asked=申请时间", "planned=安排", "department=执行科室", "performer=执行人", "asker=申请人")
	fields["kind"] = feed.Rule{Columns: []string{"类型"}, Codes: map[string]string{"检验": "laboratory", "会诊": "consultation"}}
	fields["state"] = feed.Rule{Columns: []string{"状态"}, Codes: map[string]string{"待执行": "open", "已报告": "done", "撤销": "called-off"}}
	return feed.Writing{Feed: code + "-requests", Source: code, Shape: feed.Requests, Mapping: feed.Mapping{Connection: "drop", Table: code + "-requests.csv", Fields: fields}}
}

func (o *office) open(kind string) int64 {
	o.T.Helper()
	return o.rows("SELECT COUNT(*) FROM patient_requisition WHERE kind = $1 AND closed IS NULL", kind)
}

// text is the one text that a query answers.
func (o *office) text(sql string) (found string) {
	o.T.Helper()
	err := o.Store.Read(o.T.Context(), func(r db.Reader) error {
		rows, err := r.Query(o.T.Context(), sql)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&found); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return found
}

func TestARequestBringsWhomItNamesUntilItIsDone(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("his")
		o.mapped(patientsOf("his"))
		o.leave("his-patients.csv", patientHead+"M1,李四,男,1960-03-02,,\n")
		o.mustCount(o.runs("his-patients"), 1, 0, 0, 0, 0)
		o.mapped(requestsOf("his"))
		now, zone := o.Clock.Now(), time.FixedZone("CST", 8*60*60)
		day := func(days int) string { return now.AddDate(0, 0, days).In(zone).Format("2006-01-02 15:04") }
		row := func(number, kind, state, performer string) string {
			return fmt.Sprintf("%s,M1,李四,%s,%s,%s,%s,0301,%s,N-mei\n", number, kind, day(-1), day(2), state, performer)
		}
		o.leave("his-requests.csv", requestHead+row("Q1", "会诊", "待执行", "N-chen")+row("Q2", "检验", "待执行", "")+row("Q3", "会诊", "待执行", "N-sys"))
		run := o.runs("his-requests")
		o.mustCount(run, 3, 0, 0, 0, 0)
		if got := o.findings(run); got != "Q3:own:performer" {
			t.Errorf("%s", got)
		}
		if patients, asked := o.Count("patient_patient"), o.open("consultation"); patients != 1 || asked != 2 || o.open("laboratory") != 1 {
			t.Errorf("%d patients, %d consultations", patients, asked)
		}
		id := o.text("SELECT id FROM patient_patient")
		elsewhere := func() error {
			_, err := o.patients.View(o.Person(o.people["chen"], []string{"elsewhere"}, 3, "attending"), id)
			return err
		}
		if err := elsewhere(); err != nil {
			t.Errorf("whom a consultation names: %v", err)
		}
		o.leave("his-requests.csv", requestHead+row("Q1", "会诊", "已报告", "N-chen")+row("Q2", "检验", "撤销", "")+row("Q3", "会诊", "待执行", "N-sys"))
		o.mustCount(o.runs("his-requests"), 0, 2, 1, 0, 0)
		if consultations, tests := o.open("consultation"), o.open("laboratory"); consultations != 1 || tests != 0 {
			t.Errorf("%d consultations, %d tests", consultations, tests)
		}
		o.Clock.Advance(48 * time.Hour)
		if err := elsewhere(); !errors.Is(err, act.ErrRefused) {
			t.Errorf("two days after the answer: %v", err)
		}
	})
}

func TestAnOperationListBringsTheTeamInItsRoles(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("his")
		fields := columns("number=手术号", "patient=病案号", "name=姓名", "planned=时间", "surgeon=主刀", "anaesthetist=麻醉")
		fields["state"] = feed.Rule{Columns: []string{"状态"}, Codes: map[string]string{"已排": "open", "取消": "called-off"}}
		fields["department"] = feed.Rule{Constant: "0301"}
		o.mapped(feed.Writing{Feed: "his-operations", Source: "his", Shape: feed.Operations, Mapping: feed.Mapping{Connection: "drop", Table: "operations.csv", Fields: fields}})
		const head = "手术号,病案号,姓名,时间,主刀,麻醉,状态\n"
		tomorrow := o.Clock.Now().AddDate(0, 0, 1).In(time.FixedZone("CST", 8*60*60)).Format("2006-01-02 15:04")
		o.leave("operations.csv", head+"O1,M1,李四,"+tomorrow+",N-chen,N-mei,已排\nO2,M2,王五,2099-01-01 08:00,N-chen,N-mei,已排\n")
		run := o.runs("his-operations")
		o.mustCount(run, 1, 0, 0, 1, 0)
		if got := o.findings(run); got != "O2:future:planned" {
			t.Errorf("%s", got)
		}
		surgeons, anaesthetists := o.rows("SELECT COUNT(*) FROM patient_performer WHERE role = 'surgeon'"), o.rows("SELECT COUNT(*) FROM patient_performer WHERE role = 'anaesthetist'")
		if surgeons != 1 || anaesthetists != 1 || o.open("operation") != 1 {
			t.Errorf("%d surgeons, %d anaesthetists, %d operations", surgeons, anaesthetists, o.open("operation"))
		}
		o.leave("operations.csv", head+"O1,M1,李四,"+tomorrow+",N-chen,N-mei,取消\n")
		o.mustCount(o.runs("his-operations"), 0, 1, 0, 0, 0)
		if o.open("operation") != 0 {
			t.Error("an operation that was called off is open")
		}
	})
}
