// node build_outlines.mjs countries.csv outlines.json: README.md beside this file says how. The packages are not part of the checkout.
import {createRequire} from "node:module";
import {readFileSync, writeFileSync} from "node:fs";
import {geoEqualEarth, geoPath} from "d3-geo";
import {feature, mergeArcs} from "topojson-client";
import {filter, filterWeight, presimplify, simplify, sphericalRingArea, sphericalTriangleArea} from "topojson-simplify";

const require = createRequire(`${process.cwd()}/`);

const SCALE = 184, WIDTH = 1000, HEIGHT = 444, CENTRE_Y = 247; // units of the view box; the equator lies at CENTRE_Y: 84° N to 57° S
const TENTHS = 10; // coordinates in the file are whole tenths of a unit of the view box
const DETAIL = 8e-6; // steradians: triangles below it are smoothed away
const ISLET = 1.2e-5; // steradians: smaller islands are left out (a country of only such islands has no outline)
const SMALL = 9; // square units: countries drawn smaller than this are marked with a dot, and so are those without an outline

// How borders that Natural Earth leaves open are drawn: inside the country that the European Union and its members recognise.
const PART_OF = {"N. Cyprus": "196", Somaliland: "706", "Ashmore and Cartier Is.": "036"};
const ISO2_OF_NAME = {Kosovo: "XK"};
const LEFT_OUT = ["Antarctica"];

// Every country of the reference data, with the point inside its main territory: no country is without a place on the map.
function register() {
  const [header, ...lines] = readFileSync(process.argv[2], "utf8").trim().split("\n")
    .map((line) => line.replace(/"[^"]*"/g, "quoted").split(","));
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])))
    .filter(({iso2}) => iso2 !== "AQ").map(({iso2, numeric, lat, lon}) => ({iso2, numeric, point: [Number(lon), Number(lat)]}));
}

const REGISTER = register();
const ISO2_OF = Object.fromEntries(REGISTER.map(({iso2, numeric}) => [numeric, iso2]));

const projection = geoEqualEarth().scale(SCALE).translate([WIDTH / 2, CENTRE_Y]).precision(0.2);
const path = geoPath(projection);

function merged(topology) {
  const geometries = topology.objects.countries.geometries.filter((g) => !LEFT_OUT.includes(g.properties.name));
  const parts = geometries.filter((g) => PART_OF[g.properties.name]);
  for (const part of parts) {
    const whole = geometries.find((g) => g.id === PART_OF[part.properties.name] && g !== part);
    Object.assign(whole, mergeArcs(topology, [whole, part]));
  }
  topology.objects.countries.geometries = geometries.filter((g) => !parts.includes(g));
  return topology;
}

// "M1.2,3.4L5,6Z" → "M12 34l38 26z": whole tenths, each relative to the one before, points that fall together left out. Later rings
// start with m, relative to the start of the one before; the first is absolute, so that the paths of two countries can be joined.
function compact(d) {
  let [x, y] = [0, 0];
  const rings = [];
  for (const ring of (d ?? "").split("Z").filter(Boolean)) {
    const points = ring.slice(1).split("L").map((p) => p.split(",").map((c) => Math.round(c * TENTHS)));
    const kept = points.filter(([a, b], i) => i === 0 || a !== points[i - 1][0] || b !== points[i - 1][1]);
    if (kept.length > 3 && kept[0].join() === kept.at(-1).join()) kept.pop();
    if (kept.length < 3) continue;
    const steps = kept.map(([a, b]) => {
      const step = [a - x, b - y];
      [x, y] = [a, b];
      return step;
    });
    [x, y] = kept[0]; // closing returns to the ring's first point
    const [start, ...lines] = steps.map((s) => s.join(" "));
    rings.push(`${rings.length ? "m" : "M"}${start}l${lines.join(" ")}z`.replaceAll(" -", "-"));
  }
  return rings.join("");
}

const keyOf = ({id, properties}) => ISO2_OF[id] ?? ISO2_OF_NAME[properties.name];

function outlines() {
  const source = merged(require("world-atlas/countries-50m.json"));
  const weighted = presimplify(source, sphericalTriangleArea);
  const coarse = filter(simplify(weighted, DETAIL), filterWeight(weighted, ISLET, sphericalRingArea));
  const fine = new Map(feature(source, source.objects.countries).features.map((f) => [keyOf(f), f]));
  const countries = {}, points = {}, small = [];
  let unclaimed = "";
  for (const shape of feature(coarse, coarse.objects.countries).features) {
    const key = keyOf(shape), d = compact(path(shape));
    if (key === undefined) unclaimed += d;
    else if (d) countries[key] = d;
  }
  for (const {iso2, point} of REGISTER) {
    points[iso2] = projection(point).map((c) => Math.round(c * TENTHS));
    if (!countries[iso2] || path.area(fine.get(iso2)) < SMALL) small.push(iso2);
  }
  return {countries, points, small, unclaimed};
}

// Points that the Python projection must hit as well: longitude, latitude, x, y.
const PROBES = [[0, 0], [4.49, 52.16], [-180, 0], [180, 0], [179.9, -18], [-175.2, -21.1], [12.45, 41.9], [-171, 66], [44.51, 40.18],
  [-74.08, 4.61], [-70, -55], [25, 80]];
const fixed = (number) => Number(number.toFixed(3));

const sorted = (entries) => Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
const {countries, points, small, unclaimed} = outlines();
const result = {
  credit: "Natural Earth",
  projection: {name: "Equal Earth", scale: SCALE, centre_x: WIDTH / 2, centre_y: CENTRE_Y, width: WIDTH, height: HEIGHT, tenths: TENTHS},
  probes: PROBES.map((point) => [...point, ...projection(point).map(fixed)]),
  small: small.sort(),
  points: sorted(points),
  unclaimed,
  countries: sorted(countries),
};
writeFileSync(process.argv[3], `${JSON.stringify(result, null, 1).replace(/\[\s+([^\]]+?)\s+\]/g, (_, inner) =>
  `[${inner.replace(/\s+/g, " ")}]`)}\n`);
