/** Ordinary words for values that a person could have typed. Short ones first, so that shrinking ends with a short one. */
export const words = [
  'oak', 'tea', 'sun', 'map', 'ink', 'river', 'amber', 'stone', 'paper', 'copper', 'garden', 'harbour', 'lantern', 'meadow', 'morning', 'orchard',
  'pebble', 'quiet', 'ribbon', 'saddle', 'timber', 'velvet', 'willow', 'winter', 'autumn', 'basket', 'candle', 'distant', 'ember', 'feather', 'glacier', 'hollow',
] as const;
