package dicom_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/medward/medward/kit/dicom"
)

// dump is a picture in the words of dump2dcm.
const dump = `(0008,0005) CS [ISO_IR 192]
(0008,0016) UI =SecondaryCaptureImageStorage
(0008,0018) UI [1.2.3.4.5]
(0008,0060) CS [OT]
(0008,1140) SQ
(fffe,e000) na
(0008,1155) UI [1.2.3.9]
(fffe,e00d) na
(fffe,e0dd) na
(0010,0010) PN [Shi^Yanyi=试^验一]
(0010,0020) LO [P001]
(0020,000d) UI [1.2.3.4]
(0020,000e) UI [1.2.3.4.1]
(0028,0010) US 2048
(7fe0,0010) OW 0000\0001
`

// TestFilesOfDCMTKAreRead reads what another implementation writes, in every encoding
// it offers.
func TestFilesOfDCMTKAreRead(t *testing.T) {
	tool, err := exec.LookPath("dump2dcm")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("dump2dcm of DCMTK is missing: ", err)
		}
		t.Skip("SKIPPED: dump2dcm of DCMTK is missing, and nothing of another implementation was read")
	}
	dir := t.TempDir()
	text := filepath.Join(dir, "dump.txt")
	if err := os.WriteFile(text, []byte(dump), 0o600); err != nil {
		t.Fatal(err)
	}
	for option, syntax := range map[string]string{"+ti": implicitLittle, "+te": explicitLittle, "+tb": explicitBig, "+td": deflated, "-e": explicitLittle} {
		out := filepath.Join(dir, option+".dcm")
		if said, err := exec.CommandContext(t.Context(), tool, option, text, out).CombinedOutput(); err != nil {
			t.Fatalf("dump2dcm %s: %v\n%s", option, err, said)
		}
		raw, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		f := read(t, raw)
		s := f.Study()
		if f.Syntax.UID != syntax || s.Name.String() != "试 验一" || s.PatientID != "P001" || f.Data.Text(dicom.Rows) != "2048" || !f.Pixels || len(f.Check()) > 0 {
			t.Errorf("%s: %s %+v %v", option, f.Syntax.UID, s, f.Check())
		}
		if f.Data.Item(0x00081140).Text(0x00081155) != "1.2.3.9" {
			t.Errorf("%s: the sequence is lost", option)
		}
	}
}
