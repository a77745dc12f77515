import { TagsInput, type TagsInputProps } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

interface Props extends Omit<TagsInputProps, "value" | "onChange"> {
  value: string; // the parts, with semicolons between them
  onChange: (value: string) => void;
}

/** PartsInput takes a set part by part. The one that is still being typed belongs to the value from its first letter, so that no way of leaving loses it. */
export function PartsInput({ value, onChange, ...rest }: Props) {
  const [typing, setTyping] = useState("");
  const parts = partsOf(value);
  // A value that ends otherwise was set from outside, and nothing is being typed any more.
  const open = typing.trim() !== "" && parts.at(-1) === typing.trim();
  const shown = { tags: open ? parts.slice(0, -1) : parts, word: open ? typing : "" };
  // One key may change both, in two calls: the second goes on from the first.
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  const change = (part: Partial<typeof shown>) => {
    const before = textOf(latest.current);
    latest.current = { ...latest.current, ...part };
    setTyping(latest.current.word);
    if (textOf(latest.current) !== before) onChange(textOf(latest.current));
  };
  return (
    <TagsInput
      {...rest}
      value={shown.tags}
      onChange={(tags) => change({ tags })}
      searchValue={shown.word}
      onSearchChange={(word) => change({ word })}
      splitChars={[";", "\n"]}
    />
  );
}

const partsOf = (value: string): string[] => (value ? value.split(";").map((part) => part.trim()) : []);

/** textOf writes a set as the program does, so that one typed back is what it was. */
const textOf = ({ tags, word }: { tags: string[]; word: string }): string => [...tags, word.trim()].filter(Boolean).join(";");
