import { createSpotlight } from "@mantine/spotlight";

const [store, spotlight] = createSpotlight();

/** openPalette shows the palette, from the key, the menu or the side. */
export const openPalette = spotlight.open;

export { store };
