package record

// unitFields are the fields of a piece of hardware; their keys lie under units/<id>/.
var unitFields = []Field{
	{Name: "vendor", Key: "vendor", Scope: Unit, Required: true, Max: 200, Label: "Vendor", Help: "Who makes it.", Aliases: []string{"manufacturer", "make", "brand", "hersteller", "mfr"}},
	{Name: "model", Key: "model", Scope: Unit, Required: true, Max: 200, Label: "Model", Help: "What the vendor calls it.", Aliases: []string{"device type", "model name", "product", "type", "typ", "modell"}},
	{Name: "order_no", Key: "order_no", Scope: Unit, Max: 100, Label: "Order number", Help: "The vendor's order or part number.",
		Aliases: []string{"part number", "part no", "order number", "type order no", "catalog number", "catalogue number", "cat no", "mlfb", "article number", "bestellnummer", "part"}},
	{Name: "hw_revision", Key: "hw_revision", Scope: Unit, Max: 64, Label: "Hardware revision", Help: "The revision printed on it.", Aliases: []string{"hardware revision", "hw rev", "hw version", "hardware version", "revision"}},
	{Name: "serial", Key: "serial", Scope: Unit, Max: 100, Label: "Serial number", Help: "The serial number; compared without case, spaces and dashes.",
		Aliases: []string{"serial number", "serial no", "s/n", "ser no", "seriennummer"}},
	{Name: "firmware", Key: "firmware", Scope: Unit, Max: 100, Label: "Firmware", Help: "The version of its firmware.", Aliases: []string{"firmware version", "fw", "fw version", "fw ver", "firmwarestand"}},
	{Name: "os", Key: "os", Scope: Unit, Max: 100, Label: "Operating system", Help: "The operating system.", Aliases: []string{"operating system", "betriebssystem"}},
	{Name: "os_version", Key: "os_version", Scope: Unit, Max: 100, Label: "OS version", Help: "Its version or build.", Aliases: []string{"operating system version", "os build"}},
	{Name: "software", Key: "software", Scope: Unit, Type: Software, Label: "Software", Help: "Installed software: Name@1.2;Other@3 (open_source).", Aliases: []string{"installed software", "applications"}},
	{Name: "patches", Key: "patches", Scope: Unit, Type: Labels, Label: "Patches", Help: "Installed patches, separated by semicolons.", Aliases: []string{"patch", "installed patches", "hotfixes"}},
	{Name: "physical_or_virtual", Key: "physical_or_virtual", Scope: Unit, Type: Choice, Enum: []string{"physical", "virtual"}, Label: "Physical or virtual", Help: "Hardware, or a virtual machine.",
		Synonyms: map[string]string{"vm": "virtual", "hardware": "physical", "hw": "physical"}},
	{Name: "manufactured", Key: "manufactured", Scope: Unit, Type: Date, Label: "Manufactured", Help: "When it was made.", Aliases: []string{"manufacturing date", "date of manufacture", "build date", "baujahr"}},
	{Name: "end_of_support", Key: "end_of_support", Scope: Unit, Type: Date, Label: "End of support", Help: "When the vendor's support ends.", Aliases: []string{"eos", "end of life", "eol", "support until", "eosl"}},
}

// interfaceFields are the fields of an interface; their keys lie under interfaces/<id>/. Named bare they are those of the
// first interface.
var interfaceFields = []Field{
	{Name: "interface_name", Key: "name", Scope: Interface, Max: 64, Label: "Interface", Help: "The name of the interface, as X1 or eth0.", Aliases: []string{"interface", "interface.name", "port name", "nic"}},
	{Name: "interface_kind", Key: "kind", Scope: Interface, Type: Choice, Enum: []string{"ethernet", "serial", "wifi", "cellular", "fieldbus", "usb"}, Label: "Interface kind", Help: "What it connects to.",
		Aliases: []string{"interface type", "interface.kind"}, Synonyms: map[string]string{"lan": "ethernet", "wlan": "wifi", "rs232": "serial", "rs485": "serial", "lte": "cellular", "4g": "cellular", "profibus": "fieldbus"}},
	{Name: "ip_address", Key: "ip", Scope: Interface, Type: Address, Label: "IP address", Help: "Its address; 10.20.1.12/24 sets the prefix too.", Aliases: []string{"ip", "ip addr", "address ip", "ipv4", "ip-adresse", "primary ip", "ip address"}},
	{Name: "prefix", Key: "prefix", Scope: Interface, Type: Whole, Max: 128, Label: "Prefix length", Help: "The length of the network prefix, or a netmask.", Aliases: []string{"prefix len", "prefix length", "netmask", "subnet mask", "mask"}},
	{Name: "mac_address", Key: "mac", Scope: Interface, Type: MAC, Label: "MAC address", Help: "Its hardware address.", Aliases: []string{"mac", "mac addr", "hardware address", "physical address", "mac-adresse"}},
	{Name: "vlan", Key: "vlan", Scope: Interface, Type: Whole, Max: 4094, Label: "VLAN", Help: "The VLAN, 1 to 4094.", Aliases: []string{"vlan id", "vid"}},
	{Name: "hostname", Key: "hostname", Scope: Interface, Max: 253, Label: "Host name", Help: "Its name on the network.", Aliases: []string{"host name", "host", "fqdn", "dns name"}},
	{Name: "ports", Key: "ports", Scope: Interface, Type: Ports, Label: "Open ports", Help: "Ports that answer: 102/tcp;161/udp.", Aliases: []string{"ports services", "open ports", "listening ports"}},
	{Name: "protocols", Key: "protocols", Scope: Interface, Type: Labels, Label: "Protocols", Help: "Protocols spoken, separated by semicolons.", Aliases: []string{"protocol", "protokolle"}},
	{Name: "interface_order", Key: "order", Scope: Interface, Type: Whole, Max: 10000, Label: "Interface order", Help: "Its place among the interfaces.", Aliases: []string{"interface.order"}},
}
