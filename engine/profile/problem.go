package profile

import "strings"

// Problem is one reason why a profile is refused. Its texts are French, for the person or the program that sent it.
// None repeats the refused value, which is household data.
type Problem struct {
	Path   string `json:"chemin"` // of the field: enfants[2].naissance; "profil" for the whole
	Rule   string `json:"regle"`  // the rule that is broken
	Remedy string `json:"remede"` // what would be accepted
}

// Error says why a profile is refused: every problem that could be found at once, in the order of the text.
type Error struct {
	Problems []Problem
}

// Error writes one line for each problem.
func (e *Error) Error() string {
	var b strings.Builder
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.Path + " : " + p.Rule + " ; " + p.Remedy)
	}
	return b.String()
}

// maxProblems bounds how many problems one refusal lists.
const maxProblems = 50

// problems collects what is wrong.
type problems []Problem

func (ps *problems) add(path, rule, remedy string) {
	if !ps.full() {
		*ps = append(*ps, Problem{path, rule, remedy})
	}
}

// full says whether no further problem would be listed.
func (ps *problems) full() bool { return len(*ps) >= maxProblems }

func (ps problems) err() error {
	if len(ps) == 0 {
		return nil
	}
	return &Error{Problems: ps}
}
