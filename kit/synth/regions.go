package synth

import "strconv"

// A region is a county of the invented province. Codes begin with
// [SyntheticProvince].
type region struct {
	code, city, county string
	streets            []string
	weight             int
}

const (
	provinceName = "东澜省"
	cityName     = "汐州市"
)

var regions = []region{
	{"390102", cityName, "江左区", []string{"听潮路", "半桥街", "石鹭巷", "新渡口路"}, 30},
	{"390103", cityName, "望潮区", []string{"望潮大道", "灯塔里", "东堤路", "盐仓街"}, 24},
	{"390104", cityName, "鹿鸣区", []string{"鹿鸣路", "书院前街", "青藜巷", "三桥路"}, 16},
	{"390121", cityName, "云溪县", []string{"溪口镇上河街", "竹坞乡云根村", "白茅镇石板街"}, 10},
	{"390181", cityName, "临汐市", []string{"临汐大道", "渔舟路", "南塘镇蚕桑街"}, 9},
	{"390202", "棠阴市", "青棠区", []string{"棠梨路", "织锦街", "水阁巷"}, 5},
	{"390322", "岫川市", "岫川县", []string{"山前镇茶亭村", "岫云路", "铁索桥街"}, 4},
	{"390423", "砚湖市", "墨池县", []string{"砚湖东路", "芦荻镇北荡村"}, 2},
}

func (s *stream) region() region {
	weights := make([]int, len(regions))
	for i, r := range regions {
		weights[i] = r.weight
	}
	return regions[s.weighted(weights)]
}

func (s *stream) address(r region) Address {
	house := strconv.Itoa(s.between(1, 288)) + "号"
	if s.chance(65) {
		house += s.say("[1-18]幢{|[1-3]单元}[1-12]0[1-4]室", nil)
	}
	return Address{
		Region: r.code, Province: provinceName, City: r.city, County: r.county,
		Street: pick(s, r.streets), House: house,
	}
}

// mobilePrefix is in no operator's allocation (MIIT list of network numbers,
// state of March 2023).
const mobilePrefix = "154"

// mobile gives every index below 100,000,000 its own number: the multiplier is
// prime to the modulus.
func mobile(index int) string {
	n := (int64(index)*48271_013 + 31_415_926) % 100_000_000
	digits := strconv.FormatInt(n+100_000_000, 10)
	return mobilePrefix + digits[1:]
}

// Each kind of number holder has its own range of indexes.
const (
	patientPhones = 0
	kinPhones     = 31_415_927
	staffPhones   = 62_718_281
)
