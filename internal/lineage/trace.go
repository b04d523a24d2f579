package lineage

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/recipient"
)

// trace puts the whole way together, from where it came to where it went.
func (room *Room) trace(ctx context.Context, r *act.Reading, l *Lineage) error {
	org := r.Actor().Org
	papers, err := papersOf(ctx, r, org, l.Subject)
	if err != nil {
		return err
	}
	if len(papers) > mostDocuments {
		papers, l.More = papers[:mostDocuments], true
	}
	for _, step := range []func(context.Context, *act.Reading, *Lineage, []paper) error{room.origins, room.versions, room.departures, room.uses} {
		if err := step(ctx, r, l, papers); err != nil {
			return err
		}
	}
	return l.name(ctx, r)
}

// origins tells where each document came from: the source and the file in which it
// came, or the person who wrote it here.
func (room *Room) origins(ctx context.Context, r *act.Reading, l *Lineage, papers []paper) error {
	met := map[string]bool{}
	once := func(n Node, from ...string) {
		if !met[n.ID] {
			met[n.ID] = true
			l.add(n, from...)
		}
	}
	for _, p := range papers {
		from := ""
		switch {
		case p.source != "":
			from = "source:" + p.source
			name, err := room.sourceName(ctx, r, p.source)
			if err != nil {
				return err
			}
			once(Node{ID: from, Kind: Origin, Name: name})
			came, err := arrivalsOf(ctx, r, r.Actor().Org, p.id)
			if err != nil {
				return err
			}
			for _, a := range came {
				id := "file:" + a.file
				once(Node{ID: id, Kind: Received, Name: words("接收文件 "+a.kind, "received as "+a.kind), At: a.at, Person: a.by, Digest: a.digest}, from)
				from = id
			}
		case p.author != "":
			from = "author:" + p.author
			once(Node{ID: from, Kind: Origin, Name: words("本院书写", "written here"), Person: p.author})
		default:
			l.Untraced++
		}
		node := Node{ID: p.id, Kind: Document, Name: words(p.title, p.title), At: p.stored, Person: p.author}
		if from == "" {
			l.add(node)
			continue
		}
		l.add(node, from)
	}
	return nil
}

func (room *Room) sourceName(ctx context.Context, r *act.Reading, id string) (fault.Text, error) {
	s, err := room.o.Sources.Find(ctx, r, r.Actor().Org, id)
	if errors.Is(err, act.ErrAbsent) {
		return words(id, id), nil
	}
	if s.NameEN == "" {
		s.NameEN = s.NameZH
	}
	return words(s.NameZH, s.NameEN), err
}

func (room *Room) versions(ctx context.Context, r *act.Reading, l *Lineage, papers []paper) error {
	org := r.Actor().Org
	for _, p := range papers {
		all, err := versionsOf(ctx, r, org, p.id)
		if err != nil {
			return err
		}
		before := p.id
		for _, v := range all {
			id := p.id + "/" + strconv.Itoa(v.number)
			n := strconv.Itoa(v.number)
			l.add(Node{ID: id, Kind: Version, Name: words("第 "+n+" 版", "version "+n), At: v.at, Person: v.author, Digest: hex.EncodeToString(v.digest)}, before)
			before = id
		}
		signed, err := signaturesOf(ctx, r, org, p.id)
		if err != nil {
			return err
		}
		for _, s := range signed {
			l.add(Node{ID: p.id + "/" + strconv.Itoa(s.number) + "/" + s.person, Kind: Signature, Name: words("签名", "signature"), At: s.at, Person: s.person}, p.id+"/"+strconv.Itoa(s.number))
		}
	}
	return nil
}

// departures tells what left: copies, what colleagues were pointed to, sendings with
// their receipts, and what came back.
func (room *Room) departures(ctx context.Context, r *act.Reading, l *Lineage, papers []paper) error {
	org := r.Actor().Org
	about := map[string]bool{}
	for _, p := range papers {
		about[p.id] = true
	}
	copies, err := issuesOf(ctx, r, org, l.Subject.Patient)
	if err != nil {
		return err
	}
	for _, c := range copies {
		if from := c.from(about); len(from) > 0 {
			l.add(Node{ID: "issue:" + c.id, Kind: Issue, Name: issueName(c.kind, c.serial), At: c.at, Person: c.person, Digest: hex.EncodeToString(c.digest)}, from...)
		}
	}
	pointed, err := forwardsOf(ctx, r, org, l.Subject.Patient)
	if err != nil {
		return err
	}
	for _, f := range pointed {
		if about[f.document] {
			l.add(Node{ID: "forward:" + f.id, Kind: Forward, Name: words("转给同事", "pointed out to a colleague"), At: f.at, Person: f.to}, f.document)
		}
	}
	return room.sent(ctx, r, l, about, copies)
}

