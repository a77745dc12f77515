package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"fieldbook/record"
	"fieldbook/workspace"
)

func (a *app) assetInterface() *cobra.Command {
	c := &cobra.Command{
		Use: "interface", Short: "Network interfaces of a position",
		Long: `Network interfaces of a position. NAME is an interface's name, or its id where two are called so. ip_address and the
other fields of the first interface can also be set by their bare names with asset set.`,
		Example: "  fieldbook asset interface add RAV-PLC-004 X2 ip_address=10.20.2.13/24 --reason \"second port\"",
	}
	c.AddCommand(a.interfaceAdd(), a.interfaceSet(),
		a.interfaceLife("remove", "Say that an interface is no more; what is known of it is kept", "yes"),
		a.interfaceLife("restore", "Bring a removed interface back as it was", "no"),
	)
	return c
}

func (a *app) interfaceAdd() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "add TAG NAME [field=value...]", Short: "Register a further interface", Args: cobra.MinimumNArgs(2),
		Example: `  fieldbook asset interface add RAV-PLC-004 X2 ip_address=10.20.2.13/24 vlan=120 "ports=102/tcp;161/udp" --reason "second port"`,
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := assignments(args[2:])
			if err != nil {
				return err
			}
			fields = append(fields, record.Assignment{Field: "interface_name", Text: args[1]})
			return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
				done, err := w.AddInterface(c.Context(), entry, args[0], fields)
				return a.wrote(c.Context(), w, "", done, err)
			})
		},
	})
}

func (a *app) interfaceSet() *cobra.Command {
	return a.writes(&cobra.Command{
		Use: "set TAG NAME field=value...", Short: "Change fields of one interface", Args: cobra.MinimumNArgs(3),
		Example: `  fieldbook asset interface set RAV-PLC-004 X2 ip_address=10.20.2.14 vlan= --reason "readdressed"      an empty value clears`,
		RunE: func(c *cobra.Command, args []string) error {
			fields, err := assignments(args[2:])
			if err != nil {
				return err
			}
			return a.setInterface(c, args[0], args[1], fields)
		},
	})
}

func (a *app) interfaceLife(verb, short, removed string) *cobra.Command {
	return a.writes(&cobra.Command{
		Use: verb + " TAG NAME", Short: short, Args: cobra.ExactArgs(2),
		Example: fmt.Sprintf("  fieldbook asset interface %s RAV-PLC-004 X2 --reason \"card pulled\"", verb),
		RunE: func(c *cobra.Command, args []string) error {
			return a.setInterface(c, args[0], args[1], []record.Assignment{{Field: "removed", Text: removed}})
		},
	})
}

// setInterface sets fields of an interface by the names that they have in asset set.
func (a *app) setInterface(c *cobra.Command, tag, name string, fields []record.Assignment) error {
	for i := range fields {
		fields[i].Field = "interfaces/" + name + "/" + fields[i].Field
	}
	return a.writing(c.Context(), func(w *workspace.Workspace, entry workspace.Entry) error {
		done, err := w.SetAsset(c.Context(), entry, tag, fields)
		return a.wrote(c.Context(), w, "", done, err)
	})
}

// showInterfaces prints the interfaces beyond the first, whose fields stand among those of the asset.
func showInterfaces(out io.Writer, s record.Snapshot) {
	ids := s.Interfaces()
	for _, id := range ids[min(1, len(ids)):] {
		fmt.Fprintf(out, "  interface %s\n", id)
		for _, f := range record.Fields(record.Asset) {
			if shown := record.ShowPart(s, f, id); f.Scope == record.Interface && shown != "" {
				fmt.Fprintf(out, "    %-20s %s\n", f.Name, clean(shown))
			}
		}
	}
}
