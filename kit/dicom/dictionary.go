package dicom

// Tags of what an importer asks about.
const (
	TransferSyntax      = Tag(0x00020010)
	SpecificCharset     = Tag(0x00080005)
	SOPClass            = Tag(0x00080016)
	SOPInstance         = Tag(0x00080018)
	StudyDate           = Tag(0x00080020)
	SeriesDate          = Tag(0x00080021)
	StudyTime           = Tag(0x00080030)
	SeriesTime          = Tag(0x00080031)
	AccessionNumber     = Tag(0x00080050)
	Modality            = Tag(0x00080060)
	Manufacturer        = Tag(0x00080070)
	Institution         = Tag(0x00080080)
	ReferringPhysician  = Tag(0x00080090)
	TimezoneOffset      = Tag(0x00080201)
	StationName         = Tag(0x00081010)
	StudyDescription    = Tag(0x00081030)
	SeriesDescription   = Tag(0x0008103E)
	Department          = Tag(0x00081040)
	PerformingPhysician = Tag(0x00081050)
	ReadingPhysician    = Tag(0x00081060)
	Operator            = Tag(0x00081070)
	ModelName           = Tag(0x00081090)
	PatientName         = Tag(0x00100010)
	PatientID           = Tag(0x00100020)
	PatientIDIssuer     = Tag(0x00100021)
	PatientBirthDate    = Tag(0x00100030)
	PatientSex          = Tag(0x00100040)
	PatientAge          = Tag(0x00101010)
	BodyPart            = Tag(0x00180015)
	Protocol            = Tag(0x00181030)
	StudyInstance       = Tag(0x0020000D)
	SeriesInstance      = Tag(0x0020000E)
	StudyID             = Tag(0x00200010)
	SeriesNumber        = Tag(0x00200011)
	InstanceNumber      = Tag(0x00200013)
	Frames              = Tag(0x00280008)
	Rows                = Tag(0x00280010)
	Columns             = Tag(0x00280011)
	BurnedIn            = Tag(0x00280301)
	RequestAttributes   = Tag(0x00400275)
	RequestedProcedure  = Tag(0x00401001)
)

type entry struct {
	vr    string
	label Text
}

