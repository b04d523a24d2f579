package synth

import "strings"

// surnames are "name weight" in per-ten-thousand of the population, roughly as
// household registration counts them; the tail keeps the surnames that search
// and pinyin get wrong.
const surnames = `王 715 李 700 张 665 刘 520 陈 450 杨 308 黄 222 赵 206 吴 205 周 199
徐 146 孙 141 马 131 朱 126 胡 124 郭 117 何 113 林 111 高 100 罗 96
郑 91 梁 86 谢 78 宋 73 唐 71 许 68 韩 66 邓 65 冯 65 曹 61
彭 60 曾 58 肖 57 田 54 董 53 潘 51 袁 50 蔡 50 蒋 49 余 47
于 47 杜 46 叶 45 程 45 魏 44 苏 43 吕 42 丁 41 任 40 卢 39
姚 38 沈 37 钟 36 姜 36 崔 35 谭 35 陆 34 范 33 汪 33 廖 32
石 31 金 31 韦 30 贾 30 夏 29 傅 28 方 28 邹 27 熊 26 白 26
孟 25 秦 25 邱 24 侯 24 江 23 尹 23 薛 22 闫 22 段 21 雷 20
龙 20 黎 19 史 19 陶 18 贺 18 毛 17 郝 17 顾 17 龚 16 邵 16
万 15 覃 14 武 14 钱 14 戴 13 严 13 莫 12 孔 12 常 12 汤 12
欧阳 8 单 5 解 4 仇 3 朴 4 查 4 盖 2 乐 2 区 3 华 4
上官 2 司马 2 诸葛 1 尉迟 1 逄 1 亓 1 厉 3 褚 2 訾 1 仝 2`

// surnameReadings are surnames read otherwise than the same character elsewhere.
const surnameReadings = "单shan 曾zeng 解xie 仇qiu 朴piao 查zha 区ou 盖ge 乐yue 任ren 覃qin 华hua 尉yu 仝tong 亓qi 訾zi"

// A cohort is what parents called their children in a span of birth years:
// whole given names, and characters from which others are put together.
type cohort struct {
	before int
	single int // percent of given names with one character
	male   givenNames
	female givenNames
}

type givenNames struct {
	whole      string
	characters string
}

