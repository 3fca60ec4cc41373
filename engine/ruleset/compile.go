package ruleset

import (
	"errors"
	"maps"
	"slices"

	"guichet/engine/formula"
)

// compile compiles every text of every version.
func (l *loader) compile() {
	for _, f := range l.folders() {
		for _, v := range f.versions {
			for _, fn := range v.functions {
				if err := l.uni.CheckFunction(f.aid, &fn.Function); err != nil {
					l.faultIn(fn.body, err)
				}
			}
		}
	}
	if len(l.errs) > 0 {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(l.drafts)) {
		d := l.drafts[key]
		for _, s := range d.states {
			e := s.entry
			text := e.text()
			if e.ends {
				text = "true"
			}
			c, err := l.uni.Compile(d.q, text)
			if err != nil {
				if fe, ok := errors.AsType[*formula.Error](err); ok {
					e.fault(fe)
				} else {
					e.at.fault("%s", err)
				}
				continue
			}
			if d.section == conditions && !e.si.absent() {
				c.Concerning()
			}
			d.q.Add(inForce(s.from), c)
		}
	}
}

func (l *loader) faultIn(body node, err error) {
	var fe *formula.Error
	if errors.As(err, &fe) && !body.absent() {
		body.faultInside(fe.From, "%s", fe.Message)
		return
	}
	l.errs = append(l.errs, Problem{File: body.d.file, Message: err.Error()})
}
