package record

var siteFields = []Field{
	{Name: "code", Key: "code", Type: Code, Required: true, Label: "Code", Help: "2 to 8 letters and digits.", Aliases: []string{"site", "site code"}},
	{Name: "name", Key: "name", Max: 200, Required: true, Label: "Name", Help: "What the site is called.", Aliases: []string{"site name"}},
	{Name: "sector", Key: "sector", Type: Choice, Enum: []string{"water", "electricity", "oil_gas", "manufacturing", "transport", "other"}, Label: "Sector", Help: "What the site serves.",
		Synonyms: map[string]string{"power": "electricity", "energy": "electricity", "oilandgas": "oil_gas", "wastewater": "water"}},
	{Name: "address", Key: "address", Max: 500, Label: "Address", Help: "Where it is."},
	{Name: "tz", Key: "tz", Type: ZoneName, Label: "Time zone", Help: "An IANA zone such as Europe/Berlin; the workspace's where it is empty.", Aliases: []string{"time zone", "timezone"}},
}

var noteFields = []Field{
	{Name: "kind", Key: "kind", Type: Choice, Enum: []string{"observation", "maintenance", "fault", "visit", "measurement", "handover", "remote_access"}, Required: true, Label: "Kind", Help: "What the note is about."},
	{Name: "text", Key: keyText, Type: Prose, Required: true, Label: "Text", Help: "What there is to say."},
	{Name: "observed_at", Key: "observed_at", Type: Moment, Label: "Observed at", Help: "When it was seen."},
	{Name: "measurement.value", Key: "measurement/value", Type: Decimal, Label: "Measured value", Help: "The number read.", Aliases: []string{"value"}},
	{Name: "measurement.unit", Key: "measurement/unit", Max: 32, Label: "Unit", Help: "The unit of the number.", Aliases: []string{"unit"}},
	{Name: "measurement.instrument", Key: "measurement/instrument", Max: 200, Label: "Instrument", Help: "What it was measured with.", Aliases: []string{"instrument"}},
	{Name: "amends", Key: keyAmends, Type: Ref, Label: "Amends", Help: "The signed note that this one corrects."},
}

var workspaceFields = []Field{
	{Name: "name", Key: "name", Max: 200, Required: true, Label: "Name", Help: "What the plant's record is called."},
	{Name: "tz", Key: "tz", Type: ZoneName, Required: true, Label: "Time zone", Help: "The zone of times typed without an offset.", Aliases: []string{"time zone", "timezone"}},
}

var memberFields = []Field{
	{Name: "name", Key: "name", Max: 200, Required: true, Label: "Name", Help: "The person's full name."},
}

// Keys of a note's document that rules speak of.
const (
	keyText   = "text"
	keyAmends = "amends"
)
