package privilege_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/privilege"
)

func TestSecretsAreMaskedAndTheRestStays(t *testing.T) {
	for line, stays := range map[string]string{
		"PGPASSWORD=S3cret psql -h db":                                                "psql -h db",
		"mysql -uroot -pS3cret his":                                                   "his",
		"mysqldump --password=S3cret his":                                             "his",
		"sshpass -p 'S3cret' ssh db":                                                  "ssh db",
		"curl -H 'Authorization: Bearer S3cret.x' http://a":                           "http://a",
		"psql postgres://admin:S3cret@db/his":                                         "@db/his",
		"ALTER USER his IDENTIFIED BY \"S3cret\";":                                    "ALTER USER his",
		"ALTER ROLE his WITH PASSWORD 'S3cret' LOGIN":                                 "LOGIN",
		`{"password": "S3cret", "user": "his"}`:                                       `"user": "his"`,
		"api_key: S3cret":                                                             "api_key",
		"export AWS_SECRET_ACCESS_KEY=S3cret":                                         "export AWS_SECRET_ACCESS_KEY=",
		"口令：S3cret 已更换":                                                               "已更换",
		"-----BEGIN EC PRIVATE KEY-----\nS3cret\n-----END EC PRIVATE KEY-----\nafter": "after",
		"token=S3cret&x=1":                                                            "&x=1",
		"tool --token S3cret run":                                                     "run",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJTM2NyZXQifQ.S3cretS3cret done":               "done",
	} {
		got := privilege.Mask(line)
		if strings.Contains(got, "S3cret") || !strings.Contains(got, stays) {
			t.Errorf("%q became %q", line, got)
		}
	}
	for _, plain := range []string{"SELECT count(*) FROM staff_person WHERE role = 'dba'", "ls -p /var", "systemctl restart his", "经核对口令已更换", "http://his.example:8080/a", "tokenizer", "mysql -u root -h db"} {
		if got := privilege.Mask(plain); got != plain {
			t.Errorf("%q became %q", plain, got)
		}
	}
}

func TestASecretWrittenInPiecesIsMasked(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		line := "export DB_PASSWORD=S3cretOfTheHouse\r\n"
		var events []privilege.Event
		for rest := line; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(r, "n")
			events = append(events, privilege.Event{Kind: "o", Text: rest[:n]})
			rest = rest[n:]
		}
		var all strings.Builder
		for _, e := range privilege.MaskEvents(events) {
			all.WriteString(e.Text)
		}
		if strings.Contains(all.String(), "S3cret") || !strings.HasPrefix(all.String(), "export DB_PASSWORD=") {
			t.Errorf("%q", all.String())
		}
	})
}

func FuzzReadEvents(f *testing.F) {
	for _, seed := range []string{`[0.1,"o","a"]`, "[1,\"i\",\"\u0000\"]\n\n[2,\"r\",\"80x24\"]", "[]", `[1,"oo","a"]`, `{"a":1}`, "[-1,\"o\",\"\"]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		events, err := privilege.ReadEvents(text)
		if err != nil {
			return
		}
		written, err := privilege.WriteEvents(events)
		if err != nil {
			t.Fatal(err)
		}
		again, err := privilege.ReadEvents(written)
		if err != nil || len(again) != len(events) {
			t.Fatalf("%q read back: %v", written, err)
		}
		for i := range events {
			if events[i] != again[i] {
				t.Fatalf("%+v became %+v", events[i], again[i])
			}
		}
	})
}
