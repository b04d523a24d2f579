package output_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/output"
)

func TestPaperIsSetWhereTheServerHasAChineseFont(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		in := h.printing()
		in.Media = output.PDF
		in.Documents = []output.Wanted{{Document: h.document}, {Document: h.file(h.ill[0], "病程记录", strings.Repeat("患者今日一般情况可，继续观察。\n", 120))}}
		m, err := h.room.Print(h.as("chen"), in)
		if faulttest.Code(err) == "output.no-font" && os.Getenv("CI") == "" {
			t.Log("COUNTED SKIP: this machine has no TrueType font with Chinese; install fonts-droid-fallback or set OUTPUT_TEST_FONT")
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		pages := regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(m.Bytes, -1)
		if !bytes.HasPrefix(m.Bytes, []byte("%PDF-")) || len(pages) < 4 || m.Missing != "" {
			t.Errorf("%d bytes, %d pages, missing %q", len(m.Bytes), len(pages), m.Missing)
		}
		if v, err := h.room.Verify(h.nobody(), m.Code, m.Bytes); err != nil || v.File != output.FileSame {
			t.Errorf("verified %+v: %v", v, err)
		}
		if keep := os.Getenv("OUTPUT_TEST_KEEP"); keep != "" {
			if err := os.WriteFile(filepath.Join(keep, "copy.pdf"), m.Bytes, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	})
}