var cohorts = []cohort{
	{1950, 20,
		givenNames{"德福 树生 永贵 桂林 金山 洪生 福海 长林 玉堂 庆和", "德福生贵林山海祥庆永长玉树宝财荣茂兴"},
		givenNames{"秀英 桂英 秀兰 玉兰 淑珍 凤英 桂兰 素珍 玉珍 淑英", "秀英桂兰玉珍淑凤素芝花莲梅香云巧"}},
	{1960, 18,
		givenNames{"建国 国华 志强 建华 国强 福生 振华 新民 援朝 胜利", "建国志强华新民胜平明德忠振兴义光荣"},
		givenNames{"秀英 桂兰 淑华 玉梅 桂芳 秀珍 月英 爱华 素芳 菊英", "秀英兰淑华玉梅芳珍月爱素菊桂琴凤"}},
	{1970, 24,
		givenNames{"建军 卫东 志刚 永红 红卫 国庆 建平 文革 向东 立新", "建军卫东志刚平国庆立新文明永忠海勇峰"},
		givenNames{"红梅 丽华 玉兰 爱红 春梅 卫红 秀丽 小红 桂香 雪梅", "红丽华梅春霞秀萍琴燕玲芳敏爱娟英"}},
	{1980, 38,
		givenNames{"伟 勇 军 强 磊 涛 建军 志伟 海涛 晓东", "伟勇军强磊涛斌波辉峰刚鹏俊晓海东志"},
		givenNames{"芳 丽 敏 静 艳 燕 红霞 海燕 晓红 丽娟", "芳丽敏静艳燕娟霞红玲萍晓海英莉琳"}},
	{1990, 42,
		givenNames{"伟 磊 鹏 超 杰 浩 俊杰 晓明 志鹏 文博", "伟磊鹏超杰浩俊晓宇飞鑫凯亮博文志峰"},
		givenNames{"静 婷 娜 丹 倩 雪 晓燕 丽娜 婷婷 雪梅", "静婷娜丹倩雪晓燕丽莹颖洁慧佳璐敏"}},
	{2000, 26,
		givenNames{"浩然 宇航 俊豪 志豪 天宇 文杰 子豪 嘉伟 鑫 凯", "浩然宇航俊豪志天文杰子嘉鑫凯泽晨翔阳"},
		givenNames{"雨婷 欣怡 思雨 佳怡 梦婷 雪莹 诗雨 婷 颖 静怡", "雨婷欣怡思佳梦雪莹诗颖静雅琪瑶晴"}},
	{2010, 12,
		givenNames{"子轩 浩宇 宇轩 子涵 博文 浩然 俊熙 一鸣 睿 梓豪", "子轩浩宇涵博文然俊熙一鸣睿梓豪泽晨"},
		givenNames{"欣怡 子涵 梓涵 诗涵 可馨 雨欣 思琪 梦瑶 佳琪 语嫣", "欣怡子涵梓诗可馨雨思琪梦瑶佳语嫣晗"}},
	{9999, 8,
		givenNames{"沐宸 奕辰 宇辰 梓睿 浩宇 亦辰 沐辰 俊熙 景行 铭泽", "沐宸奕辰宇梓睿浩亦俊熙景铭泽屹川煜恒"},
		givenNames{"若汐 一诺 艺涵 依诺 沐瑶 语桐 欣妍 梓涵 可昕 苡沫", "若汐一诺艺涵依沐瑶语桐欣妍梓可昕苡沫"}},
}

// rareGiven are characters that break fonts, encodings and input methods; the
// last two lie outside the basic multilingual plane.
var rareGiven = []string{"翀", "昶", "彧", "赟", "垚", "燊", "玥", "喆", "淼", "犇", "𬭎", "𣲘"}

type surnameTable struct {
	names   []string
	weights []int
}

func parseSurnames(table string) surnameTable {
	var out surnameTable
	fields := strings.Fields(table)
	for i := 0; i+1 < len(fields); i += 2 {
		weight, _ := parseScaled(fields[i+1], 0)
		out.names = append(out.names, fields[i])
		out.weights = append(out.weights, weight)
	}
	return out
}

var surnameWeights = parseSurnames(surnames)

func (s *stream) surname() string {
	return surnameWeights.names[s.weighted(surnameWeights.weights)]
}

// givenName fits the sex and the year of birth; about one in a hundred has a
// rare character.
func (s *stream) givenName(sex Sex, birthYear int) string {
	c := cohortOf(birthYear)
	names := c.male
	if sex == Female {
		names = c.female
	}
	characters := []rune(names.characters)
	if s.chance(1) {
		return pick(s, rareGiven)
	}
	if s.chance(c.single) {
		return string(pick(s, characters))
	}
	if s.chance(44) {
		return pick(s, strings.Fields(names.whole))
	}
	return string(pick(s, characters)) + string(pick(s, characters))
}

func (s *stream) name(sex Sex, birthYear int) Name {
	return newName(s.surname(), s.givenName(sex, birthYear))
}

func newName(family, given string) Name {
	familyPinyin, givenPinyin := familySyllables(family), syllables(given)
	return Name{
		Full:     family + given,
		Family:   family,
		Given:    given,
		Pinyin:   capitalised(familyPinyin) + " " + capitalised(givenPinyin),
		Initials: initials(familyPinyin) + initials(givenPinyin),
	}
}

func cohortOf(birthYear int) cohort {
	for _, c := range cohorts {
		if birthYear < c.before {
			return c
		}
	}
	return cohorts[len(cohorts)-1]
}