// dictionary is the part of the data dictionary that an importer needs: how a file in
// implicit VR is read, and what the elements are called.
var dictionary = map[Tag]entry{
	SpecificCharset:     {"CS", Text{"字符集", "Specific character set"}},
	TagOf(8, 0x0008):    {"CS", Text{"图像类型", "Image type"}},
	SOPClass:            {"UI", Text{"SOP 类", "SOP class"}},
	SOPInstance:         {"UI", Text{"SOP 实例", "SOP instance"}},
	StudyDate:           {"DA", Text{"检查日期", "Study date"}},
	SeriesDate:          {"DA", Text{"序列日期", "Series date"}},
	TagOf(8, 0x0022):    {"DA", Text{"采集日期", "Acquisition date"}},
	TagOf(8, 0x0023):    {"DA", Text{"图像日期", "Content date"}},
	TagOf(8, 0x002A):    {"DT", Text{"采集时间", "Acquisition date and time"}},
	StudyTime:           {"TM", Text{"检查时间", "Study time"}},
	SeriesTime:          {"TM", Text{"序列时间", "Series time"}},
	TagOf(8, 0x0032):    {"TM", Text{"采集时刻", "Acquisition time"}},
	TagOf(8, 0x0033):    {"TM", Text{"图像时刻", "Content time"}},
	AccessionNumber:     {"SH", Text{"检查号", "Accession number"}},
	Modality:            {"CS", Text{"设备类型", "Modality"}},
	TagOf(8, 0x0064):    {"CS", Text{"转换类型", "Conversion type"}},
	Manufacturer:        {"LO", Text{"厂商", "Manufacturer"}},
	Institution:         {"LO", Text{"机构", "Institution"}},
	TagOf(8, 0x0081):    {"ST", Text{"机构地址", "Institution address"}},
	ReferringPhysician:  {"PN", Text{"申请医师", "Referring physician"}},
	TagOf(8, 0x0100):    {"SH", Text{"代码", "Code value"}},
	TagOf(8, 0x0102):    {"SH", Text{"代码体系", "Coding scheme"}},
	TagOf(8, 0x0104):    {"LO", Text{"代码含义", "Code meaning"}},
	TimezoneOffset:      {"SH", Text{"时区", "Timezone offset"}},
	StationName:         {"SH", Text{"设备名称", "Station name"}},
	StudyDescription:    {"LO", Text{"检查描述", "Study description"}},
	TagOf(8, 0x1032):    {"SQ", Text{"操作代码", "Procedure code"}},
	SeriesDescription:   {"LO", Text{"序列描述", "Series description"}},
	Department:          {"LO", Text{"科室", "Department"}},
	TagOf(8, 0x1048):    {"PN", Text{"责任医师", "Physician of record"}},
	PerformingPhysician: {"PN", Text{"检查医师", "Performing physician"}},
	ReadingPhysician:    {"PN", Text{"阅片医师", "Reading physician"}},
	Operator:            {"PN", Text{"操作者", "Operator"}},
	ModelName:           {"LO", Text{"设备型号", "Model"}},
	TagOf(8, 0x1110):    {"SQ", Text{"所属检查", "Referenced study"}},
	TagOf(8, 0x1111):    {"SQ", Text{"所属操作步骤", "Referenced procedure step"}},
	TagOf(8, 0x1140):    {"SQ", Text{"相关图像", "Referenced image"}},
	TagOf(8, 0x1150):    {"UI", Text{"引用的 SOP 类", "Referenced SOP class"}},
	TagOf(8, 0x1155):    {"UI", Text{"引用的 SOP 实例", "Referenced SOP instance"}},
	PatientName:         {"PN", Text{"姓名", "Patient's name"}},
	PatientID:           {"LO", Text{"患者号", "Patient ID"}},
	PatientIDIssuer:     {"LO", Text{"患者号签发者", "Issuer of patient ID"}},
	PatientBirthDate:    {"DA", Text{"出生日期", "Birth date"}},
	TagOf(0x10, 0x0032): {"TM", Text{"出生时刻", "Birth time"}},
	PatientSex:          {"CS", Text{"性别", "Sex"}},
	TagOf(0x10, 0x1000): {"LO", Text{"其他患者号", "Other patient IDs"}},
	TagOf(0x10, 0x1001): {"PN", Text{"其他姓名", "Other names"}},
	TagOf(0x10, 0x1002): {"SQ", Text{"其他患者号", "Other patient IDs"}},
	PatientAge:          {"AS", Text{"年龄", "Age"}},
	TagOf(0x10, 0x1020): {"DS", Text{"身高", "Size"}},
	TagOf(0x10, 0x1030): {"DS", Text{"体重", "Weight"}},
	TagOf(0x10, 0x1040): {"LO", Text{"地址", "Address"}},
	TagOf(0x10, 0x2154): {"SH", Text{"电话", "Telephone"}},
	TagOf(0x10, 0x21B0): {"LT", Text{"病史", "History"}},
	TagOf(0x10, 0x4000): {"LT", Text{"备注", "Comments"}},
	BodyPart:            {"CS", Text{"部位", "Body part"}},
	TagOf(0x18, 0x0050): {"DS", Text{"层厚", "Slice thickness"}},
	TagOf(0x18, 0x1000): {"LO", Text{"设备序列号", "Device serial number"}},
	TagOf(0x18, 0x1020): {"LO", Text{"软件版本", "Software version"}},
	Protocol:            {"LO", Text{"协议", "Protocol"}},
	StudyInstance:       {"UI", Text{"检查 UID", "Study instance UID"}},
	SeriesInstance:      {"UI", Text{"序列 UID", "Series instance UID"}},
	StudyID:             {"SH", Text{"检查编号", "Study ID"}},
	SeriesNumber:        {"IS", Text{"序列号", "Series number"}},
	InstanceNumber:      {"IS", Text{"图像号", "Instance number"}},
	TagOf(0x20, 0x4000): {"LT", Text{"图像备注", "Image comments"}},
	TagOf(0x28, 0x0002): {"US", Text{"采样数", "Samples per pixel"}},
	TagOf(0x28, 0x0004): {"CS", Text{"光度解释", "Photometric interpretation"}},
	Frames:              {"IS", Text{"帧数", "Frames"}},
	Rows:                {"US", Text{"行数", "Rows"}},
	Columns:             {"US", Text{"列数", "Columns"}},
	TagOf(0x28, 0x0100): {"US", Text{"分配位数", "Bits allocated"}},
	BurnedIn:            {"CS", Text{"像素中含标注", "Burned-in annotation"}},
	TagOf(0x32, 0x1032): {"PN", Text{"申请医师", "Requesting physician"}},
	TagOf(0x32, 0x1033): {"LO", Text{"申请科室", "Requesting service"}},
	TagOf(0x32, 0x1060): {"LO", Text{"申请项目", "Requested procedure"}},
	TagOf(0x38, 0x0010): {"LO", Text{"住院号", "Admission ID"}},
	TagOf(0x40, 0x0244): {"DA", Text{"操作日期", "Procedure step date"}},
	TagOf(0x40, 0x0245): {"TM", Text{"操作时间", "Procedure step time"}},
	TagOf(0x40, 0x0254): {"LO", Text{"操作描述", "Procedure step description"}},
	RequestAttributes:   {"SQ", Text{"申请", "Request attributes"}},
	RequestedProcedure:  {"SH", Text{"申请单号", "Requested procedure ID"}},
	TagOf(0x40, 0xA124): {"UI", Text{"UID", "UID"}},
	TagOf(0x40, 0xA160): {"UT", Text{"文本", "Text value"}},
	TagOf(0x40, 0xA730): {"SQ", Text{"报告内容", "Content"}},
}

// vrOf is the value representation of an element in a file that states none.
func vrOf(t Tag) string {
	switch e, known := dictionary[t]; {
	case known:
		return e.vr
	case uint32(t)&0xFFFF == 0:
		return "UL" // length of a group
	}
	return "UN"
}

// Label is what an element is called, or its tag.
func (t Tag) Label() Text {
	if e, known := dictionary[t]; known {
		return e.label
	}
	return Text{t.String(), t.String()}
}
