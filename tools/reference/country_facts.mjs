// Prints, for every ISO 3166-1 country and Kosovo: iso2,iso3,numeric,m49,lat,lon (comma-separated, header row).
//
//   npm install world-atlas topojson-client d3-geo cldr-core      (in an empty folder outside the checkout)
//   node country_facts.mjs > facts.csv                            (with this script copied there)
//
// Codes and UN M49 regions come from CLDR (cldr-core); the point is the centroid of the largest polygon that Natural Earth draws for the
// country, or the roomiest point inside it where the centroid lies outside or close to the edge (Croatia, Haiti). Countries that Natural Earth draws
// as a part of another one, or not at all, take the polygon around a seed, or the seed itself.
import {createRequire} from "node:module";
import {geoArea, geoCentroid, geoContains, geoDistance, geoBounds} from "d3-geo";
import {feature} from "topojson-client";

const require = createRequire(`${process.cwd()}/`);
const atlases = ["50m", "10m"].map((size) => {
  const topology = require(`world-atlas/countries-${size}.json`);
  return feature(topology, topology.objects.countries).features;
});
const mappings = require("cldr-core/supplemental/codeMappings.json").supplemental.codeMappings;
const containment = require("cldr-core/supplemental/territoryContainment.json").supplemental.territoryContainment;

// Natural Earth gives no ISO code to Kosovo; it draws these others inside another country (a polygon around the seed) or leaves them out.
const NAMES = {XK: "Kosovo"};
const SEEDS = {
  BQ: [-68.27, 12.18], BV: [3.36, -54.42], CC: [96.83, -12.17], CX: [105.63, -10.49], GF: [-53.1, 3.9], GI: [-5.35, 36.14], GP: [-61.7, 16.2],
  MQ: [-61, 14.65], RE: [55.53, -21.13], SJ: [16, 78.5], TK: [-171.8, -9.2], TV: [179.2, -8.52], UM: [166.62, 19.3], YT: [45.15, -12.83],
};
// CLDR has Antarctica in "Outlying Oceania"; UN M49 gives it no region but itself.
const M49_OF = {AQ: "010"};
const REGIONS = ["021", "013", "029", "005", "015", "011", "017", "014", "018", "145", "143", "030", "034", "035", "154", "155", "151", "039",
  "053", "054", "057", "061"];

const polygons = ({geometry}) =>
  (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((coordinates) => ({type: "Polygon", coordinates}));

function shapesOf(iso2, numeric) {
  for (const features of atlases) {
    const found = features.find((f) => (NAMES[iso2] ? f.properties.name === NAMES[iso2] : f.id === numeric));
    if (found) return polygons(found);
  }
  // A sliver wound the wrong way would be the whole globe but itself, hence the area.
  const around = atlases.flatMap((features) => features.flatMap(polygons)).find((p) => geoArea(p) < 1 && geoContains(p, SEEDS[iso2]));
  return around ? [around] : [];
}

function placeIn(polygon) {
  const shore = polygon.coordinates.flat();
  const room = (point) => (geoContains(polygon, point) ? Math.min(...shore.map((s) => geoDistance(s, point))) : -1);
  const [[west, south], [east, north]] = geoBounds(polygon);
  const width = (east - west + 360) % 360;
  const centroid = geoCentroid(polygon);
  let best = centroid, most = room(centroid);
  const enough = 6 * most; // the centroid stays unless another point has six times as much room
  for (let i = 1; i < 40; i++) {
    for (let j = 1; j < 40; j++) {
      const point = [((west + (width * i) / 40 + 540) % 360) - 180, south + ((north - south) * j) / 40];
      const here = room(point);
      if (here > Math.max(most, enough)) [best, most] = [point, here];
    }
  }
  return best;
}

function representativePoint(iso2, numeric) {
  const shapes = shapesOf(iso2, numeric);
  return shapes.length ? placeIn(shapes.reduce((a, b) => (geoArea(a) >= geoArea(b) ? a : b))) : SEEDS[iso2];
}

const lines = ["iso2,iso3,numeric,m49,lat,lon"];
for (const region of [...REGIONS, "010"]) {
  const members = region === "010" ? ["AQ"] : containment[region]._contains;
  for (const iso2 of members.filter((code) => mappings[code]?._numeric && M49_OF[code] === (region === "010" ? "010" : undefined))) {
    const {_alpha3: iso3, _numeric: numeric} = mappings[iso2];
    const [lon, lat] = representativePoint(iso2, numeric);
    lines.push([iso2, iso2 === "XK" ? "XKX" : iso3, iso2 === "XK" ? "" : numeric, region, lat.toFixed(2), lon.toFixed(2)].join(","));
  }
}
console.log([lines[0], ...lines.slice(1).sort()].join("\n"));
