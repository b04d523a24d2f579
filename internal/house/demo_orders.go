package house

import (
	"context"
	"fmt"
	"strings"

	feeds "github.com/medward/medward/internal/feed"
	"github.com/medward/medward/internal/order"
	"github.com/medward/medward/kit/synth"
)

// settleOrders puts the rules of conflicts that come with the program into force: medical
// affairs loads them, and the quality office approves them.
func (s *settler) settleOrders(ctx context.Context) error {
	rules, err := order.Starter()
	if err != nil {
		return err
	}
	set, err := s.house.Orders.LoadRules(s.as(ctx, s.anybody(synth.MedicalAffairs), "management"), rules)
	if err != nil {
		return err
	}
	_, err = s.house.Orders.ApproveRules(s.as(ctx, s.anybody(synth.Quality), "quality"), set.Number)
	return err
}

// orders writes which drugs those who lie in the hospital are given, and what two
// pharmacies have of them: every seventh drug is out in both.
func (a *abroad) orders(b *strings.Builder, of map[string]synth.Patient) {
	b.WriteString("CREATE TABLE drug_order (no VARCHAR(20), patient VARCHAR(20), name VARCHAR(40), code VARCHAR(20), item VARCHAR(80), dose VARCHAR(40), route VARCHAR(40), freq VARCHAR(20), state VARCHAR(10), ordered VARCHAR(20), changed VARCHAR(20), prescriber VARCHAR(20));\n" +
		"CREATE TABLE drug_stock (code VARCHAR(20), item VARCHAR(80), place VARCHAR(40), state VARCHAR(10), quantity VARCHAR(20), changed VARCHAR(20));\n")
	lying, numbers, codes := map[string]bool{}, a.staffNumbers(), map[string]string{}
	for _, e := range a.hospital.Encounters {
		lying[e.Key] = e.Open() && e.Class == synth.Inpatient
	}
	for i, o := range a.hospital.Orders {
		p, ours := of[o.Patient]
		if !ours || !lying[o.Encounter] || o.Kind != synth.OrderDrug || o.Stop != nil {
			continue
		}
		if codes[o.Text] == "" {
			codes[o.Text] = fmt.Sprintf("Y%04d", len(codes)+1)
		}
		fmt.Fprintf(b, "INSERT INTO drug_order VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '执行中', %s, %s, %s);\n", quoted(fmt.Sprintf("D%07d", i)), quoted("H"+p.RecordNumber), quoted(p.Name.Full),
			quoted(codes[o.Text]), quoted(o.Text), quoted(o.Dose), quoted(o.Route), quoted(o.Frequency), quoted(stamped(o.Begin)), quoted(stamped(o.Begin)), quoted(numbers[o.OrderedBy]))
	}
	for item, code := range codes {
		for n, place := range []string{"住院药房", "门诊药房"} {
			state, quantity := "有货", "200"
			switch {
			case strings.HasSuffix(code, "7"):
				state, quantity = "缺货", "0"
			case strings.HasSuffix(code, "4") && n == 0:
				state, quantity = "偏低", "6"
			}
			fmt.Fprintf(b, "INSERT INTO drug_stock VALUES (%s, %s, %s, %s, %s, %s);\n", quoted(code), quoted(item), quoted(place), quoted(state), quoted(quantity), quoted(stamped(a.hospital.Anchor)))
		}
	}
	b.WriteString("CREATE VIEW v_order AS SELECT * FROM drug_order;\nCREATE VIEW v_stock AS SELECT * FROM drug_stock;\n")
}

func (a *abroad) orderMappings(column func(names ...string) feeds.Rule) {
	for _, system := range []string{"his", "branch"} {
		a.mapping(system, feeds.Orders, feeds.Mapping{Connection: system, Table: "v_order", EveryMinutes: 1, Fields: map[string]feeds.Rule{
			"number": column("no"), "patient": column("patient"), "name": column("name"), "code": column("code"), "item": column("item"), "dose": column("dose"), "route": column("route"),
			"frequency": column("freq"), "ordered": column("ordered"), "changed": column("changed"), "prescriber": column("prescriber"),
			"state": {Columns: []string{"state"}, Codes: map[string]string{"执行中": "active", "暂停": "on-hold", "停止": "stopped", "完成": "completed"}},
		}})
		a.mapping(system, feeds.StockLevels, feeds.Mapping{Connection: system, Table: "v_stock", EveryMinutes: 1, Fields: map[string]feeds.Rule{
			"code": column("code"), "item": column("item"), "place": column("place"), "quantity": column("quantity"), "changed": column("changed"),
			"state": {Columns: []string{"state"}, Codes: map[string]string{"有货": "in-stock", "偏低": "low", "缺货": "out"}},
		}})
	}
}
