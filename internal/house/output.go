package house

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// outputs is the room of what leaves.
func (h *House) outputs(address string) *output.Room {
	return output.New(output.Options{
		Door: h.Door, Patients: h.Patients, Records: h.Records, Duty: h.Duty, Staff: h.Staff, Vault: h.Vault, Jobs: h.Jobs, Org: h.Birth.Org, House: h.Birth.NameZH, Address: address,
		Fonts: []string{filepath.Join(h.Place.Folder, "font.ttf")}, Bonds: bonds, Live: h.Identity.StillPresent, Alarm: h.alarm,
	})
}

// lists are what can be exported: each as the list on the screen gives it.
func (h *House) lists() []output.Source {
	return []output.Source{h.patientList(), h.ledgerList(), h.grantList(), h.reasonList(), h.staffList(), h.inboxList(), h.sourceList(), h.recipientList(), h.sendingList(), h.debarmentList(), h.matrixList(), h.figuresList(), h.handoverList(), h.handoverDifferenceList(), h.bulkPatients()}
}

func column(id, zh, en string) output.Column {
	return output.Column{ID: id, Name: fault.Text{ZH: zh, EN: en}}
}

func masked(id, zh, en string) output.Column {
	c := column(id, zh, en)
	c.Sensitive = true
	return c
}

// onPaper is a time as a list shows it.
func onPaper(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006-01-02 15:04")
}

func nameOf(names map[string]staff.Name, person string) string {
	if name, known := names[person]; known {
		return name.Number + " " + name.ZH
	}
	return person
}

func (h *House) patientList() output.Source {
	return output.Source{
		ID: "patients", Name: fault.Text{ZH: "患者清单", EN: "Patients"}, Patients: true, Filters: []string{"text", "scope", "open"},
		Columns: []output.Column{
			masked("name", "姓名", "Name"), column("sex", "性别", "Sex"), column("age", "年龄", "Age"), masked("recordNumber", "病案号", "Record number"),
			column("level", "级别", "Level"), column("department", "科室", "Department"), column("since", "入院时间", "Since"), column("attending", "主管医师", "Attending"),
		},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			scope := filter["scope"]
			if scope == "" {
				scope = patient.Everybody
			}
			page, err := h.Patients.Search(ctx, patient.Query{Text: filter["text"], Scope: scope, Open: filter["open"] == "true", Cursor: cursor, Limit: limit})
			rows := output.Rows{Next: page.Next}
			for _, p := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Patient: p.ID, Cells: []string{
					p.Name, p.Sex, strconv.Itoa(p.Age), p.RecordNumber, strconv.Itoa(p.Level), p.Encounter.Department, onPaper(p.Encounter.Since), p.Attending.ZH,
				}})
			}
			return rows, err
		},
	}
}

func (h *House) ledgerList() output.Source {
	return output.Source{
		ID: "ledger", Name: fault.Text{ZH: "使用记录", EN: "Account of use"}, Filters: []string{"patient", "actor", "verb", "outcome", "tie", "kind", "object", "from", "to"},
		Columns: []output.Column{
			column("at", "时间", "At"), column("who", "人员", "Who"), column("verb", "操作", "Act"), column("outcome", "结果", "Outcome"),
			column("purpose", "目的", "Purpose"), column("tie", "依据", "Tie"), masked("patient", "患者", "Patient"), column("entry", "记录号", "Entry"),
		},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			q, err := ledgerQuery(filter)
			if err != nil {
				return output.Rows{}, err
			}
			q.Limit = limit
			if cursor != "" {
				after, err := strconv.ParseInt(cursor, 10, 64)
				if err != nil {
					return output.Rows{}, err
				}
				q.After = ledger.Cursor(after)
			}
			page, err := h.Console.Search(ctx, q)
			rows := output.Rows{}
			if page.Next != 0 {
				rows.Next = strconv.FormatInt(int64(page.Next), 10)
			}
			for _, l := range page.Lines {
				rows.Rows = append(rows.Rows, output.Row{Patient: l.Patient, Cells: []string{
					onPaper(l.At), nameOf(page.People, l.Actor), l.Verb, l.Outcome, l.Purpose, l.Tie, l.Patient, l.ID,
				}})
			}
			return rows, err
		},
	}
}

