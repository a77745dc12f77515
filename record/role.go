package record

import (
	"slices"
	"strings"
)

// Role is what an asset does in the control system.
type Role struct {
	Name   string
	Attack string // id of the asset in MITRE ATT&CK for ICS that it is or belongs to; empty when it belongs to none
	Label  string
	words  []string // further names, normalised
}

// Roles lists the roles: the assets of ATT&CK for ICS, then finer ones.
func Roles() []Role { return slices.Clone(roles) }

var roles = []Role{
	{"workstation", "A0001", "Workstation", []string{"pc", "client"}},
	{"hmi", "A0002", "Human-machine interface (HMI)", []string{"panel", "operatorpanel", "operatorstation", "humanmachineinterface"}},
	{"plc", "A0003", "Programmable logic controller (PLC)", []string{"sps", "cpu", "programmablelogiccontroller"}},
	{"rtu", "A0004", "Remote terminal unit (RTU)", []string{"remoteterminalunit"}},
	{"ied", "A0005", "Intelligent electronic device (IED)", []string{"intelligentelectronicdevice"}},
	{"historian", "A0006", "Data historian", []string{"datahistorian"}},
	{"control_server", "A0007", "Control server", []string{"scadaserver", "scada"}},
	{"application_server", "A0008", "Application server", []string{"server", "appserver"}},
	{"data_gateway", "A0009", "Data gateway", []string{"gateway", "protocolconverter"}},
	{"safety_controller", "A0010", "Safety controller", []string{"sis", "safetyplc"}},
	{"vpn_server", "A0011", "VPN server", []string{"vpn"}},
	{"jump_host", "A0012", "Jump host", []string{"jumpserver", "bastion"}},
	{"field_io", "A0013", "Field I/O", []string{"io", "remoteio"}},
	{"router", "A0014", "Router", []string{"routers"}},
	{"switch", "A0015", "Switch", []string{"networkswitch", "ethernetswitch"}},
	{"firewall", "A0016", "Firewall", []string{"fw"}},
	{"dcs_controller", "A0017", "DCS controller", []string{"dcs", "distributedcontrolsystemcontroller"}},
	{"pac", "A0018", "Programmable automation controller (PAC)", []string{"programmableautomationcontroller"}},
	{"engineering_workstation", "A0001", "Engineering workstation", []string{"ews", "engineeringstation"}},
	{"ied_protection", "A0005", "Protection relay", []string{"protectionrelay", "relay", "protection"}},
	{"comms_module", "A0009", "Communications module", []string{"communicationmodule", "communicationsmodule", "cp"}},
	{"serial_gateway", "A0009", "Serial gateway", []string{"serialserver", "deviceserver"}},
	{"field_device", "A0013", "Field device", []string{"transmitter", "sensor", "instrument"}},
	{"cellular_router", "A0014", "Cellular router", []string{"lterouter", "modem"}},
	{"ups", "", "Uninterruptible power supply", []string{"usv"}},
	{"monitoring_sensor", "", "Monitoring sensor", []string{"ids", "networksensor"}},
}

// RoleOf finds a role by its name, another name of it, or the id of an ATT&CK asset (then the role that is that asset).
func RoleOf(text string) (Role, bool) {
	r, ok := roleIndex[NormName(text)]
	return r, ok
}

var roleIndex = func() map[string]Role {
	index := make(map[string]Role, 5*len(roles))
	add := func(word string, r Role) {
		if _, taken := index[word]; !taken && word != "" {
			index[word] = r
		}
	}
	for _, r := range roles {
		add(NormName(r.Name), r)
	}
	for _, r := range roles {
		add(NormName(r.Attack), r)
		add(NormName(r.Label), r)
		for _, word := range r.words {
			add(word, r)
		}
	}
	return index
}()

func (f Field) role(text string) (Value, error) {
	if r, ok := RoleOf(text); ok {
		return StringValue(r.Name), nil
	}
	known := make([]string, len(roles))
	for i, r := range roles {
		known[i] = r.Name
	}
	near := strings.Join(nearest(text, known, 3), ", ")
	return Value{}, Refuse("role", `"{0}" is unknown; the nearest are {1}`, clip(text), near).At(f.Name)
}
