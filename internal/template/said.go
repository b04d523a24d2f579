package template

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/form"
)

// located is where the compiler of expressions names a place.
var located = regexp.MustCompile(`<input>:[0-9]+:([0-9]+): ([^\n]*)`)

// saidOf are what the end of a path says is wrong, in Chinese. The English sentence is
// that of the form engine.
var saidOf = map[string]string{
	"key":        "代码只含小写字母、数字和下划线，以字母开头，不得与他项重复，也不得是保留词",
	"title":      "名称须同时填写中文和英文",
	"help":       "说明须同时填写中文和英文",
	"says":       "提示语须同时填写中文和英文",
	"kind":       "没有这种类型",
	"purpose":    "每项须写明采集目的：诊疗服务、管理、教学或科研",
	"need":       "没有这种填写要求",
	"when":       "出现条件有误",
	"needWhen":   "必填条件有误",
	"computed":   "计算式有误",
	"must":       "规则有误",
	"possible":   "允许范围有误：两端须为该类型的值，起点不晚于终点",
	"usual":      "常见范围有误：两端须为该类型的值，起点不晚于终点",
	"digits":     "小数位为 0 至 8",
	"longest":    "最大长度为 0 至 20000",
	"pattern":    "格式（正则表达式）有误",
	"options":    "选择类须有选项，选项值不得为空或重复；其他类型不得有选项",
	"dictionary": "编码类须指定字典；其他类型不得指定",
	"prefill":    "没有这个已知信息",
	"repeat":     "重复次数：最多 1 至 200，最少 0 至最多",
	"level":      "规则只能提醒或拦截",
	"each":       "没有这个可重复的部分",
	"at":         "没有可显示该规则的项目",
	"sections":   "表单至少有一个部分，最多 400 个项目",
	"rules":      "规则过多或代码重复",
}

// said is a defect of the form engine in words, with the column where an expression is
// wrong.
func said(d form.Defect) Defect {
	last := d.Path[strings.LastIndexByte(d.Path, '.')+1:]
	zh, known := saidOf[last]
	if !known {
		zh = "此处定义不完整或代码重复"
	}
	one := Defect{Path: d.Path, Says: fault.Text{ZH: zh, EN: d.Text}}
	if at := located.FindStringSubmatch(d.Text); at != nil {
		one.Column, _ = strconv.Atoi(at[1]) // digits
		what := strings.TrimSuffix(at[2], " (in container '')")
		one.Says = fault.Text{ZH: zh + "（第 " + at[1] + " 列）：" + what, EN: "column " + at[1] + ": " + what}
	}
	return one
}
