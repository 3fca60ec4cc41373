package people

import "slices"

// A Role is what an agent's work lets them do. Its value is kept, and never changes.
type Role string

// The roles.
const (
	Reception     Role = "agent"              // at the counter: screens visitors, opens cases
	SocialWorker  Role = "travailleur_social" // follows cases
	Manager       Role = "responsable"        // follows the work and its figures
	Administrator Role = "administrateur"     // looks after agents and partners' keys, and sees no case
	Protection    Role = "dpo"                // data protection officer: who read what, export and erasure
)

// Roles lists the roles, in the order in which they are offered.
func Roles() []Role { return []Role{Reception, SocialWorker, Manager, Administrator, Protection} }

// A Right is one thing that some roles may do.
type Right string

// The rights.
const (
	Nothing    Right = ""            // what every agent who is signed in may do
	Counter    Right = "comptoir"    // screen a visitor
	Cases      Right = "dossiers"    // read and follow cases
	Figures    Right = "chiffres"    // see the indicators
	Publishing Right = "publication" // publish the figures of a year
	Staff      Right = "agents"      // create, reset and disable agents; create and revoke partners' keys
	Oversight  Right = "acces"       // see who read what
	PersonData Right = "effacement"  // export and erase what is kept about a person
)

// rights says what each role may do. What is not listed may not be done.
var rights = map[Role][]Right{
	Reception:     {Counter, Cases},
	SocialWorker:  {Counter, Cases, Figures},
	Manager:       {Counter, Cases, Figures, Publishing},
	Administrator: {Staff},
	Protection:    {Figures, Oversight, PersonData},
}

// Known says whether r is one of the roles.
func (r Role) Known() bool { _, ok := rights[r]; return ok }

// May says whether the role has a right. Every role that is known has [Nothing].
func (r Role) May(want Right) bool {
	all, ok := rights[r]
	if want == Nothing {
		return ok
	}
	return slices.Contains(all, want)
}
