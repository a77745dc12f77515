import { createTheme, type CSSVariablesResolver, type MantineColorsTuple, type MantineThemeOverride } from "@mantine/core";

/** petrol is the one accent colour; all else that has a colour says a status, with a word and an icon beside it. */
const petrol: MantineColorsTuple = [
  "#e6f5f5",
  "#d3e7e7",
  "#a8cfcf",
  "#79b5b6",
  "#52a0a1",
  "#389294",
  "#268b8d",
  "#13787a",
  "#026a6d",
  "#005c5f",
];

/** themeOf gives sizes for a mouse, or for a finger in a glove: nothing below 44 px then. */
export function themeOf(touch: boolean): MantineThemeOverride {
  const size = touch ? "lg" : "sm";
  return createTheme({
    primaryColor: "petrol",
    primaryShade: { light: 8, dark: 5 },
    colors: { petrol },
    autoContrast: true,
    defaultRadius: "sm",
    cursorType: "pointer",
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontFamilyMonospace: "ui-monospace, 'JetBrains Mono', 'DejaVu Sans Mono', Consolas, monospace",
    headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: "620" },
    components: {
      Button: { defaultProps: { size } },
      ActionIcon: { defaultProps: { variant: "subtle", size: touch ? 44 : "md" } },
      TextInput: { defaultProps: { size } },
      PasswordInput: { defaultProps: { size } },
      Textarea: { defaultProps: { size } },
      Select: { defaultProps: { size } },
      Autocomplete: { defaultProps: { size } },
      TagsInput: { defaultProps: { size } },
      Checkbox: { defaultProps: { size } },
      Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } } },
      Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    },
  });
}

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--fb-line": "#d5dbe0",
    "--fb-inset": "#f3f5f7",
    "--fb-ground": "#ffffff",
    "--fb-side": "#f7f9fa",
  },
  dark: {
    "--fb-line": "#3a434b",
    "--fb-inset": "#20262b",
    "--fb-ground": "#171c20",
    "--fb-side": "#12171a",
  },
});
