package synth

import (
	"strings"
	"unicode/utf8"
)

// readings holds every character that names are made of, with its reading as a
// given name; ü is written yu (GB/T 28039).
const readings = `王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo
郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 邓deng 冯feng 曹cao 彭peng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu
于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lyu 丁ding 卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui 谭tan 陆lu 范fan 汪wang 廖liao
石shi 金jin 韦wei 贾jia 夏xia 傅fu 方fang 邹zou 熊xiong 白bai 孟meng 秦qin 邱qiu 侯hou 江jiang 尹yin 薛xue 闫yan 段duan 雷lei
龙long 黎li 史shi 陶tao 贺he 毛mao 郝hao 顾gu 龚gong 邵shao 万wan 武wu 钱qian 戴dai 严yan 莫mo 孔kong 常chang 汤tang
欧ou 阳yang 上shang 官guan 司si 诸zhu 葛ge 迟chi 逄pang 厉li 褚chu
德de 福fu 生sheng 贵gui 山shan 海hai 祥xiang 庆qing 永yong 长chang 玉yu 树shu 宝bao 财cai 荣rong 茂mao 兴xing 桂gui 洪hong 堂tang 和he
秀xiu 英ying 兰lan 珍zhen 淑shu 凤feng 素su 芝zhi 花hua 莲lian 梅mei 香xiang 云yun 巧qiao 建jian 国guo 志zhi 强qiang 华hua 新xin 民min
胜sheng 平ping 明ming 忠zhong 振zhen 义yi 光guang 援yuan 朝chao 利li 芳fang 月yue 爱ai 菊ju 琴qin 军jun 卫wei 东dong 刚gang 立li 文wen
勇yong 峰feng 红hong 革ge 向xiang 丽li 春chun 霞xia 萍ping 燕yan 玲ling 敏min 娟juan 小xiao 雪xue 伟wei 磊lei 涛tao 斌bin 波bo 辉hui
鹏peng 俊jun 晓xiao 静jing 艳yan 莉li 琳lin 超chao 杰jie 浩hao 宇yu 飞fei 鑫xin 凯kai 亮liang 博bo 婷ting 娜na 丹dan 倩qian 莹ying
颖ying 洁jie 慧hui 佳jia 璐lu 然ran 航hang 豪hao 天tian 子zi 嘉jia 泽ze 晨chen 翔xiang 雨yu 欣xin 怡yi 思si 梦meng 诗shi 雅ya 琪qi 瑶yao
晴qing 轩xuan 涵han 熙xi 一yi 鸣ming 睿rui 梓zi 可ke 馨xin 语yu 嫣yan 晗han 沐mu 宸chen 奕yi 辰chen 亦yi 景jing 行xing 铭ming 屹yi 川chuan
煜yu 恒heng 若ruo 汐xi 诺nuo 艺yi 依yi 桐tong 妍yan 昕xin 苡yi 沫mo
翀chong 昶chang 彧yu 赟yun 垚yao 燊shen 玥yue 喆zhe 淼miao 犇ben 𬭎hong 𣲘wu`

var (
	readingOf       = parseReadings(readings)
	familyReadingOf = parseReadings(surnameReadings)
)

func parseReadings(table string) map[rune]string {
	out := make(map[rune]string)
	for entry := range strings.FieldsSeq(table) {
		character, size := utf8.DecodeRuneInString(entry)
		out[character] = entry[size:]
	}
	return out
}

func syllables(text string) []string {
	var out []string
	for _, character := range text {
		out = append(out, readingOf[character])
	}
	return out
}

func familySyllables(family string) []string {
	out := syllables(family)
	for i, character := range []rune(family) {
		if reading, ok := familyReadingOf[character]; ok {
			out[i] = reading
		}
	}
	return out
}

func capitalised(syllables []string) string {
	word := strings.Join(syllables, "")
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

func initials(syllables []string) string {
	var out strings.Builder
	for _, syllable := range syllables {
		if syllable != "" {
			out.WriteByte(syllable[0])
		}
	}
	return out.String()
}
