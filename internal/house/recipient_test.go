package house_test

import (
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/kit/sm"
)

// A seal that somebody places is told to the system that listens, and its state is shown
// beside the seal.
func TestASealIsToldToTheSystemThatListens(t *testing.T) {
	h := housetest.Demo(t, db.SQLite)
	s := setScene(t, h)
	told := make(chan string, 100)
	his := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var said struct{ Subject string }
		if err != nil || json.Unmarshal(body, &said) != nil {
			return
		}
		sum := sm.Sum(body)
		_, _ = io.WriteString(w, `{"outcome":"confirmed","digest":"`+hex.EncodeToString(sum[:])+`"}`)
		told <- said.Subject
	}))
	defer his.Close()
	now := h.Time.Now()
	affairs := h.SignIn(h.Pick("medical-affairs", nil))
	safe := h.SignIn(h.Pick("security-administrator", nil))
	var made struct{ ID string }
	affairs.Must("POST", "/api/recipients", map[string]any{
		"code": "his", "kind": "webhook", "nameZh": "医院信息系统", "owner": s.doctor.Who.Person, "address": his.URL, "internal": true, "verified": "现场核对证书", "pem": certificatePEM(his.Certificate()),
		"shapes": []string{"events"}, "purpose": "同步封存", "basis": "本院制度", "since": now, "until": now.Add(365 * 24 * time.Hour),
	}, http.StatusCreated, &made)
	safe.Must("POST", "/api/recipients/"+made.ID+"/approve", nil, http.StatusOK, nil)
	var seal struct{ ID string }
	affairs.Must("POST", "/api/seals", map[string]any{"patient": s.patient, "kind": "attention", "words": "网络舆情"}, http.StatusCreated, &seal)
	for subject := range told {
		if subject == seal.ID {
			break
		}
	}
	var notices struct {
		Items []struct{ State, Told string }
	}
	const enough = 200 // the answer is taken by another goroutine
	for range enough {
		affairs.Must("GET", "/api/notices?subject="+seal.ID, nil, http.StatusOK, &notices)
		if len(notices.Items) == 1 && notices.Items[0].State != "waiting" {
			break
		}
	}
	if len(notices.Items) != 1 || notices.Items[0].State != "confirmed" || notices.Items[0].Told != "sealed" {
		t.Errorf("%+v", notices)
	}
	verifyClean(t, h)
}

func certificatePEM(c *x509.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
}
