package synth
import ("testing";"fmt";"os";"bytes")
func TestDump(t *testing.T){
 h:=New(1,Options{})
 var b bytes.Buffer
 if err:=Encode(&b,h);err!=nil{t.Fatal(err)}
 os.WriteFile("/tmp/synth.json",b.Bytes(),0o644)
 f,_:=os.Create("/tmp/synth.txt"); defer f.Close()
 fmt.Fprintln(f,len(h.People),len(h.Patients),len(h.Encounters),len(h.Documents),len(h.LabReports),len(h.Vitals),len(h.Orders),len(h.ImagingStudies),b.Len())
 for _,p:=range h.Patients{fmt.Fprintln(f,p.Key,p.Name.Full,p.Name.Pinyin,p.Name.Initials,p.Sex,p.BirthDate,p.IDNumber,p.Phone,p.Address.County,p.Address.Street,p.Address.House,p.Marriage,p.Occupation,p.Kin,p.Insurance.Zh,p.Allergies)}
 for _,p:=range h.People[:40]{fmt.Fprintln(f,p.Key,p.Name.Full,p.Name.Pinyin,p.Name.Initials,p.Sex,p.BirthDate,p.Title.Zh)}
 for _,d:=range h.Documents{fmt.Fprintln(f,"=====",d.Key,d.Kind,d.Title,d.Author,d.CoSigner,d.At.Format("01-02 15:04"),d.Sensitivity)
  for _,s:=range d.Sections{fmt.Fprintf(f,"【%s】%s\n",s.Title,s.Text)}}
}
