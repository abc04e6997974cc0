/** Object ids of PostgreSQL's built-in types, as `pg_type.dat` fixes them for all versions. */
export const oid = {
  bool: 16,
  bytea: 17,
  char: 18,
  name: 19,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  oid: 26,
  json: 114,
  xml: 142,
  cidr: 650,
  float4: 700,
  float8: 701,
  unknown: 705,
  macaddr8: 774,
  macaddr: 829,
  inet: 869,
  bpchar: 1042,
  varchar: 1043,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  timetz: 1266,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
} as const;

/** Types from here on are of extensions and of the backend's own making ("FirstNormalObjectId" in `transam.h`). */
export const firstOwnOid = 16_384;

/** Arrays of the types above. An array's binary form names its element type itself, so this only tells that it is one. */
export const arrayOids: ReadonlySet<number> = new Set([
  143, 199, 651, 775, 1000, 1001, 1002, 1003, 1005, 1007, 1009, 1014, 1015, 1016, 1021, 1022, 1028, 1040, 1041, 1115,
  1182, 1183, 1185, 1187, 1231, 1270, 2951, 3807,
]);
