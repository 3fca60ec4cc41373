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
	{Tag: "ar", Name: "العربية", Dir: "rtl", style: inEurope},
	{Tag: "en", Name: "English", Dir: "ltr", style: inEnglish},
	{Tag: "pt", Name: "Português", Dir: "ltr", style: style{thousands: "\u00a0", decimal: ",", euros: after, sparing: true}},
	{Tag: "ta", Name: "தமிழ்", Dir: "ltr", style: style{thousands: ",", decimal: ".", euros: "€0", indian: true}},
	{Tag: "bn", Name: "বাংলা", Dir: "ltr", style: style{thousands: ",", decimal: ".", euros: "0€", indian: true}},
	{Tag: "tr", Name: "Türkçe", Dir: "ltr", style: style{thousands: ".", decimal: ",", euros: "€0"}},
	{Tag: "zh-Hans", Name: "简体中文", Dir: "ltr", style: inEnglish},
	{Tag: "ro", Name: "Română", Dir: "ltr", style: inEurope},
	{Tag: "es", Name: "Español", Dir: "ltr", style: style{thousands: ".", decimal: ",", euros: after, sparing: true}},
	{Tag: "ur", Name: "اردو", Dir: "rtl", style: inEnglish},
	{Tag: "ht", Name: "Kreyòl ayisyen", Dir: "ltr", plural: "fr-HT", style: inFrench},
	{Tag: "uk", Name: "Українська", Dir: "ltr", style: style{thousands: "\u00a0", decimal: ",", euros: after}},
	{Tag: "ru", Name: "Русский", Dir: "ltr", style: style{thousands: "\u00a0", decimal: ",", euros: after}},
	{Tag: "fa-AF", Name: "دری", Dir: "rtl", also: []string{"prs"}, style: inEnglish},
}

// style is how a language writes numbers, as the Unicode data (CLDR 48, read on 27 November 2026) have it, but for the digits: they are
// European in every language, those of a pay slip or of a letter from the CAF, and those that the fields of the forms take.
type style struct {
	thousands, decimal string
	euros              string // an amount, the number in place of the 0
	indian             bool   // groups of two digits after the first three: 12,34,567
	sparing            bool   // four digits stand together: 1234, but 12 345
}

// after is where most languages of Europe write the sign of the euro.
const after = "0\u00a0€"

var (
	inFrench  = style{thousands: "\u202f", decimal: ",", euros: after}
	inEnglish = style{thousands: ",", decimal: ".", euros: "€0"}
	inEurope  = style{thousands: ".", decimal: ",", euros: after}
)
