package formula

import (
	"slices"

	"guichet/engine/fact"
)

// income is one kind of income of one person, by one of its faces.
type income struct{ whom, kind, face int }

func (i income) num() num {
	whom, kind, face := i.whom, i.kind, i.face
	return func(k *Context) fact.Num {
		in := &k.house.People[k.who[whom]].Incomes[kind]
		if in.Months == nil && !in.Unknown {
			v := in.Steady[face]
			return fact.Num{Lo: v, Hi: v}
		}
		return k.changing(in, face)
	}
}

// changing reads an income that is not known to be the same in every month.
func (k *Context) changing(in *fact.Series, face int) fact.Num {
	if in.Months != nil {
		k.only()
	}
	return in.At(face, k.now-k.m)
}

// incomes sums several kinds of income of one person, as one look at that person.
func incomes(list []income) num {
	whom := list[0].whom
	return func(k *Context) fact.Num {
		p := &k.house.People[k.who[whom]]
		var sum fact.Num
		for _, i := range list {
			in := &p.Incomes[i.kind]
			if in.Months == nil && !in.Unknown {
				sum.Lo += in.Steady[i.face]
				sum.Hi += in.Steady[i.face]
				continue
			}
			v := k.changing(in, i.face)
			sum.Lo += v.Lo
			sum.Hi += v.Hi
			sum.Miss = sum.Miss.Or(v.Miss)
		}
		return sum
	}
}

// plus compiles a sum of three terms or more as one node, and incomes of one person as one look.
func plus(left, right numNode) numNode {
	if l, r := left.incomes, right.incomes; len(l) > 0 && len(r) == 1 && l[0].whom == r[0].whom {
		all := append(slices.Clone(l), r[0])
		return numNode{num: incomes(all), incomes: all}
	}
	if len(left.terms) == 0 {
		return numNode{num: sum(left.num, right.num), terms: []num{left.num, right.num}}
	}
	all := append(slices.Clone(left.terms), right.num)
	return numNode{num: addUp(all), terms: all}
}

// addUp adds in the order written.
func addUp(terms []num) num {
	return func(k *Context) fact.Num {
		sum := terms[0](k)
		for _, f := range terms[1:] {
			v := f(k)
			sum.Lo += v.Lo
			sum.Hi += v.Hi
			sum.Miss = sum.Miss.Or(v.Miss)
		}
		return sum
	}
}
