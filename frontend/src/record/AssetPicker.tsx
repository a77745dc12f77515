import { MultiSelect, Select, type MultiSelectProps, type SelectProps } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAssetOptions } from "./assetOptions";

interface One extends Omit<SelectProps, "value" | "onChange" | "data"> {
  value: string;
  onChange: (ref: string) => void;
  /** except is left out of what is offered. */
  except?: string;
}

/** AssetPicker chooses one asset by typing a part of its tag, serial number, address or any other word of it. */
export function AssetPicker({ value, onChange, except, ...rest }: One) {
  const { t } = useTranslation("record");
  const [words, setWords] = useState("");
  const options = useAssetOptions(words, value ? [value] : []);
  return (
    <Select
      {...rest}
      data={options.filter((option) => option.value !== except)}
      value={value || null}
      onChange={(ref) => onChange(ref ?? "")}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options: offered }) => offered}
      nothingFoundMessage={t("input.nothing")}
    />
  );
}

interface Many extends Omit<MultiSelectProps, "value" | "onChange" | "data"> {
  value: string[];
  onChange: (refs: string[]) => void;
}

/** AssetsPicker chooses any number of assets. */
export function AssetsPicker({ value, onChange, ...rest }: Many) {
  const { t } = useTranslation("record");
  const [words, setWords] = useState("");
  const options = useAssetOptions(words, value);
  return (
    <MultiSelect
      {...rest}
      data={options}
      value={value}
      onChange={onChange}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options: offered }) => offered}
      nothingFoundMessage={t("input.nothing")}
      hidePickedOptions
    />
  );
}
