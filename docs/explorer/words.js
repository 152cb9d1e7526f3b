// Numbers for people: four digits and a unit.
export function brief(value) {
  if (value === null || !Number.isFinite(value)) return "none";
  const size = Math.abs(value);
  if (size >= 1e4) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(size >= 1000 ? 4 : 3)).toLocaleString("en-US", { maximumFractionDigits: 6 }));
}

function scaled(value, steps) {
  if (value === null || !Number.isFinite(value)) return "infinite";
  const [scale, unit] = steps.find(([limit]) => Math.abs(value) >= limit) ?? steps.at(-1);
  return `${Number((value / scale).toPrecision(4))} ${unit}`;
}

export const time = (value) => scaled(value, [[3600, "h"], [1, "s"], [1e-3, "ms"], [1e-6, "µs"], [1e-9, "ns"]]);
export const bytes = (value) => scaled(value, [[1e12, "TB"], [1e9, "GB"], [1e6, "MB"], [1e3, "kB"], [1, "B"]]);
export const rate = (value) => scaled(value, [[1e15, "PFLOP/s"], [1e12, "TFLOP/s"], [1e9, "GFLOP/s"], [1e6, "MFLOP/s"], [1e3, "kFLOP/s"], [1, "FLOP/s"]]);
export const count = (value) => value.toLocaleString("en-US");
export const share = (part, whole) => (whole ? `${(100 * part / whole).toFixed(1)} %` : "");
export const ratio = (value) => `${value.toFixed(2)}×`;
