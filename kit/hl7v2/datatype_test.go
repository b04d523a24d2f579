package hl7v2

import (
	"testing"
	"time"
)

func TestDataTypesReadTheirParts(t *testing.T) {
	m := mustParse(t, admission)
	id := m.Get("PID-3(1)").CX()
	if id.ID != "0001837" || id.Type != "MR" || id.Authority != (HD{"HIS", "2.16.156.1.1", "ISO"}) {
		t.Errorf("identifier %+v", id)
	}
	var ids []string
	for _, repetition := range m.Get("PID-3").Repetitions() {
		ids = append(ids, repetition.CX().Type)
	}
	if len(ids) != 2 || ids[1] != "NI" {
		t.Errorf("identifier types %v", ids)
	}
	name := m.Get("PID-5").XPN()
	if name.Family != "欧阳" || name.Given != "思远" || name.Type != "L" || name.Representation != "I" || name.Display() != "欧阳思远" {
		t.Errorf("name %+v", name)
	}
	address := m.Get("PID-11").XAD()
	if address.Street != "建设路18号" || address.City != "石家庄" || address.Province != "河北" || address.Country != "CHN" {
		t.Errorf("address %+v", address)
	}
	if v := address.Value.Component(1).Subcomponent(3); v.Text() != "18" {
		t.Errorf("the part without a name reads %q", v.Text())
	}
	doctor := m.Get("PV1-7").XCN()
	if doctor.ID != "1024" || doctor.Display() != "何建国" || doctor.Degree != "主任医师" || doctor.Authority.Namespace != "HIS" {
		t.Errorf("doctor %+v", doctor)
	}
	place := m.Get("PV1-3").PL()
	if place.PointOfCare != "呼吸内科" || place.Room != "0305" || place.Bed != "02" || place.Building != "3" || place.Floor != "5" || place.Facility.Namespace != "总院" {
		t.Errorf("place %+v", place)
	}
	diagnosis := m.Get("DG1-3").CWE()
	if diagnosis.Code != "J18.9" || diagnosis.Text != "肺炎，未特指" || diagnosis.System != "ICD-10" {
		t.Errorf("diagnosis %+v", diagnosis)
	}
	admitted, err := m.Get("PV1-44").Time(time.UTC)
	if err != nil || !admitted.Zoned || !admitted.Time.Equal(time.Date(2026, 3, 14, 0, 25, 0, 0, time.UTC)) {
		t.Errorf("admitted %+v, %v", admitted, err)
	}
	if !m.Get("AL1-5(2)").CWE().Value.IsNull() {
		t.Error("a null repetition is not null as a type")
	}
}

func TestDisplayFollowsTheScript(t *testing.T) {
	for _, c := range []struct {
		name XPN
		want string
	}{
		{XPN{Family: "欧阳", Given: "思远"}, "欧阳思远"},
		{XPN{Family: "王小明"}, "王小明"},
		{XPN{Family: "Doe", Given: "Jane", Middle: "Q"}, "Jane Q Doe"},
		{XPN{Family: "Doe"}, "Doe"},
		{XPN{}, ""},
	} {
		if got := c.name.Display(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestHeaderSummarises(t *testing.T) {
	h := mustParse(t, admission).Header()
	want := Header{
		SendingApplication: HD{"HIS", "2.16.156.1.1", "ISO"}, SendingFacility: HD{Namespace: "总院"},
		ReceivingApplication: HD{Namespace: "MEDWARD"}, ReceivingFacility: HD{Namespace: "总院"},
		Sent: "20260314083012+0800", Type: "ADT", Trigger: "A01", Structure: "ADT_A01",
		ControlID: "HIS-000481", Processing: "P", Version: "2.5.1",
		DeclaredCharset: "UNICODE UTF-8", Charset: UTF8,
	}
	if h != want {
		t.Errorf("got  %+v\nwant %+v", h, want)
	}
	if sent, err := h.SentAt(nil); err != nil || !sent.Time.Equal(time.Date(2026, 3, 14, 0, 30, 12, 0, time.UTC)) {
		t.Errorf("sent %v, %v", sent.Time, err)
	}
}
