package locales

// Source is the language that the others are translated from.
const Source = "fr"

// A Language is one that pages can be read in.
type Language struct {
	Tag  string // BCP 47, as it stands in an address
	Name string // in the language itself
	Dir  string // "ltr" or "rtl"

	also   []string // other tags that browsers ask for it by
	plural string   // the language whose plural forms it takes, when the Unicode data have none for it
	style  style
}

// languages lists what may be offered, in the order of the home page: the languages most met at the counters of Seine-Saint-Denis
// first. One without a file of messages is not offered.
var languages = []Language{
	{Tag: "fr", Name: "Français", Dir: "ltr", style: inFrench},
	{Tag: "fr-x-simple", Name: "Français simple", Dir: "ltr", style: inFrench},
	{Tag: "ar", Name: "العربية", Dir: "rtl", style: style{thousands: ".", decimal: ","}},
	{Tag: "en", Name: "English", Dir: "ltr", style: inEnglish},
	{Tag: "pt", Name: "Português", Dir: "ltr", style: style{thousands: "\u00a0", decimal: ",", sparing: true}},
	{Tag: "ta", Name: "தமிழ்", Dir: "ltr", style: inIndia},
	{Tag: "bn", Name: "বাংলা", Dir: "ltr", style: inIndia},
	{Tag: "tr", Name: "Türkçe", Dir: "ltr", style: style{thousands: ".", decimal: ","}},
	{Tag: "zh-Hans", Name: "简体中文", Dir: "ltr", style: inEnglish},
	{Tag: "ro", Name: "Română", Dir: "ltr", style: style{thousands: ".", decimal: ","}},
	{Tag: "es", Name: "Español", Dir: "ltr", style: style{thousands: ".", decimal: ",", sparing: true}},
	{Tag: "ur", Name: "اردو", Dir: "rtl", style: inEnglish},
	{Tag: "ht", Name: "Kreyòl ayisyen", Dir: "ltr", plural: "fr-HT", style: inFrench},
	{Tag: "uk", Name: "Українська", Dir: "ltr", style: style{thousands: "\u00a0", decimal: ","}},
	{Tag: "ru", Name: "Русский", Dir: "ltr", style: style{thousands: "\u00a0", decimal: ","}},
	{Tag: "fa-AF", Name: "دری", Dir: "rtl", also: []string{"prs"}, style: inEnglish},
}

// style is how a language writes numbers. The digits are European in every language: they are those of a pay slip or of a letter
// from the CAF, and those that the fields of the forms take.
type style struct {
	thousands, decimal string
	indian             bool // groups of two digits after the first three: 12,34,567
	sparing            bool // four digits stand together: 1234, but 12 345
	euroFirst          bool
}

var (
	inFrench  = style{thousands: "\u202f", decimal: ","}
	inEnglish = style{thousands: ",", decimal: ".", euroFirst: true}
	inIndia   = style{thousands: ",", decimal: ".", indian: true, euroFirst: true}
)
