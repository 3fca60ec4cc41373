package indicators

import (
	"iter"
	"slices"

	"guichet/takeup"
)

// A key names one count: a measure, and where it stands in one dimension, in two, or in none for the count of all.
type key struct {
	measure    Measure
	rows, cols Dimension
	row, col   string
}

// tally is what one pass over the lines gives.
type tally struct {
	from, to takeup.Month
	today    takeup.Day
	breaks   func(Measure) [][2]Dimension
	counts   map[key]int
	delays   map[Delay]map[int]int // how many took so many days
	euros    map[moneyKey]*purse
}

type moneyKey struct {
	kind Kind
	per  takeup.Period
	aid  string // empty for all
}

// purse is a sum, how many rights it is of, and the greatest of them.
type purse struct {
	sum, most takeup.Cents
	rights    int
}

func (p *purse) add(c takeup.Cents) {
	p.sum += c
	p.most = max(p.most, c)
	p.rights++
}

func count(lines iter.Seq2[Line, error], from, to takeup.Month, today takeup.Day, breaks func(Measure) [][2]Dimension) (*tally, error) {
	t := &tally{
		from: from, to: to, today: today, breaks: breaks,
		counts: map[key]int{}, delays: map[Delay]map[int]int{}, euros: map[moneyKey]*purse{},
	}
	measures := Measures()
	for l, err := range lines {
		if err != nil {
			return nil, err
		}
		for _, m := range measures {
			if m.OfPersons() == (l.Person != nil) {
				t.count(l, m)
			}
		}
		if l.Right != nil {
			t.right(l.Right)
		}
	}
	return t, nil
}

func (t *tally) in(m takeup.Month) bool { return m.Known() && m >= t.from && m <= t.to }

func (t *tally) count(l Line, m Measure) {
	month := l.month(m, t.today)
	if !t.in(month) {
		return
	}
	t.counts[key{measure: m}]++
	for _, by := range t.breaks(m) {
		k := key{measure: m, rows: by[0], cols: by[1], row: l.value(by[0], m, month)}
		if by[1] != None {
			k.col = l.value(by[1], m, month)
		}
		t.counts[k]++
	}
}

func (t *tally) right(r *Right) {
	if t.in(r.Filed) {
		t.delay(FoundToFiled, r.DaysToFile)
	}
	if t.in(r.Opened) {
		t.delay(FiledToOpened, r.DaysAnswer)
		t.delay(FoundToOpened, r.DaysToOpen)
		t.pay(Declared, r.Declared, r.Aid)
	}
	if t.in(r.Found) {
		t.pay(Estimated, r.Estimated, r.Aid)
	}
}

func (t *tally) delay(d Delay, days *int) {
	if days == nil {
		return
	}
	if t.delays[d] == nil {
		t.delays[d] = map[int]int{}
	}
	t.delays[d][*days]++
}

func (t *tally) pay(kind Kind, a *takeup.Amount, aid string) {
	if a == nil {
		return
	}
	for _, k := range []moneyKey{{kind, a.Per, aid}, {kind, a.Per, ""}} {
		if t.euros[k] == nil {
			t.euros[k] = &purse{}
		}
		t.euros[k].add(a.Cents)
	}
}

// values gives the values of a measure in one dimension, sorted.
func (t *tally) values(m Measure, d Dimension) []string {
	var out []string
	for k := range t.counts {
		if k.measure == m && k.rows == d && k.cols == None && d != None {
			out = append(out, k.row)
		}
	}
	slices.Sort(out)
	return out
}

// median gives the middle of some delays, the lower of two, and how many there are.
func median(of map[int]int) (days, n int) {
	for _, c := range of {
		n += c
	}
	sorted := make([]int, 0, len(of))
	for d := range of {
		sorted = append(sorted, d)
	}
	slices.Sort(sorted)
	seen := 0
	for _, d := range sorted {
		if seen += of[d]; 2*seen >= n {
			return d, n
		}
	}
	return 0, 0
}
