import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from "@mantine/core";

/** petrol is the one accent colour; all else that has a colour says a status, with a word and an icon beside it. */
const petrol: MantineColorsTuple = [
  "#e8f4f4",
  "#d0e5e6",
  "#a5cdce",
  "#7cb8b9",
  "#5aa7a9",
  "#37898c",
  "#1f7578",
  "#0f676a",
  "#045c5f",
  "#004c4f",
];

/** slate is the ground of the dark theme, from text to the deepest side. */
const slate: MantineColorsTuple = [
  "#dfe5ea",
  "#c3ccd4",
  "#a9b4be",
  "#7d8994",
  "#46525d",
  "#37414a",
  "#222930",
  "#181d21",
  "#12161a",
  "#0c0f12",
];

const sans = "'Inter Variable', system-ui, sans-serif";

/** onFilled writes on a filled ground in the colour that the scheme in use asks for; Mantine's own choice knows the light scheme only. */
const onFilled: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === "filled" ? { ...colors, color: "var(--mantine-primary-color-contrast)" } : colors;
};

/** Names are the words for the library's own buttons that have no text. */
interface Names {
  close: string;
  reveal: string;
}

/** themeOf gives sizes for a mouse, or for a finger in a glove: nothing that is pressed is below 44 px then. */
export function themeOf(touch: boolean, { close, reveal }: Names): MantineThemeOverride {
  const size = touch ? "lg" : "sm";
  const input = { defaultProps: { size } };
  return createTheme({
    primaryColor: "petrol",
    primaryShade: { light: 8, dark: 4 },
    colors: { petrol, dark: slate },
    autoContrast: true,
    variantColorResolver: onFilled,
    defaultRadius: "sm",
    cursorType: "pointer",
    fontFamily: sans,
    fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
    headings: { fontFamily: sans, fontWeight: "620" },
    components: {
      ActionIcon: { defaultProps: { variant: "subtle", size: touch ? 44 : "md" } },
      Autocomplete: input,
      Badge: { defaultProps: { tt: "none", fw: 600, radius: "sm" } },
      Button: input,
      Checkbox: input,
      // Named, so that its colours come from the resolver.
      Chip: { defaultProps: { variant: "filled" } },
      CloseButton: { defaultProps: { "aria-label": close } },
      DateTimePicker: input,
      MultiSelect: input,
      NumberInput: input,
      PasswordInput: {
        defaultProps: { size, visibilityToggleFocusable: true, visibilityToggleButtonProps: { "aria-label": reveal } },
      },
      Radio: input,
      SegmentedControl: input,
      Select: input,
      Switch: input,
      TagsInput: input,
      TextInput: input,
      Textarea: input,
      // The first item takes the focus, not a placeholder that screen readers find in the menu.
      Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
      Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.5 } } },
      Tooltip: { defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 360 } },
    },
  });
}

/** text gives colours that carry text at 4.5:1 or better on the ground and on their own light tint. */
function text(colors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(colors).flatMap(([name, color]) => [
      [`--mantine-color-${name}-light-color`, color],
      [`--mantine-color-${name}-text`, color],
      [`--mantine-color-${name}-outline`, color],
    ]),
  );
}

/** variables are the colours beside Mantine's own: ground, sides, lines, quiet text. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--fb-ground": "#ffffff",
    "--fb-side": "#f4f6f8",
    "--fb-inset": "#eef1f4",
    "--fb-line": "#d3d9df",
    "--fb-quiet": "#4d5761",
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": "#16202a",
    "--mantine-color-dimmed": "#4d5761",
    "--mantine-color-placeholder": "#5f6973",
    "--mantine-color-error": "#b42318",
    "--mantine-color-orange-filled": "#b83e08",
    "--mantine-color-default-border": "#c3cbd3",
    ...text({
      petrol: "#045c5f",
      red: "#a61b1b",
      orange: "#8f3a00",
      yellow: "#6f4a00",
      green: "#1b6430",
      teal: "#085f4b",
      blue: "#15568f",
      gray: "#414a53",
    }),
  },
  dark: {
    "--fb-ground": "#181d21",
    "--fb-side": "#12161a",
    "--fb-inset": "#222930",
    "--fb-line": "#37414a",
    "--fb-quiet": "#a9b4be",
    "--mantine-color-body": "#181d21",
    "--mantine-color-text": "#dfe5ea",
    "--mantine-color-dimmed": "#a9b4be",
    "--mantine-color-placeholder": "#98a3ad",
    "--mantine-color-error": "#ff9a8f",
    "--mantine-color-orange-filled": "#b83e08",
    "--mantine-color-default": "#1f252a",
    "--mantine-color-default-hover": "#29313a",
    "--mantine-color-default-border": "#46525d",
    ...text({
      petrol: "#8fd0d2",
      red: "#ff9a8f",
      orange: "#ffb27a",
      yellow: "#f0cd6a",
      green: "#86d99a",
      teal: "#76dcc0",
      blue: "#8fc7ff",
      gray: "#c3ccd4",
    }),
  },
});