// sent tells what left for recipients. A copy that was handed out and has no sending of
// the same patient and digest is untracked.
func (room *Room) sent(ctx context.Context, r *act.Reading, l *Lineage, about map[string]bool, copies []issue) error {
	org := r.Actor().Org
	all, err := room.o.Recipients.AboutPatient(ctx, r, org, l.Subject.Patient)
	if err != nil {
		return err
	}
	handed, err := handoversOf(ctx, r, org, l.Subject.Patient)
	if err != nil {
		return err
	}
	for _, s := range all {
		from, err := room.leftFrom(ctx, r, s, about)
		if err != nil {
			return err
		}
		if len(from) == 0 {
			continue
		}
		for _, h := range handed {
			if h.caseID == s.Recipient && string(h.digest) == string(s.Digest) && slices.ContainsFunc(copies, func(c issue) bool { return c.id == h.id }) {
				from = []string{"issue:" + h.id}
			}
		}
		l.addSending(s, from)
	}
	for _, h := range handed {
		kept := slices.ContainsFunc(all, func(s recipient.Sent) bool { return s.Recipient == h.caseID && string(s.Digest) == string(h.digest) })
		if len(h.from(about)) > 0 && !kept {
			l.Untracked++
			l.add(Node{ID: "handover:" + h.id, Kind: Sending, Name: words("外部调阅副本（无外发记录）", "copy handed out, without a row of the outward register"), At: h.at, Person: h.by}, h.from(about)...)
		}
		if !h.back.IsZero() && len(h.from(about)) > 0 {
			l.add(Node{ID: "return:" + h.id, Kind: Return, Name: returnName(h.outcome), At: h.back}, "issue:"+h.id)
		}
	}
	return nil
}

// leftFrom are the versions that a sending held. Of one whose list was erased with
// another patient it cannot be told, so it hangs on every document.
func (room *Room) leftFrom(ctx context.Context, r *act.Reading, s recipient.Sent, about map[string]bool) ([]string, error) {
	items, erased, err := room.o.Recipients.ItemsOf(ctx, r, s.Sending)
	if err != nil {
		return nil, err
	}
	var from []string
	for _, item := range items {
		if !about[item.ID] {
			continue
		}
		if item.Version > 0 {
			from = append(from, item.ID+"/"+strconv.Itoa(item.Version))
			continue
		}
		from = append(from, item.ID)
	}
	if erased {
		for id := range about {
			from = append(from, id)
		}
		slices.Sort(from)
	}
	return from, nil
}

func (l *Lineage) addSending(s recipient.Sent, from []string) {
	to := words(s.To, s.To)
	if s.Party == recipient.ByCase {
		to = words("外部调阅申请人", "who asked from outside")
	}
	id := "sending:" + s.ID
	l.add(Node{ID: id, Kind: Sending, Name: to, At: s.Sent, Person: s.Sender, Digest: hex.EncodeToString(s.Digest)}, from...)
	for _, rec := range s.Receipts {
		l.add(Node{ID: id + "/" + strconv.Itoa(rec.Number), Kind: Receipt, Name: receiptName(rec.Outcome), At: rec.At, Digest: hex.EncodeToString(rec.Digest)}, id)
	}
}

// uses are what the ledger tells of everybody who did something with it.
func (room *Room) uses(ctx context.Context, r *act.Reading, l *Lineage, _ []paper) error {
	q := ledger.Query{Org: r.Actor().Org, Limit: ledger.MaxPage}
	if l.Subject.Kind == OfDocument {
		q.Kind, q.Object = "Document", l.Subject.ID
	} else {
		q.Patient = l.Subject.ID
	}
	for {
		page, err := room.o.Ledger.Search(ctx, r, q)
		if err != nil {
			return err
		}
		for _, line := range page.Lines {
			l.Uses = append(l.Uses, useOf(line))
		}
		if page.Next == 0 {
			return nil
		}
		if len(l.Uses) >= mostUses {
			l.More = true
			return nil
		}
		q.After = page.Next
	}
}

func useOf(line ledger.Line) Use {
	u := Use{Entry: line.ID, At: line.At, Verb: line.Verb, Outcome: line.Outcome, Purpose: line.Purpose, Tie: line.Tie}
	if line.ActorKind == act.Person {
		u.Person = line.Actor
	} else {
		u.Machine = line.ActorKind
	}
	return u
}

func issueName(kind, serial string) fault.Text {
	switch kind {
	case "print":
		return words("打印 "+serial, "printed "+serial)
	case "copy":
		return words("复制文字 "+serial, "text copied "+serial)
	}
	return words("导出 "+serial, "exported "+serial)
}

func receiptName(outcome string) fault.Text {
	switch outcome {
	case recipient.Matched:
		return words("回执一致", "received as sent")
	case recipient.Late:
		return words("回执一致（逾期）", "received as sent, late")
	case recipient.Altered:
		return words("回执不符", "received altered")
	case recipient.Duplicate:
		return words("重复回执", "received twice")
	}
	return words("逾期未收到回执", "no receipt in time")
}

func returnName(outcome string) fault.Text {
	switch outcome {
	case "returned":
		return words("已收回", "came back")
	case "destroyed":
		return words("已销毁", "destroyed")
	}
	return words("依法留存于对方卷宗", "kept on their file, lawfully")
}
