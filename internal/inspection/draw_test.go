package inspection_test

import (
	"encoding/hex"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm3"
	"pgregory.net/rapid"

	"github.com/medward/medward/internal/inspection"
)

// byHand is the draw as docs/format/inspection.md tells a stranger to reckon it.
func byHand(kind string, ids []string, number int64, note string) (digest, seed string, place int) {
	frame := sm3.Sum([]byte(strings.Join(ids, "\n")))
	digest = hex.EncodeToString(frame[:])
	sum := sm3.Sum([]byte("medward draw 1\n" + kind + "\n" + digest + "\n" + strconv.Itoa(len(ids)) + "\n" + strconv.FormatInt(number, 10) + "\n" + note))
	at := new(big.Int).Mod(new(big.Int).SetBytes(sum[:]), big.NewInt(int64(len(ids))))
	return digest, hex.EncodeToString(sum[:]), int(at.Int64())
}

func draw(kind string, ids []string, number int64, note string) inspection.Draw {
	digest := sm3.Sum([]byte(strings.Join(ids, "\n")))
	d := inspection.Draw{Kind: kind, Size: len(ids), Digest: digest[:], Checkpoint: note, Number: number}
	d.Chosen = d.Index()
	d.Subject = ids[d.Chosen]
	return d
}

func TestADrawComesOutByHandAsItDoesHere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[0-9A-Z]{26}`), 1, 40, rapid.ID[string]).Draw(t, "ids")
		slices.Sort(ids)
		number, note := rapid.Int64Range(0, inspection.MaxNumber).Draw(t, "number"), rapid.String().Draw(t, "note")
		d := draw(inspection.Person, ids, number, note)
		_, seed, place := byHand(inspection.Person, ids, number, note)
		if hex.EncodeToString(d.Seed()) != seed || d.Chosen != place || !d.Comes(ids) {
			t.Fatalf("seed %x, place %d; by hand %s, %d", d.Seed(), d.Chosen, seed, place)
		}
	})
}

func TestADrawDoesNotComeOutOfAnythingElse(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e"}
	sound := draw(inspection.Patient, ids, 7, "note")
	for what, change := range map[string]func(d *inspection.Draw){
		"another subject": func(d *inspection.Draw) { d.Subject = ids[(d.Chosen+1)%5] },
		"another place":   func(d *inspection.Draw) { d.Chosen = (d.Chosen + 1) % 5; d.Subject = ids[d.Chosen] },
		"another size":    func(d *inspection.Draw) { d.Size = 4 },
		"another digest":  func(d *inspection.Draw) { d.Digest = make([]byte, 32) },
	} {
		d := sound
		change(&d)
		if d.Comes(ids) {
			t.Errorf("%s was not noticed", what)
		}
	}
	if sound.Comes([]string{"a", "b", "c", "d", "f"}) {
		t.Error("another frame was not noticed")
	}
}

func TestEveryPlaceIsDrawnAboutAsOften(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e"}
	times := map[string]int{}
	for number := range int64(5000) {
		times[draw(inspection.Patient, ids, number, "note").Subject]++
	}
	for _, id := range ids {
		if n := times[id]; n < 850 || n > 1150 {
			t.Errorf("%s came %d times in 5,000", id, n)
		}
	}
}

func TestTheVectorOfTheFormatHolds(t *testing.T) {
	digest, seed, place := byHand("patient", []string{"a", "b", "c"}, 8, "note")
	if digest != vectorDigest || seed != vectorSeed || place != vectorPlace {
		t.Errorf("digest %s, seed %s, place %d", digest, seed, place)
	}
}

// The vector of docs/format/inspection.md.
const (
	vectorDigest = "f140273f2b30b77f754cc1b0c62d8d92ba61cf8001f3db1be4a70f378ec48324"
	vectorSeed   = "9912b871aa7da3c2298d610e5d7a8312e47e48e1774263978265280e648c1231"
	vectorPlace  = 2
)
