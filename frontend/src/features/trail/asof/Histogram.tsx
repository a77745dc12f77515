import { useTranslation } from "react-i18next";
import type { TrailSpan } from "../../../api";
import { useFormats } from "../../../shared";
import classes from "./Slider.module.css";

interface Props {
  first: number;
  last: number;
  at: number;
  buckets: TrailSpan["buckets"];
}

const height = 44;

/** Histogram is the picture of how many entries were recorded when. What was recorded by the chosen time has the accent colour. */
export function Histogram({ first, last, at, buckets }: Props) {
  const { t } = useTranslation("trail");
  const format = useFormats();
  const most = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const busiest = buckets.find((bucket) => bucket.count === most);
  const width = 1000 / Math.max(buckets.length, 1);
  const told = [
    t("asof.picture", { from: format.moment(new Date(first).toISOString()), to: format.moment(new Date(last).toISOString()) }),
    busiest && t("asof.busiest", { count: busiest.count, at: format.moment(busiest.at) }),
  ];
  return (
    <svg className={classes.picture} viewBox={`0 0 1000 ${height}`} preserveAspectRatio="none" role="img" aria-label={told.filter(Boolean).join("; ")}>
      {buckets.map((bucket, index) => {
        const tall = bucket.count === 0 ? 0 : Math.max(2, height * Math.sqrt(bucket.count / most));
        const begun = Date.parse(bucket.at) <= at;
        return <rect key={bucket.at} className={begun ? classes.before : classes.after} x={index * width} width={width * 0.8} y={height - tall} height={tall} />;
      })}
    </svg>
  );
}
