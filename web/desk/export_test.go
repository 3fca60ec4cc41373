package desk

// Actions names everything that an agent can note: in a whole case, and about one right.
func Actions() (ofCase, ofRight []string) {
	for _, a := range caseActions() {
		if a.right {
			ofRight = append(ofRight, a.name)
		} else {
			ofCase = append(ofCase, a.name)
		}
	}
	return ofCase, ofRight
}
