package hl7v2_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/medward/medward/kit/hl7v2"
)

const admit = "MSH|^~\\&|HIS|总院|MEDWARD||20260314083012+0800||ADT^A01|42|P|2.5.1||||||UNICODE UTF-8\r" +
	"PID|1||0001837^^^HIS^MR~A100^^^公安部^NI||欧阳^思远||19880612|M|\"\"\r"

func ExampleParse() {
	msg, err := hl7v2.Parse([]byte(admit))
	if err != nil {
		fmt.Println(err)
		return
	}
	header := msg.Header()
	fmt.Println(header.Type, header.Trigger, header.ControlID)
	fmt.Println(msg.Get("PID-5").XPN().Display())
	fmt.Println(msg.Get("PID-3(2).4.1").Text())
	fmt.Println(msg.Get("PID-9").IsNull(), msg.Get("PID-10").IsPresent())
	fmt.Println(string(msg.Bytes()) == admit)
	// Output:
	// ADT A01 42
	// 欧阳思远
	// 公安部
	// true false
	// true
}

func ExampleParse_refused() {
	_, err := hl7v2.Parse([]byte("MSH|^~\\&|HIS||||20260314||ADT^A01|42|P|2.5.1||||||ISO IR87\r"))
	if problem, ok := errors.AsType[*hl7v2.Problem](err); ok {
		fmt.Println(problem.At, problem.Rule)
		fmt.Println(problem.ZH)
		fmt.Println(problem.RemedyZH)
	}
	// Output:
	// MSH-18 hl7v2.charset-unsupported
	// MSH-18 声明的字符集不受支持（ISO IR87）
	// 请使用 UNICODE UTF-8、GB 18030-2000、8859/1 或 ASCII
}

func ExampleSplit() {
	file := []byte("exported at noon\n" + admit + admit)
	messages, problems := hl7v2.Split(file)
	for _, raw := range messages {
		fmt.Println("message at line", raw.Line)
	}
	for _, problem := range problems {
		fmt.Println("line", problem.Line, problem.Rule)
	}
	// Output:
	// message at line 2
	// message at line 4
	// line 1 hl7v2.outside-message
}

func ExampleValue_Repetitions() {
	msg, err := hl7v2.Parse([]byte(admit))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, repetition := range msg.Get("PID-3").Repetitions() {
		id := repetition.CX()
		fmt.Println(id.Type, id.ID, id.Authority.Namespace)
	}
	// Output:
	// MR 0001837 HIS
	// NI A100 公安部
}

func ExampleParseTime() {
	moment, err := hl7v2.ParseTime("202603140830", time.FixedZone("CST", 8*3600))
	fmt.Println(moment.Time, moment.Precision == hl7v2.Minute, moment.Zoned, err)
	// Output: 2026-03-14 08:30:00 +0800 CST true false <nil>
}

func ExampleMessage_Set() {
	msg, err := hl7v2.New(hl7v2.Header{Type: "ADT", Trigger: "A08", ControlID: "7", Processing: "P", Version: "2.5.1", Sent: "20260314"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := msg.Append("PID"); err != nil {
		fmt.Println(err)
		return
	}
	for path, text := range map[string]string{"PID-3.1": "0001837", "PID-5.1": "欧阳", "PID-5.2": "思|远"} {
		if err := msg.Set(path, text); err != nil {
			fmt.Println(err)
			return
		}
	}
	for _, segment := range msg.Segments() {
		fmt.Println(string(segment.Bytes()))
	}
	// Output:
	// MSH|^~\&|||||20260314||ADT^A08|7|P|2.5.1||||||UNICODE UTF-8
	// PID|||0001837||欧阳^思\F\远
}

func ExampleAck() {
	msg, err := hl7v2.Parse([]byte(admit + "OBX|1|DT|||20260231\r"))
	if err != nil {
		fmt.Println(err)
		return
	}
	stamp := hl7v2.Stamp{ControlID: "A-1", At: time.Date(2026, 3, 14, 9, 0, 0, 0, time.FixedZone("", 8*3600))}
	ack, err := hl7v2.Ack(msg, hl7v2.AckError, stamp, hl7v2.Check(msg)...)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(ack.Get("MSA-1").Text(), ack.Get("MSA-2").Text())
	fmt.Println(ack.Get("ERR-2").Raw(), ack.Get("ERR-3.1").Text())
	fmt.Println(ack.Get("ERR-8").Text())
	// Output:
	// AE 42
	// OBX^1^5 102
	// 时间格式不正确，或日历中没有这一天；请写作 YYYYMMDD[HHMM[SS]][+ZZZZ]
}
