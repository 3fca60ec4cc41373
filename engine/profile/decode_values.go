package profile

import (
	"strconv"
	"strings"

	"guichet/engine/territory"
)

func (d *decoder) text() string {
	if d.peek() != '"' {
		d.wrongType("un texte entre guillemets")
		return ""
	}
	return string(d.readText())
}

func (d *decoder) date(v *Date) {
	if d.peek() != '"' {
		d.wrongType("une date AAAA-MM-JJ entre guillemets")
		return
	}
	read, ok := readDate(d.readText())
	switch {
	case ok:
		*v = read
	case !d.broken:
		d.note("ce n'est pas une date du calendrier", "écrivez une date qui existe, sous la forme AAAA-MM-JJ")
	}
}

func (d *decoder) choice(v *string, values []string) {
	if d.peek() != '"' {
		d.wrongType("l'une des valeurs : " + strings.Join(values, ", "))
		return
	}
	read := d.readText()
	i := index(values, read)
	switch {
	case i >= 0:
		*v = values[i]
	case d.broken:
	default:
		d.note("valeur inconnue", choiceRemedy(values, string(read)))
	}
}

func choiceRemedy(values []string, written string) string {
	remedy := "les valeurs acceptées sont : " + strings.Join(values, ", ")
	if near := meant(values, written); near != "" {
		remedy = "vouliez-vous écrire « " + near + " » ? " + remedy
	}
	return remedy
}

// commune reads an INSEE code. Whether it exists is for the check; the usual case keeps the table's own text.
func (d *decoder) commune(v *string) {
	if d.peek() != '"' {
		d.wrongType("le code INSEE de la commune entre guillemets, par exemple \"75119\"")
		return
	}
	read := d.readText()
	if len(read) != 5 {
		if !d.broken {
			d.note(noCommune, communeRemedy)
		}
		return
	}
	if c, ok := territory.Find(string(read)); ok && c.Code == string(read) {
		*v = c.Code
		return
	}
	*v = string(read)
}

func (d *decoder) truth(v *Opt[bool]) {
	switch d.peek() {
	case 't':
		d.word("true")
		*v = Some(true)
	case 'f':
		d.word("false")
		*v = Some(false)
	default:
		d.wrongType("true ou false")
	}
}

func (d *decoder) number(v *Opt[float64]) {
	if c := d.peek(); c != '-' && (c < '0' || c > '9') {
		d.wrongType("un nombre sans guillemets, le point pour les décimales")
		return
	}
	*v = Some(d.readNumber())
}

// place names the n-th member of an object whose own name must not be repeated.
func place(n int) string {
	if n == 1 {
		return "le 1er nom"
	}
	return "le " + strconv.Itoa(n) + "e nom"
}
