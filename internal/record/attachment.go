package record

import (
	"bytes"
	"context"
	"encoding/binary"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/cda"
)

// Attachment is what came with a version of a document and is not text. It lies with
// the room that took it in.
type Attachment struct {
	Number    int    // from 1
	MediaType string // as its source says
	Raw       string // where it lies
}

// Carrier keeps what documents carry. It is room intake's.
type Carrier interface {
	// AttachmentsOf lists what came with a version of a document, in its order.
	AttachmentsOf(ctx context.Context, r db.Reader, org, document string, version int) ([]Attachment, error)
	// OpenAttachment unseals one for whoever discloses its document.
	OpenAttachment(ctx context.Context, r db.Reader, org string, a Attachment) ([]byte, error)
}

// MostAttachments bounds what comes with one version of a document.
const MostAttachments = 20

// Form is what an attachment is by its bytes. What its source calls it is told and
// never believed: a browser acts on what it is given.
type Form struct {
	Media  string
	Ending string // of the name of a file, with its dot
	Shown  bool   // it can be shown in a page, where nothing in it acts
}

// Unknown is the form of what is none of the closed list: it is named, and neither
// shown nor handed out.
var Unknown = Form{}

// Known reports whether an attachment may be opened at all.
func (f Form) Known() bool { return f.Media != "" }

var forms = []struct {
	Form
	is func(content []byte) bool
}{
	{Form{"image/png", ".png", true}, begins("\x89PNG\r\n\x1a\n")},
	{Form{"image/jpeg", ".jpg", true}, begins("\xFF\xD8\xFF")},
	{Form{"image/gif", ".gif", true}, begins("GIF87a", "GIF89a")},
	{Form{"image/webp", ".webp", true}, isWebP},
	{Form{"application/pdf", ".pdf", true}, begins("%PDF-")},
	{Form{"image/tiff", ".tif", false}, begins("II*\x00", "MM\x00*")},
	{Form{"image/bmp", ".bmp", false}, isBMP},
	{Form{"application/dicom", ".dcm", false}, isDICOM},
	{Form{"application/xml", ".xml", false}, isClinicalDocument},
}

func formOf(content []byte) Form {
	for _, one := range forms {
		if one.is(content) {
			return one.Form
		}
	}
	return Unknown
}

func begins(heads ...string) func([]byte) bool {
	return func(content []byte) bool {
		for _, head := range heads {
			if bytes.HasPrefix(content, []byte(head)) {
				return true
			}
		}
		return false
	}
}

func isWebP(content []byte) bool {
	return len(content) > 12 && string(content[:4]) == "RIFF" && string(content[8:12]) == "WEBP"
}

// isBMP holds the length in the head against the real one: two letters are too few.
func isBMP(content []byte) bool {
	return len(content) > 26 && string(content[:2]) == "BM" && int(binary.LittleEndian.Uint32(content[2:6])) == len(content)
}

func isDICOM(content []byte) bool { return len(content) > 132 && string(content[128:132]) == "DICM" }

// byteOrderMarks are those of UTF-8 and of UTF-16 in either order.
var byteOrderMarks = []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}

func isClinicalDocument(content []byte) bool {
	head := content[:min(len(content), 1<<10)]
	for _, mark := range byteOrderMarks {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	return bytes.HasPrefix(bytes.TrimLeft(head, "\x00 \t\r\n"), []byte("<")) && cda.Looks(content)
}
