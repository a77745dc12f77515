package record

import "slices"

// Keys of an asset's document that rules speak of.
const (
	keyTag        = "tag"
	keySite       = "site"
	keyRole       = "role"
	keyLifecycle  = "lifecycle"
	keyUnit       = "unit"        // id of the installed unit, hex
	keyVoid       = "void"        // reason for which the entry was struck
	keyMergedInto = "merged_into" // id of the surviving asset, hex
)

// The lifecycles that rules speak of.
const (
	InService = "in_service"
	Retired   = "retired"
)

// assetFields are the fields of a position, of the unit installed there and of its first interface.
var assetFields = slices.Concat(positionFields, unitFields, interfaceFields)

var positionFields = []Field{
	{Name: "tag", Key: keyTag, Required: true, Max: 64, Label: "Tag", Help: "The functional tag on the drawing; compared without case, spaces and dashes.",
		Aliases: []string{"tag no", "tag number", "asset number", "asset tag", "asset no", "asset", "kks", "tagname", "equipment tag", "messstelle"}},
	{Name: "site", Key: keySite, Type: Code, Required: true, Label: "Site", Help: "The code of the site: 2 to 8 letters and digits.",
		Aliases: []string{"site code", "plant", "station", "werk", "anlage"}},
	{Name: "role", Key: keyRole, Type: RoleName, Required: true, Label: "Role", Help: "What it does in the control system, in the words of ATT&CK for ICS.",
		Aliases: []string{"asset role", "device role"}},
	{Name: "name", Key: "name", Max: 200, Label: "Name", Help: "What people call it.", Aliases: []string{"asset name", "device name", "bezeichnung"}},
	{Name: "description", Key: "description", Type: Prose, Label: "Description", Help: "Anything worth knowing about the position.",
		Aliases: []string{"notes", "note", "remarks", "remark", "comments", "comment", "bemerkung", "bemerkungen", "beschreibung", "desc"}},
	{Name: "zone", Key: "zone", Max: 64, Label: "Zone", Help: "The network zone it belongs to.", Aliases: []string{"zone id", "security zone", "network zone"}},
	{Name: "purdue", Key: "purdue", Type: Choice, Enum: []string{"0", "1", "2", "3", "3.5", "4", "5"}, Label: "Purdue level", Help: "The level of the Purdue model.",
		Aliases: []string{"purdue level", "level", "isa95 level"}, Synonyms: purdueWords},
	{Name: "criticality", Key: "criticality", Type: Choice, Enum: []string{"high", "medium", "low"}, Required: true, Label: "Criticality", Help: "How bad its loss would be.",
		Aliases: []string{"crit", "crit 1-3", "criticality 1-3", "kritikalität"}, Synonyms: criticalityWords},
	{Name: "safety_related", Key: "safety_related", Type: Flag, Label: "Safety related", Help: "Whether a safety function depends on it.", Aliases: []string{"safety", "sis", "safety relevant"}},
	{Name: "cip_impact", Key: "cip_impact", Type: Choice, Enum: []string{"none", "low", "medium", "high"}, Label: "CIP impact", Help: "The impact rating of NERC CIP-002.", Aliases: []string{"impact rating", "bes impact"}},
	{Name: "cip_class", Key: "cip_class", Type: Choice, Enum: []string{"BCA", "EACMS", "PACS", "PCA", "TCA"}, Label: "CIP class", Help: "The class of cyber asset in NERC CIP.", Aliases: []string{"cip classification", "cip asset class"}},
	{Name: "lifecycle", Key: keyLifecycle, Type: Choice, Enum: []string{"planned", "commissioning", InService, "out_of_service", "spare", Retired}, Required: true, Label: "Lifecycle", Help: "Where it stands between planning and retirement.",
		Aliases: []string{"lifecycle status", "status", "life cycle"}, Synonyms: lifecycleWords},
	{Name: "location.building", Key: "location/building", Max: 200, Label: "Building", Help: "The building it stands in.", Aliases: []string{"building", "gebäude"}},
	{Name: "location.room", Key: "location/room", Max: 200, Label: "Room", Help: "The room or area it stands in.",
		Aliases: []string{"location", "loc", "room", "physical location", "raum", "standort", "area"}},
	{Name: "location.panel", Key: "location/panel", Max: 200, Label: "Panel", Help: "The cabinet or panel.", Aliases: []string{"panel", "cabinet", "schrank"}},
	{Name: "location.rack_or_din", Key: "location/rack_or_din", Max: 200, Label: "Rack or rail", Help: "The rack or DIN rail.", Aliases: []string{"rack", "din rail", "rail", "rack or din"}},
	{Name: "location.position", Key: "location/position", Max: 200, Label: "Place", Help: "The slot or height unit.", Aliases: []string{"slot", "rack position"}},
	{Name: "owner_department", Key: "owner_department", Max: 200, Required: true, Label: "Owner department", Help: "The department that answers for it.",
		Aliases: []string{"department", "owner", "dept", "owner dept", "abteilung"}},
	{Name: "custodian", Key: "custodian", Max: 200, Label: "Custodian", Help: "The person who looks after it.", Aliases: []string{"responsible", "responsible person", "contact", "verantwortlich"}},
	{Name: "commissioned", Key: "commissioned", Type: Date, Label: "Commissioned", Help: "The day, month or year it went into service.",
		Aliases: []string{"date commissioned", "commissioning date", "commission date", "installed", "install date", "installation date", "inbetriebnahme"}},
	{Name: "logging", Key: "logging", Type: Choice, Enum: []string{"none", "local", "syslog", "siem"}, Label: "Logging", Help: "Where its logs go.", Aliases: []string{"logs", "log target"}, Synonyms: noneWords},
	{Name: "time_source", Key: "time_source", Type: Choice, Enum: []string{"none", "ntp", "ptp", "gps", "irig_b", "local"}, Label: "Time source", Help: "Where its clock comes from.",
		Aliases: []string{"time sync", "clock source", "time synchronisation"}, Synonyms: map[string]string{"irig": "irig_b", "sntp": "ntp", "ieee1588": "ptp", "no": "none", "keine": "none"}},
	{Name: "backup.type", Key: "backup/type", Max: 200, Label: "Backup type", Help: "How it is backed up.", Aliases: []string{"backup", "backup method"}},
	{Name: "backup.frequency", Key: "backup/frequency", Max: 200, Label: "Backup frequency", Help: "How often it is backed up.", Aliases: []string{"backup interval"}},
	{Name: "accounts", Key: "accounts", Type: Labels, Label: "Accounts", Help: "Labels of its accounts, separated by semicolons; never a password.", Aliases: []string{"user accounts", "users", "account"}},
	{Name: "last_verified.date", Key: "last_verified/date", Type: Date, Label: "Last verified", Help: "The day somebody last made sure the entry is right.",
		Aliases: []string{"last verified", "verified", "verified on", "last check", "last checked"}},
	{Name: "last_verified.by", Key: "last_verified/by", Max: 200, Label: "Verified by", Help: "Who made sure.", Aliases: []string{"verified by"}},
	{Name: "last_verified.method", Key: "last_verified/method", Type: Choice, Enum: []string{"seen", "photo", "scan"}, Label: "Verified how", Help: "How it was made sure.", Aliases: []string{"verification method"}},
}

