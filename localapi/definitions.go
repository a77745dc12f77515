package localapi

import (
	"context"
	"strings"

	"fieldbook/record"
)

// groups order an asset's facts on the screen.
var groups = []FieldGroup{
	{"identity", "Position"}, {"network", "Network"}, {"unit", "Installed unit"}, {"software", "Software"}, {"location", "Location"},
	{"security", "Security"}, {"operation", "Operation and backup"}, {"responsibility", "Responsibility"}, {"verification", "Verification"},
}

// groupOf puts fields into groups; those of an interface are in network, and those of a unit in unit unless named here.
var groupOf = map[string]string{
	"tag": "identity", "site": "identity", "role": "identity", "name": "identity", "description": "identity", "lifecycle": "identity",
	"criticality": "identity", "commissioned": "identity",
	"zone": "security", "purdue": "security", "safety_related": "security", "cip_impact": "security", "cip_class": "security", "accounts": "security",
	"logging": "operation", "time_source": "operation", "backup.type": "operation", "backup.frequency": "operation",
	"owner_department": "responsibility", "custodian": "responsibility",
	"os": "software", "os_version": "software", "software": "software", "patches": "software",
	"last_verified.date": "verification", "last_verified.by": "verification", "last_verified.method": "verification",
}

// scopes and types name what package record numbers.
var (
	scopes = [...]string{record.Own: "own", record.Unit: "unit", record.Interface: "interface"}
	types  = [...]string{
		record.Line: "line", record.Free: "free", record.Prose: "prose", record.Choice: "choice", record.RoleName: "role", record.Flag: "flag",
		record.Whole: "whole", record.Decimal: "decimal", record.Date: "date", record.Moment: "moment", record.Address: "address",
		record.MAC: "mac", record.Code: "code", record.ZoneName: "zone", record.Ref: "ref", record.Labels: "labels",
		record.Software: "software", record.Ports: "ports",
	}
)

// editable tells whether an edit may set a field: a site keeps its code, and of a note only the text is edited.
func editable(entity record.Entity, name string) bool {
	switch entity {
	case record.Site:
		return name != "code"
	case record.Note:
		return name == "text"
	}
	return true
}

func (s *Server) getDefinitions(context.Context, *none) (Definitions, error) {
	d := Definitions{
		Entities: EntityFields{
			Asset: fields(record.Asset), Note: fields(record.Note), Site: fields(record.Site), Workspace: fields(record.Workspace), Member: fields(record.Member),
		},
		Groups:  groups,
		Sources: []string{"manual", "import", "scan", "template", "undo", "control"},
		Types:   record.EventTypes(),
	}
	for _, kind := range record.FindingKinds() {
		d.Findings = append(d.Findings, FindingKind{string(kind), kind.Sentence()})
	}
	for _, role := range record.Roles() {
		d.Roles = append(d.Roles, Role{role.Name, role.Label, optional(role.Attack)})
	}
	return d, nil
}

func fields(entity record.Entity) (list []Field) {
	for _, f := range record.Fields(entity) {
		out := Field{
			Name: f.Name, Label: f.Label, Help: f.Help, Scope: scopes[f.Scope], Type: types[f.Type], Enum: f.Enum,
			Required: f.Required, Max: f.Max, Editable: editable(entity, f.Name),
		}
		if f.Type == record.RoleName {
			for _, role := range record.Roles() {
				out.Enum = append(out.Enum, role.Name)
			}
		}
		if entity == record.Asset {
			out.Group = groupFor(f)
		}
		list = append(list, out)
	}
	return list
}

func groupFor(f record.Field) string {
	group := groupOf[f.Name]
	switch {
	case group != "":
	case f.Scope == record.Interface:
		group = "network"
	case f.Scope == record.Unit:
		group = "unit"
	case strings.HasPrefix(f.Name, "location."):
		group = "location"
	}
	return group
}