// ledgerQuery is what the page of the ledger asks: verbs with commas between them, days
// as those of the hospital, the last one included.
func ledgerQuery(filter map[string]string) (ledger.Query, error) {
	q := ledger.Query{
		Patient: filter["patient"], Actor: filter["actor"], Outcome: filter["outcome"], Tie: filter["tie"], Kind: filter["kind"], Object: filter["object"],
	}
	if filter["verb"] != "" {
		q.Verbs = strings.Split(filter["verb"], ",")
	}
	var err error
	if from := filter["from"]; from != "" {
		if q.From, err = time.ParseInLocation(time.DateOnly, from, calendar.Zone); err != nil {
			return q, fmt.Errorf("filter from: %w", err)
		}
	}
	if to := filter["to"]; to != "" {
		if q.To, err = time.ParseInLocation(time.DateOnly, to, calendar.Zone); err != nil {
			return q, fmt.Errorf("filter to: %w", err)
		}
		q.To = q.To.AddDate(0, 0, 1)
	}
	return q, nil
}

func (h *House) grantList() output.Source {
	return output.Source{
		ID: "grants", Name: fault.Text{ZH: "授权清单", EN: "Grants"}, Filters: []string{"live"},
		Columns: []output.Column{
			column("person", "被授权人", "Person"), masked("patient", "患者", "Patient"), column("department", "科室", "Department"), column("purpose", "目的", "Purpose"),
			column("since", "开始", "Since"), column("until", "截止", "Until"), column("state", "状态", "State"), column("cause", "终止原因", "Cause"),
		},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			page, err := h.Access.Grants(ctx, filter["live"] == "true", cursor, limit)
			rows := output.Rows{Next: page.Next}
			for _, g := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Patient: g.Patient, Cells: []string{
					nameOf(g.Names, g.Person), g.Patient, g.Department, g.Scope.Purpose, onPaper(g.Since), onPaper(g.Until), g.State, g.Cause,
				}})
			}
			return rows, err
		},
	}
}

func (h *House) reasonList() output.Source {
	return output.Source{
		ID: "reasons", Name: fault.Text{ZH: "自述理由和紧急调阅", EN: "Stated reasons and break-glass"}, Filters: []string{"waiting"},
		Columns: []output.Column{
			column("since", "时间", "Since"), column("person", "人员", "Person"), masked("patient", "患者", "Patient"), column("kind", "种类", "Kind"),
			column("choice", "理由", "Choice"), column("reviewBy", "复核期限", "Review by"), column("verdict", "结论", "Verdict"),
		},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			page, err := h.Access.List(ctx, filter["waiting"] == "true", cursor, limit)
			rows := output.Rows{Next: page.Next}
			for _, r := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Patient: r.Patient, Cells: []string{
					onPaper(r.Since), r.Who.Number + " " + r.Who.ZH, r.Patient, r.Kind, r.Choice, onPaper(r.ReviewBy), r.Verdict,
				}})
			}
			return rows, err
		},
	}
}

func (h *House) staffList() output.Source {
	return output.Source{
		ID: "staff", Name: fault.Text{ZH: "人员名录", EN: "Staff"}, Filters: []string{"department", "role", "text"},
		Columns: []output.Column{
			column("number", "工号", "Number"), column("name", "姓名", "Name"), column("category", "类别", "Category"), column("roles", "岗位", "Roles"),
		},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			page, err := h.Staff.ListPeople(ctx, staff.PeopleFilter{Department: filter["department"], Role: filter["role"], Text: filter["text"]}, cursor, limit, 0)
			rows := output.Rows{Next: page.Next}
			for _, p := range page.Items {
				roles := make([]string, len(p.Appointments))
				for i, a := range p.Appointments {
					roles[i] = a.Role
				}
				rows.Rows = append(rows.Rows, output.Row{Cells: []string{p.Number, p.NameZH, string(p.Category), strings.Join(roles, " ")}})
			}
			return rows, err
		},
	}
}

func (h *House) inboxList() output.Source {
	return output.Source{
		ID: "inbox", Name: fault.Text{ZH: "我的待办", EN: "My tasks"}, Filters: []string{"box"},
		Columns: []output.Column{
			column("title", "事项", "Task"), column("who", "办理人", "Who"), column("opened", "开始", "Opened"), column("deadline", "期限", "Deadline"),
			column("state", "状态", "State"), column("closed", "办结", "Closed"),
		},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			box := duty.Box(filter["box"])
			if box == "" {
				box = duty.BoxTodo
			}
			page, err := h.Duty.Inbox(ctx, duty.InboxFilter{Box: box}, cursor, limit)
			rows := output.Rows{Next: page.Next}
			for _, item := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Patient: item.Patient, Cells: []string{
					item.Title.ZH, item.Who.ZH, onPaper(item.Opened), onPaper(item.Deadline), string(item.State), onPaper(item.Closed),
				}})
			}
			return rows, err
		},
	}
}