var noneWords = map[string]string{"no": "none", "off": "none", "keine": "none"}

var purdueWords = map[string]string{
	"l0": "0", "l1": "1", "l2": "2", "l3": "3", "l35": "3.5", "l4": "4", "l5": "5", "dmz": "3.5",
	"level0": "0", "level1": "1", "level2": "2", "level3": "3", "level35": "3.5", "level4": "4", "level5": "5",
	"00": "0", "10": "1", "20": "2", "30": "3", "40": "4", "50": "5",
}

var criticalityWords = map[string]string{
	"1": "high", "2": "medium", "3": "low", "10": "high", "20": "medium", "30": "low", "h": "high", "m": "medium", "l": "low",
	"med": "medium", "hoch": "high", "mittel": "medium", "niedrig": "low",
}

var lifecycleWords = map[string]string{
	"ok": InService, "live": InService, "inuse": InService, "active": InService, "operational": InService, "running": InService, "online": InService,
	"aktiv": InService, "inbetrieb": InService, "service": InService,
	"offline": "out_of_service", "inactive": "out_of_service", "failed": "out_of_service", "notinuse": "out_of_service", "oos": "out_of_service",
	"decommissioning": "out_of_service", "ausserbetrieb": "out_of_service", "außerbetrieb": "out_of_service",
	"inventory": "spare", "stock": "spare", "instock": "spare", "instores": "spare", "sparepart": "spare", "reserve": "spare", "ersatz": "spare",
	"staged": "commissioning", "inbetriebnahme": "commissioning", "planning": "planned", "geplant": "planned", "project": "planned",
	"decommissioned": Retired, "scrapped": Retired, "disposed": Retired, "removed": Retired, "stillgelegt": Retired,
}
