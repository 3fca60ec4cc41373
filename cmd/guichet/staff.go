package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"guichet/takeup"
	"guichet/takeup/people"
)

// databaseExplained says where the commands about people look.
const databaseExplained = `
The database of -db is made and migrated when it is not there.`

// staffed runs what is done about people in the database of an address, and gives the exit code.
func (p *program) staffed(ctx context.Context, name, address string, do func(*people.Store) error) int {
	db, keep, err := openKeep(ctx, address, people.Options{Clock: p.now}, p.vault)
	if err != nil {
		return p.fail(name, err)
	}
	err = errors.Join(plainly(do(keep.People)), db.Close())
	if err != nil {
		return p.fail(name, err)
	}
	return done
}

// staffedAt is staffed for what is done about the people of one CCAS: the one named, or the only one there is.
func (p *program) staffedAt(ctx context.Context, name, address, named string, do func(*people.Store, takeup.CCAS) error) int {
	return p.staffed(ctx, name, address, func(s *people.Store) error {
		id, err := centre(ctx, s, named)
		if err != nil {
			return err
		}
		return do(s, id)
	})
}

// plainly says what was refused in an operator's words.
func plainly(err error) error {
	if weak, ok := errors.AsType[people.WeakPassword](err); ok {
		why := map[people.WeakPassword]string{
			"court": fmt.Sprintf("it has fewer than %d characters", people.MinPassword), "long": fmt.Sprintf("it has more than %d characters", people.MaxPassword),
			"commun": "it is a common one, or nearly", "identifiant": "it is made of the login",
		}[weak]
		return inputError{fmt.Errorf("the password is refused: %s", why)}
	}
	for known, words := range map[error]string{
		people.ErrUnknown: "there is no such thing in that CCAS; the list command tells what there is",
		people.ErrTaken:   "there is one of that name already",
		people.ErrShape:   "a name, a login, a role, a scope or a number makes no sense; -h says what is taken",
	} {
		if errors.Is(err, known) {
			return inputError{errors.New(words)}
		}
	}
	return err
}

// declareCentre adds the option that says which CCAS is meant; see [centre].
func declareCentre(f *flags, id *string) {
	f.StringVar(id, "ccas", "", "`ID` of the CCAS; not needed when there is one only")
}

// centre gives the CCAS that is meant: the one named, or the only one there is.
func centre(ctx context.Context, s *people.Store, named string) (takeup.CCAS, error) {
	if named != "" {
		return takeup.CCAS(named), nil
	}
	all, err := s.Centres(ctx)
	switch {
	case err != nil:
		return "", err
	case len(all) == 0:
		return "", inputError{errors.New("there is no CCAS yet: guichet ccas add adds one")}
	case len(all) > 1:
		return "", inputError{errors.New("there are several CCAS: -ccas says which; guichet ccas list tells them")}
	}
	return all[0].ID, nil
}

// one gives the only operand, called what.
func one(operands []string, what string) (string, error) {
	if len(operands) != 1 {
		return "", inputError{fmt.Errorf("want one operand, %s", what)}
	}
	return operands[0], nil
}

// given reads a secret from a file, or from the standard input for "-"; "" for no file.
func (p *program) given(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	var text []byte
	var err error
	if file == "-" {
		text, err = io.ReadAll(io.LimitReader(p.stdin, 4096))
	} else {
		text, err = os.ReadFile(file)
	}
	if err != nil {
		return "", inputError{err}
	}
	secret, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimRight(secret, "\r"), nil
}
